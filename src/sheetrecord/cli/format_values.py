"""Cells, edits and the sides of conflicts in words, as several commands print them."""

from typing import Any

from sheetrecord.cli.ansi import coloured
from sheetrecord.contract.answers.values import plain
from sheetrecord.model.conflict import Wanted, Whole
from sheetrecord.model.edit import AddRow, Edit, RemoveRow


def side_words(side: Wanted) -> str:
    """Return one side of a conflict as text."""
    if isinstance(side, Whole):
        return "deleted" if side.gone else f"kept ({side.text})" if side.text else "kept"
    return cell_words(side)


def cell_words(cell: Any) -> str:
    """Return a cell as one short line."""
    if cell is None or cell == "":
        return "(blank)"
    text = " ".join(str(plain(cell)).split())
    return text if len(text) <= 60 else text[:57] + "..."


def edit_words(edit: Edit) -> str:
    """Return an edit of a copy as one line."""
    if isinstance(edit, AddRow):
        cells = ", ".join(f"{key}: {cell_words(value)}" for key, value in edit.cells.items())
        return f"{coloured('+', 'green')} {edit.sheet} {edit.row_id}  {cells}"
    if isinstance(edit, RemoveRow):
        return f"{coloured('-', 'red')} {edit.sheet} {edit.row_id}"
    at = edit.at
    return f"  {at.sheet} {at.row_id or f'row {at.row_number}'} {at.key}: {cell_words(edit.value)}"


def count(number: int, word: str) -> str:
    """Return a number and a word, in the plural when it needs to be."""
    return f"{number} {word}{'' if number == 1 else 's'}"
