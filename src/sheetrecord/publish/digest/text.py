"""A digest in words: headings, sentences and rows, the same for a page, a mail and a text."""

import datetime as dt
from collections.abc import Iterator, Sequence
from typing import Final, NamedTuple

from sheetrecord.core.agenda.calendar import CalendarDate
from sheetrecord.core.agenda.digest import NEAR, Collision, Digest, Takings
from sheetrecord.core.agenda.waiting import WaitingHandover
from sheetrecord.core.reminders import without_deal
from sheetrecord.core.view.audiences import Audience
from sheetrecord.core.view.sanitise import flat
from sheetrecord.core.view.unread_cells import UnreadCell
from sheetrecord.publish.brief.text import clip
from sheetrecord.publish.digest.words import DIGEST
from sheetrecord.publish.format_values import ValueFormatter
from sheetrecord.publish.words import words
from sheetrecord.schema.commitments import Commitments
from sheetrecord.schema.deal import Deal

_LONGEST: Final = 140
"""Characters of one thing that is said."""

_NAME: Final = 40
"""Characters of a client's or a deal's name."""


_CLAIMS: Final = frozenset(("near_none", "money_none", "promises_none"))
"""Sentences of absence, which hold only where every day and amount was read."""


class DigestRow(NamedTuple):
    """One line: when (may be empty), about which deal, and what."""

    when: str
    deal: str
    what: str


class DigestSection(NamedTuple):
    """A heading, its rows, and the sentences below them."""

    heading: str
    rows: tuple[DigestRow, ...]
    sentences: tuple[str, ...] = ()


class DigestText(NamedTuple):
    """A digest in words. ``columns`` are the heads of day, deal and what."""

    language: str
    subject: str
    since: str
    sections: tuple[DigestSection, ...]
    end: str
    columns: tuple[str, str, str]


def told(digest: Digest, audience: Audience, source: str, most: int) -> DigestText:
    """Return a digest in the language of its record, with at most ``most`` rows a section.

    ``source`` is what the record is called.
    """
    return _DigestTelling(digest, audience, source, most).text()


class _DigestTelling:
    """Puts one digest into words."""

    def __init__(self, digest: Digest, audience: Audience, source: str, most: int) -> None:
        self.digest, self.audience, self.source, self.most = digest, audience, source, most
        settings = digest.record.settings
        self.language = settings.language
        self.words = DIGEST[self.language]
        self.marks = ValueFormatter(settings, words(self.language))

    def say(self, key: str, **parts: object) -> str:
        """Return a sentence of ours with its parts."""
        return self.words[key].format(**parts)

    def day(self, day: dt.date | None) -> str:
        """Return a day as text, nothing for none."""
        return self.marks.day(day).replace("\u00a0", " ")

    def text(self) -> DigestText:
        """Return all of it."""
        digest, say = self.digest, self.say
        who = "lead" if digest.lead else self.audience.name
        today = self.day(digest.asof)
        whom = digest.lead or self.audience.called_in(self.language)
        return DigestText(
            self.language,
            say(f"subject_{who}", day=today, lead=flat(digest.lead)),
            say("since", day=self.day(digest.since)) if digest.since else say("never"),
            tuple(self._sections()),
            say("end", source=flat(self.source), day=today, whom=flat(whom)),
            (say("day"), say("deal"), say("what")),
        )

    def _sections(self) -> Iterator[DigestSection]:
        yield self._needs()
        if self.digest.waiting:
            yield self._section("waiting", [self._waiting(one) for one in self.digest.waiting])
        if self.digest.conflicts:
            yield self._section("conflicts", list(self._conflicts()))
        if self.digest.unread:
            yield self._section("unread", [self._unread(one) for one in self.digest.unread])
        near = [self._date(one) for one in self.digest.near]
        yield self._section("near", near, "near_none", days=NEAR)
        if self.digest.collisions or self.digest.known:
            yield self._collisions()
        if self.digest.since is not None:
            said = [self._said(row) for row in self.digest.promises]
            yield self._section("promises", said, "promises_none")
        yield self._money()

    def _section(
        self,
        heading: str,
        rows: Sequence[DigestRow],
        none: str = "",
        more: Sequence[str] = (),
        **parts: object,
    ) -> DigestSection:
        blind = any(one.first for one in self.digest.unread)
        none = "none_read" if none in _CLAIMS and blind else none
        sentences = [self.say(none)] if none and not rows and not more else []
        left = len(rows) - self.most
        sentences += [self.say("more", n=left)] if left > 0 else []
        shown = tuple(rows[: self.most])
        return DigestSection(self.say(heading, **parts), shown, (*sentences, *more))

    def _needs(self) -> DigestSection:
        """Return what is due by its day; of many the latest, as elsewhere."""
        by_deal = self.digest.record.by_deal
        rows = [
            DigestRow(
                self.day(one.day),
                self._name(by_deal[one.deal_id].deal),
                self._clip(without_deal(one.message, one.deal_id)),
            )
            for one in self.digest.needs
        ]
        passed = [
            DigestRow(
                self.day(one.on),
                self._name(one.deal),
                self._clip(self.say("passed", day=self.day(one.on), what=flat(one.text))),
            )
            for one in self.digest.passed
        ]
        found = self._section("needs", [*passed, *rows], "needs_none")
        return found._replace(rows=(*passed, *rows)[-self.most :])

    def _conflicts(self) -> Iterator[DigestRow]:
        """Yield a row for each deal in which copies disagree."""
        by_deal = self.digest.record.by_deal
        for deal_id in dict.fromkeys(self.digest.conflicts):
            count = self.digest.conflicts.count(deal_id)
            said = self.say("conflict_one" if count == 1 else "conflict_many", n=count)
            yield DigestRow("", self._name(by_deal[deal_id].deal), said)

    def _unread(self, one: UnreadCell) -> DigestRow:
        rows = self.digest.record.by_deal.get(one.deal_id)
        name = self._name(rows.deal) if rows else flat(one.deal_id)
        return DigestRow("", name, self._clip(f"{one.address} \u00b7 {one.head}"))

    def _waiting(self, one: WaitingHandover) -> DigestRow:
        owner = clip(flat(one.deal.ops_owner), _NAME) or self.say("somebody")
        key = {None: "waits_undated", 0: "waits_now", 1: "waits_one"}.get(one.days, "waits")
        said = self.say(key, day=self.day(one.since), days=one.days, owner=owner)
        return DigestRow(self.day(one.since), self._name(one.deal), said)

    def _date(self, one: CalendarDate) -> DigestRow:
        what = f"{self.say(one.kind)}: {flat(one.text)}".removesuffix(": ")
        return DigestRow(self.day(one.on), self._name(one.deal), self._clip(what))

    def _collisions(self) -> DigestSection:
        rows = [self._collision(one) for one in self.digest.collisions]
        known = self.digest.known
        more = [self.say("collisions_known", n=known)] if known else []
        return self._section("collisions", rows, "", more)

    def _collision(self, one: Collision) -> DigestRow:
        names = ", ".join(clip(flat(deal.client), _NAME) or deal.deal_id for deal in one.deals)
        lead, n = clip(flat(one.lead), _NAME), len(one.deals)
        parts = {"lead": lead, "day": self.day(one.week), "n": n, "deals": self._clip(names)}
        return DigestRow(self.day(one.week), "", self.say("collides", **parts))

    def _said(self, row: Commitments) -> DigestRow:
        deal = self.digest.record.by_deal[row.deal_id].deal
        who, day = clip(flat(row.said_by), _NAME), self.day(row.said_on)
        said = ", ".join(filter(None, (who, day)))
        what = self._clip(row.what) + (f" ({said})" if said else "")
        return DigestRow(self.day(row.due_on), self._name(deal), what)

    def _money(self) -> DigestSection:
        rows = [line for one in self.digest.money for line in self._takings(one)]
        late = [
            DigestRow(
                "",
                self._name(one.deal),
                self.say("late", amount=self._amount(one.amount, one.currency), days=one.days),
            )
            for one in self.digest.overdue
        ]
        return self._section("money", [*rows, *late], "money_none")

    def _takings(self, one: Takings) -> Iterator[DigestRow]:
        named = (("came_in", one.came_in), ("overdue", one.overdue), ("unpriced", one.unpriced))
        for key, amount in named:
            if amount:
                yield DigestRow("", self.say(key), self._amount(amount, one.currency))

    def _amount(self, minor: int, currency: str) -> str:
        return self.marks.money(minor, currency)

    def _name(self, deal: Deal) -> str:
        """Return a deal as people call it."""
        names = (clip(flat(deal.client), _NAME), clip(flat(deal.deal_name), _NAME))
        called = ", ".join(filter(None, names))
        shown = clip(flat(deal.deal_id), _NAME)
        return f"{called} ({shown})" if called else shown

    def _clip(self, text: str) -> str:
        return clip(flat(text), _LONGEST)
