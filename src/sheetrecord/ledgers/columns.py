"""Assign roles to the columns of a bank CSV: by profile, by header words, else by content."""

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Final, NamedTuple

from sheetrecord.ledgers.amounts import bare
from sheetrecord.ledgers.dates import is_date
from sheetrecord.ledgers.errors import refuse
from sheetrecord.ledgers.headerless import roles_by_data
from sheetrecord.ledgers.heading_words import meanings
from sheetrecord.ledgers.money_columns import one_amount, other_side
from sheetrecord.ledgers.profile import Profile
from sheetrecord.ledgers.roles import plain, roles_of
from sheetrecord.ledgers.table import DelimitedRow, DelimitedTable
from sheetrecord.model.money import EXPONENTS

_CLAIMING: Final = frozenset(
    (
        *("booked", "valued", "amount", "credit", "debit", "flag", "currency", "ref", "iban"),
        *("account", "balance", "status", "original_amount", "original_currency", "rate"),
        *("gross", "charges", "end_to_end"),
    )
)
"""Roles whose columns are no text, however many there are."""
_FIRST: Final = frozenset({"structured"})
"""Roles that one column has; further ones are text."""
_NAMES: Final = ("payer", "payee")
_ACCOUNT: Final = re.compile(r"[A-Z]{2}\d{2}[A-Z0-9 ]{4,40}|[\d\-/ ]{6,}")


class ColumnRoles(NamedTuple):
    """Column positions by role; ``texts`` are joined, those with a known heading first."""

    at: Mapping[str, int]
    texts: tuple[int, ...]
    unread: tuple[int, ...] = ()
    """Columns without a role that hold no text: amounts, days, nothing."""
    open: tuple[int, ...] = ()
    """Columns whose words may say which way money goes."""
    minus: frozenset[str] = frozenset()
    """Sides that write every amount with a minus."""
    header: tuple[str, ...] = ()
    names: Mapping[str, tuple[int, ...]] = {}
    """Columns of names of payers and of payees."""
    owner: str = ""
    """The name of the account's owner, in plain form."""

    def named(self, row: DelimitedRow, role: str) -> Iterator[str]:
        """Yield the names in a row's columns of a role."""
        return _filled(row, self.names.get(role, ()))

    def cell(self, row: DelimitedRow, role: str) -> str:
        """Return a row's cell in the column of a role, "" if there is none."""
        where = self.at.get(role, -1)
        return row.cells[where] if 0 <= where < len(row.cells) else ""

    def heading(self, role: str) -> str:
        """Return the heading of a role's column."""
        where = self.at.get(role, -1)
        return self.header[where] if 0 <= where < len(self.header) else role

    def text(self, row: DelimitedRow) -> str:
        """Return all text cells of a row, joined by a space; repeats are left out."""
        return " ".join(dict.fromkeys(_filled(row, self.texts)))

    def others(self, row: DelimitedRow) -> Iterator[str]:
        """Yield a row's cells that may hold a remark: texts, and columns without a role."""
        return _filled(row, (*self.texts, *self.unread))

    def without_text(self, column: int) -> "ColumnRoles":
        """Return the roles without a text column that turned out to hold something else."""
        return self._replace(texts=tuple(i for i in self.texts if i != column))

    def without_flag(self) -> "ColumnRoles":
        """Return the roles with the direction column as text: its words name no direction."""
        if "flag" not in self.at:
            return self
        at = dict(self.at)
        flag = at.pop("flag")
        return self._replace(at=at, texts=(*self.texts, flag))


def _filled(row: DelimitedRow, columns: Sequence[int]) -> Iterator[str]:
    return (row.cells[i] for i in columns if i < len(row.cells) and row.cells[i])


def dated(rows: Sequence[DelimitedRow], booked: int) -> list[DelimitedRow]:
    """Return the rows with a date, the only ones that can be lines; totals and notes have none."""
    return [row for row in rows if booked < len(row.cells) and is_date(row.cells[booked])]


def find_columns(table: DelimitedTable, profile: Profile, name: str) -> ColumnRoles:
    """Return the column roles. Raises CannotRead when no date or no amount can be found.

    It also raises CannotRead when several columns could be the amount, or one of the debit and
    credit columns has an unknown heading, and the rows do not prove which it is.
    """
    roles = _roles(table, profile, name)
    rows = dated(table.rows, roles["booked"][0]) if roles.get("booked") else []
    if not profile.columns:
        roles |= other_side(roles, rows, _open(roles, rows, table), table, name)
    at = {role: places[0] for role, places in roles.items() if role != "text" and places}
    _check_found(at, table, name)
    if {"debit", "credit"} <= set(at) and "amount" in at and at["amount"] not in roles["debit"]:
        at.pop("amount")
    elif "amount" in at and not profile.columns:
        at["amount"] = one_amount(roles["amount"], rows, roles.get("balance", []), table, name)
    return _texted(at, roles, rows, table, whole=bool(profile.columns))


def _roles(table: DelimitedTable, profile: Profile, name: str) -> dict[str, list[int]]:
    """Return the columns of each role: by the profile, by the headings, else by the data."""
    roles = _named(table.header, profile, name) if profile.columns else {}
    if not roles and table.header:
        roles = _confirmed(roles_of(table.header), table)
    roles = roles or roles_by_data(table.rows)
    if "booked" not in roles and "valued" in roles:
        roles["booked"] = roles["valued"]
    return roles


def _open(
    roles: Mapping[str, list[int]], rows: Sequence[DelimitedRow], table: DelimitedTable
) -> list[int]:
    """Return the columns that hold text or have no role."""
    taken = {i for role, places in roles.items() if role != "text" for i in places}
    return [i for i in range(_width(rows, table)) if i not in taken]


def _width(rows: Sequence[DelimitedRow], table: DelimitedTable) -> int:
    return max([len(table.header), *(len(row.cells) for row in rows)])


def _texted(
    at: dict[str, int], roles: Mapping[str, list[int]], rows: Sequence[DelimitedRow],
    table: DelimitedTable, *, whole: bool,
) -> ColumnRoles:  # fmt: skip
    """Return the columns with every text that nothing else claims; ``whole`` when all are named."""
    names = {role: tuple(roles.get(role, ())) for role in _NAMES}
    claimed = {i for role in (*_CLAIMING, *_NAMES) for i in roles.get(role, ())}
    claimed |= {at[role] for role in _FIRST if role in at}
    known = sorted(set(roles.get("text", ())) - claimed)
    free = sorted(set(range(_width(rows, table))) - claimed - set(known))
    texts = [] if whole else [i for i in free if _is_text(rows, i, table.header)]
    minus = {"debit"} if "debit" in at and _all_minus(rows, at["debit"]) else set()
    header = tuple(table.header)
    return ColumnRoles(
        at,
        (*known, *texts),
        tuple(i for i in free if i not in texts),
        tuple(sorted({*known, *free})),
        frozenset(minus),
        header,
        names,
        _owner([*names["payer"], *names["payee"]], rows),
    )


def _is_text(rows: Sequence[DelimitedRow], column: int, header: Sequence[str]) -> bool:
    """Whether a column that nothing claims holds words, or numbers that its heading calls so.

    Counters, branch codes, amounts and days are no text: they would look like invoice numbers.
    """
    cells = [cell for row in rows for cell in _filled(row, (column,))]
    if not cells or any(map(is_date, cells)):
        return False
    heading = plain(header[column]) if column < len(header) else ""
    if any(any(map(str.isalpha, cell)) for cell in cells):
        return True
    quotes = bool({"text"} & meanings(heading)) or any(w in heading for w in _QUOTING)
    marked = any(c in cell for cell in cells for c in "/-_#") and not all(map(bare, cells))
    return quotes or marked


_QUOTING: Final = (
    "invoice", "rechnung", "fact", "faktu", "fattur", "beleg", "order", "document", "kassz",
    "symbol", "giro", "bolla", "szamla", "lasku", "arve",
)  # fmt: skip
"""Stems of headings over numbers that quote something of ours."""


def _owner(columns: Sequence[int], rows: Sequence[DelimitedRow]) -> str:
    """Return the name that stands in every row, in whichever column of names, beside others."""
    if len(columns) < 2 or len(rows) < 2:
        return ""
    said = [{plain(cell) for cell in _filled(row, columns)} for row in rows]
    common = set.intersection(*said)
    others = set.union(*said) - common
    return common.pop() if len(common) == 1 and others else ""


def _all_minus(rows: Sequence[DelimitedRow], column: int) -> bool:
    found = [one for row in rows for cell in _filled(row, (column,)) if (one := bare(cell))]
    moved = [one for one in found if one.digits.strip("0.,")]
    return bool(moved) and all(one.sign < 0 for one in moved)


def _check_found(at: Mapping[str, int], table: DelimitedTable, name: str) -> None:
    missing = [] if "booked" in at else ["a date"]
    if "amount" not in at and not ({"debit", "credit"} & set(at)):
        missing.append("an amount")
    if missing:
        why = f"no column could be read as {' and '.join(missing)}."
        if table.header:
            why = f"{why} Its columns: {', '.join(cell for cell in table.header if cell)}."
        raise refuse(name, why, "Name the columns of the account in sheetrecord.toml.", "columns")


def _currencies(rows: Sequence[DelimitedRow], column: int) -> bool:
    """Tell whether a column holds codes of currencies and nothing else."""
    cells = [cell for row in rows for cell in _filled(row, (column,))]
    return bool(cells) and all(cell.upper() in EXPONENTS for cell in cells)


def _confirmed(roles: dict[str, list[int]], table: DelimitedTable) -> dict[str, list[int]]:
    """Return the roles of header words as the cells confirm them.

    *Valuta* is a day in German and a currency in Swedish; a column that only by its words seems
    to hold amounts, days or names of accounts does so, or is none.
    """
    rows = table.rows
    for column in list(roles.get("valued", ())):
        if _currencies(rows, column):
            roles["valued"].remove(column)
            roles.setdefault("currency", []).append(column)
    roles |= _by_cells(roles, table)
    for role in ("amount", "credit", "debit"):
        if len(roles.get(role, ())) > 1:
            roles[role] = [i for i in roles[role] if _money(rows, i)] or roles[role][:1]
    return {role: places for role, places in roles.items() if places}


def _by_cells(roles: Mapping[str, list[int]], table: DelimitedTable) -> dict[str, list[int]]:
    """Return roles that the cells give to columns whose headings say none, or another."""
    rows, found = table.rows, {role: list(places) for role, places in roles.items()}
    taken = {i for places in roles.values() for i in places}
    free = [i for i in range(len(table.header)) if i not in taken]
    if "currency" not in roles:
        found["currency"] = [i for i in free if _codes(rows, i)][:1]
    if found.get("flag") and _all_amounts(rows, found["flag"][0]):
        found.setdefault("amount", []).append(found["flag"].pop(0))
    found |= _names_by_cells(found, rows)
    found["booked"] = _days_by_cells(roles, table, free) or found.get("booked", [])
    return found


def _names_by_cells(
    found: Mapping[str, list[int]], rows: Sequence[DelimitedRow]
) -> dict[str, list[int]]:
    """Return the columns that hold names, and those among them that hold the payers' accounts.

    Whose account stands under a payee depends on the way the money went: it is left unread.
    """
    ibans = [i for i in found.get("payer", ()) if _accounts(rows, i)]
    names = {role: [i for i in found.get(role, ()) if not _numbered(rows, i)] for role in _NAMES}
    return {**names, "iban": [*found.get("iban", ()), *ibans]}


def _days_by_cells(
    roles: Mapping[str, list[int]], table: DelimitedTable, free: Sequence[int]
) -> list[int]:
    """Return the columns that hold the days: those named so, else the one that must be it."""
    rows = table.rows
    days = [i for i in roles.get("booked", ()) if _dated(rows, i)]
    if days or any(_dated(rows, i) for i in roles.get("valued", ())):
        return days
    heads = enumerate(table.header)
    days = [i for i, cell in heads if "day" in meanings(plain(cell)) and _dated(rows, i)]
    others = [i for i in free if _dated(rows, i)]
    return days or (others if len(others) == 1 else [])


def _accounts(rows: Sequence[DelimitedRow], column: int) -> bool:
    """Whether a column holds nothing but numbers of accounts."""
    cells = [cell for row in rows for cell in _filled(row, (column,))]
    return bool(cells) and all(map(_ACCOUNT.fullmatch, cells))


def _numbered(rows: Sequence[DelimitedRow], column: int) -> bool:
    """Whether a column holds accounts, or numbers alone: no name is without a letter."""
    cells = [cell for row in rows for cell in _filled(row, (column,))]
    bare_ = bool(cells) and not any(any(map(str.isalpha, cell)) for cell in cells)
    return bare_ or _accounts(rows, column)


def _all_amounts(rows: Sequence[DelimitedRow], column: int) -> bool:
    cells = [cell for row in rows for cell in _filled(row, (column,))]
    return bool(cells) and all(map(bare, cells))


def _codes(rows: Sequence[DelimitedRow], column: int) -> bool:
    """Whether a column holds nothing but codes of currencies."""
    cells = [cell for row in rows for cell in _filled(row, (column,))]
    return bool(cells) and all(cell in EXPONENTS for cell in cells)


def _dated(rows: Sequence[DelimitedRow], column: int) -> bool:
    return any(is_date(cell) for row in rows for cell in _filled(row, (column,)))


def _money(rows: Sequence[DelimitedRow], column: int) -> bool:
    return any(bare(cell) for row in rows for cell in _filled(row, (column,)))


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
