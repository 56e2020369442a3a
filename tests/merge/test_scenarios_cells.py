"""What people really do to columns and cells of a copy, through real files."""

from typing import Any

import pytest

from merge.files import Copies, column, header, lose, put, rows_of, typed, unchanged


def test_25_a_column_of_their_own(copies: Copies) -> None:
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


def test_a_word_that_their_lists_know_again_is_not_written_over_itself(copies: Copies) -> None:
    def forget(book: Any) -> None:
        words = book["Lists"][book.defined_names["sr_list_stage_label"].attr_text.split("!")[1]]
        next(cell for (cell,) in words if cell.value == "Won").value = None

    for path in (copies.base, copies.ours):
        copies.change(path, forget)
    unchanged(copies, copies.merge())
