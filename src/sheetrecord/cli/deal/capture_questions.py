"""Decide proposals on the terminal, one after the other: accept, edit, decline, later."""

from collections.abc import Sequence
from typing import Final

import click

from sheetrecord.cli import printing
from sheetrecord.cli.ansi import bold, dim, joined
from sheetrecord.cli.deal.capture_output import evidence, row_lines
from sheetrecord.cli.deal.capture_texts import CaptureTexts
from sheetrecord.core.capture.accepting import CaptureDecision
from sheetrecord.core.capture.cues import KINDS
from sheetrecord.core.capture.place import confidence, placed
from sheetrecord.core.capture.propose import CaptureProposal

_MEANT: Final = {"a": True, "d": False}


def ask(texts: CaptureTexts, proposals: Sequence[CaptureProposal]) -> Sequence[CaptureDecision]:
    """Return what somebody decides about proposals."""
    found: list[CaptureDecision] = []
    for number, one in enumerate(proposals, start=1):
        answer, decided = _asked(one, texts, texts.line("of", number=number, count=len(proposals)))
        if answer == "A":
            rest = proposals[number - 1 :]
            found += [CaptureDecision(p, True) for p in rest if confidence(p.finding) == "said"]
            break
        if answer == "q":
            break
        if decided is not None:
            found.append(decided)
    return found


def _asked(
    one: CaptureProposal, texts: CaptureTexts, count: str
) -> tuple[str, CaptureDecision | None]:
    """Ask about one proposal until it is decided; return the answer and the decision."""
    kind, edits = one.kind, dict[str, object]()
    while True:
        shown = one._replace(kind=kind, placed=placed(one.finding, kind, one.source))
        _show(shown, edits, texts, count)
        answer: str = click.prompt(texts.line("help"), default="s", show_default=False, err=True)
        answer = answer.strip()[:1]
        if answer in _MEANT:
            return answer, CaptureDecision(one, _MEANT[answer], kind, edits)
        if answer in {"s", "A", "q"}:
            return answer, None
        if answer == "k":
            kind = _kind(one, texts)
        elif answer == "e":
            edits = _edited(shown, edits, texts)


def _show(one: CaptureProposal, edits: dict[str, object], texts: CaptureTexts, count: str) -> None:
    head = f"{bold(texts.word(one.kind))}  {dim(count)}"
    printing.lines(
        (
            "",
            *map(str, (joined((head, *evidence(one), *row_lines(one, edits, texts))).split("\n"))),
        ),
        err=True,
    )


def _kind(one: CaptureProposal, texts: CaptureTexts) -> str:
    """Ask for a kind by the words that the workbook has for them."""
    by_word = {texts.word(kind): kind for kind in KINDS}
    usual = texts.word(one.finding.other or one.kind)
    answer: str = click.prompt(
        texts.word("kind"), default=usual, type=click.Choice(list(by_word)), err=True
    )
    return by_word[answer]


def _edited(
    one: CaptureProposal, edits: dict[str, object], texts: CaptureTexts
) -> dict[str, object]:
    """Ask for the text and the day; nothing typed leaves them."""
    import datetime as dt

    told = next(key for key in ("answer", "what", "note") if key in one.placed.cells)
    found = dict(edits)
    text: str = click.prompt(
        texts.header(one.placed.sheet, told),
        default=str(found.get(told, one.placed.cells[told])),
        err=True,
    )
    found[told] = text.strip()
    day = "date" if one.placed.sheet == "Context" else "due_on"
    if one.placed.sheet == "Deal":
        return found
    held = found.get(day, one.placed.cells.get(day)) or ""
    asked = texts.line("day", column=texts.header(one.placed.sheet, day))
    typed: str = click.prompt(asked, default=str(held), show_default=True, err=True)
    if typed.strip() in {"", "-"}:
        found[day] = None
        return found
    try:
        found[day] = dt.date.fromisoformat(typed.strip())
    except ValueError:
        printing.line(texts.line("no day", typed=typed), err=True)
    return found
