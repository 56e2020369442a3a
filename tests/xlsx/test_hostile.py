"""Files that are no workbooks, or attack their reader: one clear refusal, soon and cheap."""

import io
import os
import struct
import subprocess
import sys
import zipfile
import zlib

import pytest

from sheetrecord.xlsx import Limits, Refused, open_workbook
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
    block = b"<row/>" * 10_000
    packed = b"".join(deflate.compress(block) for _ in range(total // len(block)))
    packed += deflate.flush()
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
    "deep nesting": (book(worksheet("<row r='1'>" + "<a>" * 100_000)), "limit-depth"),
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


def read(data, limits: Limits | None = None):
    with open_workbook(data, limits) as workbook:
        return workbook.grid(workbook.sheets[0].name)


@pytest.mark.parametrize(("data", "reason"), FILES.values(), ids=FILES)
def test_a_file_that_is_no_sound_workbook_is_refused(data, reason):
    with pytest.raises(Refused) as refused:
        read(data)
    assert refused.value.reason == reason
    message = str(refused.value)
    assert message[0].isupper()
    assert message.endswith(".")
    assert ":" in message or ". If " in message  # what is wrong: what to do


def test_a_path_that_is_missing_or_a_folder_is_refused(tmp_path):
    with pytest.raises(Refused, match="check the path") as refused:
        open_workbook(tmp_path / "no.xlsx")
    assert refused.value.reason == "missing"
    with pytest.raises(Refused, match="is a folder") as refused:
        open_workbook(tmp_path)
    assert refused.value.reason == "folder"


def test_a_huge_file_is_refused_before_it_is_read(tmp_path):
    path = tmp_path / "film.xlsx"
    with path.open("wb") as file:
        file.write(b"\x00\x00\x00\x18ftyp")
        file.truncate(8 << 30)  # a hole: it takes no room
    with pytest.raises(Refused, match="choose another") as refused:
        open_workbook(path)
    assert refused.value.reason == "not-a-workbook"
    with path.open("r+b") as file:
        file.write(b"PK")
    with pytest.raises(Refused, match='limit "file"'):
        open_workbook(path)


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="needs named pipes")
def test_a_pipe_is_refused_without_waiting_for_it(tmp_path):
    path = tmp_path / "pipe.xlsx"
    os.mkfifo(path)
    with pytest.raises(Refused, match="no ordinary file"):
        open_workbook(path)


GROWING = (
    '<row r="1"><c r="A1"><f t="shared" ref="A1:A99" si="0">B1+B2+B3+B4</f><v>1</v></c></row>'
) + "".join(
    f'<row r="{row}"><c r="A{row}"><f t="shared" si="0"/><v>1</v></c></row>' for row in range(2, 99)
)
LIMITS = {
    "formulas": (Limits(formulas=-25_000), GROWING, None),
    "cells": (Limits(cells=1), ONE + '<row r="2"><c r="A2"><v>1</v></c></row>', None),
    "strings": (Limits(strings=1), ONE, "<si><t>a</t></si><si><t>b</t></si>"),
    "depth": (Limits(depth=3), ONE + '<row r="2"><x><y/></x></row>', None),
    "inflated": (Limits(inflated=300), ONE, None),
    "ratio": (Limits(ratio=2, floor=10), ONE * 3, None),
    "item": (Limits(item=100_000), f'<row r="1">{"<c/>" * 200_000}</row>', None),
}


@pytest.mark.parametrize("limit", LIMITS)
def test_a_message_names_the_limit_and_what_to_do(limit):
    limits, sheet, strings = LIMITS[limit]
    with pytest.raises(Refused, match=rf'\(limit "{limit}"\). If it is genuine'):
        read(book(sheet, strings), limits)


def test_too_many_defined_names_are_refused_and_many_are_read():
    names = "".join(f'<definedName name="n{i}">Deal!$A${i + 1}</definedName>' for i in range(3000))
    data = book(ONE, names=f"<definedNames>{names}</definedNames>")
    assert len(open_workbook(data).names) == 3000
    with pytest.raises(Refused, match='limit "names"'):
        open_workbook(data, Limits(names=2000))


def many(rows: int, columns: int) -> str:
    from sheetrecord.xlsx.addresses import column_letters

    letters = [column_letters(n) for n in range(1, columns + 1)]
    return "".join(
        f'<row r="{row}">' + "".join(f'<c r="{c}{row}" s="1"/>' for c in letters) + "</row>"
        for row in range(1, rows + 1)
    )


HEAVY = {
    "a million empty styled cells": lambda: book(many(1000, 1000)),
    "a million empty styled rows": lambda: book(
        "".join(f'<row r="{row}" s="1" customFormat="1"/>' for row in range(1, 1_000_001))
    ),
    "a million rows of one empty cell": lambda: book(many(1_000_000, 1)),
    "far cells": lambda: book(
        ONE
        + many(1, 100)
        .replace('"1"', '"1048576"')
        .replace('1" s=', '1048576" s=')
        .replace("/><c", "><v>1</v></c><c")
        .replace("/></row", "><v>1</v></c></row")
    ),
    "200,000 defined names": lambda: book(
        ONE,
        names="<definedNames>"
        + "".join(f'<definedName name="n{i}">Deal!$A$1</definedName>' for i in range(200_000))
        + "</definedNames>",
    ),
    "a bomb": lambda: bomb(3_000_000_000),
    "a bomb in the strings": lambda: book(
        ONE + '<row r="2"><c r="A2" t="s"><v>0</v></c></row>',
        "<si><t>" + "a" * 60_000_000 + "</t></si>",
    ),
    "a row without an end": lambda: book(f'<row r="1">{"<c/>" * 10_000_000}'),
    "a comment without an end": lambda: book("<!--" + "-a" * 10_000_000),
    "open elements without an end": lambda: book("<a>" * 5_000_000),
}
WORKER = """
import resource, sys
from sheetrecord.xlsx import Refused, open_workbook
try:
    with open_workbook(sys.argv[1]) as workbook:
        grid = workbook.grid(workbook.sheets[0].name)
        workbook.names
    print("read", end=" ")
except Refused as refused:
    print("refused", end=" ")
used = resource.getrusage(resource.RUSAGE_SELF)
peak = used.ru_maxrss
try:  # ru_maxrss counts the parent's memory too when it was larger
    with open("/proc/self/status") as status:
        peak = next(int(line.split()[1]) for line in status if line.startswith("VmHWM"))
except OSError:
    pass
print(used.ru_utime + used.ru_stime, peak / 1024)
"""


@pytest.mark.slow
@pytest.mark.parametrize("name", HEAVY)
def test_a_heavy_file_runs_away_with_neither_time_nor_memory(name, tmp_path):
    path = tmp_path / "heavy.xlsx"
    path.write_bytes(HEAVY[name]())
    run = subprocess.run(
        [sys.executable, "-c", WORKER, path], capture_output=True, text=True, check=True
    )
    outcome, seconds, megabytes = run.stdout.split()
    refused = name.startswith(("a bomb", "a row without", "a comment", "open"))
    assert outcome == ("refused" if refused else "read")
    assert float(seconds) < 10  # some 2 on a slow machine: only a runaway takes as long
    assert float(megabytes) < 300
