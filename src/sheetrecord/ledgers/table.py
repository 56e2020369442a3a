"""Split delimited text into rows; find the delimiter, the preamble and the header row."""

import csv
import re
from collections import Counter
from typing import Final, NamedTuple

from sheetrecord.ledgers import dates
from sheetrecord.ledgers.amounts import bare
from sheetrecord.ledgers.errors import refuse
from sheetrecord.ledgers.reading import Reading
from sheetrecord.ledgers.roles import role_of

DELIMITERS: Final = (",", ";", "\t", "|")
_SAMPLE: Final = 200
_LONG: Final = 10_000
_MAX_PREAMBLE: Final = 40
_ENOUGH: Final = 3
"""So many known headings make a header even where that of the day is unknown."""


class DelimitedRow(NamedTuple):
    """A row, and the number of the line it starts at (1-based).

    ``ordinal`` counts rows as a spreadsheet does, blank ones too; 0 where nobody counted.
    """

    line: int
    cells: list[str]
    ordinal: int = 0


class DelimitedTable(NamedTuple):
    """The rows under the header; ``header`` is empty when the file has none."""

    delimiter: str
    header: list[str]
    header_line: int
    preamble: list[DelimitedRow]
    rows: list[DelimitedRow]


def read_rows(text: str, delimiter: str, name: str = "") -> list[DelimitedRow]:
    """Split a text into rows, blank ones left out.

    Raises CannotRead when a quoted field is never closed (a file cut in the middle), or holds
    more than any text of a bank does.
    """
    reader = csv.reader(text.splitlines(keepends=True), delimiter=delimiter, strict=True)
    rows: list[DelimitedRow] = []
    start = 1
    try:
        for ordinal, cells in enumerate(reader, start=1):
            if any(cell.strip() for cell in cells):
                rows.append(DelimitedRow(start, [_undressed(cell) for cell in cells], ordinal))
            start = reader.line_num + 1
    except csv.Error as err:
        if "unexpected end of data" in str(err):
            why = f"the file breaks off inside a quoted field that starts at line {start}."
            raise refuse(name, why, "Download it again.", "truncated") from err
        try:
            return _lenient(text, delimiter)
        except csv.Error as too_long:
            why = f"line {start} holds a field of more than {csv.field_size_limit():,} characters."
            raise refuse(name, why, "Give the file the bank exports.", "kind") from too_long
    return rows


def _undressed(cell: str) -> str:
    """Return a cell without the dress that keeps a spreadsheet from reading it: ``="0012"``."""
    cell = cell.strip()
    if cell.startswith('="') and cell.endswith('"') and len(cell) > 2:
        return cell[2:-1].strip()
    return cell


def _lenient(text: str, delimiter: str) -> list[DelimitedRow]:
    """Read quotes inside a text as plain characters: some banks print them unescaped there."""
    rows = [
        DelimitedRow(n, [_undressed(cell) for cell in by_quotes(line, delimiter)])
        for n, line in enumerate(text.split("\n"), 1)
    ]
    if any(len(cell) > csv.field_size_limit() for row in rows for cell in row.cells):
        raise csv.Error("field larger than field limit")
    return [row for row in rows if any(row.cells)]


def by_quotes(line: str, delimiter: str) -> list[str]:
    """Cut one line: a quote opens a field only at its start, and closes it only before the next.

    >>> by_quotes('1,"Acme "Best" Ltd, INV-1",10.00', ",")
    ['1', 'Acme "Best" Ltd, INV-1', '10.00']
    >>> by_quotes('"Acme,10', ",")
    ['"Acme', '10']
    """
    quotes = re.compile(rf' *"(.*?)" *(?:{re.escape(delimiter)}|$)')
    cells: list[str] = []
    rest, more, closes = line, True, True
    while more:
        starts = closes and rest.lstrip(" ").startswith('"')
        quoted = quotes.match(rest) if starts else None
        closes = closes and (not starts or quoted is not None)  # what never closes never will
        if quoted:
            cells.append(quoted[1].replace('""', '"'))
            more = rest[quoted.end() - 1 : quoted.end()] == delimiter
            rest = rest[quoted.end() :]
        else:
            cell, mark, rest = rest.partition(delimiter)
            cells.append(cell)
            more = bool(mark)
    return cells


def find_delimiter(text: str) -> str:
    """Return the delimiter that cuts most lines into the same number of fields."""
    sample = "\n".join(line[:_LONG] for line in text.split("\n")[:_SAMPLE])

    def score(delimiter: str) -> tuple[float, int]:
        widths = Counter(len(row.cells) for row in _lenient(sample, delimiter)) or {1: 1}
        width, count = max(widths.items(), key=lambda item: (item[1] * (item[0] > 1), item[0]))
        return (count * min(width - 1, 3) if width > 1 else 0.0), width

    return max(DELIMITERS, key=score)


def read_table(
    text: str, name: str, delimiter: str = "", skip: int | None = None
) -> DelimitedTable:
    """Return the table; the header is the row whose cells name the most known columns.

    ``skip`` (from a profile) fixes how many lines stand before the header.
    """
    delimiter = delimiter or find_delimiter(text)
    rows = read_rows(text, delimiter, name)
    if not rows:
        raise refuse(name, "the file holds no rows.", "Export it again.", "empty")
    return table_of(rows, delimiter, skip)


def table_of(rows: list[DelimitedRow], delimiter: str, skip: int | None = None) -> DelimitedTable:
    """Return rows as a table: lines above the heading, the heading, and rows below it."""
    at = _header_at(rows, skip)
    if at is None:
        return DelimitedTable(delimiter, [], 0, [], rows)
    header = rows[at]
    cells = header.cells
    while cells and not cells[-1]:
        cells = cells[:-1]
    return DelimitedTable(delimiter, cells, header.line, rows[:at], rows[at + 1 :])


def check_whole(table: DelimitedTable, reading: Reading, name: str, *, cut: bool) -> None:
    """Raise CannotRead for a truncated last row: fewer fields than any other, and ``cut``.

    ``cut`` says that the file has no final line end. Totals and notes below a table are short as
    well, so only rows that were read as lines or left out are compared.
    """
    read = {line.source.row for line in reading.lines} | {out.row for out in reading.left_out}
    widths = [len(row.cells) for row in table.rows if row.line in read]
    last = table.rows[-1] if table.rows else None
    if cut and last and last.line in read and len(last.cells) < min(widths[:-1] or widths):
        why = f"the file breaks off in the middle of line {last.line}."
        raise refuse(name, why, "Download it again.", "truncated")


def check_fit(table: DelimitedTable, name: str) -> None:
    """Raise CannotRead for a row with more fields than the heading: a text holds the delimiter.

    If every row has equally many more, the heading leaves its last columns unnamed.
    """
    width = len(table.header)
    wide = [row for row in table.rows if any(row.cells[width:])] if width else []
    lined = [row for row in table.rows if _holds(row)]
    if not any(map(_holds, wide)) or _evenly_unnamed(lined, width):
        return
    row = next(filter(_holds, wide))
    more = len(row.cells)
    why = f"line {row.line} has {more} fields, the heading {width}: a text in it holds the "
    why += f"separator {table.delimiter!r}, or the amount is written with it."
    do = "Export it with another separator, or with quotes around the texts."
    raise refuse(name, why, do, "fields")


def _holds(row: DelimitedRow) -> bool:
    """Whether a row holds a day or an amount, and so may be a line."""
    return any(dates.is_date(cell) or bare(cell) for cell in row.cells)


def _evenly_unnamed(rows: list[DelimitedRow], width: int) -> bool:
    """Whether all rows have the same fields beyond the heading, none of which is an amount."""
    beyond = [row.cells[width:] for row in rows]
    even = len({len(row.cells) for row in rows}) == 1 and len(rows) > 1
    return even and not any(bare(cell) for cells in beyond for cell in cells)


def _has_cents(cell: str) -> bool:
    """Whether a cell is an amount with cents: no heading is one."""
    return cell[-3:-2] in (".", ",") and bool(bare(cell))


def _header_at(rows: list[DelimitedRow], skip: int | None) -> int | None:
    if skip is not None:
        return next((i for i, row in enumerate(rows) if row.line > skip), None)
    best, best_score = None, 1
    for i, row in enumerate(rows[:_MAX_PREAMBLE]):
        if any(dates.is_date(cell) or _has_cents(cell) for cell in row.cells):
            continue
        known = {role_of(cell) for cell in row.cells} - {""}
        dated = known & {"booked", "valued", "number"}
        if len(known) > best_score and (dated or len(known) >= _ENOUGH):
            best, best_score = i, len(known)
    return best
