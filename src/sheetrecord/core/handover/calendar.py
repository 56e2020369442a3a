"""Days and months: adding months, months of a contract, working days between two dates."""

import calendar
import datetime as dt


def add_months(day: dt.date, months: int) -> dt.date:
    """Return the same day some months later, or that month's last day.

    >>> add_months(dt.date(2026, 1, 31), 1)
    datetime.date(2026, 2, 28)
    """
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    last = calendar.monthrange(year, month + 1)[1]
    return dt.date(year, month + 1, min(day.day, last))


def months_of(start: dt.date, end: dt.date) -> int:
    """Return the number of months of a contract, a begun month counted whole; at least 1.

    >>> months_of(dt.date(2026, 1, 1), dt.date(2026, 6, 30))
    6
    >>> months_of(dt.date(2026, 1, 15), dt.date(2026, 7, 15))
    7
    """
    count = 1
    while add_months(start, count) <= end:
        count += 1
    return count


def working_days(first: dt.date, last: dt.date) -> int:
    """Return the number of Mondays to Fridays after ``first`` up to and including ``last``.

    0 if ``last`` is not later.

    >>> working_days(dt.date(2026, 3, 6), dt.date(2026, 3, 9))
    1
    """
    if last <= first:
        return 0
    weeks, rest = divmod((last - first).days, 7)
    return weeks * 5 + sum((first.weekday() + i) % 7 < 5 for i in range(1, rest + 1))


def between(start: dt.date, end: dt.date, part: int, parts: int) -> dt.date:
    """Return the day that lies ``part`` of ``parts`` on the way from one day to another.

    >>> between(dt.date(2026, 1, 1), dt.date(2026, 1, 11), 1, 2)
    datetime.date(2026, 1, 6)
    """
    return start + dt.timedelta(days=(end - start).days * part // parts)
