"""Rows and cells by the XML rules alone: any prefix, quotes, comments and order.

Source: ECMA-376 part 1, 18.3.1.73 (row), 18.3.1.4 (c), 18.3.1.40 (f), 18.3.1.96 (v).
"""

from typing import Protocol

from sheetrecord.model.value import UNKNOWN, Cell, Formula, Result, Unknown
from sheetrecord.xlsx.addresses import MAX_COLUMN, cell_name, parse_cell
from sheetrecord.xlsx.errors import Refused
from sheetrecord.xlsx.package import is_true
from sheetrecord.xlsx.read.columns import Build
from sheetrecord.xlsx.read.convert import TEXTS, TYPES, Bad, Converter, xstring
from sheetrecord.xlsx.xml.policy import corrupt
from sheetrecord.xlsx.xml.texts import WHITE, Runs, keeps_blanks


class Outside(Protocol):
    """Receives a worksheet's elements outside its rows."""

    def start(self, name: str, attributes: dict[str, str]) -> None:
        """An element opens."""

    def end(self, name: str) -> None:
        """An element closes."""

    def text(self, data: str) -> None:
        """Some text."""


class Nobody:
    """Ignores the elements outside the rows."""

    def start(self, name: str, attributes: dict[str, str]) -> None:
        """Ignore it."""

    def end(self, name: str) -> None:
        """Ignore it."""

    def text(self, data: str) -> None:
        """Ignore it."""


class Rows:
    """Handler of a worksheet: its rows into a `Build`, the rest to another handler."""

    def __init__(self, build: Build, convert: Converter, outside: Outside) -> None:
        self._build = build
        self._convert = convert
        self._outside = outside
        self._in_data = False
        self._in_row = False
        self._row = build.row
        self._column = 0
        self._cell: _CellXml | None = None

    def start(self, name: str, attributes: dict[str, str]) -> None:
        """An element opens."""
        if self._cell is not None:
            self._cell.start(name, attributes)
        elif name == "c" and self._in_row:
            self._open_cell(attributes)
        elif name == "row" and self._in_data:
            self._open_row(attributes)
        elif name == "sheetData":
            self._in_data = True
        elif not self._in_data:
            self._outside.start(name, attributes)

    def _open_row(self, attributes: dict[str, str]) -> None:
        number = attributes.get("r", "").strip()
        if number and not (number.isdecimal() and len(number) < 10):
            raise corrupt(self._build.part, f"a row is numbered {number[:40]!r}")
        self._row = int(number) if number else self._row + 1
        self._column = 0
        self._in_row = True
        self._build.start_row(self._row, hidden=is_true(attributes.get("hidden")))

    def _open_cell(self, attributes: dict[str, str]) -> None:
        ref = attributes.get("r", "").strip()
        if ref:
            try:
                row, column = parse_cell(ref)
            except Refused:
                raise corrupt(self._build.part, f"a cell is named {ref[:40]!r}") from None
            if row != self._row:
                raise corrupt(self._build.part, f"cell {ref} stands in row {self._row}")
        else:
            column = self._column + 1
        if column > MAX_COLUMN:
            raise corrupt(self._build.part, f"row {self._row} is too wide")
        self._column = column
        self._cell = _CellXml(attributes)

    def end(self, name: str) -> None:
        """An element closes."""
        if self._cell is not None:
            if name == "c":
                cell, self._cell = self._cell, None
                self._put(cell)
            else:
                self._cell.end(name)
        elif name == "row" and self._in_row:
            self._in_row = False
        elif name == "sheetData":
            self._in_data = False
        elif not self._in_data:
            self._outside.end(name)

    def _put(self, cell: "_CellXml") -> None:
        try:
            value = cell.value(self._build, self._convert, self._row, self._column)
        except Bad as bad:
            ref = cell_name(self._row, self._column)
            raise corrupt(
                self._build.part, f"cell {ref} holds {cell.shown()[:40]!r}, which is {bad}"
            ) from None
        if value is not None:
            self._build.put(self._row, self._column, value)

    def text(self, data: str) -> None:
        """Some text."""
        if self._cell is not None:
            self._cell.text(data)
        elif not self._in_data:
            self._outside.text(data)


class _CellXml:
    """The elements of one cell, gathered."""

    __slots__ = (
        "_formula",
        "_formula_attributes",
        "_kept",
        "_kind",
        "_runs",
        "_style",
        "_taking",
        "_value",
    )

    def __init__(self, attributes: dict[str, str]) -> None:
        self._kind = attributes.get("t", "n").strip()
        self._style = attributes.get("s", "0").strip()
        self._formula: list[str] | None = None
        self._formula_attributes: dict[str, str] = {}
        self._value: list[str] | None = None
        self._kept = False
        self._runs: Runs | None = None
        self._taking: list[str] | None = None

    def start(self, name: str, attributes: dict[str, str]) -> None:
        if self._runs is not None:
            self._runs.start(name, attributes)
        elif name == "v":
            self._value = self._taking = []
            self._kept = keeps_blanks(attributes)
        elif name == "f":
            self._formula = self._taking = []
            self._formula_attributes = attributes
        elif name == "is":
            self._runs = Runs()

    def end(self, name: str) -> None:
        if self._runs is not None:
            self._runs.end(name)
        self._taking = None

    def text(self, data: str) -> None:
        if self._taking is not None:
            self._taking.append(data)
        elif self._runs is not None:
            self._runs.text(data)

    def shown(self) -> str:
        return "".join(self._value or self._formula or ())

    def value(self, build: Build, convert: Converter, row: int, column: int) -> Cell:
        if self._kind not in TYPES:
            raise Bad(f"of an unknown type {self._kind[:40]!r}")
        formula = None
        if self._formula is not None:
            text = "".join(self._formula)
            formula = build.formula(row, column, self._formula_attributes, text)
        result = self._result(convert)
        if formula is None:
            return None if isinstance(result, Unknown) else result
        return Formula(formula, result)

    def _result(self, convert: Converter) -> Result:
        """Return the cell's value, `UNKNOWN` when it has none."""
        if self._runs is not None and self._value is None:
            return self._runs.value()
        if self._value is None:
            return UNKNOWN
        raw = "".join(self._value)
        if self._kind in TEXTS:
            # a formula's result is what it calculates, whatever its file leaves out
            kept = self._kept or self._formula is not None
            return xstring(raw if kept else raw.strip(WHITE))
        style = int(self._style) if self._style.isdecimal() and len(self._style) < 10 else 0
        return convert.cached(convert.code(self._kind, style), raw.encode())
