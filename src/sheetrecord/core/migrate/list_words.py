"""Words that come to the lists of an older workbook: in free rows of a list, or just below it."""

from collections.abc import Iterator, Mapping
from typing import NamedTuple

from sheetrecord.model.book import Book, Range
from sheetrecord.schema import names
from sheetrecord.schema.packs import pack
from sheetrecord.schema.read.layout import RecordLayout
from sheetrecord.schema.steps.step import AddCodes, AddQuestions

QUESTIONS = 6
"""The column of Lists in which questions stand, as in a new workbook."""

OFF = "off"
"""The level of a question that an older workbook knows and does not ask."""


class WordsAdded(NamedTuple):
    """Words put into a list of the Lists sheet: cells, and the areas that its names now have."""

    enum: str
    title: str
    cells: tuple[tuple[int, int, str], ...]
    names: Mapping[str, Range]
    added: int


def added_words(book: Book, layout: RecordLayout, op: AddCodes | AddQuestions) -> WordsAdded | None:
    """Return what a step adds to a list; None where there is no such list, or nothing is missing.

    A word for which there is no room is left out: the record understands it all the same.
    """
    label, code = (layout.names.get(names.list_name(op.enum, part)) for part in ("label", "code"))
    if label is None or code is None or label.sheet not in book.sheets:
        return None
    if isinstance(op, AddQuestions):
        return _questions(book, layout, op.enum, code)
    known = {str(value) for value in book.cells(code).values()}
    missing = [one for one in op.codes if one not in known]
    rows = list(_free(book, code))[: len(missing)]
    if not rows:
        return None
    words = pack(layout.language)
    cells: list[tuple[int, int, str]] = []
    for row, one in zip(rows, missing, strict=False):
        cells += [(row, label.left, words.enums[op.enum][one]), (row, code.left, one)]
        cells += _asked(layout, op.enum, one, row)
        if one in words.type_prompts and op.enum == "type":
            cells.append((row, QUESTIONS, words.type_prompts[one]))
    areas = _longer(layout, op.enum, max(rows))
    return WordsAdded(op.enum, label.sheet, tuple(cells), areas, len(rows))


def _free(book: Book, code: Range) -> Iterator[int]:
    """Yield the rows of a list that hold nothing typed, then one below that is blank."""
    sheet = book.sheets[code.sheet]
    for row in range(code.top, code.bottom + 1):
        if not any(sheet.row(row).get(number) for number in range(1, code.left + 1)):
            yield row
    if not sheet.row(code.bottom + 1):
        yield code.bottom + 1


def _asked(layout: RecordLayout, enum: str, code: str, row: int) -> Iterator[tuple[int, int, str]]:
    """Yield the level and the question of a kind of fact."""
    for part, text in (("level", OFF), ("prompt", pack(layout.language).prompts.get(code, ""))):
        area = layout.names.get(names.list_name(enum, part))
        if area is not None and text:
            yield row, area.left, text


def _longer(layout: RecordLayout, enum: str, last: int) -> Mapping[str, Range]:
    """Return the areas of a list's names that must reach down to a row."""
    prefix = names.list_name(enum, "")
    return {
        name: area._replace(bottom=last)
        for name, area in layout.names.items()
        if name.startswith(prefix) and area is not None and area.bottom < last
    }


def _questions(book: Book, layout: RecordLayout, enum: str, code: Range) -> WordsAdded | None:
    name = names.list_name(enum, "prompt")
    if layout.names.get(name) is not None:
        return None
    asks = pack(layout.language).type_prompts
    held = {row: str(value) for (row, _), value in book.cells(code).items()}
    cells = tuple((row, QUESTIONS, asks[one]) for row, one in held.items() if one in asks)
    area = Range(code.sheet, code.top, QUESTIONS, code.bottom, QUESTIONS)
    return WordsAdded(enum, code.sheet, cells, {name: area}, len(cells))
