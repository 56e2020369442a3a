"""The handover commands: read a workbook, plan one step, and write it whole or not at all."""

import datetime as dt
from collections.abc import Callable
from contextlib import suppress
from typing import NamedTuple

from sheetrecord.app import refused_closings
from sheetrecord.app.figures import seen as seen_facts
from sheetrecord.app.plugins import load_plugins
from sheetrecord.app.read_for_audience import to_show
from sheetrecord.core.derive import derive
from sheetrecord.core.handover import promote
from sheetrecord.core.handover.context import HandoverContext, HandoverStep, read_context
from sheetrecord.core.merge.missing_sheets import HOW
from sheetrecord.formats.hidden_sheets import hidden_edits
from sheetrecord.formats.plan_preview import CellPreview, preview
from sheetrecord.model.errors import CannotRead, SheetRecordError
from sheetrecord.schema.fee_templates import usual_templates
from sheetrecord.workbooks.kinds import stands
from sheetrecord.workbooks.opening import open_workbook
from sheetrecord.workbooks.port import Workbook
from sheetrecord.workbooks.transaction import Transaction, must_write, on, placed

Plan = Callable[[HandoverContext], HandoverStep]
"""Plans one step on a workbook that was read."""


class Opened(NamedTuple):
    """A workbook read for a handover step."""

    address: str
    transaction: Transaction
    context: HandoverContext


class HandoverResult(NamedTuple):
    """The result of a step, cell by cell; ``written`` tells whether the workbook changed."""

    address: str
    context: HandoverContext
    step: HandoverStep
    changes: list[CellPreview]
    written: bool


def open_handover(
    address: str, *, today: dt.date, asof: dt.date | None = None, only_plan: bool = False
) -> Opened:
    """Read a workbook. Raises a SheetRecordError when it cannot be read or is no record."""
    workbook = open_workbook(address)
    if not only_plan and not workbook.version():
        _heal(workbook)  # a run that died may have left its name free
    return open_in(workbook, today=today, asof=asof)


def open_in(workbook: Workbook, *, today: dt.date, asof: dt.date | None = None) -> Opened:
    """Read an open workbook; errors as `open_desk`."""
    load_plugins()
    name = workbook.address
    found = on(workbook)
    parsed = to_show(name, found.book, today=today, asof=asof)
    if "Deal" not in parsed.layout.sheets:
        raise CannotRead(name, "the sheet Deal cannot be found in this copy.", f"{HOW}.")
    templates = usual_templates(parsed.record.settings.language)
    return Opened(name, found, read_context(found.book, parsed, templates))


def take_step(opened: Opened, plan: Plan, *, only_plan: bool = False) -> HandoverResult:
    """Plan a step and write it by one atomic replacement of the file.

    With ``only_plan``, and when a step is refused or changes nothing, nothing is written; without
    it, the facts seen are recorded outside the workbook (see `figures.seen`). Raises
    ChangedElsewhere, CannotPatch, Locked and CannotWrite as `workbooks.transaction`.
    """
    step = opened.context.told(plan(opened.context))
    if not only_plan and stands(opened.address):  # what only a program has open leaves no trace
        record = opened.context.parsed.record
        seen_facts(opened.address, derive(record), record.settings.asof)
    book, layout = opened.context.book, opened.context.parsed.layout
    changes = preview(step.plan, book, layout)
    if only_plan or not step.writes:
        if not only_plan:
            _heal(opened.transaction.workbook)
        return HandoverResult(opened.address, opened.context, step, changes, written=False)
    must_write(opened.transaction.workbook)
    edits = placed(step.plan, book, layout, hidden_edits(step.kept))
    opened.transaction.with_edits(edits).write()
    return HandoverResult(opened.address, opened.context, step, changes, written=True)


def _heal(workbook: Workbook) -> None:
    """Settle what a run that died has left beside the workbook, if that can be done."""
    with suppress(SheetRecordError):
        workbook.recover()


def promote_deal(
    opened: Opened, ask: promote.PromoteRequest, *, only_plan: bool = False
) -> HandoverResult:
    """Promote a deal; a refused attempt is counted for the figures."""
    counted = refused_closings.count(opened.address, ask.deal_id)
    ask = ask._replace(refusals=counted)
    done = take_step(
        opened, lambda context: promote.plan_promote(context, ask), only_plan=only_plan
    )
    if only_plan:
        return done
    if done.step.outcome == "refused":
        refused_closings.add(opened.address, ask.deal_id)
    elif done.written:
        refused_closings.forget(opened.address, ask.deal_id)
    return done
