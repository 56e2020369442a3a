"""How much of a labelled set is captured: `capture_truth.py [--set strange] [--half unseen]`.

Reads tests/capture/truth, strange or voices: documents in four languages, labelled sentence
by sentence. Prints precision and recall for each kind, whether the right sentence was found
whatever its kind, wrong days, what was declined and is told as promised, repeats, invented quotes,
and proposals in documents that hold nothing. The half `unseen` is scored, never looked at while
cues are written; `--misses` lists what was missed of the half that may be looked at.
"""

import argparse
import datetime as dt
import re
import sys
import tomllib
from collections import Counter
from email.message import EmailMessage
from pathlib import Path
from typing import NamedTuple

from sheetrecord.core.capture.find import CaptureFinding, Capturing, capture
from sheetrecord.core.capture.folding import key
from sheetrecord.core.capture.sides import us_of
from sheetrecord.sources.reading import read_source

SETS = Path(__file__).parents[1] / "tests" / "capture"
TRUTH = SETS / "truth"
STRANGE = SETS / "strange"
VOICES = SETS / "voices"
_LABEL = re.compile(r"\[\[(\w+)([^|\]]*)\|(.*?)\]\]", re.DOTALL)
_SUFFIX = {"mail": "eml", "notes": "txt", "vtt": "vtt", "whatsapp": "txt", "slack": "txt"}


class Label(NamedTuple):
    """What a sentence of a document is."""

    kind: str
    text: str
    date: str
    negated: bool


class Document(NamedTuple):
    """One document of the set."""

    id: str
    form: str
    told: dict[str, str]
    text: str
    labels: tuple[Label, ...]

    @property
    def hard(self) -> bool:
        """Whether nothing of it should be proposed."""
        return "hard" in self.told


def documents(folder: Path = TRUTH) -> list[Document]:
    """Return the labelled documents."""
    found = []
    for path in sorted(folder.glob("*.txt")):
        for piece in re.split(r"^=== ", path.read_text("utf-8"), flags=re.MULTILINE)[1:]:
            head, _, body = piece.partition("\n\n")
            first, *lines = head.split("\n")
            id_, form = first.split()
            told = dict(line.split(": ", 1) for line in lines if ": " in line)
            labels = tuple(_label(match) for match in _LABEL.finditer(body))
            text = _LABEL.sub(lambda match: match[3], body).strip("\n") + "\n"
            found.append(Document(id_, form, told, text, labels))
    return found


def _label(match: "re.Match[str]") -> Label:
    told = dict(re.findall(r"(\w+)=((?:[^\s=]+(?: (?!\w+=))?)+)", match[2]))
    return Label(match[1], match[3], told.get("date", ""), "neg" in told)


def file_of(document: Document) -> tuple[bytes, str]:
    """Return a document as the file that it says it is."""
    name = f"{document.id}.{_SUFFIX[document.form]}"
    if document.form != "mail":
        return document.text.encode(), name
    mail = EmailMessage()
    mail["From"], mail["To"] = document.told["from"], document.told["to"]
    mail["Subject"] = document.told["subject"]
    mail["Date"] = dt.datetime.fromisoformat(document.told["sent"]).replace(hour=9, tzinfo=dt.UTC)
    mail["Message-ID"] = f"<{document.id}@set.example>"
    if "header" in document.told:
        name_, _, value = document.told["header"].partition(": ")
        mail[name_] = value
    mail.set_content(document.text)
    return mail.as_bytes(), name


def findings(document: Document) -> tuple[CaptureFinding, ...]:
    """Return what is captured of a document."""
    data, name = file_of(document)
    file = read_source(data, name)
    sent = dt.datetime.fromisoformat(document.told["sent"])
    if document.form != "mail":
        dated = tuple(m if m.sent else m._replace(sent=sent) for m in file.messages)
        file = file._replace(messages=dated)
    us = us_of(document.told.get("us", "").split(","))
    return capture([file], Capturing(us)).findings


class Score:
    """Counts over some documents."""

    def __init__(self) -> None:
        self.right: Counter[str] = Counter()
        self.proposed: Counter[str] = Counter()
        self.labels: Counter[str] = Counter()
        self.found: Counter[str] = Counter()
        self.count: Counter[str] = Counter()
        self.misses: list[str] = []

    def add(self, document: Document) -> None:
        """Compare one document with what is captured of it."""
        got = findings(document)
        self.count["hard"] += document.hard
        self.count["hard proposed"] += document.hard and bool(got)
        self.count["repeats"] += len(got) - len({(one.kind, key(one.quote)) for one in got})
        source = key(document.text)
        for one in got:
            self.count["invented"] += document.form != "vtt" and key(one.quote) not in source
            self._proposal(document, one)
        for label in document.labels:
            self._label(document, label, got)

    def _proposal(self, document: Document, one: CaptureFinding) -> None:
        near = [label for label in document.labels if meet(label.text, one.quote)]
        same = [label for label in near if label.kind == one.kind and label.negated == one.negated]
        self.proposed[one.kind] += 1
        self.right[one.kind] += bool(same)
        self.count["sentence right"] += bool(near)
        self.count["sentences"] += 1
        declined = any(label.kind == "promise" and label.negated for label in near)
        self.count["declined as promised"] += declined and one.kind == "promise" and not one.negated
        if not same:
            told = ", ".join(map(_named, near)) or "nothing"
            self.misses.append(f"+ {document.id} {_named(one)} ({told}) {one.cue}: {one.quote}")
        for label in same:
            self._day(document, label, one)

    def _day(self, document: Document, label: Label, one: CaptureFinding) -> None:
        if not label.date:
            return
        day = one.values.date
        self.count["days"] += day is not None
        wrong = day is not None and day.isoformat() != label.date
        self.count["wrong days"] += wrong
        if wrong or day is None:
            self.misses.append(f"d {document.id} {day} != {label.date}: {one.quote}")

    def _label(self, document: Document, label: Label, got: tuple[CaptureFinding, ...]) -> None:
        self.labels[label.kind] += 1
        near = [one for one in got if meet(label.text, one.quote)]
        hit = any(one.kind == label.kind and one.negated == label.negated for one in near)
        self.found[label.kind] += hit
        self.count["label met"] += bool(near)
        if not hit:
            told = ", ".join(one.kind for one in near) or "nothing"
            mark = "-" * label.negated
            self.misses.append(f"- {document.id} {label.kind}{mark} ({told}): {label.text}")

    def lines(self) -> list[str]:
        """Return the figures."""
        told = [f"{'kind':22}{'precision':>10}{'recall':>8}{'labels':>8}"]
        told += [
            f"{kind:22}{_share(self.right[kind], self.proposed[kind]):>10}"
            f"{_share(self.found[kind], self.labels[kind]):>8}{self.labels[kind]:>8}"
            for kind in sorted(self.labels | self.proposed)
        ]
        told.append(
            f"{'all':22}{_share(self.right.total(), self.proposed.total()):>10}"
            f"{_share(self.found.total(), self.labels.total()):>8}{self.labels.total():>8}"
        )
        count = self.count
        told.append(
            f"{'right sentence':22}{_share(count['sentence right'], count['sentences']):>10}"
            f"{_share(count['label met'], self.labels.total()):>8}"
        )
        told.append(f"wrong days {count['wrong days']} of {count['days']}")
        told += [
            f"{name} {count[name]}" for name in ("declined as promised", "repeats", "invented")
        ]
        hard = f"{count['hard proposed']} of {count['hard']}"
        told.append(f"documents that hold nothing, with proposals: {hard}")
        return told


def _named(one: Label | CaptureFinding) -> str:
    return f"{one.kind}{'-' * one.negated}"


def _share(part: int, whole: int) -> str:
    return f"{part / whole:.2f}" if whole else "-"


def meet(label: str, quote: str) -> bool:
    """Return True if a label and a quote are the same sentence, or one holds most of the other."""
    one, two = key(label), key(quote)
    if one in two or two in one:
        return True
    words, others = set(one.split()), set(two.split())
    return len(words & others) >= 0.7 * min(len(words), len(others))


def main() -> int:
    """Print the figures of the chosen half."""
    words = argparse.ArgumentParser(description=__doc__)
    words.add_argument("--half", choices=("seen", "unseen", "all"), default="seen")
    words.add_argument("--set", choices=("truth", "strange", "voices"), default="truth")
    words.add_argument("--language", default="")
    words.add_argument(
        "--misses", action="store_true", help="what was missed or said wrongly (seen half only)"
    )
    told = words.parse_args()
    folder = SETS / told.set
    split = tomllib.loads((folder / "split.toml").read_text("utf-8"))
    wanted = {id_ for half, ids in split.items() if told.half in {half, "all"} for id_ in ids}
    score = Score()
    for document in documents(folder):
        if document.id in wanted and document.id.startswith(told.language):
            score.add(document)
    if told.misses and told.half == "seen":
        sys.stdout.write("\n".join(score.misses) + "\n\n")
    sys.stdout.write("\n".join(score.lines()) + "\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
