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


class MissingWord(KeyError):
    """A word that a language lacks: what it says, and where to add it."""

    def __init__(self, language: str, what: str, place: str) -> None:
        super().__init__(what)
        self.language, self.what, self.place = language, what, place

    def __str__(self) -> str:
        """Say what is missing in which language, and where it belongs."""
        return f"{self.language}: nobody translated {self.what}. Add it to {self.place}."


class _PackWords(dict[str, Any]):
    """Words of one part of a pack, by key; a missing one says so."""

    def __init__(self, words: Mapping[str, object], language: str, part: str, of: str) -> None:
        super().__init__(words)
        self.language, self.part, self.of = language, part, of

    def __missing__(self, key: str) -> Any:
        place = f"schema/packs/{self.language}/{self.part}.py"
        raise MissingWord(self.language, f"{self.of} {key}", place)


def _words(words: Mapping[str, Any], language: str, part: str, of: str) -> Mapping[str, Any]:
    """Return words by key, and by sheet or list where they are kept so."""
    if all(isinstance(one, str) for one in words.values()):
        return _PackWords(words, language, part, of)
    inner = {key: _PackWords(one, language, part, f"{of} {key}:") for key, one in words.items()}
    return _PackWords(inner, language, part, of)


class Pack:
    """The words of one language. A word that it lacks raises MissingWord."""

    def __init__(self, language: str) -> None:
        self.language = language

    def _part(self, part: str) -> Any:
        return import_module(f"{__name__}.{self.language}.{part}")

    def _told(self, part: str, table: str, of: str) -> Mapping[str, Any]:
        return _words(getattr(self._part(part), table), self.language, part, of)

    @cached_property
    def name(self) -> str:
        """What the language calls itself."""
        found: str = self._part("columns").NAME
        return found

    @cached_property
    def sheets(self) -> Mapping[str, str]:
        """Sheet key -> title: the record's sheets, and Start, Check, Lists, Settings."""
        return self._told("columns", "SHEETS", "the title of the sheet")

    @cached_property
    def columns(self) -> Mapping[str, Mapping[str, str]]:
        """Sheet key -> column key -> header."""
        return self._told("columns", "COLUMNS", "the header of")

    @cached_property
    def help(self) -> Mapping[str, Mapping[str, str]]:
        """Sheet key -> column key -> input message, one sentence."""
        return self._told("help", "HELP", "the help of")

    @cached_property
    def enums(self) -> Mapping[str, Mapping[str, str]]:
        """List -> code -> label."""
        return self._told("lists", "ENUMS", "the label of")

    @cached_property
    def prompts(self) -> Mapping[str, str]:
        """Kind of fact -> the question to ask."""
        return self._told("answers", "PROMPTS", "the question for")

    @cached_property
    def type_prompts(self) -> Mapping[str, str]:
        """Type of commitment -> the question that its ready row asks."""
        found: Mapping[str, str] = self._part("answers").TYPE_PROMPTS
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
        return self._told("words", "WORDS", "the text")

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
