"""A column that was moved against its rows is told from a column that somebody edited."""

import datetime as dt
from typing import Any

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from effort import examples
from merge.world import Rows, fee, merged
from sheetrecord.core.merge.shifted_columns import moved

Values = list[Any]


def column(values: Values) -> dict[str, Any]:
    return {f"R-{i}": value for i, value in enumerate(values)}


def names(count: int) -> st.SearchStrategy[Values]:
    """Values of which few stand twice, as clients, amounts or texts do."""
    some = st.lists(st.integers(0, 900), min_size=count, max_size=40, unique=True)
    return st.tuples(some, st.integers(1, 5)).map(
        lambda two: [f"client {n * 7919 % 1000}" for n in two[0] + two[0][:: two[1] + 1]]
    )


def typed(i: int) -> str:
    return f"typed {i}"


edits = st.sets(st.integers(0, 59), max_size=30)
few = examples(60)


def edited(values: Values, at: set[int]) -> Values:
    return [typed(i) if i in at else value for i, value in enumerate(values)]


@few
@given(names(8), st.booleans(), st.randoms(use_true_random=False))
def test_a_sorted_column_is_noticed_whatever_else_was_edited(
    values: Values, down: bool, random: Any
) -> None:
    now = sorted(values, reverse=down)
    apart = sum(one != other for one, other in zip(values, now, strict=True))
    few = random.sample(range(len(now)), apart // 6)
    now = edited(now, set(few))
    if apart < 8:
        return
    found = moved(column(values), column(now))
    assert apart - 2 * len(few) <= found <= apart


@few
@given(names(10), st.integers(-5, 5).filter(bool), st.integers(0, 2))
def test_a_shifted_column_is_noticed(values: Values, far: int, start: int) -> None:
    if far > 0:
        now = values[:start] + [None] * far + values[start:-far]
    else:
        now = values[:start] + values[start - far :] + [None] * -far
    if len(set(now) - {None}) >= 8:
        assert moved(column(values), column(now))


@pytest.mark.parametrize("words", [3, 5, 9])
def test_a_sorted_or_shifted_list_of_few_words_is_noticed(words: int) -> None:
    values = [f"stage {(n * 5 + n // 7) % words}" for n in range(52)]
    assert bool(moved(column(values), column(sorted(values)), chosen=True)) == (words > 3)
    assert bool(moved(column(values), column([None, *values[:-1]]), chosen=True)) == (words > 3)


@few
@given(names(4), edits)
def test_values_that_somebody_typed_are_no_move(values: Values, at: set[int]) -> None:
    assert not moved(column(values), column(edited(values, at)))


@few
@given(names(4), st.randoms(use_true_random=False), edits)
def test_rows_that_move_with_their_ids_are_no_move(
    values: Values, random: Any, at: set[int]
) -> None:
    before = column(values)
    now = list(column(edited(values, at)).items())
    random.shuffle(now)
    assert not moved(before, dict(now))


@few
@given(names(4), edits, edits)
def test_rows_that_come_and_go_and_cells_that_are_cleared_are_no_move(
    values: Values, gone: set[int], cleared: set[int]
) -> None:
    now = {f"R-{i}": v for i, v in enumerate(values) if i not in gone}
    now = {id_: None if int(id_[2:]) in cleared else v for id_, v in now.items()}
    now |= {f"N-{i}": v for i, v in enumerate(values) if i in gone}
    assert not moved(column(values), now)


STAGES = ("lead", "talking", "offer", "verbal", "won", "lost")


@few
@given(
    st.lists(st.sampled_from(STAGES[:5]), min_size=4, max_size=60),
    st.sets(st.integers(0, 59)),
    st.sampled_from([STAGES[1], STAGES[4], STAGES[5]]),
)
def test_words_of_a_list_that_many_rows_get_are_no_move(
    values: Values, at: set[int], word: str
) -> None:
    now = [word if i in at else value for i, value in enumerate(values)]
    assert not moved(column(values), column(now), chosen=True)


@few
@given(st.lists(st.sampled_from(STAGES[:5]), min_size=4, max_size=60), edits)
@example(["lead", "talking", "offer", "verbal", "won"] * 4, set(range(20)))
def test_deals_that_come_one_stage_further_are_no_move(values: Values, at: set[int]) -> None:
    now = [STAGES[STAGES.index(v) + 1] if i in at else v for i, v in enumerate(values)]
    if sorted(now) not in (now, now[::-1]):  # else it looks like a sort, and may be one
        assert not moved(column(values), column(now), chosen=True)


def month(n: int) -> dt.date:
    return dt.date(2026 + n // 12, n % 12 + 1, 15)


IN_STEP = {
    "a month later": ([month(n) for n in range(12)], [month(n + 1) for n in range(12)]),
    "a week later": (
        [dt.date(2026, 1, 5) + dt.timedelta(7 * n) for n in range(12)],
        [dt.date(2026, 1, 12) + dt.timedelta(7 * n) for n in range(12)],
    ),
    "a hundred more": ([100 * n for n in range(1, 13)], [100 * n for n in range(2, 14)]),
    "numbers one higher": (
        [f"RE-{n:03}" for n in range(1, 13)],
        [f"RE-{n:03}" for n in range(2, 14)],
    ),
}


@pytest.mark.parametrize("name", IN_STEP)
def test_a_step_that_every_row_takes_is_no_move_and_one_with_an_end_is(name: str) -> None:
    before, now = IN_STEP[name]
    assert not moved(column(before), column(now))
    assert moved(column(before), column([*now[:-1], None]))
    assert moved(column(before), column([*now[:-1], now[-1] if name == "" else before[0]]))


def test_three_amounts_that_change_places_may_be_meant() -> None:
    values = [10, 20, 30, 40, 50, 60]
    assert not moved(column(values), column([30, 10, 20, 40, 50, 60]))
    assert moved(column(values), column([40, 10, 20, 30, 50, 60])) == 4


def firm(deals: int = 52) -> Rows:
    clients = [f"Client {n * 31 % 53:02}" for n in range(deals)]
    return {
        "Deal": [
            {
                "deal_id": f"D-{n:04}",
                "client": client,
                "deal_name": f"Work {n * 17 % 53:02}",
                "stage": "talking",
                "value_net": 1000 + n * 7 % 50,
            }
            for n, client in enumerate(clients, start=1)
        ],
        "Fees": [{"fee_id": fee(1), "deal_id": "D-0001", "description": "one", "net": 10}],
    }


def put(rows: Rows, key: str, values: Values) -> Rows:
    for row, value in zip(rows["Deal"], values, strict=True):
        row[key] = value
    return rows


def words(theirs: Rows) -> list[str]:
    return [g.words for g in merged(firm(), firm(), theirs, frozenset()).refused]


def test_the_column_and_how_many_of_it_moved_are_told() -> None:
    clients = [row["client"] for row in firm()["Deal"]]
    apart = sum(one != other for one, other in zip(clients, sorted(clients), strict=True))
    told = words(put(firm(), "client", sorted(clients)))[-1]
    assert told.startswith(f'{apart} of 52 in the column "client" moved against their rows')


def test_ids_that_were_sorted_without_their_rows_are_told() -> None:
    ids = [row["deal_id"] for row in firm()["Deal"]]
    told = words(put(firm(), "deal_id", ids[::-1]))
    assert any(text.startswith('52 of 52 ids ("deal_id") moved') for text in told)


def test_whole_rows_that_were_sorted_are_no_accident() -> None:
    theirs = firm()
    theirs["Deal"].sort(key=lambda row: row["client"])
    assert words(theirs) == []
