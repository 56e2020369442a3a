"""The mutable state of one matching run: open amounts, pending lines, cached lookups."""

import datetime as dt
from bisect import bisect_left, bisect_right, insort
from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal
from typing import Final, NamedTuple

from sheetrecord.core.reconcile.facts import REPLACED, AllocationKind, BankLine, Tier
from sheetrecord.core.reconcile.matching.index import FeeIndex, Quoted
from sheetrecord.core.reconcile.matching.payers import SURE, Payers
from sheetrecord.core.reconcile.matching.proposal import Option, Proposal, Share
from sheetrecord.core.reconcile.text.mention import WORDED, Mention
from sheetrecord.core.reconcile.text.normalise import name_of
from sheetrecord.core.reconcile.text.not_ours import says_refund
from sheetrecord.model.money import Money, exponent, to_major


class MatchSettings(NamedTuple):
    """The tunable limits of matching; amounts in major units. The defaults were measured."""

    fee_floor: int = 5
    fee_cap: int = 30
    fee_percent: int = 3
    likely_open_items: int = 8
    rates: Mapping[tuple[str, str], Decimal] = {}
    """(from, to) → units of ``to`` for one of ``from``, for proposals in another currency."""


ROUNDING: Final = 5
"""Minor units by which a client's total may differ because tax was rounded another way."""


class MatchRun:
    """The state of one matching run; rules read it, and `take` records what they propose."""

    def __init__(
        self,
        index: FeeIndex,
        lines: Sequence[BankLine],
        settled: Mapping[str, int],
        settings: MatchSettings,
    ) -> None:
        self.index, self.settings = index, settings
        self.invoices, self.keys, self.at_of = index.invoices, index.keys, index.at_of
        self.numbers, self.payers = index.numbers, Payers(index.names)
        self.of_client, self.of_amount = index.of_client, index.of_amount
        self.open = [
            0 if inv.void else inv.gross - settled.get(key, 0)
            for inv, key in zip(self.invoices, self.keys, strict=True)
        ]
        self.started = list(self.open)
        self._live: dict[str, list[int]] = {}
        for at, invoice in enumerate(self.invoices):
            if self.open[at]:
                self._live.setdefault(invoice.client, []).append(at)
        self.lines = sorted(lines, key=line_order)
        self.replaced = {line.bank_id for line in self.lines if line.category == REPLACED}
        self.pending = [line for line in self.lines if line.amount]
        self.pending_all = list(self.pending)
        self.quoted_by: dict[int, list[str]] = {}
        self.preferred: dict[str, str] = {}
        self.reserved: dict[int, str] = {}
        self.unsure: set[int] = set()
        self.inferred: dict[str, str] = {}
        """Why a line's payer is thought to pay for a client, by bank id (see `habits`)."""
        self.trace = ""
        self.tried: list[tuple[str, str, bool]] = []
        self.rates: dict[tuple[str, str], Decimal] = {}
        self.quoted_paid: dict[str, list[tuple[dt.date, dt.date]]] = {}
        self.groups: dict[str, tuple[BankLine, ...]] = {}
        self.proposals: dict[str, Proposal] = {}
        self.paid_by: dict[int, list[BankLine]] = {}
        self._quoted: dict[str, Quoted] = {}
        self._clients: dict[str, tuple[str, Mapping[str, float]]] = {}
        self._sure: dict[str, tuple[str, ...]] = {}
        self._clients_as_of = 0
        self._items: dict[tuple[str, str, bool], list[int]] = {}
        self.based: tuple[tuple[str, int], tuple[tuple[int, ...], str]] = (("", -1), ((), ""))
        """The items that the last line asked about is based on, and their client."""
        self.moves = 0
        """How often open amounts changed: what was computed from them before may not hold."""
        self._by_money: dict[tuple[str, int], list[BankLine]] | None = None
        self._owed: dict[tuple[str, int], list[int]] | None = None

    def receipts(self) -> list[BankLine]:
        """Return the pending lines with money in."""
        return [line for line in self.pending if line.amount > 0]

    def of_money(self, account: str, amount: int) -> Sequence[BankLine]:
        """Return an account's lines with an amount (minor units), by date."""
        if self._by_money is None:
            self._by_money = {}
            for line in self.lines:
                self._by_money.setdefault((line.account, line.amount), []).append(line)
        return self._by_money.get((account, amount), ())

    def quoted(self, line: BankLine) -> Quoted:
        """Return the numbers a line quotes; cached by line."""
        found = self._quoted.get(line.bank_id)
        if found is None:
            found = self._quoted[line.bank_id] = self.index.quoted(line)
        return found

    def clients_of(self, line: BankLine) -> Mapping[str, float]:
        """Return the clients a line may come from, with scores of 0 to 100.

        A quoted order number gives its client at least 95.
        """
        if self._clients_as_of != len(self.payers.taught):
            self._unlearn()
        known = self._clients.get(line.bank_id)
        if known is not None:
            return known[1]
        found = self.payers.of(line)
        named = self.quoted(line).order_clients
        if named:
            found = {**found, **{key: max(95.0, found.get(key, 0.0)) for key in named}}
        self._clients[line.bank_id] = name_of(line.payer).compact, found
        return found

    def _unlearn(self) -> None:
        """Forget what was looked up of payers about whom something was learned since."""
        about = frozenset[str]().union(*self.payers.taught[self._clients_as_of :])
        for key in [key for key, (payer, _) in self._clients.items() if payer in about]:
            del self._clients[key]
            self._sure.pop(key, None)
        self._clients_as_of = len(self.payers.taught)

    def sure_clients(self, line: BankLine) -> Sequence[str]:
        """Return the clients with a score of `SURE` or more for a line, best first."""
        found = self.clients_of(line)
        known = self._sure.get(line.bank_id)
        if known is None:
            sure = sorted((k for k, v in found.items() if v >= SURE), key=lambda k: (-found[k], k))
            known = self._sure[line.bank_id] = tuple(sure)
        return known

    def live(self, client: str) -> Sequence[int]:
        """Return a client's invoices of which something is open, oldest first."""
        return self._live.get(client, ())

    def open_items(self, client: str, line: BankLine, *, credits_too: bool = True) -> list[int]:
        """Return a client's open items in the line's currency issued by its date, oldest first.

        An item that another pending line quotes is reserved for that line. Items that the client
        skipped, by quoting one due later in an earlier payment, come last.
        """
        key = (client, line.bank_id, credits_too)
        known = self._items.get(key)
        if known is None:
            known = self._items[key] = self._open_items(client, line, credits_too=credits_too)
        return list(known)

    def _open_items(self, client: str, line: BankLine, *, credits_too: bool) -> list[int]:
        items = [
            at
            for at in self._live.get(client, ())
            if (self.open[at] > 0 or credits_too)
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
        """Return the items issued between two dates, inclusive.

        ``items`` must be in order of their issue dates.
        """
        first = bisect_left(items, days[0], key=self._issued)
        return items[first : bisect_right(items, days[1], lo=first, key=self._issued)]

    def _issued(self, at: int) -> dt.date:
        return self.invoices[at].issued

    def note_quoted_paid(self, at: int, line: BankLine) -> None:
        """Record that a client paid an invoice by its number, so earlier ones were skipped."""
        self.moved()
        invoice = self.invoices[at]
        self.quoted_paid.setdefault(invoice.client, []).append((line.booked, invoice.due))

    def fee_limit(self, amount: int, currency: str) -> int:
        """Return the most a bank may have deducted from an amount, in minor units.

        By default max(5.00, 3 %), at most 30.00; in a currency without decimals (JPY) 500 to 3,000,
        and with three decimals (KWD) 5.000 to 30.000.
        """
        unit = 100 if exponent(currency) <= 2 else 1000
        s = self.settings
        return min(max(s.fee_floor * unit, amount * s.fee_percent // 100), s.fee_cap * unit)

    def cash(
        self, at: int, amount: int | None = None, kind: AllocationKind = AllocationKind.CASH
    ) -> Share:
        """Return a share of an invoice: the given amount (minor units), or all that is open."""
        value = self.open[at] if amount is None else amount
        return Share(self.keys[at], value, kind, value)

    def take(self, line: BankLine, proposal: Proposal) -> None:
        """Record a proposal and reduce the open amounts, so that no other rule uses them.

        A proposal on an invoice that an uncertain one touched is at most likely; one that rests on
        an inferred habit needs a person's choice.
        """
        if why := self.inferred.get(line.bank_id):
            evidence = f"{proposal.evidence}; {why}"
            proposal = proposal._replace(
                tier=Tier.CHOOSE, ask=proposal.ask or "choose", evidence=evidence
            )
        if line.amount > 0 and not line.parts and proposal.tier is not Tier.CHOOSE:
            proposal = _doubted(line, proposal)
        items = [self.at_of[s.invoice_no] for s in proposal.shares if s.invoice_no in self.at_of]
        if proposal.tier is Tier.CERTAIN and self.unsure.intersection(items):
            proposal = proposal._replace(tier=Tier.LIKELY)
        if proposal.tier is not Tier.CERTAIN:
            self.unsure.update(items)
        self.proposals[line.bank_id] = proposal
        self.moved()
        for share in proposal.shares:
            at = self.at_of.get(share.invoice_no)
            if at is not None:
                self._settle(at, share.amount)
                self.paid_by.setdefault(at, []).append(line)

    def moved(self) -> None:
        """Say that what is open, or kept for a line, has changed."""
        self.moves += 1
        self._items.clear()

    def _settle(self, at: int, amount: int) -> None:
        """Take an amount off what is open of an invoice; money back opens it again."""
        before = self.open[at]
        self.open[at] = before - amount
        live = self._live.setdefault(self.invoices[at].client, [])
        if before and before == amount:
            live.remove(at)
        elif not before and amount:
            insort(live, at)

    def owed_back(self, line: BankLine) -> list[int]:
        """Return the credits and overpayments whose amount is exactly that of a line of money out.

        Call it only after every receipt was matched: the result is built once.
        """
        if self._owed is None:
            self._owed = {}
            for at, amount in enumerate(self.open):
                if amount < 0:
                    key = (self.invoices[at].currency, amount)
                    self._owed.setdefault(key, []).append(at)
        return [
            at for at in self._owed.get((line.currency, line.amount), ()) if self.owes(at, line)
        ]

    def owes(self, at: int, line: BankLine) -> bool:
        """Return True if a credit or overpayment has the line's amount and existed before it."""
        invoice = self.invoices[at]
        paid = (old.booked for old in self.paid_by.get(at, ()) if old.amount > 0)
        before = max(paid, default=invoice.issued) <= line.booked and invoice.issued <= line.booked
        return self.open[at] == line.amount and invoice.currency == line.currency and before

    def say(self, line: BankLine) -> str:
        """Return a line's amount with its currency as text."""
        return str(Money(line.amount, line.currency))

    def sums(self, items: Sequence[int], shares: Sequence[int] | None = None) -> str:
        """Return the sum of some items as text: ``INV-1 700.00 + INV-2 300.00``."""
        amounts = shares if shares is not None else [self.open[at] for at in items]
        return " + ".join(
            f"{self.keys[at]} {to_major(amount, self.invoices[at].currency):,}"
            for at, amount in zip(items, amounts, strict=True)
        )

    def option(self, items: Sequence[int], rule: str, why: str = "") -> Option:
        """Return an option that settles some items in full."""
        evidence = self.sums(items) + (f"; {why}" if why else "")
        return Option(tuple(self.cash(at) for at in items), rule, evidence)


def _doubted(line: BankLine, proposal: Proposal) -> Proposal:
    """Return a proposal; a receipt that says money comes back needs a person's choice.

    A client may be a supplier too, and what it pays back is no receipt.
    """
    if not says_refund(line.text):
        return proposal
    evidence = f"{proposal.evidence}; but the text says that money comes back"
    ask = proposal.ask or "choose"
    return proposal._replace(tier=Tier.CHOOSE, ask=ask, evidence=evidence)


def line_order(line: BankLine) -> tuple[dt.date, str, int, str, str, str]:
    """Sort key of lines: by date, then by content, never by their position in a file."""
    return line.booked, line.account, line.amount, line.payer, line.text, line.bank_id


def strong(mentions: Iterable[Mention]) -> list[Mention]:
    """Return the mentions that are clearly invoice numbers."""
    return [mention for mention in mentions if mention.strength >= WORDED]
