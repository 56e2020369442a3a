"""Promote deals during a sync run: each deal that is due is closed once, in the record."""

from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from sheetrecord.core.handover.context import HandoverStep, read_context
from sheetrecord.core.handover.pending_closes import due
from sheetrecord.core.handover.promote import PromoteRequest, plan_promote
from sheetrecord.core.merge.side import Side
from sheetrecord.core.sync.hidden_sheets import with_kept
from sheetrecord.core.sync.open_conflicts import Place
from sheetrecord.schema.fee_templates import FeeTemplate

HELD: Mapping[str, tuple[str, ...]] = {"Deal": ("stage", "ready_to_close", "")}
"""Cells (and the whole row) of a deal that must not be disputed when it is closed."""


class ClosingTerms(NamedTuple):
    """The name of who closes, and the fee templates to use where the record has none."""

    by: str
    usual: Sequence[FeeTemplate] = ()


def promotions(
    record: Side, closing: ClosingTerms, disputed: Mapping[Place, object], tried: set[str]
) -> Iterator[HandoverStep]:
    """Yield the promotion of each due deal; the first with a plan changes the record.

    Call again with the changed record after such a step. Deals in ``tried`` are skipped, and each
    deal yielded is added to it. A deal is not closed while its stage, its ready-to-close flag or
    its row is in conflict. Ids of new rows are derived from the deal and closing is logged in the
    record, so that a repeated run does not close a deal twice.
    """
    context = read_context(record.book, record.parsed, closing.usual)
    for deal_id in due(context):
        if deal_id in tried:
            continue
        if not any((sheet, deal_id, key) in disputed for sheet in HELD for key in HELD[sheet]):
            tried.add(deal_id)
            step = context.told(plan_promote(context, PromoteRequest(deal_id, closing.by)))
            yield step
            if step.writes and not step.plan:  # only hidden rows: the record reads as it did
                context = context._replace(book=with_kept(context.book, step.kept))
