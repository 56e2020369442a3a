"""Find the amount column, or debit and credit, from the rows where headings do not decide."""

from collections.abc import Mapping, Sequence

from sheetrecord.ledgers.amounts import bare
from sheetrecord.ledgers.errors import refuse
from sheetrecord.ledgers.headerless import amount_by_balance
from sheetrecord.ledgers.table import DelimitedRow, DelimitedTable

_NAME_THEM = "Name the columns of the account in sheetrecord.toml ([accounts.NAME] columns)."
_SIDES = {"credit": "debit", "debit": "credit"}


def moves(row: DelimitedRow, column: int) -> bool:
    """Return True if a cell holds an amount other than zero."""
    found = bare(row.cells[column]) if column < len(row.cells) else None
    return bool(found and found.digits.strip("0.,"))


def _all_money(rows: Sequence[DelimitedRow], column: int) -> bool:
    cells = [row.cells[column] for row in rows if column < len(row.cells) and row.cells[column]]
    return bool(cells) and all(map(bare, cells))


def other_side(
    roles: Mapping[str, list[int]], rows: Sequence[DelimitedRow], free: Sequence[int],
    table: DelimitedTable, name: str,
) -> dict[str, list[int]]:  # fmt: skip
    """Return the second of debit and credit: the one column filled where the known one is not.

    Empty when both are known, or neither. Raises CannotRead when several columns could be it.
    """
    known = [side for side in _SIDES if side in roles]
    if len(known) != 1 or "amount" in roles or not rows:
        return {}
    mine = roles[known[0]][0]
    lacking = [row for row in rows if not moves(row, mine)]
    if not lacking:
        return {}
    money = [i for i in free if _all_money(rows, i) and any(moves(row, i) for row in rows)]
    fits = [
        i for i in money
        if not any(moves(row, i) and moves(row, mine) for row in rows)
        and all(moves(row, i) or not any(moves(row, j) for j in money) for row in lacking)
    ]  # fmt: skip
    if len(fits) == 1:
        return {_SIDES[known[0]]: fits}
    if not money:
        return {}
    heads = ", ".join(repr(_head(table, i)) for i in money)
    why = f"{len(lacking)} rows have nothing under {_head(table, mine)!r}, and which column holds "
    why += f"the other side is not clear: {heads}."
    raise refuse(name, why, _NAME_THEM, "columns")


def one_amount(
    columns: Sequence[int], rows: Sequence[DelimitedRow], balances: Sequence[int],
    table: DelimitedTable, name: str,
) -> int:  # fmt: skip
    """Return the amount column where several headings claim to be it.

    The columns agree in every row, or only one of them has an amount in every row, or the running
    balance proves one. Raises CannotRead when none of that decides.
    """
    if len(columns) == 1 or all(len({_text(row, i) for i in columns}) == 1 for row in rows):
        return columns[0]
    filled = [i for i in columns if all(moves(row, i) for row in rows)]
    if len(filled) == 1:
        return filled[0]
    proven = amount_by_balance(rows, columns, balances)
    if proven is not None:
        return proven
    heads = " or ".join(repr(_head(table, i)) for i in columns)
    why = f"which column is the amount is not clear: {heads} differ."
    raise refuse(name, why, _NAME_THEM, "columns")


def _text(row: DelimitedRow, column: int) -> str:
    found = bare(row.cells[column]) if column < len(row.cells) else None
    return f"{found.sign}{found.digits}" if found else ""


def _head(table: DelimitedTable, column: int) -> str:
    return table.header[column] if column < len(table.header) else f"column {column + 1}"
