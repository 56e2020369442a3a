"""Turn the rows of a bank's table into lines, with the reason for each row that is not one."""

import datetime as dt
from collections.abc import Sequence

from sheetrecord.core.reconcile.facts import BankLine, LineSource, Original
from sheetrecord.ledgers import amounts, dates
from sheetrecord.ledgers.accounted import WAITS
from sheetrecord.ledgers.columns import ColumnRoles
from sheetrecord.ledgers.dialect import Dialect
from sheetrecord.ledgers.profile import Profile
from sheetrecord.ledgers.reading import Statement, control, problem
from sheetrecord.ledgers.remittance import unpacked
from sheetrecord.ledgers.roles import plain
from sheetrecord.ledgers.row_kinds import (
    PENDING,
    REVERSED,
    RowKinds,
    is_total,
    remark,
    unread_money,
    waits,
)
from sheetrecord.ledgers.signs import balances
from sheetrecord.ledgers.table import DelimitedRow
from sheetrecord.model.problem import Problem, Severity


def statements_of(
    kinds: RowKinds, dialect: Dialect, name: str, sha: str, profile: Profile
) -> tuple[tuple[Statement, ...], list[Problem]]:
    """Return one statement for each account, and the problems with rows that are no lines."""
    lines: dict[str, list[BankLine]] = {}
    pending: dict[str, list[BankLine]] = {}
    problems: list[Problem] = list(kinds.problems)
    for row in kinds.lines:
        source = LineSource(name, row.line, sha)
        line = _line(row, dialect, source, profile)
        if isinstance(line, Problem):
            problems.append(line)
            continue
        if row.line in kinds.added:
            line = line._replace(text=" ".join((line.text, *kinds.added[row.line])).strip())
        put = pending if _waits(row, dialect.columns) else lines
        put.setdefault(line.account, []).append(line)
    statements = []
    for account in sorted({*lines, *pending}):
        booked = _without_owner(lines.get(account, []))
        if total := _total(booked):
            say = "It is called a total, and its amount is the sum of the other lines."
            at = total.source.row
            problems.append(problem("BANK115", say, name, at, Severity.WARNING))
            booked.remove(total)
        opening, closing = balances([(ln.amount, ln.balance) for ln in booked])
        statement = Statement(
            account, dialect.currency, tuple(booked), opening, closing,
            tuple(pending.get(account, [])),
        )  # fmt: skip
        whole = not any(p.severity is Severity.ERROR for p in problems)
        problems += control(statement, name)
        statements.append(statement if whole else statement._replace(opening=None, closing=None))
    if not statements:
        problems.append(problem("BANK107", "The file holds no booked line.", name))
    return tuple(statements), problems


def _total(lines: Sequence[BankLine]) -> BankLine | None:
    """Return the first or last line that is a total with a day: the sum of all others."""
    moved = sum(line.amount for line in lines)
    for line in (lines[-1], lines[0]) if len(lines) > 2 else ():
        others = moved - line.amount
        if abs(line.amount) == abs(others) and is_total(f"{line.payer} {line.text}".strip()):
            return line
    return None


def _without_owner(lines: Sequence[BankLine]) -> list[BankLine]:
    """Return the lines without a payer who is the account's owner: the same on both ways."""
    names = {line.payer for line in lines}
    both = {line.amount > 0 for line in lines} == {True, False}
    if len(lines) < 4 or len(names) > 1 or not both or len({line.text for line in lines}) < 2:
        return list(lines)
    return [line._replace(payer="") for line in lines]


def _line(
    row: DelimitedRow, dialect: Dialect, source: LineSource, profile: Profile
) -> BankLine | Problem:
    columns = dialect.columns
    booked = dates.parse(columns.cell(row, "booked"), dialect.order)
    if booked is None:
        say = f"{columns.cell(row, 'booked')!r} is not a date in the order {dialect.order}."
        return problem("BANK103", say, source.file, row.line)
    amount = dialect.amount(row)
    if not isinstance(amount, int):
        say = amount or "The row has a date but no amount."
        severity = Severity.ERROR if amount else Severity.WARNING
        return problem("BANK102" if amount else "BANK108", say, source.file, row.line, severity)
    status = columns.cell(row, "status")
    undone = status if REVERSED.search(plain(status)) else remark(row, columns)
    if undone:
        say = f"It is marked {undone!r}: did the money come, or go back?"
        return problem("BANK117", say, source.file, row.line, Severity.WARNING)
    if amount == 0:
        other = unread_money(row, columns)
        say = "A line of zero: kept out, nothing to match."
        if other:
            say = f"Its amount is zero, and {', '.join(other)} stands in a column that is not read."
        severity = Severity.WARNING if other else Severity.NOTE
        return problem("BANK109", say, source.file, row.line, severity)
    currency = columns.cell(row, "currency").upper() or dialect.currency
    if currency != dialect.currency:
        say = f"The line is in {currency}, the account in {dialect.currency}."
        return problem("BANK110", say, source.file, row.line)
    details = unpacked(columns.text(row))
    return BankLine(
        account=columns.cell(row, "account") or profile.account or profile.label,
        booked=booked,
        amount=amount,
        currency=currency,
        payer=_other_side(row, columns, amount) or details.payer,
        text=details.text,
        valued=_valued(row, dialect),
        payer_iban=columns.cell(row, "iban").replace(" ", "") or details.iban,
        structured=columns.cell(row, "structured"),
        end_to_end=columns.cell(row, "end_to_end") or details.end_to_end,
        ref=columns.cell(row, "ref"),
        original=_original(row, dialect),
        charges=dialect.fee(row),
        balance=dialect.balance(row),
        source=source._replace(proof=dialect.shown(row, amount)),
    )


def _other_side(row: DelimitedRow, columns: ColumnRoles, amount: int) -> str:
    """Return who paid us, or whom we paid, where a bank has a column for each.

    The name that stands in every row is the account's owner, whichever column it is in.
    """
    roles = ("payer", "payee") if amount > 0 else ("payee", "payer")
    names = [name for role in roles for name in columns.named(row, role)]
    return next((name for name in names if plain(name) != columns.owner), "")


def _valued(row: DelimitedRow, dialect: Dialect) -> dt.date | None:
    cell = dialect.columns.cell(row, "valued")
    return dates.parse(cell, dialect.order) if cell else None


def _original(row: DelimitedRow, dialect: Dialect) -> Original | None:
    currency = dialect.columns.cell(row, "original_currency").upper()
    if not currency or currency == dialect.currency:
        return None
    cell = dialect.columns.cell(row, "original_amount")
    minor = amounts.parse(cell, dialect.mark, currency)
    rate = dialect.columns.cell(row, "rate").replace(",", ".")
    return Original(abs(minor), currency, rate) if minor else None


def _waits(row: DelimitedRow, columns: ColumnRoles) -> str:
    """Return why a row is not booked: its status, or a remark; "" when it is."""
    status = columns.cell(row, "status")
    if PENDING.search(plain(status)):
        return f"not booked: {status}."
    return WAITS if waits(row, columns) else ""
