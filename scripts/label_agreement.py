"""How far two labellings of the labelled set agree: `label_agreement.py [--list LANGUAGE]`.

The second labelling (tests/capture/truth/second.toml) was made from the documents alone, sentence
by sentence, without the labels of the first. Prints Cohen's kappa over all sentences and, for each
kind, how many sentences both, only the first and only the second labelled so, and their F1.
``--list`` prints the numbered sentences of a language without any label, to label them anew.
"""

import argparse
import sys
import tomllib
from collections import Counter
from collections.abc import Iterator

import capture_truth
from sheetrecord.core.capture.sentences import sentences


def numbered(document: capture_truth.Document) -> list[str]:
    """Return the sentences of a document, in the order in which they are numbered from 1."""
    lines = document.form in {"whatsapp", "slack"}
    spans = sentences(document.text, lines=lines)
    return [" ".join(document.text[a:b].split()) for a, b in spans]


def pairs() -> Iterator[tuple[str, str]]:
    """Yield for every sentence how the first and the second labelling call it; "" is nothing."""
    path = capture_truth.TRUTH / "second.toml"
    second = tomllib.loads(path.read_text("utf-8"))
    for document in capture_truth.documents():
        told = second.get(document.id, {})
        for number, text in enumerate(numbered(document), start=1):
            yield _first(document, text), told.get(str(number), "")


def _first(document: capture_truth.Document, text: str) -> str:
    near = [one for one in document.labels if capture_truth.meet(one.text, text)]
    return near[0].kind + "-" * near[0].negated if near and len(text.split()) > 1 else ""


def kappa(told: list[tuple[str, str]]) -> float:
    """Return Cohen's kappa: agreement beyond what chance would give."""
    count = len(told)
    same = sum(one == two for one, two in told) / count
    first, second = Counter(one for one, _ in told), Counter(two for _, two in told)
    chance = sum(first[label] * second[label] for label in first) / count**2
    return (same - chance) / (1 - chance)


def listed(language: str) -> Iterator[str]:
    """Yield the numbered sentences of a language, without any label."""
    for document in capture_truth.documents():
        if document.id.startswith(language):
            told = document.told
            yield f"\n{document.id} us={told.get('us', '')} from={told.get('from', '')}"
            yield from (f"{n} {text}" for n, text in enumerate(numbered(document), start=1))


def figures(found: list[tuple[str, str]]) -> Iterator[str]:
    """Yield how far two labellings agree, in all and kind by kind."""
    yield f"sentences {len(found)}, kappa {kappa(found):.2f}"
    yield f"{'kind':22}{'both':>6}{'first':>7}{'second':>8}{'F1':>6}"
    for kind in sorted({one for pair in found for one in pair} - {""}):
        both = sum(one == two == kind for one, two in found)
        first = sum(one == kind != two for one, two in found)
        second = sum(two == kind != one for one, two in found)
        share = 2 * both / (2 * both + first + second)
        yield f"{kind:22}{both:>6}{first:>7}{second:>8}{share:>6.2f}"


def main() -> int:
    """Print the agreement, or what is to be labelled."""
    words = argparse.ArgumentParser(description=__doc__)
    words.add_argument("--list", default="", metavar="LANGUAGE")
    told = words.parse_args()
    lines = listed(told.list) if told.list else figures(list(pairs()))
    sys.stdout.writelines(f"{line}\n" for line in lines)
    return 0


if __name__ == "__main__":
    sys.exit(main())
