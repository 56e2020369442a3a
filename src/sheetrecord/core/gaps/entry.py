"""One answer of the interview as a row of the sheet Gaps."""

import datetime as dt
from typing import NamedTuple

from sheetrecord.core.handover.context import HandoverContext, HandoverStep, refused
from sheetrecord.core.handover.hidden_log import LogEvent, log
from sheetrecord.core.handover.identity import owners, row_id
from sheetrecord.model.edit import AddRow
from sheetrecord.schema.gaps import Gaps
from sheetrecord.schema.read.encode import encode


class GapEntry(NamedTuple):
    """What somebody tells of one gap; ``money`` in minor units of the deal's currency."""

    deal_id: str
    missing: str
    field: str = ""
    where: str = ""
    why: str = ""
    hours: float | None = None
    money: int | None = None
    found_on: dt.date | None = None
    how: str = ""
    note: str = ""


def plan_gap(context: HandoverContext, told: GapEntry, by: str) -> HandoverStep:
    """Return the step that writes a gap; the same one told twice is one row."""
    rows = context.rows(told.deal_id)
    if rows is None or "Gaps" not in context.parsed.layout.sheets:
        what = f'There is no deal "{told.deal_id}".' if rows is None else "There is no sheet Gaps."
        do = (
            ""
            if rows is None
            else "Add a sheet Gaps with the columns that `sheetrecord schema` lists."
        )
        return refused(told.deal_id, context.refusal(None, "", what, do))
    settings = context.parsed.record.settings
    known = owners(context.book, context.parsed.layout).get("Gaps", {})
    made = row_id("G", known, told.deal_id, told.missing.casefold(), told.field.casefold())
    if known.get(made):
        return HandoverStep(told.deal_id, "nothing", notes=("It is written down already.",))
    typed = {
        "deal_id": told.deal_id,
        "what_was_missing": told.missing,
        "prompt_or_field": told.field,
        "where_it_was": told.where,
        "why_not_transferred": told.why,
        "found_on": told.found_on,
        "found_how": told.how,
        "hours_lost": told.hours,
        "money_lost": told.money,
        "note": told.note,
    }
    cells = {
        key: encode(Gaps.by_key[key], value, settings, rows.currency)
        for key, value in typed.items()
    }
    filled = {key: cell for key, cell in cells.items() if cell is not None}
    event = LogEvent(context.asof, by, told.deal_id, "gap", made, told.missing)
    plan = (AddRow("Gaps", made, filled, "missing at the handover"),)
    return HandoverStep(told.deal_id, "written", plan, (log(context.book, [event]),))
