"""The Gaps sheet: what was missing after a handover, where it was, and why it did not travel."""

import datetime as dt

from sheetrecord.schema import column as col
from sheetrecord.schema.column import ColumnOwner, Row

_OPS = ColumnOwner.OPS


class Gaps(Row, sheet="Gaps", prefix="G"):
    """One row per thing that was known before the close and missing after it."""

    gap_id: str = col.identity("Stays with the row for ever.")
    deal_id: str = col.ref("In which deal.", "Deal", _OPS, front=True)
    what_was_missing: str = col.prose("What ops did not know.", _OPS, front=True)
    prompt_or_field: str = col.text("Which question or column would hold it.", _OPS, front=True)
    where_it_was: str = col.choice("Where it was known.", "where_it_was", _OPS, front=True)
    why_not_transferred: str = col.choice("Why it did not travel.", "why_not", _OPS, front=True)
    found_on: dt.date | None = col.date("When it surfaced.", _OPS, front=True)
    found_how: str = col.text("How it surfaced.", _OPS, front=True)
    hours_lost: float | None = col.number("Hours it cost.", _OPS, front=True)
    money_lost: int | None = col.money("Money it cost.", _OPS)
    note: str = col.prose("Anything else.", _OPS)
