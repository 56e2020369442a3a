"""What a new workbook of a record declares: its names, drop-downs, formulas and looks.

It is built anew in the record's language and read back, so that there is one declaration only.
"""

import io
import re
from collections.abc import Iterator
from functools import cache
from typing import Final, NamedTuple
from xml.etree import ElementTree as ET
from zipfile import ZipFile

from sheetrecord.formats.template import TEMPLATES, build
from sheetrecord.formats.xlsx import book_of
from sheetrecord.model.book import Book, Range, parse_range
from sheetrecord.xlsx import open_workbook

_MAIN: Final = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
_REL: Final = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"


class DropDown(NamedTuple):
    """Cells that offer the cells of another range."""

    cells: Range
    offers: Range


class Declared(NamedTuple):
    """What a new workbook of a language has."""

    book: Book
    drop_downs: tuple[DropDown, ...]
    guarded: frozenset[str]
    """The titles of sheets that are protected, without a password: against slips."""


@cache
def declared(language: str) -> Declared:
    """Return what a new workbook declares."""
    data = build(TEMPLATES["blank"]._replace(language=language))
    parts = dict(_sheets(data))
    drop_downs = [
        one
        for title, root in parts.items()
        for rule in root.iter(f"{_MAIN}dataValidation")
        for one in _of_rule(rule, title)
    ]
    guarded = (title for title, root in parts.items() if _is_guarded(root))
    book = book_of(open_workbook(data), "template")
    return Declared(book, tuple(drop_downs), frozenset(guarded))


def _is_guarded(root: ET.Element) -> bool:
    """Tell whether a sheet's part says that it is protected (ECMA-376 part 1, 18.3.1.85)."""
    found = root.find(f"{_MAIN}sheetProtection")
    return found is not None and found.get("sheet") in {"1", "true"}


def _sheets(data: bytes) -> Iterator[tuple[str, ET.Element]]:
    """Yield the sheets of a package of our own making (ECMA-376 part 1, 18.3.1.32)."""
    with ZipFile(io.BytesIO(data)) as package:
        book = ET.fromstring(package.read("xl/workbook.xml"))  # noqa: S314 - made here, just now
        rels = ET.fromstring(package.read("xl/_rels/workbook.xml.rels"))  # noqa: S314 - the same
        parts = {one.get("Id"): one.get("Target", "") for one in rels}
        for sheet in book.iter(f"{_MAIN}sheet"):
            part = "xl/" + parts[sheet.get(_REL)].removeprefix("/xl/")
            yield sheet.get("name", ""), ET.fromstring(package.read(part))  # noqa: S314 - the same


def _of_rule(rule: ET.Element, title: str) -> Iterator[DropDown]:
    offered = rule.findtext(f"{_MAIN}formula1") or ""
    offers = parse_range(offered)
    if rule.get("type") != "list" or offers is None:
        return
    for area in re.split(r"\s+", rule.get("sqref", "").strip()):
        cells = parse_range(f"x!{area}")
        if cells is not None:
            yield DropDown(cells._replace(sheet=title), offers)
