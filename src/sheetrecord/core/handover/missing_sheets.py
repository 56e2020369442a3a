"""Refuses a handover step in a copy without the sheets that it needs."""

from collections.abc import Collection, Iterator

from sheetrecord.core.handover.context import HandoverContext
from sheetrecord.core.merge.missing_sheets import HOW, named
from sheetrecord.model.problem import Problem


def sheets_gone(
    context: HandoverContext, deal_id: str, needed: Collection[str]
) -> Iterator[Problem]:
    """Yield the reason why a step is refused: sheets that it needs are missing.

    What stands on them is not blank but unknown, so neither a gate nor an acceptance means much.
    """
    layout = context.parsed.layout
    gone = [sheet for sheet in needed if sheet not in layout.sheets]
    if not gone:
        return
    message = f"{named(gone)} cannot be found in this copy."
    do = f"{HOW}; `sheetrecord validate BOOK` says what else is lost."
    problem = context.refusal(None, "", message[0].upper() + message[1:], do)
    yield problem._replace(where=layout.where(gone[0]), deal_id=deal_id)
