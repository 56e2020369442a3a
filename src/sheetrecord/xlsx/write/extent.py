"""How far a worksheet and its rows reach: where a new row goes, what must grow around new cells."""

from bisect import bisect_left
from collections.abc import Iterable

from sheetrecord.xlsx.addresses import Area, parse_area
from sheetrecord.xlsx.errors import Refused
from sheetrecord.xlsx.xml.sheet_layout import RowSpan, SheetLayout
from sheetrecord.xlsx.xml.splice import Splice


def insertion_point(layout: SheetLayout, number: int) -> int:
    """Return where a new row of this number goes."""
    numbers, rows = layout.row_index()
    place = bisect_left(numbers, number)
    return rows[place].start if place < len(rows) else layout.rows_end


def opened(layout: SheetLayout, body: bytes) -> Splice:
    """Return the splice that puts rows into a self-closed ``<sheetData/>``."""
    tag = layout.sheet_data
    return Splice(tag.end - 2, tag.end, b">%s</%s>" % (body, layout.name(b"sheetData")))


def grown_spans(layout: SheetLayout, row: RowSpan, first: int, last: int) -> list[Splice]:
    """Return the splice that widens a row's ``spans``, or none when it is wide enough."""
    found = layout.row_tag(row).attributes().get(b"spans")
    if found is None:
        return []
    numbers = [part.split(b":") for part in found.value.split()]
    if not all(len(pair) == 2 and pair[0].isdigit() and pair[1].isdigit() for pair in numbers):
        return []
    low = min([first, *(int(pair[0]) for pair in numbers)])
    high = max([last, *(int(pair[1]) for pair in numbers)])
    if any(int(a) <= first and last <= int(b) for a, b in numbers):
        return []
    return [Splice(found.start, found.end, b"%d:%d" % (low, high))]


def grown_dimension(layout: SheetLayout, places: Iterable[tuple[int, int]]) -> list[Splice]:
    """Return the splice that widens ``<dimension>`` over these cells, or none."""
    cells = list(places)
    for tag in layout.head:
        found = tag.attributes().get(b"ref") if tag.name == b"dimension" else None
        if found is None or not cells:
            continue
        try:
            area = parse_area(found.value.decode("utf-8", "replace"))
        except Refused:  # a dimension nobody can read is only a hint
            return []
        new = Area(
            min(area.row, *(row for row, _ in cells)),
            min(area.column, *(column for _, column in cells)),
            max(area.last_row, *(row for row, _ in cells)),
            max(area.last_column, *(column for _, column in cells)),
        )
        return [] if new == area else [Splice(found.start, found.end, str(new).encode())]
    return []
