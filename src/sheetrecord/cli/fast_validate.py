"""`validate BOOK...` and nothing else: read without the parser of words, which takes long to load.

What it prints and returns is what `cli.book.validate` does when it is given no options. For most
books it needs no settings either, nor pathlib, which takes as long to load as a sheet to read.
"""

import os
from collections.abc import Callable, Iterable, Sequence

from sheetrecord.app.settings.nearest import nearest
from sheetrecord.app.validate import Checked, validate
from sheetrecord.cli import printing
from sheetrecord.cli.day import today
from sheetrecord.cli.render import render
from sheetrecord.core.check import Selection
from sheetrecord.model.problem import Severity


def run(names: Sequence[str], leave: Callable[[int], None]) -> int | None:
    """Check workbooks, print the problems, return the exit code; None if a word is no workbook.

    ``leave`` gets the code first, before memory is freed: a process that ends there need not free
    it.
    """
    chosen = _without_settings(names) or _with_settings(names)
    if chosen is None:
        return None
    day = today()
    checked = [validate(path, today=day, choice=choice) for path, choice in chosen]
    heard = printing.heard(render("text", checked, notes=False))
    code = exit_code(checked, strict=False) if heard else 1
    leave(code)
    return code


def _without_settings(names: Sequence[str]) -> list[tuple[str, Selection]] | None:
    """Return the books where all are files, plainly spelled, for which no settings hold."""
    return [(name, Selection()) for name in names] if all(map(_is_lone, names)) else None


def _is_lone(name: str) -> bool:
    return (
        name.lower().endswith((".xlsx", ".xlsm"))
        and ":" not in name  # which an address has that is no path
        and os.path.normpath(name) == name
        and os.path.isfile(name)
        and not nearest(os.path.dirname(os.path.realpath(name)))
    )


def _with_settings(names: Sequence[str]) -> list[tuple[str, Selection]] | None:
    """Return the books that words name and what their settings choose; None when one is no book."""
    from sheetrecord.cli.context import BookFinder
    from sheetrecord.cli.words import is_book

    finder = BookFinder()
    if not all(is_book(name, lambda: finder.here().books) for name in names):
        return None
    return [
        (address, Selection(severities=settings.severities))
        for address, settings in finder.given(names)
    ]


def exit_code(checked: Iterable[Checked], *, strict: bool) -> int:
    """Return 1 if there is an error, or with ``strict`` a warning; else 0."""
    worst = Severity.WARNING if strict else Severity.ERROR
    return int(
        any(p.severity >= worst and not p.waived for one in checked for p in one.report.problems)
    )
