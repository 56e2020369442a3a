"""Convert records to database columns and back: texts, cells, snapshots, conflicts, entries."""

import datetime as dt
import json
from collections import OrderedDict
from collections.abc import Mapping
from functools import lru_cache
from typing import Any, Final

from sheetrecord.core.sync.store_protocol import (
    LedgerEntry,
    Logged,
    OpenConflict,
    Rows,
    SideSeen,
    Snapshot,
)
from sheetrecord.model.cell_json import cell_text, from_json, row_json, row_of, stable, to_json
from sheetrecord.model.conflict import ConflictKind
from sheetrecord.model.errors import CannotRead
from sheetrecord.model.value import Cell
from sheetrecord.xlsx.archive.deflate import isal_zlib

WorkbookConfig = Mapping[str, tuple[tuple[Cell, ...], ...]]

DAMAGE: Final[tuple[type[Exception], ...]] = (
    ValueError,
    KeyError,
    TypeError,
    AttributeError,
    IndexError,
    isal_zlib.error,
)
"""What reading a damaged column raises."""


def damaged(where: object, what: str) -> CannotRead:
    """Return the error for stored data that cannot be read."""
    return CannotRead(
        where,
        f"{what} is damaged.",
        "Run `sheetrecord doctor --repair`, or restore the store from a backup.",
        reason="damaged",
    )


def kept(text: str) -> str:
    r"""Return a text as a database can hold it: unchanged, or quoted as JSON where it cannot.

    PostgreSQL has no NUL in a text, and neither database has lone surrogates, which file names may
    hold.

    >>> kept("Ana"), kept("a\x00b")
    ('Ana', '"a\\u0000b"')
    """
    if text[:1] == '"' or "\0" in text or not _is_unicode(text):
        return json.dumps(text)
    return text


def read(text: str) -> str:
    """Return the text that was given to `kept`. Raises one of `DAMAGE` for what is no text."""
    if not isinstance(text, str):
        raise TypeError(text)
    return str(json.loads(text)) if text[:1] == '"' else text


def _is_unicode(text: str) -> bool:
    if text.isascii():
        return True
    try:
        text.encode()
    except UnicodeEncodeError:
        return False
    return True


def row_text(row: Mapping[str, Cell]) -> str:
    """Return a row's cells as JSON; equal rows give equal texts. Remembered: see `_TOLD`."""
    known = _TOLD.get(id(row))
    if known is not None:
        return known[1]
    text = stable(row_json(row))
    _tell(row, text)
    return text


@lru_cache(maxsize=1 << 16)
def row_from(text: str) -> Mapping[str, Any]:
    """Return the row that `row_text` was given.

    Of the same text the same row is returned: a run loads a record several times, and rows are
    never changed in place.
    """
    row = row_of(json.loads(text))
    if text.isascii():
        _tell(row, text)
    return row


def workbook_config_text(workbook_config: WorkbookConfig) -> str:
    """Return the sheets of settings and lists as one text."""
    return json.dumps(_workbook_config_json(workbook_config), separators=(",", ":"))


@lru_cache(maxsize=4)
def workbook_config_from(text: str) -> Mapping[str, Any]:
    """Return the sheets that `workbook_config_text` was given; of the same text the same ones."""
    return _workbook_config(json.loads(text))


def _workbook_config_json(workbook_config: WorkbookConfig) -> dict[str, object]:
    return {
        name: [[to_json(c) for c in row] for row in rows] for name, rows in workbook_config.items()
    }


def _workbook_config(told: Mapping[str, Any]) -> dict[str, Any]:
    return {
        name: tuple(tuple(from_json(cell) for cell in row) for row in rows)
        for name, rows in told.items()
    }


def snapshot_body(snapshot: Snapshot) -> bytes:
    """Return a snapshot as compressed JSON (zlib, RFC 1950), rows in their order."""
    told = {
        "rows": _rows_text(snapshot.rows),
        "hidden": _dumped({sheet: list(keys) for sheet, keys in snapshot.hidden.items()}),
        "furniture": _dumped(_workbook_config_json(snapshot.workbook_config)),
        "last_deal": _dumped(snapshot.last_deal),
        "shown": _rows_text(snapshot.shown),
        "given": _rows_text(snapshot.given),
        "pending": _rows_text(snapshot.pending),
        "unknown_past": _dumped(snapshot.unknown_past),
    }
    packed: bytes = isal_zlib.compress(_object(told).encode("ascii"), 2)
    return packed


def snapshot_from(body: bytes) -> Snapshot:
    """Return the snapshot that `snapshot_body` was given. Raises one of `DAMAGE`."""
    told = json.loads(isal_zlib.decompress(body))
    parts = ("rows", "shown", "given", "pending")  # the last came later, as did unknown_past
    rows, shown, given, pending = (_rows(told.get(part, {})) for part in parts)
    hidden = {sheet: tuple(keys) for sheet, keys in told["hidden"].items()}
    workbook_config = _workbook_config(told["furniture"])
    last_deal, unknown = told["last_deal"], bool(told.get("unknown_past", False))
    return Snapshot(rows, hidden, workbook_config, last_deal, shown, given, pending, unknown)


_dumped = json.JSONEncoder(separators=(",", ":"), allow_nan=False).encode

_Told = tuple[Mapping[str, Cell], str]

_TOLD: OrderedDict[int, _Told] = OrderedDict()
"""Rows and their JSON, by the row's number: the snapshots of one run share most of their rows."""

_MOST_TOLD = 1 << 16


def _rows_text(rows: Rows) -> str:
    return _object(
        {
            sheet: _object({row_id: row_text(row) for row_id, row in of_sheet.items()})
            for sheet, of_sheet in rows.items()
        }
    )


def _object(texts: Mapping[str, str]) -> str:
    """Return a JSON object of members that are JSON already."""
    return "{" + ",".join(f"{_dumped(key)}:{text}" for key, text in texts.items()) + "}"


def _tell(row: Mapping[str, Cell], text: str) -> None:
    """Remember a row's JSON; the row is kept, so that no other one gets its number."""
    _TOLD[id(row)] = row, text
    if len(_TOLD) > _MOST_TOLD:
        _TOLD.popitem(last=False)


def _rows(told: Mapping[str, Any]) -> dict[str, Any]:
    return {
        sheet: {row_id: row_of(row) for row_id, row in of_sheet.items()}
        for sheet, of_sheet in told.items()
    }


def conflicts_text(conflicts: tuple[OpenConflict, ...]) -> str:
    """Return the open conflicts as one text."""
    return json.dumps([_standing_json(one) for one in conflicts], separators=(",", ":"))


def conflicts_from(text: str) -> tuple[OpenConflict, ...]:
    """Return the conflicts that `conflicts_text` was given."""
    return tuple(_standing(told) for told in json.loads(text))


def _standing_json(one: OpenConflict) -> dict[str, object]:
    sides = [
        {**side._asdict(), "value": to_json(side.value), "at": side.at.isoformat()}
        for side in one.sides
    ]
    told = one._asdict()
    told |= {"base": to_json(one.base), "record": to_json(one.record)}
    if not one.decided:
        del told["decided"]  # as before there was such a thing: older programs read it, too
    return {**told, "kind": one.kind.name, "sides": sides}


def _standing(told: dict[str, Any]) -> OpenConflict:
    sides = tuple(
        SideSeen(**{**side, "value": from_json(side["value"]), "at": _moment(side["at"])})
        for side in told["sides"]
    )
    cells = {"base": from_json(told["base"]), "record": from_json(told["record"])}
    cells["decided"] = tuple(map(str, told.get("decided", ())))
    return OpenConflict(**{**told, **cells, "kind": ConflictKind[told["kind"]], "sides": sides})


def entry_columns(
    seq: int, run: int, at: dt.datetime, actor: str, entry: LedgerEntry
) -> tuple[Any, ...]:
    """Return an entry as the ledger's columns, ``seq`` first, without record and hash."""
    return (
        seq,
        run,
        at.isoformat(),
        kept(actor),
        kept(entry.kind),
        kept(entry.origin),
        entry.generation,
        kept(entry.sheet),
        kept(entry.row_id),
        kept(entry.key),
        cell_text(entry.old),
        cell_text(entry.new),
        row_text(entry.cells),
        kept(entry.why),
    )


def logged_from(columns: tuple[Any, ...]) -> Logged:
    """Return the entry whose columns these are; the last one is its hash."""
    (
        seq,
        run,
        at,
        actor,
        kind,
        origin,
        generation,
        sheet,
        row_id,
        key,
        old,
        new,
        cells,
        why,
        mark,
    ) = columns
    entry = LedgerEntry(
        read(kind),
        read(origin),
        generation,
        read(sheet),
        read(row_id),
        read(key),
        from_json(json.loads(old)),
        from_json(json.loads(new)),
        row_from(cells),
        read(why),
    )
    return Logged(seq, run, _moment(at), read(actor), entry, mark)


def _moment(text: str) -> dt.datetime:
    return dt.datetime.fromisoformat(text)
