"""Determine the columns of a table without header from their content; unproven ones stay open."""

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise, permutations
from typing import Final, NamedTuple

from sheetrecord.ledgers.amounts import bare, decimal_mark, parse
from sheetrecord.ledgers.dates import is_date
from sheetrecord.ledgers.signs import flag_sign
from sheetrecord.ledgers.table import DelimitedRow
from sheetrecord.model.money import EXPONENTS

_SAMPLE: Final = 100
_ACCOUNT: Final = re.compile(r"[A-Z]{2}\d{2}[A-Z0-9 ]{10,40}|\d{6,}")
_FINE: Final = "CLF"
"""A currency of four decimals: any amount is whole in it, while the real one is not known yet."""


class MoneyColumns(NamedTuple):
    """Candidate columns for the amounts of a table: one signed, or money in and money out."""

    money_in: int
    money_out: int | None
    balance: int


def roles_by_data(rows: Sequence[DelimitedRow]) -> dict[str, list[int]]:
    """Assign date, amount and text roles by what most cells of a column hold.

    Of several money columns, the running balance proves which is which; without that proof none of
    them is the amount.
    """
    booked = _days(rows[:_SAMPLE])
    lines = [row for row in rows if booked and is_date(_cell(row, booked[0]))]
    found: dict[str, list[int]] = {"booked": booked} if booked else {}
    for column in range(max((len(row.cells) for row in lines), default=0)):
        cells = [cell for row in lines[:_SAMPLE] if (cell := _cell(row, column))]
        if cells and column not in booked:
            found.setdefault(_role(cells), []).append(column)
    money = found.pop("amount", [])
    if len(money) == 1:
        return found | {"amount": money}
    proven = _proven(lines, money)
    if proven is None:
        return found | _by_word(lines, money, found.get("text", []))
    if proven.money_out is None:
        return found | {"amount": [proven.money_in], "balance": [proven.balance]}
    sides = {"credit": [proven.money_in], "debit": [proven.money_out]}
    return found | sides | {"balance": [proven.balance]}


def _by_word(
    lines: Sequence[DelimitedRow], money: list[int], texts: list[int]
) -> dict[str, list[int]]:
    """Return unsigned amount, balance and the column of words that together prove each other."""
    mark = decimal_mark((_cell(row, at) for row in lines for at in money), "EUR")
    if mark is None or len(lines) < 2:
        return {}
    for flag in texts:
        ways = [flag_sign(_cell(row, flag)) for row in lines]
        proven = _with_ways(lines, ways, money, mark) if all(ways) else None
        if proven is not None:
            return {"amount": [proven.money_in], "balance": [proven.balance], "flag": [flag],
                    "text": [at for at in texts if at != flag]}  # fmt: skip
    return {}


def _with_ways(
    lines: Sequence[DelimitedRow], ways: Sequence[int], money: list[int], mark: str
) -> MoneyColumns | None:
    """Return the amount and the balance that follows it, if each line's money goes its way."""
    for amount, balance in permutations(money, 2):
        values = [
            {amount: way * abs(parse(_cell(row, amount), mark, _FINE) or 0),
             balance: parse(_cell(row, balance), mark, _FINE)}
            for way, row in zip(ways, lines, strict=True)
        ]  # fmt: skip
        columns = MoneyColumns(amount, None, balance)
        if _follows(values, columns):
            return columns
    return None


def _days(rows: Sequence[DelimitedRow]) -> list[int]:
    """Return the columns that hold days in nearly all rows."""
    found = []
    for column in range(max((len(row.cells) for row in rows), default=0)):
        cells = [cell for row in rows if (cell := _cell(row, column))]
        if cells and _most(sum(map(is_date, cells)), len(cells)):
            found.append(column)
    return found


def _role(cells: list[str]) -> str:
    if all(cell in EXPONENTS for cell in cells):
        return "currency"
    if _most(sum(map(_money_like, cells)), len(cells)):
        return "amount"
    own = len(cells) > 1 and len(set(cells)) == 1 and _ACCOUNT.fullmatch(cells[0])
    return "account" if own else "text"


def _most(hits: int, cells: int) -> bool:
    """Whether nearly all cells are of a kind; one odd first row is no proof against it."""
    return hits >= 0.8 * cells or (cells > 2 and hits == cells - 1)


def _money_like(cell: str) -> bool:
    """Whether a cell looks like money: a sign or a decimal mark, not a bare account number."""
    found = bare(cell)
    return bool(found and len(found.digits) < 16 and (len(found.digits) < 9 or "." in found.digits))


def _proven(lines: Sequence[DelimitedRow], money: list[int]) -> MoneyColumns | None:
    """Return the one reading whose running balance follows from line to line, else None."""
    mark = decimal_mark((_cell(row, at) for row in lines for at in money), "EUR")
    if mark is None or len(lines) < 2:
        return None
    values = [{at: parse(_cell(row, at), mark, _FINE) for at in money} for row in lines]
    fits = [sides for sides in _readings(money) if _follows(values, sides)]
    return fits[0] if len(fits) == 1 else None


def amount_by_balance(
    rows: Sequence[DelimitedRow], columns: Sequence[int], balances: Sequence[int]
) -> int | None:
    """Return the column whose amounts the running balance follows; None without that proof."""
    at = sorted({*columns, *balances})
    mark = decimal_mark((_cell(row, i) for row in rows for i in at), "EUR")
    if mark is None or len(rows) < 2:
        return None
    values = [{i: parse(_cell(row, i), mark, _FINE) for i in at} for row in rows]
    fits = [
        column for column in columns
        if any(_follows(values, MoneyColumns(column, None, balance)) for balance in balances)
    ]  # fmt: skip
    return fits[0] if len(fits) == 1 else None


def _readings(money: list[int]) -> Iterator[MoneyColumns]:
    for amount, balance in permutations(money, 2):
        yield MoneyColumns(amount, None, balance)
    for money_in, money_out, balance in permutations(money, 3):
        yield MoneyColumns(money_in, money_out, balance)


def _follows(values: Sequence[dict[int, int | None]], sides: MoneyColumns) -> bool:
    """Whether every balance is the one before it and the line's money, in either order."""
    moves: list[tuple[int, int]] = []
    for row in values:
        came, balance = row[sides.money_in], row[sides.balance]
        went = row[sides.money_out] if sides.money_out is not None else None
        both = sides.money_out is not None and (came is None) == (went is None)
        if balance is None or both or (sides.money_out is None and came is None):
            return False
        moves.append(((came or 0) - abs(went or 0), balance))
    return any(
        all(a[1] + b[0] == b[1] for a, b in pairwise(order)) for order in (moves, moves[::-1])
    )


def _cell(row: DelimitedRow, at: int) -> str:
    return row.cells[at] if at < len(row.cells) else ""
