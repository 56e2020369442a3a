"""Changing a folder of CSV files: the named cells, every other line byte for byte."""

from pathlib import Path

import pytest

from sheetrecord.formats.csv_folder import read
from sheetrecord.formats.csv_write import STAMP_FILE, changed_files, stamp_file, written
from sheetrecord.formats.stamp import Stamp, read_marks
from sheetrecord.model.book import Book
from sheetrecord.model.cell_edits import DropRows, Edit, PutCell, PutRows
from sheetrecord.xlsx import Refused

TEXT = 'Deals of the firm\nDeal ID;Client;Note\nD-0001;Acme;"a; ""quoted""\nnote"\nD-0002;Birch;\n'


def page(text: str, *edits: Edit, encoding: str = "utf-8") -> str:
    files = changed_files({"Deal.csv": text.encode(encoding)}, edits)
    return files["Deal.csv"].decode(encoding)


def read_back(tmp_path: Path, data: bytes) -> Book:
    (tmp_path / "Deal.csv").write_bytes(data)
    return read(tmp_path)


def test_only_the_row_of_a_changed_cell_is_written_anew() -> None:
    assert page(TEXT, PutCell("Deal", 4, 2, "Birch & Co")) == TEXT.replace("Birch", "Birch & Co")


def test_a_row_with_a_line_break_is_one_row() -> None:
    assert page(TEXT, PutCell("Deal", 3, 2, None)).splitlines()[2] == 'D-0001;;"a; ""quoted""'


def test_rows_are_added_below_and_deleted() -> None:
    found = page(TEXT, PutRows("Deal", 4, [{1: "D-0003", 3: 12.5}]), DropRows("Deal", 3))
    assert found == "Deals of the firm\nDeal ID;Client;Note\nD-0002;Birch;\nD-0003;;12.5\n"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
@pytest.mark.parametrize("ending", ["\n", "\r\n"], ids=["lf", "crlf"])
def test_the_encoding_and_the_line_ends_of_a_file_stay(encoding: str, ending: str) -> None:
    text = TEXT.replace("Acme", "Café Müller").replace("\n", ending)
    found = page(text, PutCell("Deal", 4, 2, "Bäckerei"), encoding=encoding)
    assert found == text.replace("Birch", "Bäckerei")


def test_a_letter_that_an_old_code_page_lacks_makes_the_file_unicode(tmp_path: Path) -> None:
    files = changed_files(
        {"Deal.csv": "a;b;c\né;2;3\n".encode("cp1252")}, [PutCell("Deal", 2, 2, "😀")]
    )
    book = read_back(tmp_path, files["Deal.csv"])
    assert book.sheets["Deal"].row(2) == {1: "é", 2: "😀", 3: 3}


@pytest.mark.parametrize(
    "text", ["=1+1", "+49 40 123", "-5 % off", "@home", "'=x", "\tx", "-7", "it's", "'quoted'"],
    ids=["equals", "plus", "minus", "at", "quoted formula", "tab", "number", "inside", "quotes"],
)  # fmt: skip
def test_a_text_that_reads_as_a_formula_is_marked_and_comes_back(tmp_path: Path, text: str) -> None:
    files = changed_files({"Deal.csv": TEXT.encode()}, [PutCell("Deal", 4, 2, text)])
    assert read_back(tmp_path, files["Deal.csv"]).sheets["Deal"].row(4)[2] == text
    assert not written(text).startswith(("=", "+", "-", "@", "\t"))


def test_a_line_separator_inside_a_cell_does_not_end_its_row(tmp_path: Path) -> None:
    book = read_back(tmp_path, "a,b\none\u2028line,2\n".encode())
    assert book.sheets["Deal"].row(2) == {1: "one\u2028line", 2: 2}


def test_the_stamp_is_a_file_of_the_folder(tmp_path: Path) -> None:
    (tmp_path / "Deal.csv").write_text(TEXT)
    (tmp_path / STAMP_FILE).write_bytes(stamp_file(Stamp("abc", 12)))
    assert read_marks(read(tmp_path)).stamp == Stamp("abc", 12)


def test_a_file_that_would_read_otherwise_is_refused() -> None:
    lines = "a\n" * 3
    with pytest.raises(Refused):
        page(
            lines,
            *(PutCell("Deal", row, 1, "x;y;z|t\tu") for row in range(1, 400)),
            PutCell("Deal", 1, 1, "b,c"),
        )
