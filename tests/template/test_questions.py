"""What each template asks: questions, ready rows, fee templates; and what lists may change."""

import datetime as dt
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from conftest import Ran
from messy import firm
from promote.firm import ready, workbook
from sheetrecord.app.validate import validate
from sheetrecord.core.handover.fee_templates import choose
from sheetrecord.formats import xlsx
from sheetrecord.formats.template import TEMPLATES, build
from sheetrecord.formats.template.values import RawCell
from sheetrecord.schema.fee_templates import read_templates
from sheetrecord.schema.lists import ANSWERS, ENUMS, FENCES
from sheetrecord.schema.packs import LANGUAGES, pack
from sheetrecord.schema.prompts import PROMPTS
from sheetrecord.schema.read.lexicon import read_lexicon
from template.recalculate import recalculated
from template.test_agreement import disagreements

ASOF = dt.date(2026, 3, 4)


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_kind_and_every_ready_type_has_its_question(language: str) -> None:
    words = pack(language)
    assert set(words.prompts) == set(ENUMS["kind"])
    assert set(words.type_prompts) == {code for spec in TEMPLATES.values() for code in spec.types}


def test_every_trade_asks_the_five_that_shut_the_gate_and_something_of_its_own() -> None:
    always = {"real_deadline", "why_us", "pressure", "success_formal", "pushback"}
    asked = {name: {p.kind for p in spec.prompts} for name, spec in TEMPLATES.items()}
    for name, spec in TEMPLATES.items():
        assert always <= {p.kind for p in spec.prompts if p.blocks}
        assert set(FENCES) | {"promise"} <= set(spec.types), name
    trades = [asked[name] for name in ("consultancy", "agency", "architect", "integrator")]
    assert len(set(map(frozenset, trades))) == len(trades)


@pytest.mark.parametrize("name", TEMPLATES)
def test_a_template_has_lines_for_every_fee_model(name: str, tmp_path: Path) -> None:
    path = tmp_path / "new.xlsx"
    path.write_bytes(build(TEMPLATES[name]._replace(asof=ASOF), {}))
    book = xlsx.read(path)
    found = read_templates(book, read_lexicon(book, TEMPLATES[name].language))
    for model in ENUMS["fee_model"]:
        assert choose(found, "", model) is not None, model


def lists(change: Any, tmp_path: Path) -> set[str]:
    """Return the kinds that block after somebody changed the list of kinds."""

    def edit(book: Any) -> None:
        area = book.defined_names["sr_list_kind_code"].attr_text.split("!")[1]
        for (cell,) in book["Lists"][area]:
            change(cell)

    path = tmp_path / "firm.xlsx"
    path.write_bytes(firm.edited(firm.workbook(), edit))
    return {p.kind for p in firm.check(path).report.record.settings.prompts if p.blocks}


def test_a_list_may_turn_a_merged_question_on_and_none_of_the_five_off(tmp_path: Path) -> None:
    assert "alternative" not in lists(lambda cell: None, tmp_path)

    def ask(cell: Any) -> None:
        if cell.value == "alternative":
            cell.offset(column=1).value, cell.offset(column=2).value = "won", "error"

    def silence(cell: Any) -> None:
        if cell.value in {"why_us", "alternative"}:
            cell.offset(column=1).value, cell.offset(column=2).value = None, "off"

    assert "alternative" in lists(ask, tmp_path)
    assert "why_us" in lists(silence, tmp_path)


def test_a_price_that_is_set_has_four_limits_and_none_is_an_answer(tmp_path: Path) -> None:
    rows = ready()
    kept = [row for row in rows["Commitments"] if ANSWERS[row["type"]] == 1]
    path = tmp_path / "firm.xlsx"
    path.write_bytes(workbook({**rows, "Commitments": kept}))
    shut = {p.code for p in validate(str(path), today=ASOF).report.problems if p.handover}
    assert {"COM-025", "COM-026", "COM-027"} <= shut
    told = [{"deal_id": "D-0001", "type": type_, "what": "none"} for type_ in FENCES]
    path.write_bytes(workbook({**rows, "Commitments": [*kept, *told]}))
    shut = {p.code for p in validate(str(path), today=ASOF).report.problems if p.handover}
    assert not {code for code in shut if code.startswith("COM")}


def test_validate_refuses_the_fee_model_that_promote_refuses(tmp_path: Path, run: Any) -> None:
    path = tmp_path / "firm.xlsx"
    path.write_bytes(workbook(ready(fee_model="retainer"), fee_templates=("fixed_50_50",)))
    problems = validate(str(path), today=ASOF).report.problems
    assert "OWN-003" not in {p.code for p in problems}  # not yet at the gate
    told: Ran = run("validate", path, "D-0001", "--gate", "won", "--asof", ASOF)
    assert told.code == 1
    assert "OWN-003" in told.out
    assert run("promote", path, "D-0001", "--by", "Ines", "--asof", ASOF).code == 1


def test_promote_writes_down_who_says_that_there_is_nothing(tmp_path: Path, run: Any) -> None:
    rows = ready()
    rows["Commitments"].append(
        {
            "deal_id": "D-0001",
            "type": "assumption",
            "what": "Ten meetings",
            "due_on": dt.date(2026, 5, 4),
        }
    )
    path = tmp_path / "firm.xlsx"
    path.write_bytes(workbook(rows))
    done = run("promote", path, "D-0001", "--by", "Ines", "--asof", ASOF)
    assert done.code == 0, done.out
    sheet = openpyxl.load_workbook(path)["Commitments"]
    said = {row[4].value: (row[5].value, row[6].value) for row in sheet.iter_rows(min_row=4)}
    assert said["none"][0] == "Ines"
    assert said["none"][1].date() == ASOF
    project = openpyxl.load_workbook(path)["Project"].iter_rows(values_only=True)
    assert any("Check: Ten meetings" in str(cell) for row in project for cell in row)


def test_prompts_are_declared_once() -> None:
    assert len({p.kind for p in PROMPTS}) == len(PROMPTS)
    assert all(p.code == "CTX-009" for p in PROMPTS if p.listed)


BLANKS: list[tuple[Any, str, bool]] = [
    # the cell of the deal, the currency it has, is it asked for
    (None, "USD", False),
    ("\N{NO-BREAK SPACE}", "USD", False),
    ("EUR", "EUR", False),
    ("money", "", True),
    (5, "", True),
]


@pytest.mark.parametrize(("cell", "code", "missing"), BLANKS)
def test_a_deal_without_a_currency_has_the_one_of_settings(
    cell: Any, code: str, *, missing: bool, tmp_path: Path
) -> None:
    path = tmp_path / "firm.xlsx"
    rows = ready()
    rows["Deal"][0] |= {"currency": None if cell is None else RawCell(cell)}
    path.write_bytes(workbook(rows, currency="USD"))
    report = validate(str(path), today=ASOF).report
    assert report.record.by_deal["D-0001"].deal.currency == code
    assert {row.currency for row in report.record.fees} <= {code}
    found = {p.code for p in report.problems if p.where.key == "currency" and p.handover}
    assert bool(found) is missing


@pytest.mark.libreoffice
def test_the_sheet_counts_a_blank_currency_as_the_engine_does(tmp_path: Path) -> None:
    path = tmp_path / "firm.xlsx"
    rows = ready()
    first = rows["Deal"][0]
    rows["Deal"] = [
        {**first, "deal_id": f"D-{i:04}", "currency": None if cell is None else RawCell(cell)}
        for i, (cell, _, _) in enumerate(BLANKS, 1)
    ]
    path.write_bytes(workbook(rows, currency="USD"))
    judged = recalculated(path, tmp_path)
    found, compared = disagreements(path, judged)
    assert compared
    assert not found
