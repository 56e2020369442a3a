"""Each step of a handover on a record in memory: who may take it, and what it leaves behind."""

import datetime as dt
from typing import Any

import pytest

from promote.firm import ASOF, DAY, Rows, ready, together
from promote.memory import Memory
from sheetrecord.core.derive import derive
from sheetrecord.core.handover.apply_waiver import plan_end, plan_waive
from sheetrecord.core.handover.context import HandoverStep
from sheetrecord.core.handover.figures import figures
from sheetrecord.core.handover.hidden_log import read_log
from sheetrecord.core.handover.pending_closes import due
from sheetrecord.core.handover.promote import PromoteRequest, plan_promote
from sheetrecord.core.handover.reopen import plan_reopen
from sheetrecord.core.handover.response import (
    Confirmation,
    plan_accept,
    plan_confirm,
    plan_return,
)
from sheetrecord.core.handover.waiver import Waiver
from sheetrecord.schema.record import DealRows

LATER = DAY(2026, 3, 6)
ASK = PromoteRequest("D-0001", "Ines")
WAIVER = Waiver(("CTX-002",), "Ines", "Sole bidder", DAY(2026, 4, 30))
START = Waiver((), "Ines", "The board meets", DAY(2026, 4, 15))


def go(memory: Memory, step: HandoverStep) -> HandoverStep:
    memory.apply(step)
    return step


def promote(memory: Memory, ask: PromoteRequest = ASK, asof: dt.date = ASOF) -> HandoverStep:
    return go(memory, plan_promote(memory.context(asof), ask))


def deal(memory: Memory, deal_id: str = "D-0001", asof: dt.date = ASOF) -> DealRows:
    return derive(memory.context(asof).parsed.record).by_deal[deal_id]


def events(memory: Memory) -> list[tuple[str, str]]:
    return [(e.deal_id, e.what) for e in read_log(memory.book())]


def without(rows: Rows, kind: str) -> Rows:
    for row in rows["Context"]:
        if row["kind"] == kind:
            row["answer"] = ""
    return rows


def promoted(**changes: Any) -> Memory:
    memory = Memory(ready(**changes))
    assert promote(memory).outcome == "promoted"
    return memory


def test_a_promotion_opens_the_project_and_offers_it() -> None:
    rows = deal(promoted())
    assert (rows.deal.stage, rows.deal.handover_state) == ("won", "offered")
    kinds = [(row.kind, row.title, row.date_planned or row.due_on) for row in rows.project]
    assert kinds == [
        ("summary", "Rollout", DAY(2026, 6, 16)),
        ("milestone", "30_40_30 1", DAY(2026, 4, 27)),
        ("milestone", "30_40_30 2", DAY(2026, 6, 16)),
        ("milestone", "First line live before Easter", DAY(2026, 4, 2)),
        ("milestone", "The date that matters: board meeting", DAY(2026, 6, 16)),
        ("issue", "Decide: A report for each machine", DAY(2026, 4, 1)),
        ("issue", kinds[6][1], DAY(2026, 3, 20)),
    ]
    assert [(fee.net, fee.ready) for fee in rows.fees] == [
        (1_260_000, True),
        (1_680_000, False),
        (1_260_000, False),
    ]
    assert {fee.milestone_ref for fee in rows.fees} - {""} <= {r.row_id for r in rows.project}


def test_the_reason_for_winning_answers_why_us() -> None:
    facts = {row.kind: row.answer for row in deal(promoted()).context}
    assert facts["why_us"] == "We know their plant"


def test_every_gap_is_told_at_once_with_its_cell() -> None:
    rows = without(without(ready(ops_owner=None, signed_on=None), "pressure"), "alternative")
    rows["Commitments"][1]["client_believes"] = "not_asked"
    step = promote(Memory(rows), PromoteRequest("D-0001", "Ines", fees="nothing"))
    assert {p.code for p in step.refusals} == {
        *("CTX-002", "CTX-004", "DEAL-004", "DEAL-005", "COM-001", ""),
    }
    assert all("!" in p.where.address and p.do for p in step.refusals)


@pytest.mark.parametrize("stage", ["lost", "parked", ""])
def test_a_deal_that_is_not_being_sold_is_not_closed(stage: str) -> None:
    step = promote(Memory(ready(stage=stage)))
    assert step.outcome == "refused"
    assert step.refusals[0].where.key == "stage"


def test_an_unknown_deal_and_a_doubled_one_are_refused() -> None:
    assert "no deal" in promote(Memory(ready()), PromoteRequest("D-9", "Ines")).refusals[0].message
    rows = ready()
    rows["Deal"].append(dict(rows["Deal"][0]))
    assert "stands on rows 2 and 3" in promote(Memory(rows)).refusals[0].message


def test_a_milestone_after_the_hard_deadline_is_at_risk_and_said() -> None:
    rows = ready()
    rows["Commitments"][2]["due_on"] = DAY(2026, 6, 20)
    memory = Memory(rows)
    step = promote(memory)
    late = [row for row in deal(memory).project if row.status == "at_risk"]
    assert [row.title for row in late] == ["First line live before Easter"]
    assert "4 days after the date that matters, 2026-06-16: board meeting" in late[0].status_reason
    assert any("4 days after the hard deadline" in note for note in step.notes)


def test_the_contracts_own_end_is_the_target_when_the_deadline_can_move() -> None:
    rows = ready()
    next(r for r in rows["Context"] if r["kind"] == "real_deadline")["hardness"] = "soft"
    memory = Memory(rows)
    promote(memory)
    assert deal(memory).project[0].date_planned == DAY(2026, 6, 30)


def test_fee_lines_that_stand_there_stay_the_same_rows() -> None:
    rows = ready()
    line = {"deal_id": "D-0001", "origin": "contract", "trigger": "on_signature"}
    rows["Fees"] = [
        {"fee_id": "F-A", "description": "Start", "net": 1_200_000, **line},
        {"fee_id": "F-B", "description": "Rest", "net": 3_000_000, **line, "trigger": "on_date"},
    ]
    memory = Memory(rows)
    promote(memory)
    found = deal(memory).fees
    assert [(f.fee_id, f.net, f.ready) for f in found] == [
        ("F-A", 1_200_000, True),
        ("F-B", 3_000_000, False),
    ]


def test_each_phase_has_its_summary() -> None:
    rows = ready()
    rows["Fees"] = [
        {
            "fee_id": f"F-{phase}",
            "deal_id": "D-0001",
            "phase": phase,
            "origin": "contract",
            "trigger": "on_acceptance",
            "description": phase,
            "net": 2_100_000,
        }
        for phase in ("Design", "Build")
    ]
    memory = Memory(rows)
    promote(memory)
    summaries = [row for row in deal(memory).project if row.kind == "summary"]
    assert [(row.phase, row.title) for row in summaries] == [
        ("Design", "Rollout: Design"),
        ("Build", "Rollout: Build"),
    ]


def test_a_later_phase_is_proposed_and_added_only_when_asked() -> None:
    memory = promoted()
    fee = {"fee_id": "F-2", "deal_id": "D-0001", "phase": "Phase 2", "origin": "contract"}
    memory.table["Fees"][9] = {**fee, "trigger": "on_acceptance", "description": "P2", "net": 0}
    before = memory.copy().state
    assert promote(memory).outcome == "proposed"
    assert memory.state == before
    assert promote(memory, ASK._replace(update=True)).outcome == "updated"
    added = [r.title for r in deal(memory).project if r.phase == "Phase 2"]
    assert added == ["Rollout: Phase 2", "P2"]
    assert promote(memory, ASK._replace(update=True)).outcome == "nothing"


def test_a_moved_promise_moves_its_milestone_only_where_ops_left_it() -> None:
    memory = promoted()
    memory.table["Commitments"][4]["due_on"] = DAY(2026, 4, 9)
    step = promote(memory, ASK._replace(update=True))
    assert [edit.value for edit in step.plan] == [DAY(2026, 4, 9)]
    memory.table["Commitments"][4]["due_on"] = DAY(2026, 4, 20)
    assert promote(memory, ASK._replace(update=True)).outcome == "nothing"


def test_work_that_begins_before_the_signature_is_marked_and_later_signed() -> None:
    memory = Memory(ready(signed_on=None, contract_link=None))
    assert promote(memory).outcome == "refused"
    assert promote(memory, ASK._replace(start=START)).outcome == "at_risk"
    rows = deal(memory)
    assert (rows.deal.stage, rows.deal.handover_state) == ("verbal", "offered")
    assert rows.deal.waived == "DEAL-004, DEAL-019"
    assert rows.project[0].status == "at_risk"
    assert not any(fee.ready for fee in rows.fees)
    assert "sr_baseline" not in memory.hidden
    assert promote(memory, ASK._replace(start=START)).outcome == "nothing"

    memory.table["Deal"][2] |= {"signed_on": LATER, "contract_link": "c.pdf"}
    assert promote(memory, asof=LATER).outcome == "promoted"
    rows = deal(memory)
    assert (rows.deal.stage, rows.project[0].status) == ("won", "on_track")
    assert [fee.ready for fee in rows.fees] == [True, False, False]
    assert memory.context(LATER).baselines["D-0001"][0].intact


def test_a_value_that_changed_before_the_signature_is_told_and_refitted() -> None:
    memory = Memory(ready(signed_on=None))
    promote(memory, ASK._replace(start=START))
    memory.table["Deal"][2] |= {"signed_on": LATER, "value_net": 38_000.01}
    refused = promote(memory, asof=LATER)
    assert {p.code for p in refused.refusals} == {"FEE-001"}
    step = promote(memory, ASK._replace(refit=True), asof=LATER)
    assert step.outcome == "promoted"
    assert "42,000.00 EUR; it was signed at 38,000.01 EUR" in " ".join(step.notes)
    assert [fee.net for fee in deal(memory).fees] == [1_140_000, 1_520_001, 1_140_000]


def test_a_waiver_opens_the_gate_and_becomes_an_issue_until_its_day() -> None:
    memory = Memory(without(ready(), "alternative"))
    assert promote(memory).outcome == "refused"
    go(memory, plan_waive(memory.context(ASOF), "D-0001", WAIVER))
    step = promote(memory)
    assert step.outcome == "promoted"
    assert any("CTX-002" in note for note in step.notes)
    issue = next(row for row in deal(memory).project if row.title.startswith("Let pass"))
    assert (issue.due_on, issue.owner) == (WAIVER.until, "Ines")
    assert events(memory) == [("D-0001", "waived"), ("D-0001", "promoted")]


def test_a_waiver_that_has_ended_keeps_the_gate_shut() -> None:
    memory = Memory(without(ready(), "alternative"))
    go(memory, plan_waive(memory.context(ASOF), "D-0001", WAIVER))
    after = WAIVER.until + dt.timedelta(days=1)
    assert {p.code for p in promote(memory, asof=after).refusals} == {"CTX-002"}


@pytest.mark.parametrize(
    ("second", "asof", "expected"),
    [
        (
            Waiver(("CTX-004",), "Tom", "Asked twice", DAY(2026, 4, 1)),
            ASOF,
            ("CTX-002, CTX-004", "Ines; Tom", "Sole bidder; Asked twice", DAY(2026, 4, 1)),
        ),
        (
            WAIVER._replace(until=DAY(2026, 5, 31)),
            ASOF,
            ("CTX-002", "Ines", "Sole bidder", DAY(2026, 5, 31)),
        ),
        (
            Waiver(("CTX-004",), "Tom", "Asked twice", DAY(2026, 6, 1)),
            DAY(2026, 5, 15),
            ("CTX-004", "Tom", "Asked twice", DAY(2026, 6, 1)),
        ),
    ],
    ids=["grows, with the earlier end", "renewed", "replaces one that ended"],
)
def test_a_deal_has_one_waiver(
    second: Waiver, asof: dt.date, expected: tuple[str, str, str, dt.date]
) -> None:
    memory = Memory(ready())
    go(memory, plan_waive(memory.context(ASOF), "D-0001", WAIVER))
    go(memory, plan_waive(memory.context(asof), "D-0001", second))
    found = deal(memory, asof=asof).deal
    assert (found.waived, found.waived_by, found.waived_why, found.waived_until) == expected


def test_ending_a_waiver_leaves_the_others_or_nothing() -> None:
    memory = Memory(ready())
    both = WAIVER._replace(codes=("CTX-002", "CTX-004"))
    go(memory, plan_waive(memory.context(ASOF), "D-0001", both))
    go(memory, plan_end(memory.context(ASOF), "D-0001", ("CTX-002",), "Ines"))
    assert deal(memory).deal.waived == "CTX-004"
    go(memory, plan_end(memory.context(ASOF), "D-0001", ("CTX-004",), "Ines"))
    found = deal(memory).deal
    assert (found.waived, found.waived_by, found.waived_until) == ("", "", None)
    assert plan_end(memory.context(ASOF), "D-0001", ("CTX-004",), "Ines").outcome == "nothing"


@pytest.mark.parametrize(
    ("waiver", "word"),
    [
        (WAIVER._replace(codes=("CTX-999",)), "no rule"),
        (WAIVER._replace(until=DAY(2026, 3, 1)), "over already"),
    ],
)
def test_a_waiver_of_nothing_or_of_the_past_is_refused(waiver: Waiver, word: str) -> None:
    step = plan_waive(Memory(ready()).context(ASOF), "D-0001", waiver)
    assert word in step.refusals[0].message


def test_a_handover_is_accepted_once() -> None:
    memory = promoted()
    assert go(memory, plan_accept(memory.context(LATER), "D-0001", "Tom")).outcome == "accepted"
    assert deal(memory).deal.handover_on == LATER
    assert plan_accept(memory.context(LATER), "D-0001", "Tom").outcome == "nothing"


def test_what_was_never_offered_is_neither_accepted_nor_returned_nor_confirmed() -> None:
    context = Memory(ready()).context(ASOF)
    everything = Confirmation(everything=True)
    assert plan_accept(context, "D-0001", "Tom").outcome == "refused"
    assert plan_return(context, "D-0001", "Tom", "bad_fit", "No").outcome == "refused"
    assert plan_confirm(context, "D-0001", "Tom", everything).outcome == "refused"
    assert plan_accept(context, "D-9", "Tom").outcome == "refused"


def test_a_returned_deal_is_mended_and_offered_again_with_a_second_baseline() -> None:
    memory = promoted()
    step = plan_return(memory.context(LATER), "D-0001", "Tom", "promise_not_logged", "Training?")
    go(memory, step)
    assert plan_accept(memory.context(LATER), "D-0001", "Tom").outcome == "refused"
    memory.table["Commitments"][9] = {
        "com_id": "C-9",
        "deal_id": "D-0001",
        "what": "Two days of training",
        "type": "promise",
        "client_believes": "yes",
        "disposition": "honour_free",
    }
    assert promote(memory, asof=LATER).outcome == "promoted"
    assert deal(memory).deal.handover_state == "offered"
    assert [b.version for b in memory.context(LATER).baselines["D-0001"]] == [1, 2]
    assert len([r for r in deal(memory).project if r.kind == "summary"]) == 1
    go(memory, plan_accept(memory.context(LATER), "D-0001", "Tom"))
    assert [what for _, what in events(memory)] == ["promoted", "returned", "promoted", "accepted"]


def test_facts_are_confirmed_one_by_one_and_a_wrong_one_becomes_an_issue() -> None:
    memory = promoted()
    go(memory, plan_accept(memory.context(LATER), "D-0001", "Tom"))
    facts = {row.kind: row.ctx_id for row in deal(memory).context}
    right, wrong = facts["why_us"], facts["real_deadline"]
    told = Confirmation((right,), (wrong,), note="It is the May board")
    step = go(memory, plan_confirm(memory.context(LATER), "D-0001", "Tom", told))
    assert step.outcome == "confirmed"
    assert memory.cell("Context", right, "confirmed_by") == "Tom"
    assert memory.cell("Context", wrong, "confirmed_on") is None
    issue = next(r for r in deal(memory).project if r.title.startswith("Not as handed over"))
    assert (issue.ctx_ref, issue.note) == (wrong, "It is the May board")
    assert deal(memory).deal.handover_state == "accepted"
    everything = Confirmation(everything=True)
    go(memory, plan_confirm(memory.context(LATER), "D-0001", "Tom", everything))
    assert deal(memory).deal.handover_state == "confirmed"
    again = plan_confirm(memory.context(LATER), "D-0001", "Tom", everything)
    assert again.outcome == "nothing"
    assert (
        plan_confirm(memory.context(LATER), "D-0001", "Tom", Confirmation(("X-NOPE",)))
        .refusals[0]
        .message.endswith("X-NOPE.")
    )


def test_a_lost_deal_keeps_its_project_and_comes_back() -> None:
    memory = promoted()
    memory.table["Deal"][2] |= {"stage": "lost", "lost_reason": "no_budget"}
    assert promote(memory).outcome == "refused"
    project = dict(memory.table["Project"])
    go(memory, plan_reopen(memory.context(LATER), "D-0001", "Ines"))
    rows = deal(memory)
    assert rows.deal.handover_state == "not_ready"
    assert [r.title for r in rows.project if r.kind == "update"] == [
        "Reopened: the deal is Lost again."
    ]
    assert project.items() <= memory.table["Project"].items()
    assert len(rows.fees) == 3

    later = DAY(2026, 8, 10)
    memory.table["Deal"][2] |= {"stage": "won", "signed_on": DAY(2026, 8, 7)}
    step = promote(memory, asof=later)
    assert step.outcome == "promoted"
    assert any("older than 90 days" in note for note in step.notes)
    rows = deal(memory)
    assert (rows.deal.handover_state, len(rows.fees)) == ("offered", 3)
    assert [b.version for b in memory.context(later).baselines["D-0001"]] == [1, 2]


def test_a_won_deal_set_back_to_open_asks_before_anything_is_marked() -> None:
    memory = promoted()
    memory.table["Deal"][2]["stage"] = "verbal"
    step = promote(memory)
    assert "--reopen" in step.refusals[0].do
    assert go(memory, plan_reopen(memory.context(ASOF), "D-0001", "Ines")).outcome == "reopened"
    assert promote(memory).outcome == "promoted"
    assert deal(memory).deal.stage == "won"


def test_a_deal_still_won_is_not_reopened() -> None:
    assert plan_reopen(promoted().context(ASOF), "D-0001", "Ines").outcome == "refused"


def test_two_deals_of_one_client_on_one_day_stay_apart() -> None:
    memory = Memory(together(ready("D-0001"), ready("D-0002", deal_name="Support")))
    promote(memory)
    first = {s: dict(rows) for s, rows in memory.copy().table.items()}
    promote(memory, PromoteRequest("D-0002", "Ines"))
    ids = [row["row_id"] for row in memory.table["Project"].values()]
    assert len(ids) == len(set(ids)) == 14
    for sheet, rows in first.items():
        for number, row in rows.items():
            if row.get("deal_id") == "D-0001":
                assert memory.table[sheet][number] == row


def test_a_repeat_clients_people_come_along_to_be_confirmed_again() -> None:
    first = ready("D-0001", stage="won", handover_state="accepted")
    first["Context"][9] |= {"confirmed_on": DAY(2025, 3, 1), "confirmed_by": "Tom"}
    second = ready("D-0002", prior_deal_id="D-0001", deal_name="Second plant")
    second["Context"] = [r for r in second["Context"] if r["kind"] != "stakeholder"]
    free = {"deal_id": "D-0002", "kind": "stakeholder", "ctx_id": "X-FREE"}
    second["Context"].append(free)
    memory = Memory(together(first, second))
    step = promote(memory, PromoteRequest("D-0002", "Ines"))
    assert step.outcome == "promoted"
    assert "From D-0001, to re-confirm: Ute Brandt, Jan Weiss." in step.notes
    people = [r for r in deal(memory, "D-0002").context if r.kind == "stakeholder"]
    assert [(p.person, p.role, p.source_link, p.confirmed_on) for p in people] == [
        ("Ute Brandt", "sponsor", "from D-0001", None),
        ("Jan Weiss", "daily_contact", "from D-0001", None),
    ]
    assert people[0].ctx_id == "X-FREE"


def test_in_a_firm_of_two_the_seller_may_be_the_receiver() -> None:
    memory = Memory(ready(ops_owner="ines "))
    step = promote(memory)
    assert any("hands over to" in note for note in step.notes)
    go(memory, plan_accept(memory.context(LATER), "D-0001", "Ines"))
    context = memory.context(LATER)
    assert context.events[-1].subject == "self"
    told = {f.name: f for f in figures(derive(context.parsed.record), context.events, {})}
    assert told["first_pass_acceptance"].of == 0


def test_a_handover_from_before_is_taken_over_with_a_baseline_and_no_row() -> None:
    rows = ready(stage="won", handover_state="accepted")
    rows["Project"] = [{"row_id": "P-1", "deal_id": "D-0001", "kind": "summary", "title": "Old"}]
    memory = Memory(rows)
    table = memory.copy().table
    assert promote(memory).outcome == "adopted"
    assert memory.table == table
    assert memory.context(ASOF).baselines["D-0001"][0].intact
    assert promote(memory).outcome in {"nothing", "proposed"}


def test_figures_tell_first_pass_days_and_confirmation() -> None:
    memory = Memory(together(ready("D-0001"), ready("D-0002")))
    promote(memory)
    promote(memory, PromoteRequest("D-0002", "Ines", refusals=2))
    go(memory, plan_accept(memory.context(LATER), "D-0001", "Tom"))
    go(memory, plan_return(memory.context(LATER), "D-0002", "Tom", "bad_fit", "No"))
    facts = [row.ctx_id for row in deal(memory).context]
    told = Confirmation((facts[0],), kickoff=True)
    go(memory, plan_confirm(memory.context(DAY(2026, 3, 16)), "D-0001", "Tom", told))
    context = memory.context(DAY(2026, 3, 20))
    written = {facts[1]: DAY(2026, 2, 11), facts[2]: DAY(2026, 2, 20)}
    found = {f.name: f for f in figures(derive(context.parsed.record), context.events, written)}
    assert (found["first_pass_gate"].value, found["first_pass_gate"].of) == (0.5, 2)
    assert found["first_pass_acceptance"].value == 0.5
    assert (found["won_to_accepted"].value, found["won_to_kickoff"].value) == (4, 10)
    assert (found["captured_in_48_hours"].value, found["capture_lag"].value) == (0.5, 5.5)
    assert found["confirm_rate"].value == pytest.approx(0.1)
    assert (found["won_to_kickoff"].met, found["confirm_rate"].met) == (True, False)


def test_what_ops_accepted_before_the_signature_stays_accepted_after_it() -> None:
    memory = Memory(ready(signed_on=None))
    promote(memory, ASK._replace(start=START))
    go(memory, plan_accept(memory.context(ASOF), "D-0001", "Tom"))
    memory.table["Deal"][2]["signed_on"] = LATER
    assert promote(memory, asof=LATER).outcome == "promoted"
    found = deal(memory).deal
    assert (found.stage, found.handover_state, found.handover_on) == ("won", "accepted", ASOF)


def test_a_promise_or_fee_line_that_names_its_project_row_gets_no_other() -> None:
    rows = ready()
    rows["Commitments"][2]["project_ref"] = "P-1"
    fee = {"fee_id": "F-1", "deal_id": "D-0001", "origin": "contract", "net": 4_200_000}
    rows["Fees"] = [{**fee, "trigger": "on_acceptance", "milestone_ref": "P-2"}]
    memory = Memory(rows)
    promote(memory)
    titles = [row.title for row in deal(memory).project if row.kind == "milestone"]
    assert titles == ["The date that matters: board meeting"]


@pytest.mark.parametrize(
    ("changes", "waits"),
    [
        ({"stage": "won"}, True),
        ({"stage": "verbal"}, False),
        ({"stage": "verbal", "ready_to_close": True}, True),
        ({"stage": "lost", "ready_to_close": True}, False),
        ({"stage": "won", "handover_state": "returned"}, False),
    ],
    ids=["won", "not yet", "ticked", "lost", "returned"],
)
def test_what_somebody_says_in_the_sheet_makes_a_deal_due(
    changes: dict[str, Any], *, waits: bool
) -> None:
    memory = Memory(ready(**changes))
    assert list(due(memory.context(ASOF))) == (["D-0001"] if waits else [])
    if waits:
        promote(memory)
        assert list(due(memory.context(ASOF))) == []
