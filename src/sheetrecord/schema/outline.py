"""The outline of a schema version: the text whose digest changes when the schema changes.

Sheets, columns, lists, names, settings and live formulas belong to it; what only explains or
decorates (help, prompts' wording, widths, colours) does not.
"""

import hashlib
import json
from collections.abc import Iterator, Mapping
from typing import Any, Final

from sheetrecord.model.book import Book
from sheetrecord.model.value import Formula
from sheetrecord.schema.column import Column
from sheetrecord.schema.formulas.notation import expand
from sheetrecord.schema.lists import ENUMS
from sheetrecord.schema.packs import LANGUAGES, pack
from sheetrecord.schema.prompts import PROMPTS
from sheetrecord.schema.sheets import SHEETS

_DECORATION: Final = {"help", "front", "sheet", "position"}


def schema_digest() -> str:
    """Return the SHA-256 of everything that the schema declares, as hex digits."""
    declared = {
        "sheets": {key: [_column(column) for column in sheet.columns] for key, sheet in _sheets()},
        "lists": {enum: list(codes) for enum, codes in ENUMS.items()},
        "prompts": [list(prompt) for prompt in PROMPTS],
        "words": {language: _words(language) for language in LANGUAGES},
    }
    return _digest(declared)


def template_digest(book: Book) -> str:
    """Return the SHA-256 of a template's names and live formulas, wherever each stands."""
    sheets = {title: list(_formulas(book, title)) for title in book.sheets}
    area = {name: list(at) if at else None for name, at in sorted(book.names.items())}
    return _digest({"names": area, "formulas": sheets})


def _sheets() -> Iterator[tuple[str, Any]]:
    yield from SHEETS.items()


def _column(column: Column) -> dict[str, object]:
    told = {k: v for k, v in column._asdict().items() if k not in _DECORATION}
    return told | {
        "kind": column.kind.value,
        "owner": column.owner.value,
        "formula": expand(column),
    }


def _words(language: str) -> Mapping[str, object]:
    words = pack(language)
    return {"sheets": words.sheets, "columns": words.columns, "lists": words.enums}


def _formulas(book: Book, title: str) -> Iterator[tuple[int, int, str]]:
    for number, cells in sorted(book.sheets[title].columns.items()):
        for row, value in zip(cells.rows, cells.values, strict=True):
            if isinstance(value, Formula):
                yield row, number, value.text


def _digest(told: object) -> str:
    text = json.dumps(told, ensure_ascii=False, sort_keys=True, default=dict)
    return hashlib.sha256(text.encode()).hexdigest()
