"""Row ids: distinct, readable, and a typing error is noticed."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sheetrecord.schema.ids import ALPHABET, SPACE, check, deal_id, fresh, make

numbers = st.integers(0, SPACE - 1)
prefixes = st.sampled_from("XCPFG")


@given(prefixes, numbers)
def test_a_made_id_checks(prefix: str, number: int) -> None:
    assert check(make(prefix, number))
    assert make(prefix, number) == make(prefix, number + SPACE)


@given(prefixes, numbers, numbers)
def test_two_numbers_never_share_an_id(prefix: str, one: int, other: int) -> None:
    assert (make(prefix, one) == make(prefix, other)) == (one == other)


@given(prefixes, numbers, st.integers(2, 6), st.sampled_from(ALPHABET))
def test_one_wrong_character_is_noticed(prefix: str, number: int, at: int, wrong: str) -> None:
    made = make(prefix, number)
    typed = made[:at] + wrong + made[at + 1 :]
    assert check(typed) == (typed == made)


@given(prefixes, numbers, st.integers(2, 5))
def test_swapped_neighbours_are_noticed(prefix: str, number: int, at: int) -> None:
    made = make(prefix, number)
    typed = made[:at] + made[at + 1] + made[at] + made[at + 2 :]
    assert check(typed) == (typed == made)


@given(prefixes, prefixes, numbers)
def test_an_id_of_another_sheet_is_noticed(prefix: str, other: str, number: int) -> None:
    assert check(other + make(prefix, number)[1:]) == (other == prefix)


class Dice:
    """Throws the same numbers each time."""

    def __init__(self, *throws: int) -> None:
        self.throws = iter(throws)

    def randrange(self, stop: int, /) -> int:
        return next(self.throws) % stop


def test_a_fresh_id_is_not_taken() -> None:
    taken = {make("X", 1), make("X", 2)}
    assert fresh("X", taken, Dice(2, 1, 1, 3)) == make("X", 3)


@pytest.mark.parametrize("text", ["", "X-", "X-7K3Q", "x-ksaa0", "D-0007", "X-KSAAO", " X-KSAA0"])
def test_other_texts_are_no_ids(text: str) -> None:
    assert not check(text)


def test_deals_are_numbered() -> None:
    assert [deal_id(7), deal_id(12345)] == ["D-0007", "D-12345"]
