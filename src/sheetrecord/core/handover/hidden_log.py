"""The hidden sheets of a workbook in which the handover keeps its log and baselines.

The sheets travel with every copy. They are plain rows of text below one header row, so that any
program can read them; people have no need to.
"""

import datetime as dt
import hashlib
import json
from collections.abc import Iterable, Iterator, Sequence
from typing import Final, NamedTuple

from sheetrecord.model.book import Book
from sheetrecord.model.value import shown

LOG: Final = "sr_log"
LOG_HEADER: Final = ("when", "who", "deal_id", "event", "subject", "note", "chain")


class HiddenRows(NamedTuple):
    """Rows to add to a hidden sheet, below row ``after`` (0: the sheet does not exist yet)."""

    sheet: str
    header: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    after: int


class LogEvent(NamedTuple):
    """One thing that happened to a deal: what (``accepted``), about what, and in whose words."""

    when: dt.date
    who: str
    deal_id: str
    what: str
    subject: str = ""
    note: str = ""


def hidden_rows(book: Book, name: str, width: int) -> Iterator[tuple[int, tuple[str, ...]]]:
    """Yield a hidden sheet's rows below its header, as texts, each with its row number."""
    sheet = book.sheets.get(name) if name in book.sheets else None
    if sheet is None:
        return
    columns = [
        dict(zip(cells.rows, cells.values, strict=False))
        for cells in (sheet.column(number) for number in range(1, width + 1))
    ]
    for row in sorted({row for column in columns for row in column if row > 1}):
        yield row, tuple(_text(column.get(row)) for column in columns)


def _text(cell: object) -> str:
    value = shown(cell)  # type: ignore[arg-type]  # whatever stands there
    if isinstance(value, dt.datetime):
        return value.date().isoformat()
    return value.isoformat() if isinstance(value, dt.date) else str(value or "")


def keep(
    book: Book, name: str, header: tuple[str, ...], rows: Iterable[Sequence[str]]
) -> HiddenRows:
    """Return the rows to add to a hidden sheet as it stands in a workbook."""
    after = 0
    if name in book.sheets:
        columns = map(book.sheets[name].column, range(1, len(header) + 1))
        after = max((cells.rows[-1] for cells in columns if cells.rows), default=1)
    return HiddenRows(name, header, tuple(tuple(row) for row in rows), after)


def read_log(book: Book) -> list[LogEvent]:
    """Return the events of the log in order, without damaged lines."""
    found = []
    for _, (when, who, deal_id, what, subject, note, _) in hidden_rows(book, LOG, len(LOG_HEADER)):
        try:
            day = dt.date.fromisoformat(when)
        except ValueError:
            continue
        found.append(LogEvent(day, who, deal_id, what, subject, note))
    return found


RESEALED: Final = "resealed"
"""The event with which somebody accepts, by name and with a reason, a log that was damaged."""


def log_intact(book: Book) -> bool:
    """True if every line of the log carries the digest of itself and of those before it.

    Where the log was accepted as it stood (`RESEALED`), what stood above must not change again.
    """
    chain = ""
    above: list[tuple[str, ...]] = []
    sound = True
    for _, row in hidden_rows(book, LOG, len(LOG_HEADER)):
        if row[3] == RESEALED:
            chain, sound = "", row[4] == _seal(above)
        chain = _link(chain, row[:-1])
        sound = sound and row[-1] == chain
        above.append(row)
    return sound


def reseal(book: Book, event: LogEvent) -> LogEvent:
    """Return the event that accepts the log as it stands, with the digest of all its lines."""
    lines = [row for _, row in hidden_rows(book, LOG, len(LOG_HEADER))]
    return event._replace(what=RESEALED, subject=_seal(lines))


def _seal(lines: Iterable[Sequence[str]]) -> str:
    return _link("", [text for line in lines for text in line])


def log(book: Book, events: Iterable[LogEvent]) -> HiddenRows:
    """Return the lines that add events to the log, each chained to the one before."""
    chain = ""
    for _, row in hidden_rows(book, LOG, len(LOG_HEADER)):
        chain = row[-1]
    rows = []
    for event in events:
        texts = (event.when.isoformat(), *event[1:])
        chain = _link("" if event.what == RESEALED else chain, texts)
        rows.append((*texts, chain))
    return keep(book, LOG, LOG_HEADER, rows)


def _link(chain: str, texts: Sequence[str]) -> str:
    """Return the SHA-256 of a line and of the chain before it."""
    line = json.dumps([chain, *texts], ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(line.encode("utf-8", "surrogatepass")).hexdigest()
