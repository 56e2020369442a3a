"""Problems that only the merge causes: each copy is valid, the result is not."""

from collections.abc import Iterable

from sheetrecord.core.check import Report
from sheetrecord.model.problem import Problem, Severity
from sheetrecord.schema.read.layout import RecordLayout

Known = tuple[str, str, str, str, str]


def made_by_merging(
    merged: Report, layout: RecordLayout, copies: Iterable[tuple[Report, RecordLayout]]
) -> list[Problem]:
    """Return the problems of the result, warnings and worse, that no copy has.

    Problems are compared by code, sheet, row id, column and deal; not by position or message.
    """
    known: set[Known] = set()
    for report, places in copies:
        titles = _titles(places)
        known.update(_identity(problem, titles) for problem in report.problems)
    titles = _titles(layout)
    return [
        problem
        for problem in merged.problems
        if problem.severity >= Severity.WARNING and _identity(problem, titles) not in known
    ]


def _titles(layout: RecordLayout) -> dict[str, str]:
    return {place.title: key for key, place in layout.sheets.items()}


def _identity(problem: Problem, titles: dict[str, str]) -> Known:
    """Return what makes a problem the same in two copies: not its place, not its wording."""
    where = problem.where
    sheet = titles.get(where.sheet, where.sheet)
    return problem.code, sheet, where.row_id, where.key, problem.deal_id
