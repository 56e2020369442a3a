"""Edits of a workbook as plain dictionaries, as a desk in another program carries them out."""

import datetime as dt
from collections.abc import Callable, Iterator, Sequence
from functools import partial
from typing import TypeAlias

from sheetrecord.model.book import Book
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
from sheetrecord.model.sheet_style import ColumnStyle, Look, SheetStyle
from sheetrecord.model.value import Cell, CellError, Formula, Unknown

Wire: TypeAlias = dict[str, object]

After: TypeAlias = Callable[[int], Book]
"""The book as it is when so many of the edits were carried out."""


class NotCarried(Exception):
    """An edit that no open document takes."""


def wired(edits: Sequence[Edit], after: After) -> list[Wire]:
    """Return edits as dictionaries. Raises NotCarried for one that only a file takes."""
    found = [_wire(edit, partial(after, number)) for number, edit in enumerate(edits, start=1)]
    properties = {edit.name: edit.value for edit in edits if isinstance(edit, PutProperty)}
    told = [one for one in found if one]
    return [*told, {"do": "properties", "values": properties}] if properties else told


def _wire(  # noqa: C901, PLR0911 - one for each kind
    edit: Edit, then: Callable[[], Book]
) -> Wire:
    match edit:
        case PutCell():
            told: Wire = {
                "do": "cell",
                "value": _value(edit.value),
                "like": edit.like,
                "form": edit.form,
            }
            return told | {"sheet": edit.sheet, "row": edit.row, "column": edit.column}
        case PutRows():
            number = len(edit.rows)
            cells = list(_new_cells(then(), edit.sheet, edit.after_row, number))
            return {
                "do": "rows",
                "sheet": edit.sheet,
                "after": edit.after_row,
                "number": number,
                "cells": cells,
            }
        case DropRows():
            return {
                "do": "drop_rows",
                "sheet": edit.sheet,
                "first": edit.first_row,
                "number": edit.number,
            }
        case AddSheet():
            rows = [[_value(value) for value in row] for row in edit.rows]
            told = {"do": "add_sheet", "name": edit.name, "rows": rows, "hidden": edit.hidden}
            return told | {"style": _style(edit.style) if edit.style else {}}
        case DropSheet():
            return {"do": "drop_sheet", "name": edit.name}
        case PutNote():
            return {
                "do": "note",
                "text": edit.text,
                "sheet": edit.sheet,
                "row": edit.row,
                "column": edit.column,
            }
        case PutColumn():
            told = {"do": "column", "sheet": edit.sheet, "column": edit.column}
            return told | {"like": edit.like, "hidden": edit.hidden}
        case PutName():
            target = list(edit.target) if isinstance(edit.target, tuple) else edit.target
            return {"do": "name", "name": edit.name, "target": target}
        case PutProperty():
            return {}
        case PutChoices():
            raise NotCarried


def _new_cells(book: Book, sheet: str, after: int, number: int) -> Iterator[list[object]]:
    """Yield row, column and value of each cell in new rows."""
    for column, cells in book.sheets[sheet].columns.items():
        between = cells.between(after + 1, after + number)
        for row, value in zip(between.rows, between.values, strict=True):
            yield [row, column, _value(value)]


def _value(cell: Cell | Unknown) -> object:
    """Return a cell's value as JSON has it; a day and a formula as dictionaries."""
    match cell:
        case Formula():
            return {"formula": cell.text}
        case CellError():
            return {"formula": cell.code}
        case dt.datetime() | dt.date():
            return {"day": cell.isoformat()}
        case dt.time():
            return {"time": cell.isoformat()}
        case _:
            return cell


def _style(style: SheetStyle) -> Wire:
    heads = [
        (_look(head.look) if head.look else {}) | {"hidden": head.hidden} for head in style.heads
    ]
    columns = [_column(column) for column in style.columns]
    return {"heads": heads, "columns": columns, "tab": style.tab, "guarded": style.guarded}


def _column(column: ColumnStyle) -> Wire:
    return {
        "width": column.width,
        "look": _look(column.look) if column.look else {},
        "links": column.links,
        "choices": list(column.choices),
    }


def _look(look: Look) -> Wire:
    return {name: value for name, value in look._asdict().items() if value}
