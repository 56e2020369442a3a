"""What the engine computes from typed rows: states, gate counts, money and days."""

import datetime as dt
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from effort import examples
from sheetrecord.core.derive import derive
from sheetrecord.core.dues import part
from sheetrecord.schema.column import Row
from sheetrecord.schema.commitments import Commitments
from sheetrecord.schema.context import Context
from sheetrecord.schema.deal import Deal
from sheetrecord.schema.fees import Fees
from sheetrecord.schema.record import Record, Settings, blank, make_record
from sheetrecord.schema.sheets import SHEETS

ASOF = dt.date(2026, 3, 2)
TOKENS = {
    "none": "none",
    "nobody": "none",
    "don't know": "unknown",
    "n/a": "n_a",
    "won't say": "declined",
    "tbd": "not_asked",
}
FIRM = Settings(ASOF, tokens=TOKENS, hourly_rate=120.0)


def record(*rows: Row, stage: str = "won", settings: Settings = FIRM, **deal: Any) -> Record:
    """Return a derived record of one deal, D-0001, with the given rows."""
    cells = {"deal_id": "D-0001", "client": "Acme", "stage": stage, "currency": "EUR", **deal}
    sheets: dict[str, list[Any]] = {"Deal": [blank(Deal, 2, **cells)]}
    for row in rows:
        sheets.setdefault(row.sheet, []).append(row)
    return derive(make_record(settings, sheets))


def context(kind: str = "why_us", **cells: Any) -> Context:
    return blank(Context, 5, deal_id="D-0001", kind=kind, **cells)


def fee(**cells: Any) -> Fees:
    return blank(Fees, 5, **{"deal_id": "D-0001", "net": 10000, **cells})


def commitment(**cells: Any) -> Commitments:
    return blank(Commitments, 5, **{"deal_id": "D-0001", "what": "Weekly report", **cells})


WHEN = dt.date(2026, 2, 1)


@pytest.mark.parametrize(
    ("cells", "state", "ok"),
    [
        pytest.param({}, "not_asked", 0, id="blank was not asked"),
        pytest.param({"answer": "They missed two dates."}, "answered", 1, id="a sentence"),
        pytest.param({"answer": "TBD"}, "not_asked", 0, id="junk was not asked"),
        pytest.param({"answer": " Nobody "}, "none", 0, id="none needs who and when"),
        pytest.param(
            {"answer": "none", "person": "Ines", "learned_on": WHEN}, "none", 1, id="a full none"
        ),
        pytest.param({"answer": "?"}, "unknown", 0, id="unknown needs a chase date"),
        pytest.param(
            {"answer": "don't  know", "chase_on": WHEN, "chase_by": "Tom"},
            "unknown",
            1,
            id="a full unknown, with two blanks in it",
        ),
        pytest.param({"answer": "won't say"}, "declined", 1, id="declined is complete"),
        pytest.param({"answer": "n/a"}, "n_a", 0, id="n/a needs a reason"),
        pytest.param({"answer": "n/a", "note": "No rival."}, "n_a", 1, id="n/a with a reason"),
        pytest.param(
            {"answer": "none " * 9}, "answered", 1, id="more than 40 letters is an answer"
        ),
        pytest.param({"state": "declined"}, "declined", 1, id="a typed state wins over a blank"),
        pytest.param(
            {"answer": "none", "state": "answered"}, "answered", 1, id="a typed state wins"
        ),
        pytest.param({"date": WHEN}, "answered", 1, id="a date alone is an answer"),
    ],
)
def test_an_answer_has_the_state_its_words_say(cells: dict[str, Any], state: str, ok: int) -> None:
    row = record(context(**cells)).context[0]
    assert (row.state, row.ok) == (state, ok)


@pytest.mark.parametrize(
    ("kind", "cells", "ok"),
    [
        ("real_deadline", {"answer": "The board meets"}, 0),
        ("real_deadline", {"answer": "Board", "date": WHEN, "driver": "board"}, 0),
        ("real_deadline", {"date": WHEN, "driver": "board", "hardness": "hard"}, 1),
        ("pushback", {"answer": "IT will fight the rollout"}, 0),
        ("pushback", {"answer": "IT will fight the rollout", "person": "Ute"}, 1),
        ("stakeholder", {"person": "Ute"}, 0),
        ("stakeholder", {"person": "Ute", "role": "sponsor"}, 1),
        ("stakeholder", {"role": "sponsor", "answer": "runs it"}, 0),
    ],
)
def test_some_kinds_need_more_than_words(kind: str, cells: dict[str, Any], ok: int) -> None:
    assert record(context(kind, **cells)).context[0].ok == ok


def test_a_second_complete_row_of_the_kind_fills_the_gap() -> None:
    rows = record(context(), context(answer="They know our work")).context
    assert [(row.missing, row.open) for row in rows] == [(0, 0), (0, 0)]


def test_two_empty_rows_of_a_kind_count_twice() -> None:
    found = record(context(), context())
    alone = record(context())
    assert found.deals[0].gate_open == alone.deals[0].gate_open + 1


def test_before_won_a_gap_is_missing_and_not_open() -> None:
    row = record(context(), stage="proposal").context[0]
    assert (row.required, row.missing, row.open) == (False, 1, 0)


def test_a_row_of_an_unknown_deal_has_a_state_and_no_rank() -> None:
    found = derive(make_record(FIRM, {"Context": [context(answer="x y z")]}))
    row = found.context[0]
    assert (row.state, row.ok, row.deal_rank, row.missing) == ("answered", 1, None, 0)


def test_a_row_without_a_deal_has_no_state() -> None:
    nowhere = blank(Context, 5, kind="why_us", answer="x y z")
    row = derive(make_record(FIRM, {"Context": [nowhere]})).context[0]
    assert (row.state, row.ok, row.deal_rank, row.missing) == ("", None, None, 0)


def test_of_two_real_deadlines_the_earliest_stands() -> None:
    late, early = dt.date(2026, 6, 30), dt.date(2026, 5, 4)
    found = record(
        context("real_deadline", date=late),
        context("real_deadline", date=early),
        contract_end=dt.date(2026, 5, 18),
    )
    assert [row.deadline for row in found.context] == [None, early]
    assert (found.deals[0].real_deadline, found.deals[0].date_gap_days) == (early, 14)


@pytest.mark.parametrize(
    ("cells", "missing"),
    [
        pytest.param({}, 2, id="neither belief nor decision"),
        pytest.param({"type": "scope_item"}, 0, id="a scope item needs neither"),
        pytest.param({"type": "date_promise"}, 1, id="a date promise needs a decision"),
        pytest.param({"type": "promise", "client_believes": "unsure"}, 1, id="unsure was asked"),
        pytest.param(
            {"client_believes": "no", "disposition": "declined"}, 0, id="asked and decided"
        ),
        pytest.param({"disposition": "withdrawn"}, 0, id="withdrawn needs no belief"),
        pytest.param(
            {"client_believes": "no", "disposition": "undecided", "owner": "Tom", "due_on": WHEN},
            0,
            id="an open question with owner and date",
        ),
        pytest.param(
            {"type": "exclusion", "disposition": "undecided"}, 1, id="undecided always counts"
        ),
        pytest.param({"what": "none"}, 1, id="none needs who and when"),
        pytest.param({"what": "None", "said_by": "Ines", "said_on": WHEN}, 0, id="a full none"),
        pytest.param({"what": ""}, 0, id="a row without words"),
    ],
)
def test_a_commitment_counts_what_the_handover_needs(cells: dict[str, Any], missing: int) -> None:
    row = record(commitment(**cells)).commitments[0]
    assert (row.missing, row.open) == (missing, missing)


def test_hours_the_client_counts_on_outside_the_contract_cost_money() -> None:
    found = record(
        commitment(client_believes="yes", effort_hours=2.5),
        commitment(client_believes="yes", effort_hours=4, in_contract="yes"),
        commitment(client_believes="yes", effort_hours=4, disposition="change_order"),
        commitment(client_believes="no", effort_hours=4),
    )
    assert found.deals[0].unpriced_exposure == 30000


@pytest.mark.parametrize(
    ("days", "ageing"),
    [
        (-1, "not_due"),
        (0, "not_due"),
        (1, "d1_30"),
        (30, "d1_30"),
        (31, "d31_60"),
        (60, "d31_60"),
        (61, "d61_90"),
        (90, "d61_90"),
        (91, "d90_plus"),
    ],
)
def test_ageing_counts_days_past_due(days: int, ageing: str) -> None:
    row = record(fee(invoiced_on=ASOF - dt.timedelta(days + 14), terms_days=14)).fees[0]
    assert (row.days_overdue, row.ageing) == (max(days, 0), ageing)


INVOICED = {"invoiced_on": dt.date(2026, 2, 20), "terms_days": 30}
LATE = {"invoiced_on": dt.date(2026, 1, 1), "terms_days": 30}


@pytest.mark.parametrize(
    ("cells", "status"),
    [
        ({}, "planned"),
        ({"ready": True}, "ready"),
        (INVOICED, "invoiced"),
        ({**INVOICED, "void": True}, "cancelled"),
        ({**INVOICED, "received": 4000}, "part_paid"),
        (LATE, "overdue"),
        ({**LATE, "credited": 4000}, "part_paid_overdue"),
        ({**LATE, "disputed": True}, "disputed"),
        ({**INVOICED, "received": 10000}, "paid"),
        ({**INVOICED, "received": 10001}, "overpaid"),
        ({**INVOICED, "received": 9500, "retention_pct": 0.05}, "retained"),
        ({**INVOICED, "received": 9500, "kept": 500}, "retained"),
        ({**INVOICED, "received": 10000, "retention_pct": 0.05}, "paid"),
        ({**INVOICED, "credited": 10000}, "credited"),
        ({**INVOICED, "settled_otherwise": 10000}, "written_off"),
        ({**INVOICED, "net": -10000}, "invoiced"),
        ({**INVOICED, "net": -10000, "credited": -10000}, "credited"),
        ({**INVOICED, "net": 0}, "paid"),
    ],
)
def test_pay_status_follows_from_money_and_dates(cells: dict[str, Any], status: str) -> None:
    assert record(fee(**cells)).fees[0].pay_status == status


def test_tax_as_printed_wins_over_the_rate() -> None:
    rows = record(fee(tax_rate=0.19), fee(tax_rate=0.19, tax=1899), fee()).fees
    assert [row.gross for row in rows] == [11900, 11899, 10000]


def test_a_share_held_back_is_due_on_its_day() -> None:
    before, on = ASOF + dt.timedelta(1), ASOF
    rows = record(
        fee(**INVOICED, retention_pct=0.05, retention_release_on=before),
        fee(**INVOICED, retention_pct=0.05, retention_release_on=on),
    ).fees
    assert [(row.retained, row.outstanding) for row in rows] == [(500, 9500), (0, 10000)]


KEPT = [
    ("as the contract says", {"retention_pct": 0.05}, (500, 9500)),
    (
        "more than the contract says",
        {"retention_pct": 0.05, "kept": 800, "received": 9200},
        (800, 0),
    ),
    ("only as it was paid", {"kept": 300, "received": 9000}, (300, 700)),
    ("never more than is left", {"retention_pct": 0.05, "received": 9700}, (300, 0)),
    ("nothing of what is paid in full", {"retention_pct": 0.05, "received": 10000}, (0, 0)),
    ("an overpayment stays one", {"retention_pct": 0.05, "received": 10100}, (0, -100)),
    ("a credit as a credit", {"net": -10000, "retention_pct": 0.05}, (-500, -9500)),
]


@pytest.mark.parametrize(("cells", "held"), [k[1:] for k in KEPT], ids=[k[0] for k in KEPT])
def test_what_a_client_holds_back(cells: dict[str, Any], held: tuple[int, int]) -> None:
    row = record(fee(**{**INVOICED, **cells})).fees[0]
    assert (row.retained, row.outstanding) == held


def test_what_was_held_back_is_late_from_its_own_day() -> None:
    release = ASOF - dt.timedelta(3)
    cells = {**LATE, "retention_pct": 0.05, "retention_release_on": release}
    rows = record(fee(**{**cells, "received": 9500}), fee(**{**cells, "received": 9000})).fees
    assert [row.days_overdue for row in rows] == [3, 30]


def test_the_fee_gap_leaves_out_void_lines_other_origins_and_other_currencies() -> None:
    found = record(
        fee(origin="contract", net=3333),
        fee(origin="contract", net=3333),
        fee(origin="contract", net=3333),
        fee(origin="contract", void=True),
        fee(origin="change_order"),
        fee(origin="contract", currency="USD"),
        value_net=10000,
    )
    assert found.deals[0].fee_gap == 1


def test_the_oldest_line_carries_the_days() -> None:
    found = record(fee(**LATE), fee(invoiced_on=dt.date(2026, 2, 1)), fee())
    assert [row.oldest for row in found.fees] == [30, 0, 0]
    assert found.deals[0].oldest_overdue_days == 30


def test_a_currency_is_taken_from_the_deal_unless_typed() -> None:
    found = record(fee(), fee(currency="CHF"))
    assert [row.currency for row in found.fees] == ["EUR", "CHF"]


@pytest.mark.parametrize(
    ("stage", "now", "handover"),
    [
        ("talking", 2, 10 + 7 + 3),
        ("proposal", 2 + 5, 10 + 7 + 3),
        ("won", 10 + 7 + 3, 10 + 7 + 3),
        ("lost", 2 + 1, None),
        ("parked", 2, None),
        ("", 2 + 1, None),
    ],
)
def test_a_deal_with_nothing_else_counts_fields_prompts_people_and_rows(
    stage: str, now: int, handover: int | None
) -> None:
    deal = record(stage=stage).deals[0]
    assert (deal.gate_open, deal.to_handover) == (now, handover)


def test_a_row_that_names_no_deal_has_no_gate() -> None:
    deal = derive(make_record(FIRM, {"Deal": [blank(Deal, 9, deal_id="D-0009")]})).deals[0]
    assert (deal.stage_rank, deal.gate_open, deal.outstanding) == (None, None, None)


def test_yen_have_no_decimals_and_dinars_have_three() -> None:
    rows = record(
        fee(net=333, tax_rate=0.1, currency="JPY"), fee(net=33333, tax_rate=0.05, currency="KWD")
    ).fees
    assert [row.gross for row in rows] == [366, 35000]


def test_absurd_terms_give_no_due_date() -> None:
    row = record(fee(invoiced_on=ASOF, terms_days=1e12)).fees[0]
    assert (row.due_on, row.days_overdue) == (None, 0)


@given(st.integers(-(10**9), 10**9), st.decimals(0, 1, places=4))
@examples(100)
def test_a_share_is_within_half_a_minor_unit(amount: int, rate: Any) -> None:
    assert abs(part(amount, float(rate)) - amount * rate) * 2 <= 1


@pytest.mark.parametrize("sheet", ["Deal", "Context", "Commitments", "Fees"])
def test_deriving_keeps_every_typed_cell_in_its_place(sheet: str) -> None:
    typed = {
        "Deal": blank(Deal, 2, deal_id="D-0001", client="Acme", note="kept"),
        "Context": context(note="kept"),
        "Commitments": commitment(note="kept"),
        "Fees": fee(note="kept"),
    }
    before = make_record(FIRM, {key: [row] for key, row in typed.items()})
    row = derive(before).rows(sheet)[0]
    assert len(row) == len(SHEETS[sheet].columns) + 1
    for column in SHEETS[sheet].columns:
        if not column.formula:
            assert row.get(column.key) == typed[sheet].get(column.key), column.key


def test_deriving_twice_changes_nothing_but_keeps_what_was_derived() -> None:
    once = record(context(answer="none"), fee(**LATE), commitment())
    assert derive(once) == once
