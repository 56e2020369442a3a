"""A conflict: two people changed one thing; what each of them wants, until somebody decides."""

from enum import Enum
from typing import Final, NamedTuple, TypeAlias

from sheetrecord.model.edit import At
from sheetrecord.model.value import Cell


class ConflictKind(Enum):
    """Why two copies do not go together."""

    EDIT = "both changed it"
    DELETE = "changed in one copy, deleted in the other"
    NEEDED = "deleted in one copy, other rows refer to it"
    UNSEEN = "deleted in one copy, which did not show all of the row"
    FORMULA = "a formula stands there"
    NO_COLUMN = "our copy has no such column"


class Whole(NamedTuple):
    """What one copy wants of a whole row: keep it, as the text says, or have it ``gone``."""

    gone: bool
    text: str = ""


GONE: Final = Whole(gone=True)
"""The row was deleted."""

Wanted: TypeAlias = Cell | Whole
"""One copy's side of a conflict: a cell's content, or what becomes of a whole row."""


class Conflict(NamedTuple):
    """One cell, or one row (``at.key`` is empty), that two copies changed differently.

    ``base`` is what both started from; ``theirs`` is worded for our copy (its labels, its ids).
    Columns that only make sense together carry the name of their ``group``.
    """

    at: At
    kind: ConflictKind
    base: Wanted
    ours: Wanted
    theirs: Wanted
    group: str = ""
