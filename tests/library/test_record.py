"""`sheetrecord.open`: the record for programs, whatever kind of workbook it stands in."""

import datetime as dt
import io
from collections.abc import Callable
from pathlib import Path
from typing import Any

import openpyxl
import pytest

import sheetrecord
import sheetrecord.xlsx
from messy import firm
from sheetrecord.model.errors import BadSettings, CannotWrite, ChangedElsewhere, NotAllowed

TODAY = dt.date(2026, 6, 30)
OPENED: dict[str, Callable[[Path], Any]] = {
    "a path": lambda path: path,
    "an address": str,
    "bytes": lambda path: path.read_bytes(),
    "an open openpyxl workbook": openpyxl.load_workbook,
}


@pytest.fixture
def path(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("SHEETRECORD_STATE", str(tmp_path / ".state"))
    book = tmp_path / "firm.xlsx"
    book.write_bytes(firm.workbook())
    return book


@pytest.mark.parametrize("kind", OPENED)
def test_the_record_is_the_same_however_it_is_opened(path: Path, kind: str) -> None:
    record = sheetrecord.open(OPENED[kind](path), today=TODAY)
    assert [deal.deal_id for deal in record.deals] == ["D-0001"]
    assert record.deal("d-1").deal.client == "Acme Works"
    checked = firm.check(path).report.problems
    assert [(p.code, p.where) for p in record.problems()] == [(p.code, p.where) for p in checked]


@pytest.mark.parametrize("kind", OPENED)
def test_a_plan_shows_and_apply_writes(path: Path, kind: str) -> None:
    source = OPENED[kind](path)
    before = path.read_bytes()
    record = sheetrecord.open(source, today=TODAY)
    plan = record.waive("D-0001", ["CTX-002"], by="Ana", why="Sole bidder", until=TODAY)
    assert plan.ok
    assert {change.where.key for change in plan.changes} >= {"waived_by", "waived_why"}
    assert path.read_bytes() == before, "a plan writes nothing"
    assert plan.apply()
    assert record.rows.by_deal["D-0001"].deal.waived_by == "Ana", "it is read anew"
    if kind in {"a path", "an address"}:
        assert path.read_bytes() != before
    else:
        assert path.read_bytes() == before
    if kind == "an open openpyxl workbook":
        held = [cell.value for row in source["Deal"].iter_rows() for cell in row]
        assert "Sole bidder" in held


def test_a_refused_plan_gives_every_reason_and_writes_nothing(path: Path) -> None:
    record = sheetrecord.open(path, today=TODAY)
    plan = record.waive("D-0001", ["CTX-999"], by="Ana", why="x", until=TODAY)
    assert not plan.ok
    assert plan.refusals[0].message
    before = path.read_bytes()
    with pytest.raises(NotAllowed, match=plan.refusals[0].message[:20]):
        plan.apply()
    assert path.read_bytes() == before


def test_a_plan_of_what_is_no_longer_there_is_not_written(path: Path) -> None:
    record = sheetrecord.open(path, today=TODAY)
    plan = record.waive("D-0001", ["CTX-002"], by="Ana", why="x", until=TODAY)
    other = sheetrecord.xlsx.open(path)
    other["Deal"]["B4"] = "Somebody else"
    other.save()
    theirs = path.read_bytes()
    with pytest.raises(ChangedElsewhere):
        plan.apply()
    assert path.read_bytes() == theirs
    assert record.deal("D-0001").deal.client == "Somebody else", "and it is read anew"


def test_unknown_words_say_what_there_is(path: Path) -> None:
    record = sheetrecord.open(path, today=TODAY)
    with pytest.raises(KeyError, match="D-0001 Acme Works, Rollout"):
        record.deal("zebra")
    with pytest.raises(KeyError):
        record.problems(gate="nonsense")


def test_find_says_who_said_it(path: Path) -> None:
    hits = sheetrecord.open(path, today=TODAY).find("board")
    assert hits
    assert all(hit.deal_id.startswith("D-") for hit in hits)


def test_frames_have_dtypes_and_the_amounts_of_the_sheet(path: Path) -> None:
    record = sheetrecord.open(path, today=TODAY)
    frames = record.frames()
    assert list(frames) == ["Deal", "Context", "Commitments", "Project", "Fees", "Gaps"]
    deals, fees = frames["Deal"], frames["Fees"]
    assert str(deals["expected_close"].dtype) == "datetime64[s]"
    assert str(deals["value_net"].dtype) == "Float64"
    assert deals["stage"].dtype == "category"
    first = record.rows.deals[0]
    assert deals.loc[0, "value_net"] == first.value_net / 100
    assert deals.loc[0, "expected_close"].date() == first.expected_close
    assert len(fees) == len(record.rows.fees)


def test_frames_make_a_new_record(tmp_path: Path, path: Path) -> None:
    import pandas as pd

    deals = pd.DataFrame(
        {
            "Client": ["Acme", "Bolt"],
            "deal_name": ["Rollout", None],
            "Stage": ["proposal", "won"],
            "value_net": [1200.5, float("nan")],
            "expected_close": pd.to_datetime(["2026-09-01", None]),
            "deal_id": ["D-0001", "D-0002"],
        }
    )
    facts = [{"Deal ID": "D-0001", "kind": "why_us", "Answer": "They know us"}]
    made = sheetrecord.from_frames({"Deal": deals, "Context": facts}, tmp_path / "new.xlsx")
    record = sheetrecord.open(made, today=TODAY)
    acme = record.deal("acme")
    assert (acme.deal.value_net, acme.deal.expected_close) == (120_050, dt.date(2026, 9, 1))
    assert [row.answer for row in acme.context if row.kind == "why_us"] == ["They know us"]
    assert record.deal("bolt").deal.value_net is None
    with pytest.raises(CannotWrite):
        sheetrecord.from_frames({"Deal": deals}, made)


WRONG = {
    "a sheet": ({"Deals!": []}, 'Deals!"'),
    "a column": ({"Deal": [{"Cleint": "x"}]}, "Deal, row 1, Cleint"),
    "an amount": ({"Deal": [{"client": "x", "value_net": "abc"}]}, "Deal, row 1, value_net"),
    "a part of a cent": ({"Deal": [{"value_net": 1.234}]}, "smallest unit"),
    "a day": ({"Deal": [{"expected_close": "soon"}]}, "expected_close"),
    "a choice": ({"Deal": [{"stage": "nearly"}]}, "is none of"),
}


@pytest.mark.parametrize("case", WRONG)
def test_what_is_not_the_records_is_refused_with_its_place(tmp_path: Path, case: str) -> None:
    tables, said = WRONG[case]
    with pytest.raises(BadSettings, match=said):
        sheetrecord.from_frames(tables, tmp_path / "new.xlsx")
    assert not (tmp_path / "new.xlsx").exists()


def test_frames_there_and_back_are_the_same(tmp_path: Path, path: Path) -> None:
    first = sheetrecord.open(path, today=TODAY)
    again = sheetrecord.open(
        sheetrecord.from_frames(first.frames(), tmp_path / "again.xlsx"), today=TODAY
    )
    for sheet in ("Deal", "Context", "Commitments", "Fees"):
        old, new = first.rows.rows(sheet), again.rows.rows(sheet)
        kept = [c for c in type(old[0]).columns if not c.formula] if old else []
        for one, other in zip(old, new, strict=False):
            assert [one.get(c.key) for c in kept] == [other.get(c.key) for c in kept]


def test_a_record_in_memory_is_saved_by_whoever_opened_it(path: Path) -> None:
    book = openpyxl.load_workbook(path)
    record = sheetrecord.open(book, today=TODAY)
    record.waive("D-0001", ["CTX-002"], by="Ana", why="x", until=TODAY).apply()
    out = io.BytesIO()
    book.save(out)
    assert sheetrecord.open(out.getvalue(), today=TODAY).deal("D-0001").deal.waived_by == "Ana"
