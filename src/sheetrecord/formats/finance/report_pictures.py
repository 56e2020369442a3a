"""Bars for the report's page, as inline SVG: a picture of a table that stands beside it."""

from collections.abc import Sequence
from typing import Final, NamedTuple

from sheetrecord.core.view.sanitise import flat_html as escape

_ROW, _NAMES, _WIDTH, _FIGURES = 26, 150, 640, 150
_COLOURS: Final = {"calm": "#2f6f8f", "warn": "#b35c00", "late": "#9c0006"}
"""Each has a contrast of at least 4.5 to 1 on white; the words beside the bar say the same."""


class ReportBar(NamedTuple):
    """One bar: its name, its length, the figure beside it, and how bad it is."""

    name: str
    value: int
    figure: str
    colour: str = "calm"


def bars(label: str, rows: Sequence[ReportBar]) -> str:
    """Return a picture with a name that says all of it; "" when every bar is empty."""
    most = max((row.value for row in rows), default=0)
    if most <= 0:
        return ""
    said = "; ".join(f"{row.name} {row.figure}" for row in rows if row.value > 0)
    room = _WIDTH - _NAMES - _FIGURES
    height = _ROW * len(rows)
    drawn = "".join(_bar(row, n, room * max(row.value, 0) / most) for n, row in enumerate(rows))
    return (
        f'<figure><svg role="img" aria-label="{escape(f"{label}: {said}")}" '
        f'viewBox="0 0 {_WIDTH} {height}" width="{_WIDTH}" height="{height}">'
        f"{drawn}</svg><figcaption>{escape(label)}</figcaption></figure>"
    )


def _bar(row: ReportBar, n: int, length: float) -> str:
    top = n * _ROW
    fill = _COLOURS[row.colour]
    rect = (
        f'<rect x="{_NAMES}" y="{top + 4}" width="{length:.1f}" height="{_ROW - 8}" fill="{fill}"/>'
        if length
        else ""
    )
    base = top + _ROW - 9
    return (
        f'<text x="{_NAMES - 8}" y="{base}" text-anchor="end">{escape(row.name)}</text>{rect}'
        f'<text x="{_NAMES + length + 8:.1f}" y="{base}">{escape(row.figure)}</text>'
    )
