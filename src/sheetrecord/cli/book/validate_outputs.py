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


class Rewritten(NamedTuple):
    """The check of a workbook as it ``stands`` now, and the one that is ``shown``."""

    stands: Checked
    shown: Checked


def rewritten(
    address: str, asof: dt.date | None, choice: Selection, wanted: ValidateOutputs
) -> Rewritten:
    """Write the requested outputs into a workbook, and return the check of the result.

    With a plan nothing is written; people are shown what it would leave open.
    """
    found = _written(address, asof, choice, wanted)
    return Rewritten(*(one._replace(report=as_told(address, one.report)) for one in found))


def _written(
    address: str, asof: dt.date | None, choice: Selection, wanted: ValidateOutputs
) -> Rewritten:
    before = take(address, CheckScope(options.today(), asof, choice))
    after = _drafted(before, wanted)
    if not after.changed:
        return Rewritten(before.checked, before.checked)
    if wanted.plan:
        return Rewritten(before.checked, _after(before, after, wanted))
    for remark in after.remarks:
        printing.line(f"{address}: {remark}", err=True)
    if wanted.fix and not _agreed(before):
        return Rewritten(before.checked, before.checked)
    write(after)
    return Rewritten(after.checked, after.checked)


def _after(before: RewrittenBook, after: RewrittenBook, wanted: ValidateOutputs) -> Checked:
    """Return what a plan to mend would leave open, for people; a program is told what stands."""
    if not wanted.fix or wanted.quiet:
        return before.checked
    printing.line(plan.says_of(before).say("remain"))
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


def _agreed(draft: RewrittenBook) -> bool:
    """Ask on a terminal whether to write what was shown; without one it is agreed."""
    question = plan.says_of(draft).say("write it", book=one_line(draft.address))
    return not _on_terminal() or click.confirm(question, default=True)


def _on_terminal() -> bool:
    return sys.stdin.isatty() and sys.stdout.isatty()
