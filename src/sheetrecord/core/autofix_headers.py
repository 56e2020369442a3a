"""Mend what columns, settings and lists are known by: blank headers, lost hidden names."""

from collections.abc import Callable, Iterator
from typing import NamedTuple

from sheetrecord.model.book import Book, Range, quoted
from sheetrecord.model.problem import Problem, Where, column_letters
from sheetrecord.model.value import Cell, Formula
from sheetrecord.schema import names
from sheetrecord.schema.packs import pack
from sheetrecord.schema.read.layout import RecordLayout


class HeaderFix(NamedTuple):
    """One cell to mend: what stands there, what will, which rule asks for it and why.

    ``kept`` is a note's text that keeps what was typed there; ``name`` is a hidden name that the
    cell gets back, for what ``target`` says, its value staying as it is.
    """

    sheet: str
    where: Where
    old: Cell
    new: Cell
    code: str
    why: str
    kept: str = ""
    name: str = ""
    target: str = ""


class Heads:
    """Works out the headers and hidden names of one workbook that are gone."""

    def __init__(self, book: Book, layout: RecordLayout, cell: Callable[[Where], Cell]) -> None:
        self.book, self.layout, self.cell = book, layout, cell
        self._keys = {place.title: key for key, place in layout.sheets.items()}

    def mended(self, problem: Problem) -> Iterator[HeaderFix]:
        """Yield what a problem with headers or names asks for."""
        if problem.code == "HEAD-006":
            yield from self._column_name(problem)
        elif problem.code == "HEAD-008":
            yield from self._header(problem)
        elif problem.code == "HEAD-017":
            yield from self._names(problem.code)
        elif problem.code == "HEAD-021":
            yield from self._headers(problem)

    def _column_name(self, problem: Problem) -> Iterator[HeaderFix]:
        where, sheet = problem.where, self._keys.get(problem.where.sheet, "")
        if where.column and sheet:
            name = names.column_name(sheet, where.key)
            yield self._named(sheet, where, problem.code, name, name_target(where))

    def _header(self, problem: Problem) -> Iterator[HeaderFix]:
        where, sheet = problem.where, self._keys.get(problem.where.sheet, "")
        old = self.cell(where) if where.column and sheet else None
        if where.column and sheet and not isinstance(old, Formula):
            label = pack(self.layout.language).columns[sheet][where.key]
            yield HeaderFix(sheet, where, old, label, problem.code, "the column's header")

    def _headers(self, problem: Problem) -> Iterator[HeaderFix]:
        """Yield the headers of a sheet that are blank."""
        sheet = self._keys.get(problem.where.sheet, "")
        place = self.layout.sheets[sheet]
        for key, number in place.columns.items():
            where = Where(place.title, place.header_row, number, "", key)
            if self.cell(where) is None:
                yield from self._header(problem._replace(where=where))

    def _names(self, code: str) -> Iterator[HeaderFix]:
        """Yield every hidden name that is gone and whose place was found all the same."""
        for sheet, place in self.layout.sheets.items():
            for key, number in place.columns.items():
                name = names.column_name(sheet, key)
                if self.book.names.get(name) is None:
                    where = Where(place.title, place.header_row, number, "", key)
                    yield self._named(sheet, where, code, name, name_target(where))
        for name, area in self.layout.names.items():
            if area is not None and self.book.names.get(name) != area:
                where = Where(area.sheet, area.top, area.left)
                yield self._named(area.sheet, where, code, name, area_target(area))

    def _named(self, sheet: str, where: Where, code: str, name: str, target: str) -> HeaderFix:
        old = self.cell(where)
        return HeaderFix(sheet, where, old, old, code, "a hidden name", "", name, target)


def name_target(where: Where) -> str:
    """Return the text of a defined name for one cell.

    >>> name_target(Where("My deals", 3, 2))
    "'My deals'!$B$3"
    """
    letters = where._replace(sheet="").address.lstrip("!").rstrip("0123456789")
    return f"{quoted(where.sheet)}!${letters}${where.row}"


def area_target(area: Range) -> str:
    """Return the text of a defined name for a rectangle of cells.

    >>> area_target(Range("Lists", 6, 1, 23, 1)), area_target(Range("My set", 4, 2, 4, 2))
    ('Lists!$A$6:$A$23', "'My set'!$B$4")
    """
    first, last = (
        f"${column_letters(column)}${row}"
        for row, column in ((area.top, area.left), (area.bottom, area.right))
    )
    corners = first if first == last else f"{first}:{last}"
    return f"{quoted(area.sheet)}!{corners}"
