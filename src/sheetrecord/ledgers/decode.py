"""Decode the bytes of an export: byte order mark, UTF-8, then the account's code page."""

import re
from typing import Final

from sheetrecord.ledgers.errors import refuse

DEFAULT_CODE_PAGE: Final = "cp1252"
"""Statistics cannot tell cp1252 from cp1250, so the account's profile says which."""

_BINARY: Final = re.compile(r"[\x00-\x08\x0e-\x1a\x1c-\x1f]")
_FIN: Final = re.compile(r"^[\x01-\x04]*(\{1:[^}]*\}.*)?:20:|\{4:\s*:20:", re.MULTILINE)
_FRAME: Final = dict.fromkeys((1, 2, 3, 4))
"""What frames a message on the SWIFT network: start and end marks around a FIN message."""
_MARKS: Final = (
    (b"\xef\xbb\xbf", "utf-8-sig"),
    (b"\xff\xfe", "utf-16"),
    (b"\xfe\xff", "utf-16"),
)


def decode(data: bytes, name: str, code_page: str = "") -> tuple[str, str]:
    """Return the text and the encoding used; line ends become line feeds.

    Raises CannotRead when the bytes are binary or in no supported encoding.
    """
    text, used = _decode(data, name, code_page)
    if _FIN.search(text[:2000]):
        text = text.translate(_FRAME)
    if _BINARY.search(text):
        raise refuse(name, "the file is binary, not text.", "Download it as CSV.", "binary")
    return text.replace("\r\n", "\n").replace("\r", "\n"), used


def _decode(data: bytes, name: str, code_page: str) -> tuple[str, str]:
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            return _strict(data, encoding, name), encoding
    if data[:400:2].count(0) > 20 or data[1:400:2].count(0) > 20:
        encoding = "utf-16-be" if data[:400:2].count(0) > 20 else "utf-16-le"
        return _strict(data, encoding, name), encoding
    try:
        return data.decode("utf-8"), "utf-8"
    except UnicodeDecodeError:
        page = code_page or DEFAULT_CODE_PAGE
        return data.decode(page, "replace"), page


def _strict(data: bytes, encoding: str, name: str) -> str:
    try:
        return data.decode(encoding)
    except UnicodeDecodeError as err:
        why = f"the file says it is {encoding} but breaks off or is damaged at byte {err.start}."
        raise refuse(name, why, "Download it again.", "truncated") from err


def first_foreign(text: str) -> str:
    """Return the first line with a character beyond ASCII, for a person to judge the code page."""
    return next((line.strip() for line in text.split("\n") if not line.isascii()), "")
