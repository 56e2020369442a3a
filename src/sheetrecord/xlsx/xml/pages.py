"""A worksheet part too large for memory: the XML around its rows, and its rows page by page.

Each pass inflates the part anew, some 512 KiB at a time and cut between two rows, so that a sheet
of 400 MB needs no more memory than one of 4. Only a part written as nearly every program writes it
is read so; of any other there is no `Pages`, and it is held whole as a `SheetLayout`.
"""

import re
from bisect import bisect_left
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import lru_cache
from itertools import pairwise
from typing import Final, NamedTuple

from sheetrecord.xlsx.limits import Limits
from sheetrecord.xlsx.xml.formula_kinds import Kinds
from sheetrecord.xlsx.xml.items import Cut
from sheetrecord.xlsx.xml.policy import MARK, check, encoding_of
from sheetrecord.xlsx.xml.scanner import Tag
from sheetrecord.xlsx.xml.sheet_layout import MAIN, STRICT, SheetLayout
from sheetrecord.xlsx.xml.splice import Splice, ordered, spliced

_HIDDEN: Final = re.compile(rb"<[!?]")

Open = Callable[[], Iterator[bytes]]
"""Returns the part's bytes from the beginning, each time it is called."""


class Facts(NamedTuple):
    """What was seen of all pages at once."""

    first: list[int]
    """The number of each page's first row."""
    formulas: bool
    shared: bool
    """Whether the text of a formula may stand in another cell than the formula."""
    arrays: bool
    """Whether a formula may fill more than its own cell."""


class RowPage(SheetLayout):
    """Some whole rows of a worksheet; every place counts from the first of them."""

    def __init__(self, data: bytes, frame: SheetLayout) -> None:
        """Take rows out of a sheet that is known to be plain: nothing is read yet."""
        self.data = self.mask = data
        self.part, self._frame = frame.part, frame
        self.root, self.prefix, self.head = frame.root, frame.prefix, frame.head
        self.sheet_data = Tag(0, 0, False, frame.root.prefix, b"sheetData", 0, b"")
        self.rows_end = self.tail_start = len(data)
        self._index = self._hint = self._kinds = None

    @property
    def frame(self) -> SheetLayout:
        """The XML before and after the rows of the sheet."""
        return self._frame


class PageSource(NamedTuple):
    """Where a part's bytes come from: anew for each pass, behind its byte-order mark."""

    opened: Open
    mark: bytes
    part: str
    limits: Limits

    def cut(self) -> Cut:
        """Return the part from its beginning, to be cut between rows."""
        return Cut(_unmarked(self.opened(), self.mark), "worksheet", "sheetData", self.limits)


class Pages:
    """A worksheet part's rows page by page; ``frame`` is the part without them."""

    def __init__(self, source: "PageSource", frame: SheetLayout, facts: Facts) -> None:
        self._source = source
        self.frame, self.facts = frame, facts
        self.prefix = frame.prefix

    @classmethod
    def of(cls, opened: Open, part: str, limits: Limits) -> "Pages | None":
        """Return a part's pages, None when it is not plain enough to be cut into any."""
        first = next(opened(), b"")
        if encoding_of(first):
            return None
        source = PageSource(opened, MARK if first.startswith(MARK) else b"", part, limits)
        cut = source.cut()
        facts = _seen(cut, source) if cut.plain else None
        if facts is None:
            return None
        tail = b"".join(cut.rest())
        closing = b"</" + cut.prefix + b"sheetData"
        if not tail.startswith(closing) or tail.find(closing, 1) >= 0 or not _is_plain(tail):
            return None
        frame = SheetLayout(cut.head + tail, part)
        if frame.sheet_data.empty or frame.sheet_data.end != len(cut.head):
            return None
        check(frame.mask, part)
        return cls(source, frame, facts)

    def name(self, local: bytes) -> bytes:
        """Return an element's name with the worksheet's own prefix."""
        return self.prefix + local

    def pages(self) -> Iterator[SheetLayout]:
        """Yield the rows as layouts; positions count from each page's begin."""
        for piece in self._source.cut().pieces(b"row"):
            yield RowPage(piece, self.frame)

    def formula_kinds(self) -> Kinds:
        """Return a formula of each kind."""
        found: Kinds = {}
        for page in self.pages():
            found |= page.formula_kinds()
        return found

    def numbered(self, rows: Sequence[int]) -> list[slice]:
        """Return for each page which of these rising row numbers are its own.

        A row that is not there yet belongs to the page of the row before it.
        """
        stops = [bisect_left(rows, first) for first in self.facts.first[1:]]
        return [slice(*ends) for ends in pairwise((0, *stops, len(rows)))]

    def rewritten(
        self, around: list[Splice], inside: Iterable[tuple[SheetLayout, list[Splice]]]
    ) -> Iterator[bytes]:
        """Yield the part with splices of its frame, and of each of its pages in turn."""
        middle = self.frame.sheet_data.end
        data, tidy = self.frame.data, ordered(around)
        head = [splice for splice in tidy if splice.start < middle]
        tail = [Splice(s.start - middle, s.end - middle, s.new) for s in tidy if s.start >= middle]
        yield self._source.mark + spliced(data[:middle], head)
        for page, splices in inside:
            yield spliced(page.data, ordered(splices)) if splices else page.data
        yield spliced(data[middle:], tail)


def _unmarked(chunks: Iterator[bytes], mark: bytes) -> Iterator[bytes]:
    yield next(chunks, b"")[len(mark) :]
    yield from chunks


@lru_cache(maxsize=16)
def _opening(prefix: bytes) -> re.Pattern[bytes]:
    return re.compile(rb'<%srow r="([0-9]{1,7})"' % re.escape(prefix))


def _is_plain(piece: bytes) -> bool:
    """Whether a plain search finds every tag: no comment, CDATA section or namespace hides one."""
    return _HIDDEN.search(piece) is None and piece.find(MAIN) < 0 and piece.find(STRICT) < 0


def _seen(cut: Cut, source: PageSource) -> Facts | None:
    """Look at every page once; None when a row is numbered or placed in an unusual way."""
    formula = b"<" + cut.prefix + b"f"
    first: list[int] = []
    formulas = shared = arrays = False
    last = 0
    for piece in cut.pieces(b"row"):
        numbers = _numbers(piece, cut.prefix, last)
        if not numbers or not _is_plain(piece):
            return None
        check(piece, source.part)
        first.append(numbers[0])
        last = numbers[-1]
        formulas = formulas or piece.find(formula) >= 0
        shared = shared or piece.find(b"shared") >= 0
        arrays = arrays or piece.find(b"array") >= 0 or piece.find(b"dataTable") >= 0
    return Facts(first, formulas, shared, arrays) if first else None


def _numbers(piece: bytes, prefix: bytes, last: int) -> list[int]:
    """Return the rising numbers of some whole rows, all above ``last``; none when any is not."""
    opening, number = b"<" + prefix + b"row", _opening(prefix)
    found: list[int] = []
    at = piece.find(opening)
    if piece[:at].strip():
        return []
    while at >= 0:
        match = number.match(piece, at)
        if match is None or int(match[1]) <= last:
            return []
        last = int(match[1])
        found.append(last)
        at = piece.find(opening, match.end())
    return found
