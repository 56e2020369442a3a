"""Refuses a handover step in a copy without the sheets that it needs."""

from collections.abc import Collection, Iterator

from sheetrecord.core.handover.context import HandoverContext
from sheetrecord.model.phrase import Phrase, Series, Term
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
    *most, last = (Term("usual", sheet) for sheet in gone)
    if most:
        message = Phrase(
            "The sheets {sheets} and {last} cannot be found in this copy.",
            sheets=Series(", ", most),
            last=last,
        )
    else:
        message = Phrase("The sheet {sheet} cannot be found in this copy.", sheet=last)
    do = Phrase(
        "Put back what was deleted, or take an earlier save or a whole copy; "
        "`sheetrecord validate BOOK` says what else is lost."
    )
    problem = context.refusal(None, "", message, do)
    yield problem._replace(where=layout.where(gone[0]), deal_id=deal_id)
