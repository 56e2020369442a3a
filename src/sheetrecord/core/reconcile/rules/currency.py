"""Payments in another currency than the invoice's; a rate is always explicit."""

from typing import Final

from sheetrecord.core.reconcile.facts import BankLine, Tier
from sheetrecord.core.reconcile.matching.options import proposal_of
from sheetrecord.core.reconcile.matching.proposal import Option, Proposal
from sheetrecord.core.reconcile.matching.state import MatchRun
from sheetrecord.core.reconcile.rules.quoted import rate_of
from sheetrecord.model.money import to_major

_RATE_SLACK: Final = 50
"""Thousandths a payment may be off the known rate of its day."""


def original_named(run: MatchRun, line: BankLine) -> Proposal | None:
    """R22 in the invoice's currency: name, and the amount the bank says it exchanged."""
    original = line.original
    if not original or not original.amount:
        return None
    found = [
        Option(
            (run.cash(at)._replace(bank_amount=line.amount),),
            "R22-name-amount",
            f"payer {line.payer!r}; exchanged from {run.sums([at])} {original.currency}",
        )
        for client in run.sure_clients(line)
        for at in run.of_client.get(client, ())
        if run.open[at] == original.amount
        and run.invoices[at].currency == original.currency
        and run.invoices[at].issued <= line.booked
    ]
    same = len(found) > 1
    proposal = proposal_of(run, line, "R22-name-amount", Tier.LIKELY, found, same=same)
    return proposal and proposal._replace(rate=rate_of(original.amount, original.currency, line))


def currency(run: MatchRun, line: BankLine) -> Proposal | None:
    """R39: quoted or named invoices in another currency; the person confirms the rate."""
    quoted = [at for m in run.quoted(line).mentions for at in m.invoices]
    named = [at for c in run.sure_clients(line) for at in run.of_client.get(c, ())]
    foreign: list[tuple[int, int]] = []
    for items in (quoted, named):
        foreign = [
            (off, at)
            for at in dict.fromkeys(items)
            if run.open[at] > 0
            and run.invoices[at].currency != line.currency
            and run.invoices[at].issued <= line.booked
            for off in [_off_rate(run, line, at)]
            if off <= _RATE_SLACK
        ]
        if foreign:
            break
    foreign.sort()
    if not foreign:
        return None
    why = f"{run.say(line)} for an invoice in another currency: which rate?"
    found = [
        Option(
            (run.cash(at)._replace(bank_amount=line.amount),),
            "R39-currency",
            f"{why} {run.sums([at])} {run.invoices[at].currency}",
        )
        for _, at in foreign[:4]
    ]
    proposal = proposal_of(run, line, "R39-currency", Tier.CHOOSE, found)
    return proposal and proposal._replace(ask="currency-differs")


def _off_rate(run: MatchRun, line: BankLine, at: int) -> int:
    """Return how many thousandths a payment is off a known rate; 0 when no rate is known."""
    other = run.invoices[at].currency
    rate = run.rates.get((line.currency, other))
    if rate is None:
        return 0
    want = to_major(run.open[at], other)
    got = to_major(line.amount, line.currency) * rate
    return int(abs(got - want) * 1000 / want)
