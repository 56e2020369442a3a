"""The as-sold baseline: a deal's rows frozen at the close, with a digest that proves them."""

import datetime as dt
import hashlib
import json
from collections.abc import Iterator, Mapping
from typing import Any, Final, NamedTuple

from sheetrecord.core.handover.hidden_log import HiddenRows, hidden_rows, keep
from sheetrecord.model.book import Book
from sheetrecord.schema.column import Column, Kind
from sheetrecord.schema.prompts import PRESEEDED
from sheetrecord.schema.read.sheet_shape import said
from sheetrecord.schema.record import DealRows

BASELINE: Final = "sr_baseline"
HEADER: Final = ("deal_id", "version", "sold_on", "sheet", "row_id", "part", "content")
DIGEST: Final = "sha256"
_PIECE: Final = 15_000
"""Characters of content in one cell; a cell holds 32,767 UTF-16 units (ECMA-376 limits)."""

_MOVING: Final = frozenset({"handover_state", "handover_on", "return_code", "return_note"})

Content = Mapping[tuple[str, str], Mapping[str, Any]]
"""(sheet, row id) -> column key -> canonical value: code, ISO date, integer minor units."""


class Baseline(NamedTuple):
    """One frozen state of one deal. ``digest`` is what the workbook says, SHA-256 in hex."""

    deal_id: str
    version: int
    sold_on: dt.date
    content: Content
    digest: str

    @property
    def intact(self) -> bool:
        """True if the digest of the rows is the one that was stored with them."""
        return self.digest == digest_of(self.deal_id, self.version, self.sold_on, self.content)


def canonical(rows: DealRows) -> Content:
    """Return the typed, non-blank cells of a deal's rows, as the digest sees them."""
    found: dict[tuple[str, str], dict[str, Any]] = {}
    for row in (rows.deal, *rows.context, *rows.commitments, *rows.fees):
        seeded = PRESEEDED.get(row.sheet)
        if seeded is not None and not said(row, seeded):
            continue
        cells = {
            column.key: _plain(row.get(column.key))
            for column in row.columns
            if _kept(column) and row.get(column.key) not in {None, "", False}
        }
        found[row.sheet, row.id or f"row {row.row}"] = cells
    return found


def _kept(column: Column) -> bool:
    return not column.derived and column.kind is not Kind.ID and column.key not in _MOVING


def _plain(value: object) -> Any:
    return value.isoformat() if isinstance(value, dt.date) else value


def freeze(rows: DealRows, version: int, sold_on: dt.date) -> Baseline:
    """Return the baseline of a deal's present rows."""
    content = canonical(rows)
    return Baseline(
        rows.id, version, sold_on, content, digest_of(rows.id, version, sold_on, content)
    )


def digest_of(deal_id: str, version: int, sold_on: dt.date, content: Content) -> str:
    """Return the SHA-256 of a baseline's canonical form: JSON, keys sorted, no blanks, UTF-8."""
    rows = [[sheet, row_id, content[sheet, row_id]] for sheet, row_id in sorted(content)]
    told = {"deal": deal_id, "version": version, "sold_on": sold_on.isoformat(), "rows": rows}
    return hashlib.sha256(_json(told).encode("utf-8", "surrogatepass")).hexdigest()


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def keep_baseline(book: Book, baseline: Baseline) -> HiddenRows:
    """Return the rows of the hidden sheet that hold a baseline, its digest first."""
    return keep(book, BASELINE, HEADER, list(_lines(baseline)))


def _lines(baseline: Baseline) -> Iterator[tuple[str, ...]]:
    head = (baseline.deal_id, str(baseline.version), baseline.sold_on.isoformat())
    yield (*head, "", DIGEST, "1", baseline.digest)
    for (sheet, row_id), cells in sorted(baseline.content.items()):
        text = _json(cells)
        for part, start in enumerate(range(0, len(text), _PIECE), start=1):
            yield (*head, sheet, row_id, str(part), text[start : start + _PIECE])


def read_baselines(book: Book) -> dict[str, list[Baseline]]:
    """Return the baselines by deal, oldest first; damaged ones too, which are not `intact`."""
    texts: dict[tuple[str, str, str], dict[tuple[str, str], str]] = {}
    for _, row in hidden_rows(book, BASELINE, len(HEADER)):
        deal_id, version, sold_on, sheet, row_id, _, text = row
        parts = texts.setdefault((deal_id, version, sold_on), {})
        parts[sheet, row_id] = parts.get((sheet, row_id), "") + text
    found: dict[str, list[Baseline]] = {}
    for (deal_id, version, sold_on), parts in texts.items():
        digest = parts.pop(("", DIGEST), "")
        content: Any = {place: _cells(text) for place, text in parts.items()}
        try:
            day, number = dt.date.fromisoformat(sold_on), int(version)
        except ValueError:
            day, number, digest = dt.date.min, 0, "spoilt"
        found.setdefault(deal_id, []).append(Baseline(deal_id, number, day, content, digest))
    return found


def _cells(text: str) -> dict[str, Any]:
    try:
        cells = json.loads(text)
    except ValueError:
        return {}
    return cells if isinstance(cells, dict) else {}


def same_as_sold(baseline: Baseline, rows: DealRows) -> bool:
    """True if a deal's rows equal its baseline."""
    return baseline.content == canonical(rows)
