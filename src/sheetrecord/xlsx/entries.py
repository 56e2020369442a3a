"""The formula cells of a worksheet, read in one sweep."""

import re
from collections.abc import Iterator
from functools import lru_cache
from itertools import islice
from operator import gt
from typing import NamedTuple

from sheetrecord.xlsx.a1 import Area, column_letters, column_number, parse_area
from sheetrecord.xlsx.layout import Layout
from sheetrecord.xlsx.markup import ATTRIBUTE, text_of


class Entry(NamedTuple):
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


def formulas(layout: Layout) -> list[tuple[bytes, bytes]]:
    """Return attributes and escaped text of each formula, without its place: a quick look."""
    start, end = layout.sheet_data.end, layout.rows_end
    return _formula(layout.name(b"f")).findall(layout.mask, start, end)


def entries(layout: Layout, count: int) -> list[tuple[bytes, bytes, bytes, bytes]]:
    """Return the formula cells in file order, as the fields of `Entry` (plain, for speed).

    The quick sweep counts only when it finds the ``count`` that `formulas` found; otherwise each
    cell is parsed.
    """
    if not count:
        return []
    start, end = layout.sheet_data.end, layout.rows_end
    found = _pattern(layout.name(b"c"), layout.name(b"f")).findall(layout.mask, start, end)
    if len(found) == count and layout.mask is layout.data:
        rows = [int(entry[1]) for entry in found]
        if any(map(gt, rows, islice(rows, 1, None))):  # no program opens it, but do not mislead
            found.sort(key=lambda entry: int(entry[1]))
        return found
    return list(_parsed(layout))


def _parsed(layout: Layout) -> Iterator[Entry]:
    for row in layout.rows():
        for cell in layout.cells(row):
            for element in [] if cell.tag.empty else layout.children(cell):
                if element.tag.name == b"f" and element.depth == 0:
                    text = text_of(layout.data[element.tag.end : element.content_end])
                    yield Entry(
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
