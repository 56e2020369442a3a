"""What rules say in other languages than English, loaded only for a workbook that speaks them.

``<language>/<room>.py`` holds two sentences by code: what is wrong, and what to do. Both are
templates with the fields of the rule's own; `rules.names` tells what else may stand in braces.
``<language>/whys.py`` says why each rule exists. ``<language>/phrases.py`` holds the pieces that rules fill in (`model.phrase`), ``handover.py`` what
the steps of a handover say.
"""

from collections.abc import Mapping
from functools import cache
from importlib import import_module
from typing import Final

ROOMS: Final = {
    "DEAL": "deal",
    "CTX": "context",
    "COM": "commitments",
    "PRJ": "project",
    "FEE": "fees",
}
"""The file of each family of codes; all others are in `workbook`."""


def place(language: str, code: str) -> str:
    """Return the file in which a code's sentences are, as a person looks for it."""
    return f"src/sheetrecord/rules/words/{language}/{_room(code)}.py"


def told(language: str, code: str) -> tuple[str, str] | None:
    """Return a rule's two sentences, None where nobody translated it: rules of other packages."""
    return _sentences(language, _room(code)).get(code)


def why(language: str, code: str) -> str:
    """Return why a rule exists, in a sentence; empty for English and for what is not translated."""
    return _whys(language).get(code, "") if language != "en" else ""


def phrase(language: str, text: str) -> str:
    """Return what stands for an English phrase or joint; the English one where there is none."""
    return text if language == "en" else _phrases(language).get(text, text)


def form(language: str) -> Mapping[str, str]:
    """Return how a language writes numbers, days and quotations."""
    return _EN if language == "en" else _form(language)


_EN: Final = {"thousands": ",", "point": ".", "day": "%Y-%m-%d", "open": '"', "close": '"'}


def _room(code: str) -> str:
    return ROOMS.get(code.partition("-")[0], "workbook")


@cache
def _sentences(language: str, room: str) -> Mapping[str, tuple[str, str]]:
    found: Mapping[str, tuple[str, str]] = import_module(f"{__name__}.{language}.{room}").WORDS
    return found


@cache
def _whys(language: str) -> Mapping[str, str]:
    found: Mapping[str, str] = import_module(f"{__name__}.{language}.whys").WHYS
    return found


@cache
def _phrases(language: str) -> Mapping[str, str]:
    rooms = [import_module(f"{__name__}.{language}.{room}") for room in ("phrases", "handover")]
    return {text: told for room in rooms for text, told in room.PHRASES.items()}


def phrases(language: str) -> Mapping[str, str]:
    """Return every phrase of a language by its English text."""
    return _phrases(language)


@cache
def _form(language: str) -> Mapping[str, str]:
    found: Mapping[str, str] = import_module(f"{__name__}.{language}.phrases").FORM
    return found
