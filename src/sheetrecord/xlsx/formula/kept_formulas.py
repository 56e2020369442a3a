"""The sorted formulas of worksheet parts, kept for later runs under a digest of the parts' bytes.

Sorting a part means going through all of it; most parts of a workbook are as they were when it was
last written. See `files.content_cache` for what is believed.
"""

from collections.abc import Iterator
from itertools import chain
from typing import Any

from sheetrecord.files import content_cache
from sheetrecord.xlsx.addresses import Area
from sheetrecord.xlsx.archive.members import RawMember
from sheetrecord.xlsx.formula.sorted_formulas import FormulaGroup, Sorted


class KeptFormulas:
    """Sorted formulas that earlier runs kept, and those of this one to be kept."""

    def __init__(self) -> None:
        self._new: dict[str, Sorted] = {}
        self._used: list[str] = []

    def find(self, raw: RawMember) -> Sorted | None:
        """Return a part's formulas if they are kept."""
        name = _name(raw)
        if name in self._new:
            return self._new[name]
        kept = content_cache.find(name)
        if kept is None:
            return None
        try:
            found = _sorted_from(kept)
        except content_cache.DAMAGE:
            return None
        self._used.append(name)
        return found

    def keep(self, raw: RawMember, found: Sorted) -> None:
        """Remember to keep a part's formulas."""
        self._new[_name(raw)] = found

    def save(self) -> list[str]:
        """Keep what was sorted in this run; return the names of what was of use."""
        for name, found in self._new.items():
            content_cache.keep(name, _told(found))
        used, self._used = self._used, []
        self._new.clear()
        return used


def _name(raw: RawMember) -> str:
    member, data = raw
    return content_cache.digest("formulas", member.method, member.size, member.crc, data)


def _told(found: Sorted) -> list[Any]:
    """Return sorted formulas as JSON; bytes are the characters of the same numbers."""
    return [
        [
            [group.column, _text(group.attributes), _text(group.text), list(_runs(group.rows))]
            for group in found.groups
        ],
        [
            [_text(si), row, column, _text(text)]
            for si, (row, column, text) in found.masters.items()
        ],
        [[*place, *area] for place, area in found.areas.items()],
        found.masked,
    ]


def _sorted_from(kept: Any) -> Sorted:
    groups, masters, areas, masked = kept
    return Sorted(
        tuple(
            FormulaGroup(column, _bytes(attributes), _bytes(text), _rows(runs))
            for column, attributes, text, runs in groups
        ),
        {_bytes(si): (row, column, _bytes(text)) for si, row, column, text in masters},
        {(row, column): Area(*area) for row, column, *area in areas},
        masked,
    )


def _text(data: bytes) -> str:
    return data.decode("latin-1")


def _bytes(text: str) -> bytes:
    return text.encode("latin-1")


def _runs(rows: tuple[int, ...]) -> Iterator[int]:
    """Yield the first and the last but one of each run of rows."""
    start = last = rows[0]
    for row in rows[1:]:
        if row != last + 1:
            yield from (start, last + 1)
            start = row
        last = row
    yield from (start, last + 1)


def _rows(runs: list[int]) -> tuple[int, ...]:
    if len(runs) == 2:
        return tuple(range(*runs))
    return tuple(chain.from_iterable(map(range, runs[::2], runs[1::2])))
