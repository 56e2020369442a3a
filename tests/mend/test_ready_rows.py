"""Every deal comes to its questions: those typed below the ready ones, and those a firm adds."""

import io
from collections import Counter
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from built import build
from mend import drafts
from messy import firm
from sheetrecord.app.ready_rows import with_ready_rows
from sheetrecord.app.rewrite import CheckScope, take
from sheetrecord.app.validate import validate
from sheetrecord.core.check import Selection
from sheetrecord.core.derive import derive
from sheetrecord.formats.template import TEMPLATES
from sheetrecord.schema.lists import STAGE_RANK
from sheetrecord.schema.packs import pack
from template.recalculate import recalculated

SMALL = {"Deal": 6, "Context": 8, "Commitments": 2, "Project": 2, "Fees": 2, "Gaps": 1}
SOLD = {"client": "Beta", "deal_name": "Tower", "deal_owner": "Ines", "fee_model": "fixed"}


def book(tmp_path: Path, deals: list[dict[str, Any]], change: Any = None, **spec: Any) -> Path:
    """Return a workbook whose template has rows ready for one further deal only."""
    name = spec.pop("template", "architect")
    wanted = TEMPLATES[name]._replace(asof=firm.ASOF, rows=SMALL, seeded_deals=1, **spec)
    data = build(wanted, {"Deal": deals})
    return drafts.on_disk(tmp_path, firm.edited(data, change) if change else data)


def sold(stage: str = "proposal", number: int = 1, **more: Any) -> dict[str, Any]:
    return {**SOLD, "deal_id": f"D-{number:04}", "stage": stage, **more}


def given(path: Path) -> Any:
    """Write the rows that wait, and return the draft and what was shown of them."""
    draft, shown = with_ready_rows(take(str(path), drafts.ASKED))
    path.write_bytes(draft.transaction.image())
    return draft, shown


def asked(path: Path, gate: str) -> Counter[tuple[str, str, bool, bool]]:
    """Return what is asked of D-0001, wherever it is said, and how much it matters."""
    choice = Selection("D-0001", STAGE_RANK[gate], ignore=("CTX-016", "COM-030"))
    found = validate(str(path), today=firm.ASOF, choice=choice).report.problems
    return Counter((p.code, p.message, p.gate, p.handover) for p in found)


def waiting(path: Path) -> Counter[tuple[str, str]]:
    record = validate(str(path), today=firm.ASOF).report.record
    rows = record.by_deal["D-0001"]
    kinds = Counter(("Context", row.kind) for row in rows.context)
    return kinds + Counter(("Commitments", row.type) for row in rows.commitments)


def test_a_deal_below_the_ready_ones_gets_the_rows_of_its_template(tmp_path: Path) -> None:
    path = book(tmp_path, [sold()])
    codes = {p.code for p in validate(str(path), today=firm.ASOF).report.problems}
    assert {"CTX-016", "COM-030"} <= codes
    spec = TEMPLATES["architect"]
    given(path)
    kinds = Counter(("Context", prompt.kind) for prompt in spec.prompts)
    kinds["Context", "stakeholder"] = 3
    assert waiting(path) == kinds + Counter(("Commitments", type_) for type_ in spec.types)
    codes = {p.code for p in validate(str(path), today=firm.ASOF).report.problems}
    assert not {"CTX-016", "COM-030"} & codes


def test_no_cell_changes_but_those_of_the_new_rows_and_a_second_time_none(tmp_path: Path) -> None:
    path = book(tmp_path, [sold()])
    before = drafts.cells(path.read_bytes(), cached=False)
    _, shown = given(path)
    after = drafts.cells(path.read_bytes(), cached=False)
    new = {f"{one.where.sheet}!{one.where.row}." for one in shown}
    changed = {at for at in before.keys() | after.keys() if before.get(at) != after.get(at)}
    assert {at for at in changed if f"{at.rpartition('.')[0]}." in new}
    moved = {at for at in changed if f"{at.rpartition('.')[0]}." not in new}
    assert not {at for at in moved if at.startswith(("Deal!", "Fees!", "Project!", "Lists!"))}
    once = path.read_bytes()
    draft, shown = given(path)
    assert not shown
    assert not draft.changed
    assert path.read_bytes() == once


@pytest.mark.parametrize("gate", ["proposal", "won"])
@pytest.mark.parametrize("model", ["fixed", "time_materials"])
def test_the_gate_asks_the_same_with_and_without_the_rows(
    gate: str, model: str, tmp_path: Path
) -> None:
    path = book(tmp_path, [sold("verbal", fee_model=model)])
    without = asked(path, gate)
    given(path)
    assert asked(path, gate) == without
    assert any(handover for *_, handover in without)


def test_rows_that_were_deleted_come_back_and_others_stay(tmp_path: Path) -> None:
    path = book(tmp_path, [sold()])
    given(path)
    whole = waiting(path)

    def delete(workbook: Any) -> None:
        for sheet in ("Context", "Commitments"):
            for row in range(workbook[sheet].max_row, 3, -1):
                cells = [cell.value for cell in workbook[sheet][row]]
                if "D-0001" in cells and {"Why us", "Exclusion"} & {*map(str, cells)}:
                    workbook[sheet].delete_rows(row)

    path.write_bytes(firm.edited(path.read_bytes(), delete))
    assert sum((whole - waiting(path)).values()) == 2
    _, shown = given(path)
    assert {one.new for one in shown if one.where.key in {"kind", "type"}} == {
        "Why us",
        "Exclusion",
    }
    assert waiting(path) == whole


@pytest.mark.parametrize("stage", ["lost", "parked"])
def test_a_sale_that_ended_gets_no_rows(stage: str, tmp_path: Path) -> None:
    assert not given(book(tmp_path, [sold(stage)]))[1]


def test_a_deal_that_ops_has_gets_only_what_keeps_its_gate_shut(tmp_path: Path) -> None:
    path = book(tmp_path, [sold("won", handover_state="accepted")])
    given(path)
    blocking = {("Context", one.kind) for one in TEMPLATES["architect"].prompts if one.blocks}
    assert set(waiting(path)) == blocking


def test_two_copies_make_the_same_rows(tmp_path: Path) -> None:
    path = book(tmp_path, [sold(), sold(number=2)])
    data = path.read_bytes()
    mine = {one.where.row_id for one in given(path)[1]}
    path.write_bytes(data)
    assert {one.where.row_id for one in given(path)[1]} == mine
    path.write_bytes(data)
    scope = CheckScope(firm.ASOF, None, Selection("D-0002"))
    alone = {one.where.row_id for one in with_ready_rows(take(str(path), scope))[1]}
    assert alone < mine


def test_nothing_is_added_where_a_sheet_cannot_be_read(tmp_path: Path) -> None:
    def lose(workbook: Any) -> None:
        del workbook["Commitments"]

    path = book(tmp_path, [sold()], lose)
    assert not given(path)[1]
    assert "CTX-016" in {p.code for p in validate(str(path), today=firm.ASOF).report.problems}


def own_question(
    workbook: Any, level: str, stage: str, *, code: str = "", word: str = "Insurance"
) -> None:
    """Add a question to the list of kinds, as a firm does in a free row of Lists."""
    title, area = workbook.defined_names["sr_list_kind_label"].attr_text.split("!")
    *_, (cell,) = workbook[title.strip("'")][area]
    cell.value = word
    for offset, value in ((1, code or None), (2, stage), (3, level), (5, "Who insures it?")):
        cell.offset(column=offset).value = value


@pytest.mark.parametrize("language", ["en", "de", "es", "fr"])
@pytest.mark.parametrize("code", ["", "insurance"])
def test_a_firms_own_question_is_asked_and_gets_a_row(
    language: str, code: str, tmp_path: Path
) -> None:
    stage = pack(language).enums["stage"]["proposal"] if not code else "proposal"
    path = book(
        tmp_path,
        [sold()],
        lambda workbook: own_question(workbook, "error", stage, code=code),
        language=language,
    )
    [said] = [p for p in problems(path) if "Insurance" in p.message and p.code == "CTX-009"]
    assert said.gate
    assert said.where.row == 4
    assert said.where.sheet == pack(language).sheets["Deal"]
    given(path)
    [said] = [p for p in problems(path) if "Insurance" in p.message and p.code == "CTX-009"]
    assert said.gate
    assert said.where.key == "answer"
    record = derive(validate(str(path), today=firm.ASOF).report.record)
    [row] = [row for row in record.by_deal["D-0001"].context if row.kind == (code or "Insurance")]
    assert row.prompt == "Who insures it?"
    assert row.row == said.where.row


def problems(path: Path) -> Any:
    return validate(str(path), today=firm.ASOF).report.problems


@pytest.mark.libreoffice
@pytest.mark.parametrize("level", ["error", "warning"])
def test_sheet_and_engine_count_an_own_question_alike(level: str, tmp_path: Path) -> None:
    """Without a row, with one, and answered: from a stage that is named by its word."""
    path = book(
        tmp_path,
        [sold(), sold(number=2), sold(number=3)],
        lambda workbook: own_question(workbook, level, "Proposal"),
    )
    scope = CheckScope(firm.ASOF, None, Selection("D-0002"))
    path.write_bytes(with_ready_rows(take(str(path), scope))[0].transaction.image())
    scope = CheckScope(firm.ASOF, None, Selection("D-0003"))
    path.write_bytes(with_ready_rows(take(str(path), scope))[0].transaction.image())

    def answer(workbook: Any) -> None:
        head = {cell.value: i for i, cell in enumerate(workbook["Context"][3])}
        for row in workbook["Context"].iter_rows(min_row=4):
            if (row[head["Deal ID"]].value, row[head["Kind"]].value) == ("D-0003", "Insurance"):
                row[head["Answer"]].value = "They do, until the roof is on"

    path.write_bytes(firm.edited(path.read_bytes(), answer))
    record = validate(str(path), today=firm.ASOF).report.record
    shown = openpyxl.load_workbook(
        io.BytesIO(recalculated(path, tmp_path).read_bytes()), data_only=True
    )["Deal"]
    head = {cell.value: i for i, cell in enumerate(shown[3])}
    theirs = {
        row[0]: tuple(row[head[key]] for key in ("Open now", "To handover", "Answered"))
        for row in shown.iter_rows(min_row=4, max_row=6, values_only=True)
    }
    ours = {
        deal.deal_id: (deal.gate_open, deal.to_handover, deal.answered) for deal in record.deals
    }
    assert theirs == {deal: ours[deal] for deal in theirs}
    blocks = int(level == "error")
    assert ours["D-0001"][0] == ours["D-0002"][0] == ours["D-0003"][0] + blocks


def test_fix_says_first_which_rows_it_adds_and_a_plan_adds_none(tmp_path: Path, run: Any) -> None:
    path = book(tmp_path, [sold()])
    data = path.read_bytes()
    told = run("validate", path, "--fix", "--plan").out
    assert "rows to add, in which a question waits for its answer." in told
    assert "D-0001: Real deadline, Why us" in told
    assert path.read_bytes() == data
    run("validate", path, "--fix")
    assert waiting(path)["Context", "why_us"] == 1


def test_a_folder_of_csv_files_gets_them_too(tmp_path: Path, run: Any) -> None:
    folder = tmp_path / "firm"
    folder.mkdir()
    heads = {key: pack("en").columns[key] for key in ("Deal", "Context", "Commitments")}
    for key, labels in heads.items():
        (folder / f"{key}.csv").write_text(",".join(f'"{one}"' for one in labels.values()) + "\n")
    with (folder / "Deal.csv").open("a") as file:
        file.write("D-0001,Beta,Tower,Proposal,Ines\n")
    for key in ("Project", "Fees"):
        (folder / f"{key}.csv").write_text(",".join(pack("en").columns[key].values()) + "\n")
    run("validate", folder, "--fix")
    added = (folder / "Context.csv").read_text().splitlines()[1:]
    assert sum(",D-0001,Why us" in line for line in added) == 1
