"""Six months of made-up firms with a person who answers rightly: fewer questions, nothing off."""

import sys
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parents[2] / "scripts"))

from effort import some
from reconcile_truth import rounds
from reconcile_truth.__main__ import main, make
from reconcile_truth.rounds import FIRMS, half
from sheetrecord.core.reconcile.facts import Tier

HALVES = some(FIRMS, 2)


def test_the_truth_prints_six_months_and_what_is_off(monkeypatch, capsys):
    monkeypatch.setattr(rounds, "FIRMS", FIRMS[:2])
    words = ["--seeds", "1", "--size", "40", "--months", "60"]
    monkeypatch.setattr(sys, "argv", ["reconcile_truth", *words])
    main()
    told = capsys.readouterr().out.split("six months of 2 firms: questions per 100 lines\n")[1]
    head, *months, sums, off = told.strip().split("\n")
    assert head.split()[:4] == ["month", "lines", "rows", "answers"]
    assert [row.split()[0] for row in months] == ["1", "2", "3", "4", "5", "6"]
    assert sums.startswith("certain ")
    assert "outstanding off by 0 minor units" in off
    assert "closed months changed 0" in off


@pytest.fixture(scope="module")
def halves():
    return [half(make(profile, seed, 800)) for profile, seed in HALVES]


def test_after_three_months_at_most_a_quarter_of_the_lines_takes_an_answer(halves):
    late = [month for one in halves for month in one.months[3:]]
    assert sum(m.answers for m in late) <= 0.28 * sum(m.lines for m in late)
    assert sum(m.aside for m in late) > 0


def test_right_answers_leave_nothing_off_and_no_closed_month_changed(halves):
    for one in halves:
        assert (one.error, one.broken, one.left, one.changed, one.lost) == (0, 0, 0, 0, 0)


def test_what_posts_itself_and_what_is_likely_keep_their_bars(halves):
    found = {tier: [0, 0] for tier in (Tier.CERTAIN, Tier.LIKELY)}
    for month in (m for one in halves for m in one.months):
        for (tier, right), count in month.tiers.items():
            found[tier][0] += count * right
            found[tier][1] += count
    assert found[Tier.CERTAIN][0] >= 0.999 * found[Tier.CERTAIN][1]
    assert found[Tier.LIKELY][0] >= 0.985 * found[Tier.LIKELY][1]
