"""Hidden sheets of a workbook: rows that travel with every copy and that nobody types into."""

from collections.abc import Iterable, Iterator
from io import BytesIO
from typing import Final
from zipfile import ZipFile

from sheetrecord.core.handover.kept import Kept
from sheetrecord.model.problem import column_letters
from sheetrecord.xlsx import edits

_TRANSITIONAL: Final = b"http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_STRICT: Final = b"http://purl.oclc.org/ooxml/spreadsheetml/main"
"""The namespaces of the two kinds of workbook (ECMA-376 parts 4 and 1); one file has one kind."""

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


def as_strict(edit: edits.Edit) -> edits.Edit:
    """Return an edit as a strict workbook needs it: a new sheet in that kind's namespace."""
    if isinstance(edit, edits.AddSheet) and edit.part is not None:
        return edit._replace(part=edit.part.replace(_TRANSITIONAL, _STRICT))
    return edit


def is_strict(data: bytes) -> bool:
    """Tell whether a workbook is of the strict kind, as its workbook part says."""
    with ZipFile(BytesIO(data)) as package:
        names = [name for name in package.namelist() if name.lower().endswith("/workbook.xml")]
        return any(_STRICT in package.read(name)[:4096] for name in names)


def _row(sheet: str, number: int, texts: Iterable[str]) -> Iterator[edits.Edit]:
    for column, text in enumerate(texts, start=1):
        if text:
            yield edits.SetCell(sheet, f"{column_letters(column)}{number}", text)
