"""What must hold after a workbook was patched: the plans, and the comparisons before and after."""

import io
import zipfile
from collections.abc import Callable, Iterable, Iterator, Mapping
from collections.abc import Set as AbstractSet
from xml.etree import ElementTree as ET

from sheetrecord.xlsx import AppendRows, DeleteRows, Edit, InsertRows, Refused, SetCell, SetNote
from sheetrecord.xlsx.addresses import cell_name, parse_cell
from sheetrecord.xlsx.archive.members import Container
from sheetrecord.xlsx.package import Package, SheetEntry

Place = tuple[int, int]
Cells = dict[Place, tuple[bytes | None, bytes | None, str | None, str | None]]
Move = Callable[[int], int | None]
Reader = Callable[[bytes], dict[str, dict[Place, object]]]
Context = tuple[str, str, set[Place] | None, Move, dict[str, set[Place]]]
OPERATIONS = ("one", "many", "append", "insert", "delete", "note")


def local(tag: object) -> str:
    """Return an element's name without its namespace."""
    return tag.rsplit("}", 1)[-1] if isinstance(tag, str) else ""


def parse_sheet(data: bytes) -> tuple[Cells, list[bytes]]:
    """Return {(row, column): (formula, value, type, style)} and the text of all that surrounds."""
    root = ET.fromstring(data)
    cells: Cells = {}
    around = []
    for child in root:
        kind = local(child.tag)
        if kind == "sheetData":
            cells |= _cells(child)
        elif kind not in {"dimension", "legacyDrawing"}:
            around.append(ET.tostring(child))
    return cells, around


def _cells(data: ET.Element) -> Cells:
    """Return the cells of the rows; a row or cell without a number follows the one before it."""
    cells: Cells = {}
    row_number = 0
    for row in data:
        row_number = int(row.get("r", row_number + 1))
        column = 0
        for cell in (one for one in row if local(one.tag) == "c"):
            ref = cell.get("r")
            column = parse_cell(ref)[1] if ref else column + 1
            parts = {local(e.tag): e for e in cell}
            formula, value = parts.get("f"), parts.get("v", parts.get("is"))
            said = (_written(formula), _written(value), cell.get("t"), cell.get("s"))
            cells[row_number, column] = said
    return cells


def _written(element: ET.Element | None) -> bytes | None:
    return None if element is None else ET.tostring(element).strip()


def first_sheet(package: Package) -> SheetEntry:
    """Return the first worksheet of a workbook."""
    for sheet in package.sheets:
        if sheet.kind == "worksheet" and sheet.part:
            return sheet
    raise Refused("no-cells", "no worksheet")


def plan(operation: str, sheet: str, cells: Cells) -> tuple[list[Edit], set[Place] | None, Move]:
    """Return the edits, the cells they name, and how a row number moves."""
    if operation == "one":
        return _one(sheet, cells)
    if operation == "many":
        return _many(sheet, cells)
    if operation == "append":
        return [AppendRows(sheet, [{"A": "new", 2: 1.5}, {"B": 2, "D": True}])], None, stays
    if operation == "insert":
        return [InsertRows(sheet, 2, 3)], set(), lambda row: row + 3 if row >= 2 else row
    if operation == "delete":
        return (
            [DeleteRows(sheet, 2, 2)],
            set(),
            lambda row: row if row < 2 else None if row < 4 else row - 2,
        )
    return [SetNote(sheet, "C3", "A note", "Reviewer")], set(), stays


def stays(row: int) -> int:
    """Move no row."""
    return row


def _constants(cells: Cells) -> list[Place]:
    """Return the cells with a value that no formula makes."""
    return [p for p, c in sorted(cells.items()) if c[0] is None and c[1] is not None]


def _one(sheet: str, cells: Cells) -> tuple[list[Edit], set[Place], Move]:
    """Set the value in the middle, a text where a text was."""
    constants = _constants(cells)
    place = constants[len(constants) // 2] if constants else (2, 2)
    value = "changed, <&> é" if constants and cells[place][2] in TEXT else 12345.5
    return [SetCell(sheet, cell_name(*place), value)], {place}, stays


def _many(sheet: str, cells: Cells) -> tuple[list[Edit], set[Place], Move]:
    """Set up to 900 values, and 100 cells in a column that may be empty."""
    places = _constants(cells)[:900] or [(2, 2)]
    places += [(row, 30) for row in range(3, 103)]
    edits = [
        SetCell(sheet, cell_name(*p), f"t{i}" if p in cells and cells[p][2] in TEXT else i)
        for i, p in enumerate(places)
    ]
    return edits, set(places), stays


TEXT = {"s", "str", "inlineStr"}


def check_members(before: bytes, after: bytes, touched: Iterable[str]) -> None:
    """Members not named by the report keep header fields and compressed bytes."""
    old, new = Container(before), Container(after)
    touched = {name.lower() for name in touched}
    with zipfile.ZipFile(io.BytesIO(after)) as archive:
        assert archive.testzip() is None, "a member fails its checksum"
    for name in old.names():
        if name.lower() in touched:
            continue
        a, b = old.raw(name), new.raw(name)
        assert bytes(a.data) == bytes(b.data), f"{name} was rewritten"
        assert a.member[2:8] == b.member[2:8], f"{name} has another header"
    for name in new.names():
        if name.endswith((".xml", ".rels", ".vml")) and name.lower() in touched:
            ET.fromstring(new.read(name))


def check_sheet(
    operation: str,
    old: tuple[Cells, list[bytes]],
    new: tuple[Cells, list[bytes]],
    named: set[Place] | None,
    move: Move,
) -> None:
    """The touched worksheet differs only in the named cells, and in dropped results."""
    cells, around = old
    now, around_now = new
    if operation in {"one", "many", "note"}:
        assert around == around_now, "what surrounds the rows changed"
    for (row, column), cell in cells.items():
        target = move(row)
        if target is None or (row, column) in (named or ()):
            continue
        found = now.get((target, column))
        if operation == "append" and cell != found and (target + 2, column) in now:
            found = now[target + 2, column]  # what stood in the way moved down by the rows added
        assert found is not None, f"{cell_name(row, column)} is gone"
        if cell == found:
            continue
        assert cell[3] == found[3] or operation == "append", f"{cell_name(row, column)}: style"
        if cell[0] is not None or (cell[1] is not None and found[1] is None):
            same = strip(cell[0]) == strip(found[0])
            assert same or operation in {"insert", "delete", "append"}, (
                f"{cell_name(row, column)}: formula {cell[0]} became {found[0]}"
            )
            continue
        blank = cell[1] is None and operation == "append"
        assert blank, f"{cell_name(row, column)}: {cell} {found}"


def strip(formula: bytes | None) -> bytes | None:
    """Return a formula element without its opening tag, whose range may move."""
    return None if formula is None else formula.split(b">", 1)[1]


def calamine_values(data: bytes) -> dict[str, dict[Place, object]]:
    """Return every value calamine sees, by sheet and cell."""
    from python_calamine import CalamineWorkbook

    book = CalamineWorkbook.from_filelike(io.BytesIO(data))
    found = {}
    for name in book.sheet_names:
        try:
            sheet = book.get_sheet_by_name(name)
        except Exception:  # noqa: BLE001 - a sheet calamine itself cannot read, before as after
            continue
        top, left = sheet.start or (0, 0)
        rows = sheet.to_python(skip_empty_area=True)
        found[name] = {
            (top + r + 1, left + c + 1): value
            for r, row in enumerate(rows)
            for c, value in enumerate(row)
            if value != ""
        }
    return found


def openpyxl_values(data: bytes) -> dict[str, dict[Place, object]]:
    """Return every value and formula openpyxl sees, by sheet and cell."""
    import openpyxl

    book = openpyxl.load_workbook(io.BytesIO(data))
    found = {}
    for sheet in book.worksheets:
        found[sheet.title] = {
            (cell.row, cell.column): str(getattr(cell.value, "text", cell.value))
            for row in sheet.iter_rows()
            for cell in row
            if cell.value is not None
        }
    return found


def compare(reader: Reader, before: bytes, after: bytes, context: Context) -> None:
    """Every value a reader sees is as before, but for named cells and formulas."""
    operation, sheet, named, move, formulas = context
    try:
        old = reader(before)
    except Exception:  # noqa: BLE001 - the reader cannot open the original either: nothing to compare
        return
    new = reader(after)
    for name, cells in old.items():
        own = name == sheet
        skip = formulas.get(name, set()) | ((named or set()) if own else set())
        pair = cells, new.get(name, {})
        for cell, value, now in changed_values(operation, pair, move if own else stays, skip):
            raise AssertionError(f"{reader.__name__}: {name}!{cell} {value!r} became {now!r}")


Values = Mapping[Place, object]


def changed_values(
    operation: str, sheet: tuple[Values, Values], move: Move, skip: AbstractSet[Place]
) -> Iterator[tuple[str, object, object]]:
    """Yield each cell that is not what it was: its name, and its value before and now.

    What stood in the way of two appended rows moved down by them.
    """
    before, after = sheet
    for (row, column), value in before.items():
        target = move(row)
        if target is None or (row, column) in skip:
            continue
        now = after.get((target, column))
        if operation == "append" and now != value:
            now = after.get((target + 2, column))
        if repr(now) != repr(value):
            yield cell_name(row, column), value, now


def formula_cells(cells: Cells) -> set[Place]:
    """Return formula cells and every cell an array formula fills."""
    found = set()
    for place, (formula, *_) in cells.items():
        if formula is None:
            continue
        found.add(place)
        ref = ET.fromstring(formula).get("ref")
        if ref:
            first, _, last = ref.partition(":")
            (r1, c1), (r2, c2) = parse_cell(first), parse_cell(last or first)
            found |= {(r, c) for r in range(r1, r2 + 1) for c in range(c1, c2 + 1)}
    return found
