"""Which deals wait to be closed because somebody said so in the sheet."""

from collections.abc import Iterator

from sheetrecord.core.handover.context import HandoverContext


def due(desk: HandoverContext) -> Iterator[str]:
    """Yield the deals that a stage set to won, or the tick "Ready to close", asks to promote.

    A deal that ops has already is not due again; one that was sold and went back waits for
    somebody to say what happened.
    """
    for deal_id, rows in desk.parsed.record.by_deal.items():
        found = desk.standing(deal_id)
        won = found.stage_type == "won" and not (found.handed_over and found.sold)
        ticked = found.stage_type == "open" and rows.deal.ready_to_close and not found.sold
        if (won and found.state != "returned") or ticked:
            yield deal_id
