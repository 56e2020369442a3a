"""Lists beneath a heading: what stands under "Included:" is, what stands under "Out:" is not."""

import re
from collections.abc import Iterator, Sequence
from typing import Final

from sheetrecord.core.capture.cues import cues_of
from sheetrecord.core.capture.folding import folded
from sheetrecord.core.capture.rules import ENOUGH, NOTHING, Utterance, Verdict
from sheetrecord.core.capture.sentences import MARK
from sheetrecord.core.capture.sides import CLIENT

INCLUDED, EXCLUDED, HEADING = "included", "excluded", "heading"
_LONGEST: Final = 60
"""Characters of the longest heading."""
_HEADING_MARKS: Final = re.compile(r"^[\s#*_\d.)-]*|[\s:*_]*$")


def beneath(text: str, spans: Sequence[tuple[int, int]], language: str) -> Iterator[str]:
    r"""Yield for each sentence whether it is a heading, or an item under one and of which kind.

    >>> text = "Out:\n- payroll\n\nSee you."
    >>> list(beneath(text, [(0, 4), (7, 14), (16, 24)], "en"))
    ['heading', 'excluded', '']
    """
    heading = ""
    for start, end in spans:
        line = text.rfind("\n", 0, start) + 1
        item = MARK.match(text, line)
        if item is None:
            heading = _heading(text[start:end], language)
            yield HEADING if heading else ""
        else:
            yield heading


def _heading(line: str, language: str) -> str:
    """Return what a line says of the list beneath it; "" for a line that is no heading."""
    if len(line) > _LONGEST or not line.rstrip("*_ ").endswith(":"):
        return ""
    words = _HEADING_MARKS.sub("", folded(line))
    included, excluded = cues_of(language).headings
    if excluded.fullmatch(words):
        return EXCLUDED
    return INCLUDED if included.fullmatch(words) else ""


def as_listed(heading: str, said: Utterance, verdict: Verdict) -> Verdict:
    """Return what an item is by the heading above it; the heading itself is nothing."""
    if heading == HEADING:
        return NOTHING
    if not heading or verdict.held or verdict.kind not in {"", "promise", "scope_assumed"}:
        return verdict
    cue = f"{said.language}.list.{heading}"
    if heading == EXCLUDED:
        return Verdict("promise", cue, ENOUGH, negated=True)
    if verdict.kind:
        return verdict
    return Verdict("scope_assumed" if said.side == CLIENT else "promise", cue, ENOUGH)
