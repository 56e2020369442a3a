"""What changed since a deal was sold: moved dates, approved changes, things learned afterwards."""

import datetime as dt
from typing import Final, NamedTuple

from sheetrecord.schema.commitments import Commitments
from sheetrecord.schema.context import Context
from sheetrecord.schema.project import Project
from sheetrecord.schema.record import DealRows

_COUNTS: Final = frozenset(("approved", "invoiced"))


class Change(NamedTuple):
    """One difference from what was sold: ``moved``, ``change``, ``learned`` or ``said``.

    ``days`` is by how many days a date moved (later is positive) or a change prolongs the work;
    ``amount`` is in minor units of the deal's currency, None where no money changes.
    """

    what: str
    on: dt.date | None
    text: str
    days: int | None = None
    amount: int | None = None
    row_id: str = ""


def since_sold(rows: DealRows) -> list[Change]:
    """Return what is no longer as it was sold, oldest first. A deal not yet sold has none."""
    sold = rows.deal.signed_on
    found = [change for row in rows.project if (change := _in_project(row)) is not None]
    if sold is not None:
        found += [_learned(f) for f in rows.context if _later(f.learned_on, sold) and f.answer]
        found += [_said(c) for c in rows.commitments if _later(c.said_on, sold) and c.what]
    return sorted(found, key=lambda c: (c.on or dt.date.max, c.what, c.row_id))


def _later(day: dt.date | None, sold: dt.date) -> bool:
    return day is not None and day > sold


def _in_project(row: Project) -> Change | None:
    if row.kind == "change" and row.status in _COUNTS:
        days = None if row.days_impact is None else round(row.days_impact)
        on = row.approved_on or row.date_actual or row.date_planned
        return Change("change", on, row.title, days, row.amount_net, row.row_id)
    now = row.date_actual or row.date_planned
    if row.date_baseline is None or now is None or now == row.date_baseline:
        return None
    moved = (now - row.date_baseline).days
    return Change("moved", now, row.title, moved, None, row.row_id)


def _learned(fact: Context) -> Change:
    return Change("learned", fact.learned_on, fact.answer, row_id=fact.ctx_id)


def _said(row: Commitments) -> Change:
    return Change("said", row.said_on, row.what, row_id=row.com_id)
