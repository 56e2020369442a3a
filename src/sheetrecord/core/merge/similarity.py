"""Row similarity by content, for rows whose ids do not decide."""

from collections import OrderedDict
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
"""Share of filled cells that must agree before an edited row is recognised without its id."""

HALF: Final = 0.5
"""Share of filled cells that must agree for two rows that show one id to be one row."""

WAITING: Final = frozenset({"deal_id", "kind"})
"""Columns that are filled in rows prepared for an answer that nobody has given yet."""

MOST_COMPARED: Final = 200_000
"""Most pairs of rows compared one by one; beyond that only equal rows are recognised."""


@cache
def typed(sheet: str) -> tuple[int, ...]:
    """Return the positions of the columns that users fill: neither ids nor derived columns."""
    columns = SHEETS[sheet].columns
    return tuple(c.position for c in columns if c.kind is not Kind.ID and not c.derived)


@cache
def _empty(sheet: str) -> tuple[object, ...]:
    return (0, *(EMPTY[c.kind.name] for c in SHEETS[sheet].columns))


def blank_row(sheet: str) -> Cells:
    """Return a typed row of a sheet in which every cell is blank, with row number 0."""
    return _empty(sheet)


@cache
def _telling(sheet: str) -> tuple[tuple[int, ...], int]:
    """Return the positions that are compared, and that of the deal (0 on the Deal sheet)."""
    columns = SHEETS[sheet].by_key
    deal = columns["deal_id"].position if sheet != "Deal" else 0
    return tuple(i for i in typed(sheet) if i != deal), deal


def differing(before: Mapping[str, Cells], after: Mapping[str, Cells]) -> list[str]:
    """Return the ids of rows that are new or have other cells; row numbers do not count."""
    key = (id(before), id(after))
    known = _differing.get(key)
    if known is None:
        if len(_differing) >= _MOST_KNOWN:
            _differing.popitem(last=False)
        found = _compared(before, after)
        known = _differing[key] = before, after, found  # both are kept: the key tells them by id
    return list(known[2])


def _compared(before: Mapping[str, Cells], after: Mapping[str, Cells]) -> list[str]:
    nothing: Cells = ()
    found = [id_ for id_, cells in after.items() if cells != before.get(id_, nothing)]
    # most rows stand where they stood; only the others are looked at without their numbers
    return [id_ for id_ in found if after[id_][2:] != before.get(id_, nothing)[2:]]


_differing: Final[
    OrderedDict[tuple[int, int], tuple[Mapping[str, Cells], Mapping[str, Cells], list[str]]]
] = OrderedDict()
_MOST_KNOWN: Final = 64
"""Pairs of sheets whose comparison is remembered: several questions are asked of each."""


def alike(sheet: str, one: Cells, other: Cells) -> float:
    """Return the share (0 to 1) of filled cells that agree; 0 for rows of two different deals.

    Unreadable cells and the deal column do not count; two rows with nothing else filled are alike
    (1.0). Context rows of a kind that a deal has once are one row (1.0) whatever they answer.
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


def _named(deal: object) -> bool:
    """Tell whether a reference names a deal; a blank or broken one might be any."""
    return bool(deal) and not isinstance(deal, Unread)


def filled(sheet: str, row: Cells) -> int:
    """Return how many cells of a row users have filled, not counting the deal column."""
    empty = _empty(sheet)
    return sum(row[i] != empty[i] for i in _telling(sheet)[0])


def hollowed(sheet: str, before: Cells, row: Cells, hidden: frozenset[int]) -> bool:
    """Return True if cells of a row were cleared and all that is left of it is unreadable.

    ``hidden`` are positions of columns that its copy does not show.
    """
    empty = _empty(sheet)
    positions = [i for i in _telling(sheet)[0] if i not in hidden]
    left = [row[i] for i in positions if row[i] != empty[i]]
    if not left or not all(isinstance(cell, Unread) for cell in left):
        return False
    return any(before[i] != empty[i] and row[i] == empty[i] for i in positions)


def fingerprint(sheet: str, row: Cells) -> str:
    """Return 24 hex digits of BLAKE2b over a row's typed content: the same in every copy."""
    said = repr((sheet, _key(sheet, row))).encode()
    return blake2b(said, digest_size=12).hexdigest()


@cache
def waiting(sheet: str) -> frozenset[int]:
    """Return the positions of a sheet's `WAITING` columns."""
    return frozenset(c.position for c in SHEETS[sheet].columns if c.key in WAITING)


def waits(sheet: str, row: Cells) -> bool:
    """Return True if only a row's `WAITING` columns are filled: a question without an answer."""
    empty, ready = _empty(sheet), waiting(sheet)
    return all(row[i] == empty[i] for i in typed(sheet) if i not in ready)


def nearest(sheet: str, row: Cells, others: Sequence[Cells], least: float) -> int:
    """Return the index of the most similar row, the first of equals; -1 if below ``least``."""
    best, found = 0.0, -1
    for i, other in enumerate(others):
        share = alike(sheet, row, other)
        if share >= least and share > best:
            best, found = share, i
    return found


def equal_rows(
    sheet: str, rows: Sequence[Cells], others: Sequence[Cells]
) -> Iterator[tuple[int, int]]:
    """Yield index pairs of rows with equal typed content; each row at most once, in order.

    Blank rows and columns whose formula may be overwritten are not compared.
    """
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
    return tuple(repr(row[i]) for i in said(sheet))


@cache
def said(sheet: str) -> tuple[int, ...]:
    """Return the positions that hold what people typed, without those where a formula may stand."""
    columns = SHEETS[sheet].columns
    return tuple(i for i in typed(sheet) if not columns[i - 1].override)
