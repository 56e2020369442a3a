"""What changed since an earlier publication, as the work list shows it."""

import datetime as dt
from collections.abc import Mapping, Sequence
from typing import Final, NamedTuple

from sheetrecord.publish.format_values import ValueFormatter

_IN_SIGHT: Final = 5
WINDOW: Final = dt.timedelta(days=7)
"""How far back the page looks; the script can also look back to a reader's last visit."""


class ChangedLine(NamedTuple):
    """One cell that changed: its deal, its header, and both values as people read them."""

    deal_id: str
    head: str
    was: str
    now: str
    on: dt.date
    name: str = ""
    href: str = ""


class ChangedLines(NamedTuple):
    """Changes, the newest first, and the day of the first publication; None before that."""

    first: dt.date | None
    lines: Sequence[ChangedLine] = ()

    def told(self, marks: ValueFormatter, day: dt.date) -> Mapping[str, object]:
        """Return what the page holds for a reader without JavaScript."""
        if self.first is None or self.first == day:
            note = marks.words["changed_first"]
            return {
                "title": marks.say("changed", day=marks.short_day(day)),
                "lines": (),
                "note": note,
            }
        start = max(self.first, day - WINDOW)
        recent = [line for line in self.lines if line.on > day - WINDOW]
        left = len(recent) - _IN_SIGHT
        note = marks.say("changed_more", n=left) if left > 0 else ""
        return {
            "title": marks.say("changed", day=marks.short_day(start)),
            "lines": recent[:_IN_SIGHT],
            "note": note if recent else marks.words["changed_none"],
        }


NEVER_COMPARED: Final = ChangedLines(None)
