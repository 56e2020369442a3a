"""The view as a workbook: values only, protected, nothing that runs, never over a record."""

import datetime as dt
import io
import re
import zipfile
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import load_workbook

from publish.firm import HOSTILE, hostile, usual, workbook
from sheetrecord.app.publish import Published, PublishRequest, publish
from sheetrecord.model.errors import CannotWrite
from sheetrecord.publish.workbook import LONGEST, neutral

TODAY = dt.date(2026, 7, 1)


def put(book: Path, to: Path, audience: str = "ops") -> Published:
    return publish(str(book), PublishRequest(audience, to, "=A"), today=TODAY)


def made(tmp_path: Path, audience: str = "ops", *, bad: bool = False) -> Path:
    book = tmp_path / "firm.xlsx"
    book.write_bytes(workbook(hostile() if bad else usual()))
    put(book, tmp_path / "view.xlsx", audience)
    return tmp_path / "view.xlsx"


def test_values_are_typed_and_in_the_firms_words(tmp_path: Path) -> None:
    deal = load_workbook(made(tmp_path))["Deal"]
    header = [cell.value for cell in deal[1]]
    first = dict(zip(header, [cell.value for cell in deal[2]], strict=True))
    assert first["Client"] == "Nordlicht"
    assert first["Stage"] == "Won"
    assert first["Value, net"] == 100_000
    assert first["Real deadline"] == dt.datetime(2026, 9, 10)  # noqa: DTZ001 - as a cell holds it
    assert first["Days earlier than contract"] == 20
    assert first["Outstanding"] == 20_000
    assert "Next step" not in header


def test_every_sheet_is_protected_and_none_hides(tmp_path: Path) -> None:
    book = load_workbook(made(tmp_path, "owner"))
    assert book.sheetnames == [
        "Deal", "Context", "Commitments", "Project", "Fees", "Gaps", "About",
    ]  # fmt: skip
    for sheet in book:
        assert sheet.protection.sheet
        assert sheet.sheet_state == "visible"


@pytest.mark.parametrize("bad", [False, True], ids=["usual", "hostile"])
def test_there_is_no_formula_script_or_outside_part_and_no_link_but_to_the_record(
    tmp_path: Path, bad: bool
) -> None:
    with zipfile.ZipFile(made(tmp_path, "owner", bad=bad)) as package:
        assert not any("external" in n or "vba" in n or "drawing" in n for n in package.namelist())
        for name in package.namelist():
            text = package.read(name).decode("utf-8")
            assert "<f>" not in text
            links = re.findall(r'Target="([^"]*)" TargetMode="External"', text)
            assert set(links) <= {"firm.xlsx"}  # the record beside it


def test_hostile_text_is_kept_and_starts_nothing(tmp_path: Path) -> None:
    book = load_workbook(made(tmp_path, "owner", bad=True))
    texts = [
        c.value for s in book for row in s.iter_rows() for c in row if isinstance(c.value, str)
    ]
    assert not [text for text in texts if text.lstrip().startswith(tuple("=+-@\t\r|%＝"))]
    assert "'" + HOSTILE["formula"] in texts
    assert "'" + HOSTILE["minus"] in texts
    assert not [text for text in texts if "\u202e" in text]


@given(text=st.text(st.sampled_from("=+-@\t\r\n\x00 ＝a|%'"), max_size=8))
def test_no_text_can_start_a_formula(text: str) -> None:
    found = neutral(text)
    assert not found.lstrip(" \u00a0").startswith(tuple("=+-@\t\r\n|%＝"))
    assert "\x00" not in found
    assert "\r" not in found


def test_a_text_that_is_too_long_for_a_cell_says_that_it_was_cut() -> None:
    assert neutral("x" * 40_000) == "x" * (LONGEST - 1) + "…"


def test_the_same_record_gives_the_same_bytes_and_is_not_written_twice(tmp_path: Path) -> None:
    view = made(tmp_path)
    before = view.stat()
    again = put(tmp_path / "firm.xlsx", view)
    assert again.written == []
    assert view.stat().st_ino == before.st_ino
    put(tmp_path / "firm.xlsx", tmp_path / "other.xlsx")
    assert (tmp_path / "other.xlsx").read_bytes() == view.read_bytes()


def test_a_view_is_never_written_over_a_record_or_somebody_elses_view(tmp_path: Path) -> None:
    view = made(tmp_path)
    book = tmp_path / "firm.xlsx"
    data = book.read_bytes()
    with pytest.raises(CannotWrite, match="did not make"):
        put(book, book)
    with pytest.raises(CannotWrite, match="somebody else"):
        put(book, view, "owner")
    (tmp_path / "notes.xlsx").write_bytes(b"not a workbook")
    with pytest.raises(CannotWrite, match="did not make"):
        put(book, tmp_path / "notes.xlsx")
    assert book.read_bytes() == data


def test_it_says_when_from_what_and_by_whom(tmp_path: Path) -> None:
    about = load_workbook(made(tmp_path))["About"]
    told = {row[0].value: row[1].value for row in about.iter_rows()}
    assert told["As of"] == "2026-06-30"
    assert told["made from"] == "firm.xlsx"
    assert told["by"] == "'=A"
    assert len(told["revision"]) == 12


def test_nothing_of_the_machine_is_in_the_properties(tmp_path: Path) -> None:
    with zipfile.ZipFile(io.BytesIO(made(tmp_path).read_bytes())) as package:
        core = package.read("docProps/core.xml").decode()
    assert "2000-01-01" in core
    assert "<dc:creator></dc:creator>" in core or "<dc:creator/>" in core
