"""The list of conflicts inside a workbook: what it says, and what somebody decided in it."""

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping, Sequence
from difflib import get_close_matches
from typing import Any, Final, NamedTuple

from sheetrecord.core.merge.rows import binding, bound
from sheetrecord.core.merge.side import Side
from sheetrecord.model.book import Book, Range, Sheet
from sheetrecord.model.conflict import Conflict, Kind, Wanted, Whole
from sheetrecord.model.edit import At, Edit, RemoveRow, SetCell
from sheetrecord.model.value import Cell, shown
from sheetrecord.schema.column import Column
from sheetrecord.schema.column import Kind as ColumnKind
from sheetrecord.schema.plaintext import meant
from sheetrecord.schema.read import headers
from sheetrecord.schema.read.kinds import Wrong, read_amount, reader_for
from sheetrecord.schema.sheets import SHEETS

MARK: Final = "sr_conflicts"
"""The defined name that tells our list from a sheet of the firm's with the same title."""

TITLE: Final = "Conflicts"
HEADLINE: Final = "Conflicts to decide"
HEADERS: Final = (
    *("Sheet", "Row id", "Column", "Base", "Ours", "Theirs", "Keep", "Why"),
    *("Theirs is from", "Seen (UTC)"),
)
FIRST_ROW: Final = 4
WHOLE: Final = "(whole row)"
DELETED: Final = "(row deleted)"


class Line(NamedTuple):
    """One line of the list: ``row`` is its row in the sheet, 0 for one not yet written.

    ``key`` is the column's key, empty for a whole row. ``keep`` is what somebody wrote there.
    ``whose`` and ``seen`` tell where and when (UTC) the other side stood; a merge of three files,
    which has no memory, leaves them blank.
    """

    row: int
    sheet: str
    row_id: str
    key: str
    base: Cell
    ours: Cell
    theirs: Cell
    keep: Cell = None
    why: str = ""
    whose: str = ""
    seen: Cell = None


class Decided(NamedTuple):
    """What the decisions come to: edits, lines that are settled, and why others are left."""

    plan: tuple[Edit, ...]
    settled: tuple[Line, ...]
    left: tuple[tuple[Line, str], ...]


def line_of(conflict: Conflict) -> Line:
    """Return the line that lists a conflict."""
    at = conflict.at
    base, ours, theirs = map(told, (conflict.base, conflict.ours, conflict.theirs))
    why = conflict.kind.value
    if conflict.group and conflict.kind is Kind.EDIT:
        why = "both changed what belongs together"
    return Line(0, at.sheet, at.row_id, at.key, base, ours, theirs, None, why)


def told(side: Wanted) -> Cell:
    """Return one side of a conflict as the list shows it."""
    if isinstance(side, Whole):
        return DELETED if side.gone else side.text or "(row kept)"
    return side


def texts(line: Line, side: Side) -> tuple[Cell, ...]:
    """Return a line's cells as they stand in the sheet, in our copy's words."""
    place = side.layout.sheets.get(line.sheet)
    header: Cell = line.key or WHOLE
    if place and line.key in place.columns:
        found = shown(side.raw(line.sheet, place.header_row, line.key))
        header = found if isinstance(found, str) else line.key
    title = place.title if place else line.sheet
    return (title, line.row_id, header, *line[4:])


def read_lines(side: Side) -> tuple[str, list[Line]]:
    """Return the title of a workbook's list of conflicts and its lines; empty when it has none."""
    area = listed_at(side.book)
    if area is None or area.sheet not in side.book.sheets:
        return "", []
    return area.sheet, list(_lines(side.book.sheets[area.sheet], side, area.top))


def listed_at(book: Book) -> Range | None:
    """Return where a workbook's list of conflicts begins: by its name, or by its headline."""
    if book.live or MARK in book.names:
        return book.names.get(MARK)
    sheet = book.sheets.get(TITLE)  # a format without names
    found = sheet is not None and sheet.row(1).get(1) == HEADLINE
    return Range(TITLE, 1, 1, 1, 1) if found else None


def _lines(sheet: Sheet, side: Side, top: int) -> Iterator[Line]:
    columns = [
        dict(zip(cells.rows, cells.values, strict=False))
        for cells in (sheet.column(number) for number in range(1, len(HEADERS) + 1))
    ]
    titles = {place.title: key for key, place in side.layout.sheets.items()}
    first = top + FIRST_ROW - 1
    for row in sorted({row for column in columns for row in column if row >= first}):
        title, row_id, header, *rest = (_plain(column.get(row)) for column in columns)
        base, ours, theirs, keep, why, whose, seen = rest
        if row_id is None and title is None:
            continue
        key = titles.get(str(title), "")
        column = _key(key, header, side)
        if key and column is not None:
            told = (base, ours, theirs, keep)
            one, two, three, four = (_meant(side, key, column, cell) for cell in told)
            sides = (one, two, three, four, str(why or ""), str(whose or ""), seen)
            yield Line(row, key, str(row_id), column, *sides)


def _plain(cell: Cell) -> Any:
    return shown(cell)


def _meant(side: Side, sheet: str, key: str, cell: Cell) -> Cell:
    """Return a cell of the list as its column means it; a file of texts holds nothing else."""
    return cell if side.live or not key else meant(SHEETS[sheet].by_key[key].kind, cell)


def _key(sheet: str, header: Cell, side: Side) -> str | None:
    """Return the column that a line is about: empty for the whole row, None for an unknown one."""
    if header == WHOLE:
        return ""
    if not sheet:
        return None
    if isinstance(header, str) and header in SHEETS[sheet].by_key:
        return header
    place = side.place(sheet)
    for key in place.columns:
        if shown(side.raw(sheet, place.header_row, key)) == header:
            return key
    return headers.meaning(sheet, header, side.layout.language)[0] or None


def unlisted(lines: Iterable[Line], known: Sequence[Line]) -> list[Line]:
    """Return the lines that a list does not have yet; one with another wish of theirs is new."""
    have = {(one.sheet, one.row_id, one.key, repr(one.theirs)) for one in known}
    return [one for one in lines if (one.sheet, one.row_id, one.key, repr(one.theirs)) not in have]


def decide(lines: Sequence[Line], side: Side, for_all: str = "") -> Decided:
    """Return what the ``keep`` column asks for; ``for_all`` answers the lines that have none.

    ``ours`` leaves the cell as it stands now, ``theirs`` writes the other value, anything else is
    itself the value to write, if it fits the column.
    """
    plan: list[Edit] = []
    settled: list[Line] = []
    left: list[tuple[Line, str]] = []
    decider = _Decider(side)
    for line in together(lines, side):
        choice = line.keep if not _blank(line.keep) else for_all or None
        if choice is None:
            left.append((line, "nobody has decided yet"))
            continue
        found = decider.edits(line, choice)
        if isinstance(found, str):
            left.append((line, found))
        else:
            plan += found
            settled.append(line)
    return Decided(tuple(plan), tuple(settled), tuple(left))


def together(lines: Sequence[Line], side: Side) -> Iterator[Line]:
    """Yield the lines; a word for one cell counts for what belongs together with it."""
    groups = [_group(line, lines, side) for line in lines]
    words: dict[tuple[str, ...], Cell] = {}
    for line, group in zip(lines, groups, strict=True):
        if isinstance(line.keep, str) and line.keep.strip().casefold() in _WORDS:
            words.setdefault(group, line.keep)
    for line, group in zip(lines, groups, strict=True):
        word = words.get(group) if _blank(line.keep) else None
        yield line if word is None else line._replace(keep=word)


def _group(line: Line, lines: Sequence[Line], side: Side) -> tuple[str, ...]:
    """Return what a line's cell belongs to: its row and group, or itself alone."""
    if not line.key:
        return line.sheet, line.row_id, "", ""
    keys = {one.key for one in lines if (one.sheet, one.row_id) == (line.sheet, line.row_id)}
    row = side.present(line.sheet).get(line.row_id, 0)
    columns = SHEETS[line.sheet].columns
    filled = tuple(
        i
        for i in binding(line.sheet)
        if (key := columns[i - 1].key) in keys or not _blank(side.raw(line.sheet, row, key))
    )
    at = SHEETS[line.sheet].by_key[line.key].position
    name = next(name for name, held in bound(line.sheet, filled) if at in held)
    return line.sheet, line.row_id, name, line.whose


def _blank(cell: Cell) -> bool:
    return cell is None or (isinstance(cell, str) and not cell.strip())


_WORDS: Final[Mapping[str, str]] = {
    "ours": "ours",
    "our": "ours",
    "mine": "ours",
    "theirs": "theirs",
    "their": "theirs",
}


class _Decider:
    """Turns one decision into edits, or says why it cannot."""

    def __init__(self, side: Side) -> None:
        self.side = side

    def edits(self, line: Line, choice: Cell) -> list[Edit] | str:
        """Return the edits of a decision, or why it cannot be carried out."""
        word = _WORDS.get(choice.strip().casefold(), "") if isinstance(choice, str) else ""
        if not word and isinstance(choice, str) and len(choice) < len("theirs") + 2:
            near = get_close_matches(choice.strip().casefold(), ("ours", "theirs"), 1)
            if near:
                return f'"{choice}" is not a decision; did you mean {near[0]}?'
        row = self.side.present(line.sheet).get(line.row_id, 0)
        if not line.key:
            return self._whole(line, word, row)
        return [] if word == "ours" else self._cell(line, line.theirs if word else choice, row)

    def _cell(self, line: Line, value: Cell, row: int) -> list[Edit] | str:
        if not row:
            return f"there is no single row {line.row_id} any more; decide with ours"
        if line.key not in self.side.place(line.sheet).columns:
            return "this workbook has no such column; decide with ours, or add it first"
        column = SHEETS[line.sheet].by_key[line.key]
        if value != line.theirs and not self._fits(column, value):
            return f'"{value}" does not fit the column'
        return [SetCell(At(line.sheet, line.row_id, line.key, row), value, "decided")]

    def _whole(self, line: Line, word: str, row: int) -> list[Edit] | str:
        if not word:
            return "a whole row is decided with ours or theirs"
        wanted = line.ours if word == "ours" else line.theirs
        if wanted == DELETED:
            return [RemoveRow(line.sheet, line.row_id, {}, "decided")] if row else []
        if not row:
            return f"there is no single row {line.row_id} any more"
        return []

    def _fits(self, column: Column, value: Cell) -> bool:
        if column.kind is ColumnKind.MONEY:
            return not isinstance(read_amount(value, ""), Wrong)
        epoch = dt.date(1904, 1, 1) if self.side.book.date1904 else dt.date(1899, 12, 30)
        return not isinstance(reader_for(column, self.side.lexicon, epoch)(value), Wrong)
