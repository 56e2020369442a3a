"""Learn what words weigh from the labelled sentences: `learn_words.py`, after a set or cue changed.

Reads what may be learned from: the seen half of tests/capture/truth, strange and voices, the
single sentences beside them, lessons.toml, and the examples of the cues. Never the unseen halves.
Writes src/sheetrecord/core/capture/weights/LANGUAGE.json. Multinomial logistic regression with
balanced classes and L2 penalty, by gradient descent from zero: no chance is in it.
"""

import datetime as dt
import json
import math
import sys
import tomllib
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import numpy as np

import capture_truth
from sheetrecord.core.capture.amounts import find_amounts
from sheetrecord.core.capture.cues import cues_of
from sheetrecord.core.capture.dates import find_dates
from sheetrecord.core.capture.find import told_sentences
from sheetrecord.core.capture.language import LANGUAGES
from sheetrecord.core.capture.rules import Utterance
from sheetrecord.core.capture.sides import us_of
from sheetrecord.core.capture.weighing import LABELS, about, words_of
from sheetrecord.sources.reading import read_source

WEIGHTS = Path(__file__).parents[1] / "src" / "sheetrecord" / "core" / "capture" / "weights"
_DAY = dt.date(2026, 3, 2)
_STRENGTH = 10.0
"""How much the examples count against the penalty on weights."""
_STEPS = 400
_RATE = 0.5
_ABOUT = 0.7
_SMALL = 8
"""Weights below this, in hundredths, are left out."""


class Lesson(NamedTuple):
    """One sentence and its label."""

    said: Utterance
    label: str


def lessons(language: str) -> list[Lesson]:
    """Return what is learned from in a language."""
    return [*_documents(language), *_sentences(language), *_examples(language)]


def _documents(language: str) -> Iterator[Lesson]:
    for folder in (capture_truth.TRUTH, capture_truth.STRANGE, capture_truth.VOICES):
        seen = tomllib.loads((folder / "split.toml").read_text("utf-8"))["seen"]
        for document in capture_truth.documents(folder):
            if document.id in seen and document.id.startswith(language):
                yield from _document(document, language)


def _document(document: capture_truth.Document, language: str) -> Iterator[Lesson]:
    data, name = capture_truth.file_of(document)
    us = us_of(document.told.get("us", "").split(","))
    sent = dt.datetime.fromisoformat(document.told["sent"])
    for message in read_source(data, name).messages:
        dated = message if message.sent else message._replace(sent=sent)
        for said in told_sentences(dated, us, language):
            near = [one for one in document.labels if capture_truth.meet(one.text, said.text)]
            yield Lesson(said, near[0].kind + "-" * near[0].negated if near else "")


def _sentences(language: str) -> Iterator[Lesson]:
    for name in ("sentences.toml", "lessons.toml"):
        told = tomllib.loads((capture_truth.TRUTH / name).read_text("utf-8"))[language]
        for kind, side, text in told["said"]:
            yield _lesson(text, language, side, kind)
        for text in told["nothing"]:
            for side in ("us", "client"):
                yield _lesson(text, language, side, "")


def _examples(language: str) -> Iterator[Lesson]:
    for cue in cues_of(language).cues:
        usual = "us" if cue.kind in {"promise", "money"} else "client"
        side = usual if cue.side == "any" else cue.side
        for text in cue.good:
            yield _lesson(text, language, side, cue.kind + "-" * cue.negated)
        for text in cue.bad:
            yield _lesson(text, language, "us", "")


def _lesson(text: str, language: str, side: str, label: str) -> Lesson:
    dated, priced = find_dates(text, _DAY, language), find_amounts(text)
    return Lesson(
        Utterance(text, language, side, bool(dated), bool(priced), any(d.day for d in dated)), label
    )


def learned(told: list[Lesson]) -> dict[str, object]:
    """Return the weights that tell the lessons' labels best."""
    words = [words_of(one.said.text) for one in told]
    known = [about(one.said.side, dated=one.said.dated, priced=one.said.priced) for one in told]
    often = Counter(word for each in words for word in each)
    rarity = {w: math.log((1 + len(told)) / (1 + n)) + 1 for w, n in sorted(often.items())}
    names = [*rarity, *sorted({one for each in known for one in each})]
    at = {name: number for number, name in enumerate(names)}
    table = np.zeros((len(told), len(names)))
    for row, (each, more) in enumerate(zip(words, known, strict=True)):
        length = math.sqrt(sum(rarity[word] ** 2 for word in each)) or 1.0
        for word in each:
            table[row, at[word]] = rarity[word] / length
        for word in more:
            table[row, at[word]] = _ABOUT
    weights, bias = _descended(table, np.array([LABELS.index(one.label) for one in told]))
    return _written(names, rarity, np.rint(weights * 100), np.rint(bias * 100))


def _descended(table: "np.ndarray", labels: "np.ndarray") -> "tuple[np.ndarray, np.ndarray]":
    """Return weights and bias at the least of the penalized loss, by Adam over the whole table."""
    count = np.bincount(labels, minlength=len(LABELS))
    share = len(labels) / (np.count_nonzero(count) * np.maximum(count, 1))
    weight = share[labels][:, None]
    wanted = np.eye(len(LABELS))[labels]
    values = np.zeros((table.shape[1] + 1, len(LABELS)))
    full = np.hstack([table, np.ones((len(table), 1))])
    first, second = np.zeros_like(values), np.zeros_like(values)
    for step in range(1, _STEPS + 1):
        sums = full @ values
        sums -= sums.max(axis=1, keepdims=True)
        power = np.exp(sums)
        power /= power.sum(axis=1, keepdims=True)
        slope = _STRENGTH * (full.T @ ((power - wanted) * weight))
        slope[:-1] += values[:-1]
        first = 0.9 * first + 0.1 * slope
        second = 0.999 * second + 0.001 * slope**2
        rate = _RATE * (1 - step / (_STEPS + 1))
        move = (first / (1 - 0.9**step)) / (np.sqrt(second / (1 - 0.999**step)) + 1e-8)
        values -= rate * 0.2 * move
    return values[:-1], values[-1]


def _written(
    names: list[str], rarity: dict[str, float], weights: "np.ndarray", bias: "np.ndarray"
) -> dict[str, object]:
    told: dict[str, list[int]] = {}
    for number, name in enumerate(names):
        numbers = [round(rarity.get(name, 0.0) * 100)]
        for label, weight in enumerate(weights[number]):
            if abs(weight) >= _SMALL:
                numbers += [label, int(weight)]
        told[name] = numbers
    return {"bias": [int(one) for one in bias], "words": told}


def main() -> int:
    """Write the weights of every language, and say how many sentences taught them."""
    for language in LANGUAGES:
        told = lessons(language)
        text = json.dumps(learned(told), ensure_ascii=False, separators=(",", ":"))
        (WEIGHTS / f"{language}.json").write_text(text + "\n", "utf-8")
        sys.stdout.write(f"{language}: {len(told)} sentences\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
