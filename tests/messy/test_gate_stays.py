"""A gate does not go with a sheet, a name or an id: it is found again, or it stays shut."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from messy import firm
from sheetrecord.app.handover import open_handover, promote_deal
from sheetrecord.app.validate import Checked
from sheetrecord.core.handover.promote import PromoteRequest
from sheetrecord.formats.template import TEMPLATES, build
from sheetrecord.formats.xlsx import book_of
from sheetrecord.schema.packs import LANGUAGES
from sheetrecord.schema.read.lost_names import refound
from sheetrecord.xlsx import open_workbook

Change = Callable[[Any], None]


def with_own_gate(book: Any) -> None:
    """Let the firm ask for the CRM number of every deal, and say that it blocks."""
    _, area = book.defined_names["sr_set_required"].attr_text.split("!")
    row = int(area.split(":")[0].split("$")[2])
    for column, text in enumerate(("Deal", "CRM number", "Won", "yes"), start=1):
        book["Settings"].cell(row, column).value = text


def without_names(book: Any) -> None:
    book.defined_names.clear()


def without_settings(book: Any) -> None:
    del book["Settings"]


def without_lists(book: Any) -> None:
    del book["Lists"]


def titled_anew(book: Any) -> None:
    book.defined_names.clear()
    for old, new in (("Settings", "Firma"), ("Lists", "Words")):
        book[old].title = new
        for sheet in book:
            for cell in firm.formulas(sheet):
                cell.value = cell.value.replace(f"{old}!", f"{new}!")


def checked(tmp_path: Path, *changes: Change) -> Checked:
    def all_of_them(book: Any) -> None:
        for change in changes:
            change(book)

    path = tmp_path / "firm.xlsx"
    path.write_bytes(firm.edited(firm.workbook(), all_of_them))
    return firm.check(path)


def blocking(one: Checked) -> list[str]:
    return [p.code for p in one.report.problems if p.gate]


@pytest.mark.parametrize("lost", [without_names, titled_anew])
def test_a_firms_own_gate_is_found_again_without_names(lost: Change, tmp_path: Path) -> None:
    whole = checked(tmp_path, with_own_gate)
    again = checked(tmp_path, with_own_gate, lost)
    assert blocking(whole) == blocking(again) == ["OWN-001"]
    assert again.report.record == whole.report.record
    new = {p.code for p in again.report.problems} - {p.code for p in whole.report.problems}
    assert new == {"HEAD-017"}


@pytest.mark.parametrize("lost", [without_settings, without_lists])
def test_a_deleted_sheet_is_one_error_and_nothing_is_promoted(lost: Change, tmp_path: Path) -> None:
    found = checked(tmp_path, lost)
    errors = [p.code for p in found.report.problems if p.severity == 3]
    assert errors == ["HEAD-016"]
    assert not any(deal.ready for deal in found.report.deals)
    opened = open_handover(str(found.address), today=firm.ASOF)
    done = promote_deal(opened, PromoteRequest("D-0001", "me"), only_plan=True)
    assert done.step.outcome == "refused"
    assert any("cannot be read" in p.message for p in done.step.refusals)


def test_a_setting_whose_row_is_gone_is_named(tmp_path: Path) -> None:
    def without_the_day(book: Any) -> None:
        book["Settings"].delete_rows(5)
        book.defined_names["sr_set_asof"].attr_text = "#REF!"

    found = checked(tmp_path, without_the_day)
    assert {p.message for p in found.report.problems if p.code == "HEAD-018"} == {
        "The sheet Settings no longer holds what this record needs: Judged by the day."
    }
    assert not found.report.deals[0].ready


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("template", sorted(TEMPLATES))
def test_headings_lead_to_where_the_names_led(template: str, language: str) -> None:
    spec = TEMPLATES[template]._replace(language=language, rows=firm.READY, seeded_deals=1)
    book = book_of(open_workbook(build(spec, {})), "firm.xlsx")
    found = refound(book.named({}))
    wanted = {
        name: area for name, area in book.names.items() if "_set_" in name or "_list_" in name
    }
    assert {name: found.names.get(name) for name in wanted} == wanted
    assert not found.unread


def test_a_deal_without_an_id_is_judged_with_the_rows_that_name_the_lost_one(
    tmp_path: Path,
) -> None:
    def clear_id(book: Any) -> None:
        book["Deal"]["A4"].value = None

    found = checked(tmp_path, clear_id)
    assert [p.code for p in found.report.problems if p.severity > 1] == ["ROW-002"]
    (said,) = [p.message for p in found.report.problems if p.code == "ROW-002"]
    assert "23 rows point to D-0001, which no row has" in said
    (deal,) = found.report.deals
    assert (deal.deal_id, deal.to_handover, deal.ready) == ("D-0001", 0, False)


def test_deals_without_an_id_are_judged_by_their_rows(tmp_path: Path) -> None:
    def two_more(book: Any) -> None:
        for row in (5, 6):
            for column, text in enumerate(("Bolt", "Audit", "Won", "Ana Ruiz"), start=2):
                book["Deal"].cell(row, column).value = text
            book["Deal"].cell(row, 1).value = None

    found = checked(tmp_path, two_more)
    states = {deal.deal_id: deal for deal in found.report.deals}
    assert set(states) == {"D-0001", "row 5", "row 6"}
    assert states["row 5"].gate_open > 10
    assert not states["row 5"].ready
    assert states["D-0001"].ready
