"""The labelled set: at least so much is captured of it, and at most so much besides."""

import sys
import tomllib
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).resolve().parents[2] / "scripts"))

import capture_truth
import label_agreement

SPLIT = tomllib.loads((capture_truth.TRUTH / "split.toml").read_text("utf-8"))


def test_each_document_is_in_one_half_and_the_languages_are_alike() -> None:
    ids = [one.id for one in capture_truth.documents()]
    assert sorted(SPLIT["seen"] + SPLIT["unseen"]) == sorted(ids)
    assert len(ids) >= 160
    assert {sum(id_.startswith(one) for id_ in ids) for one in ("en", "de", "es", "fr")} == {40}


@pytest.mark.parametrize("half", ["seen", "unseen"])
def test_the_set_is_captured(half: str) -> None:
    score = capture_truth.Score()
    for document in capture_truth.documents():
        if document.id in SPLIT[half]:
            score.add(document)
    count = score.count
    assert score.right.total() / score.proposed.total() >= 0.85
    assert score.found.total() / score.labels.total() >= 0.70
    assert count["sentence right"] / count["sentences"] >= 0.92
    assert count["wrong days"] * 50 <= count["days"] + 25
    assert (count["declined as promised"], count["repeats"], count["invented"]) == (0, 0, 0)
    assert count["hard proposed"] <= 0.08 * count["hard"] + 1


def test_documents_in_other_voices_are_captured() -> None:
    """The half that is only scored; see its README for what it still tells."""
    split = tomllib.loads((capture_truth.STRANGE / "split.toml").read_text("utf-8"))
    documents = capture_truth.documents(capture_truth.STRANGE)
    assert sorted(split["seen"] + split["unseen"]) == sorted(one.id for one in documents)
    score = capture_truth.Score()
    for document in documents:
        if document.id in split["unseen"]:
            score.add(document)
    count = score.count
    assert score.right.total() / score.proposed.total() >= 0.80
    assert score.found.total() / score.labels.total() >= 0.55
    for kind in ("real_deadline", "promise", "scope_assumed"):
        assert score.right[kind] / score.proposed[kind] >= 0.80, kind
        assert score.found[kind] / score.labels[kind] >= 0.60, kind
    assert count["sentence right"] / count["sentences"] >= 0.92
    assert count["label met"] / score.labels.total() >= 0.68
    assert count["wrong days"] * 50 <= count["days"]
    assert (count["repeats"], count["invented"]) == (0, 0)


def test_what_must_not_be_proposed_is_not() -> None:
    """Refusals, conditions, questions, other firms and projects, meetings, invoices, holidays."""
    split = tomllib.loads((capture_truth.VOICES / "split.toml").read_text("utf-8"))
    documents = capture_truth.documents(capture_truth.VOICES)
    assert sorted(split["seen"] + split["unseen"]) == sorted(one.id for one in documents)
    score = capture_truth.Score()
    for document in documents:
        score.add(document)
    count = score.count
    assert score.right.total() / score.proposed.total() >= 0.9
    assert score.found.total() / score.labels.total() >= 0.9
    assert score.right["real_deadline"] / score.proposed["real_deadline"] >= 0.85
    assert count["declined as promised"] == count["hard proposed"] == count["invented"] == 0


def test_the_second_labelling_agrees_with_the_first() -> None:
    found = list(label_agreement.pairs())
    assert len(found) > 900
    assert label_agreement.kappa(found) >= 0.9


def test_kappa_is_nought_where_agreement_is_chance() -> None:
    told = [("a", "a"), ("a", "b"), ("b", "a"), ("b", "b")]
    assert label_agreement.kappa(told) == pytest.approx(0)
    assert label_agreement.kappa([("a", "a"), ("b", "b")]) == pytest.approx(1)
