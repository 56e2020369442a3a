"""Edits of cells as JSON, for a program that has the workbook open and carries them out itself."""

import datetime as dt
import hashlib
from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import partial
from typing import Any, Final, cast

from sheetrecord.contract.verbs import CellEditJson, ExpectedCell
from sheetrecord.model.book import Book, Range
from sheetrecord.model.cell_edits import (
    AddSheet,
    DropRows,
    DropSheet,
    Edit,
    PutCell,
    PutChoices,
    PutColumn,
    PutName,
    PutNote,
    PutProperty,
    PutRows,
)
from sheetrecord.model.cell_json import stable, to_json
from sheetrecord.schema.read.layout import RecordLayout
from sheetrecord.schema.sheets import SHEETS


def edits_json(edits: Iterable[Edit], book: Book) -> list[CellEditJson]:
    """Return edits, each cell with what stood in it when the workbook was read (``was``)."""
    found = []
    for edit in edits:
        told = _TOLD[type(edit)](edit)
        if isinstance(edit, PutCell):
            told["was"] = to_json(_held(book, edit.sheet, edit.row, edit.column))
        found.append(told)
    number = partial(_numbered, date1904=book.date1904)
    return [cast("CellEditJson", number(one)) for one in found]


def _numbered(told: Any, *, date1904: bool) -> Any:
    """Return JSON in which each day also has its number in the workbook's own count of days."""
    if isinstance(told, list):
        return [_numbered(one, date1904=date1904) for one in told]
    if not isinstance(told, dict):
        return told
    if told.keys() == {"date"}:
        day = dt.date.fromisoformat(told["date"])
        return {**told, "serial": (day - (_FROM_1904 if date1904 else _FROM_1900)).days}
    return {key: _numbered(one, date1904=date1904) for key, one in told.items()}


_FROM_1900: Final = dt.date(1899, 12, 30)
_FROM_1904: Final = dt.date(1904, 1, 1)
"""The day before the first that a workbook counts (ECMA-376 part 1, 18.17.4), since March 1900."""


def expected(edits: Iterable[Edit], book: Book, layout: RecordLayout) -> list[ExpectedCell]:
    """Return the ids of the rows that edits change or add below, where they stood."""
    ids = {
        place.title: place.columns[SHEETS[key].columns[0].key]
        for key, place in layout.sheets.items()
        if SHEETS[key].columns[0].key in place.columns
    }
    rows: dict[tuple[str, int], None] = {}
    for edit in edits:
        if isinstance(edit, PutCell):
            rows[edit.sheet, edit.row] = None
        elif isinstance(edit, PutRows):
            rows[edit.sheet, edit.after_row] = None
        elif isinstance(edit, DropRows):
            rows |= {(edit.sheet, edit.first_row + n): None for n in range(edit.number)}
    return [
        {
            "sheet": sheet,
            "row": row,
            "column": ids[sheet],
            "value": to_json(_held(book, sheet, row, ids[sheet])),
        }
        for sheet, row in rows
        if sheet in ids
    ]


def digest_of(edits: Sequence[Edit]) -> str:
    """Return what identifies a plan: the same edits of the same cells give the same text."""
    told = [_TOLD[type(edit)](edit) for edit in edits]
    return hashlib.sha256(stable(told).encode()).hexdigest()[:32]


def _held(book: Book, sheet: str, row: int, column: int) -> Any:
    if sheet not in book.sheets:
        return None
    cells = book.sheets[sheet].column(column).between(row, row)
    return cells.values[0] if cells.values else None


def _put(edit: PutCell) -> CellEditJson:
    told: CellEditJson = {
        "do": "put",
        "sheet": edit.sheet,
        "row": edit.row,
        "column": edit.column,
        "value": to_json(edit.value),
    }
    if edit.form:
        told["form"] = edit.form
    if edit.like:
        told["like"] = list(edit.like)
    return told


def _insert(edit: PutRows) -> CellEditJson:
    rows = [{str(column): to_json(cell) for column, cell in row.items()} for row in edit.rows]
    return {"do": "insert", "sheet": edit.sheet, "after_row": edit.after_row, "rows": rows}


def _add_sheet(edit: AddSheet) -> CellEditJson:
    rows = [[to_json(cell) for cell in row] for row in edit.rows]
    return {"do": "add_sheet", "sheet": edit.name, "rows": rows, "hidden": edit.hidden}


def _property(edit: PutProperty) -> CellEditJson:
    return {"do": "property", "name": edit.name, "value": edit.value}


def _name(edit: PutName) -> CellEditJson:
    target = list(edit.target) if isinstance(edit.target, Range) else edit.target
    return {"do": "name", "name": edit.name, "value": target}


def _note(edit: PutNote) -> CellEditJson:
    return {
        "do": "note",
        "sheet": edit.sheet,
        "row": edit.row,
        "column": edit.column,
        "text": edit.text,
    }


_TOLD: Final[Mapping[type, Callable[[Any], CellEditJson]]] = {
    PutCell: _put,
    PutRows: _insert,
    DropRows: lambda edit: {
        "do": "delete",
        "sheet": edit.sheet,
        "first_row": edit.first_row,
        "number": edit.number,
    },
    AddSheet: _add_sheet,
    DropSheet: lambda edit: {"do": "drop_sheet", "sheet": edit.name},
    PutNote: _note,
    PutColumn: lambda edit: {"do": "column", "sheet": edit.sheet, "column": edit.column},
    PutChoices: lambda edit: {"do": "choices", "value": [list(edit.was), list(edit.now)]},
    PutProperty: _property,
    PutName: _name,
}
