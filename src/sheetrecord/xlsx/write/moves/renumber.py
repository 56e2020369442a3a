"""The rows below a move under their new numbers, put together row by row.

A hundred thousand rows hold over a million cells: a splice for each would take more memory than
the sheet itself. So the moved rows become one piece, and other changes inside them go in with it.
"""

import re
from collections.abc import Iterator
from functools import lru_cache

from sheetrecord.xlsx.addresses import MAX_ROW
from sheetrecord.xlsx.errors import Refused
from sheetrecord.xlsx.formula.row_moves import Delete, Insert
from sheetrecord.xlsx.xml.policy import corrupt
from sheetrecord.xlsx.xml.sheet_layout import RowSpan, SheetLayout
from sheetrecord.xlsx.xml.splice import CHUNK, Splice, ordered, spliced


@lru_cache(maxsize=64)
def _cell_ref(prefix: bytes) -> re.Pattern[bytes]:
    """Match a cell's tag up to the end of its row number, as nearly every program writes it."""
    return re.compile(rb'(<%sc r="[A-Z]{1,3})([0-9]{1,7})(?=")' % re.escape(prefix))


def renumbered(
    layout: SheetLayout, move: Insert | Delete, splices: list[Splice], new: bytes = b""
) -> Iterator[Splice]:
    """Yield the splices of the moved sheet with its rows renumbered or removed.

    ``splices`` are the sheet's other changes; those inside removed rows go with them. ``new`` is
    the XML of inserted rows.
    """
    rows = [row for row in layout.rows() if row.number >= move.at]
    if not rows:
        yield from splices
        if new:
            yield Splice(layout.rows_end, layout.rows_end, new)
        return
    if isinstance(move, Insert) and rows[-1].number + move.number > MAX_ROW:
        raise Refused("rows", "The sheet's last rows would fall off its end: delete some first.")
    start, end = rows[0].start, rows[-1].end
    inside = []
    for splice in splices:
        if start <= splice.start and splice.end <= end:
            inside.append(splice)
        else:
            yield splice
    yield from _Mover(layout, move).moved(rows, ordered(inside), new)


class _Mover:
    """Rewrites the rows of one sheet under new numbers."""

    def __init__(self, layout: SheetLayout, move: Insert | Delete) -> None:
        self._layout, self._move = layout, move
        self._plain = layout.data is layout.mask
        self._pattern = _cell_ref(layout.prefix)
        self._cell = b"<" + layout.name(b"c")
        self._row = b"<" + layout.name(b"row") + b' r="'

    def moved(
        self, rows: list[RowSpan], splices: list[Splice], new_rows: bytes
    ) -> Iterator[Splice]:
        """Yield the moved stretch, from the first row's start to the last one's end, in chunks."""
        data = self._layout.data
        out = bytearray(new_rows)
        start = at = rows[0].start
        i, count = 0, len(splices)
        for row in rows:
            out += data[at : row.start]
            first = i
            while i < count and splices[i].start < row.end:
                i += 1
            new = self._move.row(row.number)
            if new is not None:
                out += self._row_text(row, new, splices[first:i])
            at = row.end
            if len(out) > CHUNK:
                yield Splice(start, at, bytes(out))
                start, out = at, bytearray()
        yield Splice(start, at, bytes(out))

    def _row_text(self, row: RowSpan, new: int, inner: list[Splice]) -> bytes:
        data = self._layout.data
        if self._plain:
            text = data[row.start : row.end]
            if inner:
                text = spliced(text, _shifted(inner, row.start))
            found = self._quick(text, row.number, b"%d" % new)
            if found is not None:
                return found
        both = ordered([*inner, *_slow(self._layout, row, b"%d" % new)])
        return spliced(data[row.start : row.end], _shifted(both, row.start))

    def _quick(self, text: bytes, number: int, new: bytes) -> bytes | None:
        """Return a row's text with its number changed; None when it is written unusually."""
        old = b"%d" % number
        head = self._row + old + b'"'
        if not text.startswith(head):
            return None

        def under_new(match: re.Match[bytes]) -> bytes:
            if match[2] != old:
                raise corrupt(self._layout.part, f"a cell of row {number} names another row")
            return match[1] + new

        rest, found = self._pattern.subn(under_new, text[len(head) :])
        return self._row + new + b'"' + rest if found == text.count(self._cell) else None


def _shifted(splices: list[Splice], by: int) -> list[Splice]:
    return [Splice(start - by, end - by, new) for start, end, new in splices]


def _slow(layout: SheetLayout, row: RowSpan, number: bytes) -> Iterator[Splice]:
    """Yield the splices that renumber a row tag by tag, however it is written."""
    tag = layout.row_tag(row)
    found = tag.attributes().get(b"r")
    if found is not None:
        yield Splice(found.start, found.end, number)
    else:
        yield Splice(tag.rest_start, tag.rest_start, b' r="%s"' % number)
    for cell in layout.cells(row):
        found = cell.tag.attributes().get(b"r")
        if found is not None:
            yield Splice(found.start + len(found.value.rstrip(b"0123456789")), found.end, number)
