"""JUnit XML: each deal is a test case, so that a build shows which deals are not ready."""

from collections.abc import Iterator, Sequence
from xml.sax.saxutils import quoteattr

from sheetrecord.app.validate import Checked
from sheetrecord.model.printable import one_line
from sheetrecord.model.problem import Problem, Severity


def render(checked: Sequence[Checked], *, notes: bool) -> str:  # noqa: ARG001 - one signature
    """Return a test suite a book; a deal fails when it has errors that nobody waived."""
    lines = ['<?xml version="1.0" encoding="UTF-8"?>', "<testsuites>"]
    for one in checked:
        lines += _suite(one)
    return "\n".join([*lines, "</testsuites>"])


def _suite(one: Checked) -> Iterator[str]:
    book = one.address
    by_case: dict[str, list[Problem]] = {"workbook": []}
    by_case |= {deal.deal_id: [] for deal in one.report.deals}
    for problem in one.report.problems:
        if problem.severity is Severity.ERROR and not problem.waived:
            by_case[problem.deal_id if problem.deal_id in by_case else "workbook"].append(problem)
    failed = sum(bool(found) for found in by_case.values())
    yield f'<testsuite name={_attribute(book)} tests="{len(by_case)}" failures="{failed}">'
    for case, found in by_case.items():
        yield f"<testcase classname={_attribute(book)} name={_attribute(case)}>"
        for problem in found:
            place = f"{problem.where.address} {problem.code}".strip()
            text = f"{place}: {problem.message} {problem.do}"
            yield f"<failure message={_attribute(text)} type={_attribute(problem.code)}/>"
        yield "</testcase>"
    yield "</testsuite>"


def _attribute(text: str) -> str:
    """Quote a text for an attribute; characters XML cannot hold are shown as their code."""
    return quoteattr(one_line(text))
