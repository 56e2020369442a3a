"""Fee lines that should be invoiced by now and are not, or were invoiced too early."""

import datetime as dt
from collections.abc import Iterator, Mapping

from sheetrecord.core.reconcile.controls.findings import ControlException
from sheetrecord.model.money import Money
from sheetrecord.schema.fees import Fees
from sheetrecord.schema.project import Project
from sheetrecord.schema.record import Record


def invoicing_findings(record: Record) -> Iterator[ControlException]:
    """Yield a finding for each fee line of a sold deal that is invoiced too late or too early."""
    asof = record.settings.asof
    won = {deal.deal_id for deal in record.deals if deal.stage == "won"}
    steps = {row.row_id: row for row in record.project if row.row_id}
    for row in record.fees:
        if row.void or row.gross is None or row.deal_id not in won:
            continue
        if row.invoiced_on is None:
            yield from _waits(row, asof)
        elif row.outstanding:
            yield from _ran_ahead(row, row.invoiced_on, steps, asof)


def _waits(row: Fees, asof: dt.date) -> Iterator[ControlException]:
    late = row.planned_on is not None and row.planned_on < asof
    if not (row.ready or late):
        return
    days = (asof - row.planned_on).days if late and row.planned_on else 0
    since = f" since {row.planned_on}" if late else ""
    say = f"{_name(row)}: {_gross(row)} was to be invoiced on {row.planned_on}."
    if row.ready:
        say = f"{_name(row)}: {_gross(row)} can be invoiced{since}."
    yield ControlException(
        "due-not-invoiced", row.fee_id, abs(row.gross or 0), row.currency, days, say
    )


def _ran_ahead(
    row: Fees, invoiced: dt.date, steps: Mapping[str, Project], asof: dt.date
) -> Iterator[ControlException]:
    step = steps.get(row.milestone_ref)
    if step is None or row.trigger not in {"on_milestone", "on_acceptance"}:
        return
    day = step.accepted_on if row.trigger == "on_acceptance" else step.date_actual
    if day is not None and day <= invoiced:
        return
    what = "accepted" if row.trigger == "on_acceptance" else "reached"
    when = f"was {what} only on {day}" if day else f"is not {what} yet"
    say = f"{row.invoice_no}: invoiced on {invoiced}, but {step.title} {when}."
    days = (asof - invoiced).days
    yield ControlException(
        "invoiced-before-trigger", row.invoice_no, abs(row.gross or 0), row.currency, days, say
    )


def _name(row: Fees) -> str:
    return f"{row.fee_id} {row.description}".strip() or f"Fees row {row.row}"


def _gross(row: Fees) -> Money:
    return Money(row.gross or 0, row.currency)
