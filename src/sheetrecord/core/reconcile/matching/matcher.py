"""Match bank lines to invoices: named rules in a fixed order, whatever order the input has."""

from collections.abc import Callable, Container, Iterable, Mapping, Sequence
from decimal import Decimal
from functools import partial
from typing import Final, NamedTuple

from sheetrecord.core.reconcile.facts import (
    Allocation,
    AllocationKind,
    BankLine,
    Invoice,
    PayingClient,
    Tier,
)
from sheetrecord.core.reconcile.matching import payer_habits
from sheetrecord.core.reconcile.matching.index import FeeIndex
from sheetrecord.core.reconcile.matching.offered import offer_exact
from sheetrecord.core.reconcile.matching.proposal import Proposal, Share
from sheetrecord.core.reconcile.matching.quoting import quoted_items
from sheetrecord.core.reconcile.matching.state import MatchRun, MatchSettings
from sheetrecord.core.reconcile.rules import combined, named, other, quoted
from sheetrecord.core.reconcile.rules import currency as exchange
from sheetrecord.core.reconcile.rules.assigned import name_exact, prefer_clients
from sheetrecord.core.reconcile.text.mention import WORDED
from sheetrecord.model.money import to_major
from sheetrecord.model.progress import doing

_TOLD: Final = 256
"""After so many lines it is said how many are matched."""
_NEAR_DAYS: Final = 10
_SOON: Final = 20


class Tried(NamedTuple):
    """A rule that was tried on the traced line."""

    rule: str
    why: str
    fired: bool


class MatchResult(NamedTuple):
    """The proposals of a run, in booking order."""

    proposals: tuple[Proposal, ...]
    open: Mapping[str, int]
    """What stays open of each invoice when every proposal is taken (minor units)."""
    tried: tuple[Tried, ...] = ()
    """The rules the traced line went through."""

    def of(self, bank_id: str) -> Proposal | None:
        """Return the proposal for a line."""
        return next((p for p in self.proposals if p.bank_id == bank_id), None)

    @property
    def certain(self) -> tuple[Proposal, ...]:
        """The proposals that may be posted without a person."""
        return tuple(p for p in self.proposals if p.tier is Tier.CERTAIN)


def match(
    invoices: Sequence[Invoice],
    lines: Sequence[BankLine],
    clients: Iterable[PayingClient] = (),
    allocations: Sequence[Allocation] = (),
    settings: MatchSettings = MatchSettings(),  # noqa: B008 -- an immutable tuple
    trace: str = "",
) -> MatchResult:
    """Propose invoices for every bank line that is not fully allocated yet.

    Lines need unique ``bank_id``s (see `line_ids.identify`). ``allocations`` are the rows posted so
    far: they reduce what is open, and payers' habits are learned from them. No argument is changed.
    ``trace`` names a line for which the rules tried are recorded.
    """
    return propose(FeeIndex(invoices, clients), lines, allocations, settings, trace)


def propose(
    index: FeeIndex,
    lines: Sequence[BankLine],
    allocations: Sequence[Allocation] = (),
    settings: MatchSettings = MatchSettings(),  # noqa: B008 -- an immutable tuple
    trace: str = "",
) -> MatchResult:
    """`match` against invoices and clients that are already indexed."""
    run = _start(index, lines, allocations, settings)
    run.trace = trace
    posted = _posted(allocations)
    _quoted_plainly(run)
    _quoted_otherwise(run)
    prefer_clients(run, run.receipts())
    named.group_instalments(run, run.receipts())
    _reserve(run)
    _note_quoted(run)
    _each(run, _BY_DAY)
    if payer_habits.infer(run):
        _each(run, _BY_DAY, among=run.inferred)
    run.reserved.clear()
    run.moved()
    for rule in _GUESSES:
        _each(run, [rule])
    _each(run, [other.own_list], out=True)
    _each(run, [partial(other.bounced, posted=posted)], out=True)
    _each(run, [quoted.quoted_exact, other.money_out], out=True)
    _each(run, [other.unmatched])
    offer_exact(run)
    found = [run.proposals[line.bank_id] for line in run.pending_all]
    tried = tuple(Tried(rule, why, fired) for rule, why, fired in run.tried)
    return MatchResult(tuple(found), dict(zip(run.keys, run.open, strict=True)), tried)


def certain(
    index: FeeIndex,
    lines: Sequence[BankLine],
    allocations: Sequence[Allocation] = (),
    settings: MatchSettings = MatchSettings(),  # noqa: B008 -- an immutable tuple
) -> list[Proposal]:
    """Return what may be posted without a person: the part of `propose` that rests on numbers.

    A line that quotes nothing is never certain and takes nothing from one that is: what may be
    meant besides the quoted numbers is counted as if no name had been matched (`quoted_subset`).
    So names are matched once only, for the questions, when what is certain has been posted.
    """
    run = _start(index, lines, allocations, settings)
    _quoted_plainly(run)
    run.pending = [line for line in run.pending if line.amount < 0 or _says_which(run, line)]
    _quoted_otherwise(run)
    _reserve(run)
    _note_quoted(run)
    _each(run, _SUBSETS)
    run.reserved.clear()
    run.moved()
    _each(run, [other.own_list, quoted.quoted_exact], out=True)
    found = (run.proposals.get(line.bank_id) for line in run.pending_all)
    return [p for p in found if p and p.tier is Tier.CERTAIN]


def _quoted_plainly(run: MatchRun) -> None:
    """Match what says itself which invoices it pays, exactly; learn from it who pays for whom."""
    _each(run, [other.suspect, other.refund_in])
    _each(run, [other.own_list, quoted.quoted_exact, quoted.quoted_charged])
    payer_habits.learn(run)


def _quoted_otherwise(run: MatchRun) -> None:
    """Match what quotes a number and is not exact, or not in its currency."""
    _each(run, [quoted.original_exact])
    _learn_rates(run)
    _each(run, [other.duplicate])
    _each(run, _QUOTED)
    _each(run, [quoted.quoted_exact])
    _each(run, [other.duplicate])


def _says_which(run: MatchRun, line: BankLine) -> bool:
    return bool(line.original or line.parts or run.quoted(line).mentions)


Rule = Callable[[MatchRun, BankLine], Proposal | None]

_QUOTED: Final[tuple[Rule, ...]] = (
    quoted.near_number,
    quoted.quoted_terms,
    combined.quoted_credit,
    quoted.quoted_short,
    quoted.quoted_part,
)
_SUBSETS: Final[tuple[Rule, ...]] = (combined.quoted_subset, combined.quoted_subset_short)
_BY_DAY: Final[tuple[Rule, ...]] = (
    *_SUBSETS,
    named.order_number,
    exchange.original_named,
    name_exact,
    named.name_terms,
    partial(named.name_subset, unique=True),
    named.instalment,
    named.name_short,
    partial(other.duplicate_maybe, days=_SOON),
    partial(named.early, days=_NEAR_DAYS),
)
"""Looked at receipt by receipt, day by day: what an early one takes is gone for a later one."""
_GUESSES: Final[tuple[Rule, ...]] = (
    exchange.currency,
    quoted.quoted_over,
    other.duplicate_maybe,
    partial(named.name_subset, unique=False),
    name_exact,
    partial(named.early, days=45),
    named.name_over,
    named.name_part,
    named.amount_only,
)


def _note_quoted(run: MatchRun) -> None:
    """Note which invoices were paid by their number, now or in earlier runs."""
    for at, lines in run.paid_by.items():
        for line in lines:
            if any(at in mention.invoices for mention in run.quoted(line).mentions):
                run.note_quoted_paid(at, line)


def _reserve(run: MatchRun) -> None:
    """Keep the open items a pending line plainly quotes for that line."""
    for line in run.receipts():
        for at in quoted_items(run, line):
            run.reserved.setdefault(at, line.bank_id)
    run.moved()


def _start(
    index: FeeIndex,
    lines: Sequence[BankLine],
    allocations: Sequence[Allocation],
    settings: MatchSettings,
) -> MatchRun:
    settled: dict[str, int] = {}
    used: dict[str, int] = {}
    released = _released(index, lines)
    for allocation in allocations:
        key = allocation.invoice_no
        if allocation.kind is not AllocationKind.RETENTION or key not in released:
            settled[key] = settled.get(key, 0) + allocation.amount
        used[allocation.bank_id] = used.get(allocation.bank_id, 0) + allocation.bank_amount
    run = MatchRun(index, lines, settled, settings)
    rest = [
        line._replace(amount=line.amount - gone) if (gone := used.get(line.bank_id)) else line
        for line in run.lines
        if not line.category
    ]
    run.pending = [line for line in rest if line.amount]
    run.pending_all = list(run.pending)
    by_id = {line.bank_id: line for line in run.lines}
    for allocation in allocations:
        at, line = run.at_of.get(allocation.invoice_no), by_id.get(allocation.bank_id)
        if at is not None and line is not None and not allocation.reverses:
            run.paid_by.setdefault(at, []).append(line)
    payer_habits.remember(run, allocations, by_id)
    _quotes(run)
    return run


def _released(index: FeeIndex, lines: Sequence[BankLine]) -> set[str]:
    """Return the invoices whose retention is due by the last line's day: it is open again."""
    last = max((line.booked for line in lines), default=None)
    return {
        key
        for key, invoice in zip(index.keys, index.invoices, strict=True)
        if last and invoice.retention_release and invoice.retention_release <= last
    }


def _learn_rates(run: MatchRun) -> None:
    """Take the middle of the rates banks stated in this run where no rate was given."""
    seen: dict[tuple[str, str], list[Decimal]] = {}
    for line in run.lines:
        original = line.original
        if original and original.amount and line.amount > 0:
            rate = to_major(original.amount, original.currency) / to_major(
                line.amount, line.currency
            )
            seen.setdefault((line.currency, original.currency), []).append(rate)
    run.rates = {pair: sorted(rates)[len(rates) // 2] for pair, rates in seen.items()}
    run.rates |= dict(run.settings.rates)


def _quotes(run: MatchRun) -> None:
    """Note which open invoices lines quote at their exact amount."""
    for line in run.receipts():
        for mention in run.quoted(line).mentions:
            at = mention.invoices[0]
            one = len(mention.invoices) == 1 and mention.strength >= WORDED
            if one and run.open[at] == line.amount:
                run.quoted_by.setdefault(at, []).append(line.bank_id)


def _posted(allocations: Sequence[Allocation]) -> dict[str, tuple[Share, ...]]:
    """Return what each bank line has settled so far."""
    shares: dict[str, list[Share]] = {}
    for a in allocations:
        if a.bank_id:
            share = Share(a.invoice_no, a.amount, a.kind, a.bank_amount)
            shares.setdefault(a.bank_id, []).append(share)
    return {key: tuple(found) for key, found in shares.items()}


def _each(
    run: MatchRun, rules: Sequence[Rule], *, out: bool = False, among: Container[str] | None = None
) -> None:
    """Let rules look at each pending line in turn; the first that speaks decides.

    Money out is looked at only when asked for (``out``) or at the very end. ``among`` are the
    bank ids to look at, all when None.
    """
    left = []
    for line in run.pending:
        wanted = out == (line.amount < 0) or other.unmatched in rules
        wanted = wanted and (among is None or line.bank_id in among)
        found = _first(run, rules, line) if wanted else None
        if found is None:
            left.append(line)
        else:
            run.take(line, found)
            if len(run.proposals) % _TOLD == 0:
                doing("lines matched", len(run.proposals), len(run.pending_all))
    run.pending = left


def _first(run: MatchRun, rules: Sequence[Rule], line: BankLine) -> Proposal | None:
    """Return what the first rule that speaks says of a line."""
    for rule in rules:
        found = rule(run, line)
        if line.bank_id == run.trace:
            run.tried.append(_tried(rule, found))
        if found is not None:
            return found
    return None


def _tried(rule: Rule, found: Proposal | None) -> tuple[str, str, bool]:
    """Return a rule's name, what it looks for (or found), and whether it spoke."""
    function = rule.func if isinstance(rule, partial) else rule
    name = found.rule if found else function.__name__.replace("_", " ")
    text = (function.__doc__ or "").strip().split("\n")[0]
    return name, found.evidence if found else text, found is not None
