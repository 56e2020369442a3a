"""`validate BOOK...` and nothing else: read without the parser of words, which takes long to load.

What it prints and returns is what `cli.validate` does when it is given no options.
"""

import os
import sys
from collections.abc import Iterable, Sequence
from io import TextIOWrapper
from typing import TextIO

from sheetrecord.app.validate import Checked, validate
from sheetrecord.cli import given
from sheetrecord.cli.ink import without
from sheetrecord.cli.render import render
from sheetrecord.core.check import Choice
from sheetrecord.model.problem import Severity


def run(names: Sequence[str]) -> int:
    """Check books, print what is wrong, return the exit code."""
    told = given.config()
    choice = Choice(severities=told.severities)
    day = given.today()
    checked = [validate(path, today=day, choice=choice) for path in given.books(names, told)]
    return say(render("text", checked, notes=False)) or exit_code(checked, strict=False)


def exit_code(checked: Iterable[Checked], *, strict: bool) -> int:
    """Return 1 when an error stands, or with ``strict`` a warning; else 0."""
    worst = Severity.WARNING if strict else Severity.ERROR
    return int(
        any(p.severity >= worst and not p.waived for one in checked for p in one.report.problems)
    )


def say(text: str) -> int:
    """Print a text as `click.echo` does; return 1, as click does, when nobody reads on."""
    out = sys.stdout
    if not _common(out):
        import click  # knows every stream

        click.echo(text, nl=False)
        return 0
    try:
        out.write(text if out.isatty() else without(text))
        out.flush()
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), out.fileno())
        return 1
    return 0


def _common(out: TextIO | None) -> bool:
    """Tell whether a stream is a file, a pipe or a terminal that takes any character."""
    return isinstance(out, TextIOWrapper) and out.encoding.lower() in {"utf-8", "utf8"}
