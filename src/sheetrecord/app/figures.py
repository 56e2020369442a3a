"""The handover figures of a workbook, and since when each of its facts is known to be written."""

import datetime as dt
import hashlib
import json
import os
from collections.abc import Mapping, Sequence
from contextlib import suppress
from pathlib import Path

from sheetrecord.app.validate import read_record
from sheetrecord.core.derive import derive
from sheetrecord.core.handover.baseline import read_baselines
from sheetrecord.core.handover.figures import Figure, figures, lag_groups
from sheetrecord.core.handover.hidden_log import LogEvent, read_log
from sheetrecord.files.state_folder import state_folder
from sheetrecord.model.errors import CannotWrite
from sheetrecord.schema.record import Record
from sheetrecord.workbooks.addresses import known_as


def measure(
    address: str, *, today: dt.date, asof: dt.date | None = None
) -> tuple[list[Figure], str]:
    """Read a workbook and return its figures, and its language."""
    record, events, written = _taken(address, today, asof)
    return figures(record, events, written), record.settings.language


def measure_lag(
    address: str, by: str, *, today: dt.date, asof: dt.date | None = None
) -> tuple[list[tuple[str, list[Figure]]], str]:
    """Return how soon things are written down, by ``deal`` or ``month``, and the language."""
    record, _, written = _taken(address, today, asof)
    return list(lag_groups(record, written, by)), record.settings.language


def _taken(
    address: str, today: dt.date, asof: dt.date | None
) -> tuple[Record, Sequence[LogEvent], Mapping[str, dt.date]]:
    book, parsed = read_record(address, today=today, asof=asof)
    record = derive(parsed.record)
    frozen: dict[str, dt.date] = {}
    for versions in read_baselines(book).values():
        for baseline in versions:
            for _, row_id in baseline.content:
                frozen.setdefault(row_id, baseline.sold_on)
    known = _watched(seen(address, record, record.settings.asof))
    return record, read_log(book), {**frozen, **_earlier(known, frozen)}


def _watched(known: Mapping[str, dt.date]) -> dict[str, dt.date]:
    """Leave out what stood there at the first look: nobody knows for how long it had."""
    first = min(known.values(), default=dt.date.max)
    return {row_id: day for row_id, day in known.items() if day > first}


def _earlier(known: Mapping[str, dt.date], frozen: Mapping[str, dt.date]) -> dict[str, dt.date]:
    return {row_id: min(day, frozen.get(row_id, day)) for row_id, day in known.items()}


def seen(address: str, record: Record, day: dt.date) -> dict[str, dt.date]:
    """Record which facts are present now; return the first date on which each was seen.

    Kept beside this user's backups, one file for each workbook, so that dates are only as exact as
    the workbook is checked often.
    """
    file = _file(address)
    known = _read(file)
    rows = [row.ctx_id for row in record.context if row.state not in {"", "not_asked"}]
    rows += [row.com_id for row in record.commitments if row.what]
    fresh = {row_id: day for row_id in rows if row_id and known.get(row_id, dt.date.max) > day}
    if fresh and file is not None:
        known |= fresh
        _write(file, known)
    return known


def _file(address: str) -> Path | None:
    name = hashlib.sha256(known_as(address).encode("utf-8", "surrogateescape")).hexdigest()
    with suppress(CannotWrite):
        return Path(state_folder("seen"), f"{name[:32]}.json")
    return None


def _read(file: Path | None) -> dict[str, dt.date]:
    with suppress(OSError, ValueError, AttributeError):
        if file is not None:
            found = json.loads(file.read_text("utf-8"))
            return {str(row): dt.date.fromisoformat(str(day)) for row, day in found.items()}
    return {}


def _write(file: Path, known: Mapping[str, dt.date]) -> None:
    with suppress(OSError):
        draft = file.with_suffix(f".{os.getpid()}.tmp")
        draft.write_text(json.dumps({row: day.isoformat() for row, day in known.items()}), "utf-8")
        draft.replace(file)
