"""How a program broke the texts of a workbook into lines, read from the pages it printed."""

import re
import subprocess
from html import unescape
from pathlib import Path
from typing import NamedTuple

_WORD = re.compile(r'<word xMin="([\d.]+)" yMin="([\d.]+)" [^>]*>([^<]*)</word>')


class Word(NamedTuple):
    """A word on a page, and where it begins."""

    text: str
    left: float
    top: float


def words(pdf: Path) -> list[list[Word]]:
    """Return the words of each page."""
    told = subprocess.run(
        ["pdftotext", "-bbox", str(pdf), "-"], check=True, capture_output=True, text=True
    ).stdout
    return [
        [Word(unescape(text), float(x), float(y)) for x, y, text in _WORD.findall(page)]
        for page in told.split("<page ")[1:]
    ]


def lines(text: str, page: list[Word], *, centred: bool = False) -> int:
    """Return over how many lines a text runs on a page; 0 when it is not there as a whole.

    A word is looked for right of the one before, or below it where the first one began, or near
    there when lines are centred.
    """
    wanted = text.split()
    for start in (word for word in page if word.text == wanted[0]):
        at, count = start, 1
        for one in wanted[1:]:
            same = [
                w for w in page if w.text == one and abs(w.top - at.top) < 1 and w.left > at.left
            ]
            below = [
                w
                for w in page
                if w.text == one
                and abs(w.left - start.left) < (60 if centred else 1)
                and 1 < w.top - at.top < 20
            ]
            if same:
                at = min(same, key=lambda w: w.left)
            elif below:
                at, count = min(below, key=lambda w: w.top), count + 1
            else:
                break
        else:
            return count
    return 0
