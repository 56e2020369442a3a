"""What happens to files and between people, through real files and syncs: scenarios 52 to 62.

51 and 59 name Google Sheets too: what a file can show of them stands here and in the table; a
live sheet is not read by this build.
"""

import os
import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from effort import some
from merge.files import lose, put
from sheetrecord.app.validate import read_record
from sheetrecord.schema import ids
from synced.office import ASOF, FEES, Office, line

LIBREOFFICE = pytest.param("LibreOffice", marks=[pytest.mark.libreoffice, pytest.mark.slow])


@pytest.fixture(scope="session")
def resave(tmp_path_factory: pytest.TempPathFactory) -> Callable[[Path], None]:
    """Let LibreOffice open a file and save it where it stands."""
    folder = tmp_path_factory.mktemp("libreoffice")
    profile = f"-env:UserInstallation=file://{folder}/profile"

    def through(path: Path) -> None:
        given = folder / "given.xlsx"
        shutil.copyfile(path, given)
        words = ["soffice", profile, "--headless", "--convert-to", "xlsx", "--outdir"]
        subprocess.run(
            [*words, folder / "out", given], check=True, capture_output=True, timeout=120
        )
        path.write_bytes((folder / "out" / "given.xlsx").read_bytes())

    return through


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """Try each test with one program, and every fifth of them, in a long run all, with two."""
    tests = [name for name in vars(metafunc.module) if name.startswith("test_")]
    both = metafunc.function.__name__ in some(tests, 5)
    programs = ["openpyxl", LIBREOFFICE] if both else ["openpyxl"]
    metafunc.parametrize("program", programs, indirect=True)


@pytest.fixture(autouse=True)
def program(office: Office, request: pytest.FixtureRequest) -> str:
    """Save what people type with a program."""
    again = request.param == "LibreOffice"
    office.resave = request.getfixturevalue("resave") if again else lambda _: None
    return str(request.param)


EVERYWHERE = (None, "office", "ana")


def notes(office: Office, *numbers: int) -> list[list[str]]:
    """Return what the record and both copies say in the notes of lines."""
    paths = (None, office.office, office.ana)
    return [[office.fees(path)[line(n)].note for n in numbers] for path in paths]


def test_52_a_file_that_was_open_is_saved_over_what_the_sync_wrote(office: Office) -> None:
    opened = office.ana.read_bytes()  # since this morning, in a program
    office.type(office.office, 4, note="the office's")
    office.sync()
    office.ana.write_bytes(opened)
    office.type(office.ana, 5, note="typed since this morning")
    report = office.sync()
    assert report.conflicts == ()
    assert notes(office, 0, 1) == [["the office's", "typed since this morning"]] * 3
    office.settled()


def test_52_the_same_cell_was_changed_meanwhile(office: Office) -> None:
    opened = office.ana.read_bytes()
    office.type(office.office, 4, note="the office's")
    office.sync()
    office.ana.write_bytes(opened)
    office.type(office.ana, 4, note="typed since this morning")
    [one] = office.sync().conflicts
    assert (one.row_id, one.key, one.record) == (line(0), "note", "the office's")
    assert [side.value for side in one.sides] == ["typed since this morning"]
    office.settled()


@pytest.mark.parametrize(
    "name",
    [
        "ana-DESKTOP-8K2LQ1X.xlsx",
        "ana (Ana's conflicted copy 2026-11-22).xlsx",
        "ana.sync-conflict-20261122-140501-7KX2P3Q.xlsx",
        "ana (kept 2026-11-22 140501).xlsx",
    ],
    ids=["onedrive", "dropbox", "syncthing", "kept"],
)
def test_53_a_conflict_copy_of_a_sync_client_is_read_and_not_written(
    office: Office, name: str
) -> None:
    other = office.ana.with_name(name)
    shutil.copyfile(office.ana, other)
    office.type(other, 4, note="on the other computer")
    office.type(office.ana, 5, note="on this one")
    before = other.read_bytes()
    report = office.sync()
    assert [one.address for one in report.asides] == [str(other)]
    assert report.conflicts == ()
    assert notes(office, 0, 1) == [["on the other computer", "on this one"]] * 3
    assert other.read_bytes() == before
    office.settled()


def test_53_both_computers_changed_one_cell(office: Office) -> None:
    other = office.ana.with_name("ana-DESKTOP-8K2LQ1X.xlsx")
    shutil.copyfile(office.ana, other)
    office.type(other, 4, note="on the other computer")
    office.type(office.ana, 4, note="on this one")
    office.sync()
    [one] = office.stored().conflicts
    values = {one.record, *(side.value for side in one.sides)}
    assert {"on the other computer", "on this one"} <= values
    other.unlink()  # its side stays, although it cannot be seen again
    office.sync()
    assert office.stored().conflicts == (one,)
    office.settled()


def test_53_a_file_beside_it_that_is_another_record_is_left_alone(office: Office) -> None:
    from synced.office import firm

    other = office.ana.with_name("ana (1).xlsx")
    other.write_bytes(firm())
    office.type(other, 4, note="not ours")
    assert office.sync().asides == ()
    assert notes(office, 0)[0] == [""]


def test_54_a_copy_comes_back_by_mail_under_another_name(office: Office) -> None:
    mailed = office.folder / "RE final v2.xlsx"
    shutil.copyfile(office.ana, mailed)
    office.type(office.office, 4, note="meanwhile")
    office.sync()
    office.type(mailed, 5, note="in the mail")
    report = office.sync(office.office, office.ana, mailed)
    assert report.conflicts == ()
    assert notes(office, 0, 1) == [["meanwhile", "in the mail"]] * 3
    assert office.fees(mailed)[line(0)].note == "meanwhile"


@pytest.mark.parametrize("suffix", [".xls", ".ods", ".xlsb"])
def test_55_a_copy_saved_in_another_format_is_told_and_nothing_is_deleted(
    office: Office, suffix: str
) -> None:
    other = office.ana.with_suffix(suffix)
    other.write_bytes(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(2_000))
    report = office.sync(office.office, office.ana, other)
    assert report.away[str(other)]
    assert len(office.fees()) == FEES


def test_55_a_workbook_saved_with_macros_is_a_copy_like_any(office: Office) -> None:
    other = office.ana.with_suffix(".xlsm")
    shutil.copyfile(office.ana, other)
    office.type(other, 4, note="with macros")
    office.sync(office.office, office.ana, other)
    assert notes(office, 0) == [["with macros"]] * 3


def exported(office: Office, folder: Path) -> None:
    """Export the record's sheets of a copy as CSV files."""
    import csv

    from openpyxl import load_workbook

    book = load_workbook(office.ana, data_only=True)
    folder.mkdir()
    for name in ("Deal", "Context", "Commitments", "Project", "Fees"):
        rows = [list(row) for row in book[name].iter_rows(values_only=True)]
        texts = [[_text(cell) for cell in row] for row in rows]
        with (folder / f"{name}.csv").open("w", newline="", encoding="utf-8") as file:
            csv.writer(file).writerows(texts)


def _text(cell: Any) -> str:
    if hasattr(cell, "isoformat"):
        return str(cell.isoformat()[:10])
    return "" if cell is None else str(cell)


def test_55_a_folder_of_csv_files_is_a_copy_too(office: Office) -> None:
    folder = office.folder / "csv"
    exported(office, folder)
    office.paths = [office.office, office.ana, folder]
    first = office.sync()
    assert first.conflicts == ()
    assert (folder / "sr_stamp.csv").is_file()
    text = (folder / "Fees.csv").read_text("utf-8")
    (folder / "Fees.csv").write_text(text.replace("Line 3", "Line three"), "utf-8", newline="")
    office.type(office.office, 4, note="to the folder")
    second = office.sync()
    assert second.conflicts == ()
    for path in (None, office.office, office.ana, folder):
        side = office.side() if path is None else None
        record = side.parsed if side else read_record(str(path), today=ASOF)[1]
        rows = {row.id: row for row in record.record.rows("Fees")}
        assert (rows[line(3)].description, rows[line(0)].note) == ("Line three", "to the folder")
    office.settled()


def test_56_a_password_was_set_on_the_file(office: Office) -> None:
    # An encrypted workbook is an OLE compound file (MS-OFFCRYPTO), no zip archive.
    office.ana.write_bytes(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(4_000))
    office.type(office.office, 4, note="goes on")
    report = office.sync()
    assert report.away[str(office.ana)]
    assert [row.note for row in office.fees().values()].count("goes on") == 1
    assert len(office.fees()) == FEES


@pytest.mark.parametrize("part", [0, 2], ids=["empty", "half"])
def test_57_a_file_is_empty_or_half_uploaded(office: Office, part: int) -> None:
    whole = office.ana.read_bytes()
    office.ana.write_bytes(whole[: len(whole) // part] if part else b"")
    report = office.sync()
    assert report.away[str(office.ana)]
    assert len(office.fees()) == FEES
    office.ana.write_bytes(whole)  # the upload came through
    assert not office.sync().away
    office.settled()


def test_58_a_file_that_is_gone_is_not_a_file_whose_rows_were_deleted(office: Office) -> None:
    office.ana.unlink()
    report = office.sync()
    assert "moved or renamed" in report.away[str(office.ana)]
    assert len(office.fees()) == FEES


def test_58_a_renamed_file_is_told_by_its_new_name(office: Office) -> None:
    office.ana.rename(office.folder / "Ana's deals.xlsx")
    assert "Ana's deals.xlsx" in office.sync().away[str(office.ana)]


def test_58_a_share_that_is_offline_is_told(office: Office) -> None:
    away = office.folder / "share" / "ana.xlsx"
    office.paths = [office.office, away]
    assert "share or the disk connected" in office.sync().away[str(away)]
    assert len(office.fees()) == FEES


def test_59_the_same_cell_is_edited_in_two_copies(office: Office) -> None:
    office.type(office.ana, 4, note="ana's")
    office.type(office.office, 4, note="the office's")
    [one] = office.sync().conflicts
    assert {one.record, *(side.value for side in one.sides)} == {"ana's", "the office's"}
    assert office.raw(line(0), "note", office.ana) == "ana's"
    assert office.raw(line(0), "note", office.office) == "the office's"
    office.settled()


@pytest.mark.parametrize("deleter", ["office", "ana"])
def test_60_a_row_is_deleted_in_one_and_edited_in_the_other(office: Office, deleter: str) -> None:
    paths = [office.office, office.ana]
    gone, kept = paths if deleter == "office" else paths[::-1]
    office.change(gone, lambda book: book["Fees"].delete_rows(7))
    office.type(kept, 7, net=20_000)
    report = office.sync()
    assert [(one.row_id, one.key) for one in report.conflicts] == [(line(3), "")]
    for path in (None, kept):
        assert office.fees(path)[line(3)].net == 2_000_000
    office.settled()


def test_61_a_deal_is_lost_in_one_and_its_amount_changed_in_the_other(office: Office) -> None:
    office.change(office.ana, put("Deal", 4, stage="Lost", lost_reason="Price"))
    office.change(office.office, put("Deal", 4, value_net=27_000))
    assert office.sync().conflicts == ()
    for path in (None, office.office, office.ana):
        deal = office.rows("Deal", path)["D-0001"]
        assert (deal.stage, deal.value_net) == ("lost", 2_700_000)
    office.settled()


def test_61_a_deal_is_deleted_in_one_and_a_line_added_to_it_in_the_other(office: Office) -> None:
    office.change(office.ana, lambda book: book["Deal"].delete_rows(5))
    office.change(office.office, put("Fees", 18, deal_id="D-0002", description="Sketch", net=10))
    report = office.sync()
    assert ("D-0002", "") in {(one.row_id, one.key) for one in report.conflicts}
    assert office.rows("Deal")["D-0002"].client == "Birch"
    assert "Sketch" in {row.description for row in office.fees().values()}
    office.settled()


def test_61_fees_that_are_right_in_each_copy_and_too_much_together(office: Office) -> None:
    for row, path in ((18, office.ana), (19, office.office)):
        cells = {
            "deal_id": "D-0001",
            "origin": "Contract",
            "description": f"Extra {row}",
            "net": 9_000,
        }
        office.change(path, put("Fees", row, **cells))
    office.sync()
    lines = [row for row in office.fees().values() if row.description.startswith("Extra")]
    assert len(lines) == 2
    assert all(ids.check(row.id) for row in lines)
    office.settled()


def test_61_a_deal_that_is_closed_reopened_and_closed_again_is_promoted_once(
    office: Office,
) -> None:
    def stages(stage: str) -> None:
        office.change(office.ana, put("Deal", 4, stage=stage))
        office.sync()

    before = office.rows("Project")
    stages("Talking")
    stages("Won")
    assert office.rows("Project").keys() >= before.keys()
    titles = [row.title for row in office.rows("Project").values()]
    assert len(titles) == len(set(titles))
    office.settled()


def test_62_a_column_that_only_one_copy_s_template_has(office: Office) -> None:
    office.change(office.office, lambda book: lose(book, "po_ref"))
    office.type(office.ana, 4, po_ref="PO 17", note="typed")
    office.sync()
    for path in (None, office.ana):
        assert office.fees(path)[line(0)].po_ref == "PO 17"
    assert office.fees(office.office)[line(0)].note == "typed"
    office.settled()


def test_62_the_published_view_mailed_back_is_not_a_copy(office: Office) -> None:
    from openpyxl import Workbook

    view = office.folder / "view.xlsx"
    book = Workbook()
    book.active.append(["Deal", "Client"])
    book.save(view)
    report = office.sync(office.office, office.ana, view)
    assert "none of the sheets of a record" in report.away[str(view)]


def test_a_copy_that_somebody_has_open_waits_and_is_told_by_name(office: Office) -> None:
    office.type(office.ana, 4, note="typed and saved, still open")
    mine = office.ana.read_bytes()
    owner = office.ana.with_name(f"~${office.ana.name}")
    name = "Ana Ruiz"
    wide = len(name).to_bytes(2, "little") + name.encode("utf-16-le")
    owner.write_bytes(bytes([len(name)]) + name.encode().ljust(54, b" ") + wide)
    report = office.sync()
    assert report.away[str(office.ana)] == "waiting for Ana Ruiz"
    assert office.ana.read_bytes() == mine
    assert office.fees(office.office)[line(0)].note == ""
    owner.unlink()
    assert not office.sync().away
    assert notes(office, 0) == [["typed and saved, still open"]] * 3
    office.settled()


@pytest.mark.skipif(os.name == "nt" or os.geteuid() == 0, reason="root may read everything")
def test_a_file_that_may_not_be_read_is_told(office: Office) -> None:
    office.ana.chmod(0)
    assert office.sync().away[str(office.ana)]
