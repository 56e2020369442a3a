"""`validate BOOK...` and nothing else: read without the parser of words, which takes long to load.

What it prints and returns is what `cli.book.validate` does when it is given no options.
"""

from collections.abc import Callable, Iterable, Sequence

from sheetrecord.app.validate import Checked, validate
from sheetrecord.cli import context, printing
from sheetrecord.cli.render import render
from sheetrecord.cli.words import is_book
from sheetrecord.core.check import Selection
from sheetrecord.model.problem import Severity


def run(names: Sequence[str], leave: Callable[[int], None]) -> int | None:
    """Check books, print what is wrong, return the exit code; None when a word is no book.

    ``leave`` gets the code too, before what was read is let go: a process that ends there need not
    take it apart.
    """
    finder = context.BookFinder()
    if not all(is_book(name, lambda: finder.here().books) for name in names):
        return None
    day = context.today()
    checked = [
        validate(path, today=day, choice=Selection(severities=settings.severities))
        for path, settings in finder.given(names)
    ]
    heard = printing.heard(render("text", checked, notes=False))
    code = exit_code(checked, strict=False) if heard else 1
    leave(code)
    return code


def exit_code(checked: Iterable[Checked], *, strict: bool) -> int:
    """Return 1 when an error stands, or with ``strict`` a warning; else 0."""
    worst = Severity.WARNING if strict else Severity.ERROR
    return int(
        any(p.severity >= worst and not p.waived for one in checked for p in one.report.problems)
    )
