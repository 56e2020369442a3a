"""Who may see a row travels with its words: into every row that a step of the handover makes."""

import datetime as dt
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from conftest import Ran
from effort import examples
from promote.firm import ASOF, Rows, ready, together, workbook
from promote.memory import Memory
from promote.strategies import DATES
from sheetrecord.core.handover.promote import PromoteRequest, plan_promote
from sheetrecord.core.handover.reopen import plan_reopen
from sheetrecord.core.handover.response import Confirmation, plan_accept, plan_confirm
from sheetrecord.core.handover.waiver import Waiver
from sheetrecord.schema.record import Record
from sheetrecord.schema.share import LEVELS

SHARES = st.sampled_from(["", "internal", "ops", "client"])
TEXTS = ("answer", "driver", "note", "person", "what")
START = Waiver((), "Ines", "The board meets", dt.date(2026, 12, 31))
LAW = examples(40)


@st.composite
def marked(draw: Any) -> Rows:
    """Return a client's earlier deal and a new one, every text marked and every row with a Share.

    The marks of a row are ``<id>`` in each of its texts.
    """
    old, new = ready("D-0002", stage="won"), ready("D-0001", prior_deal_id="D-0002")
    old["Context"][-1]["person"] = "Somebody Else"
    new["Deal"][0]["contract_end"] = draw(DATES)
    new["Context"] += [{"deal_id": "D-0001", "kind": "stakeholder"}] * draw(st.integers(0, 1))
    new["Context"] = [{**row, "ctx_id": f"X-{n}"} for n, row in enumerate(new["Context"])]
    rows = together(old, new)
    for row in (*rows["Context"], *rows["Commitments"]):
        row["share"] = draw(SHARES)
        for key in TEXTS:
            if row.get(key) and row[key] != "?":
                row[key] = f"{row[key]} <{row.get('ctx_id') or row['com_id']}>"
        if row.get("kind") == "real_deadline":
            row["date"] = draw(DATES)
        if "disposition" in row:
            row["disposition"] = draw(st.sampled_from(["undecided", "in_contract", "honour_free"]))
            row |= {"owner": "Tom", "due_on": draw(DATES)}
    if draw(st.booleans()):
        found = draw(st.sampled_from(new["Context"]))
        found["answer"] = ""
    return rows


def sources(record: Record) -> dict[str, str]:
    """Return the mark of each row that people typed, and how far it may travel."""
    return {f"<{row.id}>": row.share for row in (*record.context, *record.commitments) if row.id}


def carried(record: Record, known: dict[str, str]) -> Iterator[tuple[str, str, str]]:
    """Yield row, Share and the stricter Share of a row whose mark it carries without right."""
    for row in (*record.context, *record.commitments, *record.project, *record.deals, *record.fees):
        share = row.share if "share" in row.by_key else "ops"
        words = " ".join(cell for cell in row[1:] if isinstance(cell, str))
        for mark, level in known.items():
            if mark in words and LEVELS.index(share) > LEVELS.index(level):
                yield row.id, share, level


@LAW
@given(marked(), st.booleans(), st.booleans(), st.data())
def test_no_step_lets_words_travel_further_than_their_row(
    rows: Rows, early: bool, update: bool, data: st.DataObject
) -> None:
    memory = Memory(rows)
    known = sources(memory.context(ASOF).parsed.record)
    codes = data.draw(st.sampled_from([(), ("CTX-001", "CTX-002", "CTX-003", "CTX-004")]))
    start = START._replace(codes=codes) if early else None
    memory.apply(plan_promote(memory.context(ASOF), PromoteRequest("D-0001", "Ines", start=start)))
    record = memory.context(ASOF).parsed.record
    moved = data.draw(st.sampled_from([None, dt.date(2026, 12, 30)]))
    if moved is not None:
        for sheet, key in (("Commitments", "due_on"), ("Context", "date")):
            for cells in memory.table[sheet].values():
                if cells.get(key):
                    cells[key] = moved
    memory.apply(
        plan_promote(memory.context(ASOF), PromoteRequest("D-0001", "Ines", update=update))
    )
    memory.apply(plan_accept(memory.context(ASOF), "D-0001", "Tom"))
    wrong = tuple(row.ctx_id for row in record.context if row.deal_id == "D-0001" and row.answer)
    told = Confirmation(wrong=wrong[: data.draw(st.integers(0, 12))], note="No")
    memory.apply(plan_confirm(memory.context(ASOF), "D-0001", "Tom", told))
    memory.apply(plan_reopen(memory.context(ASOF), "D-0001", "Tom"))
    assert not list(carried(memory.context(ASOF).parsed.record, known))


def dates(record: Record) -> set[dt.date]:
    """Return the planned dates that reach the firm."""
    return {
        day
        for row in record.project
        if row.share != "internal"
        for day in (row.date_planned, row.date_baseline)
        if day is not None
    }


def test_a_deadline_that_stays_with_the_owner_plans_nothing_that_others_see() -> None:
    rows = ready()
    secret = dt.date(2026, 5, 11)
    fact = next(row for row in rows["Context"] if row["kind"] == "real_deadline")
    fact |= {"share": "internal", "date": secret}
    memory = Memory(rows)
    step = plan_promote(memory.context(ASOF), PromoteRequest("D-0001", "Ines"))
    memory.apply(step)
    record = memory.context(ASOF).parsed.record
    assert secret not in dates(record)
    assert secret not in {row.planned_on for row in record.fees}
    own = [row for row in record.project if row.ctx_ref == fact["ctx_id"]]
    assert [(row.share, row.date_planned) for row in own] == [("internal", secret)]
    assert any("Ops will not see" in note and fact["ctx_id"] in note for note in step.notes)


def test_promote_says_which_facts_of_the_gate_ops_will_not_see(
    run: Callable[..., Ran], tmp_path: Path
) -> None:
    rows = ready()
    rows["Context"][4]["share"] = "internal"
    rows["Commitments"][0]["share"] = "internal"
    path = tmp_path / "firm.xlsx"
    path.write_bytes(workbook(rows))
    words = ("promote", path, "--deal", "D-0001", "--by", "Ines", "--asof", "2026-03-04")
    for more in (["--plan"], []):
        told = run(*words, *more).out
        assert 'Ops will not see "Pressure"' in told
        assert 'Ops will not see "The night shift is trained as well"' in told
        assert told.count("Ops will not see") == 2
        assert "Share is Internal" in told


def test_the_settings_file_can_make_blank_rows_unseen(
    run: Callable[..., Ran], tmp_path: Path
) -> None:
    (tmp_path / "sheetrecord.toml").write_text('[publish.ops]\nunmarked = "internal"\n', "utf-8")
    path = tmp_path / "firm.xlsx"
    path.write_bytes(workbook(ready()))
    words = ("promote", path, "--deal", "D-0001", "--by", "Ines", "--asof", "2026-03-04", "--plan")
    assert "Share is blank" in run(*words).out
