"""Collects a sheet's cells by column while rows stream in, and resolves what needs the whole sheet.

Sparse: a cell costs its own place in its column's two lists, wherever it stands.
"""

from bisect import bisect_left
from collections.abc import Iterable, Sequence
from operator import lt
from typing import Final, NamedTuple

from sheetrecord.model.value import Cell, Formula
from sheetrecord.xlsx.addresses import MAX_ROW, cell_name, parse_area
from sheetrecord.xlsx.errors import Refused
from sheetrecord.xlsx.formula.shared_text import SharedFormula
from sheetrecord.xlsx.limits import Limits, exceeded, too_many_cells
from sheetrecord.xlsx.read.convert import Bad
from sheetrecord.xlsx.xml.policy import corrupt


class CellColumn(NamedTuple):
    """The non-blank cells of one column, rows ascending."""

    rows: list[int]
    values: list[Cell]


class Checkpoint(NamedTuple):
    """A moment of a sheet being read: how long its columns are, which rows are hidden, the rest."""

    lengths: dict[int, int]
    hidden: set[int]
    state: tuple[int, int, int, int, int]


_WORTH_SHARING: Final = 1_000
"""Rows of a column from which it is looked for another with the same ones."""


class Build:
    """A sheet being read."""

    def __init__(self, part: str, limits: Limits, size: int = 0) -> None:
        """Begin; ``size`` is the bytes of the part's XML, which bounds how formulas may grow."""
        self.part = part
        self.size = size
        self.columns: dict[int, CellColumn] = {}
        self.hidden_rows: set[int] = set()
        self.last_row = 0
        """The lowest row met so far."""
        self.row = 0
        """The row met last: one without a number follows it."""
        self.shared: dict[int, SharedFormula] = {}
        self._limits = limits
        self._count = 0
        self._ordered = True
        self._arrays: dict[str, str] = {}
        self._spelled = 0
        self._most_spelled = limits.formulas + 4 * size
        self._waiting: list[tuple[int, int, int]] = []

    def mark(self) -> Checkpoint:
        """Return a checkpoint for `back`; rows must have been added in order."""
        lengths = {number: len(column.rows) for number, column in self.columns.items()}
        state = (self.last_row, self.row, self._count, self._spelled, len(self._waiting))
        return Checkpoint(lengths, set(self.hidden_rows), state)

    def back(self, mark: Checkpoint) -> None:
        """Forget what was added since this mark."""
        self.columns = {
            number: CellColumn(column.rows[:length], column.values[:length])
            for number, column in self.columns.items()
            if (length := mark.lengths.get(number, 0))
        }
        self.hidden_rows = mark.hidden
        self.last_row, self.row, self._count, self._spelled, waiting = mark.state
        del self._waiting[waiting:]

    def add(self, found: dict[int, CellColumn]) -> None:
        """Take cells below all those taken before, each column's rows ascending.

        A column's cells of the same rows may come in two parts, which the end puts in order.
        """
        for number, (rows, values) in found.items():
            column = self.columns.get(number)
            if column is None:
                self.columns[number] = CellColumn(list(rows), list(values))
            else:
                self._ordered = self._ordered and column.rows[-1] < rows[0]
                column.rows.extend(rows)
                column.values.extend(values)
            self._count += len(rows)
        if self._count > self._limits.cells:
            raise too_many_cells(self._limits.cells)

    def put(self, row: int, number: int, value: Cell) -> None:
        """Take one cell, in any order."""
        column = self.columns.setdefault(number, CellColumn([], []))
        self._ordered = self._ordered and (not column.rows or column.rows[-1] < row)
        column.rows.append(row)
        column.values.append(value)
        self._count += 1
        if self._count > self._limits.cells:
            raise too_many_cells(self._limits.cells)

    def start_row(self, row: int, *, hidden: bool) -> None:
        """Note a row; rows may come in any order, but no cell twice."""
        if not 1 <= row <= MAX_ROW:
            raise corrupt(self.part, f"row {row} lies outside the sheet")
        self._ordered = self._ordered and row > self.last_row
        self.last_row = max(row, self.last_row)
        self.row = row
        if hidden:
            self.hidden_rows.add(row)

    def end_rows(self, row: int, hidden: Iterable[int]) -> None:
        """Note that rows in order were taken, down to this one."""
        self.last_row = self.row = row
        self.hidden_rows.update(hidden)

    def formula(self, row: int, column: int, attributes: dict[str, str], text: str) -> str | None:
        """Return a cell's formula from its ``f`` element; None when that is empty.

        Every formula in an array's or a data table's range has that range's formula.
        """
        kind = attributes.get("t", "normal")
        if kind == "shared":
            return self._shared_text(row, column, attributes.get("si", ""), text)
        if kind == "dataTable":
            text = f"TABLE({attributes.get('r1', '')},{attributes.get('r2', '')})"
        if kind in {"array", "dataTable"} and text and ":" in attributes.get("ref", ""):
            self._arrays[attributes["ref"]] = text
        return text or None

    def _shared_text(self, row: int, column: int, group: str, text: str) -> str:
        if not group.isdecimal() or len(group) > 9:
            raise Bad("a shared formula without a number")
        if text:
            self.shared[int(group)] = SharedFormula(text, row, column)
            return text
        master = self.shared.get(int(group))
        if master is None:
            self._waiting.append((int(group), row, column))
            return ""
        written = master.at(row, column)
        self._spell(len(written))
        return written

    def _spell(self, characters: int) -> None:
        self._spelled += characters
        if self._spelled > self._most_spelled:
            raise exceeded("formulas", "its shared formulas spell out to more than a sheet needs")

    def shared_texts(self, groups: Sequence[bytes], rows: list[int], column: int) -> list[str]:
        """Return the texts of shared formulas' dependants; `KeyError` when one has no master."""
        self._spell(sum(len(self.shared[int(group)].text) for group in groups))
        return [
            self.shared[int(group)].at(row, column) for group, row in zip(groups, rows, strict=True)
        ]

    def finish(self) -> None:
        """Put rows in order, give late shared and array formulas their text."""
        if not self._ordered:
            for number in self.columns:
                self._sort(number)
        for group, row, column in self._waiting:
            if group in self.shared:
                self._set_text(row, column, self.shared[group].at(row, column))
        numbers = sorted(self.columns)
        left = self._count
        for ref, text in self._arrays.items():
            left -= self._fill(ref, text, numbers)
            if left < 0:
                raise corrupt(self.part, "its array formulas lie over one another")
        self._share_rows()

    def _share_rows(self) -> None:
        """Let full columns share one list of rows: of a large sheet it is half of what is held."""
        known: dict[tuple[int, int], list[int]] = {}
        for number, (rows, values) in self.columns.items():
            if len(rows) > _WORTH_SHARING:
                other = known.setdefault((len(rows), rows[-1]), rows)
                if other is not rows and other == rows:
                    self.columns[number] = CellColumn(other, values)

    def _sort(self, number: int) -> None:
        rows, values = self.columns[number]
        if all(map(lt, rows, rows[1:])):
            return
        order = sorted(range(len(rows)), key=rows.__getitem__)
        column = CellColumn([rows[at] for at in order], [values[at] for at in order])
        for first, second in zip(column.rows, column.rows[1:], strict=False):
            if first == second:
                raise self.twice(first, number)
        self.columns[number] = column

    def twice(self, row: int, column: int) -> Refused:
        """Return the refusal for a cell that the sheet gives two contents."""
        return corrupt(self.part, f"cell {cell_name(row, column)} comes twice")

    def _place(self, row: int, number: int) -> int:
        return bisect_left(self.columns[number].rows, row)

    def _set_text(self, row: int, number: int, text: str) -> None:
        at = self._place(row, number)
        value = self.columns[number].values[at]
        if isinstance(value, Formula):
            self.columns[number].values[at] = value._replace(text=text)

    def _fill(self, ref: str, text: str, numbers: list[int]) -> int:
        """Give a range's cells the formula; return how many there are."""
        try:
            area = parse_area(ref)
        except Refused:
            return 0
        found = 0
        first = bisect_left(numbers, area.column)
        for number in numbers[first : bisect_left(numbers, area.last_column + 1)]:
            values = self.columns[number].values
            places = range(self._place(area.row, number), self._place(area.last_row + 1, number))
            found += len(places)
            for at in places:
                value = values[at]
                if not isinstance(value, Formula):
                    values[at] = Formula(text, value)
        return found
