"""What is wrong with the shape of a sheet: typed-over formulas, merged cells, totals, gaps."""

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from itertools import pairwise

from sheetrecord.model.book import Book, Cells, Sheet
from sheetrecord.model.edit import At, SetValue
from sheetrecord.model.problem import Where
from sheetrecord.model.value import Cell, CellError, Formula, shown
from sheetrecord.schema.column import Column, Kind, Row
from sheetrecord.schema.formulas.notation import render
from sheetrecord.schema.read.column_binding import SheetPlace
from sheetrecord.schema.read.finding import Finding
from sheetrecord.schema.read.layout import RecordLayout
from sheetrecord.schema.read.places import BookPlaces
from sheetrecord.schema.sheets import SHEETS

_MOST = 25
"""More typed-over cells than this in one column are said once, with their number."""

_TOTALS = {"total", "totals", "sum", "summe", "gesamt", "suma", "totales", "totaux", "somme"}


def shape(book: Book, layout: RecordLayout, rows: dict[str, list[Row]]) -> Iterator[Finding]:
    """Yield findings about the shape of a workbook whose rows were read."""
    places = BookPlaces(book, layout)
    for key, place in layout.sheets.items():
        sheet = book.sheets[place.title]
        yield from _merged(sheet, place)
        for row, number in totals(sheet, place, key).items():
            yield Finding("ROW-004", Where(place.title, row, number), {"row": row})
        for row in sorted(headers_again(sheet, place, SHEETS[key])):
            yield Finding("ROW-015", Where(place.title, row), {"row": row})
        if book.live:
            for column in SHEETS[key].columns:
                if column.formula and column.key in place.columns:
                    yield from _formulas(sheet, place, column, rows[key], places)
        yield from _gaps(place, rows[key])
        yield from _empty_before(sheet, place, SHEETS[key], rows[key])


def _empty_before(
    sheet: Sheet, place: SheetPlace, declared: type[Row], rows: Sequence[Row]
) -> Iterator[Finding]:
    """Yield ids of filled rows that an empty row above them has, too: sheets find that one."""
    column = declared.columns[0]
    number = place.columns.get(column.key, 0)
    cells = sheet.column(number)
    used = {row.row for row in rows}
    first: dict[object, int] = {}
    for at, cell in zip(cells.rows, cells.values, strict=True):
        if at > place.header_row and at not in used:
            first.setdefault(shown(cell), at)
    for row in rows if first else ():
        empty = first.get(row.id, row.row)
        if empty < row.row:
            where = Where(place.title, empty, number, row.id, column.key)
            yield Finding("ROW-014", where, {"id": row.id, "row": empty, "filled": row.row})


def _formulas(
    sheet: Sheet, place: SheetPlace, column: Column, rows: Sequence[Row], places: BookPlaces
) -> Iterator[Finding]:
    """Yield engine cells that are blank or hold a value where a formula belongs."""
    number = place.columns[column.key]
    cells = sheet.column(number)
    if rows and _unbroken(cells, rows[0].row, rows[-1].row):
        return
    found = dict(zip(cells.rows, cells.values, strict=False))
    over: list[Row] = []
    gone: list[Row] = []
    for row in rows:
        cell = found.get(row.row)
        if cell.__class__ is Formula:
            continue
        if cell is None:
            gone.append(row)
        elif not column.override and not isinstance(cell, CellError):
            over.append(row)
    if len(over) > _MOST:
        words = {"column": column.key, "count": len(over), "first": over[0].row}
        fix = tuple(_restored(column, row, places) for row in over)
        where = Where(place.title, over[0].row, number, over[0].id, column.key)
        yield Finding("ROW-008", where, words, _whole(fix))
    else:
        for row in over:
            where = Where(place.title, row.row, number, row.id, column.key)
            words = {"column": column.key, "value": _short(found[row.row])}
            yield Finding("ROW-006", where, words, _whole((_restored(column, row, places),)))
    if gone:
        words = {"column": column.key, "count": len(gone), "first": gone[0].row}
        where = Where(place.title, gone[0].row, number, gone[0].id, column.key)
        fix = tuple(_restored(column, row, places) for row in gone[:1000])
        yield Finding("ROW-007", where, words, _whole(fix))


def _unbroken(cells: Cells, first: int, last: int) -> bool:
    """Tell whether every row from the first to the last holds a formula."""
    start, stop = bisect_left(cells.rows, first), bisect_right(cells.rows, last)
    whole = stop - start == last - first + 1
    return whole and set(map(type, cells.values[start:stop])) == {Formula}


def _restored(column: Column, row: Row, places: BookPlaces) -> SetValue | None:
    """Return the edit that puts the formula back, or None when it refers to what is gone."""
    try:
        text = render(column, row.row, places)
    except KeyError:
        return None
    at = At(column.sheet, row.id, column.key, row.row)
    return SetValue(at, Formula(text), "put the formula back")


def _whole(fix: tuple[SetValue | None, ...]) -> tuple[SetValue, ...]:
    """Return the fix only when every part of it is known."""
    known = tuple(edit for edit in fix if edit is not None)
    return known if len(known) == len(fix) else ()


def _merged(sheet: Sheet, place: SheetPlace) -> Iterator[Finding]:
    for area in sheet.merged:
        if area.bottom >= place.header_row:
            where = Where(place.title, area.top, area.left)
            yield Finding("ROW-009", where, {"row": area.top})


def totals(sheet: Sheet, place: SheetPlace, key: str) -> dict[int, int]:
    """Return row -> column of rows that add up the data: they look like data and are not.

    Such a row says that it is a total and belongs to no deal. Where it stands does not count: a
    row must be read the same in every copy, whatever other rows each of them has below it.
    """
    owner = place.columns.get("deal_id" if key != "Deal" else "client", 0)
    owned = set(sheet.column(owner).rows)
    found: dict[int, int] = {}
    for column in SHEETS[key].columns:
        number = place.columns.get(column.key, 0)
        if not number or column.derived or column.key in {"client", "deal_id"}:
            continue
        cells: Cells = sheet.column(number)
        if owned.issuperset(cells.rows):
            continue
        pairs = zip(cells.rows, cells.values, strict=False)
        loose = [one for one in pairs if one[0] not in owned and one[0] > place.header_row]
        adding = set(filter(_adds_up, {value for _, value in loose}))  # each word is read once
        for row, value in loose if adding else ():
            if value in adding:
                found.setdefault(row, number)
    return found


_TELLING = 4
"""So many columns of what people type tell whether a row repeats the headers."""


def headers_again(sheet: Sheet, place: SheetPlace, declared: type[Row]) -> set[int]:
    """Return the rows below the headers that repeat them: they were pasted along with the data."""
    top = place.header_row
    typed = [column.key for column in declared.columns[1:] if not column.derived]
    found: list[set[int]] = []
    for number in [place.columns[key] for key in typed if key in place.columns][:_TELLING]:
        rows, values = sheet.column(number)
        at = bisect_left(rows, top)
        header = values[at] if at < len(rows) and rows[at] == top else None
        if isinstance(header, str) and values.count(header) > 1:
            pairs = zip(rows, values, strict=True)
            found.append({row for row, cell in pairs if row > top and cell == header})
    return set.intersection(*found) if len(found) == _TELLING else set()


def _adds_up(value: Cell) -> bool:
    text = value if isinstance(value, str) else shown(value)
    return isinstance(text, str) and text.strip(" :").casefold() in _TOTALS


def _gaps(place: SheetPlace, rows: Sequence[Row]) -> Iterator[Finding]:
    """Yield blank rows between filled ones: a filter or a sort stops there."""
    numbers = [row.row for row in rows]
    if not numbers:
        return
    gaps = [(a + 1, b - 1) for a, b in pairwise(numbers) if b - a > 1]
    for first, last in gaps[:1]:
        words = {"first": first, "last": last, "count": len(gaps)}
        yield Finding("ROW-005", Where(place.title, first), words)


def _short(cell: Cell) -> str:
    text = " ".join(str(cell).split())
    return text if len(text) <= 30 else text[:27] + "..."


def typed_positions(declared: type[Row], preseeded: frozenset[str]) -> tuple[int, ...]:
    """Return the items of a row that only a person fills: not ids, not what waits there anyway."""
    return tuple(
        column.position
        for column in declared.columns
        if column.kind is not Kind.ID and column.key not in preseeded and not column.derived
    )


def said(row: Row, preseeded: frozenset[str]) -> bool:
    """Return whether a person has typed into a row, prefilled cells not counted."""
    return any(row[i] for i in typed_positions(type(row), preseeded))
