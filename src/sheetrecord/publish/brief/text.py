"""Wording of figures, people and commitments in the brief, shared by HTML and Markdown."""

import datetime as dt
from collections.abc import Iterator, Sequence

from sheetrecord.core.absence.sentences import brackets, sentence
from sheetrecord.core.absence.states import NOT_ASKED, Heard, heard, promised
from sheetrecord.core.view.row_origin import origin_of
from sheetrecord.model.money import exponent, to_major
from sheetrecord.publish.brief.content import Brief
from sheetrecord.publish.brief.words import BRIEF, day
from sheetrecord.publish.origin import ORIGIN, origin_lines
from sheetrecord.publish.words import words
from sheetrecord.schema.column import Row
from sheetrecord.schema.commitments import Commitments
from sheetrecord.schema.context import Context
from sheetrecord.schema.fees import Fees
from sheetrecord.schema.packs import pack


class BriefWords:
    """Texts of one brief in the workbook's language."""

    def __init__(self, brief: Brief) -> None:
        self.brief, self.settings = brief, brief.settings
        self.language = brief.settings.language
        self._words = BRIEF.get(self.language, BRIEF["en"])

    def __call__(self, name: str, **parts: object) -> str:
        """Return a word or sentence."""
        return self._words[name].format_map(parts)

    def day(self, when: object, *, weekday: bool = False) -> str:
        """Return a date as text, "" for none."""
        return day(when, self.language, weekday=weekday) if isinstance(when, dt.date) else ""

    def label(self, enum: str, code: str) -> str:
        """Return the workbook's label for a code, "" for none."""
        return self.settings.label(enum, code) if code else ""

    def money(self, minor: int | None) -> str:
        """Return an amount in the deal's currency as text; ``minor`` is minor units.

        Whole amounts have no decimals.
        """
        currency = self.brief.rows.deal.currency or self.settings.currency
        return money(minor, currency, self.language)

    def head(self) -> Iterator[str]:
        """Yield the head lines: who hands over to whom, the value, the signing date, the state."""
        deal = self.brief.rows.deal
        owner, receiver = (
            deal.deal_owner or self.heard("owner"),
            deal.ops_owner or self.heard("owner"),
        )
        yield f"{owner} {self('hands_over')}, {receiver} {self('receives')}"
        if deal.value_net is not None:
            yield f"{self('value')} {self.money(deal.value_net)}"
        if deal.signed_on is not None:
            yield f"{self('signed')} {self.day(deal.signed_on)}"
        yield self.label("handover_state", deal.handover_state) or self.label("stage", deal.stage)

    def terms(self) -> Iterator[tuple[str, str]]:
        """Yield what the work rests on and what else sales wrote down, each with its header."""
        deal = self.brief.rows.deal
        names = pack(self.language).columns["Deal"]
        told = {
            "fee_model": self.label("fee_model", deal.fee_model),
            "hours_sold": f"{deal.hours_sold:g}" if deal.hours_sold else "",
            "paper": self.label("paper", deal.paper),
            "notice_by": self.day(deal.notice_by),
            "note": clip(deal.note, 300),
        }
        yield from ((names[key], text) for key, text in told.items() if text)

    def why(self, row: Row) -> list[str]:
        """Return why a line is believed, a sentence each."""
        found = origin_of(row, self.brief.locate)
        return origin_lines(found, self.settings, self.day)

    def reason(self) -> str:
        """Return the heading of `why`."""
        return ORIGIN[self.language]["why"]

    def lacks(self) -> str:
        """Name the cells that nobody can read; empty where there are none."""
        named = "; ".join(one.text for one in self.brief.unread)
        return self("unread", cells=clip(named, 300)) if named else ""

    def heard(self, subject: str, state: str = NOT_ASKED, **parts: str) -> str:
        """Return what may be said of a subject: absence only where somebody said it."""
        return sentence(self.language, subject, state, whole=self.brief.whole, **parts)

    def no_deadline(self) -> str:
        """Say what came of the question which date matters, when no day is known."""
        found = heard(self.brief.rows.context, "real_deadline")
        return self.heard("deadline", found.state, said=self.said(found))

    def no_promises(self) -> str:
        """Say why no promise is listed."""
        found = promised(self.brief.rows.commitments, self.settings.tokens)
        return self.heard("promises", found.state, said=self.said(found))

    def no_facts(self) -> str:
        """Say why no fact is listed."""
        known = [row for row in self.brief.unknown if row.kind != "real_deadline"]
        return self.heard("facts", "unknown" if known else NOT_ASKED)

    def questions(self) -> str:
        """Say what nobody asked, or that every question has its answer; nothing in between."""
        brief = self.brief
        if brief.unasked:
            return self.heard("questions", what="; ".join(map(self._kind, brief.unasked)))
        if brief.unknown:
            return ""
        return self.heard("questions", "answered" if brief.whole else "shown")

    def _kind(self, code: str) -> str:
        return self.label("kind", code)

    def said(self, found: Heard) -> str:
        """Return the source and date of a statement, or who asks again and when, in brackets."""
        if found.said is not None:
            return brackets(found.said.said_by, self.day(found.said.said_on))
        row = found.fact
        if row is None:
            return ""
        if found.state == "unknown":
            who = row.chase_by or self.heard("owner")
            return brackets(self("chase", day=self.day(row.chase_on) or "?", who=who))
        words = {"answered": row.answer, "n_a": row.note}.get(found.state, "")
        return brackets(clip(words), row.person, self.day(row.learned_on))

    def gap(self) -> str:
        """Say how far the date that matters is from the contract's end."""
        deadline, end = self.brief.deadline, self.brief.rows.deal.contract_end
        if deadline is None or end is None:
            return ""
        days = (end - deadline.day).days
        if days == 0:
            return self("same_day")
        return self("earlier" if days > 0 else "later", days=abs(days))

    def left(self, when: object) -> str:
        """Return the days left until a date as text."""
        if not isinstance(when, dt.date):
            return ""
        days = (when - self.brief.asof).days
        return self("days_left", days=days) if days >= 0 else self("days_over", days=-days)

    def fact(self, row: Context) -> str:
        """Return a fact with its source."""
        if row.state != "answered":
            return self.label("state", row.state) + self.said(Heard(row.state, row))
        said = f" ({row.person})" if row.person and row.person not in row.answer else ""
        return clip(row.answer) + said

    def person(self, row: Context) -> list[str]:
        """Return a person's role, stance, influence and other notes."""
        how = self.label("influence", row.influence).lower()
        known = [
            self.label("role", row.role),
            self.label("stance", row.stance).lower(),
            self("influence", how=how) if how else "",
        ]
        return [text for text in known if text]

    def again(self, row: Context) -> str:
        """Return that a person comes from an earlier deal and is not confirmed yet."""
        prior = self.brief.rows.deal.prior_deal_id
        waits = prior and row.confirmed_on is None and prior in row.source_link
        return self("reconfirm") if waits else ""

    def promise(self, row: Commitments) -> tuple[str, str, str, str]:
        """Return a commitment's text, the client's view, the decision, and owner with due date."""
        said = ", ".join(part for part in (row.said_by, self.day(row.said_on)) if part)
        what = clip(row.what, 160) + (f" ({said})" if said else "")
        decision = self.label("disposition", row.disposition or "undecided")
        if row.effort_hours:
            decision += f", {row.effort_hours:g}\u00a0h"
        if row.amount_net:
            decision += f", {self.money(row.amount_net)}"
        due = ", ".join(part for part in (row.owner, self.day(row.due_on)) if part)
        believes = self.label("client_believes", row.client_believes)
        contract = self.label("in_contract", row.in_contract)
        return what, f"{believes or '-'} / {contract or '-'}", decision, due

    def limit(self, row: Commitments) -> str:
        """Return what kind of limit it is, where it stands, by when, and what it is worth."""
        worth = self.money(row.amount_net) if row.amount_net else ""
        known = (self.label("type", row.type), row.clause, self.day(row.due_on), worth)
        return ", ".join(filter(None, known))

    def unknown(self, row: Context) -> tuple[str, str]:
        """Return a question, and who asks it by when."""
        what = row.person or self.settings.prompt_texts.get(row.kind, row.kind)
        who = row.chase_by or self.heard("owner")
        return what, self("chase", day=self.day(row.chase_on) or "?", who=who)

    def fee(self, row: Fees) -> tuple[str, str, str]:
        """Return a fee line's text, planned date and amount."""
        when = row.invoiced_on or row.planned_on
        own = row.currency or self.brief.rows.deal.currency
        label = self.label("trigger", row.trigger)
        return row.description or label, self.day(when) or label, money(row.net, own, self.language)

    def waiver(self) -> str:
        """Return what was waived, by whom, why and until when."""
        deal = self.brief.rows.deal
        until = self.day(deal.waived_until)
        return f"{deal.waived}: {deal.waived_why} ({deal.waived_by}, {until})"

    def rest(self, shown: Sequence[object], every: Sequence[object], sheet: str) -> str:
        """Return how many rows of a sheet the page leaves out."""
        count = len(every) - len(shown)
        return self("more", count=count, sheet=sheet) if count > 0 else ""


def clip(text: str, longest: int = 150) -> str:
    """Return a text shortened to ``longest`` characters; the workbook has the whole."""
    words = " ".join(text.split())
    return words if len(words) <= longest else words[: longest - 1].rstrip() + "\u2026"


def money(minor: int | None, currency: str, language: str = "en") -> str:
    r"""Return an amount in minor units as text with its currency, as a language writes it.

    >>> money(1260050, "EUR"), money(1260050, "EUR", "de"), money(1500, "JPY")
    ('12,600.50\xa0EUR', '12.600,50\xa0EUR', '1,500\xa0JPY')
    """
    if minor is None:
        return ""
    major = to_major(minor, currency)
    places = 0 if major == major.to_integral_value() else exponent(currency)
    marks = words(language)
    whole, _, rest = f"{major:,.{places}f}".partition(".")
    rest = f"{marks['point']}{rest}" if rest else ""
    return f"{whole.replace(',', marks['thousands'])}{rest}\u00a0{currency}"
