"""Files that are no workbooks, or attack who reads them, each with the reason of its refusal."""

import io
import struct
import zipfile
import zlib

import pytest

from xlsx.readbook import MAIN, RELS, book, parts, worksheet, zipped

OLE2 = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
ONE = '<row r="1"><c r="A1"><v>1</v></c></row>'


def without(*names: str) -> bytes:
    return zipped({name: body for name, body in parts(ONE).items() if name not in names})


def doubled() -> bytes:
    out = io.BytesIO(book(ONE))
    with zipfile.ZipFile(out, "a") as archive, pytest.warns(UserWarning, match="Duplicate"):
        archive.writestr("xl/worksheets/sheet1.xml", worksheet(""))
    return out.getvalue()


def overlapping() -> bytes:
    """Two directory entries over the same bytes, as in an overlap bomb."""
    data = bytearray(book(ONE))
    first = data.find(b"PK\x01\x02")
    length = 46 + sum(struct.unpack_from("<3H", data, first + 28))
    end = data.find(b"PK\x05\x06")
    entry = bytes(data[first : first + length])
    count, total, size = struct.unpack_from("<2HL", data, end + 8)
    struct.pack_into("<2HL", data, end + 8, count + 1, total + 1, size + length)
    return bytes(data[:end] + entry + data[end:])


def lying(size: int) -> bytes:
    """A sheet whose directory entry claims another size than it has."""
    data = bytearray(book(worksheet(ONE * 2000)))
    at = data.find(b"xl/worksheets/sheet1.xml", data.find(b"PK\x01\x02")) - 46
    struct.pack_into("<L", data, at + 24, size)
    return bytes(data)


def flipped() -> bytes:
    """A sheet with one byte changed on the way."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_STORED) as archive:
        for name, body in parts(ONE).items():
            archive.writestr(name, body)
    return out.getvalue().replace(b"<v>1</v>", b"<v>2</v>")


def bomb(total: int) -> bytes:
    deflate = zlib.compressobj(9, zlib.DEFLATED, -15)
    block = b"<row/>" * 500_000
    one = deflate.compress(block) + deflate.flush(zlib.Z_FULL_FLUSH)  # it refers to nothing before
    packed = one * (total // len(block)) + deflate.flush()
    data = bytearray(book("x" * 8))
    at = data.find(b"PK\x03\x04", data.find(b"xl/worksheets/sheet1.xml") - 40)
    head = bytes(data[:at])
    name = b"xl/worksheets/sheet1.xml"
    size = total // len(block) * len(block)
    local = struct.pack("<4s5H3L2H", b"PK\3\4", 20, 0, 8, 0, 0, 0, len(packed), size, len(name), 0)
    entry = struct.pack(
        "<4s6H3L5H2L", b"PK\1\2", 20, 20, 0, 8, 0, 0, 0, len(packed), size, len(name), 0, 0, 0, 0,
        0, at,
    )  # fmt: skip
    directory = data[data.find(b"PK\x01\x02") : data.find(b"PK\x05\x06")]
    directory = directory[: directory.rfind(b"PK\x01\x02")] + entry + name
    body = head + local + name + packed
    end = struct.pack(
        "<4s4H2LH", b"PK\5\6", 0, 0, len(parts(ONE)), len(parts(ONE)), len(directory), len(body), 0
    )
    return body + bytes(directory) + end


def renamed(part: str, text: str) -> bytes:
    return zipped(parts(ONE) | {part: text})


DTD = '<!DOCTYPE x [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;&a;&a;">]>'
XXE = '<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]>'
WORKBOOK = f'<workbook xmlns="{MAIN}" xmlns:r="{RELS}"><sheets>{{}}</sheets></workbook>'

FILES = {
    "an empty file": (b"", "empty"),
    "a locked workbook": (OLE2 + bytes(600) + "EncryptedPackage".encode("utf-16-le"), "encrypted"),
    "an old xls": (OLE2 + bytes(600) + "Workbook".encode("utf-16-le"), "xls"),
    "a CSV": (b"name,amount\na,1\n", "not-a-workbook"),
    "a web page": (b"<html><table><tr><td>1</td></tr></table></html>", "not-a-workbook"),
    "zeros": (bytes(5000), "not-a-workbook"),
    "the first half of a workbook": (book(ONE)[:700], "zip"),
    "a workbook without its last bytes": (book(ONE)[:-9], "zip"),
    "some other zip": (zipped({"a.txt": "a"}), "not-a-workbook"),
    "an empty zip": (zipped({}), "not-a-workbook"),
    "a text document": (
        zipped({"mimetype": "application/vnd.oasis.opendocument.spreadsheet", "content.xml": ""}),
        "ods",
    ),
    "a part twice": (doubled(), "zip-duplicate"),
    "overlapping parts": (overlapping(), "zip"),
    "a sheet longer than it says": (lying(100), "zip"),
    "a sheet shorter than it says": (lying(10_000_000), "zip"),
    "a changed byte": (flipped(), "zip"),
    "a bomb": (bomb(200_000_000), "bomb"),
    "a workbook part that is missing": (without("xl/workbook.xml"), "not-a-workbook"),
    "a sheet part that is missing": (without("xl/worksheets/sheet1.xml"), "missing-part"),
    "no sheets": (renamed("xl/workbook.xml", WORKBOOK.format("")), "no-sheets"),
    "a document type in a sheet": (book(DTD + worksheet(ONE)), "dtd"),
    "an outside entity in a sheet": (book(XXE + worksheet(ONE)), "dtd"),
    "a document type in the strings": (book(ONE, f'{DTD}<sst xmlns="{MAIN}"/>'), "dtd"),
    "a document type in the workbook": (
        renamed("xl/workbook.xml", DTD + WORKBOOK.format("")),
        "dtd",
    ),
    "a document type in the styles": (renamed("xl/styles.xml", DTD + "<a/>"), "dtd"),
    "deep nesting": (book(worksheet("<row r='1'>" + "<a>" * 50_000)), "limit-depth"),
    "deep nesting after the rows": (
        book(worksheet(ONE, after="<a>" * 100_000 + "</a>" * 100_000)),
        "limit-depth",
    ),
    "a shared string that does not exist": (
        book('<row r="1"><c r="A1" t="s"><v>5</v></c></row>', "<si><t>a</t></si>"),
        "corrupt",
    ),
    "a shared string of a huge number": (
        book('<row r="1"><c r="A1" t="s"><v>99999999999999</v></c></row>', "<si><t>a</t></si>"),
        "corrupt",
    ),
    "a number beyond any": (book('<row r="1"><c r="A1"><v>1e999</v></c></row>'), "corrupt"),
    "no number": (book('<row r="1"><c r="A1"><v>NaN</v></c></row>'), "corrupt"),
    "five thousand digits": (
        book(f'<row r="1"><c r="A1"><v>{"9" * 5000}</v></c></row>'),
        "corrupt",
    ),
    "a cell twice": (
        book('<row r="1"><c r="A1"><v>1</v></c><c r="A1"><v>2</v></c></row>'),
        "corrupt",
    ),
    "a row twice": (book(ONE + ONE), "corrupt"),
    "a cell in another row": (book('<row r="1"><c r="A2"><v>1</v></c></row>'), "corrupt"),
    "a row below the sheet": (book('<row r="1048577"/>'), "corrupt"),
    "a column right of the sheet": (book('<row r="1"><c r="XFE1"/></row>'), "corrupt"),
    "an unknown type of cell": (book('<row r="1"><c r="A1" t="x"><v>1</v></c></row>'), "corrupt"),
    "broken XML": (book(worksheet("<row></c>")), "corrupt"),
    "a sheet that ends too early": (book(worksheet(ONE)[:-20]), "corrupt"),
    "text that is not UTF-8": (
        book(
            worksheet('<row r="1"><c r="A1" t="str"><v>@</v></c></row>')
            .encode()
            .replace(b"@", b"\xff")
        ),
        "corrupt",
    ),
    "two sheets of one name": (
        renamed(
            "xl/workbook.xml",
            WORKBOOK.format(
                '<sheet name="Deal" sheetId="1" r:id="rId1"/>'
                '<sheet name="deal" sheetId="2" r:id="rId1"/>'
            ),
        ),
        "corrupt",
    ),
    "array formulas over one another": (
        book(
            '<row r="1">'
            + "".join(
                f'<c r="{c}1"><f t="array" ref="A1:C{n}">1</f><v>1</v></c>'
                for n, c in enumerate("ABC", start=1)
            )
            + "</row>"
        ),
        "corrupt",
    ),
    "a million parts in the list of types": (
        renamed("[Content_Types].xml", f"<Types>{'<a/>' * 1_000_000}</Types>"),
        "limit-tags",
    ),
    "a million relationships": (
        renamed("xl/_rels/workbook.xml.rels", f"<Relationships>{'<a/>' * 1_000_000}"),
        "limit-tags",
    ),
    "a sheet in a foreign vocabulary": (book(worksheet(ONE).replace(MAIN, "urn:other")), "corrupt"),
    "strings in a foreign vocabulary": (book(ONE, '<sst xmlns="urn:other"/>'), "corrupt"),
    "styles in a foreign vocabulary": (
        renamed("xl/styles.xml", '<styleSheet xmlns="urn:other"/>'),
        "corrupt",
    ),
    "an encoding nobody uses": (
        book(b'<?xml version="1.0" encoding="UTF-7"?>' + worksheet(ONE).encode()),
        "encoding",
    ),
    "half a UTF-16 part": (book(worksheet(ONE).encode("utf-16")[:-1]), "encoding"),
}
