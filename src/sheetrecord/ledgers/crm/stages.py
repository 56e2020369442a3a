"""Where a deal of an export stands: our stage, or at least whether it is open, won or lost."""

import re
from collections.abc import Callable, Mapping
from typing import Final, NamedTuple

from sheetrecord.ledgers.crm.vocabulary import folded, vocabulary
from sheetrecord.schema.lists import STAGE_TYPE

_PIPELINE: Final = re.compile(r"\s*\([^()]*\)\s*$")
StageOf = Callable[[str], str]
"""Returns the stage that a word means in the firm's own list, or ""."""


class Standing(NamedTuple):
    """Stage and type, as far as they are known; ``unknown``: nobody knows the stage's word."""

    stage: str | None = None
    type: str | None = None
    unknown: bool = False
    clash: str = ""


def standing_of(
    cells: Mapping[str, str], system: str, told: Mapping[str, str], firm: StageOf
) -> Standing:
    """Return where a deal stands by the cells of its row, each under its meaning."""
    label = cells.get("stage", "")
    alone = not label and not cells.get("is_closed") and bool(cells.get("status"))
    label = label or (cells.get("status", "") if alone else "")
    stage = _stage(label, system, told, firm)
    said = _said(cells)
    if said in {"won", "lost"}:
        known = STAGE_TYPE.get(stage, "")
        if known in {"won", "lost"} and known != said:
            return Standing(clash=f'"{label}" and {said}')
        return Standing(said, said)
    if said == "open" and STAGE_TYPE.get(stage) in {"won", "lost"}:
        return Standing(clash=f'"{label}" and open')
    if stage:
        return Standing(stage, STAGE_TYPE[stage])
    unknown = bool(label) and not (alone and said)
    return Standing(None, said or None, unknown=unknown)


def _stage(label: str, system: str, told: Mapping[str, str], firm: StageOf) -> str:
    """Return the stage of a word: what people said, the system's words, the firm's, any table's."""
    stages = vocabulary().stages
    for word in dict.fromkeys((folded(label), folded(_PIPELINE.sub("", label)))):
        if word and (known := told.get(word) or stages[system].get(word)):
            return known
    if label and (own := firm(label)):
        return own
    return stages["csv"].get(folded(label), "") if label else ""


def _said(cells: Mapping[str, str]) -> str:
    """Return what the row says besides its stage: open, won, lost or nothing."""
    words = vocabulary()
    for word in ("won", "lost", "open"):
        if words.says(word, cells.get("status", "")):
            return word
    won, lost, closed = (cells.get(key, "") for key in ("is_won", "is_lost", "is_closed"))
    if won and words.says("yes", won):
        return "won"
    if lost and words.says("yes", lost):
        return "lost"
    if closed and words.says("yes", closed):
        return "lost" if won else ""
    return "open" if closed and words.says("no", closed) else ""
