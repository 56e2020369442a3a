"""Make the books of this version that are kept for ever: freeze_books.py, needs LibreOffice.

Run it when a version of the schema is released. `tests/old/vN` then holds a blank book, a sample in
two languages, and a book that was lived in: own columns, renamed headers, a note, a chart and a
macro, also as LibreOffice saves it. Later programs are tried on these bytes, so they never change.
"""

import datetime as dt
import io
import subprocess
import sys
import tempfile
import zipfile
from pathlib import Path
from typing import Any

import openpyxl
from openpyxl.chart import BarChart, Reference
from openpyxl.comments import Comment
from openpyxl.utils import get_column_letter

from sheetrecord.app.create import NewWorkbookRequest, workbook
from sheetrecord.formats.xlsx import book_of
from sheetrecord.schema.names import column_name
from sheetrecord.schema.sheets import SCHEMA_VERSION
from sheetrecord.xlsx import open_workbook

OLD = Path(__file__).resolve().parent.parent / "tests" / "old"
DAY = dt.date(2026, 6, 30)
MACRO = b"\xd0\xcf\x11\xe0 the bytes of a macro project, which nobody here reads"
RENAMED = {
    ("Deal", "client"): "Kunde (Firma)",
    ("Context", "answer"): "Was gesagt wurde",
    ("Fees", "note"): "Bemerkung der Buchhaltung",
}
_PLAIN = b"application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"
_WITH_MACRO = b"application/vnd.ms-excel.sheet.macroEnabled.main+xml"
_TYPE = (
    b'<Override PartName="/xl/vbaProject.bin" ContentType="application/vnd.ms-office.vbaProject"/>'
)
_LINK = (
    b'<Relationship Id="rIdMacro" Target="vbaProject.bin" '
    b'Type="http://schemas.microsoft.com/office/2006/relationships/vbaProject"/>'
)


def lived_in() -> bytes:
    """Return a German sample after months of use."""
    made = workbook(
        NewWorkbookRequest(language="de", sample=True, seed=5, salt=5), today=DAY, asof=DAY
    )
    found = book_of(open_workbook(made), "sample").names
    book = openpyxl.load_workbook(io.BytesIO(made))
    for (sheet, key), header in RENAMED.items():
        area = found[column_name(sheet, key)]
        if area is None:
            raise LookupError(column_name(sheet, key))
        book[area.sheet].cell(area.top, area.left, header)
    value = found[column_name("Deal", "value_net")]
    fees = found[column_name("Fees", "note")]
    if value is None or fees is None:
        raise LookupError("the sample lacks a column")
    _own_columns(book[value.sheet], book[fees.sheet], get_column_letter(value.left))
    _own_sheet(book, value.sheet, get_column_letter(value.left))
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def _own_columns(deals: Any, fees: Any, value: str) -> None:
    region, twice, centre = deals.max_column + 1, deals.max_column + 2, fees.max_column + 1
    deals.cell(3, region, "Region")
    deals.cell(3, twice, "Doppelter Wert")
    fees.cell(3, centre, "Kostenstelle")
    for row in range(4, 30):
        deals.cell(row, region, ("Nord", "Süd", "West")[row % 3])
        deals.cell(row, twice, f"={value}{row}*2")
        fees.cell(row, centre, 4000 + row)
    deals.cell(5, 2).comment = Comment("Am Telefon bestätigt", "Ana Ruiz")


def _own_sheet(book: Any, deals: str, value: str) -> None:
    own = book.create_sheet("Eigene Auswertung")
    own.append(["Monat", "Umsatz"])
    for month in range(1, 7):
        own.append([f"2026-{month:02d}", f"=SUM('{deals}'!{value}4:{value}{3 + month})"])
    chart = BarChart()
    chart.add_data(Reference(own, min_col=2, min_row=1, max_row=7), titles_from_data=True)
    own.add_chart(chart, "D2")


def with_macro(book: bytes) -> bytes:
    """Return a workbook with a macro project, as Excel stores one."""
    out = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(book)) as old,
        zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new,
    ):
        for name in old.namelist():
            part = old.read(name)
            if name == "[Content_Types].xml":
                part = part.replace(_PLAIN, _WITH_MACRO).replace(b"</Types>", _TYPE + b"</Types>")
            elif name == "xl/_rels/workbook.xml.rels":
                part = part.replace(b"</Relationships>", _LINK + b"</Relationships>")
            new.writestr(name, part)
        new.writestr("xl/vbaProject.bin", MACRO)
    return out.getvalue()


def saved_by_libreoffice(book: bytes) -> bytes:
    """Return a workbook as LibreOffice saves it, in a profile of its own."""
    with tempfile.TemporaryDirectory() as folder:
        old, out = Path(folder, "old.xlsx"), Path(folder, "out")
        old.write_bytes(book)
        words = ["soffice", f"-env:UserInstallation=file://{folder}/profile", "--headless"]
        words += ["--convert-to", "xlsx:Calc MS Excel 2007 XML", "--outdir", str(out), str(old)]
        subprocess.run(words, check=True, timeout=300, stdout=subprocess.DEVNULL)
        return (out / "old.xlsx").read_bytes()


def main() -> int:
    """Write the books of the present version; a version that has some keeps them."""
    folder = OLD / f"v{SCHEMA_VERSION}"
    if folder.exists():
        print(f"{folder.name} is frozen already: raise SCHEMA_VERSION first.", file=sys.stderr)
        return 1
    lived = lived_in()
    french = NewWorkbookRequest(template="agency", language="fr", sample=True, seed=4, salt=4)
    books = {
        "blank-en.xlsx": workbook(
            NewWorkbookRequest(template="blank", salt=7), today=DAY, asof=DAY
        ),
        "sample-en.xlsx": workbook(
            NewWorkbookRequest(sample=True, seed=3, salt=3), today=DAY, asof=DAY
        ),
        "sample-fr.xlsx": workbook(french, today=DAY, asof=DAY),
        "lived-in-de.xlsm": with_macro(lived),
        "lived-in-de-libreoffice.xlsx": saved_by_libreoffice(lived),
    }
    folder.mkdir(parents=True)
    for name, data in books.items():
        (folder / name).write_bytes(data)
    print(f"{folder.name}: {len(books)} books. Now run scripts/build_history.py.")
    return 0


if __name__ == "__main__":
    sys.exit(main())
