"""Lookup tables over invoices and clients for matching; read-only once built."""

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from sheetrecord.core.reconcile.facts import BankLine, Invoice, PayingClient
from sheetrecord.core.reconcile.matching.payers import PayerNames
from sheetrecord.core.reconcile.text.invoice_numbers import Numbers
from sheetrecord.core.reconcile.text.mention import Mention, runs_of
from sheetrecord.core.reconcile.text.normalise import fold
from sheetrecord.model.money import exponent


class Quoted(NamedTuple):
    """The invoice and order numbers quoted in one line's texts."""

    mentions: tuple[Mention, ...]
    orders: tuple[int, ...]
    """Open invoices whose order number stands in the text."""
    order_clients: frozenset[str]


def keys_of(invoices: Sequence[Invoice]) -> list[str]:
    """Return each invoice's key: its number, or number and date where a number is used twice.

    Two with the same number and date stay apart by client, and are never matched silently.
    """
    count: dict[str, int] = {}
    for invoice in invoices:
        count[invoice.number] = count.get(invoice.number, 0) + 1
    return [
        inv.number if count[inv.number] == 1 else f"{inv.number} ({inv.issued}, {inv.client})"
        for inv in invoices
    ]


class FeeIndex:
    """Invoices and clients, indexed once for any number of matching runs."""

    def __init__(self, invoices: Iterable[Invoice], clients: Iterable[PayingClient]) -> None:
        real = [invoice for invoice in invoices if invoice.number]
        self.invoices = sorted(real, key=lambda i: (i.issued, i.number, i.client, i.gross))
        self.keys = keys_of(self.invoices)
        self.at_of = {key: at for at, key in enumerate(self.keys)}
        known = {client.key: client for client in clients}
        for invoice in self.invoices:
            known.setdefault(invoice.client, PayingClient(invoice.client, invoice.client))
        self.names = PayerNames(known.values())
        self.numbers = Numbers([invoice.number for invoice in self.invoices])
        self.of_client: dict[str, list[int]] = {}
        self.of_amount: dict[tuple[str, int], list[int]] = {}
        for at, invoice in enumerate(self.invoices):
            self.of_client.setdefault(invoice.client, []).append(at)
            self.of_amount.setdefault((invoice.currency, invoice.gross), []).append(at)
        self.orders = _orders(self.invoices, known.values())
        self._quoted: dict[tuple[str, str, str, int, str], Quoted] = {}

    def quoted(self, line: BankLine) -> Quoted:
        """Return the numbers a line quotes; cached by text and amount."""
        key = (line.text, line.structured, line.end_to_end, line.amount, line.currency)
        found = self._quoted.get(key)
        if found is None:
            found = self._quoted[key] = self._read(line)
        return found

    def _read(self, line: BankLine) -> Quoted:
        texts = [text for text in (line.text, line.structured, line.end_to_end) if text]
        hits = self._order_numbers(texts)
        ignore = {part for key in hits for part in key if part.isdigit()} | _digits(line)
        mentions = self._mentions(texts, ignore)
        orders = sorted({at for key in hits for at in self.orders.invoices.get(key, ())})
        named = frozenset(c for key in hits for c in self.orders.clients.get(key, ()))
        named |= {self.invoices[at].client for at in orders}
        return Quoted(mentions, tuple(orders), named)

    def _order_numbers(self, texts: Iterable[str]) -> list[tuple[str, ...]]:
        """Return the keys of the order numbers that stand in the texts."""
        words: set[tuple[str, ...]] = set()
        for text in texts if self.orders.sizes else ():
            keys = [run.key for run in runs_of(fold(text))]
            for size in self.orders.sizes:
                words.update(tuple(keys[i : i + size]) for i in range(len(keys) - size + 1))
        return [key for key in words if key in self.orders.invoices or key in self.orders.clients]

    def _mentions(self, texts: Iterable[str], ignore: set[str]) -> tuple[Mention, ...]:
        """Return what the texts mention, the strongest mention of the same invoices."""
        found: dict[tuple[int, ...], Mention] = {}
        for text in texts:
            for mention in self.numbers.find(text, ignore):
                before = found.get(mention.invoices)
                if before is None or before.strength < mention.strength:
                    found[mention.invoices] = mention
        return tuple(found.values())


class _Orders(NamedTuple):
    invoices: dict[tuple[str, ...], list[int]]
    clients: dict[tuple[str, ...], list[str]]
    sizes: tuple[int, ...]


def _orders(invoices: Sequence[Invoice], clients: Iterable[PayingClient]) -> _Orders:
    by_invoice: dict[tuple[str, ...], list[int]] = {}
    by_client: dict[tuple[str, ...], list[str]] = {}
    for at, invoice in enumerate(invoices):
        key = _order_key(invoice.po_ref)
        if key:
            by_invoice.setdefault(key, []).append(at)
    for client in clients:
        for reference in client.references:
            key = _order_key(reference)
            if key:
                by_client.setdefault(key, []).append(client.key)
    sizes = sorted({len(key) for key in (*by_invoice, *by_client)})
    return _Orders(by_invoice, by_client, tuple(sizes))


def _order_key(text: str) -> tuple[str, ...]:
    """Return an order number's runs; one too short to tell anything is none."""
    runs = runs_of(fold(text))
    digits = sum(len(run.key) for run in runs if run.digits)
    return tuple(run.key for run in runs) if digits >= 3 else ()


def _digits(line: BankLine) -> set[str]:
    """Return the digits that are the line's own amount: never an invoice number."""
    minor = abs(line.amount)
    return {str(minor), str(minor // 10 ** exponent(line.currency))}
