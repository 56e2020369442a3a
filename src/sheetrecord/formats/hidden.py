"""Hidden sheets of a workbook: rows that travel with every copy and that nobody types into."""

from collections.abc import Iterable, Iterator
from typing import Final

from sheetrecord.core.handover.kept import Kept
from sheetrecord.model.problem import column_letters
from sheetrecord.xlsx import edits

_PART: Final = (
    b'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
    b'<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">'
    b'<sheetData/><sheetProtection sheet="1" objects="1" scenarios="1"/></worksheet>'
)
"""An empty sheet that is protected without a password: a guard against slips, not against will."""


def hidden_edits(kept: Iterable[Kept]) -> Iterator[edits.Edit]:
    """Yield the edits that add rows to hidden sheets; a sheet that is missing is made."""
    for new in kept:
        first = new.after + 1
        if not new.after:
            yield edits.AddSheet(new.sheet, part=_PART, hidden=True)
            yield from _row(new.sheet, 1, new.header)
            first = 2
        for number, row in enumerate(new.rows, start=first):
            yield from _row(new.sheet, number, row)


def _row(sheet: str, number: int, texts: Iterable[str]) -> Iterator[edits.Edit]:
    for column, text in enumerate(texts, start=1):
        if text:
            yield edits.SetCell(sheet, f"{column_letters(column)}{number}", text)
