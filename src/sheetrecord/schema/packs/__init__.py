"""Label packs: the record's words in English, German, Spanish and French.

A pack only labels what the schema declares; keys and codes are the same in every language.
Each language is a folder of plain tables, loaded one by one as they are asked for, so that
reading a workbook does not pay for sentences that only a new workbook shows.
"""

from collections.abc import Mapping
from functools import cache, cached_property
from importlib import import_module
from typing import Any, Final

LANGUAGES: Final = ("en", "de", "es", "fr")
"""The languages that ship, the default first."""


class Pack:
    """The words of one language."""

    def __init__(self, language: str) -> None:
        self.language = language

    def _part(self, part: str) -> Any:
        return import_module(f"{__name__}.{self.language}.{part}")

    @cached_property
    def name(self) -> str:
        """What the language calls itself."""
        return str(self._part("columns").NAME)

    @cached_property
    def titles(self) -> Mapping[str, str]:
        """Sheet key -> title: the record's sheets, and Start, Check, Lists, Settings."""
        titles: Mapping[str, str] = self._part("columns").TITLES
        return titles

    @cached_property
    def columns(self) -> Mapping[str, Mapping[str, str]]:
        """Sheet key -> column key -> header."""
        columns: Mapping[str, Mapping[str, str]] = self._part("columns").COLUMNS
        return columns

    @cached_property
    def help(self) -> Mapping[str, Mapping[str, str]]:
        """Sheet key -> column key -> input message, one sentence."""
        help_: Mapping[str, Mapping[str, str]] = self._part("help").HELP
        return help_

    @cached_property
    def enums(self) -> Mapping[str, Mapping[str, str]]:
        """List -> code -> label."""
        enums: Mapping[str, Mapping[str, str]] = self._part("lists").ENUMS
        return enums

    @cached_property
    def prompts(self) -> Mapping[str, str]:
        """Kind of fact -> the question to ask."""
        prompts: Mapping[str, str] = self._part("answers").PROMPTS
        return prompts

    @cached_property
    def tokens(self) -> Mapping[str, str]:
        """Lower-case answer -> state code; words that answer nothing map to ``not_asked``."""
        answers = self._part("answers")
        tokens = {text: state for state, texts in answers.TOKENS.items() for text in texts}
        return {**dict.fromkeys(answers.JUNK, "not_asked"), **tokens}

    @cached_property
    def aliases(self) -> Mapping[str, Mapping[str, str]]:
        """Sheet key -> another header people use -> column key."""
        return {
            sheet: {text: key for key, texts in columns.items() for text in texts}
            for sheet, columns in self._part("aliases").ALIASES.items()
        }

    @cached_property
    def spellings(self) -> Mapping[str, Mapping[str, str]]:
        """List -> another spelling of a label, lower case -> code."""
        return {
            enum: {text: code for code, texts in codes.items() for text in texts}
            for enum, codes in self._part("answers").SPELLINGS.items()
        }

    @cached_property
    def words(self) -> Mapping[str, str]:
        """Name -> text of the bands and of the sheets Start, Check, Lists and Settings."""
        words: Mapping[str, str] = self._part("words").WORDS
        return words


@cache
def pack(language: str) -> Pack:
    """Return a language's words. Raises KeyError for a language that does not ship."""
    if language not in LANGUAGES:
        raise KeyError(language)
    return Pack(language)
