"""What cannot be judged because a sheet or a list cannot be read: said once, there, and not again.

A missing sheet is one problem. That every deal now seems to lack what stood on it is not another:
nobody knows. Gates that would need it are not called open either.
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
"""The rules that say of a sheet's rows that something is missing or wrong."""

_WORDS: Final = ("TYPE-003", "TYPE-014", "TYPE-016")
"""The rules that say of a cell that the lists do not hold its word."""


class Blind(NamedTuple):
    """The sheets of a workbook that cannot be read."""

    sheets: frozenset[str]

    @property
    def judges(self) -> bool:
        """Whether enough can be read to call a gate open."""
        return not self.sheets

    def said(self, problems: Iterable[Problem]) -> Iterator[Problem]:
        """Yield the problems that can be told from what is readable."""
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
        """Tell whether a problem is a reference into a sheet that cannot be read."""
        if problem.code != "LINK-003":
            return False
        columns = (sheet.by_key.get(problem.where.key) for sheet in SHEETS.values())
        return any(column and column.to_sheet in self.sheets for column in columns)


def blind(parsed: Parsed) -> Blind:
    """Return what of a workbook cannot be read."""
    gone = {key for key in SHEETS if key not in parsed.layout.sheets and key not in OPTIONAL}
    return Blind(frozenset(gone | {*parsed.unread}))
