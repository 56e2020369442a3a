"""The collection of failures is whole, and what measures it can say yes and no."""

import sys
from collections import Counter
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).resolve().parents[2] / "scripts"))

from failure_cases.cases import TRADES, Failure, Meaning, failures, meanings
from failure_cases.measure import Verdict, measure
from failure_cases.table import MEASURES, lines, share, told

ALL = {one.id: one for one in failures()}


def how(verdict: Verdict) -> dict[str, str]:
    return {name: getattr(verdict, name)[0] for name in MEASURES}


@pytest.fixture(scope="module")
def tried() -> list[Verdict]:
    """Return three failures as measured: a date, a client's duty, and a fact without a home."""
    nowhere = Meaning("nowhere", "What no workbook asks.", ("Context.no_such_kind",))
    known = meanings()
    return [
        measure(ALL["census-night"], known["real_deadline"]),
        measure(ALL["gym-shops"], known["client_duty"]),
        measure(ALL["cable-works"], nowhere),
    ]


def test_there_are_enough_of_every_trade_each_with_its_source() -> None:
    assert len(ALL) == len(failures()) >= 48
    counted = Counter(one.trade for one in ALL.values())
    assert set(counted) == set(TRADES)
    assert min(counted.values()) >= 12
    assert len({one.country for one in ALL.values()}) >= 8
    assert all(one.url.startswith("http") and one.source for one in ALL.values())
    assert len({one.source for one in ALL.values()}) == len(ALL)


def test_every_fact_has_a_meaning_and_every_meaning_a_fact() -> None:
    assert {one.fact.meaning for one in ALL.values()} == set(meanings())


def test_a_fact_is_one_sentence(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("failure_cases.cases.LONGEST", 10)
    with pytest.raises(ValueError, match="one sentence"):
        failures()


def test_what_is_asked_kept_shown_and_brought_up_again_says_yes(tried: list[Verdict]) -> None:
    day, duty, _ = map(how, tried)
    assert day == dict.fromkeys(MEASURES, "yes") | {"finance": "-"}
    assert (duty["place"], duty["page_one"], duty["followed_up"]) == ("yes", "yes", "yes")


def test_a_fact_without_a_place_is_a_miss_save_that_the_deals_note_is_read(
    tried: list[Verdict],
) -> None:
    assert how(tried[2]) == dict.fromkeys(MEASURES, "no") | {"page_one": "yes"}


def test_the_table_counts_by_trade_and_names_the_misses(tried: list[Verdict]) -> None:
    text = "\n".join(lines(tried))
    assert "integrator/cable-works [date_promise]: Deal.note" in text
    assert [line.split()[0] for line in text.splitlines()[3:5]] == ["integrator", "all"]
    assert share(tried, "place") == 0.667
    assert told(tried)["counts"]["finance"] == {"-": 2, "no": 1}


def test_nothing_is_measured_of_a_failure_without_money_in_it(tried: list[Verdict]) -> None:
    without: list[Failure] = [one for one in ALL.values() if not one.has_money]
    assert tried[0].failure in without
