"""Read Norma 43 (Cuaderno 43) statements of Spanish banks, and check the totals they carry.

Records of 80 characters: 11 opens an account, 22 is a movement, 23 and 24 add to the movement
before, 33 closes the account with its sums, 88 counts all records. Amounts have two decimals and no
mark; a key says debit (1) or credit (2).
"""

import datetime as dt
import re
from typing import Final, NamedTuple

from sheetrecord.core.reconcile.facts import BankLine, LineSource
from sheetrecord.ledgers.accounted import with_left_out
from sheetrecord.ledgers.decode import decode
from sheetrecord.ledgers.errors import check_bytes, refuse
from sheetrecord.ledgers.reading import Reading, Statement, control, problem
from sheetrecord.model.money import Money
from sheetrecord.model.problem import Problem, Severity

_CURRENCIES: Final = {
    "978": "EUR", "840": "USD", "826": "GBP", "756": "CHF", "208": "DKK",
    "752": "SEK", "578": "NOK", "985": "PLN", "203": "CZK", "348": "HUF", "124": "CAD",
    "036": "AUD", "484": "MXN",
}  # fmt: skip
"""ISO 4217 numbers of currencies with two decimals, as the format writes all amounts."""
_SIGNS: Final = {"1": -1, "2": 1}
_DATED: Final = re.compile(r"11\d{18}\d{12}[12]\d{14}\d{3}")


class _Totals(NamedTuple):
    """What record 33 says of an account: counts and sums of each side, and the last balance."""

    debits: tuple[int, int]
    credits: tuple[int, int]
    closing: int


def is_norma43(text: str) -> bool:
    """Return True for a text that begins with an account's record."""
    return _DATED.match(text) is not None


def read_norma43(data: bytes, name: str, code_page: str = "", sha: str = "") -> Reading:
    """Return a statement for each account. Raises CannotRead for a file cut off or damaged."""
    check_bytes(data, name)
    text, _ = decode(data, name, code_page) if code_page else decode(data, name)
    records = [(n, line.rstrip("\r")) for n, line in enumerate(text.split("\n"), 1) if line.strip()]
    file = _File(name, sha)
    for number, record in records:
        file.take(number, record)
    file.ended(len(records))
    reading = Reading("n43", tuple(file.statements), tuple(file.problems))
    if not file.movements:
        note = problem("BANK107", "The file holds no booked line.", name, severity=Severity.NOTE)
        reading = reading._replace(problems=(*reading.problems, note))
    return with_left_out(reading, file.movements)


class _File:
    """A file as its records go by; a record that cannot be read leaves its movement out, said."""

    def __init__(self, name: str, sha: str) -> None:
        self.name, self.sha = name, sha
        self.statements: list[Statement] = []
        self.problems: list[Problem] = []
        self.lines: list[BankLine] = []
        self.open: Statement | None = None
        self.movements = 0
        self.said = -1
        """How many records the last one says there are."""

    def take(self, row: int, record: str) -> None:
        """Read one record."""
        kind = record[:2]
        if kind == "11":
            self.begin(row, record)
        elif kind == "22":
            self.movements += 1
            self.movement(row, record)
        elif kind in ("23", "24"):
            self.add(row, record)
        elif kind == "33":
            self.close(row, record)
        elif kind == "88":
            self.said = _whole(record[20:26])
        else:
            raise self.damaged(row, f"{kind!r} is no record of Norma 43")

    def begin(self, row: int, record: str) -> None:
        if self.open is not None:
            raise self.damaged(row, "an account begins before the one above is closed")
        currency = _CURRENCIES.get(record[47:50])
        begins, ends = _day(record[20:26]), _day(record[26:32])
        opening = _amount(record[32:33], record[33:47])
        if currency is None or begins is None or ends is None or opening is None:
            raise self.damaged(row, "the account's days, balance or currency cannot be read")
        account = record[2:20].strip()
        self.lines = []
        self.open = Statement(account, currency, (), opening, begins=begins, ends=ends)

    def movement(self, row: int, record: str) -> None:
        if self.open is None:
            raise self.damaged(row, "a movement stands outside of an account")
        booked, valued = _day(record[10:16]), _day(record[16:22])
        amount = _amount(record[27:28], record[28:42])
        if booked is None or amount is None:
            say = f"{record[:42]!r} is not a movement."
            self.problems.append(problem("BANK102", say, self.name, row))
            return
        if not amount:
            say = "A line of zero: kept out, nothing to match."
            self.problems.append(problem("BANK109", say, self.name, row, Severity.NOTE))
            return
        texts = (record[42:52], record[52:64], record[64:80])
        self.lines.append(
            BankLine(
                self.open.account, booked, amount, self.open.currency,
                text=" ".join(word for t in texts if (word := _text(t))), valued=valued,
                source=LineSource(self.name, row, self.sha, f"key {record[27:28]}"),
            )
        )  # fmt: skip

    def add(self, row: int, record: str) -> None:
        """Add the texts of a record 23 to the movement above; a 24 tells a sum in other money."""
        if self.open is None:
            raise self.damaged(row, "a text stands outside of an account")
        if record[:2] == "23" and self.lines:
            words = " ".join(filter(None, (_text(record[4:42]), _text(record[42:80]))))
            last = self.lines[-1]
            self.lines[-1] = last._replace(text=f"{last.text} {words}".strip())

    def close(self, row: int, record: str) -> None:
        if self.open is None:
            raise self.damaged(row, "an account is closed that was not opened")
        totals = _totals(record)
        if totals is None:
            raise self.damaged(row, "the account's sums cannot be read")
        done = self.open._replace(lines=tuple(self.lines), closing=totals.closing)
        self.check(row, totals)
        self.problems += control(done, self.name)
        self.statements.append(done)
        self.open = None

    def check(self, row: int, totals: _Totals) -> None:
        """Compare each side's count and sum with what was read."""
        sides = ((-1, "debits", totals.debits), (1, "credits", totals.credits))
        for sign, what, (count, total) in sides:
            mine = [line.amount * sign for line in self.lines if line.amount * sign > 0]
            if (len(mine), sum(mine)) != (count, total):
                currency = self.lines[0].currency if self.lines else "EUR"
                say = (
                    f"The file counts {count} {what} of {Money(total, currency)}; it has "
                    f"{len(mine)} of {Money(sum(mine), currency)}. Lines are missing or repeated: "
                    "export again."
                )
                self.problems.append(problem("BANK101", say, self.name, row))

    def ended(self, records: int) -> None:
        """Raise CannotRead unless the last record is there and counts the others."""
        if self.open is not None or self.said < 0:
            why = "the file breaks off before its last record (88)."
            raise refuse(self.name, why, "Download it again.", "truncated")
        if self.said not in (records - 1, records):
            why = f"its last record counts {self.said} records, there are {records - 1} before it."
            raise refuse(self.name, why, "Download it again.", "truncated")

    def damaged(self, row: int, why: str) -> Exception:
        return refuse(self.name, f"line {row}: {why}.", "Download it again.", "damaged")


def _totals(record: str) -> _Totals | None:
    closing = _amount(record[58:59], record[59:73])
    numbers = [_whole(record[a:b]) for a, b in ((20, 25), (25, 39), (39, 44), (44, 58))]
    if closing is None or min(numbers) < 0:
        return None
    return _Totals((numbers[0], numbers[1]), (numbers[2], numbers[3]), closing)


def _amount(key: str, digits: str) -> int | None:
    """Return an amount with the sign that its key says; None for another key or no digits."""
    whole = _whole(digits)
    return _SIGNS[key] * whole if key in _SIGNS and whole >= 0 else None


def _whole(digits: str) -> int:
    return int(digits) if digits.isascii() and digits.isdigit() else -1


def _text(field: str) -> str:
    """Return a field's words; one of noughts alone is empty."""
    words = " ".join(field.split())
    return words if words.strip("0") else ""


def _day(text: str) -> dt.date | None:
    try:
        return dt.date(2000 + int(text[:2]), int(text[2:4]), int(text[4:6]))
    except ValueError:
        return None
