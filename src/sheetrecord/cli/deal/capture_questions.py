"""Decide proposals on the terminal, one after the other: accept, edit, decline, later."""

from collections.abc import Sequence
from typing import Final

import click

from sheetrecord.cli import printing
from sheetrecord.cli.ansi import bold, dim, joined
from sheetrecord.cli.deal.capture_output import evidence, row_lines
from sheetrecord.core.capture.accepting import CaptureDecision
from sheetrecord.core.capture.cues import KINDS
from sheetrecord.core.capture.place import confidence, placed
from sheetrecord.core.capture.propose import CaptureProposal

_HELP: Final = (
    "a accept · e edit · k another kind · d decline · s later · A all that was said · q stop here"
)
_MEANT: Final = {"a": True, "d": False}


def ask(proposals: Sequence[CaptureProposal]) -> Sequence[CaptureDecision]:
    """Return what somebody decides about proposals."""
    found: list[CaptureDecision] = []
    for number, one in enumerate(proposals, start=1):
        answer, decided = _asked(one, f"{number} of {len(proposals)}")
        if answer == "A":
            rest = proposals[number - 1 :]
            found += [CaptureDecision(p, True) for p in rest if confidence(p.finding) == "said"]
            break
        if answer == "q":
            break
        if decided is not None:
            found.append(decided)
    return found


def _asked(one: CaptureProposal, count: str) -> tuple[str, CaptureDecision | None]:
    """Ask about one proposal until it is decided; return the answer and the decision."""
    kind, edits = one.kind, dict[str, object]()
    while True:
        shown = one._replace(kind=kind, placed=placed(one.finding, kind, one.source))
        _show(shown, edits, count)
        answer: str = click.prompt(_HELP, default="s", show_default=False, err=True)
        answer = answer.strip()[:1]
        if answer in _MEANT:
            return answer, CaptureDecision(one, _MEANT[answer], kind, edits)
        if answer in {"s", "A", "q"}:
            return answer, None
        if answer == "k":
            kind = _kind(one)
        elif answer == "e":
            edits = _edited(shown, edits)


def _show(one: CaptureProposal, edits: dict[str, object], count: str) -> None:
    head = f"{bold(one.kind)}  {dim(count)}"
    printing.lines(
        ("", *map(str, (joined((head, *evidence(one), *row_lines(one, edits))).split("\n")))),
        err=True,
    )


def _kind(one: CaptureProposal) -> str:
    usual = one.finding.other or one.kind
    answer: str = click.prompt("Kind", default=usual, type=click.Choice(KINDS), err=True)
    return answer


def _edited(one: CaptureProposal, edits: dict[str, object]) -> dict[str, object]:
    """Ask for the text and the day; nothing typed leaves them."""
    import datetime as dt

    told = next(key for key in ("answer", "what", "note") if key in one.placed.cells)
    found = dict(edits)
    text: str = click.prompt(told, default=str(found.get(told, one.placed.cells[told])), err=True)
    found[told] = text.strip()
    day = "date" if one.placed.sheet == "Context" else "due_on"
    if one.placed.sheet == "Deal":
        return found
    held = found.get(day, one.placed.cells.get(day)) or ""
    typed: str = click.prompt(
        f"{day} (2026-05-18, or - for none)", default=str(held), show_default=True, err=True
    )
    if typed.strip() in {"", "-"}:
        found[day] = None
        return found
    try:
        found[day] = dt.date.fromisoformat(typed.strip())
    except ValueError:
        printing.line(f'"{typed}" is no day such as 2026-05-18; the date stays.', err=True)
    return found
