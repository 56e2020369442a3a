"""Decide which column of a bank CSV is what: by profile, by header words, else by its data."""

import re
from collections.abc import Iterator, Mapping
from typing import Final, NamedTuple

from sheetrecord.ledgers.amounts import bare
from sheetrecord.ledgers.dates import is_date
from sheetrecord.ledgers.errors import refuse
from sheetrecord.ledgers.headerless import roles_by_data
from sheetrecord.ledgers.profile import Profile
from sheetrecord.ledgers.roles import plain, roles_of
from sheetrecord.ledgers.signs import flag_sign
from sheetrecord.ledgers.table import DelimitedRow, DelimitedTable
from sheetrecord.model.money import EXPONENTS

_SAMPLE: Final = 100
_INVOICE: Final = re.compile(r"invoice|rechnung|fact")
"""Numbers that quote an invoice; those of a column called *No* only count the rows."""


class ColumnRoles(NamedTuple):
    """Positions by role; ``texts`` are joined in the file's order."""

    at: Mapping[str, int]
    texts: tuple[int, ...]
    unread: tuple[int, ...] = ()
    """Columns without a role."""

    def cell(self, row: DelimitedRow, role: str) -> str:
        """Return a row's cell of a role, "" when there is none."""
        where = self.at.get(role, -1)
        return row.cells[where] if 0 <= where < len(row.cells) else ""

    def text(self, row: DelimitedRow) -> str:
        """Return all text cells of a row, joined by a space; repeats are left out."""
        return " ".join(dict.fromkeys(_filled(row, self.texts)))

    def others(self, row: DelimitedRow) -> Iterator[str]:
        """Return a row's cells of no role."""
        return _filled(row, self.unread)


def _filled(row: DelimitedRow, columns: tuple[int, ...]) -> Iterator[str]:
    return (row.cells[i] for i in columns if i < len(row.cells) and row.cells[i])


def find_columns(table: DelimitedTable, profile: Profile, name: str) -> ColumnRoles:
    """Return the columns. Raises CannotRead when no date or no amount can be found."""
    roles = _named(table.header, profile, name) if profile.columns else {}
    if not roles and table.header:
        roles = _confirmed(roles_of(table.header), table)
    roles = roles or roles_by_data(table.rows)
    at = {role: places[0] for role, places in roles.items() if role != "text"}
    if "booked" not in at and "valued" in at:
        at["booked"] = at["valued"]
    _check_found(at, table, name)
    if {"debit", "credit"} <= set(at) and "amount" in at and at["amount"] not in roles["debit"]:
        at.pop("amount")
    taken = {column for places in roles.values() for column in places}
    unread = tuple(i for i in range(len(table.header)) if i not in taken)
    heads = dict(enumerate(map(plain, table.header)))
    invoices = [i for i in roles.get("number", ()) if _INVOICE.search(heads.get(i, ""))]
    texts = sorted((*roles.get("text", ()), *invoices))
    return ColumnRoles(at, tuple(texts), unread)


def _check_found(at: Mapping[str, int], table: DelimitedTable, name: str) -> None:
    missing = [] if "booked" in at else ["a date"]
    if "amount" not in at and not ({"debit", "credit"} & set(at)):
        missing.append("an amount")
    if missing:
        why = f"no column could be read as {' and '.join(missing)}."
        if table.header:
            why = f"{why} Its columns: {', '.join(cell for cell in table.header if cell)}."
        raise refuse(name, why, "Name the columns of the account in sheetrecord.toml.", "columns")


def _confirmed(roles: dict[str, list[int]], table: DelimitedTable) -> dict[str, list[int]]:
    """Return the roles of header words as the cells confirm them.

    *Valuta* is a day in German and a currency in Swedish. Where no header word is one of a text,
    the columns that nothing else claims are the text: a line without any could not be matched.
    Amounts that are never negative go the way a column of nothing but *credit* and *debit* says.
    """
    rows = table.rows[:_SAMPLE]
    for column in list(roles.get("valued", ())):
        cells = [cell for row in rows for cell in _filled(row, (column,))]
        if cells and all(cell.upper() in EXPONENTS for cell in cells):
            roles["valued"].remove(column)
            roles.setdefault("currency", []).append(column)
    roles = {role: places for role, places in roles.items() if places}
    if "flag" not in roles and "amount" in roles:
        roles |= _flagged(rows, roles["amount"][0], len(table.header))
    if "text" not in roles:
        taken = {column for places in roles.values() for column in places}
        free = [i for i in range(len(table.header)) if i not in taken]
        roles["text"] = [i for i in free if _worded(rows, i)]
    return roles


def _flagged(rows: list[DelimitedRow], amount: int, width: int) -> dict[str, list[int]]:
    """Return the column that says which way money goes, where the amounts never do."""
    moved = [found for row in rows for cell in _filled(row, (amount,)) if (found := bare(cell))]
    if any(found.sign < 0 for found in moved):
        return {}
    for column in range(width):
        ways = [flag_sign(cell) for row in rows for cell in _filled(row, (column,))]
        if len(ways) == len(rows) and all(ways) and -1 in ways:
            return {"flag": [column]}
    return {}


def _worded(rows: list[DelimitedRow], column: int) -> bool:
    """Whether a column holds words: letters, and no dates."""
    cells = [cell for row in rows for cell in _filled(row, (column,))]
    return any(any(map(str.isalpha, cell)) for cell in cells) and not any(map(is_date, cells))


def _named(header: list[str], profile: Profile, name: str) -> dict[str, list[int]]:
    """Return the profile's columns; a header text that is gone is a refusal, never a guess."""
    words = [plain(cell) for cell in header]
    found: dict[str, list[int]] = {}
    for role, places in profile.columns.items():
        for place in places:
            if isinstance(place, int):
                found.setdefault(role, []).append(place)
            elif plain(place) in words:
                found.setdefault(role, []).append(words.index(plain(place)))
            else:
                why = f"the column {place!r} ({role}) of the account's profile is not in the file."
                do = f"The bank may have renamed it. Columns now: {', '.join(header)}."
                raise refuse(name, why, do, "columns")
    return found
