"""Rule examples as a workbook of another language holds them: its titles, headers and labels."""

import re
from collections.abc import Sequence

from rules.records import ASOF
from sheetrecord.formats.explained import book_in
from sheetrecord.model.book import Book
from sheetrecord.schema.read.parse import Parsed, parse


def read_in(language: str, tables: str) -> Parsed:
    """Return what a text's tables say as a workbook of a language."""
    return parse(book_in(language, tables), ASOF)


def own_texts(book: Book) -> list[str]:
    """Return what people typed into a workbook, the longest first."""
    found = {
        str(value)
        for sheet in book.sheets.values()
        for cells in sheet.columns.values()
        for row, value in zip(cells.rows, cells.values, strict=True)
        if row > 1
    }
    return sorted(found, key=len, reverse=True)


def bare(sentence: str, typed: Sequence[str]) -> str:
    """Return a sentence without commands and without what people typed."""
    left = re.sub(r"`[^`]*`", " ", sentence)
    for text in typed:
        if len(text) > 2:
            left = left.replace(text, " ")
            left = left.replace(text[:47] + "...", " ")
    return left
