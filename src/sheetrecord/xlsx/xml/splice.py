"""A part with changes spliced in: the old bytes, and what replaces which stretch of them."""

from collections.abc import Iterator
from itertools import chain
from operator import itemgetter
from typing import Final, NamedTuple, Protocol, TypeAlias

from sheetrecord.xlsx.archive.compressed import Packed

CHUNK: Final = 1 << 20


class Out(Protocol):
    """Where the zip goes: anything with ``write``."""

    def write(self, data: bytes | memoryview, /) -> object:
        """Take the next bytes."""


class Splice(NamedTuple):
    """Replace ``data[start:end]`` with ``new``; an insertion has ``start == end``."""

    start: int
    end: int
    new: bytes


class Followed(NamedTuple):
    """What makes a sheet follow a move of rows: splices around its rows, and of each page."""

    around: list[Splice]
    inside: list[list[Splice]]

    def whole(self) -> list[Splice]:
        """Return the splices of a sheet that is held whole."""
        return [*self.around, *chain.from_iterable(self.inside)]


class Spliced(NamedTuple):
    """A part's new content, not yet put together; splices in order and apart from each other."""

    data: bytes
    splices: list[Splice]
    mark: bytes = b""
    """A byte-order mark to write first."""

    def chunks(self) -> Iterator[bytes | memoryview]:
        """Yield the new content; small pieces are gathered so that a compressor is fed well."""
        view = memoryview(self.data)
        gathered = bytearray(self.mark)
        at = 0
        for start, end, new in self.splices:
            if start - at > CHUNK:
                yield bytes(gathered)
                gathered = bytearray()
                yield from (view[i : min(i + CHUNK, start)] for i in range(at, start, CHUNK))
            else:
                gathered += view[at:start]
            at = end
            if len(new) > CHUNK:
                yield bytes(gathered)
                gathered = bytearray()
                rows = memoryview(new)
                yield from (rows[i : i + CHUNK] for i in range(0, len(new), CHUNK))
                continue
            gathered += new
            if len(gathered) > CHUNK:
                yield bytes(gathered)
                gathered = bytearray()
        yield bytes(gathered)
        yield from (view[i : i + CHUNK] for i in range(at, len(view), CHUNK))

    def bytes(self) -> bytes:
        """Return the new content, without its mark."""
        return spliced(self.data, self.splices)


Content: TypeAlias = bytes | Spliced | Packed
"""A part's new bytes: whole, to be put together while writing, or compressed already."""


def ordered(splices: list[Splice]) -> list[Splice]:
    """Return the splices by place; insertions at one place keep their order.

    Raises `AssertionError` when two overlap: that is a fault of the program, and stops the write.
    """
    found = sorted(splices, key=itemgetter(0, 1))
    at = 0
    for splice in found:
        if splice.start < at:
            raise AssertionError(f"two edits overlap at byte {splice.start}")
        at = splice.end
    return found


def spliced(data: bytes, splices: list[Splice]) -> bytes:
    """Return the data with ordered splices put in."""
    pieces: list[bytes] = []
    at = 0
    for start, end, new in splices:
        pieces += (data[at:start], new)
        at = end
    pieces.append(data[at:])
    return b"".join(pieces)
