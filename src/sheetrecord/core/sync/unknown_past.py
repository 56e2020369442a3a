"""What is assumed of a copy whose past nobody knows: nothing that differs was agreed upon.

Its stamp is of another history (the store or the copy was put back to an earlier state), or of a
generation that is not kept any more. Which side changed a cell, or took a row away, cannot be
told then. So the account that is assumed says otherwise than both sides wherever they differ, and
each difference comes to be a question.
"""

from collections.abc import Iterator, Mapping
from typing import Final

from sheetrecord.core.merge import similarity
from sheetrecord.core.merge.cells import Unread
from sheetrecord.core.merge.identity import PENDING, Identified, identify
from sheetrecord.core.merge.relabel import Wording
from sheetrecord.core.merge.row_changes import Differ
from sheetrecord.core.merge.rows import whole_row
from sheetrecord.core.merge.side import Side, hold
from sheetrecord.core.merge.similarity import HALF, Cells
from sheetrecord.core.sync.baseline import BaseSnapshot
from sheetrecord.core.sync.store_protocol import Row, Snapshot
from sheetrecord.model.value import Cell
from sheetrecord.schema.column import Kind
from sheetrecord.schema.sheets import SHEETS

NOT_KNOWN: Final = "(not known)"
"""What a cell is assumed to have held of which nobody knows what both sides started from."""

_NAMES: Final = frozenset({"client", "deal_name"})
"""What a deal is known by."""


def contrary(record: BaseSnapshot, copy: Side) -> Snapshot:
    """Return the account of a copy under which all that differs from the record is disputed.

    Where they agree, that is accounted for. A row that only one of them has is assumed to have
    been otherwise; a row that has no id yet, or says something else under an id of the record's,
    is a new one. ``record`` is the part of the record that the copy is to hold.
    """
    start = identify(record.side, None)
    held = identify(copy, start)
    rows: dict[str, Mapping[str, Row]] = {}
    hidden: dict[str, tuple[str, ...]] = {}
    for sheet in SHEETS:
        if sheet in held.rows:
            away = copy.missing[sheet] & set(similarity.typed(sheet))
            hidden[sheet] = tuple(SHEETS[sheet].columns[i - 1].key for i in sorted(away))
            rows[sheet] = dict(_SheetComparison(sheet, record, start, held).rows())
    return Snapshot(rows, {sheet: keys for sheet, keys in hidden.items() if keys})


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
    """Tell whether two rows under one id are one row.

    Deals are numbered, and after a restore a number is given out again: two deals may carry one.
    Other ids are never given twice.
    """
    if sheet != "Deal" or similarity.alike(sheet, one, other) >= HALF:
        return True
    blank, columns = similarity.blank_row(sheet), SHEETS[sheet].columns
    names = [i for i in similarity.typed(sheet) if columns[i - 1].key in _NAMES]
    return any(one[i] == other[i] != blank[i] for i in names)
