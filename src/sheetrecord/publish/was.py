"""`data/was.json`: what a site remembers of its earlier publications, written and read.

Only `publish` reads it. A file that is not ours, or that somebody spoilt, is as if there were none.
"""

import datetime as dt
import json
from collections.abc import Sequence
from typing import Any, Final

from sheetrecord.core.view.remembered import CUT, MAIN, Remembered, RememberedChange, Value, row_of
from sheetrecord.core.view.sanitise import flat
from sheetrecord.publish.changed import ChangedLine, ChangedLines
from sheetrecord.publish.format_values import ValueFormatter
from sheetrecord.publish.worklist import WorkListWriter, serial, short
from sheetrecord.schema.column import Row
from sheetrecord.schema.packs import pack
from sheetrecord.schema.record import Record
from sheetrecord.schema.sheets import SHEETS

WAS: Final = "data/was.json"
_FORMAT: Final = 1
_MOST: Final = 400
"""Changes that the scripts get, the newest of them."""


def write_was(told: Remembered) -> bytes:
    """Return the file: one line a deal, so that it can be read and compared."""
    changes = [[*one[:6], one.on.isoformat()] for one in told.changes]
    head = {"v": _FORMAT, "first": told.first.isoformat(), "keys": told.keys, "changes": changes}
    cells = ",\n".join(f"{_json(deal)}:{_json(rows)}" for deal, rows in sorted(told.cells.items()))
    return f'{_json(head)[:-1]},"cells":{{\n{cells}\n}}}}\n'.encode()


def _json(told: object) -> str:
    return json.dumps(told, ensure_ascii=True, separators=(",", ":"), sort_keys=True)


def read_was(data: bytes) -> Remembered | None:
    """Return what an earlier publication remembered; None for anything else."""
    try:
        told: dict[str, Any] = json.loads(data)
        if told["v"] != _FORMAT:
            return None
        changes = tuple(_change(*one) for one in told["changes"])
        cells = {
            str(deal): {
                str(place): {key: _scalar(v) for key, v in row.items()}
                for place, row in rows.items()
            }
            for deal, rows in told["cells"].items()
        }
        keys = {str(sheet): tuple(map(str, of)) for sheet, of in told["keys"].items()}
        return Remembered(dt.date.fromisoformat(told["first"]), keys, cells, changes)
    except (ValueError, KeyError, TypeError, AttributeError):
        return None


def _change(  # noqa: PLR0913, PLR0917 - as the file has it
    deal_id: str, sheet: str, row_id: str, key: str, was: object, now: object, on: str
) -> RememberedChange:
    if key not in SHEETS[sheet].by_key:
        raise KeyError(key)
    day = dt.date.fromisoformat(on)
    return RememberedChange(str(deal_id), sheet, str(row_id), key, _scalar(was), _scalar(now), day)


def _scalar(value: object) -> Value:
    if value is None or isinstance(value, str | int | float):
        return value
    raise TypeError(value)


def changed_lines(
    told: Remembered, record: Record, marks: ValueFormatter, writer: WorkListWriter
) -> ChangedLines:
    """Return the changes as people read them, the newest first."""
    lines = [_line(one, record, marks, writer) for one in told.changes]
    return ChangedLines(told.first, lines)


def _line(
    one: RememberedChange, record: Record, marks: ValueFormatter, writer: WorkListWriter
) -> ChangedLine:
    rows = record.by_deal[one.deal_id]
    row = row_of(rows, one.sheet, one.row_id)
    currency = str(row.get("currency")) if row and "currency" in row.by_key else rows.currency
    was, now = (
        "" if value in {None, False} else _shown(marks, one, value, currency or rows.currency)
        for value in (one.was, one.now)
    )
    deal = rows.deal
    href = writer.hrefs.get(one.deal_id, "")
    return ChangedLine(
        one.deal_id, _head(one, row, marks), was, now, one.on, flat(deal.deal_name), href
    )


def _shown(marks: ValueFormatter, one: RememberedChange, value: Value, currency: str) -> str:
    if isinstance(value, str) and CUT in value:
        value = value.partition(CUT)[0] + "…"
    return short(marks.cell(one.sheet, one.key, value, currency))


def _head(one: RememberedChange, row: Row | None, marks: ValueFormatter) -> str:
    """Return what a cell is called: its row where that has a name, and its column."""
    column = pack(marks.settings.language).columns[one.sheet][one.key]
    if one.sheet == "Deal" or row is None:
        return column
    if one.sheet == "Context":
        kind = marks.label(str(row.get("kind")), "kind")
        return kind if one.key in MAIN else f"{kind}, {column}"
    if one.key in MAIN:
        return column
    name = next((str(row.get(key)) for key in MAIN if key in row.by_key and row.get(key)), "")
    name = flat(name)
    return f"{name[:40]}{'…' if len(name) > 40 else ''}, {column}" if name else column


def for_scripts(told: ChangedLines) -> dict[str, object]:
    """Return the part of `data/list.js` that says what changed."""
    rows: Sequence[object] = [
        [one.deal_id, one.head, one.was, one.now, serial(one.on), one.name, one.href]
        for one in told.lines[:_MOST]
    ]
    return {"first": serial(told.first), "rows": rows}
