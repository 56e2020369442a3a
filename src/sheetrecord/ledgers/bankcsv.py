"""Read a bank's CSV in whatever dialect it comes, by the account's profile where there is one."""

import datetime as dt
import re
from typing import Final, NamedTuple

from sheetrecord.core.reconcile.facts import BankLine, Original, Source
from sheetrecord.ledgers import amounts, dates
from sheetrecord.ledgers.columns import Columns, find_columns
from sheetrecord.ledgers.profile import Profile, header_hash
from sheetrecord.ledgers.reading import Reading, Statement, control, problem
from sheetrecord.ledgers.refusal import WHICH_CURRENCY, check_bytes, refuse, which_order
from sheetrecord.ledgers.signs import balances, flag_sign, proven_sign
from sheetrecord.ledgers.table import Row, Table, read_table
from sheetrecord.ledgers.text import decode, first_foreign
from sheetrecord.model.money import EXPONENTS
from sheetrecord.model.problem import Problem, Severity

_PENDING: Final = re.compile(
    r"pending|vorgemerkt|vorlaufig|offen|in behandeling|en attente|pendiente|reverted|declined"
    r"|cancelled|failed",
    re.IGNORECASE,
)
_CODE: Final = re.compile(r"\b[A-Z]{3}\b")


class Found(NamedTuple):
    """A reading and the profile that would read the account's next file without detection."""

    reading: Reading
    profile: Profile


class _Dialect(NamedTuple):
    columns: Columns
    order: str
    mark: str
    currency: str
    sign: int


def read_bank_csv(data: bytes, name: str, profile: Profile | None = None, sha: str = "") -> Found:
    """Return the booked lines of a bank CSV and the profile found.

    Raises CannotRead for another kind of file, for columns that cannot be told apart, for a
    date order, decimal mark or currency that the file does not prove and no profile says, and for
    a file of another account than the profile's.
    """
    profile = profile or Profile()
    check_bytes(data, name)
    text, encoding = decode(data, name, profile.code_page)
    table = read_table(text, name, profile.delimiter, 0 if profile.no_header else profile.skip)
    if profile.no_header and table.header:
        top = Row(table.header_line, table.header)
        table = table._replace(header=[], header_line=0, rows=[top, *table.rows])
    _same_header(table, profile, name)
    columns = find_columns(table, profile, name)
    rows = [row for row in table.rows if _filled(columns, row)]
    dialect = _dialect(table, rows, columns, profile, name)
    statements, problems = _statements(rows, dialect, name, sha, profile)
    if encoding not in ("utf-8", "utf-8-sig", "utf-16") and "\ufffd" in text:
        shown = first_foreign(text)
        problems.insert(0, problem("BANK112", f"Characters are lost in: {shown}", name))
    return Found(
        Reading("csv", statements, tuple(problems)),
        profile._replace(
            code_page=encoding,
            delimiter=table.delimiter,
            date_order=dialect.order,
            decimal=dialect.mark,
            currency=dialect.currency,
            sign=dialect.sign,
            headers=header_hash(table.header) if table.header else "",
        ),
    )


def _same_header(table: Table, profile: Profile, name: str) -> None:
    if profile.headers and table.header and header_hash(table.header) != profile.headers:
        if profile.columns:
            return  # each column is looked up by name, and refused there when it is gone
        why = "the header differs from the one this account's profile was made for."
        do = f"Now: {', '.join(table.header)}. If that is right, forget the profile and read anew."
        raise refuse(name, why, do, "header")


def _filled(columns: Columns, row: Row) -> bool:
    """Whether a row can be a line: totals and notes under the table have no date."""
    return bool(columns.cell(row, "booked")) and dates.is_date(columns.cell(row, "booked"))


def _dialect(
    table: Table, rows: list[Row], columns: Columns, profile: Profile, name: str
) -> _Dialect:
    if not rows and not table.header:
        do = "Give the file the bank exports."
        raise refuse(name, "no row starts with a date.", do, "rows")
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
    dialect = _Dialect(columns, order, mark, currency, profile.sign or 1)
    if not profile.sign:
        dialect = dialect._replace(sign=proven_sign(_moves(rows, dialect)))
    return dialect


def _order(rows: list[Row], columns: Columns, name: str) -> str:
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


def _currency(table: Table, rows: list[Row], columns: Columns, profile: Profile, name: str) -> str:
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
    named = {code for code in _CODE.findall(words) if code in EXPONENTS} - {"ALL", "TOP"}
    if len(named) == 1 and not seen:
        return str(next(iter(named)))
    why = "the file holds several currencies." if seen else "the file names no currency."
    raise refuse(name, why, WHICH_CURRENCY, "currency")


def _amount(row: Row, dialect: _Dialect) -> int | str | None:
    """Return the signed minor amount, None for a blank one, or what is wrong in words."""
    columns, currency = dialect.columns, dialect.currency
    if "amount" in columns.at:
        cell = columns.cell(row, "amount")
        minor = amounts.parse(cell, dialect.mark, currency)
        if minor is None:
            return f"{cell!r} is not an amount in {currency}." if cell else None
        flag = columns.cell(row, "flag")
        turn = flag_sign(flag) if flag else 0
        return (turn * abs(minor) if turn else minor) * dialect.sign
    sides: list[int] = []
    for role in ("credit", "debit"):
        cell = columns.cell(row, role)
        minor = amounts.parse(cell, dialect.mark, currency) if cell else 0
        if minor is None:
            return f"{cell!r} is not an amount in {currency}."
        sides.append(abs(minor))
    if sides[0] and sides[1]:
        return "money in and money out are both filled."
    filled = columns.cell(row, "credit") or columns.cell(row, "debit")
    return (sides[0] - sides[1]) * dialect.sign if filled else None


def _moves(rows: list[Row], dialect: _Dialect) -> list[tuple[int, int]]:
    """Return (amount, running balance) of the rows that have both."""
    moves = []
    for row in rows:
        amount = _amount(row, dialect)
        cell = dialect.columns.cell(row, "balance")
        balance = amounts.parse(cell, dialect.mark, dialect.currency) if cell else None
        if isinstance(amount, int) and balance is not None:
            moves.append((amount, balance))
    return moves


def _statements(
    rows: list[Row], dialect: _Dialect, name: str, sha: str, profile: Profile
) -> tuple[tuple[Statement, ...], list[Problem]]:
    lines: dict[str, list[BankLine]] = {}
    pending: dict[str, list[BankLine]] = {}
    problems: list[Problem] = []
    for row in rows:
        line = _line(row, dialect, Source(name, row.line, sha), profile)
        if isinstance(line, Problem):
            problems.append(line)
            continue
        status = dialect.columns.cell(row, "status")
        put = pending if _PENDING.search(status) else lines
        put.setdefault(line.account, []).append(line)
    _same_account(lines, profile, name)
    statements = []
    for account in sorted({*lines, *pending}):
        booked = lines.get(account, [])
        opening, closing = balances([(ln.amount, ln.balance) for ln in booked])
        statement = Statement(
            account, dialect.currency, tuple(booked), opening, closing,
            tuple(pending.get(account, [])),
        )  # fmt: skip
        problems += control(statement, name)
        statements.append(statement)
    if not statements:
        problems.append(problem("BANK107", "The file holds no booked line.", name))
    return tuple(statements), problems


def _same_account(lines: dict[str, list[BankLine]], profile: Profile, name: str) -> None:
    def bare(account: str) -> str:
        return "".join(account.split()).upper()

    others = [a for a in lines if profile.account and bare(a) != bare(profile.account)]
    if others:
        why = f"the file is of account {others[0]}; the profile is of {profile.account}."
        raise refuse(name, why, "Give the file of this account.", "account")


def _line(row: Row, dialect: _Dialect, source: Source, profile: Profile) -> BankLine | Problem:
    columns = dialect.columns
    booked = dates.parse(columns.cell(row, "booked"), dialect.order)
    if booked is None:
        say = f"{columns.cell(row, 'booked')!r} is not a date in the order {dialect.order}."
        return problem("BANK103", say, source.file, row.line)
    amount = _amount(row, dialect)
    if not isinstance(amount, int):
        say = amount or "The row has a date but no amount."
        severity = Severity.ERROR if amount else Severity.WARNING
        return problem("BANK102" if amount else "BANK108", say, source.file, row.line, severity)
    if amount == 0:
        note = "A line of zero: kept out, nothing to match."
        return problem("BANK109", note, source.file, row.line, Severity.NOTE)
    currency = columns.cell(row, "currency").upper() or dialect.currency
    if currency != dialect.currency:
        say = f"The line is in {currency}, the account in {dialect.currency}."
        return problem("BANK110", say, source.file, row.line)
    balance = columns.cell(row, "balance")
    return BankLine(
        account=columns.cell(row, "account") or profile.account,
        booked=booked,
        amount=amount,
        currency=currency,
        payer=columns.cell(row, "payer"),
        text=columns.text(row),
        valued=_valued(row, dialect),
        payer_iban=columns.cell(row, "iban").replace(" ", ""),
        structured=columns.cell(row, "structured"),
        end_to_end=columns.cell(row, "end_to_end"),
        ref=columns.cell(row, "ref"),
        original=_original(row, dialect),
        balance=amounts.parse(balance, dialect.mark, currency) if balance else None,
        source=source,
    )


def _valued(row: Row, dialect: _Dialect) -> dt.date | None:
    cell = dialect.columns.cell(row, "valued")
    return dates.parse(cell, dialect.order) if cell else None


def _original(row: Row, dialect: _Dialect) -> Original | None:
    currency = dialect.columns.cell(row, "original_currency").upper()
    if not currency or currency == dialect.currency:
        return None
    cell = dialect.columns.cell(row, "original_amount")
    minor = amounts.parse(cell, dialect.mark, currency)
    rate = dialect.columns.cell(row, "rate").replace(",", ".")
    return Original(abs(minor), currency, rate) if minor else None
