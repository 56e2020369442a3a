"""Words of the work list and the pages beside it, in four languages side by side (`work.toml`)."""

import tomllib
from functools import cache
from importlib import resources
from typing import Final

_LANGUAGES: Final = ("en", "de", "es", "fr")


@cache
def _table() -> dict[str, dict[str, str]]:
    text = resources.files(__package__).joinpath("work.toml").read_text("utf-8")
    lists: dict[str, list[str]] = tomllib.loads(text)
    return {key: dict(zip(_LANGUAGES, texts, strict=True)) for key, texts in lists.items()}


def work_words(language: str) -> dict[str, str]:
    """Return these words in a language; English ones for an unknown language."""
    return {key: texts.get(language, texts["en"]) for key, texts in _table().items()}
