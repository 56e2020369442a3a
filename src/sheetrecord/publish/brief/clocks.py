"""A deal's two timelines as a small drawing: the contract's dates and the client's deadline."""

import datetime as dt
from collections.abc import Iterator
from typing import Final, NamedTuple

from sheetrecord.core.view.sanitise import flat_html as escape
from sheetrecord.publish.brief.text import BriefWords

WIDTH: Final = 430
LEFT: Final = 4
TOP: Final = 15
_RED: Final = "#b3261e"
_BLUE: Final = "#1f4e5f"


class _ClockScale(NamedTuple):
    first: dt.date
    last: dt.date

    def x(self, day: dt.date) -> float:
        """Return where a day stands, in the drawing's units."""
        span = max(1, (self.last - self.first).days)
        inside = min(max((day - self.first).days, 0), span)
        return round(LEFT + (WIDTH - 2 * LEFT) * inside / span, 1)


def clocks(words: BriefWords) -> str:
    """Return the drawing as SVG; an empty text for a deal without dates."""
    deal = words.brief.rows.deal
    last = words.brief.deadline
    days = [deal.contract_start, deal.contract_end, last.day if last else None]
    known = [day for day in days if day is not None]
    if len(known) < 2 or deal.contract_end is None:
        return ""
    scale = _ClockScale(min(known), max(known))
    parts = [*_bar(words, scale, deal.contract_end, "contract_clock", 0)]
    if last is not None:
        parts += _bar(words, scale, last.day, "real_clock", 1)
    parts += _milestones(words, scale)
    parts += _today(words, scale)
    height = TOP * 2 + 56
    return (
        f'<svg viewBox="0 0 {WIDTH} {height}" role="img" '
        f'aria-label="{escape(words("matters"))}">{"".join(parts)}</svg>'
    )


def _bar(words: BriefWords, scale: _ClockScale, end: dt.date, name: str, row: int) -> Iterator[str]:
    y = TOP + row * 31
    colour = _RED if name == "real_clock" else _BLUE
    wide = scale.x(end) - LEFT
    text = f"{words(name)}: {words.day(end)}, {words.left(end)}"
    yield f'<text x="{LEFT}" y="{y - 4}" font-size="9.5" fill="#4a5a67">{escape(text)}</text>'
    yield f'<rect x="{LEFT}" y="{y}" width="{wide:.1f}" height="9" rx="2" fill="{colour}"/>'


def _milestones(words: BriefWords, scale: _ClockScale) -> Iterator[str]:
    """Yield a mark for each milestone, red after a date that cannot move."""
    last = words.brief.deadline
    y = TOP + 53
    for row in words.brief.milestones:
        day = row.date_planned
        if day is None or row.ctx_ref:
            continue
        late = last is not None and last.hard and day > last.day
        colour = _RED if late else "#4a5a67"
        tip = escape(f"{row.title}, {words.day(day)}")
        yield (
            f'<path d="M{scale.x(day)} {y - 5}l5 5l-5 5l-5 -5z" fill="{colour}">'
            f"<title>{tip}</title></path>"
        )


def _today(words: BriefWords, scale: _ClockScale) -> Iterator[str]:
    asof = words.brief.asof
    if scale.first <= asof <= scale.last:
        x = scale.x(asof)
        for y in (TOP - 2, TOP + 29):
            yield f'<rect x="{x - 1}" y="{y}" width="2" height="13" fill="#1d2733"/>'
