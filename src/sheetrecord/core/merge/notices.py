"""Notices: content of their copy that a merge sees but cannot bring over, reported in words."""

from collections.abc import Iterator, Mapping
from typing import Final, NamedTuple

from sheetrecord.core.menu_requests import LIST, SHEET
from sheetrecord.core.merge import similarity
from sheetrecord.core.merge.conflict_list import FIRST_ROW, listed_at
from sheetrecord.core.merge.new_rows import Paired
from sheetrecord.core.merge.side import Side
from sheetrecord.core.merge.similarity import Cells
from sheetrecord.model.book import Range, Sheet
from sheetrecord.model.value import Cell, Formula, shown
from sheetrecord.schema.packs import pack
from sheetrecord.schema.read.headers import plain
from sheetrecord.schema.sheets import OPTIONAL, SHEETS

Column = Mapping[int, Cell]

WRITTEN: Final = frozenset({"Start", "Check"})
"""Sheets that this program generates from the record; they hold nothing typed by users."""


class Notice(NamedTuple):
    """Something that was not merged: its kind, sheet, column (key or header), text and row id."""

    kind: str
    sheet: str
    column: str
    words: str
    row_id: str = ""


def notices(paired: Paired) -> Iterator[Notice]:
    """Yield what their copy holds outside the record's columns, and columns it does not show."""
    base, ours, theirs = paired.base.side, paired.ours.side, paired.theirs.side
    for sheet in SHEETS:
        yield from _unobserved(sheet, ours, theirs)
        yield from _unknown_here(sheet, paired)
        if sheet in paired.theirs.rows and sheet in theirs.layout.sheets:
            yield from _own_columns(sheet, paired)
    yield from _renamed(paired)
    yield from _other_sheets(base, ours, theirs)


def _unobserved(sheet: str, ours: Side, theirs: Side) -> Iterator[Notice]:
    if not theirs.shows(sheet):
        if ours.shows(sheet) and (sheet not in OPTIONAL or sheet in theirs.layout.sheets):
            words = "their copy has no such sheet, or it has no ids; nothing of it was merged"
            yield Notice("unobserved", sheet, "", words)
        return
    if not ours.shows(sheet):
        words = "our copy has no such sheet, or it has no ids; nothing of theirs was merged"
        yield Notice("unobserved", sheet, "", words)
        return
    for column in SHEETS[sheet].columns:
        if column.position in theirs.missing[sheet] - ours.missing[sheet] and not column.derived:
            words = "their copy does not show this column; ours stays as it is"
            yield Notice("unobserved", sheet, column.key, words)


def _unknown_here(sheet: str, paired: Paired) -> Iterator[Notice]:
    """Yield the record's columns that only their copy has, as after an upgrade of its template."""
    base, ours, theirs = paired.base.side, paired.ours.side, paired.theirs.side
    if not (ours.shows(sheet) and theirs.shows(sheet)):
        return
    blank = similarity.blank_row(sheet)
    only = (ours.missing[sheet] & base.missing[sheet]) - theirs.missing[sheet]
    for i in similarity.typed(sheet):
        if i in only:
            count = sum(cells[i] != blank[i] for cells in paired.theirs.rows[sheet].values())
            if count:
                words = f"our copy has no such column; {count} cell{_s(count)} of theirs not merged"
                yield Notice("no-column", sheet, SHEETS[sheet].columns[i - 1].key, words)


def _own_columns(sheet: str, paired: Paired) -> Iterator[Notice]:
    """Yield the columns that somebody added to their copy and that hold something new to us."""
    theirs, ours, base = paired.theirs.side, paired.ours.side, paired.base.side
    mine = {plain(header): number for header, number in ours.own(sheet)}
    before = {plain(header): number for header, number in base.own(sheet)}
    for header, number in theirs.own(sheet):
        cells = _cells(theirs, sheet, number)
        old = _cells(base, sheet, before.get(plain(header), 0))
        now = _cells(ours, sheet, mine.get(plain(header), 0))
        count = sum(
            _new_to_us(id_, paired, sheet, (cells, old, now)) for id_ in paired.theirs.rows[sheet]
        )
        if count:
            lacks = "" if plain(header) in mine else "; our copy has no such column"
            words = f"{count} cell{_s(count)} of their own column not merged{lacks}"
            yield Notice("own-column", sheet, header, words)


def _new_to_us(id_: str, paired: Paired, sheet: str, own: tuple[Column, Column, Column]) -> bool:
    """Tell whether a cell of an own column says something that neither base nor ours does."""
    value = _seen(own[0], paired.theirs.rows[sheet][id_])
    start = paired.base.rows.get(sheet, {}).get(id_)
    mine = paired.ours.rows.get(sheet, {}).get(id_)
    old = _seen(own[1], start) if start else None
    now = _seen(own[2], mine) if mine else None
    return value not in (old, now)


def _cells(side: Side, sheet: str, number: int) -> Column:
    place = side.layout.sheets.get(sheet)
    if not place or not number:
        return {}
    cells = side.book.sheets[place.title].column(number)
    return dict(zip(cells.rows, cells.values, strict=False))


def _seen(cells: Column, row: Cells) -> object:
    cell = cells.get(row[0])
    return None if isinstance(cell, Formula) else shown(cell)


def _renamed(paired: Paired) -> Iterator[Notice]:
    for (sheet, old), new in paired.renamed.items():
        if new in paired.base.rows.get(sheet, {}):
            continue
        words = f"{old} means another row in our copy; theirs is {new} here"
        yield Notice("new-id", sheet, "", words, new)


def _other_sheets(base: Side, ours: Side, theirs: Side) -> Iterator[Notice]:
    """Yield the sheets outside the record that differ from the base in their copy."""
    listed = listed_at(theirs.book)
    if listed is not None and listed.sheet not in theirs.book.sheets:
        listed = None
    if listed and len(theirs.book.sheets[listed.sheet].column(1).rows) >= FIRST_ROW:
        words = "their copy lists conflicts that nobody decided; they were not merged"
        yield Notice("own-sheet", listed.sheet, "", words)
    known = _known_titles(theirs, listed)
    for title in theirs.book.sheets:
        words = "" if title in known else _not_merged(title, base, ours, theirs)
        if words:
            yield Notice("own-sheet", title, "", words)


def _known_titles(theirs: Side, listed: Range | None) -> set[str]:
    """Return the titles of the sheets that are the record's or ours alone."""
    known = {place.title for place in theirs.layout.sheets.values()}
    titles = pack(theirs.layout.language).sheets
    known |= {titles.get(key, key) for key in WRITTEN} | {"sr_check", "sr_stamp", SHEET, LIST}
    return known if listed is None else known | {listed.sheet}


def _not_merged(title: str, base: Side, ours: Side, theirs: Side) -> str:
    """Say what one of their sheets outside the record holds that ours does not; else nothing."""
    sheet = theirs.book.sheets[title]
    if title not in ours.book.sheets:
        used = any(cells.rows for cells in sheet.columns.values())
        return "our copy has no such sheet; it was not merged" if used else ""
    if sheet.says_what(ours.book.sheets[title]):
        return ""
    before = base.book.sheets.get(title)
    count = _changed_cells(sheet, ours.book.sheets[title], before)
    return f"{count} cell{_s(count)} changed in their copy not merged" if count else ""


def _changed_cells(sheet: Sheet, ours: Sheet, base: Sheet | None) -> int:
    """Count the cells that they wrote or emptied and that do not stand so in ours."""
    held, mine = _content(sheet), _content(ours)
    before = _content(base) if base is not None else {}
    written = sum(cell not in (before.get(spot), mine.get(spot)) for spot, cell in held.items())
    computed = set(_formulas(sheet))
    return written + sum(s not in held and s not in computed and s in mine for s in before)


def _content(sheet: Sheet) -> dict[tuple[int, int], Cell]:
    return {
        (row, number): value
        for number, cells in sheet.columns.items()
        for row, value in zip(cells.rows, cells.values, strict=False)
        if not isinstance(value, Formula)
    }


def _formulas(sheet: Sheet) -> Iterator[tuple[int, int]]:
    for number, cells in sheet.columns.items():
        for row, value in zip(cells.rows, cells.values, strict=False):
            if isinstance(value, Formula):
                yield row, number


def _s(count: int) -> str:
    return "" if count == 1 else "s"
