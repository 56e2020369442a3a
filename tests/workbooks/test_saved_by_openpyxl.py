"""What a program saves of its open workbook after we wrote into it opens as what it was."""

import io
import zipfile
from pathlib import Path

import openpyxl
import pytest

from sheetrecord.model.cell_edits import PutCell
from sheetrecord.workbooks.openpyxl_book import OpenpyxlBook

OLD = Path(__file__).parents[1] / "old"
MAIN = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"
MACROS = "application/vnd.ms-excel.sheet.macroEnabled.main+xml"


def saved(book: openpyxl.Workbook) -> zipfile.ZipFile:
    """Write a cell through our adapter, and let openpyxl save the workbook twice."""
    workbook = OpenpyxlBook(book)
    for number in (1, 2):
        workbook.write(workbook.read(), [PutCell(book.sheetnames[0], 60, 1, number)])
    out = io.BytesIO()
    book.save(out)
    return zipfile.ZipFile(out)


def test_a_workbook_without_macros_is_saved_as_one_without() -> None:
    with saved(openpyxl.Workbook()) as package:
        types = package.read("[Content_Types].xml").decode()
    assert MAIN in types
    assert MACROS not in types


@pytest.mark.parametrize("path", sorted(OLD.rglob("*.xlsm")), ids=lambda path: path.stem)
def test_macros_stay(path: Path) -> None:
    with saved(openpyxl.load_workbook(path, keep_vba=True)) as package:
        assert MACROS in package.read("[Content_Types].xml").decode()
        with zipfile.ZipFile(path) as before:
            name = "xl/vbaProject.bin"
            assert package.read(name) == before.read(name)
