"""Build proposals from the ways to read a line: the first one on top, the others as options."""

from collections.abc import Sequence

from sheetrecord.core.reconcile.facts import BankLine, Tier
from sheetrecord.core.reconcile.matching.proposal import Option, Proposal, Share
from sheetrecord.core.reconcile.matching.state import MatchRun
from sheetrecord.model.money import to_major


def proposal_of(  # noqa: PLR0913 -- the last two are flags by name
    run: MatchRun,
    line: BankLine,
    rule: str,
    tier: Tier,
    found: list[Option],
    *,
    searched: bool = True,
    same: bool = False,
) -> Proposal | None:
    """Return a proposal with up to three other options; None without any reading."""
    if not found:
        return None
    first = found[0]
    ask = "choose" if tier is Tier.CHOOSE else ""
    return Proposal(
        line.bank_id,
        rule,
        tier,
        first.shares,
        first.evidence,
        ask,
        options=tuple(found[1:4]),
        searched=searched,
        interchangeable=same,
        client=run.invoices[run.at_of[first.shares[0].invoice_no]].client,
    )


def choose(
    run: MatchRun,
    line: BankLine,
    rule: str,
    readings: Sequence[Option],
    *,
    ask: str = "choose",
    short: int = 0,
) -> Proposal:
    """Return a proposal that a person must choose from; the first option is the likeliest."""
    first = readings[0]
    return Proposal(
        line.bank_id,
        rule,
        Tier.CHOOSE,
        first.shares,
        first.evidence,
        ask,
        short,
        short_of(run, first.shares) if short else "",
        tuple(readings[1:4]),
        client=run.invoices[run.at_of[first.shares[0].invoice_no]].client,
    )


def short_of(run: MatchRun, shares: Sequence[Share]) -> str:
    """Return the invoice that some shares leave partly open; "" for none or several."""
    left = [s.invoice_no for s in shares if s.amount != run.open[run.at_of[s.invoice_no]]]
    return left[0] if len(left) == 1 else ""


def spread_short(run: MatchRun, items: Sequence[int], short: int) -> tuple[Share, ...]:
    """Return shares of items in which the largest takes the shortfall (minor units)."""
    largest = max(items, key=lambda at: (run.open[at], -at))
    return tuple(run.cash(at, run.open[at] - (short if at == largest else 0)) for at in items)


def texts(run: MatchRun, line: BankLine) -> str:
    """Return the numbers a line quotes, as they are written."""
    return ", ".join(m.text for m in run.quoted(line).mentions)


def major(amount: int, line: BankLine) -> str:
    """Return an amount in major units as text, in the line's currency."""
    return f"{to_major(amount, line.currency):,} {line.currency}"
