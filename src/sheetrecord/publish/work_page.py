"""The work list as its page holds it for a reader without JavaScript: figures, weeks, groups."""

import datetime as dt
from collections.abc import Iterator, Mapping, Sequence
from typing import Final, NamedTuple

from markupsafe import Markup, escape

from sheetrecord.core.view.worklist import WorkRow
from sheetrecord.core.view.worklist_state import (
    GROUPS,
    ListFilter,
    grid,
    group,
    is_soon,
    monday,
    needs,
    sums,
)
from sheetrecord.publish.format_values import ValueFormatter
from sheetrecord.publish.worklist import WorkListWriter, short

ROWS: Final = 200
"""How many deals stand in the page itself; the script has all of them."""

_WEEKS: Final = 14
_ALL: Final = ListFilter()
_TONE: Final = {"on_track": "good", "at_risk": "due", "off_track": "late", "done": "good"}
_HEADS: Final = {
    "deal": "name",
    "step": "step",
    "due": "deadline",
    "status": "status",
    "unpriced": "unpriced",
    "money": "lines",
    "lead": "lead",
}
"""The columns that a reader sees, and the column of `data/list.js` that each needs."""

_GROUP_WORDS: Final = {
    "overdue": "overdue_group",
    "today": "today_group",
    "later": "later_group",
    "none": "none_group",
}

Figure = tuple[str, str, str]
"""A number, what it counts, and its tone."""


class WorkPage(NamedTuple):
    """What the template of the work list needs."""

    rows: Sequence[WorkRow]
    heads: Sequence[str]
    figures: Sequence[Figure]
    weeks: Sequence[dt.date]
    grid: Sequence[tuple[str, Sequence[int]]]
    collisions: str
    groups: Sequence[tuple[str, Sequence[WorkRow]]]
    group_names: Mapping[str, str]
    left: int


def work_page(rows: Sequence[WorkRow], writer: WorkListWriter, day: dt.date) -> WorkPage:
    """Return the page's content as of a day; ``rows`` stand in the order of their next date."""
    names = {column.name for column in writer.columns}
    heads = [head for head, needed in _HEADS.items() if needed in names]
    marks = writer.marks
    first = monday(day)
    weeks = [first + dt.timedelta(weeks=n) for n in range(_WEEKS)] if "due" in heads else []
    by_lead, clashes = _by_lead(rows, day, weeks)
    shown = [_brief(row) for row in rows[:ROWS]]
    return WorkPage(
        rows,
        heads,
        list(_figures(rows, heads, marks, day)),
        weeks,
        by_lead,
        _clashes(clashes, marks) if by_lead else marks.words["no_deadlines"],
        list(_grouped(shown, day)),
        {key: marks.words[_GROUP_WORDS.get(key, key)] for key in GROUPS},
        len(rows) - len(shown),
    )


def _grouped(rows: Sequence[WorkRow], day: dt.date) -> Iterator[tuple[str, Sequence[WorkRow]]]:
    for key in GROUPS:
        if found := [row for row in rows if group(row, _ALL, day) == key]:
            yield key, found


def _brief(row: WorkRow) -> WorkRow:
    """Return a row whose texts are as long as a line of the list has room for."""
    return row._replace(
        name=short(row.name), client=short(row.client), lead=short(row.lead), why=short(row.why)
    )


def _by_lead(
    rows: Sequence[WorkRow], day: dt.date, weeks: Sequence[dt.date]
) -> tuple[list[tuple[str, list[int]]], int]:
    found = grid(rows, day, len(weeks))
    leads = sorted({lead for lead, _ in found}, key=lambda lead: (not lead, lead.casefold()))
    counts = [(lead, [len(found.get((lead, week), ())) for week in weeks]) for lead in leads]
    return counts, sum(len(there) >= 3 for there in found.values())


def _clashes(count: int, marks: ValueFormatter) -> str:
    if count in {0, 1}:
        return marks.words["collision_one" if count else "collision_none"]
    return marks.say("collision_many", n=count)


def _figures(
    rows: Sequence[WorkRow], heads: Sequence[str], marks: ValueFormatter, day: dt.date
) -> Iterator[Figure]:
    words = marks.words
    now = sum(bool(needs(row, day)) for row in rows)
    yield str(now), words["fig_now"], "late" if now else ""
    if "due" in heads:
        yield str(sum(is_soon(row, day) for row in rows)), words["fig_soon"], ""
    for currency, sum_ in sorted(sums(rows, _ALL, day).items()):
        if "unpriced" in heads and sum_.unpriced:
            amount = marks.about(sum_.unpriced, currency)
            yield amount, words["fig_unpriced"], "client"
        if "money" in heads and sum_.to_come:
            yield marks.about(sum_.to_come, currency), words["fig_tocome"], ""
        if "money" in heads and sum_.overdue:
            yield marks.about(sum_.overdue, currency), words["overdue_group"].lower(), "late"


def status_chip(row: WorkRow, marks: ValueFormatter) -> Markup:
    """Return a deal's status, or the stage of its sale, as a chip; nothing where there is none."""
    enum, _, code = row.status.rpartition(":")
    label = marks.label(code, enum or "status")
    tone = "" if enum else _TONE.get(code, "")
    if not label:
        return Markup()
    return Markup('<span class="{}">{}</span>').format(f"chip {tone}".strip(), label)


def money_cell(row: WorkRow, day: dt.date, marks: ValueFormatter) -> Markup:
    """Return what is to come, by currency, and how much of it is late."""
    told = Markup()
    for currency, found in sorted(sums([row], _ALL, day).items()):
        told += escape(marks.about(found.to_come, currency)) if found.to_come else Markup()
        if found.overdue:
            late = marks.say("overdue_sum", amount=marks.about(found.overdue, currency))
            told += Markup('<span class="late">{}</span>').format(late)
    return told
