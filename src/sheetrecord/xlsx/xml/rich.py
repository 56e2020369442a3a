"""The XML of rich texts, by cell: found by a second pass, and only when someone asks."""

import re
from collections.abc import Iterator
from typing import Final

from sheetrecord.xlsx.addresses import cell_name
from sheetrecord.xlsx.limits import Limits
from sheetrecord.xlsx.read.columns import CellColumn
from sheetrecord.xlsx.xml.items import Cut

_ENTRY: Final = re.compile(rb"<((?:[\w.\-]+:)?)si(?:\s[^>]*)?(?:/>|>.*?</\1si>)", re.DOTALL)
_RUN: Final = re.compile(rb"<(?:[\w.\-]+:)?r[\s>]")
_INLINE: Final = re.compile(
    rb"<((?:[\w.\-]+:)?)c(?=[^>]*?\sr=[\"']([A-Z]{1,3}[0-9]{1,7})[\"'])[^>]*>\s*"
    rb"(<\1is>.*?</\1is>)",
    re.DOTALL,
)


class Rich(str):
    """A rich text that remembers its XML."""

    __slots__ = ("xml",)

    xml: bytes


def marked(strings: list[str], table: bytes) -> list[str]:
    """Return the shared strings, the rich ones as `Rich`; ``table`` is their part's XML."""
    entries = [match[0] for match in _ENTRY.finditer(table)]
    if len(entries) != len(strings):  # entries hidden in comments: nothing can be told apart
        return strings
    return [
        _rich(text, xml) if _RUN.search(xml) else text
        for text, xml in zip(strings, entries, strict=True)
    ]


def _rich(text: str, xml: bytes) -> Rich:
    rich = Rich(text)
    rich.xml = xml
    return rich


def by_cell(columns: dict[int, CellColumn]) -> dict[str, bytes]:
    """Return the XML of each cell whose value is a `Rich`."""
    return {
        cell_name(row, number): value.xml
        for number, column in columns.items()
        for row, value in zip(column.rows, column.values, strict=True)
        if isinstance(value, Rich)
    }


def inline(sheet: Iterator[bytes], limits: Limits) -> dict[str, bytes]:
    """Return the XML of each inline rich text."""
    cut = Cut(sheet, "worksheet", "sheetData", limits)
    pieces = cut.pieces(b"row") if cut.plain else iter([b"".join(cut.rest())])
    return {
        match[2].decode(): match[3]
        for piece in pieces
        for match in _INLINE.finditer(piece)
        if _RUN.search(match[3])
    }
