"""What --fix does to each kind of cell: before and after, one a line."""

import datetime as dt
import random
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from mend import drafts
from messy import firm
from sheetrecord.core.autofix import HeaderFix
from sheetrecord.model.errors import CannotWrite, ChangedElsewhere
from sheetrecord.model.value import Formula
from sheetrecord.schema import ids

DAY = dt.date

TYPED: list[tuple[str, str, Any, Any]] = [
    # sheet, column, typed, mended (None: left for a person)
    ("Deal", "value_net", "28.000,00", 28000),
    ("Deal", "value_net", "28 000 EUR", 28000),
    ("Deal", "value_net", "$28,000.00", None),  # the deal is in euros
    ("Deal", "value_net", "28,000.00 €", 28000),
    ("Deal", "value_net", "28000", 28000),
    ("Deal", "value_net", "(500.00)", -500),
    ("Deal", "value_net", "28,000", None),
    ("Deal", "value_net", "28k", None),
    ("Deal", "value_net", "28.000,333", None),
    ("Deal", "value_net", "99999999999999999", None),
    ("Deal", "contract_end", "30.10.2026", DAY(2026, 10, 30)),
    ("Deal", "contract_end", "2026-10-30", DAY(2026, 10, 30)),
    ("Deal", "contract_end", "30 Oct 2026", DAY(2026, 10, 30)),
    ("Deal", "contract_end", "10/11/2026", None),
    ("Deal", "contract_end", "end of Q3", None),
    ("Deal", "stage", "closed-won", "Won"),
    ("Deal", "stage", "Won!", "Won"),
    ("Deal", "stage", "purple", None),
    ("Deal", "currency", "eur", "EUR"),
    ("Deal", "currency", "$", None),
    ("Deal", "client", "Ac\u200bme Works", "Acme Works"),
    ("Deal", "ready_to_close", True, "yes"),
    ("Deal", "ready_to_close", "yes (I think)", None),
    ("Fees", "tax_rate", 19, None),  # a person says whether 19 % was meant
    ("Project", "pct_done", 1.5, None),
    ("Project", "pct_done", 50, None),
    ("Project", "pct_done", "50 %", 0.5),
    ("Fees", "tax_rate", "19 %", 0.19),
    ("Fees", "deal_id", "d-1", "D-0001"),
    ("Context", "deal_id", "D 0001", "D-0001"),
    ("Fees", "deal_id", "D-0099", None),
]


@pytest.mark.parametrize(
    ("sheet", "key", "typed", "mended"),
    TYPED,
    ids=[f"{sheet} {key}: {typed!a}" for sheet, key, typed, _ in TYPED],
)
def test_a_cell_with_one_meaning_is_mended_and_any_other_is_left(
    sheet: str, key: str, typed: Any, mended: Any, tmp_path: Path
) -> None:
    before = firm.workbook(drafts.rows_with(sheet, **{key: typed}))
    path = drafts.on_disk(tmp_path, before)
    draft, changes = drafts.fixed(path)
    here = [(c.new) for c in changes if (c.sheet, c.where.key) == (sheet, key)]
    assert here == ([] if mended is None else [mended])
    assert not drafts.mend(draft, random.Random(8))[1]


def test_a_month_that_became_a_date_is_a_month_again(tmp_path: Path) -> None:
    def type_month(book: Any) -> None:
        column = next(c.column for c in book["Fees"][3] if c.value == "Period")
        book["Fees"].cell(4, column).number_format = "mmm yy"
        book["Fees"].cell(4, column).value = DAY(2026, 7, 1)

    draft, changes, _ = found(tmp_path, type_month)
    assert [c.new for c in changes] == ["2026-07"]
    assert draft.checked.parsed.record.fees[0].period == "2026-07"


def change(**cells: Any) -> Callable[[Any], None]:
    """Return a change by another program: ``Deal_B3=None`` empties a cell."""

    def apply(book: Any) -> None:
        for name, value in cells.items():
            sheet, ref = name.split("_")
            book[sheet][ref] = value

    return apply


def copy_row(sheet: str, source: int, target: int) -> Callable[[Any], None]:
    def apply(book: Any) -> None:
        cells = book[sheet]
        for column in range(1, cells.max_column + 1):
            cells.cell(target, column).value = cells.cell(source, column).value

    return apply


def found(
    tmp_path: Path, *edits: Callable[[Any], None]
) -> tuple[Any, tuple[HeaderFix, ...], bytes]:
    def apply(book: Any) -> None:
        for edit in edits:
            edit(book)

    before = firm.edited(firm.workbook(), apply)
    draft, changes = drafts.fixed(drafts.on_disk(tmp_path, before))
    return draft, changes, before


def test_a_row_without_an_id_gets_a_new_one_with_its_check_character(tmp_path: Path) -> None:
    draft, changes, _ = found(tmp_path, change(Fees_A5=None))
    [(address, new)] = [(c.where.address, c.new) for c in changes]
    assert address == "Fees!A5"
    assert str(new).startswith("F-")
    assert ids.check(str(new))
    assert draft.checked.parsed.record.fees[1].id == new


def test_a_copied_row_gets_its_own_id_and_keeps_all_it_holds(tmp_path: Path) -> None:
    point = change(Fees_C4="x")  # any cell: the file is saved by another program
    draft, changes, before = found(tmp_path, copy_row("Commitments", 4, 5), point)
    mine = [c for c in changes if c.code == "ROW-001"]
    assert [c.where.address for c in mine] == ["Commitments!A5"]
    was, now = drafts.cells(before), drafts.cells(draft.transaction.image())
    first, copy = draft.checked.parsed.record.commitments
    assert first.id == was["Commitments!4.1"] == was["Commitments!5.1"]
    assert copy.id == mine[0].new != first.id
    typed = {k: v for k, v in was.items() if k.startswith("Commitments!5.") and k[-2:] != ".1"}
    assert {k: now[k] for k in typed if not isinstance(typed[k], Formula)} == {
        k: v for k, v in typed.items() if not isinstance(v, Formula)
    }


def test_references_keep_pointing_at_the_first_of_two_copies(tmp_path: Path) -> None:
    held = drafts.cells(firm.workbook())["Commitments!4.1"]
    rows = drafts.rows_with("Fees", commitment_ref=held)
    before = firm.edited(firm.workbook(rows), copy_row("Commitments", 4, 5))
    draft, _ = drafts.fixed(drafts.on_disk(tmp_path, before))
    record = draft.checked.parsed.record
    assert record.fees[0].commitment_ref == record.commitments[0].id == held


def test_a_deal_gets_the_next_number_that_stands_nowhere_in_the_workbook(tmp_path: Path) -> None:
    log = "2026-01-02 D-0041 was deleted by Ana"

    def note(book: Any) -> None:
        book.create_sheet("Log")["B7"] = log

    draft, changes, _ = found(tmp_path, copy_row("Deal", 4, 5), note)
    [new] = [c.new for c in changes if c.code == "ROW-001"]
    assert new == "D-0042"
    assert [deal.id for deal in draft.checked.parsed.record.deals] == ["D-0001", "D-0042"]


def test_a_deal_number_is_not_given_again_after_its_row_is_deleted(tmp_path: Path) -> None:
    draft, changes, _ = found(tmp_path, copy_row("Deal", 4, 5))
    [first] = [c.new for c in changes if c.code == "ROW-001"]
    again = firm.edited(draft.transaction.image(), copy_row("Deal", 4, 5))
    _, changes = drafts.fixed(drafts.on_disk(tmp_path, again))
    [second] = [c.new for c in changes if c.code == "ROW-001"]
    assert str(second) > str(first)


def test_an_opaque_id_that_stands_anywhere_is_not_given_again(tmp_path: Path) -> None:
    _, changes, _ = found(tmp_path, change(Fees_A5=None))
    [first] = [c.new for c in changes]
    _, changes, _ = found(tmp_path, change(Fees_A5=None, Start_J40=f"old: {first}."))
    [second] = [c.new for c in changes]
    assert second != first


def test_a_formula_typed_over_comes_back_and_the_value_stays_in_a_note(tmp_path: Path) -> None:
    draft, changes, _ = found(tmp_path, change(Fees_G4=77))
    [one] = changes
    assert (one.where.address, one.old) == ("Fees!G4", 77)
    now = drafts.cells(draft.transaction.image(), cached=False)
    assert now["Fees!4.7"] == drafts.cells(firm.workbook(), cached=False)["Fees!4.7"]
    assert "77" in drafts.notes(draft.transaction.image())["Fees!G4"]


def test_a_formula_pasted_as_the_value_it_had_comes_back_without_a_note(tmp_path: Path) -> None:
    draft, changes, _ = found(tmp_path, change(Fees_G4=9996.0))
    assert [c.where.address for c in changes] == ["Fees!G4"]
    assert not drafts.notes(draft.transaction.image())


def test_a_typed_value_whose_cell_has_somebodys_note_is_left_alone(tmp_path: Path) -> None:
    from openpyxl.comments import Comment

    def note(book: Any) -> None:
        book["Fees"]["G4"].comment = Comment("agreed on the phone", "Ana")

    draft, changes, before = found(tmp_path, change(Fees_G4=77), note)
    assert not changes
    assert draft.transaction.image() == before


def test_a_note_of_an_earlier_check_does_not_keep_a_cell_from_being_mended(tmp_path: Path) -> None:
    path = drafts.on_disk(tmp_path, firm.edited(firm.workbook(), change(Fees_G4=77)))
    path.write_bytes(drafts.marked(path).transaction.image())
    draft, changes = drafts.fixed(path)
    assert [c.where.address for c in changes] == ["Fees!G4"]
    path.write_bytes(draft.transaction.image())
    assert drafts.notes(drafts.cleaned(path).transaction.image()).keys() == {"Fees!G4"}


def test_formulas_missing_on_many_rows_come_back_on_all_of_them(tmp_path: Path) -> None:
    draft, changes, _ = found(tmp_path, change(Fees_G4=None, Fees_G5=None))
    assert [(c.where.address, c.code) for c in changes] == [
        ("Fees!G4", "ROW-007"),
        ("Fees!G5", "ROW-007"),
    ]
    assert "ROW-007" not in {p.code for p in draft.checked.report.problems}


def test_a_formula_of_the_firms_own_is_never_replaced_by_a_value(tmp_path: Path) -> None:
    def own(book: Any) -> None:
        book["Deal"]["H4"] = '="28."&"000,00"'

    before = firm.edited(firm.workbook(), own)
    from sheetrecord.xlsx import SetCell, patch

    text = Formula('"28."&"000,00"', "28.000,00")
    before = patch(before, [SetCell("Deal", "H4", text)]).data
    _, changes = drafts.fixed(drafts.on_disk(tmp_path, before))
    assert not changes


def test_a_blank_header_is_typed_again(tmp_path: Path) -> None:
    draft, changes, _ = found(tmp_path, change(Deal_B3=None))
    assert [(c.where.address, c.new, c.code) for c in changes] == [
        ("Deal!B3", "Client", "HEAD-008")
    ]
    assert not draft.checked.report.problems


def test_a_lost_column_name_is_given_back(tmp_path: Path) -> None:
    def lose(book: Any) -> None:
        del book.defined_names["sr_Deal_client"]

    draft, changes, _ = found(tmp_path, lose)
    assert [(c.where.address, c.name) for c in changes] == [("Deal!B3", "sr_Deal_client")]
    assert not [p for p in draft.checked.report.problems if p.code == "HEAD-006"]


def test_only_what_was_asked_for_is_mended(tmp_path: Path) -> None:
    rows = drafts.rows_with("Deal", value_net="28.000,00", stage="closed-won")
    path = drafts.on_disk(tmp_path, firm.workbook(rows))
    asked = drafts.ASKED._replace(choice=drafts.ASKED.choice._replace(select=("TYPE-001",)))
    _, changes = drafts.fixed(path, asked)
    assert [c.code for c in changes] == ["TYPE-001"]


def test_nothing_is_written_when_somebody_saved_meanwhile(tmp_path: Path) -> None:
    from sheetrecord.app.rewrite import write

    path = drafts.on_disk(tmp_path, firm.workbook(drafts.rows_with("Deal", currency="eur")))
    draft, changes = drafts.fixed(path)
    assert changes
    path.write_bytes(firm.workbook())
    with pytest.raises(ChangedElsewhere):
        write(draft)
    assert path.read_bytes() == firm.workbook()


def test_a_text_of_tables_is_refused_with_what_to_do(tmp_path: Path) -> None:
    path = tmp_path / "firm.md"
    path.write_text("| Deal | deal_id |\n|---|---|\n| | D-0001 |\n", "utf-8")
    with pytest.raises(CannotWrite, match=r"Save the record as \.xlsx"):
        drafts.fixed(path)


@pytest.mark.parametrize(
    ("sheet", "pointed"),
    [("Deal", ("Context", "deal_id", "D-0001")), ("Commitments", ("Fees", "commitment_ref", None))],
)
def test_a_row_whose_id_was_deleted_gets_no_new_one_while_rows_point_to_the_old(
    sheet: str, pointed: tuple[str, str, str | None], tmp_path: Path
) -> None:
    other, key, _ = pointed

    def clear(book: Any) -> None:
        old = book[sheet]["A4"].value
        _, letters, _ = book.defined_names[f"sr_{other}_{key}"].attr_text.split("$")
        book[other][f"{letters}4"].value = old
        book[sheet]["A4"].value = None

    path = drafts.on_disk(tmp_path, firm.edited(firm.workbook(), clear))
    _, changes = drafts.fixed(path)
    assert [c for c in changes if (c.sheet, c.where.row, c.where.column) == (sheet, 4, 1)] == []
    (said,) = [p for p in firm.check(path).report.problems if p.code == "ROW-002"]
    assert "which no row has" in said.message
