"""A deal being changed: each change is recorded as an edit and applied to typed rows at once."""

from collections.abc import Collection, Mapping
from typing import Any

from sheetrecord.core.derive import derive
from sheetrecord.model.edit import AddRow, At, Edit, Plan, SetValue
from sheetrecord.model.value import Cell
from sheetrecord.schema.column import Row
from sheetrecord.schema.read.encode import encode
from sheetrecord.schema.record import DealRows, Record, blank, make_record
from sheetrecord.schema.sheets import SHEETS


class DealDraft:
    """Collects changes to some deals of a record as it was read.

    ``known`` holds, by sheet, the row ids that are taken and the deal of each. The rows that
    `deal` returns have every change made and every derived column filled.
    """

    def __init__(
        self, record: Record, known: Mapping[str, Mapping[str, str]], deals: Collection[str]
    ) -> None:
        self.settings = record.settings
        self._record = record
        self._known = {sheet: dict(ids) for sheet, ids in known.items()}
        self._rows: dict[str, list[Any]] = {
            sheet: [row for row in record.rows(sheet) if row.deal_id in deals] for sheet in SHEETS
        }
        self._edits: list[Edit] = []
        self._derived: Record | None = None

    @property
    def plan(self) -> Plan:
        """The edits so far."""
        return tuple(self._edits)

    def deal(self, deal_id: str) -> DealRows:
        """Return a deal's rows with all changes made. Raises KeyError for another deal."""
        if self._derived is None:
            self._derived = derive(make_record(self.settings, self._rows))
        return self._derived.by_deal[deal_id]

    def whole(self) -> Record:
        """Return the whole record with all changes applied, as if it had been read so."""
        rows = {}
        for sheet, changed in self._rows.items():
            mine = {row.row: row for row in changed if row.row}
            rows[sheet] = [mine.get(row.row, row) for row in self._record.rows(sheet)]
            rows[sheet] += [row for row in changed if not row.row]
        return make_record(self.settings, rows)

    def known(self, sheet: str) -> Mapping[str, str]:
        """Return the ids that a sheet holds and the deal of each."""
        return self._known.get(sheet, {})

    def put(self, row: Row, key: str, value: object, why: str = "") -> None:
        """Set a cell unless it has this value already."""
        if row.get(key) == value:
            return
        column = row.by_key[key]
        cell = encode(column, value, self.settings, self._currency(row))
        if row.row:
            self._edits.append(SetValue(At(row.sheet, row.id, key, row.row), cell, why))
        else:
            self._amend(row, key, cell)
        rows = self._rows[row.sheet]
        for i, held in enumerate(rows):
            if held.row == row.row and held.id == row.id:
                cells = list(held)
                cells[column.position] = value
                rows[i] = tuple.__new__(type(held), cells)
        self._derived = None

    def _amend(self, row: Row, key: str, cell: Cell) -> None:
        """Change a row that this draft adds."""
        for i, edit in enumerate(self._edits):
            if isinstance(edit, AddRow) and edit.row_id == row.id:
                cells = {**edit.cells, key: cell}
                kept = {name: value for name, value in cells.items() if value is not None}
                self._edits[i] = edit._replace(cells=kept)

    def fill(self, row: Row, key: str, value: object, why: str = "") -> bool:
        """Set a cell if it is blank; return whether it was."""
        if row.get(key) not in {None, "", False} or value in {None, "", False}:
            return False
        self.put(row, key, value, why)
        return True

    def add(self, sheet: str, row_id: str, cells: Mapping[str, object], why: str = "") -> bool:
        """Add a row unless its id exists; return whether it was added."""
        if self.known(sheet).get(row_id):
            return False
        declared = SHEETS[sheet]
        row = blank(declared, 0, **{declared.columns[0].key: row_id, **cells})
        currency = self._currency(row)
        written = {
            key: cell
            for key, value in cells.items()
            if (cell := encode(declared.by_key[key], value, self.settings, currency)) is not None
        }
        self._edits.append(AddRow(sheet, row_id, written, why))
        self._rows[sheet].append(row)
        self._known.setdefault(sheet, {})[row_id] = str(cells["deal_id"])
        self._derived = None
        return True

    def _currency(self, row: Row) -> str:
        """Return the ISO 4217 code of a row's amounts: its own, its deal's, or the firm's."""
        if "currency" in row.by_key and row.get("currency"):
            return str(row.get("currency"))
        found = (d.currency for d in self._rows["Deal"] if d.deal_id == row.get("deal_id"))
        return next(found, "") or self.settings.currency
