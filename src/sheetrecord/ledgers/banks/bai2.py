"""Read BAI2 cash management reports of US banks, and check the totals they carry.

Cash Management Balance Reporting Specifications, version 2: a record a line, fields between
commas, `/` at the end; 88 continues the record before. Amounts have no decimal mark: the currency
says how many decimals they have. Detail codes 100 to 399 are money in, 400 to 699 money out.
"""

import datetime as dt
import re
from collections.abc import Iterator, Sequence
from typing import Final, NamedTuple

from sheetrecord.core.reconcile.facts import BankLine, LineSource
from sheetrecord.ledgers.accounted import with_left_out
from sheetrecord.ledgers.decode import decode
from sheetrecord.ledgers.errors import check_bytes, refuse
from sheetrecord.ledgers.reading import Reading, Statement, control, problem
from sheetrecord.model.money import Money
from sheetrecord.model.problem import Problem, Severity

DEFAULT_CURRENCY: Final = "USD"
"""What the format means where neither the account nor its group names a currency."""
_OPENING, _CLOSING = "010", "015"
_EXTRA: Final = {"S": 3, "V": 2}
"""Fields after a funds type: three availabilities, or a value date and time."""


class _Record(NamedTuple):
    row: int
    fields: list[str]

    @property
    def code(self) -> str:
        return self.fields[0]

    def field(self, at: int) -> str:
        return self.fields[at].strip() if at < len(self.fields) else ""


def read_bai2(data: bytes, name: str, currency: str = "", sha: str = "") -> Reading:
    """Return a statement for each account and day. Raises CannotRead for a file cut off."""
    check_bytes(data, name)
    text, _ = decode(data, name)
    records = list(_records(text))
    if not records or records[-1].code != "99":
        why = "the file breaks off before its last record (99)."
        raise refuse(name, why, "Download it again.", "truncated")
    problems: list[Problem] = []
    statements: list[Statement] = []
    group, account = records[0], records[0]
    lines: list[_Record] = []
    for record in records:
        if record.code == "02":
            group = record
        elif record.code == "03":
            account, lines = record, []
        elif record.code == "16":
            lines.append(record)
        elif record.code == "49":
            code = (account.field(2) or group.field(6) or currency or DEFAULT_CURRENCY).upper()
            of = _Account(name, sha, code, _day(group.field(4)), account, problems)
            statements.append(of.statement(lines, record))
    if not any(s.lines for s in statements):
        note = "The file holds no booked line."
        problems.append(problem("BANK107", note, name, severity=Severity.NOTE))
    rows = sum(record.code == "16" for record in records)
    return with_left_out(Reading("bai2", tuple(statements), tuple(problems)), rows)


def _records(text: str) -> Iterator[_Record]:
    """Return the records, each with its continuations; a text keeps its commas."""
    row, joined = 0, ""
    for number, raw in enumerate(text.split("\n"), 1):
        line = raw.strip()
        if line.startswith("88,"):
            ended = joined.endswith("/")
            joined = f"{joined.removesuffix('/')}{',' if ended else ' '}{line[3:]}"
        elif line:
            if joined:
                yield _Record(row, joined.removesuffix("/").split(","))
            row, joined = number, line
    if joined:
        yield _Record(row, joined.removesuffix("/").split(","))


class _Account(NamedTuple):
    """One account of one day; problems are collected in the list given."""

    name: str
    sha: str
    currency: str
    day: dt.date | None
    record: _Record
    problems: list[Problem]

    def statement(self, lines: Sequence[_Record], trailer: _Record) -> Statement:
        said = list(self._summaries())
        balance = dict(said)
        booked = [line for record in lines if (line := self._line(record))]
        found = Statement(
            self.record.field(1), self.currency, tuple(booked), balance.get(_OPENING),
            balance.get(_CLOSING),
            begins=self.day, ends=self.day,
        )  # fmt: skip
        self._check_total(sum(amount for _, amount in said), lines, trailer)
        self.problems.extend(control(found, self.name))
        return found

    def _summaries(self) -> Iterator[tuple[str, int]]:
        """Return the balances and totals of an account record: code, amount, count, funds."""
        at = 3
        while at < len(self.record.fields):
            code, amount = self.record.field(at), _whole(self.record.field(at + 1))
            if code and amount is not None:
                yield code, amount
            at += 4 + _funds(self.record, at + 3)

    def _line(self, record: _Record) -> BankLine | None:
        code, amount = record.field(1), _whole(record.field(2))
        if amount is None or not code.isdigit() or self.day is None:
            say = f"{','.join(record.fields)[:60]!r} is not a transaction."
            self.problems.append(problem("BANK102", say, self.name, record.row))
            return None
        way = 1 if 100 <= int(code) < 400 else -1 if 400 <= int(code) < 700 else 0
        if not way or not amount:
            say = f"Code {code} is information only: nothing moved."
            note = problem("BANK116", say, self.name, record.row, Severity.NOTE)
            self.problems.append(note)
            return None
        at = 4 + _funds(record, 3)
        text = " ".join(",".join(record.fields[at + 2 :]).split())
        return BankLine(
            self.record.field(1), self.day, way * amount, self.currency, text=text,
            ref=record.field(at), end_to_end=record.field(at + 1),
            source=LineSource(self.name, record.row, self.sha, f"transaction code {code}"),
        )  # fmt: skip

    def _check_total(self, said: int, lines: Sequence[_Record], trailer: _Record) -> None:
        """The account's trailer adds up every amount of its records, whatever their codes mean."""
        found = said + sum(_whole(record.field(2)) or 0 for record in lines)
        total = _whole(trailer.field(1))
        if total is not None and total != found:
            off = Money(found - total, self.currency)
            say = (
                f"{self.record.field(1)}: the amounts of the account and its control total differ "
                f"by {off}. Lines are missing or repeated: export again."
            )
            self.problems.append(problem("BANK101", say, self.name, trailer.row))


def _funds(record: _Record, at: int) -> int:
    """Return how many fields a funds type brings along."""
    kind = record.field(at).upper()
    if kind == "D":
        return 1 + 2 * (_whole(record.field(at + 1)) or 0)
    return _EXTRA.get(kind, 0)


def _whole(text: str) -> int | None:
    return int(text) if re.fullmatch(r"[+-]?\d+", text) else None


def _day(text: str) -> dt.date | None:
    try:
        return dt.date(2000 + int(text[:2]), int(text[2:4]), int(text[4:6]))
    except ValueError:
        return None
