"""What words weigh beside the cues: shares, what denies, what is held back, and what it is made of."""

import json
import math
import pkgutil

import pytest

from sheetrecord.core.capture.language import LANGUAGES
from sheetrecord.core.capture.rules import NOTHING, Utterance, judge
from sheetrecord.core.capture.weighing import LABELS, judged, shares_of, words_of


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("text", ["", "x", "Lorem ipsum dolor sit amet.", "12 € ?", "\u0130\u00df"])
def test_the_shares_of_any_sentence_are_one_whole(language: str, text: str) -> None:
    shares = shares_of(Utterance(text, language, "client"))
    assert set(shares) == set(LABELS)
    assert math.isclose(sum(shares.values()), 1)
    assert all(share >= 0 for share in shares.values())


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_weights_of_a_language_are_whole_numbers_of_known_labels(language: str) -> None:
    data = pkgutil.get_data("sheetrecord.core.capture.weights", f"{language}.json")
    told = json.loads(data or b"")
    assert len(told["bias"]) == len(LABELS)
    for numbers in told["words"].values():
        assert all(isinstance(one, int) for one in numbers)
        assert all(0 <= label < len(LABELS) for label in numbers[1::2])


def test_numbers_are_one_word_whatever_they_are() -> None:
    assert words_of("on 5 May") == words_of("on 17 May")


SAID = [
    ("en", "client", "My sister would need some persuading first.", "stakeholder_pushback"),
    ("en", "client", "Nothing may be nailed to the panelling, the archive insists.", "constraint"),
    ("de", "client", "Ohne die Unterschrift meines Bruders verlässt nichts das Haus.", "decision_process"),
    ("es", "client", "A mi hermana habrá que convencerla.", "stakeholder_pushback"),
    ("fr", "client", "Ma sœur, il faudra la convaincre.", "stakeholder_pushback"),
]  # fmt: skip


@pytest.mark.parametrize(("language", "side", "text", "kind"), SAID)
def test_words_tell_what_no_cue_tells(language: str, side: str, text: str, kind: str) -> None:
    assert judged(Utterance(text, language, side)).kind == kind


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "The stairs we have to leave out."),
        ("de", "Die Treppe ist nicht mit drin."),
        ("es", "La escalera queda fuera, no está incluida."),
        ("fr", "L'escalier n'est pas compris."),
    ],
)
def test_what_a_word_denies_is_no_promise(language: str, text: str) -> None:
    verdict = judged(Utterance(text, language, "us"))
    assert verdict.kind != "promise" or verdict.negated


def test_what_was_once_is_held_back_whatever_its_words_weigh() -> None:
    told = judged(
        Utterance("The budget at that time was 5,000 pounds.", "en", "client", priced=True)
    )
    assert not told.kind


def test_a_question_tells_no_promise() -> None:
    assert judged(Utterance("Will you take the carpets away for free?", "en", "us")) == NOTHING


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_is_declined_by_a_cue_stays_declined(language: str) -> None:
    texts = {
        "en": "Gutters are not included.",
        "de": "Dachrinnen sind nicht enthalten.",
        "es": "Los canalones no están incluidos.",
        "fr": "Les gouttières ne sont pas comprises.",
    }
    said = Utterance(texts[language], language, "us")
    assert judge(said).negated
    assert judged(said).negated
