"""What a handover note says, in words: the same for a page, a text and a message.

It is made from a brief, which is narrowed to its reader before anything is said.
"""

from collections.abc import Iterator, Sequence
from typing import Final, NamedTuple

from sheetrecord.core.view.row_origin import Locate, origin_of
from sheetrecord.core.view.sanitise import flat, safe_link
from sheetrecord.publish.brief.content import Brief
from sheetrecord.publish.brief.text import BriefWords, clip
from sheetrecord.publish.note.words import NOTE
from sheetrecord.publish.origin import origin_lines
from sheetrecord.rules.grouping import unconfirmed
from sheetrecord.schema.column import Row
from sheetrecord.schema.commitments import Commitments
from sheetrecord.schema.context import Context
from sheetrecord.schema.packs import pack

_MOST: Final = 12
"""Lines of a section."""

_LONGEST: Final = 220
"""Characters of one line."""


class NoteLine(NamedTuple):
    """One thing to know, and why it is believed: a few short sentences."""

    what: str
    origin: tuple[str, ...] = ()


class NoteSection(NamedTuple):
    """A heading and its lines. ``key`` says which section it is, in any language."""

    key: str
    heading: str
    lines: tuple[NoteLine, ...]


class NoteText(NamedTuple):
    """A handover note in words; ``link`` is the address of the deal's page, or empty."""

    language: str
    deal_id: str
    subject: str
    intro: str
    sections: tuple[NoteSection, ...]
    end: str
    link: str = ""


class NotePlaces(NamedTuple):
    """Where things are: the record's name, cells in the workbook, the deal's page, and commands.

    ``commands`` are what takes the deal over and what sends it back.
    """

    source: str
    locate: Locate
    commands: tuple[str, ...] = ()
    link: str = ""


def note_text(brief: Brief, places: NotePlaces, whom: str) -> NoteText:
    """Return the note of a deal that was offered; ``whom`` is what its reader is called."""
    return _NoteTelling(brief, places, whom).text()


class _NoteTelling:
    """Puts one note into words."""

    def __init__(self, brief: Brief, places: NotePlaces, whom: str) -> None:
        self.brief, self.places, self.whom = brief, places, whom
        self.told = BriefWords(brief)
        self.settings, self.deal = brief.settings, brief.rows.deal
        self.words = NOTE[self.settings.language]
        self.names = pack(self.settings.language)

    def say(self, key: str, **parts: object) -> str:
        """Return a sentence of ours with its parts."""
        return self.words[key].format(**parts)

    def text(self) -> NoteText:
        """Return all of it."""
        deal = self.deal
        called = ", ".join(filter(None, (flat(deal.client), flat(deal.deal_name))))
        named = f"{clip(called, 90)} ({flat(deal.deal_id)})" if called else flat(deal.deal_id)
        nobody = self.say("somebody")
        intro = self.say(
            "intro", sales=flat(deal.deal_owner) or nobody, ops=flat(deal.ops_owner) or nobody
        )
        day = self.told.day(self.brief.asof)
        return NoteText(
            self.settings.language,
            deal.deal_id,
            self.say("subject", deal=named),
            intro[:1].upper() + intro[1:],
            tuple(one for one in self._sections() if one.lines),
            self.say("end", source=flat(self.places.source), day=day, whom=self.whom),
            safe_link(self.places.link),
        )

    def _sections(self) -> Iterator[NoteSection]:
        yield self._section("sold", list(self._sold()))
        yield self._section("matters", list(self._matters()))
        yield self._section("against", list(self._against()), "Context")
        promises = [self._promise(row) for row in self.brief.promises]
        if not promises:
            promises = [NoteLine(self.told.no_promises())]
        yield self._section("promised", promises, "Commitments")
        limits = [self._limit(row) for row in self.brief.limits if row.type != "supplier_term"]
        yield self._section("limits", limits, "Commitments")
        lacks = [NoteLine(clip(self.told.lacks(), _LONGEST))] if self.brief.unread else []
        yield self._section("unknown", [*lacks, *self._unknown()], "Context")
        groups = unconfirmed(self.brief.rows).values()
        waits = [self._fact(row) for group in groups for row in group]
        yield self._section("confirm", waits, "Context")
        yield NoteSection("next", self.say("next"), tuple(self._next()))

    def _section(self, key: str, lines: Sequence[NoteLine], sheet: str = "") -> NoteSection:
        shown = list(lines[:_MOST])
        if left := len(lines) - len(shown):
            title = self.names.sheets.get(sheet, sheet)
            shown.append(NoteLine(self.say("more", n=left, sheet=title)))
        return NoteSection(key, self.say(key), tuple(shown))

    def _sold(self) -> Iterator[NoteLine]:
        deal, told = self.deal, self.told
        known = [
            (self.say("client"), deal.client),
            (self.say("agreed"), told.money(deal.value_net)),
            (self.say("contract"), self._span()),
            *told.terms(),
        ]
        for name, text in known:
            if text:
                yield NoteLine(clip(f"{name}: {flat(text)}", _LONGEST))
        for row in self.brief.facts:
            if row.kind in {"why_us", "success_formal"} and row.state == "answered":
                yield self._fact(row)

    def _span(self) -> str:
        days = (self.told.day(self.deal.contract_start), self.told.day(self.deal.contract_end))
        return " \u2013 ".join(filter(None, days))

    def _matters(self) -> Iterator[NoteLine]:
        deadline = self.brief.deadline
        if deadline is None:
            yield NoteLine(self.told.no_deadline())
            return
        told = self.told
        why = clip(flat(deadline.driver), 120)
        day = told.day(deadline.day, weekday=True)
        parts = (f"{day}: {why}" if why else day, told.left(deadline.day), told.gap())
        facts = (row for row in self.brief.rows.context if row.kind == "real_deadline")
        row = next((row for row in facts if row.date == deadline.day), None)
        yield self._line("; ".join(filter(None, parts)), row)

    def _against(self) -> Iterator[NoteLine]:
        for row in self.brief.people:
            if row.stance == "against":
                yield self._person(row)
        for row in self.brief.facts:
            if row.kind == "pushback":
                yield self._line(self.told.fact(row), row)

    def _person(self, row: Context) -> NoteLine:
        known = ", ".join([*self.told.person(row), *filter(None, [clip(row.answer, 120)])])
        return self._line(": ".join(filter(None, (row.person, known))), row)

    def _promise(self, row: Commitments) -> NoteLine:
        open_ = row.disposition in {"", "undecided"}
        unpaid = row.client_believes in {"yes", "unsure"} and row.in_contract != "yes"
        parts = [
            self.say("due", day=self.told.day(row.due_on)) if row.due_on else "",
            self.say("undecided") if open_ else self.told.label("disposition", row.disposition),
            self.say("unpaid") if unpaid else "",
        ]
        return self._line("; ".join(filter(None, (clip(row.what, 160).rstrip("."), *parts))), row)

    def _limit(self, row: Commitments) -> NoteLine:
        return self._line(f"{clip(row.what, 160).rstrip('.')} ({self.told.limit(row)})", row)

    def _unknown(self) -> Iterator[NoteLine]:
        for row in self.brief.unknown:
            yield self._line(": ".join(self.told.unknown(row)), row)
        if self.brief.unasked:
            yield NoteLine(self.told.questions())

    def _fact(self, row: Context) -> NoteLine:
        if row.kind == "stakeholder":
            return self._person(row)
        label = self.told.label("kind", row.kind)
        return self._line(f"{label}: {self.told.fact(row)}", row)

    def _line(self, what: str, row: Row | None) -> NoteLine:
        said = clip(flat(what), _LONGEST)
        if row is None:
            return NoteLine(said)
        found = origin_of(row, self.places.locate)
        return NoteLine(said, tuple(origin_lines(found, self.settings, self.told.day)))

    def _next(self) -> Iterator[NoteLine]:
        yield NoteLine(self.say("accept"), self.places.commands)
        deal = self.deal
        where = self.places.locate("Deal", deal.row, "handover_state", deal.deal_id)
        yield NoteLine(self.say("by_hand", where=where))
        if link := safe_link(self.places.link):
            yield NoteLine(self.say("page", link=link))
