"""What a patched workbook must be, told by zipfile and ElementTree alone."""

import io
import posixpath
import re
import zipfile
from collections.abc import Iterator
from functools import cached_property
from pathlib import Path
from typing import NamedTuple
from xml.etree import ElementTree as ET

# fmt: off
ORDER = [
    "sheetPr", "dimension", "sheetViews", "sheetFormatPr", "cols", "sheetData", "sheetCalcPr",
    "sheetProtection", "protectedRanges", "scenarios", "autoFilter", "sortState",
    "dataConsolidate", "customSheetViews", "mergeCells", "phoneticPr", "conditionalFormatting",
    "dataValidations", "hyperlinks", "printOptions", "pageMargins", "pageSetup", "headerFooter",
    "rowBreaks", "colBreaks", "customProperties", "cellWatches", "ignoredErrors", "smartTags",
    "drawing", "legacyDrawing", "legacyDrawingHF", "drawingHF", "picture", "oleObjects",
    "controls", "webPublishItems", "tableParts", "extLst",
]
# fmt: on
"""The elements of a worksheet, ECMA-376 part 1, 18.3.1.99."""
# fmt: off
BOOK_ORDER = [
    "fileVersion", "fileSharing", "workbookPr", "workbookProtection", "bookViews", "sheets",
    "functionGroups", "externalReferences", "definedNames", "calcPr", "oleSize",
    "customWorkbookViews", "pivotCaches", "smartTagPr", "smartTagTypes", "webPublishing",
    "fileRecoveryPr", "webPublishObjects", "extLst",
]
# fmt: on
"""The elements of a workbook, ECMA-376 part 1, 18.2.27."""
CELLS = frozenset({"one", "text", "note"})
"""Operations that move no row: what they may touch is only the sheet and what it needs."""
NAMED = {"one": "B3", "text": "D4"}
_MOVED = re.compile(
    r"worksheets/|drawings/|ctrlProps|comments|workbook\.xml|styles|Content_Types|_rels|charts|tables|pivot"
)


class Unjudged(Exception):
    """Said of a workbook that these eyes cannot read unpatched: there is nothing to compare."""


class Cell(NamedTuple):
    """What a cell holds and how it looks, whatever numbers its texts and formats have."""

    formula: str | None
    value: str | None
    look: tuple[str, ...]


def local(element: ET.Element) -> str:
    """Return an element's name without its namespace."""
    return element.tag.rpartition("}")[2]


def relations(element: ET.Element) -> Iterator[str]:
    """Yield the relationships that an element names."""
    for key, value in element.attrib.items():
        if key.startswith("{") and "relationships" in key and value:
            yield value


class Book:
    """A package as it stands."""

    def __init__(self, data: bytes) -> None:
        with zipfile.ZipFile(io.BytesIO(data)) as package:
            self.names = [info.filename for info in package.infolist() if not info.is_dir()]
            self.parts = {name: package.read(name) for name in self.names}
        self._lower = {name.lower().lstrip("/"): name for name in self.names}

    def part(self, name: str) -> str | None:
        """Return a part's name as it is spelt, None when it is not there."""
        return self._lower.get(name.lower().replace("\\", "/").lstrip("/"))

    def xml(self, name: str) -> ET.Element:
        """Return a part's root."""
        return ET.fromstring(self.parts[name])

    def targets(self, name: str) -> dict[str, tuple[str, str]]:
        """Return the relationships of a part: kind and target, external ones left out."""
        folder, _, file = name.rpartition("/")
        listed = self.part(f"{folder}/_rels/{file}.rels")
        if listed is None:
            return {}
        return {
            each.get("Id", ""): (
                each.get("Type", "").rpartition("/")[2],
                posixpath.normpath(posixpath.join("/", folder, each.get("Target", ""))).lstrip("/"),
            )
            for each in self.xml(listed)
            if each.get("TargetMode") != "External"
        }

    @cached_property
    def book(self) -> str:
        """The workbook part."""
        for kind, target in self.targets("").values():
            found = self.part(target)
            if kind == "officeDocument" and found:
                return found
        raise Unjudged("no workbook part")

    @cached_property
    def sheets(self) -> dict[str, str]:
        """The worksheets by name, in their order."""
        targets = self.targets(self.book)
        found = {}
        for each in self.xml(self.book).iter():
            if local(each) == "sheet":
                kind, target = next((targets[i] for i in relations(each) if i in targets), ("", ""))
                part = self.part(target)
                if kind == "worksheet" and part:
                    found[each.get("name", "")] = part
        return found

    @cached_property
    def strings(self) -> list[str]:
        """The shared texts."""
        for kind, target in self.targets(self.book).values():
            part = self.part(target)
            if kind == "sharedStrings" and part:
                return [
                    ET.tostring(each, "unicode") for each in self.xml(part) if local(each) == "si"
                ]
        return []

    @cached_property
    def looks(self) -> list[tuple[str, ...]]:
        """What each cell format says, the fonts, fills and borders it names spelt out."""
        part = next(
            (self.part(t) for k, t in self.targets(self.book).values() if k == "styles"), None
        )
        if part is None:
            return []
        root = self.xml(part)
        held = {local(each): list(each) for each in root}
        codes = {each.get("numFmtId"): each.get("formatCode") for each in held.get("numFmts", [])}
        return [
            (
                codes.get(xf.get("numFmtId")) or xf.get("numFmtId", "0"),
                *(
                    _listed(held, kind, xf.get(f"{one}Id", "0"))
                    for one, kind in (("font", "fonts"), ("fill", "fills"), ("border", "borders"))
                ),
                "".join(ET.tostring(each, "unicode").strip() for each in xf),
            )
            for xf in held.get("cellXfs", [])
        ]

    def cells(self, part: str) -> dict[tuple[int, int], Cell]:
        """Return a sheet's cells by row and column."""
        found: dict[tuple[int, int], Cell] = {}
        number = 0
        for row in self.xml(part).iter():
            if local(row) != "row" or ("r" not in row.attrib and not len(row)):
                continue
            number, column = int(row.get("r", number + 1)), 0
            for cell in row:
                if local(cell) != "c":
                    continue
                column = _column(cell.get("r", ""), number) if "r" in cell.attrib else column + 1
                found[number, column] = self._cell(cell)
        return found

    def _cell(self, cell: ET.Element) -> Cell:
        inside = {local(each): each for each in cell}
        value = inside["v"].text if "v" in inside else None
        if "is" in inside:
            value = "".join(each.text or "" for each in inside["is"].iter() if local(each) == "t")
        elif cell.get("t") == "s" and value is not None:
            value = self.strings[int(value)]
        style = int(cell.get("s", "0"))
        look = self.looks[style] if style < len(self.looks) else ("no such style",)
        formula = ET.tostring(inside["f"], "unicode").strip() if "f" in inside else None
        return Cell(formula, value, look)


def _listed(held: dict[str, list[ET.Element]], kind: str, number: str) -> str:
    found = held.get(kind, [])
    return ET.tostring(found[int(number)], "unicode") if int(number) < len(found) else number


def _column(ref: str, row: int) -> int:
    letters = ref.rstrip("0123456789")
    assert ref == f"{letters}{row}", f"cell {ref} stands in row {row}"
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - 64
    return number


class Judge:
    """Holds a workbook as it was, and judges what became of it."""

    def __init__(self, data: bytes, schemas: Path | None = None) -> None:
        try:
            self.before = Book(data)
            self.first = next(iter(self.before.sheets))
            self._cells = {n: self.before.cells(p) for n, p in self.before.sheets.items()}
            self._faults = set(_faults(self.before))
        except (Unjudged, StopIteration, ET.ParseError, zipfile.BadZipFile, AssertionError) as why:
            raise Unjudged(type(why).__name__) from None
        except (KeyError, ValueError, IndexError, NotImplementedError, RuntimeError) as why:
            raise Unjudged(type(why).__name__) from None
        self._schemas = schemas

    def check(self, data: bytes, operation: str) -> None:
        """Raise AssertionError, in one sentence, for the first law that is broken."""
        after = Book(data)
        new = sorted(set(_faults(after)) - self._faults)
        assert not new, new[0]
        self._untouched(after, operation)
        assert after.sheets == self.before.sheets, "a sheet is gone or has another name"
        for name, part in after.sheets.items():
            self._compare(name, after.cells(part), operation)
        if self._schemas is not None:
            self._validate(after, self._schemas)

    def _untouched(self, after: Book, operation: str) -> None:
        for name, content in self.before.parts.items():
            if after.parts.get(name) == content:
                continue
            if "calcChain" in name and name not in after.parts:
                continue
            assert name in after.parts, f"{name} is gone"
            ours = name in {self.before.sheets[self.first], self.before.book}
            needed = re.search(r"styles|Content_Types|\.rels$|comments|vmlDrawing", name)
            sheets = name in self.before.sheets.values()  # a stale result may be dropped
            moved = operation not in CELLS and _MOVED.search(name)
            assert ours or needed or sheets or moved, f"{name} was touched"

    def _compare(self, name: str, now: dict[tuple[int, int], Cell], operation: str) -> None:
        own = name == self.first
        for (row, column), cell in self._cells[name].items():
            target = _moved(row, operation) if own else row
            if target is None or (own and _is_named(row, column, operation)):
                continue
            found = now.get((target, column))
            assert found is not None, f"{name}!R{row}C{column} is gone"
            filled = found.value is None and self._is_filled(name, row, column)
            _same(f"{name}!R{row}C{column}", cell, found, operation, filled=filled)
        if own and operation in NAMED:
            self._named(now, operation)

    def _is_filled(self, name: str, row: int, column: int) -> bool:
        """Whether a formula elsewhere filled the cell: it fills it anew when it is calculated."""
        for cell in self._cells[name].values():
            found = re.match(r"<[^>]*\bref=\"([A-Z]+)(\d+):([A-Z]+)(\d+)\"", cell.formula or "")
            if found and int(found[2]) <= row <= int(found[4]):
                first, last = (_column(f"{found[n]}1", 1) for n in (1, 3))
                if first <= column <= last:
                    return True
        return False

    def _named(self, now: dict[tuple[int, int], Cell], operation: str) -> None:
        place = (3, 2) if operation == "one" else (4, 4)
        expected = "12345.5" if operation == "one" else " changed <&> é "
        assert now[place].value == expected, f"{NAMED[operation]} holds {now[place].value!r}"
        rest = set(now) - set(self._cells[self.first]) - {place}
        assert not rest, f"cells that were not named: {sorted(rest)[:3]}"

    def _validate(self, after: Book, schemas: Path) -> None:
        from lxml import etree

        schema = etree.XMLSchema(etree.parse(str(schemas / "sml.xsd")))
        for name, content in after.parts.items():
            if self.before.parts.get(name) == content or "worksheets/" not in name:
                continue
            old = self.before.parts.get(name)
            if old is not None and not schema.validate(etree.fromstring(old)):
                continue  # it was not valid before
            fine = schema.validate(etree.fromstring(content))
            assert fine, f"{name}: {schema.error_log.last_error}"


def _same(place: str, cell: Cell, found: Cell, operation: str, *, filled: bool) -> None:
    """Raise AssertionError for a cell that is not what it was; ``filled``: its value may go."""
    assert found.look == cell.look, f"{place} looks another way"
    if cell.formula is None and found.formula is None:
        assert found.value == cell.value or filled, f"{place}: {cell.value} {found.value}"
    elif operation in CELLS:
        assert found.formula == cell.formula, f"{place}: {cell.formula} {found.formula}"
        assert found.value in {cell.value, None}, f"{place} shows {found.value}"
    else:
        assert found.formula is not None, f"{place} lost its formula"


def _moved(row: int, operation: str) -> int | None:
    if operation == "insert":
        return row + 2 if row >= 3 else row
    if operation == "delete":
        return None if row == 3 else row - (row > 3)
    return row


def _is_named(row: int, column: int, operation: str) -> bool:
    return {"one": (3, 2), "text": (4, 4)}.get(operation) == (row, column)


def _faults(book: Book) -> Iterator[str]:
    """Yield what is wrong with a package; a patch may add none."""
    lowered = [name.lower() for name in book.names]
    for name in sorted({name for name in lowered if lowered.count(name) > 1}):
        yield f"{name} is there twice"
    yield from _types(book)
    for name in book.names:
        if not name.endswith((".xml", ".rels", ".vml")):
            continue
        try:
            root = book.xml(name)
        except ET.ParseError:
            yield f"{name} is not XML"
            continue
        if name.endswith(".rels"):
            yield from _dangling(book, name)
        elif name in book.sheets.values():
            yield from _sheet(book, name, root)
        elif name == book.book:
            yield from _ordered(name, root, BOOK_ORDER)


def _types(book: Book) -> Iterator[str]:
    listed = [each.attrib for each in book.xml("[Content_Types].xml")]
    overrides = [each["PartName"].lower() for each in listed if "PartName" in each]
    endings = [each["Extension"].lower() for each in listed if "Extension" in each]
    doubled = {each for each in overrides if overrides.count(each) > 1}
    yield from (f"{name} has two types" for name in doubled)
    missing = (name for name in overrides if book.part(name) is None)
    yield from (f"{name} has a type and is not there" for name in missing)
    for name in book.names:
        typed = f"/{name.lower()}" in overrides or name.lower().rpartition(".")[2] in endings
        if not typed and name != "[Content_Types].xml":
            yield f"{name} has no type"


def _dangling(book: Book, listed: str) -> Iterator[str]:
    folder, _, file = listed.rpartition("/")
    owner = posixpath.join(posixpath.dirname(folder), file.removesuffix(".rels"))
    seen: set[str] = set()
    for each in book.xml(listed):
        name = each.get("Id", "")
        if name in seen:
            yield f"{listed} has {name} twice"
        seen.add(name)
    for name, (_, target) in book.targets(owner if owner != "." else "").items():
        if book.part(target) is None:
            yield f"{listed}: {name} leads to {target}, which is not there"


def _sheet(book: Book, name: str, root: ET.Element) -> Iterator[str]:
    yield from _ordered(name, root, ORDER)
    known = book.targets(name)
    last_row = 0
    for element in root.iter():
        for relation in relations(element):
            external = relation not in known and local(element) == "hyperlink"
            if relation not in known and not external:
                yield f"{name}: {local(element)} names {relation}, which is not there"
        if local(element) == "row":
            number = int(element.get("r", last_row + 1))
            if number <= last_row:
                yield f"{name}: row {number} comes after row {last_row}"
            last_row = number
            yield from _row(book, name, element, number)


def _row(book: Book, name: str, row: ET.Element, number: int) -> Iterator[str]:
    last = 0
    for cell in row:
        if local(cell) != "c":
            continue
        column = _column(cell.get("r", ""), number) if "r" in cell.attrib else last + 1
        if column <= last:
            yield f"{name}: a cell of row {number} is out of order"
        last = column
        if int(cell.get("s", "0")) >= max(1, len(book.looks)):
            yield f"{name}: a cell of row {number} has a format that is not there"


def _ordered(name: str, root: ET.Element, order: list[str]) -> Iterator[str]:
    places = [order.index(local(each)) for each in root if local(each) in order]
    if places != sorted(places):
        yield f"{name}: its elements are out of order"
