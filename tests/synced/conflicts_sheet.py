"""Typing into the list of conflicts of a copy, in English, as a person does."""

from pathlib import Path
from typing import Any

from openpyxl import load_workbook

from sheetrecord.core.merge.conflict_words import FIELDS, words
from sheetrecord.schema.packs import pack

FIRST = 4


def keep_at(path: Path, row_id: str, key: str, decision: Any) -> None:
    """Type a decision beside the one line about a cell of Fees, or a whole row (key "")."""
    book = load_workbook(path)
    sheet = book["Conflicts"]
    where = [FIELDS.index(name) + 1 for name in ("row_id", "column")]
    wanted = [row_id, pack("en").columns["Fees"][key] if key else words("en")["whole"]]
    rows = range(FIRST, sheet.max_row + 1)
    [row] = [n for n in rows if [sheet.cell(n, column).value for column in where] == wanted]
    sheet.cell(row, FIELDS.index("keep") + 1).value = decision
    book.save(path)
