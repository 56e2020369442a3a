"""The verdicts as a table by trade, with every miss named."""

from collections import Counter
from collections.abc import Iterator, Sequence
from typing import Any, Final

from failure_cases.measure import NO, NOTHING, PARTLY, YES, Verdict

MEASURES: Final = ("place", "asked", "page_one", "followed_up", "finance")
_TITLES: Final = ("place", "asked", "page one", "followed up", "finance", "first three")
_WIDTH: Final = 18


def lines(verdicts: Sequence[Verdict]) -> Iterator[str]:
    """Yield the table, then each miss with the words that explain it."""
    yield "yes + partly of all; finance: of those with money in them; first three: all of them yes"
    yield ""
    yield f"{'':13}{'':5}" + "".join(f"{title:>{_WIDTH}}" for title in _TITLES)
    trades = dict.fromkeys(verdict.failure.trade for verdict in verdicts)
    for trade in trades:
        yield _line(trade, [one for one in verdicts if one.failure.trade == trade])
    yield _line("all", verdicts)
    for measure in MEASURES:
        yield from ("", f"not (fully): {measure.replace('_', ' ')}")
        for verdict in verdicts:
            how, seen = getattr(verdict, measure)
            if how in {NO, PARTLY}:
                failure = verdict.failure
                told = f": {seen}" if seen else ""
                yield f"  {how:6} {failure.trade}/{failure.id} [{failure.fact.meaning}]{told}"


def told(verdicts: Sequence[Verdict]) -> dict[str, Any]:
    """Return the verdicts and their counts for a program."""
    return {
        "failures": [
            {
                "id": one.failure.id,
                "trade": one.failure.trade,
                "title": one.failure.title,
                "meaning": one.failure.fact.meaning,
                **{
                    measure: dict(zip(("verdict", "seen"), getattr(one, measure), strict=True))
                    for measure in MEASURES
                },
            }
            for one in verdicts
        ],
        "counts": {measure: counts(verdicts, measure) for measure in MEASURES},
        "share": {measure: share(verdicts, measure) for measure in MEASURES},
    }


def counts(verdicts: Sequence[Verdict], measure: str) -> dict[str, int]:
    """Count the verdicts of one measure."""
    return dict(Counter(getattr(one, measure)[0] for one in verdicts))


def share(verdicts: Sequence[Verdict], measure: str) -> float:
    """Return the part of the failures that a measure applies to for which it holds fully."""
    found = [how for how in (getattr(one, measure)[0] for one in verdicts) if how != NOTHING]
    return round(found.count(YES) / len(found), 3) if found else 0.0


def _line(name: str, verdicts: Sequence[Verdict]) -> str:
    cells = []
    for measure in MEASURES:
        found = counts(verdicts, measure)
        of = len(verdicts) - found.get(NOTHING, 0)
        cell = f"{found.get(YES, 0)} + {found.get(PARTLY, 0)} of {of}"
        cells.append(f"{cell}  {share(verdicts, measure):.2f}")
    three = sum(
        all(getattr(one, measure)[0] == YES for measure in MEASURES[:3]) for one in verdicts
    )
    cells.append(f"{three} of {len(verdicts)}")
    return f"{name:13}{len(verdicts):5}" + "".join(f"{cell:>{_WIDTH}}" for cell in cells)
