"""Bytes as text: the encoding they declare or have, one kind of line end, one form of letters."""

import re
import unicodedata
from typing import Final

from sheetrecord.model.errors import CannotRead

MOST: Final = 64 << 20
"""Bytes of a text file; a mailbox of that size holds some ten thousand mails."""
_BINARY: Final = re.compile(r"[\x00-\x08\x0e-\x1a\x1c-\x1f]")
_MARKS: Final = ((b"\xef\xbb\xbf", "utf-8-sig"), (b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16"))


def decoded(data: bytes, name: str, declared: str = "") -> str:
    """Return the text of a file. Raises CannotRead for what is no text, or too much."""
    if len(data) > MOST:
        raise CannotRead(name, "it is too large to read as text.", "Split it, and name the parts.")
    text = _decoded(data, declared)
    if _BINARY.search(text):
        why = "it is no text, and of no kind that can be read."
        raise CannotRead(name, why, "Save it as text, .eml or .docx, and name that.", "binary")
    return tidy(text)


def tidy(text: str) -> str:
    """Return a text with one kind of line end and each letter in one piece."""
    plain = text.replace("\r\n", "\n").replace("\r", "\n")
    return unicodedata.normalize("NFC", plain)


def _decoded(data: bytes, declared: str) -> str:
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            return data.decode(encoding, "replace")
    if declared:
        try:
            return data.decode(declared)
        except (LookupError, UnicodeDecodeError):
            pass
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError:
        return data.decode("cp1252", "replace")
