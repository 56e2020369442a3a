"""A baseline for a copy whose history is unknown: every difference becomes a conflict.

Its stamp is from another history (the store or the copy was restored from a backup), or from a
generation that is no longer kept. Which side changed a cell or removed a row cannot be told then,
so the assumed baseline differs from both sides wherever they differ.
"""

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping
from typing import Final

from sheetrecord.core.merge import similarity
from sheetrecord.core.merge.cells import Unread
from sheetrecord.core.merge.conflict_list import ConflictLine, code_of
from sheetrecord.core.merge.identity import PENDING, identify
from sheetrecord.core.merge.relabel import Wording
from sheetrecord.core.merge.row_changes import Differ
from sheetrecord.core.merge.rows import whole_row
from sheetrecord.core.merge.side import Identified, Side, hold
from sheetrecord.core.merge.similarity import HALF, Cells
from sheetrecord.core.sync.baseline import BaseSnapshot, in_sight
from sheetrecord.core.sync.store_protocol import Row, Rows, Snapshot
from sheetrecord.model.conflict import Conflict, ConflictKind
from sheetrecord.model.edit import At
from sheetrecord.model.value import Cell
from sheetrecord.schema.column import Kind
from sheetrecord.schema.sheets import SHEETS

NOT_KNOWN: Final = "(not known)"
"""The assumed former value of a cell whose former value is unknown."""

EARLIER: Final = "earlier: "
"""Before whose side it was, in the origin of one that only a list of conflicts still tells of."""

_NAMES: Final = frozenset({"client", "deal_name"})
"""What a deal is known by."""


def contrary(record: BaseSnapshot, copy: Side) -> Snapshot:
    """Return a baseline for a copy under which every difference from the record is a conflict.

    Cells in which both agree are part of it. A row that only one side has is assumed to have been
    different; a row without an id, or with other content under an id of the record, is new.
    ``record`` is the part of the record that the copy is to hold.
    """
    start = identify(record.side, None)
    held = identify(copy, start)
    rows: dict[str, Mapping[str, Row]] = {
        sheet: dict(_SheetComparison(sheet, record, start, held).rows())
        for sheet in SHEETS
        if sheet in held.rows
    }
    return Snapshot(rows, _hidden(copy, rows))


def unfounded(base: Snapshot, copy: Side) -> Snapshot:
    """Return what is stored of such a copy while there is no record to compare it with yet.

    It tells what the copy shows at all: what is missing in the rest is blank.
    """
    seen = in_sight(base, copy)
    return seen._replace(hidden=_hidden(copy, seen.rows), unknown_past=True)


def lasting(base: Snapshot, durable: BaseSnapshot, copy: Side) -> Snapshot:
    """Return what is stored of such a copy: its baseline against what the store has for certain.

    What other copies brought in this run may die with it, and be saved over before the next. Then
    each cell in which record and copy differ is asked about, all those of a row that the record
    lacks. ``durable`` is the part of the stored record that the copy is to hold.
    """
    stored, asked = durable.snapshot.rows, contrary(durable, copy).rows
    rows = {
        sheet: {
            row_id: asked.get(sheet, {}).get(row_id, row)
            if row_id in stored.get(sheet, {})
            else dict.fromkeys(row, NOT_KNOWN)
            for row_id, row in held.items()
        }
        for sheet, held in base.rows.items()
    }
    return base._replace(rows=rows)


def _hidden(copy: Side, sheets: Iterable[str]) -> dict[str, tuple[str, ...]]:
    """Return the columns that a copy does not show, of the sheets that it shows."""
    found = {
        sheet: tuple(
            SHEETS[sheet].columns[i - 1].key
            for i in sorted(copy.missing[sheet] & set(similarity.typed(sheet)))
        )
        for sheet in sheets
    }
    return {sheet: keys for sheet, keys in found.items() if keys}


def lost_sides(
    lines: Iterable[ConflictLine], copy: Side, record: Rows
) -> Iterator[tuple[Conflict, str]]:
    """Yield (conflict, origin) for what others wanted as such a copy's list of conflicts shows it.

    What its own people want stands in its cells. A value that the record has is left out, and so
    are lines about whole rows: those rows stand in a copy, or are asked about.
    """
    for line in lines:
        row = record.get(line.sheet, {}).get(line.row_id)
        column = SHEETS[line.sheet].by_key.get(line.key) if line.sheet in SHEETS else None
        if row is None or column is None or line.theirs is None:
            continue
        value = code_of(line.theirs, line, copy)
        if column.kind is Kind.DATE and isinstance(value, dt.datetime):
            value = value.date()
        if value == row.get(line.key) or column.derived:
            continue
        at = At(line.sheet, line.row_id, line.key)
        conflict = Conflict(at, ConflictKind.EDIT, NOT_KNOWN, row.get(line.key), value)
        yield conflict, EARLIER + line.whose.removeprefix(EARLIER)


class _SheetComparison:
    """Goes through the rows of one sheet."""

    def __init__(
        self, sheet: str, record: BaseSnapshot, start: Identified, held: Identified
    ) -> None:
        self.sheet, self.copy = sheet, held.side
        self.ours, self.theirs = start.rows.get(sheet, {}), held.rows[sheet]
        self.record = record.snapshot.rows.get(sheet, {})
        self.differ = Differ(sheet, record.side, held.side)
        self.wording = Wording(record.side, held.side)

    def rows(self) -> Iterator[tuple[str, Row]]:
        """Yield what each row is assumed to have been."""
        others: list[Cells] = []
        for id_, cells in self.theirs.items():
            if id_.startswith(PENDING):
                continue
            mine = self.ours.get(id_)
            if mine is None:
                row = whole_row(self.sheet, hold(id_, cells), self.wording)
                yield from self._doubted(id_, cells, row)
            elif same_row(self.sheet, mine, cells):
                yield id_, self._between(id_, mine, cells)
            else:
                others.append(cells)
        mine_alone = [cells for id_, cells in self.ours.items() if id_ not in self.theirs]
        pairs = similarity.equal_rows(self.sheet, others, mine_alone)
        known = {mine_alone[j][1] for _, j in pairs}  # brought under their new ids before
        for id_, mine in self.ours.items():
            if id_ not in self.theirs and id_ not in known:
                yield from self._doubted(id_, mine, self.record.get(id_, {}))

    def _between(self, id_: str, mine: Cells, cells: Cells) -> Row:
        """Return a row that both have: what they agree on, and nothing known of the rest."""
        row: dict[str, Cell] = {}
        one, other = hold(id_, mine), hold(id_, cells)
        for i in self.differ.seen:
            key = SHEETS[self.sheet].columns[i - 1].key
            value = self.record.get(id_, {}).get(key)
            if not isinstance(cells[i], Unread) and not self.differ.same(i, one, other):
                value = NOT_KNOWN
            if value is not None:
                row[key] = value
        return row

    def _doubted(self, id_: str, cells: Cells, row: Row) -> Iterator[tuple[str, Row]]:
        """Yield a row that one side has as something else, so that nobody's deletion goes by.

        A row that only waits to be filled holds nothing to ask about.
        """
        if similarity.waits(self.sheet, cells):
            return
        key = self._telling(cells)
        if key:
            seen = {SHEETS[self.sheet].columns[i - 1].key for i in self.differ.seen}
            known = {name: value for name, value in row.items() if name in seen}
            yield id_, {**known, key: NOT_KNOWN}

    def _telling(self, cells: Cells) -> str:
        """Return the column by which people know a row best, of those in which it says anything."""
        blank, columns = similarity.blank_row(self.sheet), SHEETS[self.sheet].columns
        found = [
            i for i in self.differ.seen if cells[i] != blank[i] and not isinstance(cells[i], Unread)
        ]
        found.sort(key=lambda i: (columns[i - 1].kind is Kind.REF, not columns[i - 1].front, i))
        return columns[found[0] - 1].key if found else ""


def same_row(sheet: str, one: Cells, other: Cells) -> bool:
    """Return True if two rows with one id are the same row.

    Deal numbers can be given out again after a restore, so that two deals may carry one: they are
    the same if half of their cells, the client or the deal name agree. Other ids are never reused.
    """
    if sheet != "Deal" or similarity.alike(sheet, one, other) >= HALF:
        return True
    blank, columns = similarity.blank_row(sheet), SHEETS[sheet].columns
    names = [i for i in similarity.typed(sheet) if columns[i - 1].key in _NAMES]
    return any(one[i] == other[i] != blank[i] for i in names)
