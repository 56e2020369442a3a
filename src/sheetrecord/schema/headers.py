"""Header texts: which column a header means, in any of the languages we ship."""

import re
from functools import cache
from typing import NamedTuple

from sheetrecord.schema.packs import LANGUAGES, pack
from sheetrecord.schema.sheets import SHEETS

_NOISE = re.compile(r"[\s\u00a0\u200b-\u200f\u202a-\u202e\u2060\ufeff_*:]+")


def plain(text: object) -> str:
    r"""Fold a header for comparison: no case, no invisible characters, single blanks.

    >>> plain("  Real\u00a0 Deadline: ")
    'real deadline'
    """
    return _NOISE.sub(" ", str(text)).strip().casefold()


class Words(NamedTuple):
    """What headers and sheet titles of one language mean."""

    titles: dict[str, str]
    columns: dict[str, dict[str, str]]


@cache
def words(language: str) -> Words:
    """Return folded title -> sheet key, and for each sheet folded header -> column key."""
    found = pack(language)
    columns: dict[str, dict[str, str]] = {}
    for sheet, declared in SHEETS.items():
        texts = {
            plain(alias): key
            for key, aliases in found.aliases.get(sheet, {}).items()
            for alias in aliases
        }
        texts.update({plain(key): key for key in declared.by_key})
        texts.update({plain(label): key for key, label in found.columns[sheet].items()})
        columns[sheet] = texts
    titles = {plain(title): sheet for sheet, title in found.sheets.items()}
    titles.update({plain(sheet): sheet for sheet in SHEETS})
    return Words(titles, columns)


def meaning(sheet: str, header: object, language: str) -> tuple[str, str]:
    """Return the column a header means and in which language; empty when it is unknown."""
    folded = plain(header)
    for tried in (language, *(other for other in LANGUAGES if other != language)):
        key = words(tried).columns[sheet].get(folded, "")
        if key:
            return key, tried
    return "", ""


def sheet_meaning(title: str, language: str) -> str:
    """Return the sheet a title means in any language; empty when it is unknown."""
    folded = plain(title)
    for tried in (language, *(other for other in LANGUAGES if other != language)):
        key = words(tried).titles.get(folded, "")
        if key:
            return key
    return ""
