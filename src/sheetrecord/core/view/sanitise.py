"""Untrusted words made safe to show: no invisible characters, no links that run something."""

import re
from html import escape
from typing import Final

_BAD: Final = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f"  # controls, but not tab and line breaks
    "\u00ad\u061c\u115f\u1160\u17b4\u17b5\u180e\u200b\u200e\u200f\u202a-\u202e"
    "\u2060-\u206f\u3164\ufeff\uffa0\ufff9-\ufffb"  # invisible, or turning the reading direction
    "\ud800-\udfff\ufffe\uffff\U000e0000-\U000e0fff]"  # no characters at all, tags
)
_BREAKS: Final = re.compile(r"\r\n?|[\u2028\u2029\u0085]")
_WEB: Final = re.compile(
    r"https?://[^\s/?#<>\"'`\\@]+(?:[/?#][^\s<>\"'`\\]*)?|mailto:[^\s<>\"'`\\?&]+@[^\s<>\"'`\\?&]+",
    re.IGNORECASE,
)

LONGEST_LINK: Final = 2_000
"""Characters; a longer address is shown as text."""


def clean(text: str) -> str:
    r"""Return a text without characters that hide, reorder or end something.

    A joiner (U+200C, U+200D) and a variation selector stay: scripts and emoji need them.

    >>> clean("Acme\x00 \u202egnp.exe"), clean("a\r\nb")
    ('Acme gnp.exe', 'a\nb')
    """
    if text.isprintable():
        return text
    return _BAD.sub("", _BREAKS.sub("\n", text))


def flat(text: str) -> str:
    r"""Return a text as `clean` does, on one line.

    >>> flat("a\n b\u202e c")
    'a b c'
    """
    return " ".join(clean(text).split())


def flat_html(text: str) -> str:
    """Return a text as `flat` does, escaped for HTML."""
    return escape(flat(text))


def safe_link(text: str) -> str:
    """Return an address that a page may link to, or nothing: http, https and mailto only.

    An address with a name before the host (``https://bank.example@evil.example``) is not linked.

    >>> safe_link(" https://example.org/a?b=1 "), safe_link("javascript:alert(1)")
    ('https://example.org/a?b=1', '')
    """
    found = clean(text).strip()
    return found if len(found) <= LONGEST_LINK and _WEB.fullmatch(found) else ""
