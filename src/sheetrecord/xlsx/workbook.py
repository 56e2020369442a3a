"""The workbook part: its sheets, its defined names, its epoch; and the custom properties.

Source: ECMA-376 part 1, 18.2 (workbook), 22.3 (custom properties).
"""

import datetime as dt
from collections.abc import Iterable
from typing import Final, NamedTuple

from sheetrecord.model.value import Plain
from sheetrecord.xlsx.errors import Refused
from sheetrecord.xlsx.limits import Limits, exceeded
from sheetrecord.xlsx.package import KINDS, Package, is_true
from sheetrecord.xlsx.xml.policy import corrupt
from sheetrecord.xlsx.xml.tree import PartRoot, walk

_CUSTOM_NAMES: Final = {
    "http://schemas.openxmlformats.org/officeDocument/2006/custom-properties": "",
    "http://purl.oclc.org/ooxml/officeDocument/customProperties": "",
    "http://schemas.openxmlformats.org/officeDocument/2006/docPropsVTypes": "vt:",
    "http://purl.oclc.org/ooxml/officeDocument/docPropsVTypes": "vt:",
}


class SheetInfo(NamedTuple):
    """One sheet as the workbook lists it."""

    name: str
    state: str
    """``visible``, ``hidden`` or ``veryHidden``."""
    kind: str
    """``worksheet``, ``chartsheet``, ``dialogsheet`` or ``macrosheet``."""
    part: str
    """The part that holds it; empty when that part is missing."""


class DefinedName(NamedTuple):
    """A defined name; ``scope`` is a sheet's name, None for the whole workbook."""

    name: str
    scope: str | None
    text: str
    """The formula it stands for, without a leading ``=``."""
    hidden: bool


class WorkbookPart(NamedTuple):
    """The content of the workbook part."""

    sheets: tuple[SheetInfo, ...]
    names: tuple[DefinedName, ...]
    date1904: bool


class _BookXml:
    def __init__(self, most_names: int) -> None:
        self.date1904 = False
        self.sheets: list[dict[str, str]] = []
        self.names: list[tuple[dict[str, str], list[str]]] = []
        self._most = most_names
        self._text: list[str] | None = None
        self._depth = 0

    def start(self, name: str, attributes: dict[str, str]) -> None:
        self._depth += 1
        if name == "workbookPr":
            self.date1904 = is_true(attributes.get("date1904"))
        elif name == "sheet" and self._depth == 3:
            self.sheets.append(attributes)
        elif name == "definedName":
            self._text = []
            self.names.append((attributes, self._text))
            if len(self.names) > self._most:
                raise exceeded("names", f"it has more than {self._most:,} defined names")

    def end(self, _name: str) -> None:
        self._depth -= 1
        self._text = None

    def text(self, data: str) -> None:
        if self._text is not None:
            self._text.append(data)


def read_book(chunks: Iterable[bytes], package: Package, limits: Limits) -> WorkbookPart:
    """Parse the workbook part. Raises `Refused` when it lists no sheet."""
    found = _BookXml(limits.names)
    walk(chunks, PartRoot(package.workbook_part, "workbook"), found, limits.depth)
    sheets = _sheets(found.sheets, package)
    if not sheets:
        raise Refused(
            "no-sheets", "The workbook lists no sheet: open it in Excel, save it again, and retry."
        )
    if len({sheet.name.casefold() for sheet in sheets}) < len(sheets):
        raise corrupt(package.workbook_part, "two of its sheets have one name")
    titles = [sheet.name for sheet in sheets]
    names = tuple(_name(said, text, titles) for said, text in found.names)
    return WorkbookPart(sheets, names, found.date1904)


def _sheets(found: list[dict[str, str]], package: Package) -> tuple[SheetInfo, ...]:
    by_id = {rel.id: rel for rel in package.relationships(package.workbook_part)}
    sheets = []
    for said in found:
        rel = by_id.get(said.get("r:id", ""))
        here = rel is not None and not rel.external and package.parts.find(rel.target) is not None
        sheets.append(
            SheetInfo(
                said.get("name", ""),
                said.get("state", "visible"),
                KINDS.get(rel.kind, rel.kind) if rel is not None else "",
                rel.target if rel is not None and here else "",
            )
        )
    return tuple(sheets)


def _name(said: dict[str, str], text: list[str], titles: list[str]) -> DefinedName:
    index = said.get("localSheetId", "").strip()
    scope = None
    if index:
        known = index.isdecimal() and len(index) < 6 and int(index) < len(titles)
        scope = titles[int(index)] if known else ""
    return DefinedName(said.get("name", ""), scope, "".join(text), is_true(said.get("hidden")))


class _CustomXml:
    def __init__(self) -> None:
        self.found: dict[str, Plain | None] = {}
        self._name = ""
        self._kind = ""
        self._text = ""

    def start(self, name: str, attributes: dict[str, str]) -> None:
        if name == "property":
            self._name = attributes.get("name", "")
        elif name.startswith("vt:"):
            self._kind = name
            self._text = ""

    def end(self, name: str) -> None:
        if name == self._kind and self._name:
            self.found[self._name] = _property(name[3:], self._text)
        self._kind = ""

    def text(self, data: str) -> None:
        self._text += data


def _property(kind: str, text: str) -> Plain | None:
    """Return a property's value by its variant type; what cannot be read stays text."""
    try:
        if kind in {"i1", "i2", "i4", "i8", "int", "ui1", "ui2", "ui4", "ui8", "uint"}:
            return int(text)
        if kind in {"r4", "r8", "decimal"}:
            return float(text)
        if kind in {"filetime", "date"}:
            return dt.datetime.fromisoformat(text.strip())
    except ValueError:
        return text
    return is_true(text) if kind == "bool" else None if kind in {"null", "empty"} else text


def custom_properties(chunks: Iterable[bytes], part: str, depth: int) -> dict[str, Plain | None]:
    """Return the document's custom properties by name."""
    found = _CustomXml()
    walk(chunks, PartRoot(part, "Properties"), found, depth, _CUSTOM_NAMES)
    return found.found
