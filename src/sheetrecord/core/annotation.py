"""What a check leaves in a workbook: the text of each cell's note, and the lines of the sheet.

A note of ours ends with a mark made from its own words, so that it is known again wherever it is
moved and whatever program saved it; a note that a person has changed is that person's.
"""

from collections.abc import Mapping, Sequence
from typing import Final, NamedTuple
from zlib import crc32

from sheetrecord.model.problem import Problem, Severity, Where
from sheetrecord.schema import ids

Spot = tuple[str, int, int]
"""A cell by its sheet's title, row and column."""

AUTHOR: Final = "sheetrecord"
"""Whose name our notes carry."""

MOST_NOTES: Final = 1_000
"""More notes than this on one sheet nobody reads: the rest stands in the sheet of problems."""

MOST_LINES: Final = 100_000

_LONGEST: Final = 2_000
"""Characters of a note; Excel shows no more without scrolling."""

_SIGNED: Final = "\n\nsheetrecord "


class ProblemLine(NamedTuple):
    """One line of the sheet of problems."""

    severity: str
    code: str
    where: Where
    deal_id: str
    message: str
    do: str


class Notes(NamedTuple):
    """The text of each note by cell; ``talks`` are the cells with a conversation."""

    texts: Mapping[Spot, str]
    talks: frozenset[Spot]

    @property
    def ours(self) -> frozenset[Spot]:
        """The cells whose note an earlier check left and nobody has changed."""
        return frozenset(s for s, text in self.texts.items() if is_ours(text)) - self.talks

    @property
    def theirs(self) -> frozenset[Spot]:
        """The cells with somebody's note or conversation."""
        return (self.talks | self.texts.keys()) - self.ours


def wanted(problems: Sequence[Problem], least: Severity) -> list[Problem]:
    """Return the problems worth a mark, the worst first, otherwise in their order."""
    kept = [problem for problem in problems if problem.severity >= least]
    return sorted(kept, key=lambda problem: (problem.waived, -problem.severity))


def notes(problems: Sequence[Problem]) -> dict[Spot, str]:
    """Return the text of each cell's note; what somebody waived needs none."""
    cells: dict[Spot, list[str]] = {}
    counts: dict[str, int] = {}
    for problem in problems:
        where = problem.where
        spot = (where.sheet, where.row, where.column)
        if problem.waived or not where.row or not where.column:
            continue
        if spot not in cells:
            counts[where.sheet] = counts.get(where.sheet, 0) + 1
            if counts[where.sheet] > MOST_NOTES:
                continue
        words = f"{problem.code} {problem.severity.word}: {problem.message} {problem.do}".strip()
        cells.setdefault(spot, []).append(words)
    return {spot: signed("\n\n".join(said)) for spot, said in cells.items()}


def signed(text: str) -> str:
    """Return a text as a note of ours, with the mark that `is_ours` knows.

    >>> is_ours(signed("Ask for the date.")), is_ours(signed("Ask for the date.") + " I did. Ana")
    (True, False)
    """
    body = text if len(text) <= _LONGEST else text[: _LONGEST - 3] + "..."
    return f"{body}{_SIGNED}{_mark(body)}"


def is_ours(text: str) -> bool:
    """Tell whether a note is one that we wrote and nobody has changed since."""
    body, found, mark = text.replace("\r", "").rpartition("sheetrecord ")
    return bool(found) and mark.strip() == _mark(body)


def _mark(body: str) -> str:
    """Return the mark of a text; blanks and line breaks do not count, as programs change them."""
    return ids.make("N", crc32("".join(body.split()).encode()))


def lines(problems: Sequence[Problem]) -> list[ProblemLine]:
    """Return the lines of the sheet of problems, as many as a person could ever look through."""
    found = [
        ProblemLine(
            "waived" if problem.waived else problem.severity.word,
            problem.code,
            problem.where,
            problem.deal_id,
            problem.message,
            problem.do,
        )
        for problem in problems[:MOST_LINES]
    ]
    if len(problems) > MOST_LINES:
        rest = f"{len(problems) - MOST_LINES} more problems are not listed."
        found.append(
            ProblemLine("", "", Where(), "", rest, "Mend some of these, then check again.")
        )
    return found


def free_title(title: str, taken: Mapping[str, object] | set[str]) -> str:
    """Return a sheet's title, numbered when another sheet has it.

    >>> free_title("Problems", {"problems", "Problems (2)"})
    'Problems (3)'
    """
    used = {one.casefold() for one in taken}
    number, found = 1, title
    while found.casefold() in used:
        number += 1
        found = f"{title} ({number})"
    return found
