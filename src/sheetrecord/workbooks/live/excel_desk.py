"""One workbook that is open in Excel, as a desk: bulk reads, and writes cell by cell.

No call of Excel writes several things at once or compares before it writes, so a write is a list of
steps (`live_journal`): before each step what it displaces is written down and on the disk, and what
was done is taken back in reverse when the rest cannot be.
"""

import datetime as dt
import hashlib
import re
import time
from collections.abc import Callable, Iterator, Sequence
from functools import partial
from math import isclose
from typing import Any, Final, TypeVar, cast

from sheetrecord.model.errors import Locked
from sheetrecord.workbooks.live.journal import WriteJournal, WriteStep
from sheetrecord.workbooks.live.package import Grid, SheetSaid, package_of
from sheetrecord.workbooks.live.program_book import DeskRefusal
from sheetrecord.workbooks.live.wire import Wire

T = TypeVar("T")

PATIENCE: Final = 5.0
"""Seconds for which somebody may be typing in a cell: Excel answers no program meanwhile."""

_PAUSE: Final = 0.1
_BUSY: Final = frozenset({-2147418111, -2146777998})
"""RPC_E_CALL_REJECTED, and what Excel says while a cell is edited (VBA_E_IGNORE)."""

_SAFE: Final = re.compile(r"(?!true$|false$)[^\W\d_][^\d]*|[A-Z]{1,2}-[A-Z0-9]+", re.IGNORECASE)
"""Texts that Excel takes for nothing else; all others get an apostrophe, which it takes off."""

_NUMBER: Final = re.compile(r"-?\d+(\.\d+)?(E[+-]?\d+)?|TRUE|FALSE")


def _nothing(_: str) -> None:
    """Do nothing at a moment of a write."""


class ExcelDesk:
    """An open workbook of Excel."""

    pause: Callable[[str], None] = staticmethod(_nothing)
    """Called before each step of a write; tests let others type there, or the program die."""

    def __init__(self, address: str, book: Any) -> None:
        self.address, self._book = address, book
        self.name, self.label = str(self._patient(lambda: book.fullname)), str(book.name)
        self._journal = WriteJournal(f"live:{self.name}")
        self._last: list[WriteStep] = []

    def state(self) -> str:
        """Return a digest of what stands in all cells, and of sheets and names."""
        return _state(self._read(values=False), self._names())

    def copy(self) -> tuple[bytes, str]:
        """Return what is open as the bytes of a workbook file, and its state."""
        names = self._names()
        sheets = self._read(values=True)
        return package_of(sheets, names), _state(sheets, names)

    def write(self, known: str, edits: Sequence[Wire]) -> tuple[bytes, str]:
        """Write all or nothing, if the state is the known one. Raises DeskRefusal and Locked."""
        sheets, names = self._read(values=False), self._names()
        if _state(sheets, names) != known:
            raise DeskRefusal("changed")
        grids = {sheet.name: [list(row) for row in sheet.formulas] for sheet in sheets}
        done: list[WriteStep] = []
        try:
            for edit in edits:
                for step in self._steps(edit, grids, names):
                    self._take(step, grids, done)
            self.pause("written")
            self._landed(grids, done)
        except BaseException:
            self.pause("taken back")
            self._back(done)
            self._journal.forget()
            raise
        self._journal.forget()
        self._last = done
        return self.copy()

    def take_back(self, known: str) -> bool:
        """Take back the last write, if the state is the known one."""
        if self.state() != known:
            return False
        self._back(self._last)
        return True

    def recover(self) -> bool:
        """Take back what a run left that died while it wrote."""
        steps = self._journal.left()
        if steps:
            self._back(steps, last_in_doubt=True)
            self._journal.forget()
        return bool(steps)

    def _patient(self, call: Callable[[], T]) -> T:
        """Call Excel, again while somebody types in a cell. Raises Locked when that goes on."""
        end = time.monotonic() + PATIENCE
        while True:
            try:
                return call()
            except Exception as error:
                if not _busy(error):
                    raise
                if time.monotonic() > end:
                    raise Locked(self.address, "the person typing in a cell of it") from error
                time.sleep(_PAUSE)

    def _read(self, *, values: bool) -> list[SheetSaid]:
        return self._patient(lambda: [_said(sheet, values=values) for sheet in self._book.sheets])

    def _names(self) -> dict[str, str]:
        return self._patient(
            lambda: {one.name: one.refers_to for one in self._book.names if "!" not in one.name}
        )

    def _take(self, step: WriteStep, grids: dict[str, Grid], done: list[WriteStep]) -> None:
        """Take one step: what it is about must be as it was read."""
        self.pause(step.do)
        if step.do == "cell":
            expected = _wide(grids[step.sheet], step.row)
            if self._row(step) != expected:
                raise DeskRefusal("changed")
            step = step._replace(beside=_without(expected, step.column))
        self._journal.add(step)
        done.append(step)
        self._patient(lambda: self._carry_out(step))
        _follow(step, grids)
        if step.do == "cell":
            done[-1] = self._settled(step, grids[step.sheet])

    def _settled(self, step: WriteStep, grid: Grid) -> WriteStep:
        """Take over what Excel made of a value that was written: it is what stands there now."""
        row = self._row(step)
        became = row[step.column - 1] if step.column <= len(row) else ""
        self._journal.became(became)
        if _without(row, step.column) != step.beside:
            raise DeskRefusal("changed")
        grid[step.row - 1][step.column - 1] = became
        return step._replace(became=became)

    def _row(self, step: WriteStep) -> list[str]:
        """Return what stands in the row of a step, as far as anything does."""
        sheet = self._book.sheets[step.sheet]

        def read() -> Any:
            last = max(_last(sheet)[1], step.column)
            return sheet.range((step.row, 1), (step.row, last)).formula

        return _trimmed(_grid(self._patient(read))[0])

    def _landed(self, grids: dict[str, Grid], done: Sequence[WriteStep]) -> None:
        """Look once more: each value stands in the row that was meant, and nobody typed meanwhile.

        Where rows came or went, Excel has rewritten formulas: only what was written is looked at
        then, and the first cells of its rows, the ids.
        """
        moved = any(step.do in {"insert", "drop"} for step in done)
        ours = _columns(done)
        for name, grid in grids.items():
            now = self._formulas(name)
            for row in range(1, max(len(now), len(grid)) + 1):
                wide = max(len(_wide(now, row)), len(_wide(grid, row)))
                columns = ours.get((name, row), set()) if moved else range(1, wide + 1)
                if any(_differs(now, grid, row, column, moved=moved) for column in columns):
                    raise DeskRefusal("changed")

    def _formulas(self, name: str) -> Grid:
        return self._patient(lambda: _formulas(self._book.sheets[name]))

    def _steps(
        self, edit: Wire, grids: dict[str, Grid], names: dict[str, str]
    ) -> Iterator[WriteStep]:
        """Yield the steps of an edit, each with what it displaces."""
        yield from _STEPS[str(edit["do"])](edit, grids, names)

    def _carry_out(self, step: WriteStep) -> None:
        sheets = self._book.sheets
        match step.do:
            case "cell":
                _put(sheets[step.sheet].range((step.row, step.column)), step.new)
            case "insert":
                sheets[step.sheet].range(f"{step.row}:{step.row + step.number - 1}").insert("down")
            case "drop":
                sheets[step.sheet].range(f"{step.row}:{step.row + step.number - 1}").delete("up")
            case "add":
                front = sheets.active
                made = sheets.add(step.sheet, after=sheets[len(sheets) - 1])
                front.activate()
                made.visible = not step.new
            case "remove":
                sheets[step.sheet].delete()
            case "name":
                _put_name(self._book, step.sheet, str(step.new or ""))

    def _back(self, steps: Sequence[WriteStep], *, last_in_doubt: bool = False) -> None:
        """Take back steps, the last one first; what somebody typed over them since stays."""
        for number, step in reversed(list(enumerate(steps, start=1))):
            doubt = last_in_doubt and number == len(steps)
            self._patient(partial(self._take_one_back, step, doubt=doubt))

    def _take_one_back(self, step: WriteStep, *, doubt: bool) -> None:
        sheets = self._book.sheets
        here = step.do in {"add", "name"} or step.sheet in [sheet.name for sheet in sheets]
        if step.do == "remove":
            if not here:
                made = sheets.add(step.sheet, after=sheets[len(sheets) - 1])
                _fill(made, step.old)
        elif step.do == "name":
            _put_name(self._book, step.sheet, str(step.old or ""))
        elif step.do == "add":
            if step.sheet in [sheet.name for sheet in sheets]:
                sheets[step.sheet].delete()
        elif here:
            _row_back(sheets[step.sheet], step, doubt=doubt)


def _row_back(sheet: Any, step: WriteStep, *, doubt: bool) -> None:
    """Take back what was done to cells or rows of a sheet."""
    now = _formulas(sheet)
    if step.do == "cell":
        if row := _stands(now, step):
            sheet.range((row, step.column)).formula = _typed_again(str(step.old))
        return
    rows = f"{step.row}:{step.row + step.number - 1}"
    moved = len(now) - step.last
    if step.do == "drop" and (not doubt or moved == -step.number):
        sheet.range(rows).insert("down")
        _fill(sheet, step.old, step.row)
    elif step.do == "insert" and (not doubt or moved == step.number):
        top = _blank(now, step)
        if top and top <= len(now):
            sheet.range(f"{top}:{top + step.number - 1}").delete("up")


def _stands(now: Grid, step: WriteStep) -> int:
    """Return the row in which a value of ours stands, which may have moved; 0 for none.

    Of a value of which nobody noted what Excel made of it, only the other cells of its row tell.
    """
    rows = [
        (_without(_wide(now, row), step.column) != step.beside, abs(row - step.row), row)
        for row in range(1, len(now) + 1)
        if step.became is None or _at(now, row, step.column) == step.became
        if _akin(_without(_wide(now, row), step.column), step)
    ]
    best = min(rows, default=(True, 0, 0))
    if step.became is None and (best[0] or not _is_new(_at(now, best[2], step.column), step.new)):
        return 0
    return best[2]


def _akin(others: Sequence[str], step: WriteStep) -> bool:
    """Tell whether a row's other cells begin as those of a step did: with its id."""
    return list(others[:1]) == list(step.beside[:1])


def _is_new(text: str, new: object) -> bool:
    """Tell whether a cell holds a value that was to be written, as far as that can be told."""
    if isinstance(new, bool):
        return text.upper() == str(new).upper()
    if isinstance(new, int | float):
        try:
            return isclose(float(text), new)
        except ValueError:
            return False
    if isinstance(new, dict):
        if "formula" not in new:
            return text != ""
        return text.replace(" ", "") == f"={new['formula']}".replace(" ", "")
    return text.removeprefix("'") == ("" if new is None else str(new))


def _blank(now: Grid, step: WriteStep) -> int:
    """Return where rows stand that were inserted, empty again; 0 when they are not found."""
    tops = [
        (abs(top - step.row), top)
        for top in range(1, len(now) + 1)
        if not any(_wide(now, row) for row in range(top, top + step.number))
    ]
    return min(tops, default=(0, 0))[1]


def _fill(sheet: Any, grid: Any, top: int = 1) -> None:
    for row, cells in enumerate(grid, start=top):
        for column, formula in enumerate(cells, start=1):
            if formula != "":
                sheet.range((row, column)).formula = _typed_again(formula)


def _typed_again(text: str) -> str:
    """Return what lets a cell hold again what it told: a formula, a number, or a text."""
    if text.startswith("=") or text == "" or _NUMBER.fullmatch(text) or _SAFE.fullmatch(text):
        return text
    return f"'{text}"


def _put_name(book: Any, name: str, refers_to: str) -> None:
    if name in [one.name for one in book.names]:
        book.names[name].delete()
    if refers_to:
        book.names.add(name, refers_to)


def _put(cell: Any, value: object) -> None:
    """Write one value into a cell of Excel."""
    if isinstance(value, dict) and "formula" in value:
        cell.formula = f"={value['formula']}"
    elif isinstance(value, dict) and "day" in value:
        cell.value = dt.datetime.fromisoformat(str(value["day"]))
    elif isinstance(value, dict):
        moment = dt.time.fromisoformat(str(value["time"]))
        cell.value = (moment.hour * 3600 + moment.minute * 60 + moment.second) / 86400
        cell.number_format = "hh:mm:ss"
    elif isinstance(value, str) and value and not _SAFE.fullmatch(value):
        cell.value = f"'{value}"
    else:
        cell.value = value


def _cell_steps(edit: Wire, grids: dict[str, Grid], _: dict[str, str]) -> Iterator[WriteStep]:
    grid = _known(grids, edit["sheet"])
    row, column = int(str(edit["row"])), int(str(edit["column"]))
    yield WriteStep("cell", str(edit["sheet"]), row, column, _at(grid, row, column), edit["value"])


def _row_steps(edit: Wire, grids: dict[str, Grid], _: dict[str, str]) -> Iterator[WriteStep]:
    sheet, after, number = str(edit["sheet"]), int(str(edit["after"])), int(str(edit["number"]))
    grid = _known(grids, sheet)
    yield WriteStep("insert", sheet, after + 1, number=number, last=len(grid))
    for row, column, value in edit["cells"]:  # type: ignore[attr-defined]
        yield WriteStep("cell", sheet, row, column, "", value)


def _drop_steps(edit: Wire, grids: dict[str, Grid], _: dict[str, str]) -> Iterator[WriteStep]:
    sheet, first, number = str(edit["sheet"]), int(str(edit["first"])), int(str(edit["number"]))
    grid = _known(grids, sheet)
    old = [list(row) for row in grid[first - 1 : first - 1 + number]]
    yield WriteStep("drop", sheet, first, old=old, number=number, last=len(grid))


def _add_steps(edit: Wire, grids: dict[str, Grid], _: dict[str, str]) -> Iterator[WriteStep]:
    name = str(edit["name"])
    if name in grids:
        raise DeskRefusal("sheet exists", name)
    yield WriteStep("add", name, new=edit["hidden"])
    for row, cells in enumerate(edit["rows"], start=1):  # type: ignore[arg-type,var-annotated]
        for column, value in enumerate(cells, start=1):
            if value is not None:
                yield WriteStep("cell", name, row, column, "", value)


def _remove_steps(edit: Wire, grids: dict[str, Grid], _: dict[str, str]) -> Iterator[WriteStep]:
    yield WriteStep("remove", str(edit["name"]), old=_known(grids, edit["name"]))


def _name_steps(edit: Wire, _: dict[str, Grid], names: dict[str, str]) -> Iterator[WriteStep]:
    name, target = str(edit["name"]), edit["target"]
    if isinstance(target, str):
        new = '="' + target.replace('"', '""') + '"'
    elif target is None:
        new = ""
    else:
        from sheetrecord.model.book import quoted

        title, top, left, bottom, right = cast("tuple[str, int, int, int, int]", target)
        new = f"={quoted(title)}!{_absolute(top, left)}"
        new += f":{_absolute(bottom, right)}" if (top, left) != (bottom, right) else ""
    yield WriteStep("name", name, old=names.get(name, ""), new=new)


def _absolute(row: int, column: int) -> str:
    from sheetrecord.model.problem import column_letters

    return f"${column_letters(column)}${row}"


_STEPS: Final[dict[str, Callable[[Wire, dict[str, Grid], dict[str, str]], Iterator[WriteStep]]]] = {
    "cell": _cell_steps,
    "rows": _row_steps,
    "drop_rows": _drop_steps,
    "add_sheet": _add_steps,
    "drop_sheet": _remove_steps,
    "name": _name_steps,
}


def _columns(steps: Sequence[WriteStep]) -> dict[tuple[str, int], set[int]]:
    """Return which columns were written in which rows, with the first, by sheet and row."""
    found: dict[tuple[str, int], set[int]] = {}
    for one in steps:
        if one.do == "cell":
            found.setdefault((one.sheet, one.row), {1}).add(one.column)
    return found


def _differs(now: Grid, grid: Grid, row: int, column: int, *, moved: bool) -> bool:
    """Tell whether a cell holds something else; where rows moved, formulas are spelled anew."""
    some, other = _at(now, row, column), _at(grid, row, column)
    return some != other and not (moved and some.startswith("=") and other.startswith("="))


def _follow(step: WriteStep, grids: dict[str, Grid]) -> None:
    """Let what is known of a sheet follow a step."""
    if step.do == "cell":
        grid = grids[step.sheet]
        grid.extend([] for _ in range(step.row - len(grid)))
        cells = grid[step.row - 1]
        cells.extend([""] * (step.column - len(cells)))
    elif step.do == "insert" and step.row <= len(grids[step.sheet]):
        grids[step.sheet][step.row - 1 : step.row - 1] = [[] for _ in range(step.number)]
    elif step.do == "drop":
        del grids[step.sheet][step.row - 1 : step.row - 1 + step.number]
    elif step.do == "add":
        grids[step.sheet] = []
    elif step.do == "remove":
        del grids[step.sheet]


def _known(grids: dict[str, Grid], sheet: object) -> Grid:
    if sheet not in grids:
        raise DeskRefusal("no sheet", str(sheet))
    return grids[str(sheet)]


def _at(grid: Grid, row: int, column: int) -> str:
    cells = grid[row - 1] if 0 < row <= len(grid) else []
    return cells[column - 1] if column <= len(cells) else ""


def _wide(grid: Grid, row: int) -> list[str]:
    return _trimmed(grid[row - 1] if 0 < row <= len(grid) else [])


def _without(row: Sequence[str], column: int) -> list[str]:
    """Return a row's other cells, up to the last that holds anything."""
    return _trimmed([*row[: column - 1], *row[column:]]) if column <= len(row) else list(row)


def _trimmed(cells: Sequence[str]) -> list[str]:
    """Return a row's cells up to the last one that holds anything."""
    found = list(cells)
    while found and found[-1] == "":
        found.pop()
    return found


def _said(sheet: Any, *, values: bool) -> SheetSaid:
    """Return what a sheet says, by two bulk calls, or one without its values."""
    rows, columns = _last(sheet)
    area = sheet.range((1, 1), (rows, columns))
    held = area.options(ndim=2, err_to_str=True).value if values else ()
    return SheetSaid(sheet.name, bool(sheet.visible), _grid(area.formula), held)


def _formulas(sheet: Any) -> Grid:
    return _grid(sheet.range((1, 1), _last(sheet)).formula)


def _last(sheet: Any) -> tuple[int, int]:
    used = sheet.used_range
    rows, columns = used.shape
    return used.row + rows - 1, used.column + columns - 1


def _grid(formulas: Any) -> Grid:
    """Return formulas as rows of texts: of one cell, of one row and of several."""
    if not isinstance(formulas, tuple | list):
        formulas = ((formulas,),)
    elif formulas and not isinstance(formulas[0], tuple | list):
        formulas = (formulas,)
    return [["" if cell is None else str(cell) for cell in row] for row in formulas]


def _state(sheets: Sequence[SheetSaid], names: dict[str, str]) -> str:
    told = [(one.name, one.visible, [_trimmed(row) for row in one.formulas]) for one in sheets]
    said = repr((told, sorted(names.items())))
    return hashlib.sha256(said.encode("utf-8", "surrogatepass")).hexdigest()


def _busy(error: BaseException) -> bool:
    code = getattr(error, "hresult", None)
    if code is None and error.args and isinstance(error.args[0], int):
        code = error.args[0]
    return code in _BUSY
