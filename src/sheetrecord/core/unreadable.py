"""Suppresses the problems that follow only from a sheet or list that cannot be read.

A missing sheet is one problem. That every deal now seems to lack what stood on it is unknown and
not reported; no gate that would need it is called open either.
"""

from collections.abc import Iterable, Iterator
from typing import Final, NamedTuple

from sheetrecord.model.problem import Problem
from sheetrecord.schema.read.parse import Parsed
from sheetrecord.schema.sheets import OPTIONAL, SHEETS

_FAMILY: Final = {
    "Deal": ("DEAL-", "LINK-001", "LINK-002"),
    "Context": ("CTX-",),
    "Commitments": ("COM-",),
    "Project": ("PRJ-",),
    "Fees": ("FEE-",),
}
"""Beginnings of the codes of rules about a sheet's rows, by sheet."""

_WORDS: Final = ("TYPE-003", "TYPE-014", "TYPE-016")
"""Rules about a cell whose label is in no list."""


class Blind(NamedTuple):
    """The sheets of a workbook that cannot be read."""

    sheets: frozenset[str]

    @property
    def judges(self) -> bool:
        """True if every sheet that a gate needs can be read."""
        return not self.sheets

    def said(self, problems: Iterable[Problem]) -> Iterator[Problem]:
        """Yield the problems that do not depend on an unreadable sheet."""
        if not self.sheets:
            yield from problems
            return
        mute = tuple(code for sheet in self.sheets for code in _FAMILY.get(sheet, ()))
        if "Lists" in self.sheets:
            mute += _WORDS
        for problem in problems:
            if not problem.code.startswith(mute) and not self._target(problem):
                yield problem

    def _target(self, problem: Problem) -> bool:
        """True if a problem is a reference (LINK-003) into a sheet that cannot be read."""
        if problem.code != "LINK-003":
            return False
        columns = (sheet.by_key.get(problem.where.key) for sheet in SHEETS.values())
        return any(column and column.to_sheet in self.sheets for column in columns)


def blind(parsed: Parsed) -> Blind:
    """Return which sheets of a workbook cannot be read: missing or without their headers."""
    gone = {key for key in SHEETS if key not in parsed.layout.sheets and key not in OPTIONAL}
    return Blind(frozenset(gone | {*parsed.unread}))
