"""What is to be said on a day, and until it is settled: the findings of rules that remind.

Rules that remind look at a date: a promise that is due, a day of notice, a kickoff that was not
held. Each is a finding of `validate` as well; here they stand together, ordered by their day.
"""

import datetime as dt
from collections.abc import Collection, Iterator
from typing import NamedTuple

from sheetrecord.core.derive import derive
from sheetrecord.core.tell import Teller
from sheetrecord.core.view.audiences import Audience
from sheetrecord.core.view.projection import narrow
from sheetrecord.rules import load_rules
from sheetrecord.rules.need import grouped
from sheetrecord.schema.read.parse import Parsed
from sheetrecord.schema.record import Record
from sheetrecord.schema.sheets import SHEETS


class DueItem(NamedTuple):
    """One thing that is due; ``day`` is the one that the message names, today where it has none."""

    day: dt.date
    deal_id: str
    code: str
    message: str
    do: str


def reminders(parsed: Parsed, silent: Collection[str] = ()) -> list[DueItem]:
    """Return what a record that was read is to be reminded of, the earliest day first.

    ``silent`` are the codes that the firm's settings file only notes.
    """
    return sorted(_found(parsed, derive(parsed.record), silent))


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
    every = {
        key: grant._replace(columns=frozenset(SHEETS[key].by_key))
        for key, grant in audience.grants.items()
    }
    whole = narrow(parsed.record, audience._replace(grants=every), deals)
    true = set(_found(parsed, whole, silent))
    told = _found(parsed, narrow(parsed.record, audience, deals), silent)
    return sorted(one for one in told if one in true)


def _found(parsed: Parsed, record: Record, silent: Collection[str]) -> Iterator[DueItem]:
    tell = Teller(parsed)
    settings = record.settings
    deals = grouped(record.by_deal.values())
    for rule in load_rules().values():
        if not rule.reminds or rule.deal_check is None or rule.code in silent:
            continue
        for rows in deals[rule.needs]:
            for found in rule.deal_check(rows, settings):
                day = found.words.get("day") or settings.asof
                yield DueItem(day, rows.id, rule.code, *tell(rule, found.words))
