"""Rules about cells that are filled, and say nothing or what cannot be: TBD for a person, minus."""

from collections.abc import Callable, Iterator
from typing import Any, Final

from sheetrecord.model.phrase import Numeral, Term
from sheetrecord.model.problem import Severity
from sheetrecord.rules.rule import Found, book_rule
from sheetrecord.schema.column import Column, Kind
from sheetrecord.schema.record import Record
from sheetrecord.schema.sheets import SHEETS

_THINGS: Final = frozenset({"client", "deal_name", "what", "title"})
"""Columns besides people's in which somebody or something is named."""
_FILLERS: Final = frozenset(
    {"tbd", "tba", "tbc", "todo", "x", "xx", "xxx", "null", "nan", "true", "false"}
)
"""What people and programs put where nothing is known, in any language."""
_SIGNED: Final = frozenset({"days_impact", "pct_done"})
"""Numbers that may be below zero, or of which another rule says so (PRJ-033)."""

_NAMING: Final = {
    sheet: tuple(c for c in rows.columns if c.kind is Kind.PERSON or c.key in _THINGS)
    for sheet, rows in SHEETS.items()
}
_COUNTED: Final = {
    sheet: tuple(
        c
        for c in rows.columns
        if c.kind in {Kind.NUMBER, Kind.PERCENT} and not c.formula and c.key not in _SIGNED
    )
    for sheet, rows in SHEETS.items()
}


@book_rule(
    "TYPE-021",
    Severity.WARNING,
    '"{value}" in "{column}" names nobody and nothing.',
    "Type who or what it is, or leave the cell blank until it is known.",
)
def filler_for_a_name(record: Record) -> Iterator[Found]:
    """A placeholder where a person or a thing is named: TBD, a dash, a ditto mark, null.

    The cell counts as filled, in the sheet too, so nothing asks for the name any more, and lists by
    person have one of that name. Where a person is named, the words that stand for a state of an
    answer (see the sheet Lists) name nobody either.

    ```bad
    | Deal | deal_id | client | deal_name | stage   | deal_owner |
    |      | D-0001  | Acme   | Rollout   | talking | TBD        |
    ```
    ```good
    | Deal | deal_id | client | deal_name | stage   | deal_owner |
    |      | D-0001  | Acme   | Rollout   | talking | Ana Ruiz   |
    ```
    """
    tokens = record.settings.tokens

    def names_nobody(text: str) -> bool:
        return text.lower() in tokens or _names_nothing(text)

    for sheet, columns in _NAMING.items():
        for column in columns:
            judge = names_nobody if column.kind is Kind.PERSON else _names_nothing
            yield from _found(record, sheet, column, judge)


def _names_nothing(text: str) -> bool:
    return text.lower() in _FILLERS or not any(map(str.isalnum, text))


@book_rule(
    "TYPE-022",
    Severity.WARNING,
    '{value} in "{column}" is below zero.',
    "Type it without the minus; what is taken off is a line, or a change, of its own.",
)
def below_zero(record: Record) -> Iterator[Found]:
    """Hours, days to pay and shares of an amount are never negative: the minus is a slip.

    ```bad
    | Fees | fee_id | deal_id | net | tax_rate |
    |      | F-1    | D-0001  | 100 | -0.2     |
    ```
    ```good
    | Fees | fee_id | deal_id | net | tax_rate |
    |      | F-1    | D-0001  | 100 | 0.2      |
    ```
    """
    for sheet, columns in _COUNTED.items():
        for column in columns:
            yield from _found(record, sheet, column, lambda value: value < 0)


def _found(
    record: Record, sheet: str, column: Column, wrong: Callable[[Any], bool]
) -> Iterator[Found]:
    """Yield each cell of a column whose value is wrong; a sheet repeats itself a lot."""
    at, rows = column.position, record.rows(sheet)
    values = {value for row in rows if (value := row[at])}
    bad = {value for value in values if wrong(value)}
    for row in rows if bad else ():
        if row[at] in bad:
            value = row[at] if isinstance(row[at], str) else Numeral(f"{row[at]:g}")
            named = Term("column", sheet, column.key)
            yield Found(row, column.key, {"value": value, "column": named})
