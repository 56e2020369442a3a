"""Sentences of a text, as spans: full stops, bullets and lines that end end one, not every dot."""

import re
from collections.abc import Iterator
from typing import Final

from sheetrecord.core.capture.folding import folded

_ABBREVIATED: Final = frozenset(
    "mr mrs ms dr prof st sr sra srta mme mlle me no nr ca bzw inkl exkl ggf evtl usw etc vs ltd inc"
    " approx incl excl fig tel art abs str hr fr z u d v e i a p.ej aprox dept min max std zzgl"
    " lun mar mie jue vie sab dom jeu ven sam dim mer mo di mi do sa so jan feb apr jun jul aug sep"
    " sept oct okt nov dec dez ene abr ago dic janv fevr avr juil".split()
)
_MONTHS: Final = (
    "januar|februar|marz|april|mai|juni|juli|august|september|oktober|november|dezember|quartal"
    "|kw|kalenderwoche|woche|etage|stock|jan|feb|mrz|apr|jun|jul|aug|sep|okt|nov|dez"
)
_STOP: Final = re.compile(r"[.!?\u2026]+[\"'\u201d\u2019)\]]*(?=\s|$)")
_ORDINAL: Final = re.compile(rf"\s+(?:{_MONTHS})\b")
MARK: Final = re.compile(
    r"[ \t]*(?:[-*+>\u00bb\u2192\u2022\u2013\u25aa\u25e6\u00b7\u25cf\u2610\u2611\u2612]+|\[[ xX]?\]|\(?\d{1,2}[.)](?=\s)|[a-z]\))[ \t]+"
)
_WRAPPED: Final = range(50, 100)
"""How long lines are that a program broke; any other was ended by whoever wrote it."""


def sentences(text: str, *, lines: bool = False) -> Iterator[tuple[int, int]]:
    r"""Yield the sentences of a text as spans, without blanks, bullets and list marks.

    In a chat each of the ``lines`` is one at least.

    >>> [t[a:b] for t in ["- One. Two\n- bis zum 3. Mai"] for a, b in sentences(t)]
    ['One.', 'Two', 'bis zum 3. Mai']
    """
    for first, last in _lines(text, each=lines):
        yield from _within(text, first, last)


def _lines(text: str, *, each: bool) -> Iterator[tuple[int, int]]:
    """Yield what is written without an end: a paragraph whose lines a program broke is one."""
    at = first = 0
    widest = 0
    while at < len(text):
        if at == first:
            widest = _widest(text, at)
        end = text.find("\n", at)
        if end < 0:
            end = len(text)
        line = text[at:end]
        following = text[end + 1 :].partition("\n")[0]
        if each or end >= len(text) or _ends(line, following, widest):
            yield first, end
            first = end + 1
        at = end + 1
    if first < len(text):
        yield first, len(text)


def _widest(text: str, at: int) -> int:
    """Return how long the longest line is of the paragraph that begins here."""
    end = text.find("\n\n", at)
    return max(len(line.rstrip()) for line in text[at : end if end >= 0 else None].split("\n"))


def _ends(line: str, following: str, widest: int) -> bool:
    """Return True if a line break ends a sentence: nobody broke it for want of room."""
    said = line.rstrip()
    if not said or not following.strip() or MARK.match(following):
        return True
    if len(said) not in _WRAPPED or said[-1] in ".!?:;\u2026|":
        return True
    room = widest - len(said) - 1
    return widest in _WRAPPED and len(following.split(maxsplit=1)[0]) <= room


def _within(text: str, first: int, last: int) -> Iterator[tuple[int, int]]:
    mark = MARK.match(text, first, last)
    start = mark.end() if mark else first
    for stop in _STOP.finditer(text, start, last):
        if stop.end() >= last or _is_end(text, start, stop):
            yield from _trimmed(text, start, stop.end())
            start = stop.end()
    yield from _trimmed(text, start, last)


def _trimmed(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    piece = text[start:end]
    left = len(piece) - len(piece.lstrip())
    kept = piece.strip()
    if any(c.isalnum() for c in kept):
        yield start + left, start + left + len(kept)


def _is_end(text: str, start: int, stop: re.Match[str]) -> bool:
    """Return True if a full stop ends a sentence, and is no abbreviation's or number's."""
    following = text[stop.end() : stop.end() + 16].lstrip()
    if not following:
        return True
    if stop[0][0] in "!?":
        return not following[0].islower() or len(stop[0]) > 1 or stop[0][0] == "?"
    word = folded(text[start : stop.start()].rpartition(" ")[2]).lstrip("([\"'")
    if word.isdecimal() and len(word) <= 2:
        return not _ORDINAL.match(folded(text[stop.end() : stop.end() + 20])) and (
            following[0].isupper() and stop.start() - start > len(word)
        )
    if word == "h" and following[0].isupper():
        return True
    if word in _ABBREVIATED or (len(word) == 1 and word.isalpha() and word not in "iao"):
        return False
    return not (following[0].islower() and "." in word and stop[0] in {".", ".)", ".]"})
