"""Read a bank's CSV in whatever dialect it comes, by the account's profile where there is one."""

import re
from typing import Final, NamedTuple

from sheetrecord.ledgers import amounts, dates
from sheetrecord.ledgers.accounted import with_left_out
from sheetrecord.ledgers.accounts import settle
from sheetrecord.ledgers.banks.csv_lines import statements_of
from sheetrecord.ledgers.columns import ColumnRoles, find_columns
from sheetrecord.ledgers.day_columns import with_days
from sheetrecord.ledgers.decode import decode, first_foreign
from sheetrecord.ledgers.dialect import Dialect
from sheetrecord.ledgers.directions import by_word, settled
from sheetrecord.ledgers.errors import WHICH_CURRENCY, check_bytes, refuse, which_order
from sheetrecord.ledgers.profile import Profile, header_hash
from sheetrecord.ledgers.reading import Reading, Statement, problem
from sheetrecord.ledgers.roles import roles_of
from sheetrecord.ledgers.row_kinds import (
    RowKinds,
    sorted_rows,
)
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
        found, said = statements_of(mine, dialect, name, sha, own)
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


def _beside_amounts(rows: list[DelimitedRow], columns: ColumnRoles) -> set[str]:
    """Return the code that stands in every amount, such as ``1.190,00 EUR``; nothing if not so."""
    cells = [cell for row in rows for role in _SIDES if (cell := columns.cell(row, role))]
    codes = [_BESIDE.findall(cell) for cell in cells]
    told = {code for found in codes for code in found}
    return told & set(EXPONENTS) if all(len(found) == 1 for found in codes) else set()


_SIDES: Final = ("amount", "credit", "debit")
_BESIDE: Final = re.compile(r"(?<![A-Z])[A-Z]{3}(?![A-Z])")


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
    named = named or _beside_amounts(rows, columns)
    if len(named) == 1 and not seen:
        return str(next(iter(named)))
    why = "the file holds several currencies." if seen else "the file names no currency."
    raise refuse(name, why, WHICH_CURRENCY, "currency")
