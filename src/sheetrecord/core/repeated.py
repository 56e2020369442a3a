"""What one cause repeats in a column or sheet is one problem: where, how often, and where else.

Only what people read is told so; whoever mends or marks cells asks for the problem of each.
"""

from collections.abc import Callable, Iterable, Sequence
from typing import Final

from sheetrecord.model.phrase import Phrase
from sheetrecord.model.problem import Problem

REPEATABLE: Final = ("TYPE-", "ROW-", "LINK-", "OWN-002")
"""Beginnings of the codes about single cells; what a deal lacks is told of each deal."""

_NEVER_CALCULATED: Final = "TYPE-005"

_ALIKE: Final = 3
"""More problems of a column than this that say the very same are one."""

_IN_A_COLUMN: Final = 10
"""More problems of one kind in a column than this are one, whatever each of them says."""

_SHOWN: Final = 5

_Key = tuple[object, ...]


def said_once(problems: Sequence[Problem], language: str = "en") -> tuple[Problem, ...]:
    """Return the problems in their order, those of one cause as one, at the first of its cells.

    The one has the fixes of all, and keeps a gate shut if any of them does.
    """
    found: Sequence[Problem] = problems
    for key, most in ((_sheet, 1), (_words, _ALIKE), (_column, _IN_A_COLUMN)):
        found = _together(found, key, most, language)
    return tuple(found)


def _sheet(problem: Problem) -> _Key:
    """Return what the cells have in common that a program saved without calculating."""
    return (problem.where.sheet,) if problem.code == _NEVER_CALCULATED else ()


def _words(problem: Problem) -> _Key:
    return (*found, problem.message) if (found := _column(problem)) else ()


def _column(problem: Problem) -> _Key:
    """Return what cells of a column have in common that have the same fault."""
    if not problem.code.startswith(REPEATABLE) or not problem.where.row:
        return ()
    where = problem.where
    return problem.code, where.sheet, where.column, problem.severity, problem.waived


def _together(
    problems: Sequence[Problem], key: Callable[[Problem], _Key], most: int, language: str
) -> list[Problem]:
    """Return the problems, those with a key in common as one where they are more than ``most``."""
    alike: dict[_Key, list[Problem]] = {}
    for problem in problems:
        if common := key(problem):
            alike.setdefault(common, []).append(problem)
    many = {common: some for common, some in alike.items() if len(some) > most}
    out: list[Problem] = []
    for problem in problems:
        some = many.get(key(problem))
        if some is None:
            out.append(problem)
        elif some[0] is problem:
            out.append(_one(some, language))
    return out


def _one(some: Sequence[Problem], language: str) -> Problem:
    """Return the first of several problems, which says how many more there are, and where."""
    first = some[0]
    deals = {problem.deal_id for problem in some}
    return first._replace(
        message=f"{first.message} {_told(_others(some), language)}",
        deal_id=first.deal_id if len(deals) == 1 else "",
        gate=any(problem.gate for problem in some),
        handover=any(problem.handover for problem in some),
        fix=tuple(edit for problem in some for edit in problem.fix),
    )


def _others(some: Sequence[Problem]) -> Phrase:
    """Return how many more there are, and where."""
    rows = listed(problem.where.row for problem in some[1:])
    count, columns = len(some) - 1, len({problem.where.column for problem in some})
    if count == 1:
        return Phrase("The same goes for 1 more cell: {rows}.", rows=rows)
    if columns == 1:
        return Phrase("The same goes for {count} more cells: {rows}.", count=count, rows=rows)
    return Phrase(
        "The same goes for {count} more cells in {columns} columns: {rows}.",
        count=count,
        columns=columns,
        rows=rows,
    )


def listed(numbers: Iterable[int]) -> Phrase:
    """Return rows as text, neighbours as one.

    >>> print(listed([7]), listed([5, 6, 7, 9, 9]), listed(range(2, 30, 2)), sep="; ")
    row 7; rows 5-7, 9; rows 2, 4, 6, 8, 10 and 9 more
    """
    spans: list[tuple[int, int]] = []
    for number in sorted(set(numbers)):
        if spans and spans[-1][1] == number - 1:
            spans[-1] = (spans[-1][0], number)
        else:
            spans.append((number, number))
    shown = ", ".join(f"{a}-{b}" if b > a else f"{a}" for a, b in spans[:_SHOWN])
    left = sum(b - a + 1 for a, b in spans[_SHOWN:])
    if left:
        return Phrase("rows {rows} and {more} more", rows=shown, more=left)
    if len(spans) == 1 and spans[0][0] == spans[0][1]:
        return Phrase("row {row}", row=shown)
    return Phrase("rows {rows}", rows=shown)


def _told(one: Phrase, language: str) -> str:
    """Return a phrase in the workbook's language."""
    from sheetrecord.rules.words import phrase

    parts = {
        name: _told(part, language) if isinstance(part, Phrase) else part
        for name, part in one.parts.items()
    }
    return phrase(language, one.template).format_map(parts)
