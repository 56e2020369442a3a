"""A step from one version of the schema to the next: what is added, what formula changes.

Steps only add: no column goes away, changes its key or moves, so a workbook that took them reads
as before. They are tables of their own, never computed from the present schema, since what an
old workbook holds does not change when the schema does.
"""

from typing import NamedTuple, TypeAlias


class AddColumn(NamedTuple):
    """A column that came with this version; it is put behind the last used one of its sheet."""

    sheet: str
    key: str


class SetFormula(NamedTuple):
    """A live formula that changed: ``was`` is the one before, in the notation of the schema.

    ``alike``: it gave the same from cells that fit their columns, so that only a stored result
    can tell that it shows something else.
    """

    sheet: str
    key: str
    was: str
    alike: bool = False


class AddCodes(NamedTuple):
    """Words that came to a list of the Lists sheet, each in a free row of it or just below."""

    enum: str
    codes: tuple[str, ...]


class AddQuestions(NamedTuple):
    """A list got a column for the question that each of its words asks."""

    enum: str


class RenewCheck(NamedTuple):
    """The sheet Check and the hidden one behind it changed: both are written anew."""


Op: TypeAlias = AddColumn | SetFormula | AddCodes | AddQuestions | RenewCheck


class Step(NamedTuple):
    """What changed when the schema became version ``to``, and why, in the user's words."""

    to: int
    why: str
    ops: tuple[Op, ...]
