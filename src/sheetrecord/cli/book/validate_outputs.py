"""What `sheetrecord validate` writes when it is asked to: mended cells, notes, a sheet."""

import datetime as dt
import sys
from typing import NamedTuple

import click

from sheetrecord.app.rewrite import CheckScope, RewrittenBook, take, write
from sheetrecord.app.validate import Checked, as_told
from sheetrecord.cli import options, printing
from sheetrecord.cli.render import plan
from sheetrecord.core.check import Selection
from sheetrecord.model.printable import one_line
from sheetrecord.model.problem import Severity


class ValidateOutputs(NamedTuple):
    """The outputs of a check, and whether only to preview them.

    ``notes``: problems of the lowest severity are annotated too; ``quiet``: the printed result is
    for a program, so changes are reported on standard error.
    """

    fix: bool
    annotate: bool
    clean: bool
    plan: bool
    notes: bool
    quiet: bool


def rewritten(
    address: str, asof: dt.date | None, choice: Selection, wanted: ValidateOutputs
) -> Checked:
    """Write the requested outputs into a workbook, and return the check of the result."""
    checked = _written(address, asof, choice, wanted)
    return checked._replace(report=as_told(address, checked.report))


def _written(
    address: str, asof: dt.date | None, choice: Selection, wanted: ValidateOutputs
) -> Checked:
    before = take(address, CheckScope(options.today(), asof, choice))
    after = _drafted(before, wanted)
    if wanted.plan or not after.changed:
        return before.checked
    for remark in after.remarks:
        printing.line(f"{address}: {remark}", err=True)
    if wanted.fix and not _agreed(address):
        return before.checked
    write(after)
    return after.checked


def _drafted(draft: RewrittenBook, wanted: ValidateOutputs) -> RewrittenBook:
    """Return the workbook as wanted, after showing what changes."""
    if wanted.fix:
        from random import SystemRandom

        from sheetrecord.app.autofix import mend
        from sheetrecord.app.ready_rows import with_ready_rows

        draft, changes = mend(draft, SystemRandom())
        draft, rows = with_ready_rows(draft)
        told = plan.mended(draft, changes, rows, whole=wanted.plan)
        printing.document(told, err=wanted.quiet)
    if wanted.annotate or wanted.clean:
        from sheetrecord.app.annotate import annotate

        least = Severity.NOTE if wanted.notes else Severity.WARNING
        draft, marks = annotate(draft, least=None if wanted.clean else least)
        printing.document(plan.annotated(draft, marks), err=wanted.quiet)
    return draft


def _agreed(address: str) -> bool:
    """Ask on a terminal whether to write what was shown; without one it is agreed."""
    return not _on_terminal() or click.confirm(
        f"Write this into {one_line(address)}?", default=True
    )


def _on_terminal() -> bool:
    return sys.stdin.isatty() and sys.stdout.isatty()
