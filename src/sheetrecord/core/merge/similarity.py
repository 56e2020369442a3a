"""Whether two rows are one row: by what they say, where their ids do not tell."""

from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from hashlib import blake2b
from typing import Any, Final

from sheetrecord.core.merge.cells import Unread, same
from sheetrecord.schema.column import Kind
from sheetrecord.schema.record import EMPTY
from sheetrecord.schema.sheets import SHEETS

Cells = tuple[Any, ...]
"""A typed row: its number, its id, then its cells."""

NEAR: Final = 0.6
"""The share of filled cells that must agree before an edited row is known again."""

HALF: Final = 0.5
"""The share for rows that already show one id."""

WAITING: Final = frozenset({"deal_id", "kind"})
"""What stands in rows that wait to be filled."""

MOST_COMPARED: Final = 200_000
"""Pairs of rows that are compared one by one; beyond that only equal rows are known again."""


@cache
def typed(sheet: str) -> tuple[int, ...]:
    """Return the positions of a row that people fill: neither ids nor what formulas derive."""
    columns = SHEETS[sheet].columns
    return tuple(c.position for c in columns if c.kind is not Kind.ID and not c.derived)


@cache
def _empty(sheet: str) -> tuple[Any, ...]:
    return (0, *(EMPTY[c.kind.name] for c in SHEETS[sheet].columns))


def blank_row(sheet: str) -> Cells:
    """Return a row with nothing in it: what a row was before it was there."""
    return _empty(sheet)


@cache
def _telling(sheet: str) -> tuple[tuple[int, ...], int]:
    """Return the positions that are compared, and that of the deal (0 on the Deal sheet)."""
    columns = SHEETS[sheet].by_key
    deal = columns["deal_id"].position if sheet != "Deal" else 0
    return tuple(i for i in typed(sheet) if i != deal), deal


def differing(before: Mapping[str, Cells], after: Mapping[str, Cells]) -> list[str]:
    """Return the rows that say something else than before, or were not there."""
    nothing: Cells = ()
    found = [id_ for id_, cells in after.items() if cells != before.get(id_, nothing)]
    # most rows stand where they stood; only the others are looked at without their numbers
    return [id_ for id_ in found if after[id_][2:] != before.get(id_, nothing)[2:]]


def alike(sheet: str, one: Cells, other: Cells) -> float:
    """Return the share of the filled cells that agree; 0 for rows of two deals.

    A question asked once per deal is one row whatever was answered.
    """
    positions, deal = _telling(sheet)
    if deal and _named(one[deal]) and _named(other[deal]) and one[deal] != other[deal]:
        return 0.0
    if sheet == "Context":
        kind = SHEETS[sheet].by_key["kind"].position
        if one[kind] == other[kind] and one[kind] not in {"", "stakeholder", "risk"}:
            return 1.0
    empty = _empty(sheet)
    filled = [i for i in positions if one[i] != empty[i] or other[i] != empty[i]]
    filled = [
        i for i in filled if not isinstance(one[i], Unread) and not isinstance(other[i], Unread)
    ]
    return sum(same(one[i], other[i]) for i in filled) / len(filled) if filled else 1.0


def _named(deal: Any) -> bool:
    """Tell whether a reference names a deal; a blank or broken one might be any."""
    return bool(deal) and not isinstance(deal, Unread)


def filled(sheet: str, row: Cells) -> int:
    """Return how many cells of a row somebody has filled, besides saying which deal it is about."""
    empty = _empty(sheet)
    return sum(row[i] != empty[i] for i in _telling(sheet)[0])


def hollowed(sheet: str, before: Cells, row: Cells, hidden: frozenset[int]) -> bool:
    """Tell whether a row was emptied but for cells that cannot be read.

    ``hidden`` are the positions that its copy does not show.
    """
    empty = _empty(sheet)
    positions = [i for i in _telling(sheet)[0] if i not in hidden]
    left = [row[i] for i in positions if row[i] != empty[i]]
    if not left or not all(isinstance(cell, Unread) for cell in left):
        return False
    return any(before[i] != empty[i] and row[i] == empty[i] for i in positions)


def fingerprint(sheet: str, row: Cells) -> str:
    """Return a name made from a row's content alone, the same in every copy."""
    said = repr((sheet, _key(sheet, row))).encode()
    return blake2b(said, digest_size=12).hexdigest()


@cache
def waiting(sheet: str) -> frozenset[int]:
    """Return the positions of what stands in rows that wait to be filled."""
    return frozenset(c.position for c in SHEETS[sheet].columns if c.key in WAITING)


def waits(sheet: str, row: Cells) -> bool:
    """Tell whether a row only waits to be filled: it asks a question that nobody answered."""
    empty, ready = _empty(sheet), waiting(sheet)
    return all(row[i] == empty[i] for i in typed(sheet) if i not in ready)


def nearest(sheet: str, row: Cells, others: Sequence[Cells], least: float) -> int:
    """Return the index of the row most like this one, or -1; of equals the first."""
    best, found = 0.0, -1
    for i, other in enumerate(others):
        share = alike(sheet, row, other)
        if share >= least and share > best:
            best, found = share, i
    return found


def equal_rows(
    sheet: str, rows: Sequence[Cells], others: Sequence[Cells]
) -> Iterator[tuple[int, int]]:
    """Yield index pairs of rows that say the same; each row once, the first ones first."""
    waiting: dict[Cells, list[int]] = {}
    for i, other in enumerate(others):
        if filled(sheet, other):
            waiting.setdefault(_key(sheet, other), []).append(i)
    for i, row in enumerate(rows):
        found = waiting.get(_key(sheet, row))
        if found:
            yield i, found.pop(0)


def _key(sheet: str, row: Cells) -> Cells:
    """Return what somebody typed into a row; where a formula may stand the program typed."""
    return tuple(repr(row[i]) for i in _said(sheet))


@cache
def _said(sheet: str) -> tuple[int, ...]:
    columns = SHEETS[sheet].columns
    return tuple(i for i in typed(sheet) if not columns[i - 1].override)
