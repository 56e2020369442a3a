"""Sheets that we add to a workbook: no word of a header is broken, in LibreOffice's own print."""

import shutil
from collections.abc import Sequence
from pathlib import Path

import pytest

from sheetrecord.core.annotation import ProblemLine
from sheetrecord.core.capture.capture_words import FIELDS, words
from sheetrecord.formats import capture_sheet, conflict_sheet, problem_sheet
from sheetrecord.model.cell_edits import AddSheet
from sheetrecord.model.sheet_style import SheetStyle
from sheetrecord.schema.packs import LANGUAGES
from sheetrecord.workbooks.memory import Memory
from template import broken_lines
from template.recalculate import recalculated
from workbooks.kinds import xlsx

NO_LINES: Sequence[ProblemLine] = ()


def capture(language: str) -> tuple[Sequence[str], SheetStyle]:
    return [words(language)[field] for field in FIELDS], capture_sheet.style(language)


def conflicts(language: str) -> tuple[Sequence[str], SheetStyle]:
    return conflict_sheet.head(language)[-1], conflict_sheet.style(language)


def problems(language: str) -> tuple[Sequence[str], SheetStyle]:
    import datetime as dt

    table = problem_sheet.table(NO_LINES, dt.date(2026, 6, 30), language)
    return table[2], problem_sheet.style(language)


@pytest.mark.libreoffice
@pytest.mark.skipif(shutil.which("pdftotext") is None, reason="pdftotext (poppler) is missing")
@pytest.mark.parametrize("made", [capture, conflicts, problems])
def test_every_word_of_a_header_is_printed_whole(made, tmp_path: Path) -> None:
    heads = {language: made(language) for language in LANGUAGES}
    book = Memory(xlsx({"Deal": {(1, 1): "x"}}))
    edits = [
        AddSheet(language, ((language,), ("",), tuple(head)), style=style)
        for language, (head, style) in heads.items()
    ]
    book.write(book.read(), edits)
    path = tmp_path / "book.xlsx"
    path.write_bytes(book.data)
    pages = broken_lines.words(recalculated(path, tmp_path, "pdf"))
    printed = {word.text for page in pages for word in page}
    wanted = {word for head, _ in heads.values() for text in head for word in text.split()}
    assert wanted - printed == set()
