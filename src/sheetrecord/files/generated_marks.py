"""The mark in a generated page or text: the command that wrote it, a digest to detect edits.

A mark is an element or a comment that nobody sees. Its digest is of everything around it, so a page
with a mark that holds is word for word as we wrote it, on whichever machine.
"""

import re
from typing import Final

from sheetrecord.files.fingerprints import digest_of_bytes

PAGES: Final = (".html", ".htm")
TEXTS: Final = (".md", ".markdown")

_LENGTH: Final = 32  # hexadecimal digits
_PAGE: Final = b'<meta name="generator" content="sheetrecord %s %s">'
_TEXT: Final = b"\n<!-- sheetrecord %s %s -->\n"
_OBJECT: Final = b'\n "sheetrecord": "%s %s",'
_INSIDE: Final = {**dict.fromkeys(PAGES, (b"<head>", _PAGE)), ".json": (b"{", _OBJECT)}
"""After what a mark stands, and how it looks; in a text it is the last line."""


def marked(data: bytes, suffix: str, kind: str) -> bytes:
    """Return a page or a text with the mark of its kind; other files have no place for one.

    >>> marked(b"# Brief", ".md", "brief").splitlines()[-1][:22]
    b'<!-- sheetrecord brief'
    """
    mark = _mark(suffix) % (kind.encode(), _digest(data)) if _mark(suffix) else b""
    if suffix in _INSIDE:
        before, here, after = data.partition(_INSIDE[suffix][0])
        return before + here + mark + after if here else data
    return data + mark


def is_marked(data: bytes, suffix: str, kind: str) -> bool:
    """Return whether a file bears the mark of this kind and is unedited since.

    >>> page = marked(b"<html><head></head></html>", ".html", "brief")
    >>> is_marked(page, ".html", "brief"), is_marked(page + b" ", ".html", "brief")
    (True, False)
    """
    if not _mark(suffix):
        return False
    pattern = re.escape(_mark(suffix)).replace(b"%s", b"(%s)") % (
        re.escape(kind.encode()),
        b"[0-9a-f]{%d}" % _LENGTH,
    )
    found = list(re.finditer(pattern, data))
    return any(
        match[2] == _digest(data[: match.start()] + data[match.end() :]) for match in found[-1:]
    )


def _mark(suffix: str) -> bytes:
    return _INSIDE[suffix][1] if suffix in _INSIDE else _TEXT if suffix in TEXTS else b""


def _digest(data: bytes) -> bytes:
    return digest_of_bytes(data)[:_LENGTH].encode()
