"""Whatever a rule thinks, an open invoice of exactly a line's amount is among what is offered."""

from collections.abc import Mapping, Sequence
from typing import Final

from sheetrecord.core.reconcile.facts import AllocationKind, BankLine, Tier
from sheetrecord.core.reconcile.matching.proposal import Option, Proposal
from sheetrecord.core.reconcile.matching.state import MatchRun

SHOWN: Final = 3
"""Options that a person can choose from, the proposal itself among them."""


def offer_exact(run: MatchRun) -> None:
    """Add to each question an open invoice of the line's amount, if none is shown.

    First come invoices that no line takes, then those that only an uncertain proposal takes: a
    person may know better.
    """
    free: dict[tuple[str, int], list[int]] = {}
    held: dict[tuple[str, int], list[int]] = {}
    for at, invoice in enumerate(run.invoices):
        if run.open[at] > 0:
            free.setdefault((invoice.currency, run.open[at]), []).append(at)
        elif at in run.unsure and run.started[at] > 0:
            held.setdefault((invoice.currency, run.started[at]), []).append(at)
    for line in run.pending_all:
        found = run.proposals[line.bank_id]
        if line.amount > 0 and found.tier is not Tier.CERTAIN and found.ask != "duplicate-import":
            run.proposals[line.bank_id] = _with_exact(run, line, found, (free, held))


def _with_exact(
    run: MatchRun,
    line: BankLine,
    found: Proposal,
    pools: tuple[Mapping[tuple[str, int], list[int]], ...],
) -> Proposal:
    shown = [Option(found.shares, "", "")] if found.shares else []
    shown += [option for option in found.options if option.shares][: SHOWN - len(shown)]
    if any(_exact(run, line, option) for option in shown):
        return found
    for pool in pools:
        fits = pool.get((line.currency, line.amount))
        if fits:
            best = _nearest(run, line, fits)
            room = SHOWN - 1 - bool(found.shares)
            kept = [option for option in found.options if option.shares][:room]
            return found._replace(options=(*kept, _option(run, line, best)))
    return found


def _exact(run: MatchRun, line: BankLine, option: Option) -> bool:
    """Whether an option pays one invoice, and that in full."""
    share = option.shares[0]
    whole = len(option.shares) == 1 and share.amount == line.amount
    at = run.at_of.get(share.invoice_no)
    return whole and at is not None and run.started[at] == share.amount


def _nearest(run: MatchRun, line: BankLine, fits: Sequence[int]) -> int:
    """Return the likeliest of some: the payer's own client's first, then what is due nearest."""
    clients = run.clients_of(line)
    own = [at for at in fits if run.invoices[at].client in clients] if clients else []
    return min(own or fits, key=lambda at: (abs((run.invoices[at].due - line.booked).days), at))


def _option(run: MatchRun, line: BankLine, at: int) -> Option:
    invoice = run.invoices[at]
    later = f", issued {invoice.issued}" if invoice.issued > line.booked else ""
    why = f"{run.sums([at], [line.amount])}; open, of this amount, of {invoice.client}{later}"
    return Option((run.cash(at, line.amount, AllocationKind.CASH),), "R60-unmatched", why)
