"""What people really do to the rows of a copy, through real files saved by another program."""

import random
from typing import Any

from merge.files import Copies, column, move_rows, put, rows_of, typed, unchanged
from sheetrecord.schema import ids


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
