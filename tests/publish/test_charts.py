"""Plots: every mark inside its picture, no two of a lane touching, bars that add up."""

import datetime as dt
import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rules.records import record_of
from sheetrecord.core.view.dates import TimelineEvent, events
from sheetrecord.core.view.money import Bucket, Purse
from sheetrecord.publish.charts import ageing_bars, count_bars, timeline, waterfall
from sheetrecord.publish.words import words as site_words
from sheetrecord.schema.packs import LANGUAGES

DAYS = st.dates(dt.date(2020, 1, 1), dt.date(2030, 1, 1))
EVENTS = st.builds(
    TimelineEvent,
    DAYS,
    st.sampled_from(["contract", "client"]),
    st.sampled_from(["end", "deadline", "x"]),
)


@given(found=st.lists(EVENTS, max_size=15), today=DAYS)
def test_marks_stay_inside_and_apart(found: list[TimelineEvent], today: dt.date) -> None:
    line = timeline(sorted([*found, TimelineEvent(today, "today", "today")]))
    if len(found) < 2:
        assert line is None
        return
    assert line is not None
    assert [mark.number for mark in line.marks] == list(range(1, len(found) + 1))
    for rail in (line.contract, line.client):
        lanes: dict[int, list[float]] = {}
        for mark in rail:
            assert 0 < mark.x < 100
            lanes.setdefault(mark.lane, []).append(mark.x)
        for xs in lanes.values():
            assert all(b - a >= 6 for a, b in itertools.pairwise(xs))


def test_the_day_of_the_view_moves_no_mark() -> None:
    found = [TimelineEvent(dt.date(2020, month, 1), "contract", "x") for month in (1, 6)]
    line = timeline([*found, TimelineEvent(dt.date(2026, 1, 1), "today", "today")])
    assert line is not None
    assert line.last == dt.date(2020, 6, 1)
    assert line == timeline([TimelineEvent(dt.date(2019, 1, 1), "today", "today"), *found])


def test_the_stretch_between_real_deadline_and_contract_end_is_marked() -> None:
    days = {"start": 1, "deadline": 51, "end": 101}
    base = dt.date(2026, 1, 1)
    found = [
        TimelineEvent(
            base + dt.timedelta(days=n - 1), "client" if what == "deadline" else "contract", what
        )
        for what, n in days.items()
    ]
    line = timeline([*found, TimelineEvent(base, "today", "today")])
    assert line is not None
    assert line.gap == (50.0, 47.0)


AMOUNTS = st.integers(-1_000_00, 1_000_00)


@given(to_invoice=AMOUNTS, invoiced=AMOUNTS, received=AMOUNTS, settled=AMOUNTS, retained=AMOUNTS)
def test_bars_stay_inside_and_end_at_what_is_outstanding(
    to_invoice: int, invoiced: int, received: int, settled: int, retained: int
) -> None:
    left = invoiced - received - settled - retained
    purse = Purse("EUR", invoiced + to_invoice, to_invoice, invoiced, received, settled, retained,
                  left, max(left, 0), 1)  # fmt: skip
    bars = waterfall(purse)
    if not bars:
        return
    assert bars[0].amount == purse.total
    assert bars[-1].amount == purse.outstanding
    whole = purse.invoiced if purse.to_invoice else purse.total
    steps = [bar.amount for bar in bars if bar.key in {"received", "settled", "retained"}]
    assert whole + sum(steps) == left


def test_an_ordinary_waterfall_steps_down() -> None:
    purse = Purse("EUR", 100, 40, 60, 30, 10, 0, 20, 5, 3)
    assert [(bar.key, bar.x, bar.width, bar.amount) for bar in waterfall(purse)] == [
        ("planned_total", 0, 100, 100),
        ("not_invoiced", 60, 40, -40),
        ("invoiced", 0, 60, 60),
        ("received", 30, 30, -30),
        ("settled", 20, 10, -10),
        ("outstanding", 0, 20, 20),
    ]


def test_bars_of_counts_and_of_lateness_are_measured_by_the_longest() -> None:
    codes = ("not_due", "d1_30", "d31_60", "d61_90", "d90_plus")
    bars = ageing_bars([Bucket(code, 50 * i, i) for i, code in enumerate(codes)])
    assert [bar.width for bar in bars] == [0, 25, 50, 75, 100]
    assert ageing_bars([Bucket(code, 0, 0) for code in codes]) == []
    assert [bar.width for bar in count_bars([("a", 4), ("b", 1)])] == [100, 25]


DATED: list[tuple[str, str, str, str]] = [
    # what has a day, its table, the kind of day, the clock on which it stands
    (
        "the day of notice",
        (
            "| Deal | deal_id | client | stage | notice_by |\n|---|---|---|---|---|\n"
            "|  | D-0001 | Acme | won | 2026-04-01 |\n"
        ),
        "notice",
        "contract",
    ),
    (
        "a success fee",
        (
            "| Fees | deal_id | description | fee_type | planned_on |\n|---|---|---|---|---|\n"
            "|  | D-0001 | A tenth of the savings | success | 2026-04-01 |\n"
        ),
        "success",
        "contract",
    ),
    (
        "a person who leaves",
        (
            "| Context | deal_id | kind | person | date |\n|---|---|---|---|---|\n"
            "|  | D-0001 | stakeholder | Ute | 2026-04-01 |\n"
        ),
        "person",
        "client",
    ),
    *(
        (
            f"a commitment of type {type_}",
            (
                "| Commitments | deal_id | what | type | due_on |\n|---|---|---|---|---|\n"
                f"|  | D-0001 | Plans | {type_} | 2026-04-01 |\n"
            ),
            what,
            "client",
        )
        for type_, what in (
            ("promise", "promise"),
            ("date_promise", "promise"),
            ("client_duty", "duty"),
            ("assumption", "check"),
            ("supplier_term", "check"),
        )
    ),
]


@pytest.mark.parametrize(
    ("table", "what", "clock"), [x[1:] for x in DATED], ids=[x[0] for x in DATED]
)
def test_whatever_has_a_day_stands_on_the_timeline(table: str, what: str, clock: str) -> None:
    deal = "| Deal | deal_id | client | stage |\n|---|---|---|---|\n|  | D-0001 | Acme | won |\n"
    text = table if table.startswith("| Deal") else f"{deal}\n{table}"
    for asof, state in ((dt.date(2026, 3, 2), "due"), (dt.date(2026, 5, 2), None)):
        rows = record_of(text, asof=asof).by_deal["D-0001"]
        [event] = [one for one in events(rows, asof) if one.clock != "today"]
        assert (event.on, event.what, event.clock) == (dt.date(2026, 4, 1), what, clock)
        assert event.state == (state or ("done" if what == "person" else "late"))
    for language in LANGUAGES:
        assert f"ev_{what}" in site_words(language)
