"""iCalendar text (RFC 5545): events of whole days, escaped and folded, and read back."""

import datetime as dt
import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Final, NamedTuple

from sheetrecord.core.view.sanitise import clean

WIDTH: Final = 75
"""Octets of a line at the most, its end not counted (section 3.1)."""

_BREAK: Final = re.compile(r"\r?\n[ \t]")
_ESCAPED: Final = {"\\": "\\\\", ";": "\\;", ",": "\\,", "\n": "\\n"}
_NO_TEXT: Final = re.compile("[\x00-\x08\x0b-\x1f\x7f]")


class IcalEvent(NamedTuple):
    """One event of a whole day. ``changed`` is the day its content became what it is.

    ``sequence`` counts how often it changed; the other texts are as people read them.
    """

    uid: str
    on: dt.date
    summary: str
    description: str
    category: str
    changed: dt.date
    sequence: int = 0

    @property
    def content(self) -> list[str]:
        """The lines of what the event says, without when it came to say so."""
        return [
            f"DTSTART;VALUE=DATE:{_digits(self.on)}",
            f"DTEND;VALUE=DATE:{_digits(_after(self.on))}",
            f"SUMMARY:{text(self.summary)}",
            f"DESCRIPTION:{text(self.description)}",
            f"CATEGORIES:{text(self.category)}",
            "TRANSP:TRANSPARENT",
        ]

    @property
    def lines(self) -> list[str]:
        """The event's lines, not yet folded."""
        stamp = f"{_digits(self.changed)}T000000Z"
        return [
            "BEGIN:VEVENT",
            f"UID:{text(self.uid)}",
            f"DTSTAMP:{stamp}",
            f"LAST-MODIFIED:{stamp}",
            f"SEQUENCE:{self.sequence}",
            *self.content,
            "END:VEVENT",
        ]


class KnownEvent(NamedTuple):
    """An event as an earlier file has it: its day, since when it says so, how often it changed."""

    on: dt.date
    changed: dt.date
    sequence: int
    content: list[str]


_EMPTY: Final = (
    *("BEGIN:VTIMEZONE", "TZID:Etc/UTC", "BEGIN:STANDARD", "DTSTART:19700101T000000"),
    *("TZOFFSETFROM:+0000", "TZOFFSETTO:+0000", "END:STANDARD", "END:VTIMEZONE"),
)
"""What stands in a calendar without events, because a calendar has a component (section 3.6)."""


def calendar(name: str, events: Iterable[IcalEvent], version: str, about: str = "") -> bytes:
    """Return an iCalendar file with these events in their order; ``about`` describes it."""
    lines = [
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        f"PRODID:-//sheetrecord//{text(version)}//EN",
        "CALSCALE:GREGORIAN",
        "METHOD:PUBLISH",
        f"X-WR-CALNAME:{text(name)}",
        *([f"X-WR-CALDESC:{text(about)}"] if about else []),
        "REFRESH-INTERVAL;VALUE=DURATION:PT12H",
        "X-PUBLISHED-TTL:PT12H",
    ]
    found = [line for event in events for line in event.lines]
    lines += [*(found or _EMPTY), "END:VCALENDAR"]
    return "".join(f"{folded(line)}\r\n" for line in lines).encode("utf-8")


def text(words: str) -> str:
    r"""Return a text as a value of type TEXT (section 3.3.11).

    >>> text("Rome, Milan; all\nof it\\")
    'Rome\\, Milan\\; all\\nof it\\\\'
    """
    plain = _NO_TEXT.sub("", clean(words).replace("\r", "\n").replace("\t", " "))
    found = "".join(_ESCAPED.get(letter, letter) for letter in plain)
    return found.encode("utf-8", "replace").decode("utf-8")


def folded(line: str) -> str:
    r"""Return a line folded at 75 octets, never inside a character.

    >>> [len(part.encode()) for part in folded("é" * 50).split("\r\n")]
    [74, 27]
    """
    parts, size, start = [], 0, 0
    for number, letter in enumerate(line):
        width = len(letter.encode("utf-8"))
        if size + width > WIDTH:
            parts.append(line[start:number])
            start, size = number, 1  # the blank before it counts
        size += width
    parts.append(line[start:])
    return "\r\n ".join(parts)


def known_events(data: bytes) -> Mapping[str, KnownEvent]:
    """Return the events of a file that `calendar` made, by UID; what cannot be read is left out."""
    lines = _BREAK.sub("", data.decode("utf-8", "replace")).splitlines()
    found: dict[str, KnownEvent] = {}
    for event in _events(lines):
        fields = {line.partition(":")[0]: line.partition(":")[2] for line in event}
        content = [line for line in event if line.partition(":")[0] not in _MANAGED]
        try:
            found[fields["UID"]] = KnownEvent(
                _day(fields["DTSTART;VALUE=DATE"]),
                _day(fields["LAST-MODIFIED"]),
                min(abs(int(fields["SEQUENCE"])), 2**31 - 1),
                content,
            )
        except (KeyError, ValueError):
            continue
    return found


_MANAGED: Final = frozenset(("UID", "DTSTAMP", "LAST-MODIFIED", "SEQUENCE"))


def _events(lines: Iterable[str]) -> Iterator[list[str]]:
    event: list[str] | None = None
    for line in lines:
        if line == "BEGIN:VEVENT":
            event = []
        elif line == "END:VEVENT" and event is not None:
            yield event
            event = None
        elif event is not None:
            event.append(line)


def _day(digits: str) -> dt.date:
    return dt.datetime.strptime(digits[:8], "%Y%m%d").date()  # noqa: DTZ007 - a day has no zone


def _digits(day: dt.date) -> str:
    return day.isoformat().replace("-", "")


def _after(day: dt.date) -> dt.date:
    return day + dt.timedelta(1) if day < dt.date.max else day
