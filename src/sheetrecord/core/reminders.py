"""What is to be said on a day, and until it is settled: the findings of rules that remind.

Rules that remind look at a date: a promise that is due, a day of notice, a kickoff that was not
held. Each is a finding of `validate` as well; here they stand together, ordered by their day.
"""

import datetime as dt
from collections.abc import Collection, Iterator
from typing import Final, NamedTuple

from sheetrecord.core.derive import derive
from sheetrecord.core.tell import Teller
from sheetrecord.core.view.audiences import Audience
from sheetrecord.core.view.projection import narrow
from sheetrecord.rules import load_rules
from sheetrecord.rules.need import grouped
from sheetrecord.rules.rule import DealCheck
from sheetrecord.schema.column import Row
from sheetrecord.schema.read.parse import Parsed
from sheetrecord.schema.record import DealRows, Record, Settings
from sheetrecord.schema.sheets import SHEETS

END_OF_DAYS: Final = dt.date(9999, 1, 1)

_WORD: Final = 12
"""Characters, at the most, of what a deal is called at the beginning of a message."""


class DueItem(NamedTuple):
    """One thing that is due; ``day`` is the one that the message names, today where it has none."""

    day: dt.date
    deal_id: str
    code: str
    message: str
    do: str


class DatedReminder(NamedTuple):
    """What is due, and the row and column that it is about.

    ``dated`` tells whether it names a day; ``check``, ``rows`` and ``settings`` are the rule that
    found it and what it was asked about.
    """

    item: DueItem
    row: Row
    key: str
    dated: bool
    check: DealCheck
    rows: DealRows
    settings: Settings

    @property
    def first(self) -> dt.date:
        """The first day, from the one that it names on, on which it is said."""
        last = (self.settings.asof - self.item.day).days
        low, high = -1, 0
        while high < last and not self._said(high):
            low, high = high, min(last, 2 * high + 1)
        while high - low > 1:
            middle = (low + high) // 2
            low, high = (low, middle) if self._said(middle) else (middle, high)
        return self.item.day + dt.timedelta(high)

    def _said(self, after: int) -> bool:
        """Tell whether it is said so many days after the day that it names."""
        on = self.settings._replace(asof=self.item.day + dt.timedelta(after))
        found = self.check(self.rows, on)
        return any(one.row is self.row and one.key == self.key for one in found)


def reminders(parsed: Parsed, silent: Collection[str] = ()) -> list[DueItem]:
    """Return what a record that was read is to be reminded of, the earliest day first.

    ``silent`` are the codes that the firm's settings file only notes.
    """
    found = _found(parsed, derive(parsed.record), silent, parsed.record.settings.asof)
    return sorted(one.item for one in found)


def seen(
    parsed: Parsed,
    audience: Audience,
    deals: frozenset[str] | None = None,
    silent: Collection[str] = (),
) -> list[DueItem]:
    """Return what an audience is to be reminded of, told from what it may see alone.

    A column that it does not see is blank to the rules, which then miss what is there: they are
    believed where they say the same of the same rows with every column.
    """
    asof = parsed.record.settings.asof
    return sorted(one.item for one in _believed(parsed, audience, deals, silent, asof))


def seen_ahead(
    parsed: Parsed,
    audience: Audience,
    deals: frozenset[str] | None = None,
    silent: Collection[str] = (),
) -> Iterator[DatedReminder]:
    """Yield what an audience will be reminded of some day if nobody settles it before.

    Rules that remind never fall silent by themselves, so they are asked on a day at the end of all
    days. What names no day is there only if it is said now.
    """
    now = set(seen(parsed, audience, deals, silent))
    for one in _believed(parsed, audience, deals, silent, END_OF_DAYS):
        if one.dated:
            yield one
        elif (there := one.item._replace(day=parsed.record.settings.asof)) in now:
            yield one._replace(item=there)


def without_deal(message: str, deal_id: str) -> str:
    """Return a message for a place where its deal is named already.

    >>> without_deal("Deal D-0007: the next step is due.", "D-0007")
    'The next step is due.'
    """
    _, here, rest = message.partition(f"{deal_id}:")
    if not here:
        _, here, rest = message.partition(f"{deal_id} :")
    rest = rest.strip()
    begins = here and message.index(here) <= _WORD
    return rest[:1].upper() + rest[1:] if begins and rest else message


def _believed(
    parsed: Parsed,
    audience: Audience,
    deals: frozenset[str] | None,
    silent: Collection[str],
    on: dt.date,
) -> Iterator[DatedReminder]:
    every = {
        key: grant._replace(columns=frozenset(SHEETS[key].by_key))
        for key, grant in audience.grants.items()
    }
    whole = narrow(parsed.record, audience._replace(grants=every), deals)
    true = {(one.item, one.key) for one in _found(parsed, whole, silent, on)}
    told = _found(parsed, narrow(parsed.record, audience, deals), silent, on)
    return (one for one in told if (one.item, one.key) in true)


def _found(
    parsed: Parsed, record: Record, silent: Collection[str], on: dt.date
) -> Iterator[DatedReminder]:
    tell = Teller(parsed)
    settings = record.settings._replace(asof=on)
    deals = grouped(record.by_deal.values())
    for rule in load_rules().values():
        if not rule.reminds or rule.deal_check is None or rule.code in silent:
            continue
        for rows in deals[rule.needs]:
            for found in rule.deal_check(rows, settings):
                day = found.words.get("day")
                item = DueItem(day or on, rows.id, rule.code, *tell(rule, found.words))
                yield DatedReminder(
                    item, found.row, found.key, bool(day), rule.deal_check, rows, settings
                )
