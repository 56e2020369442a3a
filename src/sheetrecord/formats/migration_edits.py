"""Cell-level edits of a schema migration: headers, formulas, names, styles, new version."""

from collections.abc import Iterator
from typing import Final

from sheetrecord.core.migrate.list_words import WordsAdded
from sheetrecord.core.migrate.plan import Added, Migration, Renewed
from sheetrecord.formats.template.plan import is_hidden
from sheetrecord.formats.template.refresh_check import LAST_COLUMN, check_cells
from sheetrecord.model.book import Book, Range
from sheetrecord.model.cell_edits import Edit, PutCell, PutChoices, PutColumn, PutName
from sheetrecord.model.value import Cell, Formula
from sheetrecord.schema import names, settings
from sheetrecord.schema.column import Column, Kind
from sheetrecord.schema.origin import Origin, origin
from sheetrecord.schema.read.column_binding import SheetPlace
from sheetrecord.schema.sheets import SHEETS

_LIKE: Final = {
    Kind.REF: Kind.TEXT,
    Kind.PERSON: Kind.TEXT,
    Kind.LINK: Kind.TEXT,
    Kind.CURRENCY: Kind.TEXT,
    Kind.PROSE: Kind.TEXT,
}
"""Kinds of column that look alike."""


def edits(book: Book, migration: Migration) -> list[Edit]:
    """Return the edits that migrate a workbook to the present version, in order.

    Cells come together and so do names: neighbours of one kind are written at once.
    """
    cells: list[Edit] = []
    others: list[Edit] = []
    for change in migration.changes:
        if isinstance(change, Added):
            cells += _cells(book, migration, change)
            others += _around(migration, change)
        elif isinstance(change, Renewed):
            cells += _renewed(change)
        elif isinstance(change, WordsAdded):
            cells += (PutCell(change.title, *cell) for cell in change.cells)
            others += _longer(book, change)
        else:
            cells += _check(book, migration)
    cells += _version(book, migration)
    others.sort(key=lambda edit: isinstance(edit, PutName))
    return [*cells, *others, _origin(book, migration)]


def _longer(book: Book, change: WordsAdded) -> Iterator[Edit]:
    """Yield what lets names, and drop-downs that offer a list, reach down to its new words."""
    for name, area in change.names.items():
        was = book.names.get(name)
        if was is not None and was.sheet == area.sheet:
            yield PutChoices(was, area)
        yield PutName(name, area)


def _check(book: Book, migration: Migration) -> Iterator[Edit]:
    """Yield what makes Check and the sheet behind it those of this version.

    The hidden sheet is ours alone; on Check only formulas are ours, as nobody else writes there
    what follows from the record.
    """
    for title, wanted in check_cells(book, migration.layout).items():
        held = {
            (row, number): cell
            for number, cells in book.sheets[title].columns.items()
            for row, cell in zip(cells.rows, cells.values, strict=True)
        }
        for (row, number), value in wanted.items():
            if not _same(held.get((row, number)), value):
                yield PutCell(title, row, number, value)
        for (row, number), old in held.items():
            ours = book.sheets[title].state == "hidden" or number <= LAST_COLUMN
            if (row, number) not in wanted and isinstance(old, Formula) and ours:
                yield PutCell(title, row, number, None)


def _same(held: Cell, wanted: Cell) -> bool:
    if isinstance(held, Formula) and isinstance(wanted, Formula):
        return held.text == wanted.text
    return held == wanted


def _renewed(change: Renewed) -> Iterator[Edit]:
    for row in change.rows:
        text = change.formula.replace("\0", str(row))
        yield PutCell(change.title, row, change.number, Formula(text))


def _cells(book: Book, migration: Migration, change: Added) -> Iterator[Edit]:
    """Yield a new column's header and cells, each in the look of a column of the same kind."""
    place = migration.layout.sheets[change.column.sheet]
    like, head = _donor(place, change.column), change.header_row
    yield PutCell(change.title, head, change.number, change.header, (head, like))
    ids = place.columns[SHEETS[change.column.sheet].columns[0].key]
    for row in book.sheets[change.title].column(ids).rows:
        if row > head:
            text = change.formula.replace("\0", str(row))
            value = Formula(text) if text else None
            yield PutCell(change.title, row, change.number, value, (row, like))


def _around(migration: Migration, change: Added) -> Iterator[Edit]:
    """Yield what makes the column findable, and as wide or as hidden as others of its kind."""
    column = change.column
    like = _donor(migration.layout.sheets[column.sheet], column)
    yield PutColumn(change.title, change.number, like, is_hidden(column))
    row, number = change.header_row, change.number
    target = Range(change.title, row, number, row, number)
    yield PutName(names.column_name(column.sheet, column.key), target)


def _donor(place: SheetPlace, column: Column) -> int:
    """Return the column of a sheet that looks most like another: kind, who fills it, nearness."""
    kind = _LIKE.get(column.kind, column.kind)

    def apart(other: Column) -> tuple[bool, bool, bool, int]:
        return (
            _LIKE.get(other.kind, other.kind) is not kind,
            other.derived is not column.derived,
            other.owner is not column.owner,
            abs(other.position - column.position),
        )

    others = (one for one in SHEETS[column.sheet].columns if one.key != column.key)
    return place.columns[min((one for one in others if one.key in place.columns), key=apart).key]


def _version(book: Book, migration: Migration) -> Iterator[Edit]:
    area = book.names.get(names.setting_name("schema_version"))
    if area is not None and area.sheet in book.sheets:
        yield PutCell(area.sheet, area.top, area.left, float(migration.to))


def _origin(book: Book, migration: Migration) -> Edit:
    """Return the name that says what the workbook was made from, and its version by now."""
    made = origin(book.origin)
    language = made.language if made else migration.layout.language
    now = Origin(template_of(book), migration.to, language)
    return PutName(names.TEMPLATE, now.text)


def template_of(book: Book) -> str:
    """Return the template a workbook was made from, by its hidden name or its Settings."""
    return settings.template_of(book) or "consultancy"
