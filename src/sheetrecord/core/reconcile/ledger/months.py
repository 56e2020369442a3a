"""Close, reopen and seal months: a closed month changes only by a correction in an open one."""

import datetime as dt
import hashlib
import json
from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

from sheetrecord.core.reconcile.controls.identities import Control, failing
from sheetrecord.core.reconcile.facts import Allocation
from sheetrecord.core.reconcile.ledger.allocate import Attribution


class Month(NamedTuple):
    """One closing, sealing or reopening of a month; records are only added."""

    month: str
    """``YYYY-MM``."""
    state: str
    """closed, sealed or reopened."""
    by: str
    at: str
    totals: Mapping[str, int] = {}
    hash: str = ""
    waivers: Mapping[str, str] = {}
    """Why a control that fails was accepted, by ``code scope``."""
    reason: str = ""


class MonthRefused(ValueError):
    """Raised when a month cannot be closed, sealed, reopened or changed; says why."""


def states(history: Iterable[Month]) -> dict[str, str]:
    """Return the state of each month: its last record counts."""
    return {record.month: record.state for record in history}


def is_closed(history: Iterable[Month], month: str) -> bool:
    """Return True if a month is closed or sealed."""
    return states(history).get(month) in ("closed", "sealed")


def close(
    history: Sequence[Month],
    month: str,
    allocations: Sequence[Allocation],
    controls: Iterable[Control],
    stamp: Attribution,
    waivers: Mapping[str, str] | None = None,
) -> Month:
    """Return the record that closes a month.

    ``stamp.at`` begins with the day of the run. Raises MonthRefused while a control fails without
    a written waiver, when the month is closed already or not over yet, or when an earlier month
    with rows is still open.
    """
    waivers = waivers or {}
    if is_closed(history, month):
        raise MonthRefused(f"{month} is closed already.")
    if stamp.at[:7] <= month:
        raise MonthRefused(f"{month} is not over yet: more may come in. Close it afterwards.")
    earlier = sorted({a.month for a in allocations if a.month < month})
    still = [m for m in earlier if not is_closed(history, m)]
    if still:
        raise MonthRefused(f"{still[0]} is still open: close it first.")
    red = [c for c in failing(controls) if not waivers.get(c.name, "").strip()]
    if red:
        names = ", ".join(f"{c.name} ({c.what}: off by {c.off})" for c in red)
        how = f'Mend it, or waive it in writing: --waive "{red[0].name}=why".'
        raise MonthRefused(f"{month} cannot close: {names}. {how}")
    rows = [a for a in allocations if a.month == month]
    return Month(month, "closed", stamp.by, stamp.at, totals(rows), digest(rows), dict(waivers))


def seal(history: Sequence[Month], month: str, stamp: Attribution) -> Month:
    """Return the record that seals a closed month for good. Raises MonthRefused if it is open."""
    if states(history).get(month) != "closed":
        raise MonthRefused(f"{month} is not closed.")
    return _last(history, month)._replace(state="sealed", by=stamp.by, at=stamp.at)


def reopen(history: Sequence[Month], month: str, stamp: Attribution, reason: str) -> Month:
    """Return the record that reopens a closed month, with its reason.

    Raises MonthRefused without a reason, and for a month that is open or sealed.
    """
    if states(history).get(month) == "sealed":
        raise MonthRefused(f"{month} is sealed.")
    if not is_closed(history, month):
        raise MonthRefused(f"{month} is not closed.")
    if not reason.strip():
        raise MonthRefused("Say why the month is reopened.")
    return Month(month, "reopened", stamp.by, stamp.at, reason=reason)


def booking_day(history: Sequence[Month], day: dt.date) -> dt.date:
    """Return the booking date of a late line: its own, or the first day of the next open month."""
    while is_closed(history, f"{day:%Y-%m}"):
        day = (day.replace(day=1) + dt.timedelta(days=32)).replace(day=1)
    return day


def would_change(history: Sequence[Month], new: Iterable[Allocation]) -> list[Allocation]:
    """Return the new rows dated in a closed month, which have to be refused."""
    return [row for row in new if is_closed(history, row.month)]


def corrected(history: Sequence[Month], rows: Iterable[Allocation]) -> list[Allocation]:
    """Return the rows; those dated in a closed month are moved to the next open month.

    A moved row's comment names its original month and date.
    """
    result = []
    for row in rows:
        on = booking_day(history, row.on)
        if on != row.on:
            note = f"correction of {row.month}: belongs to {row.on}"
            comment = f"{row.comment}; {note}" if row.comment else note
            row = row._replace(on=on, month=f"{on:%Y-%m}", comment=comment)  # noqa: PLW2901 -- redated
        result.append(row)
    return result


def tampered(history: Sequence[Month], allocations: Sequence[Allocation]) -> list[str]:
    """Return the closed months whose rows differ from those that were closed."""
    found = []
    for month, state in sorted(states(history).items()):
        if state in ("closed", "sealed"):
            rows = [a for a in allocations if a.month == month]
            if digest(rows) != _last(history, month).hash:
                found.append(month)
    return found


def totals(rows: Iterable[Allocation]) -> dict[str, int]:
    """Return sums in minor units by kind and currency."""
    sums: dict[str, int] = {}
    for row in rows:
        key = f"{row.kind.value} {row.currency}"
        sums[key] = sums.get(key, 0) + row.amount
    return dict(sorted(sums.items()))


def digest(rows: Iterable[Allocation]) -> str:
    """Return a hash of a month's rows that does not depend on their order."""
    facts = sorted(
        [a.alloc_id, a.bank_id, a.invoice_no, a.amount, a.kind.value, a.on.isoformat(), a.reverses]
        for a in rows
    )
    return hashlib.sha256(json.dumps(facts).encode()).hexdigest()


def _last(history: Sequence[Month], month: str) -> Month:
    return next(record for record in reversed(history) if record.month == month)
