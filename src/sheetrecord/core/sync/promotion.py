"""Closing deals during a run: what is due in the record is promoted there, once."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, NamedTuple

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
    """Who closes, and with which fee templates where the record has none of its own."""

    by: str
    usual: Sequence[FeeTemplate] = ()


def promotions(
    record: Side, closing: ClosingTerms, disputed: Mapping[Place, Any], tried: set[str]
) -> Iterator[HandoverStep]:
    """Yield what closing each due deal comes to; the first with a plan changes the record.

    Deals in ``tried`` are passed over, and each that is yielded joins them. The ids of the new
    rows follow from the deal, and the record's own log says that it was closed: whenever and
    however often this runs, a deal is closed once.
    """
    desk = read_context(record.book, record.parsed, closing.usual)
    for deal_id in due(desk):
        if deal_id in tried:
            continue
        if not any((sheet, deal_id, key) in disputed for sheet in HELD for key in HELD[sheet]):
            tried.add(deal_id)
            step = plan_promote(desk, PromoteRequest(deal_id, closing.by))
            yield step
            if step.writes and not step.plan:  # only hidden rows: the record reads as it did
                desk = desk._replace(book=with_kept(desk.book, step.kept))
