"""Cells and the sides of conflicts in words, as several commands print them."""

from typing import Any

from sheetrecord.contract.answers.values import plain
from sheetrecord.model.conflict import Wanted, Whole


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


def count(number: int, word: str) -> str:
    """Return a number and a word, in the plural when it needs to be."""
    return f"{number} {word}{'' if number == 1 else 's'}"
