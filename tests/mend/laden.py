"""A workbook with what people's workbooks hold: macro, chart, talk, note, table, protection."""

import io
import zipfile
from functools import cache
from typing import Any

from mend import drafts
from messy import firm

MACRO = b"\xd0\xcf\x11\xe0 the bytes of a macro project, which nobody here reads"
_MAIN_TYPE = b"spreadsheetml.sheet.main+xml"
_TALK = (
    b'<?xml version="1.0" encoding="UTF-8"?>\n<ThreadedComments '
    b'xmlns="http://schemas.microsoft.com/office/spreadsheetml/2018/threadedcomments">'
    b'<threadedComment ref="D4" dT="2026-05-01T10:00:00.00" personId="{1}" id="{2}">'
    b"<text>Is this really won?</text></threadedComment></ThreadedComments>"
)
_RELATION = (
    b'<Relationship Id="rIdTalk" Target="../threadedComments/threadedComment1.xml" Type='
    b'"http://schemas.microsoft.com/office/2017/10/relationships/threadedComment"/>'
)


@cache
def workbook() -> bytes:
    """Return the laden workbook (.xlsm), with problems of several kinds."""
    rows = drafts.rows_with("Deal", value_net="28.000,00", stage="closed-won", currency="eur")
    return _zipped(firm.edited(firm.workbook(rows), _load))


def _load(book: Any) -> None:
    from openpyxl.chart import BarChart, Reference
    from openpyxl.comments import Comment
    from openpyxl.worksheet.table import Table

    deal = book["Deal"]
    deal["D4"].comment = Comment("[Threaded comment] Is this really won?", "tc={2}")
    deal["H4"].comment = Comment("Carla said so on the phone", "Ana Ruiz")
    book["Fees"]["A5"] = None
    book["Fees"].protection.sheet = True
    chart = BarChart()
    chart.add_data(Reference(book["Fees"], min_col=6, min_row=4, max_row=5))
    own = book.create_sheet("Own work")
    own.add_chart(chart, "E2")
    own.append(["What", "Who"])
    own.append(["Call Carla", "Ana"])
    own.add_table(Table(displayName="Todo", ref="A1:B2"))
    book.create_sheet("Problems").append(["Problems with the printer", "none so far"])


def _zipped(data: bytes) -> bytes:
    """Return the workbook with what openpyxl cannot make: a macro and a conversation."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(out, "w") as new:
        for name in old.namelist():
            new.writestr(name, _changed(name, old.read(name)))
        new.writestr("xl/vbaProject.bin", MACRO)
        new.writestr("xl/threadedComments/threadedComment1.xml", _TALK)
    return out.getvalue()


def _changed(name: str, part: bytes) -> bytes:
    if name == "[Content_Types].xml":
        part = part.replace(
            b"application/vnd.openxmlformats-officedocument." + _MAIN_TYPE,
            b"application/vnd.ms-excel.sheet.macroEnabled.main+xml",
        )
        more = (
            b'<Override PartName="/xl/vbaProject.bin" '
            b'ContentType="application/vnd.ms-office.vbaProject"/>'
            b'<Override PartName="/xl/threadedComments/threadedComment1.xml" '
            b'ContentType="application/vnd.ms-excel.threadedcomments+xml"/>'
        )
        return part.replace(b"</Types>", more + b"</Types>")
    if name == "xl/_rels/workbook.xml.rels":
        macro = (
            b'<Relationship Id="rIdMacro" Target="vbaProject.bin" Type='
            b'"http://schemas.microsoft.com/office/2006/relationships/vbaProject"/>'
        )
        return part.replace(b"</Relationships>", macro + b"</Relationships>")
    if name == "xl/worksheets/_rels/sheet2.xml.rels":
        return part.replace(b"</Relationships>", _RELATION + b"</Relationships>")
    return part
