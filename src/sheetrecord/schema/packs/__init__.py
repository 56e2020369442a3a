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
        found: str = self._part("columns").NAME
        return found

    @cached_property
    def sheets(self) -> Mapping[str, str]:
        """Sheet key -> title: the record's sheets, and Start, Check, Lists, Settings."""
        found: Mapping[str, str] = self._part("columns").SHEETS
        return found

    @cached_property
    def columns(self) -> Mapping[str, Mapping[str, str]]:
        """Sheet key -> column key -> header."""
        found: Mapping[str, Mapping[str, str]] = self._part("columns").COLUMNS
        return found

    @cached_property
    def help(self) -> Mapping[str, Mapping[str, str]]:
        """Sheet key -> column key -> input message, one sentence."""
        found: Mapping[str, Mapping[str, str]] = self._part("help").HELP
        return found

    @cached_property
    def enums(self) -> Mapping[str, Mapping[str, str]]:
        """List -> code -> label."""
        found: Mapping[str, Mapping[str, str]] = self._part("lists").ENUMS
        return found

    @cached_property
    def prompts(self) -> Mapping[str, str]:
        """Kind of fact -> the question to ask."""
        found: Mapping[str, str] = self._part("answers").PROMPTS
        return found

    @cached_property
    def aliases(self) -> Mapping[str, Mapping[str, tuple[str, ...]]]:
        """Sheet key -> column key -> other headers that mean it."""
        found: Mapping[str, Mapping[str, tuple[str, ...]]] = self._part("aliases").ALIASES
        return found

    @cached_property
    def enum_aliases(self) -> Mapping[str, Mapping[str, tuple[str, ...]]]:
        """List -> code -> other spellings of its label, lower case."""
        found: Mapping[str, Mapping[str, tuple[str, ...]]] = self._part("answers").ENUM_ALIASES
        return found

    @cached_property
    def words(self) -> Mapping[str, str]:
        """Name -> text of the bands and of the sheets Start, Check, Lists and Settings."""
        found: Mapping[str, str] = self._part("words").WORDS
        return found

    @cached_property
    def tokens(self) -> Mapping[str, str]:
        """An answer's text, lower case -> the state it stands for."""
        found = self._part("answers").TOKENS
        return {text: state for state, texts in found.items() for text in texts}

    @cached_property
    def junk(self) -> frozenset[str]:
        """Texts, lower case, that answer nothing."""
        return frozenset(self._part("answers").JUNK)


@cache
def pack(language: str) -> Pack:
    """Return a language's words. Raises KeyError for a language that does not ship."""
    if language not in LANGUAGES:
        raise KeyError(language)
    return Pack(language)
