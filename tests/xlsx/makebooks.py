"""Workbooks for the patcher's tests: one with everything in it, and the same in odd dress."""

import datetime as dt
import io
import re
import zipfile
from collections.abc import Callable

import xlsxwriter

from sheetrecord.xlsx import open_workbook

Change = Callable[[str, bytes], tuple[str, bytes]]


def simple(cells: dict[str, object] | None = None, sheets: tuple[str, ...] = ("Fees",)) -> bytes:
    """Return a workbook of these sheets; texts that begin with ``=`` are formulas (cached 0)."""
    buffer = io.BytesIO()
    with xlsxwriter.Workbook(buffer, {"in_memory": True}) as book:
        book.add_format({"num_format": "yyyy-mm-dd"})
        for place, name in enumerate(sheets):
            sheet = book.add_worksheet(name)
            for ref, value in (cells or {}).items():
                where, _, address = ref.rpartition("!")
                if where == name or (not where and not place):
                    _write(sheet, address, value)
    return buffer.getvalue()


def _write(sheet: object, ref: str, value: object) -> None:
    if isinstance(value, tuple):
        sheet.write_formula(ref, value[0], None, value[1])
    else:
        sheet.write(ref, value)


def rich() -> bytes:
    """Return a workbook with a table, rules, names, a chart, notes, merges, breaks, sparklines."""
    buffer = io.BytesIO()
    with xlsxwriter.Workbook(buffer, {"in_memory": True}) as book:
        sheet, other = book.add_worksheet("Fees"), book.add_worksheet("It's other")
        bold = book.add_format({"bold": True, "num_format": "0.00"})
        date = book.add_format({"num_format": "yyyy-mm-dd"})
        data = [["x", 1, 2], ["y", 3, 4], ["z", 5, 6], ["w", 7, 8]]
        columns = [{"header": "Id"}, {"header": "A", "format": bold}, {"header": "B"}]
        sheet.add_table("B3:D7", {"name": "T", "columns": columns, "data": data})
        sheet.write_datetime("F4", dt.datetime(2024, 1, 31), date)  # noqa: DTZ001 - a cell has no zone
        sheet.write("A20", "after")
        sheet.write_formula("A21", "=SUM(C4:C7)", None, 16)
        sheet.write_formula("A22", "=SUM(T[A])", None, 16)
        sheet.write_formula("F7", "=SUM(C$4:C7)", bold, 16)
        other.write_formula("A1", "=SUM(Fees!C4:C7)+Fees!C20", None, 16)
        other.write_formula("A2", "=A1*2", None, 32)
        other.write_formula("A3", "=LEN(Fees!A20)", None, 5)
        sheet.data_validation("C4:C7", {"validate": "integer", "criteria": ">", "value": 0})
        rule = {"type": "formula", "criteria": "=$C4>3", "format": bold}
        sheet.conditional_format("C4:C7", rule)
        book.define_name("amounts", "=Fees!$C$4:$C$7")
        sheet.print_area("B3:D7")
        sheet.merge_range("J12:K13", "merged")
        sheet.set_h_pagebreaks([10])
        sheet.add_sparkline("L15", {"range": "Fees!C4:C7"})
        sheet.write_comment("C20", "an old note", {"author": "Ann"})
        sheet.write_url("A23", "internal:'Fees'!C6", string="jump")
        chart = book.add_chart({"type": "line"})
        chart.add_series({"values": "=Fees!$C$4:$C$7"})
        sheet.insert_chart("H16", chart)
    return buffer.getvalue()


def members(data: bytes) -> dict[str, bytes]:
    """Return a workbook's parts, inflated by the standard library."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def rebuilt(data: bytes, change: Change) -> bytes:
    """Return the workbook with each part's name and bytes passed through ``change``."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, part in members(data).items():
            archive.writestr(*change(name, part))
    return buffer.getvalue()


def edited(data: bytes, part: str, old: bytes, new: bytes) -> bytes:
    """Return the workbook with one stretch of one part replaced; it must be there."""
    assert old in members(data)[part], members(data)[part]
    return rebuilt(data, lambda n, b: (n, b.replace(old, new, 1) if n == part else b))


def strict(data: bytes) -> bytes:
    """Return the workbook with the namespaces of ISO 29500 strict."""
    pairs = (
        (
            b"schemas.openxmlformats.org/spreadsheetml/2006/main",
            b"purl.oclc.org/ooxml/spreadsheetml/main",
        ),
        (
            b"schemas.openxmlformats.org/officeDocument/2006/relationships",
            b"purl.oclc.org/ooxml/officeDocument/relationships",
        ),
    )

    def change(name: str, part: bytes) -> tuple[str, bytes]:
        for old, new in pairs:
            part = part.replace(old, new)
        return name, part

    return rebuilt(data, change)


def prefixed(data: bytes) -> bytes:
    """Return the workbook with every element of the first sheet under the prefix ``x``."""

    def change(name: str, part: bytes) -> tuple[str, bytes]:
        if name == "xl/worksheets/sheet1.xml":
            part = re.sub(rb"<(/?)([a-zA-Z0-9]+)(?=[\s/>])", rb"<\1x:\2", part)
            part = part.replace(b'xmlns="', b'xmlns:x="')
        return name, part

    return rebuilt(data, change)


def utf16(data: bytes) -> bytes:
    """Return the workbook with its first sheet and its workbook part in UTF-16."""

    def change(name: str, part: bytes) -> tuple[str, bytes]:
        if name in {"xl/worksheets/sheet1.xml", "xl/workbook.xml"}:
            text = part.decode().replace('encoding="UTF-8"', 'encoding="UTF-16"')
            part = text.encode("utf-16")
        return name, part

    return rebuilt(data, change)


def marked(data: bytes) -> bytes:
    """Return the workbook with a byte-order mark on each XML part."""
    return rebuilt(data, lambda n, b: (n, b"\xef\xbb\xbf" + b if n.endswith("xml") else b))


def without_addresses(data: bytes) -> bytes:
    """Return the workbook without ``r`` on the rows and cells of its first sheet."""

    def change(name: str, part: bytes) -> tuple[str, bytes]:
        if name == "xl/worksheets/sheet1.xml":
            part = re.sub(rb'<(row|c) r="[A-Z]*\d+"', rb"<\1", part)
        return name, part

    return rebuilt(data, change)


def commented(data: bytes) -> bytes:
    """Return the workbook with comments, instructions and CDATA that look like cells."""

    def change(name: str, part: bytes) -> tuple[str, bytes]:
        if name == "xl/worksheets/sheet1.xml":
            part = part.replace(b"</row>", b'<!-- <c r="ZZ9"/> --></row> <?x <row r="1"/> ?>')
            part = part.replace(b"<sheetData>", b'<!-- <row r="1"> --><sheetData><!-- </row> -->')
            part = part.replace(b"<v>1</v>", b"<v><![CDATA[1]]></v>")
        return name, part

    return rebuilt(data, change)


def single_quoted(data: bytes) -> bytes:
    """Return the workbook with single quotes, odd spaces and line breaks in its first sheet."""

    def change(name: str, part: bytes) -> tuple[str, bytes]:
        if name == "xl/worksheets/sheet1.xml":
            part = re.sub(rb' (r|s|t)="([^"]*)"', rb"\n\t\1 = '\2'", part)
            part = part.replace(b"</c>", b"</c >\n").replace(b"</row>", b"\n</row\n>")
        return name, part

    return rebuilt(data, change)


def odd_names(data: bytes) -> bytes:
    """Return the workbook with part names in another case and with backslashes."""
    return rebuilt(
        data, lambda n, b: (n.replace("xl/worksheets/sheet1.xml", "XL\\WorkSheets\\Sheet1.XML"), b)
    )


DRESSES = {
    "plain": lambda data: data,
    "strict": strict,
    "prefixed": prefixed,
    "UTF-16": utf16,
    "byte-order marks": marked,
    "comments and CDATA": commented,
    "single quotes": single_quoted,
    "odd part names": odd_names,
}


def values(data: bytes, sheet: str = "Fees") -> dict[str, object]:
    """Return every cell of a sheet by address, as the project's own reader sees it."""
    from sheetrecord.xlsx.addresses import cell_name

    grid = open_workbook(data).grid(sheet)
    part = next(s.part for s in open_workbook(data).sheets if s.name == sheet)
    found = {}
    for row, column in addresses(data, part):
        value = grid.at(row, column)
        if value is not None:
            found[cell_name(row, column)] = value
    return found


def addresses(data: bytes, part: str) -> list[tuple[int, int]]:
    """Return row and column of each cell element of a worksheet part."""
    from xml.etree import ElementTree as ET

    from sheetrecord.xlsx.addresses import parse_cell

    name = next(n for n in members(data) if n.replace("\\", "/").lower() == part.lower())
    found = []
    row = 0
    for element in ET.fromstring(members(data)[name]).iter():
        if element.tag.endswith("}row"):
            row = int(element.get("r", row + 1))
            column = 0
            for cell in element:
                ref = cell.get("r")
                column = parse_cell(ref)[1] if ref else column + 1
                found.append((row, column))
    return found
