"""Read a bank's CSV in whatever dialect it comes, by the account's profile where there is one."""

import datetime as dt
import re
from collections.abc import Sequence
from typing import Final, NamedTuple

from sheetrecord.core.reconcile.facts import BankLine, LineSource, Original
from sheetrecord.ledgers import amounts, dates
from sheetrecord.ledgers.accounted import WAITS, with_left_out
from sheetrecord.ledgers.accounts import settle
from sheetrecord.ledgers.columns import ColumnRoles, find_columns
from sheetrecord.ledgers.day_columns import with_days
from sheetrecord.ledgers.decode import decode, first_foreign
from sheetrecord.ledgers.dialect import Dialect
from sheetrecord.ledgers.directions import by_word, settled
from sheetrecord.ledgers.errors import WHICH_CURRENCY, check_bytes, refuse, which_order
from sheetrecord.ledgers.profile import Profile, header_hash
from sheetrecord.ledgers.reading import Reading, Statement, control, problem
from sheetrecord.ledgers.remittance import unpacked
from sheetrecord.ledgers.roles import plain, roles_of
from sheetrecord.ledgers.row_kinds import (
    PENDING,
    REVERSED,
    RowKinds,
    is_total,
    remark,
    sorted_rows,
    unread_money,
    waits,
)
from sheetrecord.ledgers.signs import balances
from sheetrecord.ledgers.table import (
    DelimitedRow,
    DelimitedTable,
    check_fit,
    check_whole,
    read_table,
)
from sheetrecord.ledgers.workbook_table import is_workbook, read_workbook_table
from sheetrecord.model.money import EXPONENTS
from sheetrecord.model.problem import Problem, Severity

_EURO: Final = re.compile(r"\bEURO[AS]?\b")
_CODE: Final = re.compile(r"\b[A-Z]{3}\b")


class ProfiledReading(NamedTuple):
    """A reading and the profile that would read the account's next file without detection."""

    reading: Reading
    profile: Profile


def read_bank_csv(
    data: bytes, name: str, profile: Profile | None = None, sha: str = ""
) -> ProfiledReading:
    """Return the booked lines of a bank CSV and the profile found.

    Raises CannotRead for another kind of file, for columns that cannot be told apart, for a
    date order, decimal mark, direction or currency that the file does not prove and no profile
    says, for rows that do not fit the heading, and for a file of another account.
    """
    profile = profile or Profile()
    if is_workbook(data):
        table = read_workbook_table(data, name, profile.skip)
        _same_header(table, profile, name)
        return read_rows_of(table, profile._replace(decimal="."), name, sha)
    check_bytes(data, name)
    text, encoding = decode(data, name, profile.code_page)
    table = read_table(text, name, profile.delimiter, 0 if profile.no_header else profile.skip)
    if profile.no_header and table.header:
        top = DelimitedRow(table.header_line, table.header)
        table = table._replace(header=[], header_line=0, rows=[top, *table.rows])
    _same_header(table, profile, name)
    found = read_rows_of(table, profile, name, sha)
    if encoding not in ("utf-8", "utf-8-sig", "utf-16") and "\ufffd" in text:
        lost = problem("BANK112", f"Characters are lost in: {first_foreign(text)}", name)
        problems = (lost, *found.reading.problems)
        found = found._replace(reading=found.reading._replace(problems=problems))
    cut = not text.endswith("\n")
    check_whole(table, found.reading, name, cut=cut)
    return found._replace(profile=found.profile._replace(code_page=encoding))


def read_rows_of(
    table: DelimitedTable, profile: Profile, name: str, sha: str = ""
) -> ProfiledReading:
    """Return the lines of a table from wherever it came. Raises CannotRead as `read_bank_csv`."""
    check_fit(table, name)
    above = len(table.preamble) + bool(table.header)
    total = above + len(table.rows)
    if table.header and not _holds_money(table):
        note = problem("BANK107", "The file holds no booked line.", name, severity=Severity.NOTE)
        empty = Reading("csv", (), (note,), total, total)
        return ProfiledReading(empty, profile)
    table, columns = _columns(table, profile, name)
    kinds = sorted_rows(table, columns, name)
    if not kinds.lines:
        raise _none_dated(table, columns, name)
    several = _by_currency(kinds, columns) if not profile.currency else {}
    statements: tuple[Statement, ...] = ()
    problems: list[Problem] = []
    for code, mine in several.items() or [(profile.currency, kinds)]:
        own = profile._replace(currency=code)
        dialect = _dialect(table, mine.lines, columns, own, name)
        found, said = _statements(mine, dialect, name, sha, own)
        statements, problems = (*statements, *found), [*problems, *said]
        if "balance" in columns.at and dialect.doubtful(mine.lines):
            say = "The file names fees, and too few lines to show whether the amounts hold them."
            problems.append(problem("BANK114", say, name, severity=Severity.WARNING))
    reading, owner = settle(Reading("csv", statements, tuple(problems)), profile, name)
    reading = with_left_out(reading, total, above + kinds.apart)
    learned = _learned(owner, dialect, table)
    return ProfiledReading(reading, learned._replace(currency="") if several else learned)


def _by_currency(kinds: RowKinds, columns: ColumnRoles) -> dict[str, RowKinds]:
    """Return the rows of each currency where a file holds several: an account each."""
    rows: dict[str, list[DelimitedRow]] = {}
    for row in kinds.lines:
        rows.setdefault(columns.cell(row, "currency").upper(), []).append(row)
    if len(rows) < 2 or not all(code in EXPONENTS for code in rows):
        return {}
    first = min(rows)
    return {
        code: kinds._replace(lines=mine, problems=kinds.problems if code == first else [])
        for code, mine in sorted(rows.items())
    }


def _holds_money(table: DelimitedTable) -> bool:
    """Whether anything under the heading could be an amount or a day."""
    cells = (cell for row in table.rows for cell in row.cells if cell)
    return any(dates.is_date(cell) or amounts.bare(cell) for cell in cells)


def _columns(
    table: DelimitedTable, profile: Profile, name: str
) -> tuple[DelimitedTable, ColumnRoles]:
    """Return the table with full days, and its columns."""
    roles = roles_of(table.header) if table.header else {}
    booked = (roles.get("booked") or roles.get("valued") or [-1])[0]
    if booked >= 0 and not profile.columns:
        above = [cell for row in table.preamble for cell in row.cells]
        valued = roles.get("valued", [-1])[0]
        table = table._replace(rows=with_days(table.rows, booked, valued, above))
    return table, find_columns(table, profile, name)


def _none_dated(table: DelimitedTable, columns: ColumnRoles, name: str) -> Exception:
    """Return the refusal of rows none of which has a day."""
    if not table.header:
        return refuse(name, "no row starts with a date.", "Give the file the bank exports.", "rows")
    cells = [columns.cell(row, "booked") for row in table.rows]
    shown = next((repr(cell) for cell in cells if cell), "nothing")
    head = columns.heading("booked")
    why = f"{len(table.rows)} rows, none with a date: under {head!r} stands {shown}."
    do = "Export it with full dates, day, month and year, or name the column of the day "
    return refuse(name, why, f"{do}([accounts.NAME] columns in sheetrecord.toml).", "rows")


def _learned(profile: Profile, dialect: Dialect, table: DelimitedTable) -> Profile:
    """Return the profile that reads the account's next file without detection."""
    return profile._replace(
        delimiter=table.delimiter,
        date_order=dialect.order,
        decimal=dialect.mark,
        currency=dialect.currency,
        sign=profile.sign or min(dialect.sign, 0),  # what is usual is proven anew by each file
        fee_on_top=dialect.fee_on_top,
        headers=header_hash(table.header) if table.header else "",
    )


def _same_header(table: DelimitedTable, profile: Profile, name: str) -> None:
    if profile.headers and table.header and header_hash(table.header) != profile.headers:
        if profile.columns:
            return  # each column is looked up by name, and refused there when it is gone
        why = "the header differs from the one this account's profile was made for."
        do = f"Now: {', '.join(table.header)}. If that is right, forget the profile and read anew."
        raise refuse(name, why, do, "header")


def _waits(row: DelimitedRow, columns: ColumnRoles) -> str:
    """Return why a row is not booked: its status, or a remark; "" when it is."""
    status = columns.cell(row, "status")
    if PENDING.search(plain(status)):
        return f"not booked: {status}."
    return WAITS if waits(row, columns) else ""


def _dialect(
    table: DelimitedTable,
    rows: list[DelimitedRow],
    columns: ColumnRoles,
    profile: Profile,
    name: str,
) -> Dialect:
    currency = _currency(table, rows, columns, profile, name)
    cells = [
        columns.cell(row, role)
        for row in rows
        for role in ("amount", "debit", "credit", "balance")
        if columns.cell(row, role)
    ]
    mark = profile.decimal or amounts.decimal_mark(cells, currency)
    if not mark:
        why = f"the amounts do not show whether . or , is the decimal mark (e.g. {cells[0]})."
        do = 'Set decimal = "," or "." for the account in sheetrecord.toml.'
        raise refuse(name, why, do, "decimal")
    order = profile.date_order or _order(rows, columns, name)
    words = by_word(profile)
    dialect = Dialect(columns, order, mark, currency, 1, profile.fee_on_top, words=words)
    return settled(dialect.charged(rows), rows, table, profile, name).charged(rows)


def _order(rows: list[DelimitedRow], columns: ColumnRoles, name: str) -> str:
    orders = dates.orders_of(
        [columns.cell(row, role) for role in ("booked", "valued") for row in rows]
    )
    if len(orders) > 1:
        first = dates.clean(columns.cell(rows[0], "booked"))
        both = " or ".join(f"{dates.parse(first, o):%-d %B %Y}" for o in orders)
        why = f"the dates can be read in more than one way ({first} is {both})."
        do = which_order(orders)
        raise refuse(name, why, do, "date-order-unknown")
    return orders[0] if orders else "dmy"


def _currency(
    table: DelimitedTable,
    rows: list[DelimitedRow],
    columns: ColumnRoles,
    profile: Profile,
    name: str,
) -> str:
    """Take the profile's, the column's or the header's code; never infer one from a symbol."""
    seen = {columns.cell(row, "currency").upper() for row in rows} - {""}
    if profile.currency:
        if seen and profile.currency not in seen:
            why = f"the file is in {', '.join(sorted(seen))}; the account is in {profile.currency}."
            raise refuse(name, why, "Give the file of this account.", "currency")
        return profile.currency
    if len(seen) == 1:
        return next(iter(seen))
    words = " ".join([*table.header, *(c for row in table.preamble for c in row.cells)]).upper()
    words = _EURO.sub("EUR", words).replace("€", " EUR ")
    named = {code for code in _CODE.findall(words) if code in EXPONENTS} - {"ALL", "TOP"}
    if len(named) == 1 and not seen:
        return str(next(iter(named)))
    why = "the file holds several currencies." if seen else "the file names no currency."
    raise refuse(name, why, WHICH_CURRENCY, "currency")


def _statements(
    kinds: RowKinds, dialect: Dialect, name: str, sha: str, profile: Profile
) -> tuple[tuple[Statement, ...], list[Problem]]:
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
        booked = without_owner(lines.get(account, []))
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


def without_owner(lines: Sequence[BankLine]) -> list[BankLine]:
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
