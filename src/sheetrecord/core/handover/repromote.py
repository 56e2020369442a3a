"""Promotes a deal a second time: proposes what changed since, or does nothing."""

import datetime as dt
from collections.abc import Iterator

from sheetrecord.core.handover.context import HandoverContext, HandoverStep
from sheetrecord.core.handover.deal_draft import DealDraft
from sheetrecord.core.handover.hidden_log import LogEvent, log
from sheetrecord.core.handover.schedule import Schedule
from sheetrecord.model.phrase import Phrase
from sheetrecord.schema.project import Project
from sheetrecord.schema.record import DealRows
from sheetrecord.schema.share import strictest


def look_again(context: HandoverContext, deal_id: str, by: str, *, update: bool) -> HandoverStep:
    """Return the rows and dates that what changed since the handover would bring.

    They are proposed, and made only when ``update`` asks for them: the project is ops' now.
    """
    draft = context.draft(deal_id)
    schedule = Schedule(draft, deal_id)
    schedule.summaries()
    schedule.milestones()
    schedule.questions()
    _move(draft, deal_id)
    if not draft.plan:
        return HandoverStep(
            deal_id, "nothing", notes=(Phrase("It is handed over already; nothing changed."),)
        )
    if not update:
        note = Phrase("The record changed since the handover. Take this over with --update.")
        return HandoverStep(deal_id, "proposed", draft.plan, notes=(note,))
    event = LogEvent(context.asof, by, deal_id, "updated", str(len(draft.plan)))
    return HandoverStep(deal_id, "updated", draft.plan, (log(context.book, [event]),))


def _move(draft: DealDraft, deal_id: str) -> None:
    """Move milestones that stand where they were sold to where their source stands now."""
    rows = draft.deal(deal_id)
    levels = {row.ctx_id: row.share for row in rows.context}
    levels |= {row.com_id: row.share for row in rows.commitments}
    for row, day in list(_moved(rows)):
        draft.put(row, "date_planned", day, "the date behind it changed")
        sources = (levels[ref] for ref in (row.commitment_ref, row.ctx_ref) if ref in levels)
        if (level := strictest((row.share, *sources))) != row.share:
            draft.put(row, "share", level, "no further than what the date comes from")


def _moved(rows: DealRows) -> Iterator[tuple[Project, dt.date]]:
    behind: dict[str, dt.date | None] = {}
    behind |= {fee.milestone_ref: fee.planned_on for fee in rows.fees if fee.milestone_ref}
    promises = {row.com_id: row.due_on for row in rows.commitments}
    facts = {row.ctx_id: row.date for row in rows.context if row.kind == "real_deadline"}
    for row in rows.project:
        if row.kind != "milestone" or row.date_actual is not None:
            continue
        day = behind.get(row.row_id) or promises.get(row.commitment_ref) or facts.get(row.ctx_ref)
        if day is not None and row.date_planned == row.date_baseline != day:
            yield row, day
