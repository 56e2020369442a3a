"""Types into cells of a workbook file, as by hand: all else stays as it was saved last.

For tests of what follows when somebody types. What other programs make of a workbook that they
open and save whole is another question, and takes them fifty times as long: `messy.firm.edited`.
"""

import datetime as dt
import io
import posixpath
import re
import zipfile
from typing import Any

from lxml import etree

from sheetrecord.schema.names import column_name

MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
RELATION = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
EPOCH = dt.date(1899, 12, 30)
ERRORS = {"#NULL!", "#DIV/0!", "#VALUE!", "#REF!", "#NAME?", "#NUM!", "#N/A"}
"""What programs take for an error when it is typed."""


def typed_into(data: bytes, sheet: str, row: int, **cells: Any) -> bytes:
    """Return a workbook with values in cells of one row, named by their columns' keys."""
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        parts = {name: package.read(name) for name in package.namelist()}
    book = etree.fromstring(parts["xl/workbook.xml"])
    names = {name.get("name"): name.text for name in book.iter(f"{MAIN}definedName")}
    areas = {key: names[column_name(sheet, key)].rpartition("!") for key in cells}
    [title] = {title.strip("'") for title, _, _ in areas.values()}
    part = _part(parts, book, title)
    page = etree.fromstring(parts[part])
    line = _row(page, row)
    for key, value in cells.items():
        _fill(_cell(line, areas[key][2].split("$")[1]), value)
    parts[part] = etree.tostring(page, xml_declaration=True, encoding="UTF-8", standalone=True)
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as package:
        for name, content in parts.items():
            package.writestr(name, content)
    return out.getvalue()


def _part(parts: dict[str, bytes], book: Any, title: str) -> str:
    [at] = [one.get(RELATION) for one in book.iter(f"{MAIN}sheet") if one.get("name") == title]
    relations = etree.fromstring(parts["xl/_rels/workbook.xml.rels"])
    [target] = [one.get("Target") for one in relations if one.get("Id") == at]
    return posixpath.join("/xl", target).removeprefix("/")


def _row(page: Any, number: int) -> Any:
    """Return a row, a new one where none stands."""
    [data] = page.iter(f"{MAIN}sheetData")
    for place, line in enumerate(data):
        if int(line.get("r")) == number:
            return line
        if int(line.get("r")) > number:
            new = etree.Element(f"{MAIN}row", r=str(number))
            data.insert(place, new)
            return new
    return etree.SubElement(data, f"{MAIN}row", r=str(number))


def _cell(line: Any, letters: str) -> Any:
    """Return the cell of a column, a new one where none stands."""
    address = f"{letters}{line.get('r')}"
    for place, cell in enumerate(line):
        at = re.sub("[0-9]", "", cell.get("r"))
        if at == letters:
            return cell
        if (len(at), at) > (len(letters), letters):
            new = etree.Element(f"{MAIN}c", r=address)
            line.insert(place, new)
            return new
    return etree.SubElement(line, f"{MAIN}c", r=address)


def _fill(cell: Any, value: Any) -> None:
    for child in list(cell):
        cell.remove(child)
    cell.attrib.pop("t", None)
    if isinstance(value, str) and value.startswith("="):
        etree.SubElement(cell, f"{MAIN}f").text = value[1:]
    elif value in ERRORS:
        cell.set("t", "e")
        etree.SubElement(cell, f"{MAIN}v").text = value
    elif isinstance(value, str):
        cell.set("t", "inlineStr")
        etree.SubElement(etree.SubElement(cell, f"{MAIN}is"), f"{MAIN}t").text = value
    elif isinstance(value, bool):
        cell.set("t", "b")
        etree.SubElement(cell, f"{MAIN}v").text = str(int(value))
    elif value is not None:
        number = (value - EPOCH).days if isinstance(value, dt.date) else value
        etree.SubElement(cell, f"{MAIN}v").text = repr(number)
