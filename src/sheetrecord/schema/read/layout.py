"""Locations in one workbook: each sheet, column, list and setting, found by identity.

A column is found by its defined name, which people's edits carry along; the header's text, in
any language we ship, is the second witness and the fallback. Whatever the two do not agree on
is said aloud: no column is lost in silence.
"""

from collections import Counter
from collections.abc import Mapping
from typing import NamedTuple

from sheetrecord.model.book import Book, Range, Sheet
from sheetrecord.model.phrase import Term
from sheetrecord.model.problem import Where
from sheetrecord.model.value import shown
from sheetrecord.schema import names
from sheetrecord.schema.read import headers
from sheetrecord.schema.read.column_binding import HEADER_SEARCH_ROWS, ColumnFinder, SheetPlace
from sheetrecord.schema.read.finding import Finding
from sheetrecord.schema.sheets import OPTIONAL, SHEETS


class RecordLayout(NamedTuple):
    """The places of a record's sheets, and what was noticed while looking for them."""

    sheets: Mapping[str, SheetPlace]
    names: Mapping[str, Range | None]
    language: str
    findings: tuple[Finding, ...]

    def where(self, sheet: str, row: int = 0, key: str = "", row_id: str = "") -> Where:
        """Return the present address of a cell, row, column or sheet of the record."""
        place = self.sheets.get(sheet)
        if place is None:
            return Where(sheet, row, 0, row_id, key)
        return Where(place.title, row, place.columns.get(key, 0), row_id, key)


def locate(book: Book, language: str) -> RecordLayout:
    """Find the record's sheets and columns in a workbook."""
    findings: list[Finding] = []
    places: dict[str, SheetPlace] = {}
    titles = _titles(book, language, findings)
    for key in SHEETS:
        title = titles.get(key)
        if title is None:
            if key not in OPTIONAL:
                findings.append(Finding("HEAD-001", Where(key), {"sheet": Term("usual", key)}))
            continue
        place = ColumnFinder(book, key, book.sheets[title], language, findings).place()
        if place is not None:
            places[key] = place
    return RecordLayout(places, book.names, language, tuple(findings))


def _by_names(book: Book) -> dict[str, str]:
    """Return sheet key -> the title that most names of its columns point at."""
    votes: dict[str, Counter[str]] = {key: Counter() for key in SHEETS}
    for key in SHEETS:
        for column in SHEETS[key].columns:
            area = book.names.get(names.column_name(key, column.key))
            if area is not None and area.sheet in book.sheets:
                votes[key][area.sheet] += 1
    return {key: max(vote, key=vote.__getitem__) for key, vote in votes.items() if vote}


def _titles(book: Book, language: str, findings: list[Finding]) -> dict[str, str]:
    """Return sheet key -> title: by defined names first, then by the title's meaning."""
    found = _by_names(book)
    lacking = any(key not in found for key in SHEETS if key not in OPTIONAL)
    for title in book.sheets if lacking else ():
        meant = headers.sheet_meaning(title, language)
        if meant in SHEETS and meant not in found:
            found[meant] = title
    for key, title in found.items():
        meant = headers.sheet_meaning(title, language)
        if meant != key:
            words = {"sheet": Term("usual", key), "title": title}
            findings.append(Finding("HEAD-010", Where(title), words))
    taken = set(found.values())
    for title in book.sheets:
        copied = _copied_from(book, title, found, taken, language)
        if copied:
            findings.append(Finding("HEAD-009", Where(title), {"title": title, "sheet": copied}))
    return found


def _copied_from(
    book: Book, title: str, found: Mapping[str, str], taken: set[str], language: str
) -> str:
    """Return the title of the record's sheet that this one looks like a copy of."""
    if title in taken:
        return ""
    for key, original in found.items():
        if original.casefold() not in title.casefold() and key.casefold() not in title.casefold():
            continue
        for number in range(1, HEADER_SEARCH_ROWS):
            if (
                len(_meanings(key, book.sheets[title], number, language))
                >= len(SHEETS[key].columns) // 2
            ):
                return original
    return ""


def _meanings(key: str, sheet: Sheet, row: int, language: str) -> dict[int, str]:
    """Return column number -> key for the known headers of a row."""
    known = headers.columns(key, language)
    return {
        column: known[headers.plain(shown(value))]
        for column, value in sheet.row(row).items()
        if headers.plain(shown(value)) in known
    }
