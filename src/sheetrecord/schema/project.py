"""The Project sheet: typed rows for the summary, milestones, issues, changes and updates."""

import datetime as dt

from sheetrecord.schema import column as col
from sheetrecord.schema.column import ColumnOwner, Row

_OPS = ColumnOwner.OPS


class Project(Row, sheet="Project", prefix="P"):
    """What ops does with the deal. The first rows are made on close, the rest by ops."""

    row_id: str = col.identity("Stays with the row for ever.")
    deal_id: str = col.ref("Which deal this belongs to.", "Deal", _OPS, front=True)
    phase: str = col.text("Which part of the project.", _OPS, front=True)
    kind: str = col.choice("Summary, milestone, issue, change...", "project_kind", _OPS, front=True)
    title: str = col.text("What it is.", _OPS, front=True)
    owner: str = col.person("Who looks after it.", _OPS, front=True)
    status: str = col.choice("Where it stands.", "status", _OPS, front=True, group="status")
    status_reason: str = col.prose("Why, unless it is on track.", _OPS, front=True, group="status")
    pct_done: float | None = col.percent("How much is done.", _OPS)
    date_planned: dt.date | None = col.date("When it is planned.", _OPS, front=True)
    date_baseline: dt.date | None = col.date(
        "The date as sold. Frozen on close.", ColumnOwner.ENGINE
    )
    date_actual: dt.date | None = col.date("When it happened.", _OPS, front=True, group="status")
    acceptance_test: str = col.prose("What must be true for the client to accept it.", _OPS)
    accepted_by: str = col.person("Who accepted it.", _OPS, group="accepted")
    accepted_on: dt.date | None = col.date("When it was accepted.", _OPS, group="accepted")
    severity: str = col.choice("How bad the issue is.", "severity", _OPS)
    waiting_on: str = col.person("Whose move it is.", _OPS)
    raised_by: str = col.person("Who raised it.", _OPS)
    due_on: dt.date | None = col.date("By when it must be settled.", _OPS, front=True)
    amount_net: int | None = col.money(
        "What the change adds or takes off, before tax.", _OPS, group="amount"
    )
    days_impact: float | None = col.number(
        "Days the change adds or takes off.", _OPS, group="amount"
    )
    requested_by: str = col.person("Who asked for the change.", _OPS)
    approved_by: str = col.person("Who approved it.", _OPS, group="approved", binds=("amount",))
    approved_on: dt.date | None = col.date(
        "When it was approved.", _OPS, group="approved", binds=("amount",)
    )
    commitment_ref: str = col.ref("The commitment behind it.", "Commitments", _OPS)
    ctx_ref: str = col.ref("The fact behind it.", "Context", _OPS)
    share: str = col.choice("Who may see this: internal, ops or the client.", "share", _OPS)
    note: str = col.prose("Anything else.", _OPS)
