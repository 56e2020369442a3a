"""The changes of a deal since it was sold: moved dates, approved changes, later facts."""

import datetime as dt
from collections.abc import Iterator, Mapping, Sequence
from typing import Final, NamedTuple

from sheetrecord.schema.commitments import Commitments, says_none
from sheetrecord.schema.context import Context
from sheetrecord.schema.project import Project
from sheetrecord.schema.record import DealRows

_COUNTS: Final = frozenset(("approved", "invoiced"))


class Edited(NamedTuple):
    """One cell as it was sold and as it is: canonical values, None for blank."""

    sheet: str
    key: str
    sold: object
    now: object


class Change(NamedTuple):
    """One difference from what was sold: ``moved``, ``change``, ``learned`` or ``said``.

    Compared with the as-sold baseline: ``edited``, ``added``, ``removed``, or ``broken`` when that
    is spoilt.
    ``days`` is by how many days a date moved (later is positive) or a change prolongs the work;
    ``amount`` is in minor units of the deal's currency, None where no money changes.
    """

    what: str
    on: dt.date | None
    text: str
    days: int | None = None
    amount: int | None = None
    row_id: str = ""
    edited: Edited | None = None


def since_sold(
    rows: DealRows, tokens: Mapping[str, str], compared: Sequence[Change] = ()
) -> list[Change]:
    """Return the changes of a deal since its sale, oldest first; none for an unsold deal.

    A row that only says "none" (``tokens``: the words for it) changes nothing.
    ``compared`` are the differences from the baseline; a row that was added since and is told
    of as learned or said is not told of twice.
    """
    found = [change for row in rows.project if (change := _in_project(row)) is not None]
    if rows.deal.signed_on is not None:
        found += _heard_later(rows, rows.deal.signed_on, tokens)
    told = {change.row_id for change in found}
    found += [one for one in compared if one.what != "added" or one.row_id not in told]
    return sorted(found, key=lambda c: (c.on or dt.date.max, c.what, c.row_id))


def _heard_later(rows: DealRows, sold: dt.date, tokens: Mapping[str, str]) -> Iterator[Change]:
    yield from (_learned(f) for f in rows.context if _later(f.learned_on, sold) and _tells(f))
    said = (c for c in rows.commitments if c.what and not says_none(c.what, tokens))
    yield from (_said(c) for c in said if _later(c.said_on, sold))


def _later(day: dt.date | None, sold: dt.date) -> bool:
    return day is not None and day > sold


def _tells(fact: Context) -> bool:
    return bool(fact.answer) and fact.state not in {"none", "n_a"}


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
