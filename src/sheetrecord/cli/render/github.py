"""Workflow commands that show each problem on a pull request."""

from collections.abc import Sequence

from sheetrecord.app.validate import Checked
from sheetrecord.model.printable import one_line
from sheetrecord.model.problem import Problem, Severity

_WORDS = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.NOTE: "notice"}


def render(checked: Sequence[Checked], *, notes: bool) -> str:
    """Return one line a problem; waived ones are left out."""
    lines = [
        _line(one.address, problem)
        for one in checked
        for problem in one.report.problems
        if not problem.waived and (notes or problem.severity > Severity.NOTE)
    ]
    return "\n".join(lines)


def _line(path: str, problem: Problem) -> str:
    title = _property(f"{problem.code} {problem.where.address}".strip())
    text = _data(f"{problem.message} {problem.do}".strip())
    return f"::{_WORDS[problem.severity]} file={_property(path)},title={title}::{text}"


def _data(text: str) -> str:
    """Return a text that neither ends a command nor begins one."""
    return one_line(text).replace("%", "%25")


def _property(text: str) -> str:
    return _data(text).replace(":", "%3A").replace(",", "%2C")
