"""Header texts: which column a header means, in any of the languages we ship."""

from functools import cache

from sheetrecord.schema.packs import LANGUAGES, pack
from sheetrecord.schema.sheets import SHEETS

_NOISE = dict.fromkeys(
    [*b"_*:", *range(0x200B, 0x2010), *range(0x202A, 0x202F), 0x2060, 0xFE0E, 0xFE0F, 0xFEFF], " "
)
"""Characters beside the blanks that do not count."""


def plain(text: object) -> str:
    r"""Fold a header for comparison: no case, no invisible characters, single blanks, NFC.

    A letter with its accent as a character of its own, as macOS writes it, is the same letter.

    >>> plain("  Real\u00a0 Deadline: "), plain("Pru\u0308fung") == plain("Pr\xfcfung")
    ('real deadline', True)
    """
    told = str(text)
    if not told.isascii():
        from unicodedata import normalize  # few headers are anything but ASCII

        told = normalize("NFC", told)
    return " ".join(told.translate(_NOISE).split()).casefold()


@cache
def columns(sheet: str, language: str) -> dict[str, str]:
    """Return folded header -> column key for one sheet in one language."""
    found = pack(language)
    texts = {
        plain(alias): key
        for key, aliases in found.aliases.get(sheet, {}).items()
        for alias in aliases
    }
    texts.update({plain(key): key for key in SHEETS[sheet].by_key})
    texts.update({plain(label): key for key, label in found.columns[sheet].items()})
    return texts


@cache
def titles(language: str) -> dict[str, str]:
    """Return folded sheet title -> sheet key in one language, Start and Lists among them."""
    found = {plain(title): sheet for sheet, title in pack(language).sheets.items()}
    found.update({plain(sheet): sheet for sheet in SHEETS})
    return found


def meaning(sheet: str, header: object, language: str) -> tuple[str, str]:
    """Return the column a header means and in which language; empty when it is unknown."""
    folded = plain(header)
    for tried in (language, *(other for other in LANGUAGES if other != language)):
        key = columns(sheet, tried).get(folded, "")
        if key:
            return key, tried
    return "", ""


@cache
def folded_for(sheet: str, key: str, language: str) -> frozenset[str]:
    """Return every folded header that means a column of a sheet, as `meaning` has it."""
    texts = {text for tried in LANGUAGES for text in columns(sheet, tried)}
    return frozenset(text for text in texts if meaning(sheet, text, language)[0] == key)


def sheet_meaning(title: str, language: str) -> str:
    """Return the sheet a title means in any language; empty when it is unknown."""
    folded = plain(title)
    for tried in (language, *(other for other in LANGUAGES if other != language)):
        key = titles(tried).get(folded, "")
        if key:
            return key
    return ""
