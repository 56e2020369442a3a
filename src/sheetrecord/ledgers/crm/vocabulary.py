"""The words of the sales systems, by language: headings, stages, yes and no. Data, read once."""

import tomllib
from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from typing import Final, NamedTuple

from sheetrecord.core.crm.facts import SYSTEMS
from sheetrecord.ledgers.roles import plain
from sheetrecord.schema.packs import LANGUAGES

TABLES: Final = SYSTEMS


class HeadMeaning(NamedTuple):
    """What a heading means, and which of the headings for it this is: the first says it best."""

    meaning: str
    place: int


class CrmWords(NamedTuple):
    """Folded words: heading -> meaning by (system, language), and what words of cells mean."""

    heads: Mapping[tuple[str, str], Mapping[str, HeadMeaning]]
    stages: Mapping[str, Mapping[str, str]]
    prefixes: Mapping[str, frozenset[str]]
    words: Mapping[str, frozenset[str]]
    spelled: Mapping[str, frozenset[str]]
    """Headings of a system as it spells them, capitals and all."""

    def says(self, word: str, cell: str) -> bool:
        """Tell whether a cell says one of the words of that name, in any language."""
        return folded(cell) in self.words[word]


def folded(text: str) -> str:
    """Return a text without case, accents and punctuation; what has no letter of ours stays.

    >>> folded("Étape"), folded("Won 🎉"), folded("Nº"), folded("#")
    ('etape', 'won', 'no', '#')
    """
    text = text.replace("º", "o").replace("°", "o")
    return plain(text) or " ".join(text.split()).casefold()


@cache
def vocabulary() -> CrmWords:
    """Return the words of all systems and languages."""
    heads: dict[tuple[str, str], dict[str, HeadMeaning]] = {}
    stages: dict[str, dict[str, str]] = {system: {} for system in TABLES}
    prefixes: dict[str, set[str]] = {system: set() for system in TABLES}
    words: dict[str, set[str]] = {}
    spelled: dict[str, set[str]] = {system: set() for system in TABLES}
    for language in LANGUAGES:
        text = files(__package__).joinpath(f"{language}.toml").read_text("utf-8")
        told = tomllib.loads(text)
        for name, texts in told.pop("words").items():
            words.setdefault(name, set()).update(map(folded, texts))
        for system, table in told.items():
            heads[system, language] = _heads(table["heads"])
            spelled[system].update(*table["heads"].values())
            stages[system].update(_by_word(table.get("stages", {})))
            prefixes[system].update(map(folded, table.get("prefixes", ())))
    return CrmWords(
        heads,
        stages,
        {system: frozenset(found) for system, found in prefixes.items()},
        {name: frozenset(found) for name, found in words.items()},
        {system: frozenset(found) for system, found in spelled.items()},
    )


def _heads(table: Mapping[str, list[str]]) -> dict[str, HeadMeaning]:
    found: dict[str, HeadMeaning] = {}
    for meaning, texts in table.items():
        for place, text in enumerate(texts):
            found.setdefault(folded(text), HeadMeaning(meaning, place))
    return found


def _by_word(table: Mapping[str, list[str]]) -> dict[str, str]:
    found: dict[str, str] = {}
    for meaning, texts in table.items():
        for text in texts:
            found.setdefault(folded(text), meaning)
    return found
