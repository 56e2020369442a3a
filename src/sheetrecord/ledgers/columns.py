"""Decide which column of a bank CSV is what: by profile, by header words, else by its data."""

from collections.abc import Mapping
from typing import NamedTuple

from sheetrecord.ledgers.amounts import bare
from sheetrecord.ledgers.dates import is_date
from sheetrecord.ledgers.profile import Profile
from sheetrecord.ledgers.refusal import refuse
from sheetrecord.ledgers.roles import plain, roles_of
from sheetrecord.ledgers.table import Row, Table


class Columns(NamedTuple):
    """Positions by role; ``texts`` are joined in the file's order."""

    at: Mapping[str, int]
    texts: tuple[int, ...]

    def cell(self, row: Row, role: str) -> str:
        """Return a row's cell of a role, "" when there is none."""
        where = self.at.get(role, -1)
        return row.cells[where] if 0 <= where < len(row.cells) else ""

    def text(self, row: Row) -> str:
        """Return all text cells of a row, joined by a space; repeats are left out."""
        cells = [row.cells[i] for i in self.texts if i < len(row.cells) and row.cells[i]]
        return " ".join(dict.fromkeys(cells))


def find_columns(table: Table, profile: Profile, name: str) -> Columns:
    """Return the columns. Raises CannotRead when no date or no amount can be found."""
    roles = _named(table.header, profile, name) if profile.columns else {}
    if not roles:
        roles = roles_of(table.header) if table.header else _by_data(table.rows)
    at = {role: places[0] for role, places in roles.items() if role != "text"}
    if "booked" not in at and "valued" in at:
        at["booked"] = at["valued"]
    missing = [] if "booked" in at else ["a date"]
    if "amount" not in at and not ({"debit", "credit"} & set(at)):
        missing.append("an amount")
    if missing:
        why = f"no column could be read as {' and '.join(missing)}."
        raise refuse(name, why, "Name the columns of the account in sheetrecord.toml.", "columns")
    if {"debit", "credit"} <= set(at) and "amount" in at and at["amount"] not in roles["debit"]:
        at.pop("amount")
    return Columns(at, tuple(roles.get("text", ())))


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


def _by_data(rows: list[Row]) -> dict[str, list[int]]:
    """Tell date, amount and text columns apart by what most of their cells hold."""
    sample = rows[:100]
    width = max(len(row.cells) for row in sample)
    found: dict[str, list[int]] = {}
    for column in range(width):
        cells = [r.cells[column] for r in sample if column < len(r.cells) and r.cells[column]]
        if not cells:
            continue
        if sum(map(is_date, cells)) >= 0.8 * len(cells):
            found.setdefault("booked", []).append(column)
        elif all(len(cell) == 3 and cell.isalpha() and cell.isupper() for cell in cells):
            found.setdefault("currency", []).append(column)
        elif sum(_money_like(cell) for cell in cells) >= 0.8 * len(cells):
            found.setdefault("amount", []).append(column)
        else:
            found.setdefault("text", []).append(column)
    if len(found.get("amount", [])) > 1:
        found["balance"] = found["amount"][1:2]
        found["amount"] = found["amount"][:1]
    return found


def _money_like(cell: str) -> bool:
    """Whether a cell looks like money: a sign or a decimal mark, not a bare account number."""
    found = bare(cell)
    return bool(found and len(found.digits) < 16 and (len(found.digits) < 9 or "." in found.digits))
