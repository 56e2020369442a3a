"""Cells, edits and the sides of conflicts as JSON values."""

import datetime as dt
from typing import cast

from sheetrecord.contract.cells import (
    AddEdit,
    CopyAdd,
    CopyRemove,
    CopySet,
    RemoveEdit,
    RowPlace,
    SetEdit,
    Side,
    Value,
)
from sheetrecord.model.conflict import Wanted, Whole
from sheetrecord.model.edit import AddRow, Edit, RemoveRow, SetValue
from sheetrecord.model.problem import Where
from sheetrecord.model.value import Cell, CellError, Formula


def plain(cell: Cell) -> Value:
    """Return a cell's content as a JSON value."""
    if isinstance(cell, Formula):
        return f"={cell.text}"
    if isinstance(cell, dt.date | dt.time):
        return cell.isoformat()
    return cell.code if isinstance(cell, CellError) else cell


def cell_of(where: Where) -> str:
    """Return a place's address without its sheet; empty for a whole sheet."""
    return where.address.rpartition("!")[2] if where.row or where.column else ""


def side_json(side: Wanted) -> Side:
    """Return one side of a conflict as a JSON value."""
    if isinstance(side, Whole):
        return {"row": "deleted" if side.gone else "kept", "text": side.text}
    return plain(side)


def copy_edit(edit: Edit) -> CopySet | CopyAdd | CopyRemove:
    """Return an edit of a copy as a JSON object."""
    if isinstance(edit, AddRow):
        cells = {key: plain(value) for key, value in edit.cells.items()}
        return {"do": "add", "sheet": edit.sheet, "row_id": edit.row_id, "cells": cells}
    if isinstance(edit, RemoveRow):
        return {"do": "remove", "sheet": edit.sheet, "row_id": edit.row_id}
    at = edit.at
    return {
        "do": "set",
        "sheet": at.sheet,
        "row_id": at.row_id,
        "row": at.row_number,
        "column": at.key,
        "value": plain(edit.value),
        "why": edit.why,
    }


def fix_edit(edit: Edit) -> SetEdit | AddEdit | RemoveEdit:
    """Return an edit that mends a problem as a JSON object."""
    if isinstance(edit, SetValue):
        at = edit.at
        return {
            "set": {"sheet": at.sheet, "row_id": at.row_id, "row": at.row_number, "column": at.key},
            "value": plain(edit.value),
        }
    row: RowPlace = {"sheet": edit.sheet, "row_id": edit.row_id}
    cells = {key: plain(cell) for key, cell in edit.cells.items()}
    if isinstance(edit, AddRow):
        return {"add": row, "cells": cells}
    return cast("RemoveEdit", {"remove": row, "cells": cells})
