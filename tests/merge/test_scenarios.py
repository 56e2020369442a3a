"""What people really do to a copy, through real files saved by another program.

Each scenario changes their copy (and sometimes ours), and says what the merge must come to.
"""

import random
import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from merge.files import ROWS, Copies, all_of, column, header, put, rows_of, typed
from sheetrecord.app.merge import Result
from sheetrecord.model.errors import CannotRead, NotARecord
from sheetrecord.schema import ids

Check = Callable[[Copies, Result], None]


def lines(count: int) -> dict[str, list[dict[str, Any]]]:
    """Return the firm with so many fee lines."""
    one = ROWS["Fees"][1]
    fees = [{**one, "description": f"Line {n}", "net": 100_000 + n} for n in range(count)]
    return {**ROWS, "Fees": fees}


@pytest.fixture
def copies(tmp_path: Path) -> Copies:
    return Copies(tmp_path)


@pytest.fixture
def many(tmp_path: Path) -> Copies:
    return Copies(tmp_path, lines(14))


def move_rows(book: Any, sheet: str, order: list[int], columns: list[int] | None = None) -> None:
    """Sort rows as a spreadsheet program does: values move, formulas stay in their rows."""
    page = book[sheet]
    numbers = list(rows_of(book, sheet))
    held = [
        {c: page.cell(row, c).value for c in columns or range(1, page.max_column + 1)}
        for row in numbers
    ]
    for row, source in zip(numbers, order, strict=True):
        for number, value in held[source].items():
            if not str(page.cell(row, number).value or "").startswith("="):
                page.cell(row, number).value = value


def unchanged(copies: Copies, done: Result) -> None:
    assert done.merged.plan == ()
    assert not done.merged.conflicts
    assert copies.out.read_bytes() == copies.ours.read_bytes()


# -- rows ------------------------------------------------------------------------------------


def test_1_the_whole_table_is_sorted(many: Copies) -> None:
    order = list(range(14))
    random.Random(1).shuffle(order)
    many.change(many.theirs, lambda book: move_rows(book, "Fees", order))
    unchanged(many, many.merge())


def test_1_the_whole_table_is_sorted_and_a_cell_changed(many: Copies) -> None:
    many.change(many.theirs, lambda book: move_rows(book, "Fees", list(range(13, -1, -1))))
    many.change(many.theirs, put("Fees", 4, note="last one"))
    many.merge()
    found = list(typed(many.result(), "Fees").values())
    assert [row.description for row in found] == [f"Line {n}" for n in range(14)]
    assert [row.note for row in found] == [""] * 13 + ["last one"]


def test_2_only_some_columns_are_sorted(many: Copies) -> None:
    def sort(book: Any) -> None:
        columns = [column(book, "Fees", "description")]
        move_rows(book, "Fees", list(range(13, -1, -1)), columns)

    many.change(many.theirs, sort)
    names = {guard.name for guard in many.merge().merged.refused}
    assert "sorted-apart" in names
    assert not many.out.exists()


def test_4_visible_rows_of_a_filter_are_deleted(many: Copies) -> None:
    many.change(many.theirs, lambda book: book["Fees"].delete_rows(6, 8))
    assert [guard.name for guard in many.merge().merged.refused] == ["mass-delete"]
    many.merge("mass-delete")
    assert len(typed(many.result(), "Fees")) == 6


def copy_row(book: Any, source: int, target: int) -> None:
    page = book["Fees"]
    for cell in list(page[source]):
        page.cell(target, cell.column).value = cell.value


def test_6_a_row_is_duplicated_with_its_id(copies: Copies) -> None:
    def copied(book: Any) -> None:
        copy_row(book, 4, 6)
        put("Fees", 6, net=111)(book)

    copies.change(copies.theirs, copied)
    copies.merge()
    found = typed(copies.result(), "Fees")
    assert len(found) == 3
    assert found["F-KSAA9"].net == 840_000
    assert sorted(row.net for row in found.values()) == [11_100, 840_000, 1_960_000]


def test_7_rows_of_another_workbook_are_pasted_with_their_ids(copies: Copies) -> None:
    foreign = [ids.make("F", 500 + n) for n in range(5)]

    def paste(book: Any) -> None:
        for row, id_ in enumerate(foreign, start=6):
            put("Fees", row, fee_id=id_, deal_id="D-0001", description=id_, net=1)(book)

    copies.change(copies.theirs, paste)
    copies.merge()
    assert list(typed(copies.result(), "Fees"))[2:] == foreign


def test_8_and_17_ids_are_pasted_over_or_drag_filled(many: Copies) -> None:
    def fill(book: Any) -> None:
        for number, row in enumerate(list(rows_of(book, "Fees"))):
            put("Fees", row, fee_id=f"FEE-{number:03}")(book)

    many.change(many.theirs, fill)
    unchanged(many, many.merge())


def test_8_ids_pasted_over_in_our_copy_come_back(many: Copies) -> None:
    many.change(many.ours, put("Fees", 5, fee_id="FEE-001"))
    many.change(many.theirs, put("Fees", 5, note="meant for this row"))
    many.merge()
    found = typed(many.result(), "Fees")
    assert len(found) == 14
    assert found["F-7J61Z"].note == "meant for this row"


def test_10_a_row_is_inserted_without_an_id(copies: Copies) -> None:
    def insert(book: Any) -> None:
        book["Fees"].insert_rows(5)
        put("Fees", 5, deal_id="D-0001", description="In between", net=77)(book)

    copies.change(copies.theirs, insert)
    copies.merge()
    found = typed(copies.result(), "Fees")
    assert [row.description for row in found.values()] == ["Deposit", "Second half", "In between"]
    assert all(map(ids.check, found))


def test_11_blank_rows_are_inserted_to_separate(copies: Copies) -> None:
    copies.change(copies.theirs, lambda book: book["Fees"].insert_rows(5, 2))
    unchanged(copies, copies.merge())


def test_12_a_total_row_is_added_at_the_bottom(copies: Copies) -> None:
    copies.change(copies.theirs, put("Fees", 12, description="Total", net="=SUM(F4:F5)"))
    unchanged(copies, copies.merge())


def test_13_a_row_is_deleted(copies: Copies) -> None:
    copies.change(copies.theirs, lambda book: book["Fees"].delete_rows(4))
    copies.merge()
    assert list(typed(copies.result(), "Fees")) == ["F-7J61Z"]


def test_14_the_contents_of_a_row_are_deleted_but_not_the_row(copies: Copies) -> None:
    def empty(book: Any) -> None:
        for cell in list(book["Fees"][5])[1:]:
            cell.value = None

    copies.change(copies.theirs, empty)
    copies.merge()
    assert list(typed(copies.result(), "Fees")) == ["F-KSAA9"]
    assert "F-7J61Z" in copies.result().present("Fees")


def test_15_a_row_is_deleted_and_typed_again(copies: Copies) -> None:
    def again(book: Any) -> None:
        page = book["Fees"]
        cells = {
            key: page.cell(5, column(book, "Fees", key)).value
            for key in ("deal_id", "origin", "fee_type", "trigger", "description", "net")
        }
        cells |= {"tax_rate": 0.19, "planned_on": page.cell(5, 8).value}
        page.delete_rows(5)
        put("Fees", 7, **cells)(book)

    copies.change(copies.theirs, again)
    unchanged(copies, copies.merge())


def test_18_rows_are_hidden(copies: Copies) -> None:
    def hide(book: Any) -> None:
        book["Fees"].row_dimensions[4].hidden = True
        put("Fees", 4, note="typed before it was hidden")(book)

    copies.change(copies.theirs, hide)
    copies.merge()
    assert typed(copies.result(), "Fees")["F-KSAA9"].note == "typed before it was hidden"


def test_21_a_thousand_rows_are_appended(copies: Copies) -> None:
    def append(book: Any) -> None:
        numbers = {key: column(book, "Fees", key) for key in ("deal_id", "description", "net")}
        for n in range(1_000):
            book["Fees"].cell(10 + n, numbers["deal_id"]).value = "D-0001"
            book["Fees"].cell(10 + n, numbers["description"]).value = f"Hour {n}"
            book["Fees"].cell(10 + n, numbers["net"]).value = 10 + n

    copies.change(copies.theirs, append)
    copies.merge()
    found = typed(copies.result(), "Fees")
    assert len(found) == 1_002
    assert all(map(ids.check, found))
    copies.ours = copies.out
    assert copies.merge().merged.plan == ()


def test_22_finished_rows_are_moved_to_a_tab_of_their_own(copies: Copies) -> None:
    def archive(book: Any) -> None:
        page = book.create_sheet("Archive")
        page.append([cell.value for cell in book["Fees"][4]])
        book["Fees"].delete_rows(4)

    copies.change(copies.theirs, archive)
    done = copies.merge()
    assert list(typed(copies.result(), "Fees")) == ["F-7J61Z"]
    assert [(n.kind, n.sheet) for n in done.merged.notices] == [("own-sheet", "Archive")]


def test_23_a_whole_tab_is_copied(copies: Copies) -> None:
    def duplicate(book: Any) -> None:
        book.copy_worksheet(book["Fees"]).title = "Fees (2)"

    copies.change(copies.theirs, duplicate)
    done = copies.merge()
    assert done.merged.plan == ()
    assert [n.sheet for n in done.merged.notices] == ["Fees (2)"]


def test_24_yesterdays_backup_comes_back_as_theirs(copies: Copies) -> None:
    copies.change(copies.ours, put("Fees", 4, note="typed today"))
    unchanged(copies, copies.merge())


# -- columns ---------------------------------------------------------------------------------


def test_25_and_27_a_column_of_their_own_and_columns_in_another_order(copies: Copies) -> None:
    def own(book: Any) -> None:
        page = book["Fees"]
        at = page.max_column + 1
        page.cell(3, at).value = "Colour code"
        page.cell(4, at).value = "red"
        put("Fees", 4, note="typed too")(book)

    copies.change(copies.theirs, own)
    done = copies.merge()
    assert typed(copies.result(), "Fees")["F-KSAA9"].note == "typed too"
    assert [(n.kind, n.column) for n in done.merged.notices] == [("own-column", "Colour code")]


def lose(book: Any, key: str) -> None:
    header(book, "Fees", key).value = "Something else"
    del book.defined_names[f"sr_Fees_{key}"]


def test_26_a_column_is_deleted(copies: Copies) -> None:
    copies.change(copies.base, put("Fees", 4, note="kept"))
    copies.change(copies.ours, put("Fees", 4, note="kept"))

    def drop(book: Any) -> None:
        number = column(book, "Fees", "note")
        for row in range(1, 10):
            book["Fees"].cell(row, number).value = None
        del book.defined_names["sr_Fees_note"]

    copies.change(copies.theirs, drop)
    done = copies.merge()
    assert done.merged.plan == ()
    assert [(n.kind, n.column) for n in done.merged.notices] == [("unobserved", "note")]


def test_28_a_header_is_renamed_so_that_nobody_knows_the_column(copies: Copies) -> None:
    copies.change(copies.theirs, lambda book: lose(book, "description"))
    done = copies.merge()
    assert done.merged.plan == ()
    assert ("unobserved", "description") in [(n.kind, n.column) for n in done.merged.notices]


def test_28_a_row_is_deleted_where_a_renamed_column_hid_something(copies: Copies) -> None:
    def both(book: Any) -> None:
        lose(book, "description")
        book["Fees"].delete_rows(5)

    copies.change(copies.theirs, both)
    done = copies.merge()
    assert done.merged.plan == ()
    assert [(c.at.row_id, c.kind.name) for c in done.merged.conflicts] == [("F-7J61Z", "UNSEEN")]


@pytest.mark.parametrize("text", ["Bezeichnung", " Description\n", "What it is"])
def test_29_and_30_a_header_is_translated_spaced_or_reworded(copies: Copies, text: str) -> None:
    def change(book: Any) -> None:
        header(book, "Fees", "description").value = text
        put("Fees", 4, description="Deposit, mailed")(book)

    copies.change(copies.theirs, change)
    done = copies.merge()
    assert len(done.merged.plan) == 1
    assert typed(copies.result(), "Fees")["F-KSAA9"].description == "Deposit, mailed"


# -- cells -----------------------------------------------------------------------------------


@pytest.mark.parametrize("text", ["12,500.00", "12.500,00", "EUR 500", "500-", "01/02/03"])
def test_37_and_38_text_in_a_number_arrives_as_it_was_typed(copies: Copies, text: str) -> None:
    copies.change(copies.theirs, put("Fees", 4, net=text))
    copies.merge()
    assert copies.result().raw("Fees", 4, "net") == text


def test_40_a_number_becomes_text(copies: Copies) -> None:
    copies.change(copies.theirs, put("Fees", 4, net="8400"))
    copies.merge()
    assert copies.result().raw("Fees", 4, "net") == "8400"


def test_41_a_percentage_is_typed_as_a_number(copies: Copies) -> None:
    copies.change(copies.theirs, put("Fees", 4, tax_rate=7))
    copies.merge()
    assert copies.result().raw("Fees", 4, "tax_rate") == 7


def test_42_a_tick_in_another_language(copies: Copies) -> None:
    copies.change(copies.theirs, put("Fees", 4, ready="ja"))
    copies.merge()
    assert copies.result().raw("Fees", 4, "ready") == "ja"


def test_43_a_formula_replaces_a_value_and_was_not_calculated(copies: Copies) -> None:
    copies.change(copies.theirs, put("Fees", 4, net="=F5*2"))
    done = copies.merge()
    assert done.merged.plan == ()
    assert [(n.kind, n.column) for n in done.merged.notices] == [("unread", "net")]


def test_44_a_value_is_pasted_over_what_a_formula_fills(copies: Copies) -> None:
    copies.change(copies.theirs, put("Fees", 4, gross=1, outstanding=2))
    unchanged(copies, copies.merge())


@pytest.mark.parametrize("error", ["#REF!", "#N/A", "#DIV/0!"])
def test_45_an_error_is_not_a_value(copies: Copies, error: str) -> None:
    copies.change(copies.theirs, put("Fees", 4, net=error))
    done = copies.merge()
    assert done.merged.plan == ()
    assert [n.words.split()[3] for n in done.merged.notices] == [error]


def test_46_a_long_text_with_everything_in_it(copies: Copies) -> None:
    text = "x" * 30_000 + "\nline\u00a0two \u05e9\u05dc\u05d5\u05dd \U0001f600"
    copies.change(copies.theirs, put("Fees", 4, note=text))
    copies.merge()
    raw = copies.result().raw("Fees", 4, "note")
    assert isinstance(raw, str)
    assert raw.replace("\u00a0", " ").endswith("two \u05e9\u05dc\u05d5\u05dd \U0001f600")
    assert len(raw) == len(text)


def test_48_find_and_replace_over_everything(many: Copies) -> None:
    def replace(book: Any) -> None:
        for row in list(rows_of(book, "Fees")):
            cell = book["Fees"].cell(row, column(book, "Fees", "description"))
            cell.value = cell.value.replace("Line", "Part")

    many.change(many.theirs, replace)
    assert [guard.name for guard in many.merge().merged.refused] == ["all-changed"]
    many.merge("all-changed")
    assert {row.description[:4] for row in typed(many.result(), "Fees").values()} == {"Part"}


def test_49_a_whole_column_is_cleared(many: Copies) -> None:
    def clear(book: Any) -> None:
        for row in list(rows_of(book, "Fees")):
            book["Fees"].cell(row, column(book, "Fees", "planned_on")).value = None

    many.change(many.theirs, clear)
    assert [guard.name for guard in many.merge().merged.refused] == ["all-changed"]


def test_50_a_workbook_that_counts_days_from_1904(copies: Copies) -> None:
    from openpyxl.utils.datetime import CALENDAR_MAC_1904

    def switch(book: Any) -> None:
        book.epoch = CALENDAR_MAC_1904

    copies.change(copies.theirs, switch)
    unchanged(copies, copies.merge())


# -- files and people ------------------------------------------------------------------------


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


# -- saved by LibreOffice --------------------------------------------------------------------


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
