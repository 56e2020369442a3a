"""Positions in a worksheet part: its rows, a row's cells, the XML before and after.

Rows and cells are walked one right after the other, so anything between them that the walk does
not know stops it: a `Refused`, never a guess. Elements are those of ECMA-376 part 1 section 18.3.1.
"""

import re
from bisect import bisect_left
from collections.abc import Iterator
from functools import lru_cache
from typing import Final, NamedTuple

from sheetrecord.xlsx.addresses import MAX_COLUMN, MAX_ROW, column_letters, column_number
from sheetrecord.xlsx.errors import Refused
from sheetrecord.xlsx.xml.formula_kinds import Kinds, kinds_among
from sheetrecord.xlsx.xml.policy import corrupt
from sheetrecord.xlsx.xml.scanner import Element, Tag, elements, masked, tag_at, tags

MAIN: Final = b"http://schemas.openxmlformats.org/spreadsheetml/2006/main"
STRICT: Final = b"http://purl.oclc.org/ooxml/spreadsheetml/main"
_PIECE: Final = 1 << 22
_SPACE: Final = re.compile(rb"[\s]*")
_NAMESPACE: Final = re.compile(
    rb"""xmlns(?::([^\s=]+))?\s*=\s*["'](?:%s|%s)["']""" % (re.escape(MAIN), re.escape(STRICT))
)


class RowSpan(NamedTuple):
    """One row: its number and its span; an empty one has ``open_end == content_end == end``."""

    number: int
    start: int
    open_end: int
    content_end: int
    end: int


class CellSpan(NamedTuple):
    """One cell: its place, its opening tag, where its content and the whole of it end."""

    row: int
    column: int
    tag: Tag
    content_end: int
    end: int


@lru_cache(maxsize=64)
def _row_pattern(prefix: bytes) -> re.Pattern[bytes]:
    return re.compile(
        rb"""<%srow(?=[\s/>])(?:\s+r="([0-9]{1,7})")?+"""
        rb"""((?:[^<>"']++|"[^"<]*+"|'[^'<]*+')*+)>""" % re.escape(prefix)
    )


@lru_cache(maxsize=64)
def _cell_end(prefix: bytes) -> re.Pattern[bytes]:
    return re.compile(rb"</%sc\s*>" % re.escape(prefix))


class SheetLayout:
    """A worksheet part's text and the places in it; ``mask`` is what is searched."""

    def __init__(self, data: bytes, part: str = "") -> None:
        """Find the rows; ``data`` is the part as UTF-8. Raises `Refused` as `policy` and `rows`."""
        self.part = part
        self.data = data
        self.mask = masked(data, part)
        self.root = self._root()
        self.prefix = self.root.prefix + b":" if self.root.prefix else b""
        self._check_namespaces()
        self.head: list[Tag] = []
        """The opening tags before the rows, at depth 1 (``dimension``, ``cols``...)."""
        self.sheet_data = self._find_sheet_data()
        self._index: tuple[list[int], list[RowSpan]] | None = None
        self._hint: RowSpan | None = None
        self._kinds: Kinds | None = None
        if self.sheet_data.empty:
            self.rows_end = self.tail_start = self.sheet_data.end
        else:
            self.rows_end = self.mask.rfind(b"</" + self.prefix + b"sheetData")
            if self.rows_end < self.sheet_data.end:
                raise self._corrupt("its rows do not end")
            self.tail_start = tag_at(self.mask, self.rows_end).end

    def _corrupt(self, detail: str) -> Refused:
        return corrupt(self.part, detail)

    @property
    def frame(self) -> "SheetLayout":
        """What holds the elements around the rows: this layout, for it has the whole part."""
        return self

    def pages(self) -> Iterator["SheetLayout"]:
        """Yield the layouts that have the rows: this one, for it has the whole part."""
        yield self

    def _root(self) -> Tag:
        for tag in tags(self.mask):
            if (
                tag.close
                or tag.empty
                or tag.name not in {b"worksheet", b"dialogsheet", b"macrosheet"}
            ):
                break
            return tag
        raise self._corrupt("it does not begin as a worksheet")

    def _check_namespaces(self) -> None:
        """Refuse a second prefix for the worksheet's own namespace: it would hide cells."""
        at = self.root.start
        seen = 0
        for uri in (MAIN, STRICT):
            found = self.mask.find(uri, at)
            while found >= 0:
                seen += self._bound_elsewhere(found, uri)
                found = self.mask.find(uri, found + 1)
        if seen:
            raise self._corrupt("it has two names for its own namespace")

    def _bound_elsewhere(self, found: int, uri: bytes) -> bool:
        declaration = self.mask[max(0, found - 64) : found + len(uri) + 1]
        match = list(_NAMESPACE.finditer(declaration))
        return bool(match) and (match[-1][1] or b"") != self.root.prefix

    def _find_sheet_data(self) -> Tag:
        depth = 0
        for tag in tags(self.mask, self.root.end):
            if tag.close:
                depth -= 1
                continue
            if depth == 0:
                if tag.name == b"sheetData" and tag.prefix == self.root.prefix:
                    return tag
                self.head.append(tag)
            depth += not tag.empty
            if depth < 0:
                break
        raise self._corrupt("it has no rows")

    def name(self, local: bytes) -> bytes:
        """Return an element's name with the worksheet's own prefix."""
        return self.prefix + local

    def pieces(self) -> Iterator[tuple[int, int]]:
        """Yield where the rows lie, some at a time: a whole sheet's texts are many."""
        at, end = self.sheet_data.end, self.rows_end
        closing = b"</" + self.name(b"row")
        while at < end:
            stop = self.mask.find(closing, at + _PIECE, end)
            stop = end if stop < 0 else stop
            yield at, stop
            at = stop

    def formula_kinds(self) -> Kinds:
        """Return a formula of each kind; of a part with something masked not all may be seen."""
        if self._kinds is None:
            self._kinds = {}
            for start, stop in self.pieces():
                self._kinds |= kinds_among(self.mask, start, stop, self.name(b"f"))
        return self._kinds

    def rows(self) -> Iterator[RowSpan]:
        """Yield the rows in file order; `Refused` when their numbers do not rise."""
        mask, end = self.mask, self.rows_end
        if self.sheet_data.empty:
            return
        pattern, closing = _row_pattern(self.prefix), b"</" + self.prefix + b"row"
        at, number = self.sheet_data.end, 0
        skip = len(closing)
        while True:
            if mask[at : at + 1] != b"<":
                at = _SPACE.match(mask, at).end()  # type: ignore[union-attr]  # it matches nothing too
            if at >= end:
                return
            match = pattern.match(mask, at)
            if match is None:
                raise self._corrupt("something else stands between its rows")
            given, rest = match.groups()
            open_end = match.end()
            previous = number
            number = int(given) if given is not None else self._implied(at, previous)
            if not previous < number <= MAX_ROW:
                raise Refused(
                    "row-order",
                    f"Row {number} comes after row {previous} in the file: save it again in "
                    "Excel, and retry.",
                )
            if rest.endswith(b"/"):
                yield RowSpan(number, at, open_end, open_end, open_end)
                at = open_end
                continue
            content_end = mask.find(closing, open_end, end)
            if content_end < 0:
                raise self._corrupt(f"row {number} does not end")
            stop = content_end + skip + 1
            if mask[stop - 1] != 62:  # ">"
                stop = tag_at(mask, content_end).end
            yield RowSpan(number, at, open_end, content_end, stop)
            at = stop

    def _implied(self, at: int, previous: int) -> int:
        """Return the number of a row whose tag does not begin with a plain ``r``."""
        given = tag_at(self.mask, at).get(b"r")
        if given is None:
            return previous + 1
        if not given.strip().isdecimal():
            raise self._corrupt("a row number is none")
        return int(given)

    def row_index(self) -> tuple[list[int], list[RowSpan]]:
        """Return all row numbers and rows, kept for the next call."""
        if self._index is None:
            rows = list(self.rows())
            self._index = [row.number for row in rows], rows
        return self._index

    def row(self, number: int) -> RowSpan | None:
        """Return the row of this number, or None."""
        if self._index is None:
            row = self._search(number)
            if row is not None:
                self._hint = row
                return row
        numbers, rows = self.row_index()
        place = bisect_left(numbers, number)
        return rows[place] if place < len(rows) and numbers[place] == number else None

    def _search(self, number: int) -> RowSpan | None:
        """Return a row by the way nearly every program writes its tag, or None to walk them all."""
        tag = b'<%srow r="%d"' % (self.prefix, number)
        start = self._hint.start if self._hint and self._hint.number <= number else 0
        at = self.mask.find(tag, max(start, self.sheet_data.end), self.rows_end)
        match = _row_pattern(self.prefix).match(self.mask, at) if at >= 0 else None
        if match is None:
            return None
        if match[2].endswith(b"/"):
            return RowSpan(number, at, match.end(), match.end(), match.end())
        content_end = self.mask.find(b"</" + self.prefix + b"row", match.end(), self.rows_end)
        if content_end < 0:
            return None
        return RowSpan(number, at, match.end(), content_end, tag_at(self.mask, content_end).end)

    def row_tag(self, row: RowSpan) -> Tag:
        """Return a row's opening tag."""
        return tag_at(self.mask, row.start)

    def cells(self, row: RowSpan) -> Iterator[CellSpan]:
        """Yield a row's cells in order; `Refused` when one is out of order or out of its row."""
        at, column = row.open_end, 0
        while True:
            at = _SPACE.match(self.mask, at, row.content_end).end()  # type: ignore[union-attr]  # as above
            if at >= row.content_end:
                return
            tag = tag_at(self.mask, at)
            if tag.close or tag.name != b"c" or tag.prefix != self.root.prefix:
                if tag.name == b"extLst" and not tag.close:
                    return
                raise self._corrupt(f"row {row.number} holds something else than cells")
            previous, column = column, self._column(tag, row, column)
            if not previous < column <= MAX_COLUMN:
                raise Refused(
                    "cell-order",
                    f"The cells of row {row.number} are out of order: save the file again in "
                    "Excel, and retry.",
                )
            cell = self.span(row, column, tag)
            yield cell
            at = cell.end

    def cell(self, row: RowSpan, column: int) -> CellSpan | None:
        """Return one cell by its address as nearly every program writes it, else None.

        None also for a cell whose address is only implied: walk `cells` to be sure.
        """
        address = b' r="%s%d"' % (column_letters(column).encode(), row.number)
        at = self.mask.find(address, row.open_end, row.content_end)
        start = self.mask.rfind(b"<", row.open_end, at) if at >= 0 else -1
        if start < 0:
            return None
        tag = tag_at(self.mask, start)
        if tag.name != b"c" or tag.prefix != self.root.prefix or not tag.rest.startswith(address):
            return None
        return self.span(row, column, tag)

    def _column(self, tag: Tag, row: RowSpan, previous: int) -> int:
        given = tag.get(b"r")
        if given is None:
            return previous + 1
        letters = given.rstrip("0123456789")
        if not letters.isalpha() or not letters.isascii() or given != f"{letters}{row.number}":
            raise self._corrupt(f"a cell of row {row.number} is named {given[:40]!r}")
        return column_number(letters)

    def span(self, row: RowSpan, column: int, tag: Tag) -> CellSpan:
        """Return the cell this opening tag begins."""
        if tag.empty:
            return CellSpan(row.number, column, tag, tag.end, tag.end)
        closing = _cell_end(self.prefix).search(self.mask, tag.end, row.content_end)
        if closing is None:
            raise self._corrupt(f"a cell of row {row.number} does not end")
        return CellSpan(row.number, column, tag, closing.start(), closing.end())

    def children(self, cell: CellSpan) -> list[Element]:
        """Return a cell's elements (``f``, ``v``, ``is``...), the nested ones too."""
        return elements(self.mask, cell.tag.end, cell.content_end)

    def tail(self) -> list[Element]:
        """Return the elements after the rows, depth 0 being a child of the worksheet."""
        closing = self.mask.rfind(b"</" + self.prefix + self.root.name)
        if closing < self.tail_start:
            raise self._corrupt("it does not end")
        return elements(self.mask, self.tail_start, closing, part=self.part)

    @property
    def tail_end(self) -> int:
        """Where the worksheet's closing tag begins."""
        return self.mask.rfind(b"</" + self.prefix + self.root.name)
