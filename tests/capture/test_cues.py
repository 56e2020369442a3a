"""The examples beside each cue are true, and no cue names what the record does not know."""

import datetime as dt

import pytest

from sheetrecord.core.capture.amounts import find_amounts
from sheetrecord.core.capture.cues import Cue, Hold, cues_of
from sheetrecord.core.capture.dates import find_dates
from sheetrecord.core.capture.folding import folded, squeezed
from sheetrecord.core.capture.language import LANGUAGES
from sheetrecord.core.capture.rules import Utterance, judge

ALL = [(language, cue) for language in LANGUAGES for cue in cues_of(language).cues]
HOLDS = [(language, hold) for language in LANGUAGES for hold in cues_of(language).holds]
DAY = dt.date(2026, 3, 2)


def said(text: str, language: str, cue: Cue) -> Utterance:
    usual = "us" if cue.kind in {"promise", "money"} else "client"
    side = usual if cue.side == "any" else cue.side
    dated, priced = find_dates(text, DAY, language), find_amounts(text)
    return Utterance(text, language, side, bool(dated), bool(priced), any(d.day for d in dated))


@pytest.mark.parametrize(("language", "cue"), ALL, ids=lambda one: getattr(one, "id", one))
def test_what_a_cue_is_for_is_proposed_as_that(language: str, cue: Cue) -> None:
    assert cue.good
    for text in cue.good:
        verdict = judge(said(text, language, cue))
        assert (verdict.kind, verdict.negated) == (cue.kind, cue.negated), (text, verdict)


@pytest.mark.parametrize(("language", "cue"), ALL, ids=lambda one: getattr(one, "id", one))
def test_what_a_cue_is_not_for_does_not_meet_it(language: str, cue: Cue) -> None:
    for text in cue.bad:
        assert judge(said(text, language, cue)).cue != cue.id, text


@pytest.mark.parametrize(("language", "hold"), HOLDS, ids=lambda one: getattr(one, "id", one))
def test_what_holds_back_is_seen(language: str, hold: Hold) -> None:
    assert hold.why in {"hypothetical", "past", "politeness"}
    for text in hold.good:
        plain = squeezed(folded(text))
        assert hold.pattern.search(plain), text
        assert not (hold.unless and hold.unless.search(plain)), text
    for text in hold.bad:
        plain = squeezed(folded(text))
        assert not hold.pattern.search(plain) or (hold.unless and hold.unless.search(plain)), text


def test_each_cue_has_a_name_of_its_own_and_its_language() -> None:
    names = [cue.id for _, cue in ALL] + [hold.id for _, hold in HOLDS]
    assert len(names) == len(set(names))
    assert all(cue.id.startswith(f"{language}.") for language, cue in ALL)
    assert all(cue.side in {"us", "client", "unknown", "any"} for _, cue in ALL)


def test_every_language_has_a_cue_for_every_kind() -> None:
    kinds = {language: {cue.kind for one, cue in ALL if one == language} for language in LANGUAGES}
    assert kinds["de"] == kinds["es"] == kinds["fr"] == kinds["en"]
