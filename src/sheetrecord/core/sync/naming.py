"""The ids that a copy's rows get before anything of it is merged."""

from collections.abc import Iterator, Mapping
from typing import NamedTuple

from sheetrecord.core.merge.deletes import references
from sheetrecord.core.merge.identity import identify
from sheetrecord.core.merge.likeness import Cells
from sheetrecord.core.merge.pairing import Paired, pair
from sheetrecord.core.merge.rows import whole_row
from sheetrecord.core.merge.side import Side, hold
from sheetrecord.core.merge.wording import Wording
from sheetrecord.core.sync.durable import Row, Rows, Snapshot
from sheetrecord.model.edit import At, Plan, SetCell
from sheetrecord.schema.sheets import SHEETS


class Named(NamedTuple):
    """What to write into a copy so that every row has an id of its own.

    ``given`` are the rows that got one, as they stood; ``last_deal`` is the highest deal number
    given out, 0 for none.
    """

    plan: Plan
    given: Rows
    last_deal: int


def name_rows(base: Side, record: Side, copy: Side) -> Named:
    """Return the ids for a copy's rows: the same ones whenever the same rows come again.

    ``base`` holds what the copy's generation is accounted for and the rows that it was given ids
    for since.
    """
    start = identify(base, None)
    paired = pair(start, identify(record, start), identify(copy, start))
    plan = tuple(edit for sheet in paired.theirs.rows for edit in _edits(sheet, paired, copy))
    if not plan:
        return Named((), {}, 0)
    wording = Wording(record, copy)
    given: dict[str, dict[str, Row]] = {}
    for sheet, rows in paired.theirs.rows.items():
        for id_, cells in rows.items():
            if cells[1] != id_:
                row = whole_row(sheet, hold(id_, cells), wording)
                given.setdefault(sheet, {})[id_] = row
    return Named(plan, given, paired.last_deal)


def _edits(sheet: str, paired: Paired, copy: Side) -> Iterator[SetCell]:
    rows = paired.theirs.rows[sheet]
    columns = SHEETS[sheet].columns
    own: dict[int, Cells] = {}
    for id_, cells in rows.items():
        if cells[1] != id_:
            at = At(sheet, "", columns[0].key, cells[0])
            yield SetCell(at, id_, "the row's own id" if cells[1] else "an id for a row")
    if paired.renamed:
        own = {cells[0]: cells for cells in copy.rows(sheet)}
    for cells in rows.values() if own else ():
        for i, _ in references(sheet):
            if cells[i] != own[cells[0]][i]:
                at = At(sheet, "", columns[i - 1].key, cells[0])
                yield SetCell(at, cells[i], "the row it refers to has another id")


def with_given(base: Snapshot) -> Snapshot:
    """Return an account together with the rows that got their ids later: who is who."""
    return _together(base, base.given)


def with_known(base: Snapshot, copy: Rows, record: Rows) -> Snapshot:
    """Return an account with the rows given ids later, as far as a copy still says the same.

    ``copy`` are the rows as the copy has them. What it says otherwise was typed before or after;
    nobody can tell, so both sides of that stay to be decided. A row that the ``record`` has not
    got yet is a new one still.
    """
    found: dict[str, dict[str, Row]] = {}
    for sheet, rows in base.given.items():
        for id_, row in rows.items():
            now = copy.get(sheet, {}).get(id_)
            if now is None or id_ not in record.get(sheet, {}):
                continue
            if id_ not in base.rows.get(sheet, {}):
                same = {k: v for k, v in row.items() if now.get(k) == v}
                found.setdefault(sheet, {})[id_] = same
    return _together(base, found)


def _together(base: Snapshot, more: Rows) -> Snapshot:
    if not more:
        return base
    rows: dict[str, Mapping[str, Row]] = dict(base.rows)
    for sheet, given in more.items():
        rows[sheet] = {**given, **rows.get(sheet, {})}
    return base._replace(rows=rows)
