"""Puts what a rule found into sentences, in the language and the words of the workbook.

English sentences stand with the rule, others are loaded for a workbook that speaks their language.
What is filled in comes as it stands in the sheet: headers, titles, the firm's own words of lists.
"""

import datetime as dt
from collections.abc import Callable, Mapping
from decimal import Decimal
from functools import cached_property
from typing import TYPE_CHECKING, Any

from sheetrecord.model.money import Money
from sheetrecord.model.phrase import Numeral, Phrase, Series, Term
from sheetrecord.rules.rule import Rule
from sheetrecord.schema.packs import pack
from sheetrecord.schema.read.parse import Parsed

if TYPE_CHECKING:
    from sheetrecord.rules.names import BookNames

_NAMED = ("{lists.", "{answers.", *("{" + letter for letter in "CDFGLPS"))
"""How the fields begin that a workbook fills itself: lists, answers, and sheets by their keys."""


class Teller:
    """Tells what rules found in one workbook."""

    def __init__(self, parsed: Parsed) -> None:
        self.parsed, self.language = parsed, parsed.layout.language
        self.templates: dict[str, tuple[str, str, bool]] = {}
        self.how: dict[type, Callable[[Any], str]] = {
            Phrase: self._phrase,
            Series: self._series,
            Term: self._term,
        }
        if self.language != "en":
            self.how |= {
                Numeral: self._numeral,
                Decimal: self._numeral,
                Money: self._money,
                dt.date: lambda one: one.strftime(self.form["day"]),
            }

    @cached_property
    def names(self) -> "BookNames":
        """What the workbook calls its sheets, columns and choices; not every check asks."""
        from sheetrecord.rules.names import BookNames

        return BookNames(self.parsed.layout, self.parsed.lexicon)

    @cached_property
    def form(self) -> Mapping[str, str]:
        """How the language writes numbers and days."""
        from sheetrecord.rules.words import form  # a check in English does without

        return form(self.language)

    def __call__(self, rule: Rule, words: Mapping[str, object]) -> tuple[str, str]:
        """Return what is wrong and what to do."""
        message, do, named = self.templates.get(rule.code) or self._templates(rule)
        for value in words.values():
            if value.__class__ in self.how:
                words = {name: self.shown(one) for name, one in words.items()}
                break
        if named:
            words = self.names.behind(words)
        return message.format_map(words), do.format_map(words) if "{" in do else do

    def _templates(self, rule: Rule) -> tuple[str, str, bool]:
        """Return a rule's sentences, and whether they name what is in the workbook."""
        message, do = rule.message, rule.do
        if self.language != "en":
            from sheetrecord.rules.words import told  # a check in English does without

            message, do = told(self.language, rule.code) or (message, do)
        named = any(one in message or one in do for one in _NAMED)
        self.templates[rule.code] = message, do, named
        return message, do, named

    def shown(self, value: object) -> object:
        """Return one word of a finding as it is printed."""
        how = self.how.get(value.__class__)
        return value if how is None else how(value)

    def column(self, code: str, sheet: str, key: str) -> str:
        """Return what a column is called: what is wrong with headers names the usual one."""
        if sheet not in self.parsed.layout.sheets or not key:
            return key
        usual = pack(self.language).columns[sheet].get(key, key)
        stands = "" if code.startswith("HEAD-") else self.parsed.layout.sheets[sheet].heads.get(key)
        return stands or usual

    def _phrase(self, one: Phrase) -> str:
        parts = {name: self.shown(part) for name, part in one.parts.items()}
        return self._told(one.template).format_map(parts)

    def _series(self, one: Series) -> str:
        return self._told(one.between).join(str(self.shown(part)) for part in one.parts)

    def _term(self, one: Term) -> str:
        return self.names.term(one)

    def _told(self, text: str) -> str:
        if self.language == "en":
            return text
        from sheetrecord.rules.words import phrase

        return phrase(self.language, text)

    def _numeral(self, one: object) -> str:
        """Return an English number with the marks of the language."""
        text = str(one).replace(",", "\0").replace(".", self.form["point"])
        return text.replace("\0", self.form["thousands"])

    def _money(self, one: Money) -> str:
        return f"{self._numeral(f'{one.major:,}')} {one.currency}".rstrip()
