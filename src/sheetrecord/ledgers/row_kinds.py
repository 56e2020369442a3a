"""Classify every row under a heading: a line, a heading or total, or left out with a reason."""

import re
from collections.abc import Iterator, Sequence
from typing import Final, NamedTuple

from sheetrecord.ledgers import dates
from sheetrecord.ledgers.amounts import bare
from sheetrecord.ledgers.columns import ColumnRoles
from sheetrecord.ledgers.money_columns import moves
from sheetrecord.ledgers.reading import problem
from sheetrecord.ledgers.roles import plain
from sheetrecord.ledgers.table import DelimitedRow, DelimitedTable
from sheetrecord.model.problem import Problem, Severity

_TOTAL: Final = re.compile(
    r"(sub|grand|day|tages?|monats?|zwischen)? ?totals?( .{0,40})?|totaal.*|totale.*|totali.*"
    r"|(gesamt|zwischen|tages|monats)?summen?( .*)?|gesamt\w*|somme|suma|sum|summa|razem|celkem"
    r"|spolu|yhteensa|i alt"
    r"|(\w+ ){0,2}(saldo|saldi|balance|solde|kontostand|zustatek|egyenleg)( .*)?"
    r"|(anfangs|end|schluss|abschluss|eind|begin|start|slut)saldo.*|(brought|carried) forward.*"
    r"|b/?f|c/?f|stan konta.*|turnover.*|umsatze.*|obraty.*|obroty.*|kaive.*|apyvarta.*"
    r"|number of (transactions|entries).*|anzahl.*",
)
_DAILY: Final = re.compile(
    r"(opening|closing|beginning|ending|starting) balance|balance (brought|carried) forward"
    r"|saldo (anterior|inicial|final|initial|iniziale|finale)|(anfangs|end|schluss)saldo"
    r"|(ancien|nouveau) solde|solde (initial|final)|(begin|eind)saldo|alter (konto)?saldo"
    r"|neuer (konto)?saldo|kontostand|(ingaende|utgaende|inngaende) saldo|turnover"
)
"""What a row with a day says when it only prints a balance; *Total* may be whom somebody paid."""
PENDING: Final = re.compile(
    r"pending|vorgemerkt|vorlaufig|offen|in behandeling|en attente|pendiente|reverted|declined"
    r"|cancelled|canceled|failed|refuse|annule|denied|abgelehnt|storniert|rechazad|rifiutat"
    r"|geweigerd|geannuleerd|odrzucon|zamitnut|avvist|hylatty"
)
"""A status of a payment that is not booked, or never will be."""
REVERSED: Final = re.compile(
    r"refunded|reversed|returned|charge ?back|charged back|bounced|zuruckgebucht|rembourse"
)
"""A status of money that came and went; one amount cannot tell both."""
_UNDONE: Final = re.compile(
    f"({REVERSED.pattern}|reverted|declined|cancell?ed|failed|refusee?|annulee?|denied|abgelehnt"
    "|storniert|rechazado|rifiutato|geweigerd|geannuleerd|odrzucona?|zamitnuto)"
)
_REMARK: Final = 24
"""Characters of the longest remark."""
_WAITING: Final = re.compile(
    r"(umsatz )?vorgemerkt.*|pending.*|en attente|reserviert|reserved|in behandeling|pendiente"
    r"|uncleared|unposted|authori[sz]ed|on hold|avisiert|voorlopig|a venir|w realizacji|odottaa"
)


class RowKinds(NamedTuple):
    """The rows under a heading; ``problems`` name those left out, ``added`` joins texts."""

    lines: list[DelimitedRow]
    apart: int
    problems: list[Problem]
    added: dict[int, list[str]]
    """Texts that rows without day and amount add to the line above, by its row."""


def sorted_rows(table: DelimitedTable, columns: ColumnRoles, name: str) -> RowKinds:
    """Classify the rows of a table. A possible payment never counts as a heading or total."""
    found = RowKinds([], 0, [], {})
    above = [row for row in table.preamble if _is_line(row, columns)]
    say = "It stands above the heading that was found, and looks like a line."
    found.problems.extend(
        problem("BANK115", say, name, row.line, Severity.WARNING) for row in above
    )
    apart = -len(above)
    last: DelimitedRow | None = None
    for row in table.rows:
        if _is_above(row, table, found.lines):
            apart, last = apart + 1, None
        elif dates.is_date(columns.cell(row, "booked")):
            if _prints_balance(row, columns):
                apart += 1
            else:
                found.lines.append(row)
                last = row
        elif text := _continues(row, columns, last):
            found.added.setdefault(last.line if last else 0, []).append(text)
            say = f"No date and no amount: its text was added to row {last.line if last else 0}."
            found.problems.append(problem("BANK116", say, name, row.line, Severity.NOTE))
        elif (why := _undated(row, columns)) is None:
            apart, last = apart + 1, None
        else:
            found.problems.append(_left_out(why, row, name))
    return found._replace(apart=apart)


def _is_line(row: DelimitedRow, columns: ColumnRoles) -> bool:
    """Whether a row has a day and an amount where the lines have theirs."""
    money = any(moves(row, columns.at[role]) for role in _MONEY if role in columns.at)
    return money and dates.is_date(columns.cell(row, "booked"))


def _left_out(why: str, row: DelimitedRow, name: str) -> Problem:
    waits = why.startswith("Not booked")
    code, severity = ("BANK116", Severity.NOTE) if waits else ("BANK115", Severity.WARNING)
    return problem(code, why, name, row.line, severity)


def _is_above(row: DelimitedRow, table: DelimitedTable, lines: Sequence[DelimitedRow]) -> bool:
    """Whether a row stands above a table without heading: of another width than all of it."""
    if table.header or lines or len(table.rows) < 2:
        return False
    others = [other for other in table.rows if other is not row]
    return all(len(row.cells) != len(other.cells) for other in others)


def _prints_balance(row: DelimitedRow, columns: ColumnRoles) -> bool:
    """Whether a row with a day only prints a balance, or is the day alone."""
    words = [cell for cell in row.cells if _LETTER.search(cell)]
    amount = any(columns.cell(row, role) for role in _MONEY)
    if not amount and not any(moves(row, i) for i in columns.unread):
        words = [cell for cell in words if not dates.is_date(cell)]
        alone = sum(map(bool, row.cells)) == 1
        said = not words or any(_TOTAL.fullmatch(plain(cell)) for cell in words)
        return alone or (bool(columns.cell(row, "balance")) and said)
    return any(_DAILY.fullmatch(plain(cell)) for cell in words)


_MONEY: Final = ("amount", "credit", "debit")
_LETTER: Final = re.compile(r"[^\W\d_]")


def _continues(row: DelimitedRow, columns: ColumnRoles, last: DelimitedRow | None) -> str:
    """Return the text of a row that only goes on with the text of the line above, else ""."""
    filled = [i for i, cell in enumerate(row.cells) if cell]
    first = min(columns.at.values())  # what begins further left is a note below the table
    if last is None or not filled or filled[0] <= first or not set(filled) <= set(columns.texts):
        return ""
    return " ".join(row.cells[i] for i in filled)


def _undated(row: DelimitedRow, columns: ColumnRoles) -> str | None:
    """Return why a row without a day is no line, None for a heading, total or note."""
    words = [plain(cell) for cell in row.cells if any(map(str.isalpha, cell))]
    status = columns.cell(row, "status")
    if PENDING.search(plain(status)):
        return f"Not booked: {status}."
    money = [role for role in _MONEY if bare(columns.cell(row, role))]
    stray = [cell for cell in row.cells if _looks_paid(cell)]
    if any(_WAITING.fullmatch(word) for word in words) and (money or stray):
        return f"Not booked yet: {next(w for w in words if _WAITING.fullmatch(w))}."
    if not money and not stray:
        return None
    if any(_TOTAL.fullmatch(word) for word in words):
        return None
    days = any(map(dates.is_date, row.cells))
    if not money and not days:
        return None if len(row.cells) <= 2 else _no_day(row, stray[0])
    return _no_day(row, columns.cell(row, money[0]) if money else stray[0])


def _no_day(row: DelimitedRow, amount: str) -> str:
    shown = " ".join(cell for cell in row.cells if cell)[:60]
    return f"It holds an amount ({amount}) and no date where the others have theirs: {shown!r}."


def _looks_paid(cell: str) -> bool:
    """Whether a cell looks like money by its cents, wherever it stands."""
    return bool(re.search(r"[.,]\d{2}\)?-?$", cell)) and bool(bare(cell))


def remark(row: DelimitedRow, columns: ColumnRoles) -> str:
    """Return a word in any column that says a payment failed or was returned, else ""."""
    return next((c for c in _short(row, columns) if _UNDONE.fullmatch(plain(c))), "")


def is_total(text: str) -> bool:
    """Return True if a text only says that its row is a total."""
    return bool(_TOTAL.fullmatch(plain(text)))


def waits(row: DelimitedRow, columns: ColumnRoles) -> bool:
    """Return True if a remark says that a dated row is not booked yet."""
    return any(_WAITING.fullmatch(plain(cell)) for cell in _short(row, columns))


def _short(row: DelimitedRow, columns: ColumnRoles) -> Iterator[str]:
    """Return the cells of a row that may be a remark: a word or three, no longer text."""
    return (cell for cell in columns.others(row) if len(cell) <= _REMARK)


def unread_money(row: DelimitedRow, columns: ColumnRoles) -> Sequence[str]:
    """Return a row's amounts in columns without a role."""
    return [row.cells[i] for i in columns.unread if moves(row, i) and _looks_paid(row.cells[i])]
