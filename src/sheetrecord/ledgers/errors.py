"""Errors for files that are not what they should be: one sentence, and what to do."""

from typing import Final

from sheetrecord.model.errors import CannotRead

MAX_BYTES: Final = 64 * 1024 * 1024
"""A year of a busy account is under 10 MB; more is another kind of file."""


def refuse(name: str, why: str, do: str, reason: str = "unreadable") -> CannotRead:
    """Return the CannotRead to raise for a file."""
    return CannotRead(name or "the file", why, do, reason)


WHICH_CURRENCY: Final = "Add --currency with its code, such as EUR."
"""What to do about an amount whose currency nothing names."""


def which_order(orders: list[str]) -> str:
    """Return what to do about dates that can be read in several orders."""
    return f"Add --date-order {' or '.join(orders)}."


def check_bytes(data: bytes, name: str, source: str = "bank") -> None:
    """Raise CannotRead for content that is no export of the ``source``, or is too large."""
    if not data.strip(b"\x00 \t\r\n\xef\xbb\xbf"):
        raise refuse(name, "the file is empty.", f"Export it again from the {source}.", "empty")
    if len(data) > MAX_BYTES:
        size = len(data) // (1024 * 1024)
        raise refuse(
            name, f"{size} MB is too large for a statement.", "Export fewer months.", "huge"
        )
    for magic, what in _OTHERS.items():
        if data.startswith(magic):
            do = _DO[what] if source == "bank" else "Export it as CSV or .xlsx, and give that."
            raise refuse(name, f"this is {what}, not a {source} export.", do, "kind")
    head = data[:2048].lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    if head.startswith(_PAGES):
        why = f"this is a web page (often the {source}'s log-in page), not an export."
        raise refuse(name, why, "Log in and download the file again.", "html")


_PAGES: Final = (
    b"<!doctype html", b"<html", b"<head", b"<script", b"<body", b"<table", b"<meta", b"<style",
    b"<div",
)  # fmt: skip
"""How a web page may begin; some banks call a table of one a CSV or Excel file."""
_OTHERS: Final = {
    b"PK\x03\x04": "a zip archive or workbook",
    b"%PDF": "a PDF",
    b"\xd0\xcf\x11\xe0": "an old Excel workbook, or one with a password",
    b"\x1f\x8b": "a gzip archive",
}
_DO: Final = {
    "a zip archive or workbook": "Unpack it, or save the sheet as CSV, and give that file.",
    "a PDF": "Download CSV, CAMT.053, OFX or MT940 instead.",
    "an old Excel workbook, or one with a password": "Open it, save it as CSV and give that.",
    "a gzip archive": "Unpack it and give the file inside.",
}
