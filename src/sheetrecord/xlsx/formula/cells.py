"""The formula cells of a worksheet, read in one sweep."""

import re
from collections.abc import Iterable, Iterator
from functools import lru_cache
from itertools import islice
from typing import Final, NamedTuple

from sheetrecord.xlsx.addresses import Area, column_letters, column_number, parse_area
from sheetrecord.xlsx.xml.pages import Pages
from sheetrecord.xlsx.xml.scanner import ATTRIBUTE, text_of
from sheetrecord.xlsx.xml.sheet_layout import RowSpan, SheetLayout

_SOME: Final = 20_000


class FormulaCell(NamedTuple):
    """One formula cell: ``attributes`` are those of its ``f``, ``text`` is still escaped."""

    column: bytes
    row: bytes
    attributes: bytes
    text: bytes


@lru_cache(maxsize=16)
def _pattern(cell: bytes, formula: bytes) -> re.Pattern[bytes]:
    """Match a formula cell as every known writer writes it: address first, formula first."""
    return re.compile(
        rb'<%s r="([A-Z]{1,3})([0-9]{1,7})"[^<>]*><%s((?=[\s/>])[^<>]*)>([^<]*)<'
        % (re.escape(cell), re.escape(formula))
    )


@lru_cache(maxsize=16)
def _formula(formula: bytes) -> re.Pattern[bytes]:
    return re.compile(rb"<%s((?=[\s/>])[^<>]*)>([^<]*)<" % re.escape(formula))


def entries(sheet: SheetLayout | Pages) -> Iterator[list[tuple[bytes, bytes, bytes, bytes]]]:
    """Yield the formula cells in file order, some at a time, as the fields of `FormulaCell`.

    They are plain tuples, for speed. Where the quick sweep does not find every formula, each cell
    is parsed.
    """
    for layout in sheet.pages():
        yield from _entries(layout)


def _entries(layout: SheetLayout) -> Iterator[list[tuple[bytes, bytes, bytes, bytes]]]:
    name, masked = layout.name(b"f"), layout.mask is not layout.data
    quick, every = _pattern(layout.name(b"c"), name), _formula(name)
    for start, stop in layout.pieces():
        found = [] if masked else quick.findall(layout.data, start, stop)
        count = layout.mask.count(b"<" + name, start, stop)  # of longer names as well
        if count == len(found) or len(found) == len(every.findall(layout.mask, start, stop)):
            yield found
            continue
        rest = _parsed(layout, (row for row in layout.rows() if row.start >= start))
        while found := list(islice(rest, _SOME)):
            yield found
        return


def _parsed(
    layout: SheetLayout, rows: Iterable[RowSpan]
) -> Iterator[tuple[bytes, bytes, bytes, bytes]]:
    for row in rows:
        for cell in layout.cells(row):
            for element in [] if cell.tag.empty else layout.children(cell):
                if element.tag.name == b"f" and element.depth == 0:
                    text = text_of(layout.data[element.tag.end : element.content_end])
                    yield FormulaCell(
                        column_letters(cell.column).encode(),
                        b"%d" % cell.row,
                        element.tag.rest,
                        text.replace("&", "&amp;").replace("<", "&lt;").encode(),
                    )


def attribute(attributes: bytes, name: bytes) -> bytes:
    """Return one attribute's value, ``b""`` when it is missing."""
    for key, double, single in ATTRIBUTE.findall(attributes):
        if key == name:
            return bytes(double or single)
    return b""


def masters(
    found: list[tuple[bytes, bytes, bytes, bytes]],
) -> dict[bytes, tuple[int, int, bytes]]:
    """Return row, column and text of each shared formula, by its group."""
    return {
        attribute(attributes, b"si"): (int(row), column_number(column.decode()), text)
        for column, row, attributes, text in reversed(found)
        if text and b"shared" in attributes
    }


def filled_areas(found: list[tuple[bytes, bytes, bytes, bytes]]) -> dict[tuple[int, int], Area]:
    """Return the cells that array formulas and data tables fill, by the cell that holds them."""
    return {
        (int(row), column_number(column.decode())): parse_area(
            attribute(attributes, b"ref").decode()
        )
        for column, row, attributes, _ in found
        if (b"array" in attributes or b"dataTable" in attributes) and attribute(attributes, b"ref")
    }
