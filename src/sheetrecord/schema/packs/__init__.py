"""Label packs: the record's words in English, German, Spanish and French."""

from collections.abc import Mapping
from functools import cache
from importlib import import_module
from typing import Final, NamedTuple

LANGUAGES: Final = ("en", "de", "es", "fr")
"""The languages that ship, the default first."""


class Pack(NamedTuple):
    """The words of one language; each module of this package holds them under these names.

    ``titles``: sheet key -> sheet title (the record's sheets, and Start, Check, Lists, Settings).
    ``columns``: sheet key -> column key -> header. ``help``: the same -> input message.
    ``enums``: list -> code -> label. ``prompts``: kind -> the question to ask.
    ``tokens``: lower-case answer -> state code; junk answers map to ``not_asked``.
    ``aliases``: sheet key -> other headers people use -> column key.
    ``spellings``: list -> other spellings (lower case) -> code.
    ``words``: key -> text of the Start and Check sheets and the bands.
    """

    language: str
    titles: Mapping[str, str]
    columns: Mapping[str, Mapping[str, str]]
    help: Mapping[str, Mapping[str, str]]
    enums: Mapping[str, Mapping[str, str]]
    prompts: Mapping[str, str]
    tokens: Mapping[str, str]
    aliases: Mapping[str, Mapping[str, str]]
    spellings: Mapping[str, Mapping[str, str]]
    words: Mapping[str, str]


@cache
def pack(language: str) -> Pack:
    """Return a language's words. Raises KeyError for a language that does not ship."""
    if language not in LANGUAGES:
        raise KeyError(language)
    module = import_module(f"sheetrecord.schema.packs.{language}")
    return Pack(
        language,
        module.TITLES,
        module.COLUMNS,
        module.HELP,
        module.ENUMS,
        module.PROMPTS,
        module.TOKENS,
        module.ALIASES,
        module.SPELLINGS,
        module.WORDS,
    )
