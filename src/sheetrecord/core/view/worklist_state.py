"""What of the work list somebody looks at: filter, group and order, as a page's address holds it.

The pages' script does the same (`publish/assets/rows.js`); `tests/publish/test_worklist.py`
holds the two together.
"""

import datetime as dt
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Final, NamedTuple
from urllib.parse import parse_qsl

from sheetrecord.core.find import fold
from sheetrecord.core.view.worklist import MoneyLine, WorkRow, next_day

SOON: Final = dt.timedelta(days=30)
WAITING: Final = frozenset(("offered", "returned"))
NOBODY: Final = "-"
"""How an address names the deals that have no lead, status or day."""

_CERTAIN: Final = frozenset(("owed", "kept"))
GROUPS: Final = ("overdue", "today", "this_week", "next_week", "later", "none")


class ListFilter(NamedTuple):
    """What is shown: every part that is blank lets all deals pass.

    ``show`` is a figure (``now``, ``soon``, ``unpriced``, ``tocome``, ``overdue``), ``week`` the
    Monday of real deadlines, ``month`` (2026-07, or ``-`` for none) and ``money`` choose lines of
    money, ``by`` is who promised.
    """

    lead: str = ""
    status: str = ""
    client: str = ""
    show: str = ""
    cur: str = ""
    week: str = ""
    month: str = ""
    money: str = ""
    by: str = ""
    handover: str = ""
    group: str = "date"
    sort: str = "step"


class ListSums(NamedTuple):
    """Amounts of one currency, in minor units."""

    unpriced: int = 0
    to_come: int = 0
    overdue: int = 0


def look(address: str) -> ListFilter:
    """Return what the part of an address after # asks for; words it does not know are left out.

    >>> look("lead=Lea+Brandt&sort=-due").lead
    'Lea Brandt'
    """
    told = {key: word for key, word in parse_qsl(address) if key in ListFilter._fields}
    return ListFilter(**told)


def monday(day: dt.date) -> dt.date:
    """Return the Monday of a day's week."""
    return day - dt.timedelta(days=day.weekday())


def needs(row: WorkRow, day: dt.date) -> list[str]:
    """Return why a deal needs somebody on a day, nothing if it does not."""
    step = row.step.on if row.step else None
    reasons = {
        "step": step is not None and step <= day,
        "deadline": row.deadline is not None and row.deadline <= day,
        "promise": row.promise_on is not None and row.promise_on < day,
        "handover": row.handover in WAITING,
        "conflict": row.conflicts > 0,
    }
    return [reason for reason, holds in reasons.items() if holds]


def is_late(line: MoneyLine, day: dt.date) -> bool:
    """Tell whether money should be here by now: invoiced, and due before that day."""
    return line.kind == "owed" and line.amount > 0 and line.on is not None and line.on < day


def age(line: MoneyLine, day: dt.date) -> str:
    """Return the ageing bucket of an invoice; day 30 is in the first, day 31 in the second."""
    if line.kind != "owed" or line.amount <= 0:
        return ""
    if not is_late(line, day) or line.on is None:
        return "not_due"
    late = (day - line.on).days
    return "d90_plus" if late > 90 else ("d1_30", "d31_60", "d61_90")[(late - 1) // 30]


def lines(row: WorkRow, asked: ListFilter, day: dt.date) -> Iterator[MoneyLine]:
    """Yield the money of a deal that is asked for."""
    for line in row.lines:
        if asked.cur and line.currency != asked.cur:
            continue
        if asked.month and asked.month != (f"{line.on:%Y-%m}" if line.on else NOBODY):
            continue
        if asked.show == "overdue" and not is_late(line, day):
            continue
        kinds = {line.kind, age(line, day), "certain" if line.kind in _CERTAIN else "uncertain"}
        if not asked.money or asked.money in kinds:
            yield line


def unpriced(row: WorkRow, asked: ListFilter) -> int:
    """Return what the client counts on, of those who are asked for; minor units."""
    if asked.cur and asked.cur != row.currency:
        return 0
    if not asked.by:
        return row.unpriced
    return sum(part for who, part in row.promised if (who or NOBODY) == asked.by)


def shown(rows: Sequence[WorkRow], asked: ListFilter, day: dt.date) -> list[WorkRow]:
    """Return the rows that pass, in the order asked for."""
    kept = [row for row in rows if all(_passes(row, asked, day))]
    key = asked.sort.removeprefix("-")
    order = _ORDERS.get(key, _ORDERS["step"])
    kept.sort(key=lambda row: row.deal_id)
    kept.sort(key=lambda row: order(row, asked, day), reverse=asked.sort.startswith("-"))
    return kept


def _passes(row: WorkRow, asked: ListFilter, day: dt.date) -> Iterator[bool]:
    for wanted, has in (
        (asked.lead, row.lead),
        (asked.status, row.status),
        (asked.client, row.client),
        (asked.handover, row.handover),
    ):
        yield not wanted or wanted == (has or NOBODY)
    week = monday(row.deadline).isoformat() if row.deadline else ""
    yield not asked.week or asked.week == week
    yield not (asked.month or asked.money) or any(lines(row, asked, day))
    yield not asked.by or unpriced(row, asked) != 0
    yield _SHOWS.get(asked.show, _everything)(row, asked, day)


Judge = Callable[[WorkRow, ListFilter, dt.date], bool]


def _everything(*_: object) -> bool:
    return True


def is_soon(row: WorkRow, day: dt.date) -> bool:
    """Tell whether a real deadline lies within thirty days, today included."""
    return row.deadline is not None and day <= row.deadline <= day + SOON


_SHOWS: Final[Mapping[str, Judge]] = {
    "now": lambda row, _, day: bool(needs(row, day)),
    "soon": lambda row, _, day: is_soon(row, day),
    "unpriced": lambda row, asked, _: unpriced(row, asked) != 0,
    "tocome": lambda row, asked, day: any(lines(row, asked, day)),
    "overdue": lambda row, asked, day: any(lines(row, asked, day)),
}


def _to_come(row: WorkRow, asked: ListFilter, day: dt.date) -> int:
    return sum(line.amount for line in lines(row, asked, day) if line.currency == row.currency)


_FAR: Final = dt.date.max
_ORDERS: Final[Mapping[str, Callable[[WorkRow, ListFilter, dt.date], str | int | dt.date]]] = {
    "deal": lambda row, *_: fold(row.name),
    "step": lambda row, *_: next_day(row),
    "due": lambda row, *_: row.deadline or _FAR,
    "status": lambda row, *_: row.status,
    "unpriced": lambda row, asked, _: unpriced(row, asked),
    "money": _to_come,
    "lead": lambda row, *_: fold(row.lead),
}


def sums(rows: Sequence[WorkRow], asked: ListFilter, day: dt.date) -> dict[str, ListSums]:
    """Return what rows add up to, by currency; currencies are never added."""
    found: dict[str, ListSums] = {}
    for row in rows:
        if amount := unpriced(row, asked):
            old = found.get(row.currency, ListSums())
            found[row.currency] = old._replace(unpriced=old.unpriced + amount)
        for line in lines(row, asked, day):
            old = found.get(line.currency, ListSums())
            late = line.amount if is_late(line, day) else 0
            new = ListSums(old.unpriced, old.to_come + line.amount, old.overdue + late)
            found[line.currency] = new
    return found


def group(row: WorkRow, asked: ListFilter, day: dt.date) -> str:
    """Return the heading that a row stands under."""
    if asked.group in {"lead", "client", "status"}:
        return str(getattr(row, asked.group)) or NOBODY
    return when(row.step.on if row.step else None, day)


def when(on: dt.date | None, day: dt.date) -> str:
    """Return in which of the groups by date a day lies; weeks begin on Monday."""
    if on is None:
        return "none"
    if on <= day:
        return "today" if on == day else "overdue"
    first = monday(day)
    weeks = (on - first).days // 7
    return ("this_week", "next_week")[weeks] if weeks < 2 else "later"


def grid(
    rows: Sequence[WorkRow], day: dt.date, weeks: int = 14
) -> dict[tuple[str, dt.date], list[WorkRow]]:
    """Return the deals with a real deadline in the weeks from that day's, by lead and Monday."""
    first = monday(day)
    found: dict[tuple[str, dt.date], list[WorkRow]] = {}
    for row in rows:
        if row.deadline and first <= row.deadline < first + dt.timedelta(weeks=weeks):
            found.setdefault((row.lead, monday(row.deadline)), []).append(row)
    return found
