"""A strict reader of iCalendar files (RFC 5545), to read back what is published."""

import datetime as dt
import re
from typing import NamedTuple

_NAME = re.compile(r"[A-Z-]+(;[A-Z-]+=[A-Za-z0-9-]+)*")
_UNESCAPED = re.compile(r"\\(.)", re.DOTALL)


class Event(NamedTuple):
    """An event as a program that subscribes to the feed has it."""

    uid: str
    on: dt.date
    summary: str
    description: str
    category: str
    stamp: str
    sequence: int


def read(data: bytes) -> list[Event]:
    """Return the events of a file. Fails on whatever the standard does not allow."""
    assert data.endswith(b"\r\n")
    assert b"\n" not in data.replace(b"\r\n", b"")
    assert b"\r" not in data.replace(b"\r\n", b"")
    raw = data.split(b"\r\n")[:-1]
    assert all(0 < len(line) <= 75 for line in raw), max(map(len, raw))
    for line in raw:
        line.decode("utf-8")  # no character is cut in two
    lines = data.decode("utf-8").replace("\r\n ", "").split("\r\n")[:-1]
    pairs = []
    for line in lines:
        name, mark, value = line.partition(":")
        assert mark, line
        assert _NAME.fullmatch(name), name
        pairs.append((name, value))
    assert pairs[0] == ("BEGIN", "VCALENDAR")
    assert pairs[-1] == ("END", "VCALENDAR")
    head = dict(pairs[: [name for name, _ in pairs].index("BEGIN", 1)])
    assert head["VERSION"] == "2.0"
    assert head["PRODID"]
    assert head["REFRESH-INTERVAL;VALUE=DURATION"] == head["X-PUBLISHED-TTL"] == "PT12H"
    events, at = [], None
    assert any(pair[0] == "BEGIN" for pair in pairs[1:-1]), "a calendar has a component"
    for name, value in pairs[1:-1]:
        if (name, value) == ("BEGIN", "VEVENT"):
            assert at is None
            at = {}
        elif (name, value) == ("END", "VEVENT"):
            assert at is not None
            events.append(_event(at))
            at = None
        elif at is not None:
            assert name not in at, f"{name} twice"
            at[name] = value
    assert at is None
    assert len({event.uid for event in events}) == len(events)
    return events


def _event(found: dict[str, str]) -> Event:
    assert set(found) == {
        "UID", "DTSTAMP", "LAST-MODIFIED", "SEQUENCE", "DTSTART;VALUE=DATE", "DTEND;VALUE=DATE",
        "SUMMARY", "DESCRIPTION", "CATEGORIES", "TRANSP",
    }  # fmt: skip
    assert found["TRANSP"] == "TRANSPARENT"
    assert found["DTSTAMP"] == found["LAST-MODIFIED"]
    assert re.fullmatch(r"\d{8}T000000Z", found["DTSTAMP"])
    on, end = (dt.date.fromisoformat(found[f"{key};VALUE=DATE"]) for key in ("DTSTART", "DTEND"))
    assert end - on == dt.timedelta(1)
    return Event(
        _text(found["UID"]), on, _text(found["SUMMARY"]), _text(found["DESCRIPTION"]),
        _text(found["CATEGORIES"]), found["DTSTAMP"][:8], int(found["SEQUENCE"]),
    )  # fmt: skip


def _text(value: str) -> str:
    """Return a value of type TEXT as people read it. Fails on one that was not escaped."""
    bare = _UNESCAPED.sub("", value)
    assert not set(bare) & set(",;\n"), value
    assert all(letter in "nN,;\\" for letter in _UNESCAPED.findall(value)), value
    return _UNESCAPED.sub(lambda m: "\n" if m[1] in "nN" else m[1], value)
