"""Rule examples as a workbook of another language holds them: its titles, headers and labels."""

import re
from collections.abc import Sequence
from typing import Any

from rules.records import ASOF
from sheetrecord.formats.markdown import parse_tables
from sheetrecord.model.book import Book, Cells, Range, Sheet
from sheetrecord.schema import names
from sheetrecord.schema.column import Column, Kind
from sheetrecord.schema.packs import pack
from sheetrecord.schema.read.parse import Parsed, parse
from sheetrecord.schema.sheets import OPTIONAL, SHEETS

SETTING = names.setting_name("language")


def book_in(language: str, tables: str) -> Book:
    """Return the tables of a text as a workbook that says it is in a language."""
    words = pack(language)
    there = parse_tables(tables).sheets
    sheets = [translated(sheet, language) for sheet in there.values()]
    sheets += [
        translated(headed(key), language) for key in SHEETS if key not in {*there, *OPTIONAL}
    ]
    title = words.sheets["Settings"]
    sheets.append(Sheet(title, {1: Cells([1], ["language"]), 2: Cells([1], [language])}))
    return Book("book", sheets, names={SETTING: Range(title, 1, 2, 1, 2)})


def headed(key: str) -> Sheet:
    """Return a sheet with nothing but its headers."""
    columns = enumerate(SHEETS[key].columns, start=1)
    return Sheet(key, {number: Cells([1], [column.key]) for number, column in columns})


def read_in(language: str, tables: str) -> Parsed:
    """Return what a text's tables say as a workbook of a language."""
    return parse(book_in(language, tables), ASOF)


def translated(sheet: Sheet, language: str) -> Sheet:
    """Return a sheet of canonical keys and codes with a language's words."""
    words = pack(language)
    columns: dict[int, Cells] = {}
    for number, cells in sheet.columns.items():
        key = next(v for row, v in zip(cells.rows, cells.values, strict=True) if row == 1)
        column = SHEETS[sheet.name].by_key.get(str(key))
        values = [
            words.columns[sheet.name].get(str(key), key) if row == 1 else label(column, v, language)
            for row, v in zip(cells.rows, cells.values, strict=True)
        ]
        columns[number] = Cells(cells.rows, values)
    return Sheet(words.sheets[sheet.name], columns)


def label(column: Column | None, value: Any, language: str) -> Any:
    """Return a code's label, anything else as it is."""
    if column is None:
        return value
    questions = {text: kind for kind, text in pack("en").prompts.items()}
    if value in questions:
        return pack(language).prompts[questions[value]]
    if column.kind is Kind.FLAG and value == "yes":
        return pack(language).enums["yes"]["yes"]
    if column.kind is Kind.ENUM:
        return pack(language).enums[column.enum].get(str(value), value)
    return value


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
