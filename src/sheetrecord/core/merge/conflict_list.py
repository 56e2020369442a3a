"""The sheet that lists conflicts in a workbook: its lines, and the decisions typed into it."""

import datetime as dt
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from typing import Any, Final, NamedTuple

from sheetrecord.core.merge.conflict_words import (
    FIELDS,
    fields,
    headlines,
    in_english,
    in_words,
    is_vague,
    near_side,
    said,
    side_of,
)
from sheetrecord.core.merge.rows import binding, bound
from sheetrecord.core.merge.side import Side
from sheetrecord.core.merge.subjects import Subject
from sheetrecord.model.book import Book, Range, Sheet
from sheetrecord.model.conflict import Conflict, ConflictKind, Wanted, Whole
from sheetrecord.model.edit import At, Edit, RemoveRow, SetValue
from sheetrecord.model.value import Cell, shown
from sheetrecord.schema.column import Column
from sheetrecord.schema.column import Kind as ColumnKind
from sheetrecord.schema.plaintext import meant
from sheetrecord.schema.read import headers
from sheetrecord.schema.read.headers import plain
from sheetrecord.schema.read.kinds import Wrong, read_amount, reader_for
from sheetrecord.schema.sheets import SHEETS

MARK: Final = "sr_conflicts"
"""The defined name that tells our list from a sheet of the firm's with the same title."""

FIRST_ROW: Final = 4
WHOLE: Final = "(whole row)"
DELETED: Final = "(row deleted)"


class ConflictLine(NamedTuple):
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
    """The decisions of a list: edits, lines settled, and lines left open with the reason."""

    plan: tuple[Edit, ...]
    settled: tuple[ConflictLine, ...]
    left: tuple[tuple[ConflictLine, str], ...]


def line_of(conflict: Conflict) -> ConflictLine:
    """Return the line that lists a conflict."""
    at = conflict.at
    base, ours, theirs = map(told, (conflict.base, conflict.ours, conflict.theirs))
    why = conflict.kind.value
    if conflict.group and conflict.kind is ConflictKind.EDIT:
        why = "both changed what belongs together"
    return ConflictLine(0, at.sheet, at.row_id, at.key, base, ours, theirs, None, why)


def told(side: Wanted) -> Cell:
    """Return one side of a conflict as the list shows it."""
    if isinstance(side, Whole):
        return DELETED if side.gone else side.text or "(row kept)"
    return side


def texts(line: ConflictLine, side: Side, about: Subject) -> Mapping[str, Cell]:
    """Return the cells of a line by list field, in our copy's language and with its labels."""
    place, language = side.layout.sheets.get(line.sheet), side.layout.language
    header: Cell = line.key or in_words(language, WHOLE)
    if place and line.key in place.columns:
        found = shown(side.raw(line.sheet, place.header_row, line.key))
        header = found if isinstance(found, str) else line.key
    sides = (in_our_words(cell, line, side) for cell in (line.ours, line.theirs, line.base))
    ours, theirs, base = sides
    why, whose = (in_words(language, text) for text in (line.why, line.whose))
    return {
        "client": about.client,
        "deal": about.deal,
        "sheet": place.title if place else line.sheet,
        "row_id": line.row_id,
        "column": header,
        "ours": ours,
        "theirs": theirs,
        "keep": line.keep,
        "base": base,
        "why": why,
        "whose": whose,
        "seen": line.seen,
    }


def in_our_words(cell: Cell, line: ConflictLine, side: Side) -> Cell:
    """Return one side of a conflict in our copy's language, an enum code as our label for it."""
    if not isinstance(cell, str):
        return cell
    if not line.key:
        return in_words(side.layout.language, cell)
    code = code_of(cell, line, side)
    enum = SHEETS[line.sheet].by_key[line.key].enum
    return cell if code is cell else side.lexicon.labels.get((enum, str(code)), cell)


def code_of(cell: Cell, line: ConflictLine, side: Side) -> Cell:
    """Return the enum code that a label stands for in our lists; any other cell unchanged.

    Raises KeyError for a line whose sheet is not one of the record's.
    """
    column = SHEETS[line.sheet].by_key.get(line.key)
    if not isinstance(cell, str) or column is None or column.kind is not ColumnKind.ENUM:
        return cell
    text = cell.strip()
    accepted = side.lexicon.accept.get(column.enum, {}).get(text)
    return accepted or side.lexicon.loose(column.enum, text) or cell


class Listing(NamedTuple):
    """A workbook's list of conflicts: sheet title, column number by field, and lines.

    The title is empty when the workbook has no list.
    """

    title: str = ""
    columns: Mapping[str, int] = {}
    lines: Sequence[ConflictLine] = ()


def read_listing(side: Side) -> Listing:
    """Return a workbook's list of conflicts, whatever its language and column order; empty if none.

    Lines that name no sheet or column of the record are skipped.
    """
    area = listed_at(side.book)
    if area is None or area.sheet not in side.book.sheets:
        return Listing()
    sheet = side.book.sheets[area.sheet]
    columns = _columns(sheet, area.top + FIRST_ROW - 2)
    return Listing(area.sheet, columns, list(_lines(sheet, side, area.top, columns)))


def read_lines(side: Side) -> tuple[str, list[ConflictLine]]:
    """Return the title and lines of a workbook's list of conflicts; ("", []) when it has none."""
    found = read_listing(side)
    return found.title, list(found.lines)


def listed_at(book: Book) -> Range | None:
    """Return the range where the list of conflicts begins, None when the workbook has no list.

    A workbook with defined names has it under `MARK`; other formats by the list's headline in A1.
    """
    if book.live or MARK in book.names:
        return book.names.get(MARK)
    known = headlines()  # a format without names
    found = (s.name for s in book.sheets.values() if s.row(1).get(1) in known)
    title = next(found, "")
    return Range(title, 1, 1, 1, 1) if title else None


def _columns(sheet: Sheet, row: int) -> Mapping[str, int]:
    """Return where each column of the list stands: by its header, or else in our order."""
    known = fields()
    found: dict[str, int] = {}
    for number, header in sorted(sheet.row(row).items()):
        field = known.get(plain(shown(header)))
        if field:
            found.setdefault(field, number)
    needed = {"sheet", "row_id", "column", "ours", "theirs", "keep"}
    return found if needed <= found.keys() else {f: i for i, f in enumerate(FIELDS, start=1)}


def _lines(sheet: Sheet, side: Side, top: int, at: Mapping[str, int]) -> Iterator[ConflictLine]:
    columns = {
        field: dict(zip(cells.rows, cells.values, strict=False))
        for field in FIELDS
        for cells in (sheet.column(at.get(field, 0)),)
    }
    titles = {place.title: key for key, place in side.layout.sheets.items()}
    first = top + FIRST_ROW - 1
    for row in sorted({row for column in columns.values() for row in column if row >= first}):
        cell = {field: shown(column.get(row)) for field, column in columns.items()}
        line = _line(row, titles.get(str(cell["sheet"] or ""), ""), cell, side)
        if line is not None:
            yield line


def _line(row: int, sheet: str, cell: Mapping[str, Any], side: Side) -> ConflictLine | None:
    """Return the line that a row of the list is, if it names a sheet and a column of the record."""
    column = _key(sheet, cell["column"], side) if sheet else None
    if column is None:
        return None
    told = (cell[field] for field in ("base", "ours", "theirs", "keep"))
    one, two, three, four = (_meant(side, sheet, column, each) for each in told)
    why, whose = (in_english(str(cell[field] or "")) for field in ("why", "whose"))
    sides = (one, two, three, four, why, whose, cell["seen"])
    return ConflictLine(row, sheet, str(cell["row_id"]), column, *sides)


def _meant(side: Side, sheet: str, key: str, cell: Cell) -> Cell:
    """Return a cell of the list as its column means it; a file of texts holds nothing else."""
    if not key:
        return in_english(cell) if isinstance(cell, str) else cell
    return cell if side.live else meant(SHEETS[sheet].by_key[key].kind, cell)


def _key(sheet: str, header: Cell, side: Side) -> str | None:
    """Return the column that a line is about: empty for the whole row, None for an unknown one."""
    if isinstance(header, str) and in_english(header) == WHOLE:
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


def unlisted(lines: Iterable[ConflictLine], known: Sequence[ConflictLine]) -> list[ConflictLine]:
    """Return the lines that ``known`` lacks, by sheet, row id, column and their value."""
    have = {(one.sheet, one.row_id, one.key, repr(one.theirs)) for one in known}
    return [one for one in lines if (one.sheet, one.row_id, one.key, repr(one.theirs)) not in have]


def decide(
    lines: Sequence[ConflictLine],
    side: Side,
    for_all: str = "",
    elsewhere: Collection[tuple[str, str]] = (),
) -> Decided:
    """Return the edits that the ``keep`` column asks for.

    ``for_all`` decides the lines without one. ``ours`` leaves the cell as it stands now, ``theirs``
    writes the other value, and anything else is the value to write, if its column accepts it. A
    decision that cannot be carried out is returned in ``left`` with the reason in the workbook's
    language. ``elsewhere`` are rows (sheet, id) that are there although ``side`` does not show
    them: they can be decided about as well.
    """
    plan: list[Edit] = []
    settled: list[ConflictLine] = []
    left: list[tuple[ConflictLine, str]] = []
    decider = _Decider(side, elsewhere)
    for line in together(lines, side):
        choice = line.keep if not _blank(line.keep) else for_all or None
        if choice is None:
            left.append((line, said(side.layout.language, "undecided")))
            continue
        found = decider.edits(line, choice)
        if isinstance(found, str):
            left.append((line, found))
        else:
            plan += found
            settled.append(line)
    return Decided(tuple(plan), tuple(settled), tuple(left))


def together(lines: Sequence[ConflictLine], side: Side) -> Iterator[ConflictLine]:
    """Yield the lines; a decision for one cell is copied to undecided cells of its column group."""
    groups = [_group(line, lines, side) for line in lines]
    words: dict[tuple[str, ...], Cell] = {}
    for line, group in zip(lines, groups, strict=True):
        if isinstance(line.keep, str) and side_of(line.keep):
            words.setdefault(group, line.keep)
    for line, group in zip(lines, groups, strict=True):
        word = words.get(group) if _blank(line.keep) else None
        yield line if word is None else line._replace(keep=word)


def _group(line: ConflictLine, lines: Sequence[ConflictLine], side: Side) -> tuple[str, ...]:
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


def goes(line: ConflictLine, word: str) -> bool:
    """Tell whether a word for a side (`side_of`) decides that a whole row goes."""
    return (line.ours if word == "ours" else line.theirs) == DELETED


class _Decider:
    """Turns one decision into edits, or says why it cannot."""

    def __init__(self, side: Side, elsewhere: Collection[tuple[str, str]]) -> None:
        self.side, self.elsewhere = side, elsewhere

    def _said(self, key: str, **parts: object) -> str:
        return said(self.side.layout.language, key, **{k: str(v) for k, v in parts.items()})

    def edits(self, line: ConflictLine, choice: Cell) -> list[Edit] | str:
        """Return the edits of a decision, or why it cannot be carried out."""
        row = self.side.present(line.sheet).get(line.row_id)
        word = ""
        if isinstance(choice, str):
            word = side_of(choice)
            if not word and not self._one_of(choice, line):
                if near := near_side(choice, self.side.layout.language):
                    return self._said("near", word=choice, near=near)
                if is_vague(choice):
                    return self._said("no_word", word=choice)
        if not line.key:
            return self._whole(line, word, row)
        return [] if word == "ours" else self._cell(line, line.theirs if word else choice, row)

    def _one_of(self, choice: str, line: ConflictLine) -> bool:
        """Tell whether a text is a word that the column's list or one of the sides has."""
        if choice in {cell for cell in (line.base, line.ours, line.theirs) if cell is not None}:
            return True
        return code_of(choice, line, self.side) is not choice

    def _cell(self, line: ConflictLine, value: Cell, row: int | None) -> list[Edit] | str:
        if row == 0:
            return self._said("many_rows", row=line.row_id)
        if row is None and self._missing(line):
            return self._said("no_row", row=line.row_id)
        if line.key not in self.side.place(line.sheet).columns:
            return self._said("no_column")
        column = SHEETS[line.sheet].by_key[line.key]
        if value != line.theirs and not self._fits(column, value):
            return self._said("no_fit", word=value)
        return [SetValue(At(line.sheet, line.row_id, line.key, row or 0), value, "decided")]

    def _missing(self, line: ConflictLine) -> bool:
        return (line.sheet, line.row_id) not in self.elsewhere

    def _whole(self, line: ConflictLine, word: str, row: int | None) -> list[Edit] | str:
        """Return what becomes of a row; one whose id stands twice can stay, but not go."""
        if not word:
            return self._said("whole_word")
        if goes(line, word):
            if row == 0:
                return self._said("many_rows", row=line.row_id)
            return [RemoveRow(line.sheet, line.row_id, {}, "decided")] if row else []
        if row is None and self._missing(line):
            return self._said("no_row", row=line.row_id)
        return []

    def _fits(self, column: Column, value: Cell) -> bool:
        if column.kind is ColumnKind.MONEY:
            return not isinstance(read_amount(value, ""), Wrong)
        epoch = dt.date(1904, 1, 1) if self.side.book.date1904 else dt.date(1899, 12, 30)
        return not isinstance(reader_for(column, self.side.lexicon, epoch)(value), Wrong)
