"""A record as Markdown tables that stay the same while nobody changes it: for reading and diffs.

Rows stand in the order of their deals and ids, columns in the declared order; what formulas
derive is left out, because it changes from day to day. `formats.markdown` reads it back. Share is
always among them, and what nobody can read there is not made readable.
"""

import datetime as dt
from collections.abc import Iterator, Sequence

from sheetrecord.core.merge.side import Side, cell_at
from sheetrecord.model.value import Cell, CellError, Formula, Unknown, shown
from sheetrecord.schema.column import Column
from sheetrecord.schema.share import KEY, STRICTEST
from sheetrecord.schema.sheets import SHEETS


def tables(side: Side) -> str:
    """Return the record's sheets as Markdown tables."""
    found = [list(_table(side, sheet)) for sheet in SHEETS if sheet in side.layout.sheets]
    return "\n\n".join("\n".join(lines) for lines in found if lines) + "\n"


def _table(side: Side, sheet: str) -> Iterator[str]:
    place = side.place(sheet)
    held = side.book.sheets[place.title]
    columns = [c for c in SHEETS[sheet].columns if c.key in place.columns and not c.derived]
    deal = SHEETS[sheet].by_key["deal_id"].position
    rows = sorted(side.parsed.record.rows(sheet), key=lambda row: (str(row[deal]), row[1], row[0]))
    own = [(number, header) for header, number in side.own(sheet)]
    untold = "?" if sheet in side.parsed.shares else ""
    numbers = [(place.columns[c.key], c.key + untold * (c.key == KEY)) for c in columns] + own
    cells = [[cell_at(held.column(number), row[0]) for number, _ in numbers] for row in rows]
    at = next((i for i, column in enumerate(columns) if column.key == KEY), -1)
    for line, row in zip(cells, rows, strict=True):
        line[: len(columns)] = map(_typed, columns, line)
        if at >= 0:
            line[at] = _share(line[at], row.share)
    used = [i for i in range(len(numbers)) if any(line[i] is not None for line in cells)]
    if not used:
        return
    used = sorted({*used, at} - {-1})
    headers = [sheet, *(" ".join(numbers[i][1].split()) for i in used)]
    yield _line(headers)
    yield "|" + "---|" * len(headers)
    for line in cells:
        yield _line(["", *(_text(line[i]) for i in used)])


def _typed(column: Column, cell: Cell) -> Cell:
    """Return what somebody typed into a cell: a formula that may be typed over is nothing."""
    return None if column.override and isinstance(cell, Formula) else cell


def _share(cell: Cell, level: str) -> Cell:
    """Return a Share that reads back no wider: a formula as such, blanks that say something."""
    if isinstance(cell, Formula):
        return f"={cell.text}"
    return "?" if level == STRICTEST and not _text(cell) else cell


def _line(texts: Sequence[str]) -> str:
    return "| " + " | ".join(text.replace("|", "\\|") for text in texts) + " |"


def _text(cell: Cell) -> str:
    """Return a cell on one line; a number as the shortest text that reads back the same."""
    value = shown(cell)
    if value is None or isinstance(value, Unknown):
        return ""
    if isinstance(value, CellError):
        return value.code
    if isinstance(value, float) and value.is_integer() and abs(value) < 1e15:
        return str(int(value))
    if isinstance(value, dt.datetime) and value.time() == dt.time():
        return value.date().isoformat()
    if isinstance(value, dt.date | dt.time):
        return value.isoformat()
    return " ".join(str(value).split())
