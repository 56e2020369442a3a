"""Single sentences of four languages: what they are told as, and small talk that is nothing."""

import datetime as dt
import tomllib
from pathlib import Path

import pytest

from sheetrecord.core.capture.amounts import find_amounts
from sheetrecord.core.capture.dates import find_dates
from sheetrecord.core.capture.rules import Utterance, judge

TOLD = tomllib.loads((Path(__file__).parent / "truth" / "sentences.toml").read_text("utf-8"))
DAY = dt.date(2026, 3, 2)


def verdict(text: str, language: str, side: str) -> str:
    dated, priced = find_dates(text, DAY, language), find_amounts(text)
    day = any(one.day for one in dated)
    return judge(Utterance(text, language, side, bool(dated), bool(priced), day)).kind


@pytest.mark.parametrize("language", TOLD)
def test_nearly_every_sentence_is_told_as_what_it_is(language: str) -> None:
    said = TOLD[language]["said"]
    right = [kind == verdict(text, language, side) for kind, side, text in said]
    assert sum(right) / len(right) >= 0.94


@pytest.mark.parametrize("language", TOLD)
def test_small_talk_is_nothing_whoever_says_it(language: str) -> None:
    found = {
        text: kind
        for text in TOLD[language]["nothing"]
        for side in ("us", "client", "unknown")
        if (kind := verdict(text, language, side))
    }
    assert found == {}
