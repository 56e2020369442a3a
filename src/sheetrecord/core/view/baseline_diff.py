"""What an audience may see of how a deal differs from its as-sold baseline.

The baseline holds rows as they were frozen, so each of its rows must pass the allow-list twice:
as it was sold, and as the record has it now. A row that was withheld since is withheld here too,
also when it has another id or belongs to another deal by now: it is known again by its words.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cached_property
from typing import Any, Final, NamedTuple

from sheetrecord.core.find import fold
from sheetrecord.core.handover.baseline import Baseline, Content, canonical
from sheetrecord.core.view.audiences import Audience, Grant
from sheetrecord.core.view.changes import Change, Edited
from sheetrecord.core.view.projection import level, levels_of
from sheetrecord.core.view.sanitise import clean
from sheetrecord.schema.column import ColumnOwner, Kind
from sheetrecord.schema.record import DealRows, Record
from sheetrecord.schema.sheets import SHEETS

_ABOUT = ("what", "answer", "description", "title")
"""The columns that say in words what a row is about."""

_WORDS: Final = (Kind.TEXT, Kind.PROSE)
_ALIKE, _ALIKE_ELSEWHERE = 1 / 3, 2 / 3
"""Words that two rows have in common, of all their words, to be one row: in a deal, and beyond."""

Place = tuple[str, str]


class _Kept(NamedTuple):
    """A row that is kept back now: its deal, its place in a baseline, and its words."""

    deal_id: str
    place: Place
    words: frozenset[str]


class KeptBack:
    """The rows of a record that an audience may not see, to be known again in a baseline.

    ``frozen`` are the latest baselines: a row that stands in one under its id is no other row.
    """

    def __init__(self, record: Record, audience: Audience, frozen: Iterable[Baseline]) -> None:
        self._record, self._audience = record, audience
        self._frozen = {
            (one.deal_id, place)
            for one in frozen
            for place in one.content
            if not place[1].startswith("row ")
        }

    @cached_property
    def _rows(self) -> list[_Kept]:
        levels, found = levels_of(self._record), []
        for sheet in ("Context", "Commitments"):
            for row in self._record.rows(sheet):
                if level(row, levels) not in self._audience.levels:
                    cells = {column.key: row.get(column.key) for column in row.columns}
                    found.append(_Kept(row.deal_id, (sheet, row.id), _words(sheet, cells)))
        return found

    @cached_property
    def _places(self) -> set[Place]:
        return {row.place for row in self._rows}

    @cached_property
    def _by_word(self) -> Mapping[tuple[str, str], list[_Kept]]:
        """Rows that no baseline knows by their id, by sheet and word."""
        found: dict[tuple[str, str], list[_Kept]] = {}
        for row in self._rows:
            if (row.deal_id, row.place) not in self._frozen:
                for word in row.words:
                    found.setdefault((row.place[0], word), []).append(row)
        return found

    def may_be(self, deal_id: str, place: Place, cells: Mapping[str, object]) -> bool:
        """Tell whether a frozen row is one that is kept back by now, under whatever id."""
        if place in self._places:
            return True
        words = _words(place[0], cells)
        shared = Counter(row for word in words for row in self._by_word.get((place[0], word), ()))
        return any(
            count / len(words | row.words)
            >= (_ALIKE if row.deal_id == deal_id else _ALIKE_ELSEWHERE)
            for row, count in shared.items()
        )


def _words(sheet: str, cells: Mapping[str, object]) -> frozenset[str]:
    """Return the words of a row's texts, or of its person where it has no others."""
    texts = [
        str(cells[column.key])
        for column in SHEETS[sheet].columns
        if column.kind in _WORDS and not column.derived and cells.get(column.key)
    ]
    return frozenset(fold(" ".join(texts) or str(cells.get("person", ""))).split())


def edits_since_sold(
    baseline: Baseline, rows: DealRows, seen: DealRows, audience: Audience, kept: KeptBack
) -> list[Change]:
    """Return the cells and rows that are no longer as they were sold.

    ``rows`` are the deal's rows as the record has them, ``seen`` what is left of them for the
    audience. An audience outside the firm is told nothing of what was said differently before. A
    baseline that was tampered with proves nothing: that is all that is said about it.
    """
    if audience.outside:
        return []
    if not baseline.intact:
        return [Change("broken", baseline.sold_on, "")]
    known = _known(baseline)
    gone = frozenset(_gone(known, rows, seen, kept))
    return list(_edits(known, canonical(seen), gone, audience))


def held_back(
    baseline: Baseline, rows: DealRows, seen: DealRows, audience: Audience, kept: KeptBack
) -> Iterator[tuple[Place, str]]:
    """Yield the frozen rows of whose changes an audience is told nothing, and by which rule.

    Rows that are kept back themselves, as they are now, are not among them.
    """
    if not baseline.intact:
        yield ("Deal", rows.id), "the baseline was altered, so nothing of it is told"
        return
    known, everything, now = _known(baseline), canonical(rows), canonical(seen)
    gone = frozenset(_gone(known, rows, seen, kept))
    for place, cells in known.items():
        grant = audience.grants.get(place[0])
        if (
            grant is None
            or everything.get(place) == cells
            or place in everything.keys() - now.keys()
        ):
            continue
        if place in gone and place not in now:
            yield place, "as sold it may be a row that is kept back now"
        elif not _permitted(place[0], cells, grant, audience):
            yield place, "its Share did not reach them when it was sold, so no change is told"


def _known(baseline: Baseline) -> Content:
    return {place: cells for place, cells in baseline.content.items() if place[0] in SHEETS}


def _gone(known: Content, rows: DealRows, seen: DealRows, kept: KeptBack) -> Iterator[Place]:
    """Yield the frozen rows that are kept back now, or may be under another id."""
    everything, now = canonical(rows), canonical(seen)
    for place, cells in known.items():
        hidden = place in everything and place not in now
        if hidden or (everything.get(place) != cells and kept.may_be(rows.id, place, cells)):
            yield place


def _edits(
    content: Content, now: Content, gone: frozenset[Place], audience: Audience
) -> Iterator[Change]:
    for place in sorted({*content, *now}):
        sheet, row_id = place
        grant = audience.grants.get(sheet)
        if sheet not in SHEETS or grant is None or place in gone:
            continue
        old, new = content.get(place), now.get(place)
        if old is None:
            yield Change("added", None, _about(new or {}), row_id=row_id)
        elif _permitted(sheet, old, grant, audience):
            yield from _one(sheet, row_id, (_cleaned(old, grant), new), grant)


def _permitted(sheet: str, cells: Any, grant: Grant, audience: Audience) -> bool:
    """Tell whether a row as it was sold may be seen."""
    if "share" in SHEETS[sheet].by_key and cells.get("share", "") not in audience.levels:
        return False
    return grant.only is None or cells.get(grant.only[0], "") in grant.only[1]


def _cleaned(cells: Any, grant: Grant) -> dict[str, Any]:
    return {
        key: clean(value) if isinstance(value, str) else value
        for key, value in cells.items()
        if key in grant.columns
    }


def _one(sheet: str, row_id: str, cells: tuple[Any, Any], grant: Grant) -> Iterator[Change]:
    old, new = cells
    if new is None:
        yield Change("removed", None, _about(old), row_id=row_id)
        return
    for column in SHEETS[sheet].columns:
        if column.owner is not ColumnOwner.SALES or column.key not in grant.columns:
            continue
        before, after = old.get(column.key), new.get(column.key)
        if before != after:
            about = "" if column.key in _ABOUT else _about(new)
            edited = Edited(sheet, column.key, before, after)
            yield Change("edited", None, about, row_id=row_id, edited=edited)


def _about(cells: Any) -> str:
    return next((str(cells[key]) for key in _ABOUT if cells.get(key)), "")


def latest(baselines: Mapping[str, Sequence[Baseline]]) -> dict[str, Baseline]:
    """Return each deal's latest baseline."""
    return {deal_id: known[-1] for deal_id, known in baselines.items() if known}
