"""One pass over a worksheet part: streamed, cut into whole rows, read the fastest safe way.

Four ways, each falling back to the next, and all proven to agree: rows of one shape in columns
(`shape`), rows as programs write them in columns (`batch`) or cell by cell (`plain`), any XML at
all (`exact`). Formulas that come again in every row may be known before (`repeats`).
"""

from collections.abc import Iterator
from typing import Final

from sheetrecord.xlsx.limits import Limits
from sheetrecord.xlsx.read.batch_rows import Batch
from sheetrecord.xlsx.read.bulk_convert import Bulk
from sheetrecord.xlsx.read.columns import Build
from sheetrecord.xlsx.read.convert import Converter
from sheetrecord.xlsx.read.exact_rows import Nobody, Rows
from sheetrecord.xlsx.read.plain_rows import Plain
from sheetrecord.xlsx.read.repeated_formulas import Repeats
from sheetrecord.xlsx.read.row_shape import Shape
from sheetrecord.xlsx.read.sheet_metadata import Around
from sheetrecord.xlsx.xml.items import Cut
from sheetrecord.xlsx.xml.texts import Unusual
from sheetrecord.xlsx.xml.tree import PartRoot, Walker

_WORTH_LEARNING: Final = 120_000
"""Bytes still to be read from which a pattern pays for the time it takes to compile."""
_WINDOWS: Final = 8
_WINDOW: Final = 6_000
"""A pattern is learnt from so many places of a piece, so many bytes of rows at each."""
_HEADINGS: Final = 5
_MOST_MISSES: Final = 8
_UNKNOWN: Final = 1 << 40


def scan(
    chunks: Iterator[bytes], build: Build, convert: Converter, limits: Limits, *, fast: bool = True
) -> Around:
    """Read a worksheet's rows into a `Build`; return the sheet's metadata.

    ``chunks`` is the part as UTF-8. ``fast=False`` takes the exact way throughout. Raises
    `Refused` for what cannot be true, a document type, and anything beyond the limits.
    """
    around = Around()
    cut = Cut(chunks, "worksheet", "sheetData", limits)
    left = b""
    if cut.plain and fast:
        reader = _Pieces(cut, build, convert, limits)
        left = next(filter(None, map(reader.piece, cut.pieces(b"row"))), b"")
    walker = Walker(PartRoot(build.part, "worksheet"), Rows(build, convert, around), limits.depth)
    walker.feed(cut.head)
    walker.feed(left)
    for chunk in cut.rest():
        walker.feed(chunk)
    walker.feed(b"", last=True)
    build.finish()
    return around


class _Pieces:
    """Reads pieces of whole rows, each the fastest way that knows it."""

    def __init__(self, cut: Cut, build: Build, convert: Converter, limits: Limits) -> None:
        self._cut = cut
        self._build = build
        self._convert = convert
        self._limits = limits
        self._plain = Plain(build, convert, cut.prefix)
        bulk = Bulk(convert)
        self._batch = Batch(build, self._plain, bulk)
        self._repeats = Repeats(self._plain, bulk)
        self._shape = Shape(build, self._plain, self._batch, cut.prefix)
        self._opening = b"<" + cut.prefix + b"row"
        self._left = build.size or _UNKNOWN

    def piece(self, piece: bytes) -> bytes:
        """Take a piece; return what only the exact way for all the rest can read."""
        worth = self._left > _WORTH_LEARNING
        self._left -= len(piece)
        if not worth or self._convert.formula_texts or self._cut.prefix:
            return self._rows(piece, worth=worth)
        if not self._repeats.runs:
            self._repeats.learn(piece, self._below_headings(piece))
        rest = self._repeats.take(piece)
        if rest is None:
            return self._rows(piece, worth=worth)
        before = self._build.mark()
        try:
            self._rows(rest.piece, worth=worth, certain=True)
        except Unusual:  # what is odd in it may be why a formula that was taken out is none
            self._build.back(before)
            return self._rows(piece, worth=worth)
        self._repeats.add(self._build, rest.rows)
        return b""

    def _rows(self, piece: bytes, *, worth: bool, certain: bool = False) -> bytes:
        """Read whole rows as `piece` does; ``certain``: `Unusual` instead of the exact way."""
        at = 0
        if worth and not self._shape.ready():
            at = self._below_headings(piece)
            left = self._other(piece[:at], certain=certain) if at else b""
            if left:
                return left + piece[at:]
            self._shape.learn(self._sample(piece, at, _WINDOW // 3 if certain else _WINDOW))
        for _ in range(_MOST_MISSES):
            if at == len(piece) or not self._shape.ready():
                break
            at = self._take(piece, at)
            if at == len(piece):
                break
            stop = piece.find(self._opening, at + 1)
            stop = len(piece) if stop < 0 else stop
            left = self._other(piece[at:stop], certain=certain)
            if left:
                return left + piece[stop:]
            at = stop
        return self._other(piece[at:], certain=certain) if at < len(piece) else b""

    def _below_headings(self, piece: bytes) -> int:
        """Return where the rows begin that are alike: titles and headings are not."""
        at = 0
        for _ in range(_HEADINGS):
            found = piece.find(self._opening, at + 1)
            if found < 0:
                break
            at = found
        return at

    def _sample(self, piece: bytes, at: int, window: int) -> bytes:
        """Return whole rows from all over a piece: what is alike at its top may differ below."""
        size = (len(piece) - at) // _WINDOWS
        if size <= window:
            return piece[at:]
        starts = [piece.find(self._opening, at + number * size) for number in range(_WINDOWS)]
        stops = [piece.find(self._opening, start + window) % (len(piece) + 1) for start in starts]
        return b"".join(
            piece[start:stop]
            for start, stop, below in zip(starts, stops, [*starts[1:], len(piece)], strict=True)
            if 0 <= start < stop <= below
        )

    def _take(self, piece: bytes, at: int) -> int:
        try:
            taken = self._shape.take(piece, at)
        except Unusual:
            return at
        if taken.odd and self._left > _WORTH_LEARNING:
            self._shape.learn(taken.odd)
        return taken.at

    def _other(self, piece: bytes, *, certain: bool) -> bytes:
        for way in (self._batch, self._plain):
            try:
                way.piece(piece)
            except Unusual:
                continue
            return b""
        if certain:
            raise Unusual
        return self._exact(piece)

    def _exact(self, piece: bytes) -> bytes:
        if any(mark in piece for mark in (b"<!", b"<?", b"AlternateContent", self._cut.closing)):
            return piece  # a comment, or a choice of rows, may reach beyond this piece
        rows = Rows(self._build, self._convert, Nobody())
        walker = Walker(PartRoot(self._build.part, "worksheet"), rows, self._limits.depth)
        walker.feed(self._cut.wrapped(piece, b"sheetData"), last=True)
        return b""
