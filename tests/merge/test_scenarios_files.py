"""What happens to files and between people, through real files saved by two programs."""

import shutil
import subprocess
from pathlib import Path

import pytest

from merge.files import ROWS, Copies, all_of, lose, move_rows, put, typed, unchanged
from sheetrecord.model.errors import CannotRead, NotARecord


def test_52_a_stale_copy_is_saved_over_what_was_done_since(copies: Copies) -> None:
    copies.change(copies.ours, put("Fees", 4, note="ours, later"))
    copies.change(copies.theirs, put("Fees", 5, note="theirs, from the old file"))
    copies.merge()
    found = typed(copies.result(), "Fees")
    assert [found[i].note for i in ("F-KSAA9", "F-7J61Z")] == [
        "ours, later",
        "theirs, from the old file",
    ]


def test_57_a_half_uploaded_or_empty_file(copies: Copies) -> None:
    whole = copies.theirs.read_bytes()
    for data in (whole[: len(whole) // 2], b""):
        copies.theirs.write_bytes(data)
        with pytest.raises(CannotRead):
            copies.merge()
    assert not copies.out.exists()


def test_58_a_file_that_is_not_there(copies: Copies) -> None:
    copies.theirs.unlink()
    with pytest.raises(CannotRead):
        copies.merge()


def test_58_a_workbook_without_the_record(copies: Copies) -> None:
    from openpyxl import Workbook

    Workbook().save(copies.theirs)
    with pytest.raises(NotARecord):
        copies.merge()


def test_59_the_same_cell_is_edited_in_both(copies: Copies) -> None:
    copies.change(copies.ours, put("Fees", 4, note="ours"))
    copies.change(copies.theirs, put("Fees", 4, note="theirs"))
    done = copies.merge()
    assert [(c.base, c.ours, c.theirs) for c in done.merged.conflicts] == [(None, "ours", "theirs")]


@pytest.mark.parametrize("deleter", ["ours", "theirs"])
def test_60_deleted_in_one_and_edited_in_the_other(copies: Copies, deleter: str) -> None:
    paths = [copies.ours, copies.theirs]
    paths = paths if deleter == "ours" else paths[::-1]
    copies.change(paths[0], lambda book: book["Fees"].delete_rows(5))
    copies.change(paths[1], put("Fees", 5, net=20_000))
    done = copies.merge()
    found = typed(copies.result(), "Fees")["F-7J61Z"]
    assert (found.net, found.description, found.deal_id) == (2_000_000, "Second half", "D-0001")
    assert [(c.at.row_id, c.kind.name) for c in done.merged.conflicts] == [("F-7J61Z", "DELETE")]


def test_61_a_deal_is_deleted_in_one_and_a_line_added_to_it_in_the_other(copies: Copies) -> None:
    birch = put("Deal", 5, client="Birch", deal_name="Site", stage="Talking")
    for path in (copies.base, copies.ours, copies.theirs):
        copies.change(path, birch)
    copies.change(copies.theirs, lambda book: book["Deal"].delete_rows(5))
    copies.change(copies.ours, put("Fees", 6, deal_id="D-0002", description="Sketch", net=10))
    done = copies.merge()
    assert typed(copies.result(), "Deal")["D-0002"].client == "Birch"
    assert ("D-0002", "NEEDED") in [(c.at.row_id, c.kind.name) for c in done.merged.conflicts]


def test_61_a_deal_is_closed_in_one_and_its_amount_changed_in_the_other(copies: Copies) -> None:
    copies.change(copies.ours, put("Deal", 4, stage="Lost", lost_reason="Price"))
    copies.change(copies.theirs, put("Deal", 4, value_net=27_000))
    done = copies.merge()
    found = typed(copies.result(), "Deal")["D-0001"]
    assert (found.stage, found.value_net) == ("lost", 2_700_000)
    assert not done.merged.conflicts


def test_62_a_column_that_only_our_template_has(copies: Copies) -> None:
    for path in (copies.base, copies.theirs):
        copies.change(path, lambda book: lose(book, "po_ref"))
    copies.change(copies.ours, put("Fees", 4, po_ref="PO 17"))
    copies.change(copies.theirs, put("Fees", 4, note="theirs"))
    copies.merge()
    found = typed(copies.result(), "Fees")["F-KSAA9"]
    assert (found.po_ref, found.note) == ("PO 17", "theirs")


def test_62_a_column_that_only_their_template_has(copies: Copies) -> None:
    for path in (copies.base, copies.ours):
        copies.change(path, lambda book: lose(book, "po_ref"))
    copies.change(copies.theirs, put("Fees", 4, po_ref="PO 17"))
    done = copies.merge()
    told = [(n.kind, n.column) for n in done.merged.notices]
    told += [(c.kind.name, c.at.key) for c in done.merged.conflicts]
    assert any("po_ref" in one for one in told)


def saved_by_libreoffice(path: Path) -> None:
    folder = path.parent / "saved"
    profile = f"-env:UserInstallation=file://{path.parent}/profile"
    subprocess.run(
        ["soffice", profile, "--headless", "--convert-to", "xlsx", "--outdir", folder, path],
        check=True,
        capture_output=True,
        timeout=180,
    )
    shutil.move(folder / path.name, path)


@pytest.mark.libreoffice
@pytest.mark.slow
def test_55_saved_by_libreoffice_without_a_change(copies: Copies) -> None:
    saved_by_libreoffice(copies.theirs)
    unchanged(copies, copies.merge())


@pytest.mark.libreoffice
@pytest.mark.slow
def test_55_changed_and_saved_by_libreoffice(copies: Copies) -> None:
    copies.change(
        copies.theirs,
        all_of(
            put("Fees", 4, note="from LibreOffice"),
            put("Fees", 6, deal_id="D-0001", description="Added there", net=12.5),
            lambda book: move_rows(book, "Context", list(range(len(ROWS["Context"]) - 1, -1, -1))),
        ),
    )
    saved_by_libreoffice(copies.theirs)
    copies.change(copies.ours, put("Fees", 5, note="ours"))
    done = copies.merge()
    found = typed(copies.result(), "Fees")
    assert [row.note for row in found.values()] == ["from LibreOffice", "ours", ""]
    assert [row.net for row in found.values()][2] == 1_250
    assert {
        edit.sheet if hasattr(edit, "sheet") else edit.at.sheet for edit in done.merged.plan
    } == {"Fees"}
