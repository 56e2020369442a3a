"""What happens to the things people type into cells: one value a line."""

import datetime as dt
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from effort import examples
from messy import firm
from sheetrecord.formats.template.values import RawCell
from sheetrecord.model.value import CellError, Formula
from sheetrecord.schema.deal import Deal
from sheetrecord.schema.read.cells import read_column
from sheetrecord.schema.read.kinds import AT_ONCE, reader_for
from sheetrecord.schema.read.lexicon import Lexicon
from sheetrecord.schema.record import EMPTY

ACCEPTED, SAID = "accepted", "said"

DEAL_CELLS: list[tuple[str, str, Any, Any, str, str]] = [
    # column, what was typed, cell, read as, code (or none), the fix that is offered
    ("contract_end", "3/4/26", "3/4/26", None, "TYPE-002", ""),
    ("contract_end", "3/4/2026", "3/4/2026", None, "TYPE-002", ""),
    ("contract_end", "4.3.2026", "4.3.2026", None, "TYPE-002", "2026-03-04"),
    ("contract_end", "15 Jul 2026", "15 Jul 2026", None, "TYPE-002", "2026-07-15"),
    ("contract_end", "Excel's day number", 46295, dt.date(2026, 9, 30), "", ""),
    ("contract_end", "end of Q3", "end of Q3", None, "TYPE-002", ""),
    ("contract_end", "before the board meeting", "before the board meeting", None, "TYPE-002", ""),
    ("contract_end", "31 Feb", "31.2.2026", None, "TYPE-002", ""),
    ("contract_end", "a slip of the year", 5, None, "TYPE-008", ""),
    ("value_net", "1.234,56", "1.234,56", None, "TYPE-001", "1234.56"),
    ("value_net", "1,234.56", "1,234.56", None, "TYPE-001", "1234.56"),
    ("value_net", "dollars in a deal of euros", "$4,250.00", None, "TYPE-001", ""),
    ("value_net", "euros in a deal of euros", "€4,250.00", None, "TYPE-001", "4250"),
    ("value_net", "two numbers", "12 34", None, "TYPE-001", ""),
    ("value_net", "twice negative", "(-500)", None, "TYPE-001", ""),
    ("value_net", "28k", "28k", None, "TYPE-001", ""),
    ("value_net", "28 000 EUR", "28 000 EUR", None, "TYPE-001", "28000"),
    ("value_net", "negative in brackets", "(500.00)", None, "TYPE-001", "-500"),
    ("value_net", "a leading apostrophe", "28000", None, "TYPE-001", "28000"),
    ("value_net", "1,234 could be two things", "1,234", None, "TYPE-001", ""),
    ("value_net", "a third of a cent", 333.333, 33333, "TYPE-006", ""),
    ("value_net", "sum noise", 27999.999999999996, 2_800_000, "", ""),
    ("value_net", "seventeen digits", 12345678901234567, None, "TYPE-007", ""),
    ("currency", "a sign", "$", "", "TYPE-009", ""),
    ("currency", "lower case", "eur", "EUR", "TYPE-009", "EUR"),
    ("stage", "Closed won", "Closed won", "", "TYPE-003", "Won"),
    ("stage", "Won!", "Won!", "", "TYPE-003", "Won"),
    ("stage", "GANADO", "GANADO", "", "TYPE-003", "Won"),
    ("stage", "closed-won", "closed-won", "", "TYPE-003", "Won"),
    ("stage", "no stage at all", "purple", "", "TYPE-003", ""),
    ("client", "zero-width characters", "Ac\u200bme", "Acme", "TYPE-010", "Acme"),
    ("client", "emoji", "Acme 🚀", "Acme 🚀", "", ""),
    ("client", "a name from right to left", "شركة أكمي", "شركة أكمي", "", ""),
    ("client", "a number", 4711, "4711", "", ""),
    (
        "client",
        "a family of joined pictures",
        "Acme 👨\u200d👩\u200d👧",
        "Acme 👨\u200d👩\u200d👧",
        "",
        "",
    ),
    ("lost_to", "a telephone number", 49170123456, "49170123456", "TYPE-018", ""),
    ("crm_ref", "a code that became a number", 123, "123", "TYPE-018", ""),
    ("stage", "decomposed", "Won\u200b", "", "TYPE-003", "Won"),
    ("ready_to_close", "yes (I think)", "yes (I think)", False, "TYPE-014", ""),
    ("ready_to_close", "a check box", True, True, "TYPE-016", "yes"),
    ("ready_to_close", "the list's word", "yes", True, "", ""),
    ("ready_to_close", "the list's word, loud", "YES", True, "", ""),
    ("ready_to_close", "x", "x", True, "TYPE-016", "yes"),
    ("ready_to_close", "a check mark", "✓", True, "TYPE-016", "yes"),
    ("ready_to_close", "a heavy check mark", "✔", True, "TYPE-016", "yes"),
    ("ready_to_close", "a check mark in colour", "✔\ufe0f", True, "TYPE-016", "yes"),
    ("ready_to_close", "a green box", "✅", True, "TYPE-016", "yes"),
    ("ready_to_close", "a ticked box", "☑", True, "TYPE-016", "yes"),
    ("ready_to_close", "a tick in Wingdings", "ü", True, "TYPE-016", "yes"),
    ("ready_to_close", "a ticked box in Wingdings", "þ", True, "TYPE-016", "yes"),
    ("ready_to_close", "German", "Ja", True, "TYPE-016", "yes"),
    ("ready_to_close", "Spanish", "sí", True, "TYPE-016", "yes"),
    ("ready_to_close", "Spanish, as macOS writes it", "si\u0301", True, "TYPE-016", "yes"),
    ("ready_to_close", "French", "Oui.", True, "TYPE-016", "yes"),
    ("ready_to_close", "a text TRUE", "TRUE", True, "TYPE-016", "yes"),
    ("ready_to_close", "one", 1, True, "TYPE-016", "yes"),
    ("ready_to_close", "ok", "OK", True, "TYPE-016", "yes"),
    ("ready_to_close", "no", "no", False, "TYPE-016", ""),
    ("ready_to_close", "zero", 0, False, "TYPE-016", ""),
    ("ready_to_close", "an empty check box", False, False, "", ""),
    ("ready_to_close", "a dash", "–", False, "TYPE-016", ""),
    ("ready_to_close", "a cross can mean either", "✗", False, "TYPE-014", ""),
    ("next_step", "forty thousand characters", "x" * 32_767, "x" * 32_767, "TYPE-011", ""),
]


@pytest.mark.parametrize(
    ("key", "cell", "read", "code", "fix"),
    [(key, *rest) for key, _, *rest in DEAL_CELLS],
    ids=[f"{key}: {typed}" for key, typed, *_ in DEAL_CELLS],
)
def test_a_cell_is_read_or_said(
    key: str, cell: Any, read: Any, code: str, fix: str, tmp_path: Path
) -> None:
    deal = {**firm.ROWS["Deal"][0], key: RawCell(cell)}
    path = tmp_path / "firm.xlsx"
    path.write_bytes(firm.workbook({**firm.ROWS, "Deal": [deal]}))
    checked = firm.check(path)
    here = [p for p in checked.report.problems if p.where.key == key and p.where.row == 4]
    typed = [p for p in here if p.code.startswith("TYPE-")]
    assert [p.code for p in typed] == ([code] if code else [])
    offered = [str(edit.value) for p in typed for edit in p.fix]
    assert offered == ([fix] if fix else [])
    assert checked.parsed.record.deals[0].get(key) == read


def test_an_unreadable_cell_shuts_the_gate_once_and_not_twice(tmp_path: Path) -> None:
    deal = {**firm.ROWS["Deal"][0], "value_net": RawCell("28k")}
    path = tmp_path / "firm.xlsx"
    path.write_bytes(firm.workbook({**firm.ROWS, "Deal": [deal]}))
    report = firm.check(path).report
    at_value = [p for p in report.problems if p.where.key == "value_net"]
    assert [(p.code, p.gate) for p in at_value] == [("TYPE-001", True)]
    assert report.deals[0].gate_open == 1


ANSWERS: list[tuple[str, dict[str, Any], str]] = [
    ("not applicable, without a reason", {"answer": "n/a"}, "CTX-022"),
    ("none, without who said so", {"answer": "none"}, "CTX-020"),
    ("nobody knows yet, without a day to ask again", {"answer": "?"}, "CTX-021"),
    ("junk", {"answer": "TBD"}, "CTX-900"),
    ("see the contract", {"answer": "see contract"}, "CTX-900"),
    ("blank", {"answer": ""}, "CTX-004"),
]


@pytest.mark.parametrize(("cells", "code"), [a[1:] for a in ANSWERS], ids=[a[0] for a in ANSWERS])
def test_an_answer_that_is_none(cells: dict[str, Any], code: str, tmp_path: Path) -> None:
    """The prompt about pressure holds something that is not an answer: the gate shuts, once."""
    blank = {"person": "", "learned_on": None, "note": "", "chase_on": None}
    context = [
        {**row, **blank, **cells} if row["kind"] == "pressure" else row
        for row in firm.ROWS["Context"]
    ]
    path = tmp_path / "firm.xlsx"
    path.write_bytes(firm.workbook({**firm.ROWS, "Context": context}))
    report = firm.check(path).report
    assert [p.code for p in report.problems if p.gate] == [code]
    assert report.deals[0].gate_open == 1


@pytest.mark.parametrize(
    "cells",
    [
        {"answer": "none", "person": "Carla Diaz", "learned_on": firm.day(4, 2)},
        {"answer": "?", "chase_on": firm.day(7, 9), "chase_by": "Ana Ruiz"},
        {"answer": "n/a", "note": "The client is a foundation without owners."},
        {"answer": "won't say"},
    ],
    ids=["none, said by a person", "unknown, to be asked again", "n/a, with a reason", "declined"],
)
def test_a_supported_answer_state_opens_the_gate(cells: dict[str, Any], tmp_path: Path) -> None:
    context = [
        {**row, "person": "", "learned_on": None, **cells} if row["kind"] == "pressure" else row
        for row in firm.ROWS["Context"]
    ]
    path = tmp_path / "firm.xlsx"
    path.write_bytes(firm.workbook({**firm.ROWS, "Context": context}))
    report = firm.check(path).report
    assert [p for p in report.problems if p.gate] == []
    assert report.deals[0].gate_open == 0
    assert report.deals[0].ready


def test_not_applicable_in_every_prompt_that_blocks_keeps_the_gate_shut_as_often(
    tmp_path: Path,
) -> None:
    five = {"real_deadline", "why_us", "pressure", "success_formal", "pushback"}
    context = [
        {"deal_id": "D-0001", "kind": row["kind"], "answer": "n/a"} if row["kind"] in five else row
        for row in firm.ROWS["Context"]
    ]
    path = tmp_path / "firm.xlsx"
    path.write_bytes(firm.workbook({**firm.ROWS, "Context": context}))
    report = firm.check(path).report
    assert [p.code for p in report.problems if p.gate] == ["CTX-022"] * 5


def test_a_formula_nobody_calculated_is_unknown_and_not_blank(tmp_path: Path) -> None:
    def type_formula(book: Any) -> None:
        _, letters, _ = book.defined_names["sr_Deal_value_net"].attr_text.split("$")
        book["Deal"][f"{letters}4"].value = "=14000*2"

    path = tmp_path / "firm.xlsx"
    path.write_bytes(firm.edited(firm.workbook(), type_formula))
    at_value = [p for p in firm.check(path).report.problems if p.where.key == "value_net"]
    assert [p.code for p in at_value] == ["TYPE-005"]


def test_the_1904_calendar_gives_the_same_days(tmp_path: Path) -> None:
    def to_1904(book: Any) -> None:
        from openpyxl.utils.datetime import CALENDAR_MAC_1904

        book.epoch = CALENDAR_MAC_1904

    clean, path = tmp_path / "clean.xlsx", tmp_path / "firm.xlsx"
    clean.write_bytes(firm.workbook())
    path.write_bytes(firm.edited(firm.workbook(), to_1904))
    assert firm.check(path).report.record.deals == firm.check(clean).report.record.deals


@pytest.mark.parametrize(
    ("stage", "refused"),
    [("Talking", False), ("Won", False), ("Lost", True), ("Parked", True)],
    ids=["earlier", "as we do", "never, by lost", "never, by parked"],
)
def test_the_lists_may_ask_for_an_answer_earlier_but_not_never(
    stage: str, refused: bool, tmp_path: Path
) -> None:
    def ask(book: Any) -> None:
        sheet = book["Lists"]
        area = book.defined_names["sr_list_kind_from"].attr_text.split("!")[1]
        codes = book.defined_names["sr_list_kind_code"].attr_text.split("!")[1]
        for (code,), (cell,) in zip(sheet[codes], sheet[area], strict=True):
            if code.value == "why_us":
                cell.value = stage

    path = tmp_path / "firm.xlsx"
    path.write_bytes(firm.edited(firm.workbook(), ask))
    codes = [code for _, code in firm.found(firm.check(path))]
    assert ("GUARD-001" in codes) is refused


TEXTS = ["", "a", " a ", "two\nlines", "no\u200bbreak", "tab\there", "x" * 32_767, 7, 7.0, 0, False]
DAYS = [
    dt.date(2026, 3, 4),
    dt.date(1890, 1, 1),
    dt.datetime.fromisoformat("2026-03-04T09:00"),
    46295,
    5,
    "4.3.2026",
]
OTHERS = [None, Formula("1", "a"), Formula("1"), CellError("#REF!"), dt.date(2026, 1, 1)]


@given(st.sampled_from(["client", "signed_on"]), st.data())
@examples(200)
def test_a_column_read_at_once_is_what_its_cells_are_one_by_one(key: str, data: Any) -> None:
    column = Deal.by_key[key]
    common = st.sampled_from([*(TEXTS[:3] if key == "client" else DAYS[:1]), None])
    any_cell = st.sampled_from([*TEXTS, *DAYS, *OTHERS])
    odd = data.draw(st.lists(any_cell, max_size=1))
    cells = [*data.draw(st.lists(common, max_size=6)), *odd]
    at_once = AT_ONCE[column.kind](cells)
    empty = EMPTY[column.kind.name]
    lexicon = Lexicon({}, {}, {}, "en", ())
    singly, wrongs = read_column(cells, reader_for(column, lexicon, dt.date(1899, 12, 30)), empty)
    assert at_once is None or (repr(at_once), []) == (repr(singly), wrongs)
    assert at_once is not None or odd
