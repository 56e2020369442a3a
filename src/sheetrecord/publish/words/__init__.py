"""The words of the pages around the record's own: headings, sentences, months, separators."""

from collections.abc import Mapping
from functools import cache
from importlib import import_module

from sheetrecord.publish.words.work import work_words


@cache
def words(language: str) -> Mapping[str, str]:
    """Return a language's texts by key; the English ones for an unknown language."""
    from sheetrecord.schema.packs import LANGUAGES

    known = language if language in LANGUAGES else "en"
    found: Mapping[str, str] = {**_load("en"), **work_words(known)}
    if known != "en":
        found = {**found, **_load(known)}
    return found


def _load(language: str) -> dict[str, str]:
    found: dict[str, str] = import_module(f"{__name__}.{language}").WORDS
    return found
