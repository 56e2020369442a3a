"""Learn which client a payer pays for: from accepted and certain matches, and from amounts.

The name of a group's payment centre or parent company does not name the client. A single amount is
no evidence; if most of a payer's amounts were invoiced to one client, and far fewer to any other, a
person is asked. An inferred habit never posts anything.
"""

from collections.abc import Mapping, Sequence
from datetime import timedelta
from typing import Final

from sheetrecord.core.reconcile.facts import Allocation, BankLine, Tier
from sheetrecord.core.reconcile.matching.payers import SURE
from sheetrecord.core.reconcile.matching.state import MatchRun
from sheetrecord.core.reconcile.text.normalise import name_of

_LEAST: Final = 3
"""Payments, and of them whose amounts were invoiced, that make a habit."""
_SHARE: Final = 0.4
"""Share of a payer's payments that the client's invoices must explain."""
_NEXT: Final = 0.5
"""Any other client may explain at most so much of what the best one does."""
_MAX_AGE: Final = timedelta(days=200)


def remember(
    run: MatchRun, allocations: Sequence[Allocation], by_id: Mapping[str, BankLine]
) -> None:
    """Learn from posted allocations which client a payer's name stands for."""
    seen = set()
    for allocation in allocations:
        at, line = run.at_of.get(allocation.invoice_no), by_id.get(allocation.bank_id)
        if at is not None and line is not None and line.payer and allocation.amount > 0:
            seen.add((line.payer, line.bank_id, run.invoices[at].client))
    _teach(run, seen)


def learn(run: MatchRun) -> None:
    """Learn from the certain matches of this run, after all of them were made."""
    seen = set()
    for line in run.lines:
        proposal = run.proposals.get(line.bank_id)
        if proposal and proposal.tier is Tier.CERTAIN and line.payer:
            for share in proposal.shares:
                client = run.invoices[run.at_of[share.invoice_no]].client
                if run.payers.of_name(line.payer).get(client, 0.0) < SURE:
                    seen.add((line.payer, line.bank_id, client))
    _teach(run, seen)


def infer(run: MatchRun) -> bool:
    """Infer from amounts which clients unknown payers pay for; return True if any was found."""
    found: dict[str, dict[str, int]] = {}
    for lines in _unknown(run).values():
        client, explained = _whose(run, lines)
        if client:
            found[lines[0].payer] = {client: explained}
            count = f"{explained} of {len(lines)} payments of this payer"
            why = f"{count} are amounts of {client}, far fewer of anybody else"
            run.inferred.update(dict.fromkeys((line.bank_id for line in lines), why))
    if found:
        run.payers.learn(found)
    return bool(found)


def _unknown(run: MatchRun) -> Mapping[str, list[BankLine]]:
    """Return the pending receipts of payers that are surely nobody we know, by payer."""
    groups: dict[str, list[BankLine]] = {}
    for line in run.receipts():
        payer = name_of(line.payer).compact
        if payer and not run.sure_clients(line):
            groups.setdefault(payer, []).append(line)
    return {payer: lines for payer, lines in groups.items() if len(lines) >= _LEAST}


def _whose(run: MatchRun, lines: Sequence[BankLine]) -> tuple[str, int]:
    """Return the client that the amounts point to, and how many they are; "" for none."""
    taken: dict[str, set[int]] = {}
    for line in lines:
        for client, at in _fits(run, line, taken).items():
            taken.setdefault(client, set()).add(at)
    ranked = sorted((-len(items), client) for client, items in taken.items())
    best, client = ranked[0] if ranked else (0, "")
    proven = -best >= max(_LEAST, _SHARE * len(lines))
    alone = all(other >= _NEXT * best for other, _ in ranked[1:2])
    return (client, -best) if proven and alone else ("", 0)


def _fits(run: MatchRun, line: BankLine, taken: Mapping[str, set[int]]) -> dict[str, int]:
    """Return each client's oldest open invoice of a line's amount that no line has yet."""
    same = run.of_amount.get((line.currency, line.amount), ())
    found: dict[str, int] = {}
    for at in run.issued_within(same, (line.booked - _MAX_AGE, line.booked)):
        client = run.invoices[at].client
        if run.open[at] == line.amount and at not in taken.get(client, ()):
            found.setdefault(client, at)
    return found


def _teach(run: MatchRun, seen: set[tuple[str, str, str]]) -> None:
    habits: dict[str, dict[str, int]] = {}
    for payer, _, client in sorted(seen):
        counts = habits.setdefault(payer, {})
        counts[client] = counts.get(client, 0) + 1
    run.payers.learn(habits)
