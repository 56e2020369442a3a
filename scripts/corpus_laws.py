"""What must hold after a workbook was patched: the plans, and the comparisons before and after."""

import io
import zipfile
from collections.abc import Callable, Iterable
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
    cells, around = {}, []
    row_number = 0
    for child in root:
        if local(child.tag) != "sheetData":
            if local(child.tag) not in {"dimension", "legacyDrawing"}:
                around.append(ET.tostring(child))
            continue
        for row in child:
            row_number = int(row.get("r", row_number + 1))
            column = 0
            for cell in row:
                if local(cell.tag) != "c":
                    continue
                ref = cell.get("r")
                column = parse_cell(ref)[1] if ref else column + 1
                parts = {local(e.tag): e for e in cell}
                formula = ET.tostring(parts["f"]).strip() if "f" in parts else None
                inner = parts.get("v") if "v" in parts else parts.get("is")
                value = ET.tostring(inner).strip() if inner is not None else None
                cells[row_number, column] = (formula, value, cell.get("t"), cell.get("s"))
    return cells, around


def first_sheet(package: Package) -> SheetEntry:
    """Return the first worksheet of a workbook."""
    for sheet in package.sheets:
        if sheet.kind == "worksheet" and sheet.part:
            return sheet
    raise Refused("no-cells", "no worksheet")


def plan(operation: str, sheet: str, cells: Cells) -> tuple[list[Edit], set[Place] | None, Move]:
    """Return the edits, the cells they name, and how a row number moves."""
    stay = lambda row: row  # noqa: E731
    constants = [(p, c) for p, c in sorted(cells.items()) if c[0] is None and c[1] is not None]
    if operation == "one":
        place = constants[len(constants) // 2][0] if constants else (2, 2)
        text = constants and constants[len(constants) // 2][1] and cells[place][2] in TEXT
        value = "changed, <&> é" if text else 12345.5
        return [SetCell(sheet, cell_name(*place), value)], {place}, stay
    if operation == "many":
        places = [p for p, _ in constants[:900]] or [(2, 2)]
        places += [(row, 30) for row in range(3, 103)]
        edits = [
            SetCell(sheet, cell_name(*p), f"t{i}" if p in cells and cells[p][2] in TEXT else i)
            for i, p in enumerate(places)
        ]
        return edits, set(places), stay
    if operation == "append":
        return [AppendRows(sheet, [{"A": "new", 2: 1.5}, {"B": 2, "D": True}])], None, stay
    if operation == "insert":
        return [InsertRows(sheet, 2, 3)], set(), lambda row: row + 3 if row >= 2 else row
    if operation == "delete":
        return (
            [DeleteRows(sheet, 2, 2)],
            set(),
            lambda row: row if row < 2 else None if row < 4 else row - 2,
        )
    return [SetNote(sheet, "C3", "A note", "Reviewer")], set(), stay


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
        for (row, column), value in cells.items():
            own = name == sheet
            target = move(row) if own else row
            if target is None or (own and (row, column) in (named or ())):
                continue
            if (row, column) in formulas.get(name, ()):
                continue
            now = new.get(name, {}).get((target, column))
            if operation == "append" and now != value:
                now = new.get(name, {}).get((target + 2, column))
            assert repr(now) == repr(value), (
                f"{reader.__name__}: {name}!{cell_name(row, column)} {value!r} became {now!r}"
            )


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
