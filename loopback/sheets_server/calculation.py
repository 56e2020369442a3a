"""Results of formulas: kept while what they read stays, else calculated, else still loading.

Google calculates everything. Here simple formulas are; of others the result that came with an
import stays until a cell that they read changes, and is then one that is still being calculated.
"""

from functools import lru_cache
from typing import Any

from sheets_server import references
from sheets_server.areas import FAR
from sheets_server.formulas import Unable, evaluated, possible
from sheets_server.state import Cell, Spreadsheet

Place = tuple[int, int, int]
"""A sheet's id, a row and a column."""


class _Dirt:
    """Cells that say something else: by sheet and column, the rows."""

    def __init__(self) -> None:
        self.rows: dict[int, dict[int, set[int]]] = {}
        self.gone: set[int] = set()

    def add(self, sheet: int, row: int, column: int) -> None:
        self.rows.setdefault(sheet, {}).setdefault(column, set()).add(row)

    def hits(self, sheet: int, top: int, bottom: int, left: int, right: int) -> bool:
        """Tell whether an area may hold one of the cells; large areas are not looked at closely."""
        if sheet in self.gone:
            return True
        columns = self.rows.get(sheet)
        if not columns:
            return False
        wanted = range(left, right) if right - left < len(columns) else columns
        for column in wanted:
            rows = columns.get(column)
            if not rows or not left <= column < right:
                continue
            if bottom - top > 8 or any(row in rows for row in range(top, bottom)):
                return True
        return False


def settled(before: Spreadsheet, after: Spreadsheet) -> Spreadsheet:
    """Return a spreadsheet whose formulas have the results that its cells give."""
    formulas = [
        (sheet.id, row, column, cell)
        for sheet in after.sheets
        for row, line in enumerate(sheet.rows)
        for column, cell in line.cells.items()
        if "formulaValue" in cell.get("userEnteredValue", ())
    ]
    stale = _stale(after, formulas, _changed(before, after)) if formulas else {}
    for sheet_id, row, column in stale:
        sheet = after.edit(sheet_id)
        cell = dict(sheet.cell(row, column))
        cell.pop("result", None)
        sheet.put(row, column, cell)
    _Work(after, stale).run()
    return after


def _changed(before: Spreadsheet, after: Spreadsheet) -> _Dirt:
    """Return where cells say something else than before."""
    old = {sheet.id: sheet for sheet in before.sheets}
    found = _Dirt()
    for sheet in after.sheets:
        was = old.get(sheet.id)
        if was is sheet:
            continue
        for number, row in enumerate(sheet.rows):
            cells = was.rows[number].cells if was and number < len(was.rows) else {}
            if row.cells is cells:
                continue
            for column in {*row.cells, *cells}:
                now, then = row.cells.get(column, {}), cells.get(column, {})
                if now is not then and now.get("userEnteredValue") != then.get("userEnteredValue"):
                    found.add(sheet.id, number, column)
    found.gone = {one.id for one in before.sheets} - {one.id for one in after.sheets}
    return found


@lru_cache(maxsize=100_000)
def _reads(formula: str) -> tuple[tuple[str | None, int, int, int, int], ...]:
    found = set()
    for one in references.references(formula):
        top, bottom = one.rows or (0, FAR)
        left, right = one.columns or (0, FAR)
        found.add((one.sheet and one.sheet.lower(), min(top, bottom), max(top, bottom) + 1,
                   min(left, right), max(left, right) + 1))  # fmt: skip
    return tuple(found)


def _stale(
    book: Spreadsheet, formulas: list[tuple[int, int, int, Cell]], dirt: _Dirt
) -> dict[Place, str]:
    """Return the formulas that have no result, or read what changed, by their places.

    What is still loading, and is more than is calculated here, stays so and spreads no further.
    """
    ids: dict[str | None, int] = {sheet.title.lower(): sheet.id for sheet in book.sheets}
    stale: dict[Place, str] = {}
    rest = []
    for sheet, row, column, cell in formulas:
        text = cell["userEnteredValue"]["formulaValue"]
        if "result" not in cell:
            stale[sheet, row, column] = text
            dirt.add(sheet, row, column)
        elif possible(text) or not _loads(cell):
            rest.append((sheet, row, column, text))
    while dirt.rows or dirt.gone:
        newly, left = _Dirt(), []
        for one in rest:
            sheet, row, column, text = one
            if any(
                dirt.hits(sheet if name is None else ids.get(name, -1), *ends)
                for name, *ends in _reads(text)
            ):
                stale[sheet, row, column] = text
                newly.add(sheet, row, column)
            else:
                left.append(one)
        rest, dirt = left, newly
    return stale


def _loads(cell: Cell) -> bool:
    return bool(cell["result"].get("errorValue", {}).get("type") == "LOADING")


class _Work:
    """The formulas that are to be calculated; each when it is first asked for."""

    def __init__(self, book: Spreadsheet, stale: dict[Place, str]) -> None:
        self.book, self.left = book, stale
        self.ids = {sheet.title.lower(): sheet.id for sheet in book.sheets}
        self.sheets = {sheet.id: sheet for sheet in book.sheets}
        self.doing: set[Place] = set()

    def run(self) -> None:
        for place in list(self.left):
            self._result(place)

    def _result(self, place: Place) -> dict[str, Any]:
        sheet = self.sheets[place[0]]
        cell = sheet.cell(place[1], place[2])
        if place not in self.left or "result" in cell:
            return dict(cell.get("result", {}))
        if place in self.doing:
            raise Unable("a circle")
        self.doing.add(place)
        try:
            value = evaluated(self.left[place], lambda *where: self._value(place[0], *where))
        except (Unable, RecursionError):
            value = {"errorValue": {"type": "LOADING", "message": "Loading..."}}
        finally:
            self.doing.discard(place)
        inferred = {"inferred": value.pop("format")} if "format" in value else {}
        sheet.put(
            place[1], place[2], {**sheet.cell(place[1], place[2]), "result": value, **inferred}
        )
        return value

    def _value(self, own: int, title: str | None, row: int, column: int) -> dict[str, Any]:
        sheet_id = own if title is None else self.ids.get(title.lower(), -1)
        if sheet_id < 0:
            return {"errorValue": {"type": "REF"}}
        if (sheet_id, row, column) in self.left:
            return self._result((sheet_id, row, column))
        cell = self.sheets[sheet_id].cell(row, column)
        entered = cell.get("userEnteredValue", {})
        found: dict[str, Any] = cell.get("result", {}) if "formulaValue" in entered else entered
        return found
