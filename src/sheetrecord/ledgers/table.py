"""Split a delimited text into rows: find the delimiter, the preamble and the header row."""

import csv
from collections import Counter
from typing import Final, NamedTuple

from sheetrecord.ledgers.errors import refuse
from sheetrecord.ledgers.roles import role_of

DELIMITERS: Final = (",", ";", "\t", "|")
_SAMPLE: Final = 200
_LONG: Final = 10_000
_MAX_PREAMBLE: Final = 40


class DelimitedRow(NamedTuple):
    """A row and the line it starts at (1-based)."""

    line: int
    cells: list[str]


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
        for cells in reader:
            if any(cell.strip() for cell in cells):
                rows.append(DelimitedRow(start, [cell.strip() for cell in cells]))
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


def _lenient(text: str, delimiter: str) -> list[DelimitedRow]:
    """Read quotes as plain characters: some banks print them unescaped inside a text."""
    split = csv.reader(text.splitlines(), delimiter=delimiter, quoting=csv.QUOTE_NONE)
    rows = [
        DelimitedRow(n, [cell.strip().strip('"').strip() for cell in row])
        for n, row in enumerate(split, 1)
    ]
    return [row for row in rows if any(row.cells)]


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
    at = _header_at(rows, skip)
    if at is None:
        return DelimitedTable(delimiter, [], 0, [], rows)
    header = rows[at]
    cells = header.cells
    while cells and not cells[-1]:
        cells = cells[:-1]
    return DelimitedTable(delimiter, cells, header.line, rows[:at], rows[at + 1 :])


def check_whole(text: str, width: int, last: DelimitedRow, name: str) -> None:
    """Raise CannotRead when the last row breaks off: no line end, and fewer fields than the rest.

    Rows of sums and notes below a table are short too, but what ends in them is not a line.
    """
    if len(last.cells) < width and not text.endswith("\n"):
        why = f"the file breaks off in the middle of line {last.line}."
        raise refuse(name, why, "Download it again.", "truncated")


def _header_at(rows: list[DelimitedRow], skip: int | None) -> int | None:
    if skip is not None:
        return next((i for i, row in enumerate(rows) if row.line > skip), None)
    best, best_score = None, 1
    for i, row in enumerate(rows[:_MAX_PREAMBLE]):
        known = {role_of(cell) for cell in row.cells} - {""}
        if len(known) > best_score and known & {"booked", "valued", "number"}:
            best, best_score = i, len(known)
    return best
