"""What holds of every promotion, whatever the record."""

import datetime as dt

from hypothesis import assume, given
from hypothesis import strategies as st

from effort import examples
from promote.firm import ASOF, Rows
from promote.memory import Memory
from promote.strategies import CURRENCIES, DATES, deals, two_deals
from sheetrecord.core.derive import derive
from sheetrecord.core.handover.baseline import canonical
from sheetrecord.core.handover.context import HandoverStep
from sheetrecord.core.handover.hidden_log import log_intact
from sheetrecord.core.handover.promote import PromoteRequest, plan_promote
from sheetrecord.core.handover.reopen import plan_reopen
from sheetrecord.core.handover.waiver import Waiver
from sheetrecord.model.edit import AddRow, SetValue
from sheetrecord.model.money import to_minor
from sheetrecord.schema.column import ColumnOwner
from sheetrecord.schema.sheets import SHEETS

LAW = examples(25)
START = Waiver((), "Ines", "The board meets", dt.date(2026, 12, 31))
ASKS = st.builds(
    PromoteRequest,
    st.just("D-0001"),
    st.just("Ines"),
    fees=st.sampled_from(["", "", "", "hours", "30_40_30"]),
    refusals=st.integers(0, 2),
    refit=st.booleans(),
    start=st.sampled_from([None, None, START]),
    update=st.booleans(),
)

MAY_SET = {
    ("Deal", "stage"),
    ("Deal", "handover_state"),
    ("Deal", "handover_on"),
    ("Deal", "waived"),
    ("Deal", "waived_by"),
    ("Deal", "waived_why"),
    ("Deal", "waived_until"),
    ("Fees", "net"),
    ("Project", "date_planned"),
    ("Project", "status"),
    ("Project", "status_reason"),
}
"""Cells with content that a promotion may change: the deal's state, and what it was asked to."""


def _promote(memory: Memory, ask: PromoteRequest) -> HandoverStep:
    step = plan_promote(memory.context(ASOF), ask)
    memory.apply(step)
    return step


@LAW
@given(two_deals(), ASKS)
def test_promoting_twice_is_promoting_once(rows: Rows, ask: PromoteRequest) -> None:
    memory = Memory(rows)
    _promote(memory, ask)
    once = memory.copy().state
    second = _promote(memory, ask)
    assert memory.state == once
    assert not second.writes


@LAW
@given(two_deals(), ASKS)
def test_a_refused_promotion_keeps_and_plans_nothing(rows: Rows, ask: PromoteRequest) -> None:
    step = plan_promote(Memory(rows).context(ASOF), ask)
    if step.refusals:
        assert (step.plan, step.kept, step.outcome) == ((), (), "refused")
    assert (step.outcome == "refused") == bool(step.refusals)


@LAW
@given(two_deals(), ASKS)
def test_a_promotion_sets_no_cell_that_is_not_its_own(rows: Rows, ask: PromoteRequest) -> None:
    memory = Memory(rows)
    for edit in plan_promote(memory.context(ASOF), ask).plan:
        if isinstance(edit, SetValue):
            old = memory.cell(edit.at.sheet, edit.at.row_id, edit.at.key)
            assert old in {None, ""} or (edit.at.sheet, edit.at.key) in MAY_SET
            column = SHEETS[edit.at.sheet].by_key[edit.at.key]
            assert not column.derived
            finance = column.owner is ColumnOwner.FINANCE
            assert not finance, edit


@LAW
@given(two_deals(), ASKS)
def test_nothing_is_removed_and_no_other_deal_is_touched(rows: Rows, ask: PromoteRequest) -> None:
    memory = Memory(rows)
    before = memory.copy().table
    step = _promote(memory, ask)
    for sheet, held in before.items():
        assert set(held) <= set(memory.table[sheet])
        for number, row in held.items():
            now = memory.table[sheet][number]
            if row.get("deal_id") == "D-0002":
                assert now == row
            assert all(now.get(key) is not None for key, cell in row.items() if cell is not None)
    for edit in step.plan:
        if isinstance(edit, AddRow):
            assert edit.cells["deal_id"] == "D-0001"


@LAW
@given(deals(), st.sampled_from(["30_40_30", "retainer"]), DATES)
def test_fee_lines_add_up_to_the_amount_to_the_last_cent(
    rows: Rows, fees: str, end: dt.date
) -> None:
    deal = rows["Deal"][0]
    rows["Fees"], rows["Commitments"] = [], []
    rows["Commitments"].append(
        {"deal_id": "D-0001", "what": "none", "said_by": "Ute", "said_on": ASOF, "com_id": "C-1"}
    )
    clean = {"stage": "verbal", "ops_owner": "Tom", "won_reason": "Plant", "client": "Acme"}
    clean |= {"signed_on": ASOF, "handover_state": "", "contract_end": end}
    deal.update(clean)
    for row in rows["Context"]:
        row["answer"] = row.get("answer") or "We asked"
    memory = Memory(rows)
    step = _promote(memory, PromoteRequest("D-0001", "Ines", fees))
    assume(not step.refusals)
    record = derive(memory.context(ASOF).parsed.record)
    lines = [row for row in record.fees if row.deal_id == "D-0001"]
    assert sum(row.net for row in lines) == deal["value_net"]
    assert record.deals[0].fee_gap == 0
    places = CURRENCIES[deal["currency"]]
    for cell in (row.get("net") for row in memory.table["Fees"].values()):
        assert to_minor(cell or 0, deal["currency"])[1], (cell, places)


@LAW
@given(two_deals(), ASKS)
def test_the_baseline_is_the_deal_as_it_was_promoted(rows: Rows, ask: PromoteRequest) -> None:
    memory = Memory(rows)
    step = _promote(memory, ask)
    context = memory.context(ASOF)
    assert log_intact(context.book)
    for deal_id, found in context.baselines.items():
        assert deal_id == "D-0001"
        assert found[-1].intact
        assert found[-1].digest == step.digest
        assert found[-1].content == canonical(derive(context.parsed.record).by_deal[deal_id])


@LAW
@given(two_deals(), ASKS, st.sampled_from(["lost", "talking", "parked"]))
def test_reopening_keeps_every_row_and_happens_once(
    rows: Rows, ask: PromoteRequest, stage: str
) -> None:
    memory = Memory(rows)
    _promote(memory, ask)
    memory.table["Deal"][2]["stage"] = stage
    before = memory.copy()
    first = plan_reopen(memory.context(ASOF), "D-0001", "Ines")
    memory.apply(first)
    second = plan_reopen(memory.context(ASOF), "D-0001", "Ines")
    assert second.outcome == "nothing"
    for sheet in ("Context", "Commitments", "Fees"):
        assert memory.table[sheet] == before.table[sheet]
    for number, row in before.table["Project"].items():
        assert memory.table["Project"][number] == row
    assert memory.hidden.get("sr_baseline") == before.hidden.get("sr_baseline")


@LAW
@given(two_deals(), ASKS, st.data())
def test_what_ops_wrote_since_survives_a_second_promotion(
    rows: Rows, ask: PromoteRequest, data: st.DataObject
) -> None:
    memory = Memory(rows)
    _promote(memory, ask)
    project = memory.table["Project"]
    assume(project)
    number = data.draw(st.sampled_from(sorted(project)))
    key = data.draw(st.sampled_from(["title", "owner", "status_reason", "phase", "note"]))
    project[number][key] = "ops wrote this"
    edited = memory.copy().state
    _promote(memory, ask._replace(update=False))
    assert memory.state == edited
