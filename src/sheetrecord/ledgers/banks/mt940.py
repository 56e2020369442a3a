"""Read SWIFT MT940 and MT942 statements, with the German ?20, Dutch /REMI/ and plain details."""

import calendar
import datetime as dt
import re
from decimal import Decimal, InvalidOperation
from typing import Final, NamedTuple

from sheetrecord.core.reconcile.facts import BankLine, LineSource
from sheetrecord.ledgers.accounted import with_left_out
from sheetrecord.ledgers.decode import decode
from sheetrecord.ledgers.errors import check_bytes, refuse
from sheetrecord.ledgers.reading import Reading, Statement, control, problem
from sheetrecord.ledgers.remittance import Details, read_details, real_ref
from sheetrecord.model.money import to_minor
from sheetrecord.model.problem import Problem

_TAG: Final = re.compile(r"^:(\d{2}[A-Z]?):", re.MULTILINE)
_END: Final = re.compile(r"^(-\}?|\{5:.*|-\}.*)\s*$", re.MULTILINE)
_LINE: Final = re.compile(
    r"(?P<value>\d{6})(?P<entry>\d{4})?\s*(?P<way>R?[CD]|E[CD])(?P<funds>[A-Z])?\s*"
    r"(?P<amount>\d[\d.]*,?\d*)\s*(?:(?P<type>[NSF][A-Z0-9]{3})(?P<ref>.*))?",
)
_BALANCE: Final = re.compile(r"(?P<way>[CD])(?P<day>\d{6})(?P<ccy>[A-Z]{3})(?P<amount>[\d.,]+)")


def read_mt940(data: bytes, name: str, code_page: str = "", sha: str = "") -> Reading:
    """Return the statements. Raises CannotRead when the text is no MT940."""
    check_bytes(data, name)
    text, _ = decode(data, name, code_page)
    fields = _fields(text)
    if not any(key in ("60F", "60M", "61", "62F", "34F") for key, _ in fields):
        raise refuse(name, "the file holds no MT940 statement.", "Download it again.", "kind")
    problems: list[Problem] = []
    found: list[Statement] = []
    rows = 0
    for group in _groups(fields):
        found.append(_statement(group, name, (sha, rows), problems))
        rows += sum(key == "61" for key, _ in group)
    if fields[-1][0] == "61" or not any(key in ("62F", "62M", "34F") for key, _ in fields):
        raise refuse(
            name, "the statement breaks off in the middle.", "Download it again.", "truncated"
        )
    reading = Reading("mt940", tuple(found), tuple(problems))
    return with_left_out(reading, sum(key == "61" for key, _ in fields))


def _fields(text: str) -> list[tuple[str, str]]:
    starts = list(_TAG.finditer(text))
    ends = [m.start() for m in starts[1:]] + [len(text)]
    return [
        (m[1], _END.sub("", text[m.end() : end]).strip("\n "))
        for m, end in zip(starts, ends, strict=True)
    ]


def _groups(fields: list[tuple[str, str]]) -> list[list[tuple[str, str]]]:
    groups: list[list[tuple[str, str]]] = []
    for key, value in fields:
        if key == "20" or not groups:
            groups.append([])
        groups[-1].append((key, value))
    return [group for group in groups if any(key in ("60F", "60M", "61") for key, _ in group)]


def _statement(
    group: list[tuple[str, str]], name: str, source: tuple[str, int], problems: list[Problem]
) -> Statement:
    sha, row = source
    values = dict(reversed(group))
    account = values.get("25", "").split("\n")[0].strip()
    opening = _balance(values.get("60F", values.get("60M", "")))
    closing = _balance(values.get("62F", values.get("62M", "")))
    currency = (opening or closing or _Balance(0, "", None)).currency
    lines: list[BankLine] = []
    for at, (key, value) in enumerate(group):
        if key != "61":
            continue
        after = group[at + 1] if at + 1 < len(group) else ("", "")
        details = read_details(after[1]) if after[0] == "86" else Details("")
        row += 1
        at_row = LineSource(name, row, sha)
        line = _line(value, details, BankLine(account, dt.date.min, 0, currency, source=at_row))
        if isinstance(line, Problem):
            problems.append(line)
        else:
            lines.append(line._replace(statement=values.get("28C", values.get("28", ""))))
    statement = Statement(
        account, currency, tuple(lines),
        opening.minor if opening else None, closing.minor if closing else None,
        number=values.get("28C", values.get("28", "")),
        begins=opening.day if opening else None, ends=closing.day if closing else None,
    )  # fmt: skip
    problems += control(statement, name)
    return statement


class _Balance(NamedTuple):
    minor: int
    currency: str
    day: dt.date | None


def _balance(text: str) -> _Balance | None:
    match = _BALANCE.match(text)
    if not match:
        return None
    minor = _minor(match["amount"], match["ccy"])
    if minor is None:
        return None
    return _Balance(-minor if match["way"] == "D" else minor, match["ccy"], _day(match["day"]))


def _line(text: str, details: Details, empty: BankLine) -> BankLine | Problem:
    source = empty.source
    match = _LINE.match(text.replace("\n", " ", 0))
    valued = _day(match["value"]) if match else None
    amount = _minor(match["amount"], empty.currency) if match else None
    if not match or valued is None or amount is None:
        say = f"Line {source.row}: {text.splitlines()[0][:60]!r} is not a statement line."
        return problem("BANK102", say, source.file, source.row)
    way = match["way"]
    # RC takes a credit back (money out), RD a debit (money in); EC and ED are expected ones.
    out = way in ("D", "RC", "ED")
    customer, _, bank = (match["ref"] or "").partition("//")
    return empty._replace(
        booked=_entry_day(match["entry"], valued),
        valued=valued,
        amount=-amount if out else amount,
        payer=details.payer,
        text=details.text or " ".join(text.split("\n")[1:]),
        payer_iban=details.iban,
        end_to_end=details.end_to_end or real_ref(customer),
        ref=real_ref(bank.split("\n")[0]),
        returned=way in ("RC", "RD"),
        source=source._replace(proof=f"the mark {way} of field 61"),
    )


def _minor(text: str, currency: str) -> int | None:
    try:
        minor, whole = to_minor(Decimal(text.replace(".", "").replace(",", ".")), currency)
    except (InvalidOperation, ValueError):
        return None
    return minor if whole else None


def _day(text: str) -> dt.date | None:
    """Return a YYMMDD date; 30 February (interest calendars print it) is the month's last day."""
    year, month, day = 2000 + int(text[:2]), int(text[2:4]), int(text[4:6])
    if not 1 <= month <= 12 or day < 1:
        return None
    return dt.date(year, month, min(day, calendar.monthrange(year, month)[1]))


def _entry_day(text: str | None, valued: dt.date) -> dt.date:
    """Return the entry date, which has no year: the one nearest to the value date."""
    if not text:
        return valued
    days = [_day(f"{year % 100:02}{text}") for year in range(valued.year - 1, valued.year + 2)]
    near = [day for day in days if day]
    return min(near, key=lambda day: abs((day - valued).days)) if near else valued
