"""Account for every row of a file: lines read + rows left out + headings and totals = rows."""

from collections.abc import Iterable
from typing import Final

from sheetrecord.ledgers.errors import refuse
from sheetrecord.ledgers.reading import LeftOut, Reading
from sheetrecord.model.problem import Problem, Severity

TAKEN_OUT: Final = frozenset(
    {"BANK102", "BANK103", "BANK108", "BANK109", "BANK110", "BANK115", "BANK116", "BANK117"}
)
"""Problems of a row that keep it from being a line."""
WAITS: Final = "not booked yet: the bank only announces it."


def left_out(problems: Iterable[Problem]) -> tuple[LeftOut, ...]:
    """Return the rows that problems excluded, each once; notes need no person."""
    found: dict[int, LeftOut] = {}
    for one in problems:
        if one.code in TAKEN_OUT and one.where.row:
            doubtful = one.severity is not Severity.NOTE
            found.setdefault(one.where.row, LeftOut(one.where.row, one.message, doubtful))
    return tuple(found.values())


def with_left_out(reading: Reading, rows: int, apart: int = 0) -> Reading:
    """Return a reading with its rows counted: ``rows`` as the file has them.

    A booking that is read payment by payment is one row, with several lines.
    """
    said = left_out(reading.problems)
    pending = (line.source.row for s in reading.statements for line in s.pending)
    waiting = tuple(LeftOut(row, WAITS) for row in dict.fromkeys(pending))
    taken = {one.row for one in waiting} | {line.source.row for line in reading.lines}
    said = tuple(one for one in said if one.row not in taken)
    left = tuple(sorted((*said, *waiting), key=lambda one: one.row))
    return reading._replace(rows=rows, apart=apart, left_out=left)


def read_rows_of(reading: Reading) -> int:
    """Return how many rows of the file became lines."""
    return len({line.source.row for line in reading.lines})


def check_law(reading: Reading, name: str) -> None:
    """Raise CannotRead when rows are unaccounted for: then no line of the file can be relied on."""
    told = read_rows_of(reading) + len(reading.left_out) + reading.apart
    if reading.rows and told != reading.rows:
        why = f"of its {reading.rows} rows only {told} could be accounted for."
        do = "Export it in another format (CAMT.053, OFX, CSV), and tell us about this file."
        raise refuse(name, why, do, "rows")
