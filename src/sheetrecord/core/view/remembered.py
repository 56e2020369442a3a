"""What a site remembers of its earlier publications: the cells it showed, and which changed when.

A change is told only while its row and its column may be seen as of now: a row that was made
Internal takes its history with it, here too, because the file lies in the folder that its readers
can open. What is derived is not remembered: it could tell of a row that is withheld by now. That a
row is gone is not told: it may have been withheld.
"""

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping
from hashlib import blake2b
from typing import Final, NamedTuple, TypeAlias

from sheetrecord.core.view.audiences import Audience
from sheetrecord.core.view.index_part import part_of
from sheetrecord.core.view.worklist import LIVE
from sheetrecord.schema.column import Kind, Row
from sheetrecord.schema.record import DealRows, Record
from sheetrecord.schema.sheets import SHEETS

Value: TypeAlias = str | int | float | bool | None
"""A cell as it is remembered: a code, a text, an ISO date, minor units; None for a blank one."""

KEPT_FOR: Final = dt.timedelta(days=60)
MAIN: Final = ("answer", "what", "title", "description")
"""The columns that say in words what a row is about."""

CUT: Final = "\u2026#"
"""What stands between the beginning of a long text and the digest of all of it."""

_LONG: Final = 160
_UNTOLD: Final = frozenset((Kind.ID, Kind.REF))

Cells: TypeAlias = Mapping[str, Mapping[str, Mapping[str, Value]]]
"""Deal id -> ``Sheet/row id`` -> column key -> value; blank cells are left out."""


class RememberedChange(NamedTuple):
    """One cell that changed: both values, and the day of the publication that noticed it."""

    deal_id: str
    sheet: str
    row_id: str
    key: str
    was: Value
    now: Value
    on: dt.date


class Remembered(NamedTuple):
    """The day of the first publication, the columns then shown, the cells, and the changes."""

    first: dt.date
    keys: Mapping[str, tuple[str, ...]]
    cells: Cells
    changes: tuple[RememberedChange, ...] = ()


def remember(
    old: Remembered | None, record: Record, audience: Audience, day: dt.date
) -> Remembered:
    """Return what is to be remembered from this publication on; ``record`` is narrowed."""
    keys = {sheet: _keys(sheet, audience) for sheet in SHEETS if sheet in audience.grants}
    live = {of.id: of for of in record.by_deal.values() if part_of(of) in LIVE}
    cells = {deal_id: _cells(rows, keys) for deal_id, rows in live.items()}
    if old is None:
        return Remembered(day, keys, cells)
    known = {deal: record.by_deal[deal] for deal in old.cells if deal in record.by_deal}
    now = {**{deal: _cells(rows, keys) for deal, rows in known.items()}, **cells}
    kept = [one for one in old.changes if _may_be_seen(one, record, keys, day)]
    both = {sheet: tuple(set(keys[sheet]) & set(old.keys.get(sheet, ()))) for sheet in keys}
    found = _joined(kept, _compared(old.cells, now, both, day))
    return Remembered(min(old.first, day), keys, cells, tuple(sorted(found, key=_order)))


def _keys(sheet: str, audience: Audience) -> tuple[str, ...]:
    """Return the columns of a sheet that are remembered for an audience."""
    grant = audience.grants[sheet]
    return tuple(
        column.key
        for column in SHEETS[sheet].columns
        if column.key in grant.columns
        and not column.derived
        and column.kind not in _UNTOLD
        and column.key != "share"
    )


def _cells(rows: DealRows, keys: Mapping[str, tuple[str, ...]]) -> dict[str, dict[str, Value]]:
    parts: Iterable[Row] = (rows.deal, *rows.context, *rows.commitments, *rows.project, *rows.fees)
    found: dict[str, dict[str, Value]] = {}
    for row in parts:
        told: dict[str, Value] = {
            key: value for key in keys.get(row.sheet, ()) if (value := _value(row.get(key)))
        }
        if row.id and told:
            found[f"{row.sheet}/{row.id}"] = told
    return found


def _value(cell: object) -> Value:
    """Return a cell as it is remembered; a long text as its beginning and a digest."""
    if isinstance(cell, dt.date):
        return cell.isoformat()
    if isinstance(cell, bool | int | float):
        return cell
    text = " ".join(str(cell or "").split())
    if len(text) <= _LONG:
        return text or None
    digest = blake2b(text.encode("utf-8", "surrogatepass"), digest_size=5).hexdigest()
    return f"{text[: _LONG // 2]}{CUT}{digest}"


def _compared(
    old: Cells, now: Cells, keys: Mapping[str, tuple[str, ...]], day: dt.date
) -> Iterator[RememberedChange]:
    for deal_id, rows in now.items():
        before = old.get(deal_id)
        if before is None:
            name = rows.get(f"Deal/{deal_id}", {}).get("deal_name")
            yield RememberedChange(deal_id, "Deal", deal_id, "deal_name", None, name, day)
            continue
        for place, cells in rows.items():
            yield from _in_row(deal_id, place, before.get(place), cells, keys, day)


def _in_row(
    deal_id: str,
    place: str,
    told: Mapping[str, Value] | None,
    cells: Mapping[str, Value],
    keys: Mapping[str, tuple[str, ...]],
    day: dt.date,
) -> Iterator[RememberedChange]:
    """Yield the cells of a row that differ; of a new row what it is about."""
    sheet, _, row_id = place.partition("/")
    if told is None:
        told = {key: value for key, value in cells.items() if key not in MAIN}
    for key in keys.get(sheet, ()):
        was, now = told.get(key), cells.get(key)
        if was != now:
            yield RememberedChange(deal_id, sheet, row_id, key, was, now, day)


def _joined(old: list[RememberedChange], new: Iterable[RememberedChange]) -> list[RememberedChange]:
    """Add changes; two of one cell on one day are one, and none when it is back where it was."""
    found = {(one.sheet, one.row_id, one.key, one.on): one for one in old}
    for one in new:
        place = (one.sheet, one.row_id, one.key, one.on)
        earlier = found.pop(place, None)
        told = one if earlier is None else one._replace(was=earlier.was)
        if told.was != told.now:
            found[place] = told
    return list(found.values())


def _may_be_seen(
    one: RememberedChange, record: Record, keys: Mapping[str, tuple[str, ...]], day: dt.date
) -> bool:
    """Tell whether a change is recent, and its row and column may still be seen."""
    rows = record.by_deal.get(one.deal_id)
    if rows is None or one.key not in keys.get(one.sheet, ()) or one.on <= day - KEPT_FOR:
        return False
    return any(row.id == one.row_id for row in _rows(rows, one.sheet))


def _rows(rows: DealRows, sheet: str) -> Iterable[Row]:
    return {
        "Deal": (rows.deal,),
        "Context": rows.context,
        "Commitments": rows.commitments,
        "Project": rows.project,
        "Fees": rows.fees,
    }[sheet]


def row_of(rows: DealRows, sheet: str, row_id: str) -> Row | None:
    """Return a row of a deal by its id."""
    return next((row for row in _rows(rows, sheet) if row.id == row_id), None)


def _order(one: RememberedChange) -> tuple[int, str, str, str, str]:
    return -one.on.toordinal(), one.deal_id, one.sheet, one.row_id, one.key
