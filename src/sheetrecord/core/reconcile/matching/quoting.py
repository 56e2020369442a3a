"""Resolve the numbers that a line quotes to open invoices, and check that its payer agrees."""

from collections.abc import Sequence
from enum import Enum
from itertools import islice
from typing import Final, NamedTuple

from sheetrecord.core.reconcile.facts import BankLine
from sheetrecord.core.reconcile.matching.payers import MAYBE, SURE
from sheetrecord.core.reconcile.matching.state import MatchRun, strong
from sheetrecord.core.reconcile.text.mention import WORDED, Mention

_MAX_READINGS: Final = 4096


class Payer(Enum):
    """Whether the payer's name agrees with the client whose number is quoted."""

    AGREES = "agrees"
    UNKNOWN = "unknown"
    CONTRADICTS = "contradicts"


class QuoteReading(NamedTuple):
    """One way to resolve the quoted numbers: the invoices, and the plain mentions left out."""

    items: tuple[int, ...]
    skipped: int
    plain: bool
    """Every number used is written with its prefix, a word for invoice, or in a list."""


def payer_says(run: MatchRun, line: BankLine, items: Sequence[int]) -> Payer:
    """Return whether the payer is the invoices' client, another client, or unknown.

    A payer whose name is similar to one client's contradicts the invoices of any other, also when
    it quotes its own beside them.
    """
    found = run.clients_of(line)
    own = {run.invoices[at].client for at in items}
    if own and all(found.get(client, 0.0) >= MAYBE for client in own):
        return Payer.AGREES
    spelled = run.payers.by_spelling(line)
    other = any(value >= SURE for value in spelled.values())
    return Payer.CONTRADICTS if other else Payer.UNKNOWN


def exact_readings(run: MatchRun, line: BankLine, amount: int, currency: str) -> list[QuoteReading]:
    """Return the ways in which quoted open items add up to an amount, best first.

    Plain mentions should all be used; bare digits may be something else. At most six items.
    """
    mentions = run.quoted(line).mentions
    if not mentions:
        return []
    walk = _Walk(run, mentions, [_choices(run, mention, currency) for mention in mentions])
    walk.on(0, amount, (), 0)
    return sorted(walk.found.values(), key=_rank)


class _Walk:
    """Every way to take some mentions, within a budget."""

    def __init__(
        self, run: MatchRun, mentions: Sequence[Mention], choices: list[list[tuple[int, ...]]]
    ) -> None:
        self._open, self._choices = run.open, choices
        self._plain = [mention.strength >= WORDED for mention in mentions]
        self._used: list[bool] = []
        self._budget = _MAX_READINGS
        self.found: dict[tuple[int, ...], QuoteReading] = {}

    def on(self, at: int, left: int, items: tuple[int, ...], skipped: int) -> None:
        """Go on from a mention, with so much left to add up to."""
        self._budget -= 1
        if self._budget < 0:
            return
        if at == len(self._choices):
            if left == 0 and items:
                self._keep(QuoteReading(tuple(sorted(items)), skipped, all(self._used)))
            return
        plain = self._plain[at]
        for group in self._choices[at]:
            if not set(group) & set(items):
                total = sum(self._open[i] for i in group)
                self._used.append(plain)
                self.on(at + 1, left - total, items + group, skipped)
                self._used.pop()
        self.on(at + 1, left, items, skipped + plain)

    def _keep(self, reading: QuoteReading) -> None:
        old = self.found.get(reading.items)
        if old is None or _rank(reading) < _rank(old):
            self.found[reading.items] = reading


def _rank(reading: QuoteReading) -> tuple[int, bool, int, tuple[int, ...]]:
    return reading.skipped, not reading.plain, -len(reading.items), reading.items


def _choices(run: MatchRun, mention: Mention, currency: str) -> list[tuple[int, ...]]:
    """Return the groups of open items one mention may stand for."""
    fits = [at for at in mention.invoices if run.open[at] and run.invoices[at].currency == currency]
    if mention.all_of:
        whole = [tuple(fits)] if len(fits) == len(mention.invoices) else []
        ends = (mention.invoices[0], mention.invoices[-1])
        both = tuple(at for at in ends if at in fits)
        return whole + ([both] if len(both) == 2 and both not in whole else [])
    return [(at,) for at in islice(fits, 12)]


def settle_tie(
    run: MatchRun, line: BankLine, readings: Sequence[QuoteReading]
) -> list[QuoteReading]:
    """Of equally good readings, keep those of the payer's client, then those nearest in time."""
    best = [r for r in readings if _rank(r)[:3] == _rank(readings[0])[:3]]
    if len(best) < 2:
        return best
    agreeing = [r for r in best if payer_says(run, line, r.items) is Payer.AGREES]
    best = agreeing or best
    before = [r for r in best if all(run.invoices[i].issued <= line.booked for i in r.items)]
    best = before or best
    year = 366
    recent = [
        r for r in best if max((line.booked - run.invoices[i].issued).days for i in r.items) < year
    ]
    return recent if len(recent) == 1 else best


def quoted_items(run: MatchRun, line: BankLine) -> tuple[int, ...]:
    """Return the open items that a line plainly quotes (bare digits only if the payer agrees).

    A number that several invoices have is resolved by the payer, then by the nearest date;
    unresolved ones are left out.
    """
    mentions = run.quoted(line).mentions
    plain = strong(mentions)
    items: list[int] = []
    for mention in plain or mentions:
        fits = [at for at in mention.invoices if run.open[at] > 0]
        if mention.all_of:
            items += fits
            continue
        if len(fits) > 1:
            fits = [at for at in fits if payer_says(run, line, [at]) is Payer.AGREES] or fits
            fits = [at for at in fits if run.invoices[at].issued <= line.booked] or fits
            fits = fits[-1:]
        if fits and (plain or payer_says(run, line, fits) is Payer.AGREES):
            items += fits
    return tuple(dict.fromkeys(items))


def settled_items(run: MatchRun, line: BankLine) -> tuple[int, ...]:
    """Return the quoted invoices if none of them is open any more."""
    mentions = run.quoted(line).mentions
    plain = strong(mentions) or list(mentions)
    items = [at for mention in plain for at in mention.invoices]
    if not items or any(run.open[at] for at in items):
        return ()
    if len(items) > len(plain) and not any(m.all_of for m in plain):
        items = [at for at in items if payer_says(run, line, [at]) is Payer.AGREES]
    return tuple(dict.fromkeys(items))


def rivals(run: MatchRun, line: BankLine, client: str, items: Sequence[int]) -> list[int]:
    """Return other open items of a client with exactly the line's amount."""
    if not any(run.open[at] == line.amount for at in run.live(client)):
        return []  # mostly so, and seen without asking which items the line may pay
    return [
        at for at in run.open_items(client, line) if run.open[at] == line.amount and at not in items
    ]


def near_rivals(run: MatchRun, line: BankLine, others: Sequence[int]) -> list[int]:
    """Return the items whose number is one typing error away from the text."""
    return run.numbers.near_among(line.text, others)
