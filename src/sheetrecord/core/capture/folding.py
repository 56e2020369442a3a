"""Texts folded for comparing, character by character: the result is as long as the text."""

import unicodedata
from typing import Final

_PLAIN: Final = {
    "\u2018": "'", "\u2019": "'", "\u201a": "'", "\u02bc": "'", "`": "'", "\u00b4": "'",
    "\u201c": '"', "\u201d": '"', "\u201e": '"', "\u00ab": '"', "\u00bb": '"',
    "\u2013": "-", "\u2014": "-", "\u2010": "-", "\u2011": "-", "\u2212": "-",
    "\u2026": ".", "\n": " ", "\r": " ", "\t": " ",
}  # fmt: skip


class _Table(dict[int, str]):
    """Folds each character once."""

    def __missing__(self, code: int) -> str:
        character = chr(code)
        self[code] = found = _PLAIN.get(character) or _folded(character)
        return found


def _folded(character: str) -> str:
    if character.isspace():
        return " "
    base = unicodedata.normalize("NFD", character)[0].lower()
    return base if len(base) == 1 else character


_TABLE: Final = _Table()


def folded(text: str) -> str:
    r"""Return a text in lower case, without accents, its marks and blanks plain; as long as it is.

    >>> folded("\u00c9t\u00e9, Stra\u00dfe"), len(folded("\u0130"))
    ('ete, straße', 1)
    """
    return text.translate(_TABLE)


def squeezed(text: str) -> str:
    r"""Return a text with its white space made single: how a quote is compared and shown.

    >>> squeezed(" one\n  two ")
    'one two'
    """
    return " ".join(text.split())


def key(text: str) -> str:
    """Return what is the same for two spellings of one quote: words alone, folded.

    >>> key("„Montage“ ist drin!") == key('"montage" ist  drin')
    True
    """
    plain = folded(text)
    return " ".join("".join(c if c.isalnum() else " " for c in plain).split())
