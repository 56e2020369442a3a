"""The words of the pages around the record's own: headings, sentences, months, separators."""

from collections.abc import Mapping
from functools import cache
from importlib import import_module


@cache
def words(language: str) -> Mapping[str, str]:
    """Return a language's texts by key; the English ones for an unknown language."""
    from sheetrecord.schema.packs import LANGUAGES

    found: Mapping[str, str] = _load("en")
    if language != "en" and language in LANGUAGES:
        found = {**found, **_load(language)}
    return found


def _load(language: str) -> dict[str, str]:
    found: dict[str, str] = import_module(f"{__name__}.{language}").WORDS
    return found
