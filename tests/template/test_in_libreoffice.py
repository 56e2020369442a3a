"""LibreOffice calculates every template without an error; Check lists what the gate counts."""

from pathlib import Path

import openpyxl
import pytest

from sheetrecord.formats.template import TEMPLATES, Spec, build
from sheetrecord.sample import sample_firm
from sheetrecord.schema.packs import pack
from sheetrecord.schema.prompts import PRESEEDED
from sheetrecord.schema.sheets import SHEETS
from template.messyrows import ASOF, messy_rows
from template.recalculate import recalculated

pytestmark = [pytest.mark.libreoffice, pytest.mark.slow]

SMALL = {"Deal": 8, "Context": 10, "Commitments": 8, "Project": 8, "Fees": 8, "Gaps": 4}


def values(data: bytes, folder: Path) -> openpyxl.Workbook:
    book = folder / "book.xlsx"
    book.write_bytes(data)
    return openpyxl.load_workbook(recalculated(book, folder), data_only=True)


def errors(book: openpyxl.Workbook) -> list[str]:
    return [
        f"{sheet.title}!{cell.coordinate} {cell.value}"
        for sheet in book
        for row in sheet.iter_rows()
        for cell in row
        if cell.data_type == "e" or (isinstance(cell.value, str) and cell.value.startswith("Err:"))
    ]


@pytest.mark.parametrize("language", ["en", "de", "es", "fr"])
def test_a_new_workbook_has_no_error_and_its_blank_rows_look_blank(
    language: str, tmp_path: Path
) -> None:
    book = values(build(Spec(language=language, asof=ASOF)), tmp_path)
    assert errors(book) == []
    words = pack(language)
    assert book[words.sheets["Check"]]["A2"].value == words.words["check_none"]
    for key, sheet in SHEETS.items():
        front = [column.key for column in sheet.columns if column.front]
        for row in book[words.sheets[key]].iter_rows(
            min_row=4, max_col=len(front), values_only=True
        ):
            shown = {k for k, value in zip(front, row, strict=True) if value not in {None, ""}}
            said = {"state"} if key == "Context" else set()  # that it was not asked
            assert shown <= {front[0], "deal_id", *PRESEEDED.get(key, ()), *said}


def test_the_sample_firm_has_no_error_cell(tmp_path: Path) -> None:
    spec = TEMPLATES["integrator"]._replace(asof=ASOF)
    assert errors(values(build(spec, sample_firm(spec, asof=ASOF)), tmp_path)) == []


def test_check_lists_every_open_item_of_every_deal_in_order(tmp_path: Path) -> None:
    rows = messy_rows(11, 8)
    book = values(build(Spec(asof=ASOF, rows=SMALL, seeded_deals=1), rows), tmp_path)
    assert errors(book) == []
    gate = {}
    deal = book["Deal"]
    titles = {cell.value: cell.column for cell in deal[3]}
    for row in range(4, 12):
        gate[deal.cell(row, 1).value] = deal.cell(row, titles["Open now"]).value or 0
    lines = [
        row for row in book["Check"].iter_rows(min_row=5, max_col=5, values_only=True) if row[0]
    ]
    assert sum(gate.values()) > 10
    assert book["Check"]["A2"].value == f"{sum(gate.values())} open now"
    assert [line[0] for line in lines] == sorted(line[0] for line in lines)
    assert {line[0] for line in lines} == {key for key, count in gate.items() if count}
    for deal_id, count in gate.items():
        mine = [line for line in lines if line[0] == deal_id]
        assert len(mine) <= count
        assert len({line[2:4] for line in mine}) == len(mine)
    for line in lines:
        assert all(line[2:5]), line
