"""What `validate --annotate` writes: a note for each cell with a problem, and a sheet of problems.

A note of ours ends with a checksum of its own text, so that it is recognised wherever it is moved
and whatever program saved it; a note that a person has changed belongs to that person.
"""

from collections.abc import Mapping, Sequence
from typing import Final, NamedTuple
from zlib import crc32

from sheetrecord.model.problem import Problem, Severity, Where
from sheetrecord.schema import ids

Spot = tuple[str, int, int]
"""A cell by its sheet's title, row and column."""

AUTHOR: Final = "sheetrecord"
"""The author of our notes."""

MOST_NOTES: Final = 1_000
"""The most notes on one sheet; further problems stand in the sheet of problems only."""

MOST_LINES: Final = 100_000
"""The most problems that the sheet of problems lists."""

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
    """The text of each note by cell; ``talks`` are the cells with a threaded comment."""

    texts: Mapping[Spot, str]
    talks: frozenset[Spot]

    @property
    def ours(self) -> frozenset[Spot]:
        """The cells whose note an earlier check wrote and nobody has changed since."""
        return frozenset(s for s, text in self.texts.items() if is_ours(text)) - self.talks

    @property
    def theirs(self) -> frozenset[Spot]:
        """The cells with a person's note or threaded comment."""
        return (self.talks | self.texts.keys()) - self.ours


def wanted(problems: Sequence[Problem], least: Severity) -> list[Problem]:
    """Return the problems of severity ``least`` or worse, worst first and waived ones last.

    Equal ones keep their order.
    """
    kept = [problem for problem in problems if problem.severity >= least]
    return sorted(kept, key=lambda problem: (problem.waived, -problem.severity))


def notes(problems: Sequence[Problem], language: str = "en") -> dict[Spot, str]:
    """Return the text of each note by cell, with every problem of that cell, in a language.

    Waived problems and those without a cell get none; see `MOST_NOTES` for the limit per sheet.
    """
    from sheetrecord.core.check_words import check_words  # a check alone leaves no notes

    told = check_words(language)
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
        how = told[problem.severity.word]
        words = f"{problem.code} {how}: {problem.message} {problem.do}".strip()
        cells.setdefault(spot, []).append(words)
    return {spot: signed("\n\n".join(said)) for spot, said in cells.items()}


def signed(text: str) -> str:
    """Return a note's text, shortened to what Excel shows, with the checksum that `is_ours` checks.

    >>> is_ours(signed("Ask for the date.")), is_ours(signed("Ask for the date.") + " I did. Ana")
    (True, False)
    """
    body = text if len(text) <= _LONGEST else text[: _LONGEST - 3] + "..."
    return f"{body}{_SIGNED}{_mark(body)}"


def is_ours(text: str) -> bool:
    """True if we wrote a note and nobody has changed it since, blanks and line breaks aside."""
    body, found, mark = text.replace("\r", "").rpartition("sheetrecord ")
    return bool(found) and mark.strip() == _mark(body)


def _mark(body: str) -> str:
    """Return the checksum of a text without its blanks and line breaks, which programs change."""
    return ids.make("N", crc32("".join(body.split()).encode()))


def lines(problems: Sequence[Problem], language: str = "en") -> list[ProblemLine]:
    """Return the rows of the sheet of problems, at most `MOST_LINES` and how many are left out."""
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
        from sheetrecord.core.check_words import check_words  # a check alone lists nothing

        told = check_words(language)
        rest = told["left"].format(n=len(problems) - MOST_LINES)
        found.append(ProblemLine("", "", Where(), "", rest, told["left do"]))
    return found


def free_title(title: str, taken: Mapping[str, object] | set[str]) -> str:
    """Return a title that no sheet has yet, regardless of case: the wanted one, else numbered.

    >>> free_title("Problems", {"problems", "Problems (2)"})
    'Problems (3)'
    """
    used = {one.casefold() for one in taken}
    number, found = 1, title
    while found.casefold() in used:
        number += 1
        found = f"{title} ({number})"
    return found
