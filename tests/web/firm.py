"""Workbooks for the page: the sample firm, with two gaps that a mail can close, or changed."""

from pathlib import Path

from sheetrecord import xlsx

ASOF = "2026-06-30"
DEAL = "D-0045"
"""A deal of the sample firm whose gate is open."""

MAIL = b"""From: Jamal Ueda <jamal.ueda@heronyachts.example>
To: Ines Duarte <ines@ours.example>
Date: Tue, 16 Jun 2026 09:12:00 +0200
Subject: Re: Payroll move
Content-Type: text/plain; charset=utf-8

Hi Ines,

it has to be live by 28 October 2026, because the new branch opens that day.
We chose you because you said no to one of our wishes.
You promised to send a first draft by 17 July 2026.

Best
Jamal
"""


def with_gaps(firm: bytes, folder: Path) -> bytes:
    """Return the firm with two answers of the deal gone: which date matters, and why us."""
    path = folder / "with-gaps.xlsx"
    path.write_bytes(firm)
    book = xlsx.open(path)
    sheet = book["Context"]
    for row in range(1, 600):
        if sheet[row, 2].value == DEAL and str(sheet[row, 3].value) in {"Real deadline", "Why us"}:
            for column in "EFHIJ":
                sheet[f"{column}{row}"] = None
    book.save(path)
    return path.read_bytes()


def moved(firm: bytes, folder: Path, cell: str, text: str) -> bytes:
    """Return the firm with another text in a cell of the sheet Deal."""
    path = folder / "moved.xlsx"
    path.write_bytes(firm)
    book = xlsx.open(path)
    book["Deal"][cell] = text
    book.save(path)
    return path.read_bytes()
