"""Addresses of Google spreadsheets: ``gsheet:KEY``, or the link that a browser shows."""

import re
from typing import Final

SCHEME: Final = "gsheet"
HEAD: Final = f"{SCHEME}:"

_KEY: Final = re.compile(r"[A-Za-z0-9_.-]+", re.ASCII)
_LINK: Final = re.compile(
    r"https://docs\.google\.com/(?:a/[^/]+/)?spreadsheets/(?:u/\d+/)?d/([A-Za-z0-9_-]+)(?:[/?#].*)?",
    re.ASCII,
)


def plain_address(address: str) -> str:
    """Return ``gsheet:KEY`` for a browser's link to a spreadsheet, any other address as it is.

    >>> plain_address("https://docs.google.com/spreadsheets/d/1AbC_d-9/edit?gid=0#gid=0")
    'gsheet:1AbC_d-9'
    >>> plain_address("gsheet:1AbC"), plain_address("firm.xlsx")
    ('gsheet:1AbC', 'firm.xlsx')
    """
    found = _LINK.fullmatch(address.removeprefix(HEAD))
    return f"{HEAD}{found[1]}" if found else address


def key_of(address: str) -> str:
    """Return the key of a spreadsheet's address; empty for what is none.

    >>> key_of("gsheet:1AbC"), key_of("gsheet:"), key_of("gsheet:a/b")
    ('1AbC', '', '')
    """
    key = plain_address(address).removeprefix(HEAD)
    return key if _KEY.fullmatch(key) else ""
