"""Copies that hold a part of the record, folders of CSV files, and saves in the wrong instant."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from merge.files import lose, put
from messy.firm import edited
from sheetrecord.core.merge.conflict_words import FIELDS
from sheetrecord.core.sync.view import view_of
from sheetrecord.files import replacing
from sheetrecord.files.disk import this_disk
from sheetrecord.files.disk_hooks import watched
from sheetrecord.formats.csv_folder import read
from synced.office import FEES, Office, line
from synced.test_people import exported


def deal(row: int, deal_id: str, owner: str) -> Callable[[Any], None]:
    return put("Deal", row, deal_id=deal_id, client=f"Client {row}", deal_owner=owner)


def test_a_deal_outside_a_view_is_not_added_to_the_copy(office: Office) -> None:
    office.views = {office.ana: view_of(owners=["Ana Ruiz"])}
    office.change(
        office.office,
        deal(6, "D-0003", "Ben Okafor"),
        deal(7, "D-0004", "ana ruiz"),
        put("Fees", 18, deal_id="D-0003", description="Ben's line", net=1),
        put("Fees", 19, deal_id="D-0004", description="Ana's line", net=2),
    )
    office.sync()
    texts = {row.description for row in office.fees(office.ana).values()}
    assert "Ana's line" in texts
    assert "Ben's line" not in texts
    assert set(office.rows("Deal", office.ana)) == {"D-0001", "D-0002", "D-0004"}
    assert set(office.rows("Deal")) == {"D-0001", "D-0002", "D-0003", "D-0004"}
    office.settled()


def test_what_a_copy_does_not_hold_because_of_its_view_is_not_deleted(office: Office) -> None:
    office.views = {office.ana: view_of(owners=["Ana Ruiz"])}
    office.change(office.office, deal(6, "D-0003", "Ben Okafor"))
    office.sync()
    office.type(office.ana, 4, note="typed without it")
    report = office.sync()
    assert report.conflicts == ()
    assert "D-0003" in office.rows("Deal")
    assert "D-0003" in office.rows("Deal", office.office)


def test_a_column_that_a_view_hides_is_neither_written_nor_cleared(office: Office) -> None:
    office.type(office.office, 4, po_ref="PO 17")
    office.sync()
    office.views = {office.ana: view_of(hide=["Fees.po_ref"])}
    office.change(office.ana, lambda book: lose(book, "po_ref"), put("Fees", 5, note="typed"))
    office.type(office.office, 6, po_ref="PO 18")
    report = office.sync()
    assert report.conflicts == ()
    assert [office.fees()[line(n)].po_ref for n in (0, 2)] == ["PO 17", "PO 18"]
    assert office.fees()[line(1)].note == "typed"
    office.settled()


def test_a_conflict_with_a_csv_folder_is_a_file_of_it_and_is_decided_there(office: Office) -> None:
    folder = office.folder / "csv"
    exported(office, folder)
    office.paths = [office.office, office.ana, folder]
    office.sync()
    fees = folder / "Fees.csv"
    fees.write_text(fees.read_text("utf-8").replace("Line 3", "Line three"), "utf-8", newline="")
    office.type(office.office, 7, description="Line drei")
    office.sync()
    listed = folder / "Conflicts.csv"
    rows = listed.read_text("utf-8").splitlines()
    assert rows[0].startswith("Conflicts to decide")
    assert line(3) in rows[3]
    cells = rows[3].split(",")
    cells[FIELDS.index("keep")] = "ours"
    listed.write_text("\r\n".join([*rows[:3], ",".join(cells)]) + "\r\n", "utf-8", newline="")
    assert office.sync().conflicts == ()
    assert office.fees()[line(3)].description == "Line three"
    assert office.fees(office.office)[line(3)].description == "Line three"
    assert line(3) not in listed.read_text("utf-8")
    office.settled()


def test_a_csv_folder_says_what_the_workbook_says_that_it_was_made_from(office: Office) -> None:
    office.change(office.office, put("Commitments", 4, clause="4.2"))
    office.sync()
    folder = office.folder / "csv"
    exported(office, folder)
    office.paths = [office.office, office.ana, folder]
    assert office.sync().conflicts == ()
    office.settled()


def test_of_a_csv_folder_only_the_changed_rows_are_written(office: Office) -> None:
    folder = office.folder / "csv"
    exported(office, folder)
    office.paths = [office.office, folder]
    office.sync()
    before = (folder / "Fees.csv").read_text("utf-8").splitlines()
    office.type(office.office, 8, note="a, note; with = signs")
    office.sync()
    after = (folder / "Fees.csv").read_text("utf-8").splitlines()
    assert [n for n, (a, b) in enumerate(zip(before, after, strict=True)) if a != b] == [7]
    assert set(read(folder).sheets) >= {"Fees", "sr_stamp"}


def meanwhile(
    monkeypatch: pytest.MonkeyPatch, moment: str, path: Path, save: Callable[[], None]
) -> list[str]:
    """Let somebody save at a moment of the write of a file, once."""
    done: list[str] = []

    def hook(now: str) -> None:
        if now == moment and not done:
            done.append(now)
            save()

    disk = watched(this_disk(), hook)
    monkeypatch.setattr(replacing, "this_disk", lambda: disk)
    return done


@pytest.mark.parametrize(
    "moment", ["create:before", "sync:after", "take:after", "exchange:before", "exchange:after"]
)
def test_what_somebody_saves_while_a_copy_is_written_is_not_lost(
    office: Office, monkeypatch: pytest.MonkeyPatch, moment: str
) -> None:
    office.type(office.ana, 4, note="before")
    office.type(office.office, 5, note="the office's")
    data = edited(office.ana.read_bytes(), put("Fees", 6, note="in between"))
    done = meanwhile(monkeypatch, moment, office.ana, lambda: office.ana.write_bytes(data) and None)
    office.sync()
    monkeypatch.undo()
    monkeypatch.setenv("SHEETRECORD_STATE", str(office.state))
    office.sync()
    assert done
    found = office.fees()
    assert [found[line(n)].note for n in (0, 1, 2)] == ["before", "the office's", "in between"]
    assert len(found) == FEES
    office.settled()
