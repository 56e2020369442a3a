"""Format the record's values for pages: dates, amounts, labels, links, long texts."""

import datetime as dt
from collections.abc import Mapping

from markupsafe import Markup, escape

from sheetrecord.core.view.changes import Edited
from sheetrecord.core.view.linked_files import is_place
from sheetrecord.core.view.sanitise import safe_link
from sheetrecord.model.money import exponent, to_major
from sheetrecord.schema.column import Column, Kind
from sheetrecord.schema.packs import pack
from sheetrecord.schema.record import Settings
from sheetrecord.schema.sheets import SHEETS

LONG = 900
"""Characters; a longer text is folded away behind its beginning."""

_BEGINNING = 280


class ValueFormatter:
    """Texts, labels and number formats of one site."""

    def __init__(self, settings: Settings, words: Mapping[str, str]) -> None:
        self.settings, self.words = settings, words
        self.months = words["months"].split()

    def day(self, day: dt.date | None) -> str:
        """Return a date as text with non-breaking spaces."""
        if day is None:
            return ""
        month = self.months[day.month - 1]
        text = self.words["day"].format(day=day.day, month=month, year=day.year)
        return text.replace(" ", "\u00a0")

    def short_day(self, day: dt.date) -> str:
        """Return a date as text, without the year where it is the one of the view."""
        if day.year != self.settings.asof.year:
            return self.day(day)
        month = self.months[day.month - 1]
        return self.words["day_short"].format(day=day.day, month=month).replace(" ", "\u00a0")

    def written(self, day: object) -> str:
        """Return a date as text, nothing for what is none."""
        return self.day(day) if isinstance(day, dt.date) else ""

    def money(self, minor: int | None, currency: str) -> str:
        """Return an amount in minor units as text with its currency.

        Whole amounts have no decimals.
        """
        if minor is None:
            return ""
        amount = self.number(minor, currency)
        return f"{amount}\u00a0{currency}" if currency else amount

    def about(self, minor: int | None, currency: str) -> str:
        """Return an amount in minor units as short text: a large one without decimals."""
        unit = 10 ** exponent(currency)
        if minor is None or abs(minor) < 100 * unit:
            return self.money(minor, currency)
        whole = (abs(minor) + unit // 2) // unit * unit
        return self.money(whole if minor > 0 else -whole, currency)

    def number(self, minor: int, currency: str) -> str:
        """Return an amount in minor units as text without its currency."""
        major = to_major(minor, currency)
        places = 0 if major == major.to_integral_value() else exponent(currency)
        text = f"{abs(major):,.{places}f}"
        text = text.replace(",", "\0").replace(".", self.words["point"])
        text = text.replace("\0", self.words["thousands"])
        return f"\u2212{text}" if minor < 0 else text

    def label(self, code: str, enum: str) -> str:
        """Return the workbook's label for a code."""
        return self.settings.label(enum, code) if code else ""

    def say(self, key: str, **parts: object) -> str:
        """Return a sentence with its placeholders filled."""
        return self.words[key].format(**parts)

    def link(self, text: str, shown: str = "") -> Markup:
        """Return a link if the text is an address of the web, else the escaped text."""
        url = safe_link(text)
        words = escape(shown or text)
        if not url:
            told = words if shown and not text else self._unlinked(text)
            return Markup("{}: {}").format(shown, told) if shown and text else told
        return Markup('<a href="{}" rel="noopener noreferrer nofollow">{}</a>').format(url, words)

    def _unlinked(self, text: str) -> Markup:
        """Return what is no address of the web: a file's place can be copied, words are words."""
        if not is_place(text):
            return escape(text)
        return Markup('<code data-copy="{}">{}</code>').format(text, text)

    def prose(self, text: str) -> Markup:
        """Return a text with its line breaks; a very long one is collapsed."""
        if len(text) <= LONG:
            return _lines(text)
        beginning = text[:_BEGINNING].rsplit(" ", 1)[0]
        more = self.say("show_all", count=f"{len(text):,}".replace(",", self.words["thousands"]))
        return Markup("{}… <details><summary>{}</summary><div>{}</div></details>").format(
            _lines(beginning), more, _lines(text)
        )

    def edited(self, edit: Edited, currency: str) -> str:
        """Return a cell's name, its value when the deal was sold, and its present value."""
        column = SHEETS[edit.sheet].by_key[edit.key]
        name = pack(self.settings.language).columns[edit.sheet][edit.key]
        before, after = (self._value(column, value, currency) for value in (edit.sold, edit.now))
        return self.say("chg_from_to", what=name, before=before, after=after)

    def _value(self, column: Column, value: object, currency: str) -> str:
        """Return a canonical value as people read it."""
        text = " ".join(str(value).split())
        if value is None:
            text = self.words["chg_blank"]
        elif column.kind is Kind.ENUM:
            text = self.label(str(value), column.enum)
        elif column.kind is Kind.FLAG:
            text = self.label("yes", "yes")
        elif column.kind is Kind.MONEY and isinstance(value, int):
            text = self.money(value, currency)
        elif column.kind is Kind.DATE:
            text = self.day(_day(value)) or text
        elif isinstance(value, float):
            text = self.hours(value)
        return text if len(text) <= _BEGINNING else text[:_BEGINNING] + "…"

    def cell(self, sheet: str, key: str, value: object, currency: str) -> str:
        """Return a canonical value of a column as people read it."""
        return self._value(SHEETS[sheet].by_key[key], value, currency)

    def percent(self, share: float) -> str:
        """Return a share (0 to 1) as whole per cent, without the sign."""
        return f"{share * 100:.0f}"

    def hours(self, hours: float | None) -> str:
        """Return hours as text without trailing zeros."""
        return "" if hours is None else f"{hours:g}".replace(".", self.words["point"])


def _day(text: object) -> dt.date | None:
    try:
        return dt.date.fromisoformat(str(text))
    except ValueError:
        return None


def _lines(text: str) -> Markup:
    return Markup("<br>").join(escape(line) for line in text.strip().split("\n"))
