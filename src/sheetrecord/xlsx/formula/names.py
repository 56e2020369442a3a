"""The names in a formula resolved to rectangles: defined names and table columns."""

from collections.abc import Sequence
from typing import Final, NamedTuple

from sheetrecord.xlsx.addresses import MAX_COLUMN, MAX_ROW, Area, parse_area
from sheetrecord.xlsx.formula.shift_patterns import counting_rows
from sheetrecord.xlsx.formula.tokens import Reference, Word, parse, sheet_names
from sheetrecord.xlsx.package import NameEntry
from sheetrecord.xlsx.write.draft import PackageDraft

ANYTHING: Final = frozenset({"indirect", "offset", "evaluate"})
"""Functions that may read any cell; the last stands in names alone."""
MAX_DEPTH: Final = 8


class TableRange(NamedTuple):
    """A table as its part describes it (ECMA-376 part 1 section 18.5.1.2)."""

    part: str
    sheet: int
    name: str
    area: Area
    header_rows: int
    totals_rows: int
    columns: tuple[str, ...]


class Target(NamedTuple):
    """Cells a formula depends on: ``sheets`` are indexes; ``this_row`` means its own row only."""

    sheets: tuple[int, ...]
    area: Area
    this_row: bool = False


def read_table(draft: PackageDraft, part: str, sheet: int) -> TableRange:
    """Return the table this part describes."""
    _, found = draft.elements(part)
    root = found[0].tag
    name = root.get(b"displayName") or root.get(b"name") or ""
    header, totals = root.get(b"headerRowCount"), root.get(b"totalsRowCount")
    columns = [
        e.tag.get(b"name") or "" for e in found if e.tag.name == b"tableColumn" and e.depth == 2
    ]
    return TableRange(
        part,
        sheet,
        name,
        parse_area(root.get(b"ref") or "A1"),
        int(header) if header and header.isdecimal() else 1,
        int(totals) if totals and totals.isdecimal() else 0,
        tuple(columns),
    )


def tables_of(draft: PackageDraft, sheet: int) -> list[TableRange]:
    """Return the tables of one sheet."""
    part = draft.package.sheets[sheet].part
    if not part:
        return []
    return [
        read_table(draft, rel.target, sheet)
        for rel in draft.package.relationships(part)
        if rel.kind == "table" and not rel.external and draft.find(rel.target)
    ]


def names_that_count(names: Sequence[NameEntry]) -> set[str]:
    """Return the names whose value depends on the row of the cell that uses them.

    They count rows, name a row without ``$``, or use such a name.
    """
    found: set[str] = set()
    new = {name.name for name in names if _is_relative(name.text)}
    while True:
        found |= new
        counts = counting_rows(found)
        left = (name for name in names if name.name not in found)
        new = {name.name for name in left if counts.search(name.text)}
        if not new:
            return found


def _is_relative(text: str) -> bool:
    return any(
        reference.kind != "columns"
        and not all(row.startswith("$") for row in reference.corners[1::2])
        for reference in parse(text).references
    )


class WorkbookNames:
    """The names of one workbook, looked up as formulas look them up."""

    def __init__(self, draft: PackageDraft) -> None:
        self._draft = draft
        sheets = draft.package.sheets
        self._order = {sheet.name.lower(): index for index, sheet in enumerate(sheets)}
        self._names: dict[str, list[tuple[int | None, str]]] = {}
        for name in draft.package.defined_names:
            self._names.setdefault(name.name.lower(), []).append((name.scope, name.text))
        self._tables: dict[str, TableRange] | None = None

    def sheets(self, prefix: str, own: int) -> tuple[int, ...]:
        """Return the indexes of the sheets a prefix names; none for another workbook's."""
        if not prefix:
            return (own,)
        names = sheet_names(prefix)
        if names is None:
            return ()
        first, last = (self._order.get(name.lower()) for name in names)
        if first is None or last is None:
            return ()
        return tuple(range(min(first, last), max(first, last) + 1))

    def tables(self) -> dict[str, TableRange]:
        """Return every table by its name in lower case."""
        if self._tables is None:
            self._tables = {
                table.name.lower(): table
                for index in range(len(self._order))
                for table in tables_of(self._draft, index)
            }
        return self._tables

    def of_reference(self, reference: Reference, own: int) -> Target:
        """Return what a reference points at."""
        return Target(
            self.sheets(reference.prefix, own),
            Area(reference.row, reference.column, reference.last_row, reference.last_column),
        )

    def of_word(self, word: Word, own: int, depth: int = 0) -> list[Target] | None:
        """Return the areas a name refers to; None when it may be any cell of the workbook."""
        if word.kind == "call":
            return None if word.text.lower() in ANYTHING else self._defined(word, own, depth)
        if word.kind == "table":
            return self._table(word)
        return self._defined(word, own, depth)

    def _defined(self, word: Word, own: int, depth: int) -> list[Target] | None:
        if depth > MAX_DEPTH:
            return None
        targets: list[Target] = []
        for text in self._meant(word, own, depth):
            formula = parse(text)
            if formula.joined:
                return None
            for reference in formula.references:
                target = self.of_reference(reference, own)
                fixed = all(corner.startswith("$") for corner in reference.corners)
                if not fixed and reference.kind in {"cell", "area"}:
                    target = Target(target.sheets, Area(1, 1, MAX_ROW, MAX_COLUMN))
                targets.append(target)
            for inner in formula.words:
                found = self.of_word(inner, own, depth + 1)
                if found is None:
                    return None
                targets += found
        return targets

    def _meant(self, word: Word, own: int, depth: int) -> list[str]:
        """Return the texts a name may stand for: a sheet's own goes before the workbook's.

        Inside another name it is not certain whose sheet counts: there it is all of them.
        """
        named = self._names.get(word.text.lower(), [])
        sheets = self.sheets(word.prefix, own)
        local = [text for scope, text in named if scope in sheets]
        if depth or not local:
            return [text for _, text in named]
        return local

    def _table(self, word: Word) -> list[Target] | None:
        name, _, inside = word.text.partition("[")
        table = self.tables().get(name.lower())
        if table is None:
            return [] if name else None
        items, special = _items(inside[:-1])
        places = [i for i, column in enumerate(table.columns) if column.lower() in items]
        first, last = (min(places), max(places)) if places else (0, len(table.columns) - 1)
        area = table.area
        area = Area(area.row, area.column + first, area.last_row, area.column + max(first, last))
        return [Target((table.sheet,), area, "#this row" in special or "@" in special)]


def _items(inside: str) -> tuple[set[str], set[str]]:
    """Return the columns and the ``#`` items named between a table reference's brackets."""
    columns: set[str] = set()
    special: set[str] = set()
    current = ""
    at = depth = 0
    if inside.startswith("@"):
        special.add("@")
        at = 1
    while at < len(inside):
        char = inside[at]
        if char == "'" and at + 1 < len(inside):
            current += inside[at + 1]
            at += 1
        elif char in "[]" or (char in ",:" and depth <= 0):
            depth += (char == "[") - (char == "]")
            _keep(current, columns, special)
            current = ""
        else:
            current += char
        at += 1
    _keep(current, columns, special)
    return columns, special


def _keep(item: str, columns: set[str], special: set[str]) -> None:
    item = item.strip().lower()
    if item.startswith("#"):
        special.add(item)
    elif item:
        columns.add(item)
