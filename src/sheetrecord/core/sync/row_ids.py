"""Assign ids to a copy's rows before its edits are merged."""

import datetime as dt
from collections.abc import Iterator, Mapping
from typing import NamedTuple

from sheetrecord.core.merge import similarity
from sheetrecord.core.merge.deletes import references
from sheetrecord.core.merge.identity import identify
from sheetrecord.core.merge.new_rows import Paired, pair
from sheetrecord.core.merge.relabel import Wording
from sheetrecord.core.merge.rows import whole_row
from sheetrecord.core.merge.side import Side, hold
from sheetrecord.core.sync.store_protocol import Row, Rows, Snapshot
from sheetrecord.model.book import Cells, Sheet
from sheetrecord.model.edit import At, Plan, SetValue
from sheetrecord.schema.read.parse import parse
from sheetrecord.schema.sheets import SHEETS


class IdPlan(NamedTuple):
    """The edits that give every row of a copy its own id.

    ``given`` are the rows that got one, with their content at that time; ``last_deal`` is the
    highest deal number given out, 0 for none.
    """

    plan: Plan
    given: Rows
    last_deal: int


def name_rows(base: Side, record: Side, copy: Side) -> IdPlan:
    """Return the ids for a copy's rows; the same rows get the same ids in every run.

    ``base`` holds the baseline of the copy's generation and the rows that got ids since.
    """
    start = identify(base, None)
    paired = pair(start, identify(record, start), identify(copy, start))
    plan = tuple(edit for sheet in paired.theirs.rows for edit in _edits(sheet, paired, copy))
    if not plan:
        return IdPlan((), {}, 0)
    wording = Wording(record, copy)
    given: dict[str, dict[str, Row]] = {}
    for sheet, rows in paired.theirs.rows.items():
        for id_, cells in rows.items():
            if cells[1] != id_:
                row = whole_row(sheet, hold(id_, cells), wording)
                given.setdefault(sheet, {})[id_] = row
    return IdPlan(plan, given, paired.last_deal)


def _edits(sheet: str, paired: Paired, copy: Side) -> Iterator[SetValue]:
    rows = paired.theirs.rows[sheet]
    columns = SHEETS[sheet].columns
    own: dict[int, similarity.Cells] = {}
    for id_, cells in rows.items():
        if cells[1] != id_:
            at = At(sheet, "", columns[0].key, cells[0])
            yield SetValue(at, id_, "the row's own id" if cells[1] else "an id for a row")
    if paired.renamed:
        own = {cells[0]: cells for cells in copy.rows(sheet)}
    for cells in rows.values() if own else ():
        for i, _ in references(sheet):
            if cells[i] != own[cells[0]][i]:
                at = At(sheet, "", columns[i - 1].key, cells[0])
                yield SetValue(at, cells[i], "the row it refers to has another id")


def filled(side: Side, plan: Plan, today: dt.date) -> Side:
    """Return a side with the cells of a plan set by row number, parsed anew."""
    sheets = dict(side.book.sheets)
    for edit in plan:
        if isinstance(edit, SetValue):
            place = side.place(edit.at.sheet)
            sheet = sheets[place.title]
            number = place.columns[edit.at.key]
            cells = dict(zip(*sheet.column(number), strict=False))
            cells[edit.at.row_number] = edit.value
            rows = sorted(cells)
            columns = {**sheet.columns, number: Cells(rows, [cells[row] for row in rows])}
            shape = (sheet.merged, sheet.hidden_rows, sheet.state)
            sheets[place.title] = Sheet(sheet.name, columns, *shape)
    new = side.book.with_sheets(sheets)
    return Side(new, parse(new, today))


def with_given(base: Snapshot) -> Snapshot:
    """Return a baseline with the rows that got ids after it was saved."""
    return _together(base, base.given)


def as_it_is_now(base: Snapshot, record: Rows) -> Snapshot:
    """Return a baseline whose later-identified rows have the record's present content."""
    given = {
        sheet: {id_: record.get(sheet, {}).get(id_, row) for id_, row in rows.items()}
        for sheet, rows in base.given.items()
    }
    return base._replace(given=given)


def strangers(named: IdPlan, base: Snapshot) -> int:
    """Return how many rows got an id that is new to this generation."""
    return sum(
        id_ not in base.given.get(sheet, {}) and id_ not in base.rows.get(sheet, {})
        for sheet, rows in named.given.items()
        for id_ in rows
    )


def with_known(base: Snapshot, copy: Rows, record: Rows) -> Snapshot:
    """Return a baseline with the rows of a copy that got their ids after the generation was saved.

    ``copy`` are the copy's rows. Cells in which the record agrees are taken into the baseline; of a
    cell that differs it is unknown which side changed last, so it becomes a conflict.
    """
    found: dict[str, dict[str, Row]] = {}
    for sheet, rows in copy.items():
        for id_, row in rows.items():
            ours = record.get(sheet, {}).get(id_)
            if ours is not None and id_ not in base.rows.get(sheet, {}):
                same = {k: v for k, v in row.items() if ours.get(k) == v}
                found.setdefault(sheet, {})[id_] = same
    return _together(base, found)


def _together(base: Snapshot, more: Rows) -> Snapshot:
    if not more:
        return base
    rows: dict[str, Mapping[str, Row]] = dict(base.rows)
    for sheet, given in more.items():
        rows[sheet] = {**given, **rows.get(sheet, {})}
    return base._replace(rows=rows)
