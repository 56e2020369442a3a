"""One pass over a worksheet part: streamed, cut into whole rows, read the fastest safe way.

Three ways, each falling back to the next, and all proven to agree: rows of one shape in columns
(`shape`), rows as programs write them (`plain`), any XML at all (`exact`).
"""

from collections.abc import Iterator

from sheetrecord.xlsx.around import Around
from sheetrecord.xlsx.build import Build
from sheetrecord.xlsx.convert import Converter
from sheetrecord.xlsx.cut import Cut
from sheetrecord.xlsx.exact import Nobody, Rows
from sheetrecord.xlsx.limits import Limits
from sheetrecord.xlsx.plain import Plain
from sheetrecord.xlsx.texts import Unusual
from sheetrecord.xlsx.walk import Walker


def scan(
    chunks: Iterator[bytes], build: Build, convert: Converter, limits: Limits, *, fast: bool = True
) -> Around:
    """Read a worksheet's rows into a `Build`; return what stands around them.

    ``chunks`` is the part as UTF-8. ``fast=False`` takes the exact way throughout. Raises
    `Refused` for what cannot be true, a document type, and anything beyond the limits.
    """
    around = Around()
    cut = Cut(chunks, "worksheet", "sheetData", limits)
    left = b""
    if cut.plain and fast:
        reader = _Pieces(cut, build, convert, limits)
        left = next(filter(None, map(reader.piece, cut.pieces(b"row"))), b"")
    walker = Walker(build.part, Rows(build, convert, around), limits.depth)
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

    def piece(self, piece: bytes) -> bytes:
        """Take a piece; return what only the exact way for all the rest can read."""
        try:
            self._plain.piece(piece)
        except Unusual:
            return self._exact(piece)
        return b""

    def _exact(self, piece: bytes) -> bytes:
        if b"<!" in piece or b"<?" in piece:
            return piece  # a comment may reach beyond this piece
        rows = Rows(self._build, self._convert, Nobody())
        walker = Walker(self._build.part, rows, self._limits.depth)
        walker.feed(self._cut.wrapped(piece, b"sheetData"), last=True)
        return b""
