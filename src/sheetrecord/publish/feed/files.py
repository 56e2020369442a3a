"""The calendar files of a site: one of all dates, one for each lead; each event remembers itself.

The file that was published before says since when an event is what it is: an event that says the
same keeps its stamp and its number, so that a day that passes changes no byte.
"""

import datetime as dt
import re
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from hashlib import blake2b
from typing import Final, NamedTuple

from sheetrecord import __version__
from sheetrecord.core.agenda.calendar import CalendarDate
from sheetrecord.core.agenda.digest import deals_of
from sheetrecord.core.reminders import without_deal
from sheetrecord.core.view.sanitise import flat
from sheetrecord.core.view.uncertain_owner import same_name
from sheetrecord.core.view.unread_cells import UnreadCell
from sheetrecord.publish.feed.ical import IcalEvent, KnownEvent, calendar, known_events, text
from sheetrecord.publish.feed.words import FEED
from sheetrecord.publish.format_values import ValueFormatter
from sheetrecord.publish.site import Page
from sheetrecord.publish.words import words
from sheetrecord.schema.column import Kind
from sheetrecord.schema.commitments import Commitments
from sheetrecord.schema.context import Context
from sheetrecord.schema.record import Record

FOLDER: Final = "calendar"
ALL: Final = f"{FOLDER}/all.ics"

_PLAIN: Final = re.compile(r"[A-Za-z0-9]+( [A-Za-z0-9]+)*")
_LONGEST: Final = 40
"""Characters of a name that stands in a file's name as it is."""

_NAMED: Final = 8
"""Cells that a feed names."""

_PLAIN_ID: Final = re.compile(r"[A-Za-z0-9_-]{1,40}")


class FeedSource(NamedTuple):
    """What a feed is made from: the narrowed record, its dates, and the file of last time.

    ``unread`` are cells that nobody can read: a day among them is in no feed, which says so.

    ``record_id`` is what tells this record's events from those of others; ``address`` is where the
    view is found, if the firm says so.
    """

    record: Record
    dates: Sequence[CalendarDate]
    record_id: str
    before: bytes = b""
    unread: Sequence[UnreadCell] = ()


def feed_pages(source: FeedSource) -> list[Page]:
    """Return the calendar files, that of all dates first."""
    settings = source.record.settings
    told = _FeedTelling(source)
    events = told.events()
    names = FEED[settings.language]
    lost = [one for one in source.unread if one.sheet != "Fees"]
    about = _missing(lost, names["unread"])
    found = [_page(ALL, calendar(names["all"], (e for e, _ in events), __version__, about))]
    for lead, path in lead_files(deal.ops_owner for deal in source.record.deals).items():
        mine = (e for e, date in events if same_name(date.deal.ops_owner) == same_name(lead))
        title = names["lead"].format(lead=flat(lead))
        deals = deals_of(source.record, lead)
        about = _missing([one for one in lost if one.deal_id in deals], names["unread"])
        found.append(_page(path, calendar(title, mine, __version__, about)))
    return found


def _missing(cells: Sequence[UnreadCell], words_: str) -> str:
    """Return the sentence that names cells which no event could be made of."""
    named = "; ".join(one.text for one in cells[:_NAMED])
    more = f"; + {len(cells) - _NAMED}" if len(cells) > _NAMED else ""
    return words_.format(cells=named + more) if cells else ""


def lead_files(leads: Iterable[str]) -> dict[str, str]:
    """Return the file of each lead by name: safe on every system, and never another's.

    Spellings of one name have one file. The name alone decides, so that no address changes when
    somebody else joins.
    """
    found: dict[str, str] = {}
    known: set[str] = set()
    for lead in sorted(leads):
        if not (same := same_name(lead)) or same in known:
            continue
        known.add(same)
        found[lead] = f"{FOLDER}/lead-{_slug(same)}.ics"
    return found


def _slug(name: str) -> str:
    """Return a folded name as a part of a file's name; what does not fit is told by a digest."""
    if _PLAIN.fullmatch(name) and len(name) <= _LONGEST:
        return name.replace(" ", "-")
    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode()
    kept = re.sub(r"[^a-z0-9]+", "-", plain)[:24].strip("-")
    return f"{kept}--{_mark(name, 4)}"  # no name of plain words has two dashes


def _mark(words_: str, size: int = 8) -> str:
    return blake2b(words_.encode("utf-8", "surrogatepass"), digest_size=size).hexdigest()


def _page(path: str, data: bytes) -> Page:
    return Page(path, blake2b(data, digest_size=16).hexdigest(), lambda: data)


class _FeedTelling:
    """Puts dates into words and remembers what was said of them before."""

    def __init__(self, source: FeedSource) -> None:
        self.source, self.settings = source, source.record.settings
        self.words = FEED[self.settings.language]
        self.marks = ValueFormatter(self.settings, words(self.settings.language))
        self.before: Mapping[str, KnownEvent] = known_events(source.before)
        self.given: set[str] = set()

    def events(self) -> list[tuple[IcalEvent, CalendarDate]]:
        """Return every event with what it is about."""
        return [(self._event(one), one) for one in self.source.dates]

    def _event(self, one: CalendarDate) -> IcalEvent:
        uid = self._uid(one)
        known = self.before.get(text(uid))
        asof = self.settings.asof
        on = one.on or (known.on if known else asof)
        changed = asof if one.known is None or one.known > asof else one.known
        usual = one.kind if one.kind in self.words else "reminder"
        event = IcalEvent(
            uid, on, self._summary(one), self._description(one), self.words[usual], changed
        )
        if known is None:
            return event
        if known.content == event.content:
            return event._replace(changed=known.changed, sequence=known.sequence)
        return event._replace(changed=asof, sequence=known.sequence + 1)

    def _uid(self, one: CalendarDate) -> str:
        """Return what tells an event from all others, the same as long as its cell is there."""
        dated = one.key in one.row.by_key and one.row.by_key[one.key].kind is Kind.DATE
        column = one.key if dated else one.kind.lower()
        row = one.row.id if _PLAIN_ID.fullmatch(one.row.id) else _mark(one.row.id)
        name = f"{row}.{column}"
        number = 1
        while name in self.given:  # one id on two rows
            number += 1
            name = f"{row}.{column}-{number}"
        self.given.add(name)
        return f"{name}@{self.source.record_id}"

    def _summary(self, one: CalendarDate) -> str:
        client = flat(one.deal.client) or one.deal.deal_id
        said = flat(one.text)
        if one.kind not in self.words:
            return f"{client}: {without_deal(said, one.deal.deal_id)}"
        return f"{self.words[one.kind]}: {said} ({client})" if said else self._bare(one, client)

    def _bare(self, one: CalendarDate, client: str) -> str:
        return f"{self.words[one.kind]} ({client})"

    def _description(self, one: CalendarDate) -> str:
        deal = one.deal
        lines = [" · ".join(filter(None, map(flat, (deal.deal_id, deal.client, deal.deal_name))))]
        if one.do:
            lines.append(one.do)
        if deal.ops_owner:
            lines.append(self.words["led_by"].format(lead=flat(deal.ops_owner)))
        if one.kind == "deadline" and deal.contract_end is not None:
            lines.append(self.words["contract_ends"].format(day=self._day(deal.contract_end)))
        who, where = _origin(one)
        if who:
            lines.append(self.words["said_by"].format(who=flat(who)))
        if where:
            lines.append(self.words["source"].format(where=flat(where)))
        return "\n".join(lines)

    def _day(self, day: dt.date) -> str:
        return self.marks.day(day).replace("\u00a0", " ")


def _origin(one: CalendarDate) -> tuple[str, str]:
    """Return who said it, and where that is written down."""
    row = one.row
    if isinstance(row, Commitments):
        return row.said_by, row.source_link
    if isinstance(row, Context):
        return row.person or row.learned_by, row.source_link
    return "", ""
