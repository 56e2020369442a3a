"""The deals that somebody marked in the sheet as ready to be closed."""

from collections.abc import Iterator

from sheetrecord.core.handover.context import HandoverContext


def due(context: HandoverContext) -> Iterator[str]:
    """Yield the deals to promote: their stage is won, or "Ready to close" is ticked.

    A deal that ops has already is not due again; one that was sold and went back waits for
    somebody to say what happened.
    """
    for deal_id, rows in context.parsed.record.by_deal.items():
        found = context.standing(deal_id)
        won = found.stage_type == "won" and not (found.handed_over and found.sold)
        ticked = found.stage_type == "open" and rows.deal.ready_to_close and not found.sold
        if (won and found.state != "returned") or ticked:
            yield deal_id
