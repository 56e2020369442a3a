"""The working state of one matching run: what is still open, and what each line quotes."""

import datetime as dt
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal
from typing import Final, NamedTuple

from sheetrecord.core.reconcile.facts import BankLine, Client, Invoice, Kind, Tier
from sheetrecord.core.reconcile.mention import WORDED, Mention, runs_of
from sheetrecord.core.reconcile.numbers import Numbers
from sheetrecord.core.reconcile.payers import SURE, Payers
from sheetrecord.core.reconcile.proposal import Option, Proposal, Share
from sheetrecord.core.reconcile.words import fold
from sheetrecord.model.money import Money, exponent, to_major


class Settings(NamedTuple):
    """What a firm may tune; amounts in major units. The defaults are the measured ones."""

    fee_floor: int = 5
    fee_cap: int = 30
    fee_percent: int = 3
    likely_open_items: int = 8
    rates: Mapping[tuple[str, str], Decimal] = {}
    """(from, to) → units of ``to`` for one of ``from``, for proposals in another currency."""


class Quoted(NamedTuple):
    """What one line's texts quote."""

    mentions: tuple[Mention, ...]
    orders: tuple[int, ...]
    """Open invoices whose order number stands in the text."""
    order_clients: frozenset[str]


ROUNDING: Final = 5
"""Minor units a client may be off by rounding tax another way."""


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


class Run:
    """Open amounts and receipts of one run; rules read it and `take` what they propose."""

    def __init__(
        self,
        invoices: Sequence[Invoice],
        lines: Sequence[BankLine],
        clients: Iterable[Client],
        settled: Mapping[str, int],
        settings: Settings,
    ) -> None:
        real = [invoice for invoice in invoices if invoice.number]
        self.invoices = sorted(real, key=lambda i: (i.issued, i.number, i.client, i.gross))
        self.keys = keys_of(self.invoices)
        self.settings = settings
        self.open = [
            0 if inv.void else inv.gross - settled.get(key, 0)
            for inv, key in zip(self.invoices, self.keys, strict=True)
        ]
        self.started = list(self.open)
        known = {client.key: client for client in clients}
        for invoice in self.invoices:
            known.setdefault(invoice.client, Client(invoice.client, invoice.client))
        self.payers = Payers(known.values())
        self.numbers = Numbers([invoice.number for invoice in self.invoices])
        self.of_client: dict[str, list[int]] = {}
        self.of_amount: dict[tuple[str, int], list[int]] = {}
        for at, invoice in enumerate(self.invoices):
            self.of_client.setdefault(invoice.client, []).append(at)
            self.of_amount.setdefault((invoice.currency, invoice.gross), []).append(at)
        self.orders = _orders(self.invoices, known.values())
        self.lines = sorted(lines, key=line_order)
        self.pending = [line for line in self.lines if line.amount]
        self.pending_all = list(self.pending)
        self.quoted_by: dict[int, list[str]] = {}
        self.preferred: dict[str, str] = {}
        self.reserved: dict[int, str] = {}
        self.unsure: set[int] = set()
        self.trace = ""
        self.tried: list[tuple[str, str, bool]] = []
        self.rates: dict[tuple[str, str], Decimal] = {}
        self.quoted_paid: dict[str, list[tuple[dt.date, dt.date]]] = {}
        self.groups: dict[str, tuple[BankLine, ...]] = {}
        self.proposals: dict[str, Proposal] = {}
        self.at_of = {key: at for at, key in enumerate(self.keys)}
        self.paid_by: dict[int, list[BankLine]] = {}
        self._quoted: dict[str, Quoted] = {}
        self._owed: dict[tuple[str, int], list[int]] | None = None

    def receipts(self) -> list[BankLine]:
        """Return the pending lines of money in."""
        return [line for line in self.pending if line.amount > 0]

    def quoted(self, line: BankLine) -> Quoted:
        """Return what a line quotes; found once a line."""
        found = self._quoted.get(line.bank_id)
        if found is None:
            found = self._quoted[line.bank_id] = self._read(line)
        return found

    def _read(self, line: BankLine) -> Quoted:
        words: set[tuple[str, ...]] = set()
        for text in (line.text, line.structured, line.end_to_end):
            keys = [run.key for run in runs_of(fold(text))] if text else []
            for size in self.orders.sizes:
                words.update(tuple(keys[i : i + size]) for i in range(len(keys) - size + 1))
        hits = [key for key in words if key in self.orders.invoices or key in self.orders.clients]
        ignore = {part for key in hits for part in key if part.isdigit()} | _digits(line)
        mentions: dict[tuple[int, ...], Mention] = {}
        for text in (line.text, line.structured, line.end_to_end):
            for mention in self.numbers.find(text, ignore) if text else ():
                before = mentions.get(mention.invoices)
                if before is None or before.strength < mention.strength:
                    mentions[mention.invoices] = mention
        orders = sorted({at for key in hits for at in self.orders.invoices.get(key, ())})
        named = frozenset(c for key in hits for c in self.orders.clients.get(key, ()))
        named |= {self.invoices[at].client for at in orders}
        return Quoted(tuple(mentions.values()), tuple(orders), named)

    def clients_of(self, line: BankLine) -> dict[str, float]:
        """Return the clients a line may come from; a quoted order number names one too."""
        found = self.payers.of(line)
        named = self.quoted(line).order_clients
        if named:
            found = {**found, **{key: max(95.0, found.get(key, 0.0)) for key in named}}
        return found

    def sure_clients(self, line: BankLine) -> list[str]:
        """Return the clients whose name fits a line surely, best first."""
        found = self.clients_of(line)
        return sorted((k for k, v in found.items() if v >= SURE), key=lambda k: (-found[k], k))

    def open_items(self, client: str, line: BankLine, *, credits_too: bool = True) -> list[int]:
        """Return a client's open items in a line's currency, issued by its day, oldest first.

        An item that another pending line quotes is left to that line. Items that the client has
        passed over, by quoting one due later in an earlier payment, come last.
        """
        items = [
            at
            for at in self.of_client.get(client, ())
            if self.open[at]
            and (self.open[at] > 0 or credits_too)
            and self.invoices[at].currency == line.currency
            and self.invoices[at].issued <= line.booked
            and self.reserved.get(at, line.bank_id) == line.bank_id
        ]
        quoted = self.quoted_paid.get(client)
        if not quoted:
            return items
        latest = max((due for paid, due in quoted if paid < line.booked), default=dt.date.min)
        return sorted(items, key=lambda at: (self.invoices[at].due < latest, at))

    def issued_within(self, items: Sequence[int], days: tuple[dt.date, dt.date]) -> Sequence[int]:
        """Return the items, given in order, that were issued on one of these days."""
        first = bisect_left(items, days[0], key=self._issued)
        return items[first : bisect_right(items, days[1], lo=first, key=self._issued)]

    def _issued(self, at: int) -> dt.date:
        return self.invoices[at].issued

    def note_quoted_paid(self, at: int, line: BankLine) -> None:
        """Remember that a client paid an invoice by its number: it knows which it passed over."""
        invoice = self.invoices[at]
        self.quoted_paid.setdefault(invoice.client, []).append((line.booked, invoice.due))

    def fee_limit(self, amount: int, currency: str) -> int:
        """Return how much a bank may have kept of an amount: max(5.00, 3 %), at most 30.00.

        Without decimals (JPY) it is 500 to 3,000: a fee does not shrink with the decimals.
        """
        unit = 100 if exponent(currency) <= 2 else 1000
        s = self.settings
        return min(max(s.fee_floor * unit, amount * s.fee_percent // 100), s.fee_cap * unit)

    def cash(self, at: int, amount: int | None = None, kind: Kind = Kind.CASH) -> Share:
        """Return a share of an invoice: all that is open, or so much."""
        value = self.open[at] if amount is None else amount
        return Share(self.keys[at], value, kind, value)

    def take(self, line: BankLine, proposal: Proposal) -> None:
        """Record a proposal and use up what it would settle, so that no other rule offers it.

        What rests on an invoice that an unsure proposal touched is not certain either.
        """
        items = [self.at_of[s.invoice_no] for s in proposal.shares if s.invoice_no in self.at_of]
        if proposal.tier is Tier.CERTAIN and self.unsure.intersection(items):
            proposal = proposal._replace(tier=Tier.LIKELY)
        if proposal.tier is not Tier.CERTAIN:
            self.unsure.update(items)
        self.proposals[line.bank_id] = proposal
        for share in proposal.shares:
            at = self.at_of.get(share.invoice_no)
            if at is not None:
                self.open[at] -= share.amount
                self.paid_by.setdefault(at, []).append(line)

    def owed_back(self, line: BankLine) -> list[int]:
        """Return the credits and overpayments that are exactly the amount of money out.

        Asked once every receipt was looked at: from then on nothing more is owed back.
        """
        if self._owed is None:
            self._owed = {}
            for at, amount in enumerate(self.open):
                if amount < 0:
                    key = (self.invoices[at].currency, amount)
                    self._owed.setdefault(key, []).append(at)
        return [
            at
            for at in self._owed.get((line.currency, line.amount), ())
            if self.open[at] == line.amount and self.invoices[at].issued <= line.booked
        ]

    def say(self, line: BankLine) -> str:
        """Return a line's amount in words."""
        return str(Money(line.amount, line.currency))

    def sums(self, items: Sequence[int], shares: Sequence[int] | None = None) -> str:
        """Return the arithmetic of some items: ``INV-1 700.00 + INV-2 300.00``."""
        amounts = shares if shares is not None else [self.open[at] for at in items]
        return " + ".join(
            f"{self.keys[at]} {to_major(amount, self.invoices[at].currency):,}"
            for at, amount in zip(items, amounts, strict=True)
        )

    def option(self, items: Sequence[int], rule: str, why: str = "") -> Option:
        """Return a reading that settles some items whole."""
        evidence = self.sums(items) + (f"; {why}" if why else "")
        return Option(tuple(self.cash(at) for at in items), rule, evidence)


def line_order(line: BankLine) -> tuple[dt.date, str, int, str, str, str]:
    """The order lines are looked at: by day, then by what they say, never by file position."""
    return line.booked, line.account, line.amount, line.payer, line.text, line.bank_id


def strong(mentions: Iterable[Mention]) -> list[Mention]:
    """Return the mentions that are plainly invoice numbers."""
    return [mention for mention in mentions if mention.strength >= WORDED]


class _Orders(NamedTuple):
    invoices: dict[tuple[str, ...], list[int]]
    clients: dict[tuple[str, ...], list[str]]
    sizes: tuple[int, ...]


def _orders(invoices: Sequence[Invoice], clients: Iterable[Client]) -> _Orders:
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
