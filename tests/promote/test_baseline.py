"""The as-sold baseline and the log: what they keep, and that nobody changes them unseen."""

import datetime as dt
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from promote.firm import ASOF, ready
from promote.memory import Memory
from sheetrecord.core.derive import derive
from sheetrecord.core.handover.baseline import (
    BASELINE,
    HEADER,
    Baseline,
    digest_of,
    keep_baseline,
    read_baselines,
)
from sheetrecord.core.handover.hidden_log import LOG, LogEvent, log, log_intact, read_log
from sheetrecord.core.handover.promote import PromoteRequest, plan_promote
from sheetrecord.core.handover.since_sold import differences

TEXTS = st.text(max_size=12)
VALUES = st.one_of(TEXTS, st.integers(-(10**12), 10**12), st.booleans(), st.floats(0, 1))
PLACES = st.tuples(st.sampled_from(["Deal", "Context", "Fees"]), st.text("ABX-19", min_size=1))
CONTENTS = st.dictionaries(PLACES, st.dictionaries(TEXTS, VALUES, max_size=4), max_size=5)


def sold() -> Memory:
    memory = Memory(ready())
    memory.apply(plan_promote(memory.context(ASOF), PromoteRequest("D-0001", "Ines")))
    return memory


def found(memory: Memory, **options: Any) -> list[tuple[str, str, Any, Any]]:
    context = memory.context(ASOF)
    rows = derive(context.parsed.record).by_deal["D-0001"]
    told = differences(context.baselines["D-0001"][-1], rows, **options)
    return [(d.sheet, d.key or d.row_word, d.sold, d.now) for d in told]


@settings(deadline=None)
@given(CONTENTS)
def test_a_baseline_reads_back_as_it_was_kept_and_intact(content: dict[Any, Any]) -> None:
    digest = digest_of("D-1", 1, ASOF, content)
    memory = Memory({"Deal": ()})
    kept = keep_baseline(memory.book(), Baseline("D-1", 1, ASOF, content, digest))
    memory.hidden[BASELINE] = [HEADER, *kept.rows]
    (read,) = read_baselines(memory.book())["D-1"]
    assert read.content == content
    assert read.intact


def test_a_row_longer_than_a_cell_is_kept_in_pieces() -> None:
    rows = ready()
    rows["Context"][0]["answer"] = "ä" * 32_000
    memory = Memory(rows)
    memory.apply(plan_promote(memory.context(ASOF), PromoteRequest("D-0001", "Ines")))
    assert max(len(cell) for row in memory.hidden[BASELINE] for cell in row) < 32_767
    assert memory.context(ASOF).baselines["D-0001"][0].intact
    assert found(memory) == []


@pytest.mark.parametrize("column", range(len(HEADER)))
def test_any_change_to_a_kept_row_is_noticed(column: int) -> None:
    memory = sold()
    row = list(memory.hidden[BASELINE][4])
    row[column] = row[column] + "9" if column != HEADER.index("part") else "2"
    memory.hidden[BASELINE][4] = tuple(row)
    baselines = memory.context(ASOF).baselines
    noticed = not baselines["D-0001"][0].intact or len(baselines) + len(baselines["D-0001"]) > 2
    assert noticed == (column != HEADER.index("part"))


def test_a_row_taken_out_of_the_baseline_is_noticed() -> None:
    memory = sold()
    del memory.hidden[BASELINE][5]
    assert not memory.context(ASOF).baselines["D-0001"][0].intact


@pytest.mark.parametrize("at", [(1, 1), (1, 3), (2, 4)], ids=["who", "what", "a later line"])
def test_a_changed_line_of_the_log_is_noticed(at: tuple[int, int]) -> None:
    memory = sold()
    second = LogEvent(ASOF, "Tom", "D-0001", "accepted")
    memory._keep(log(memory.book(), [second]))
    assert log_intact(memory.book())
    row = list(memory.hidden[LOG][at[0]])
    row[at[1]] = "somebody else"
    memory.hidden[LOG][at[0]] = tuple(row)
    assert not log_intact(memory.book())


def test_a_spoilt_date_in_the_log_loses_that_line_only() -> None:
    memory = sold()
    memory._keep(log(memory.book(), [LogEvent(ASOF, "Tom", "D-0001", "accepted")]))
    memory.hidden[LOG][1] = ("soon", *memory.hidden[LOG][1][1:])
    assert [event.what for event in read_log(memory.book())] == ["accepted"]


def test_just_after_the_sale_nothing_differs() -> None:
    assert found(sold()) == []


@pytest.mark.parametrize(
    ("sheet", "row", "key", "value", "difference"),
    [
        ("Deal", 2, "value_net", 40_000, ("Deal", "value_net", 4_200_000, 4_000_000)),
        (
            "Deal",
            2,
            "contract_end",
            dt.date(2026, 7, 31),
            ("Deal", "contract_end", "2026-06-30", "2026-07-31"),
        ),
        ("Deal", 2, "note", "Call them", ("Deal", "note", None, "Call them")),
        ("Context", 4, "answer", None, ("Context", "answer", "Initech, or waiting a year", None)),
        ("Fees", 2, "net", 1, ("Fees", "net", 1_260_000, 100)),
    ],
    ids=["amount", "date", "filled in", "cleared", "fee"],
)
def test_a_change_of_what_was_agreed_is_shown(
    sheet: str, row: int, key: str, value: Any, difference: tuple[Any, ...]
) -> None:
    memory = sold()
    memory.table[sheet][row][key] = value
    assert difference in found(memory)


def test_rows_added_and_removed_since_are_shown() -> None:
    memory = sold()
    del memory.table["Commitments"][2]
    memory.table["Commitments"][9] = {"com_id": "C-9", "deal_id": "D-0001", "what": "More"}
    kinds = [(sheet, key) for sheet, key, _, _ in found(memory)]
    assert kinds.count(("Commitments", "added")) == 1
    assert kinds.count(("Commitments", "removed")) == 1


def test_work_going_on_is_not_a_change_of_the_deal() -> None:
    memory = sold()
    memory.table["Fees"][2] |= {"invoice_no": "R-1", "invoiced_on": ASOF}
    memory.table["Context"][3]["confirmed_on"] = ASOF
    assert found(memory) == []
    assert {key for _, key, _, _ in found(memory, everything=True)} == {
        *("invoice_no", "invoiced_on", "confirmed_on"),
    }
