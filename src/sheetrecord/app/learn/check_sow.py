"""Compare a deal with its contract, and take over what somebody accepts of it."""

from collections.abc import Sequence
from pathlib import Path

from sheetrecord.app.handover import HandoverResult, Opened, take_step
from sheetrecord.app.reconcile.inputs import read_bytes
from sheetrecord.core.derive import derive
from sheetrecord.core.sow.accept import plan_accept
from sheetrecord.core.sow.compare import SowReport, compare
from sheetrecord.ledgers.papers.clauses import read_clauses


def check(opened: Opened, deal_id: str, path: Path) -> SowReport:
    """Compare a deal with a contract. Raises CannotRead and MissingExtra."""
    clauses = read_clauses(read_bytes(path), path.name)
    record = derive(opened.context.parsed.record)
    return compare(record.by_deal[deal_id], record.settings, clauses)


def take_over(
    opened: Opened,
    deal_id: str,
    report: SowReport,
    ids: Sequence[str],
    by: str,
    *,
    only_plan: bool = False,
) -> HandoverResult:
    """Write the clauses of what was accepted; errors as `handover.take_step`."""
    return take_step(
        opened,
        lambda context: plan_accept(context, deal_id, report, ids, by),
        only_plan=only_plan,
    )
