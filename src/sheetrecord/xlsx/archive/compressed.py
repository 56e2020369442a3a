"""A part's content compressed: a large part is held so from one step of a patch to the next.

A sheet of 400 MB takes 40 MB compressed, and most of it goes into the new workbook as it is here.
"""

import zlib
from collections.abc import Iterable, Iterator
from itertools import chain
from typing import Any, Final

from sheetrecord.xlsx.archive.deflate import isal_zlib

CLOSE: Final = 12 << 20
"""Up to so many bytes a part is made about as small as Excel makes it, in 13 ms a megabyte."""
_CLOSE_LEVEL: Final = 5
"""The level of zlib for those: one less is a tenth larger, one more takes half as long again."""
LEVEL: Final = 2
"""The level of isal for larger parts, where time counts: a fifth to a third larger, ten times as
fast; the next one is a twentieth smaller, in three times the time."""
CHUNK: Final = 1 << 19
large = 72 << 20
"""From so many bytes on, a part is not held whole: that takes a third more time, as it is inflated
once for each look, and a tenth of the memory."""

_MADE: Final = 16 << 20
"""The same for a part that is made in pieces: nobody has had it whole."""


class Packed:
    """A part's new content, deflated."""

    __slots__ = ("crc", "pieces", "size")

    def __init__(self, chunks: Iterable[bytes | memoryview], size: int = large) -> None:
        """Compress the chunks as they come; the same chunks give the same bytes.

        ``size`` is about how many bytes they are together, if that is known.
        """
        close = size <= CLOSE
        deflate: Any = (
            zlib.compressobj(_CLOSE_LEVEL, zlib.DEFLATED, -15)
            if close
            else isal_zlib.compressobj(LEVEL, isal_zlib.DEFLATED, -15)
        )
        self.crc = self.size = 0
        self.pieces: list[bytes] = []
        for chunk in chunks:
            self.crc = isal_zlib.crc32(chunk, self.crc)
            self.size += len(chunk)
            piece = deflate.compress(chunk)
            if piece:
                self.pieces.append(piece)
        self.pieces.append(deflate.flush())

    def chunks(self) -> Iterator[bytes]:
        """Yield the content, about 512 KiB at a time."""
        inflate = isal_zlib.decompressobj(wbits=-15)
        for piece in self.pieces:
            chunk = inflate.decompress(piece, CHUNK)
            while chunk:
                yield chunk
                chunk = inflate.decompress(inflate.unconsumed_tail, CHUNK)

    def bytes(self) -> bytes:
        """Return the content whole."""
        return b"".join(self.chunks())


def held(chunks: Iterable[bytes]) -> bytes | Packed:
    """Return content as it is best held: whole, or compressed when it is large."""
    rest = iter(chunks)
    some: list[bytes] = []
    size = 0
    for chunk in rest:
        some.append(chunk)
        size += len(chunk)
        if size >= min(large, _MADE):
            return Packed(chain(some, rest))
    return b"".join(some)
