"""Read OFX 1 (SGML) and OFX 2 (XML) bank statements with one tolerant scanner.

OFX 1 leaves end tags out, so both versions are read as a stream of tags and values. Investment
transactions are left out on purpose: they are no receipts.
"""

import datetime as dt
import html
import re
from collections.abc import Iterator
from decimal import Decimal, InvalidOperation
from typing import Final

from sheetrecord.core.reconcile.facts import BankLine, LineSource, Original
from sheetrecord.ledgers.accounted import with_left_out
from sheetrecord.ledgers.decode import decode
from sheetrecord.ledgers.errors import check_bytes, refuse
from sheetrecord.ledgers.reading import Reading, Statement, control, problem
from sheetrecord.model.money import to_minor
from sheetrecord.model.problem import Problem, Severity

_TAG: Final = re.compile(r"<(/?)([A-Za-z0-9._]+)>([^<]*)")
_STATEMENTS: Final = re.compile(
    r"<(STMTRS|CCSTMTRS)>(.*?)(?=</\1>|<(?:STMTRS|CCSTMTRS)>|\Z)", re.DOTALL
)
_LINES: Final = re.compile(
    r"<(STMTTRNP?)>(.*?)(?=</\1>|<STMTTRNP?>|</BANKTRANLISTP?>|\Z)", re.DOTALL
)
_SCOPE: Final = re.compile(r"<(BANKTRANLISTP?)>.*?(?=</\1>|\Z)", re.DOTALL)
_CHARSET: Final = re.compile(r"CHARSET:\s*(\d+)")


def read_ofx(data: bytes, name: str, currency: str = "", sha: str = "") -> Reading:
    """Return the statements. Raises CannotRead for a file without OFX or cut in the middle."""
    check_bytes(data, name)
    page = _CHARSET.search(data[:600].decode("ascii", "replace"))
    text, _ = decode(data, name, f"cp{page[1]}" if page else "")
    if re.search(r"<!\s*(DOCTYPE|ENTITY)", text, re.IGNORECASE):
        why = "the file holds a document type or entity; no bank file does, an attack would."
        raise refuse(name, why, "Do not use this file; download it again.", "dtd")
    if "<OFX>" not in text.upper():
        raise refuse(name, "the file holds no <OFX> statement.", "Download it again.", "kind")
    if "</OFX>" not in text.upper():
        why = "the file breaks off before its end tag </OFX>."
        raise refuse(name, why, "Download it again.", "truncated")
    text = re.sub(r"<(/?)([A-Za-z0-9._]+)>", lambda m: f"<{m[1]}{m[2].upper()}>", text)
    problems: list[Problem] = []
    found: list[Statement] = []
    before = 0
    for match in _STATEMENTS.finditer(text):
        found.append(_statement(match[2], name, currency, (sha, before), problems))
        before += sum(1 for _ in _rows(match[2]))
    outside = text.count("<STMTTRN>") + text.count("<STMTTRNP>") - before
    for row in range(before + 1, before + outside + 1):
        say = "It stands outside a bank account's statement, such as among investments."
        problems.append(problem("BANK116", say, name, row, Severity.NOTE))
    if not found:
        say = "The file holds no bank statement (perhaps only investments)."
        problems.append(problem("BANK107", say, name, severity=Severity.WARNING))
    return with_left_out(Reading("ofx", tuple(found), tuple(problems)), before + outside)


def _values(block: str) -> dict[str, str]:
    """Return the first value of each tag."""
    values: dict[str, str] = {}
    for _, key, text in _TAG.findall(block):
        if text.strip():
            values.setdefault(key, html.unescape(text.strip()))
    return values


def _statement(
    block: str, name: str, currency: str, source: tuple[str, int], problems: list[Problem]
) -> Statement:
    sha, before = source
    top = _values(_SCOPE.sub("", block))
    code = top.get("CURDEF", currency).upper()
    lines: list[BankLine] = []
    pending: list[BankLine] = []
    for at, (waiting, values) in enumerate(_rows(block), before + 1):
        source_of = LineSource(name, at, sha, "TRNAMT bears its sign")
        line = _line(values, top.get("ACCTID", ""), code, source_of)
        if isinstance(line, Problem):
            problems.append(line)
        else:
            (pending if waiting else lines).append(line)
    closing = _minor(top.get("BALAMT", ""), code)
    statement = Statement(
        top.get("ACCTID", ""), code, tuple(lines), None, closing, tuple(pending),
        ends=_day(top.get("DTASOF", "")),
    )  # fmt: skip
    problems += control(statement, name)
    return statement


def _rows(block: str) -> Iterator[tuple[bool, dict[str, str]]]:
    for match in _LINES.finditer(block):
        yield match[1] == "STMTTRNP", _values(match[2])


def _line(
    values: dict[str, str], account: str, currency: str, at: LineSource
) -> BankLine | Problem:
    amount = _minor(values.get("TRNAMT", ""), currency)
    if amount is None:
        say = f"Line {at.row}: {values.get('TRNAMT', '')!r} is not an amount in {currency or '?'}."
        return problem("BANK102", say, at.file, at.row)
    booked = _day(values.get("DTPOSTED", ""))
    if booked is None:
        say = f"Line {at.row}: {values.get('DTPOSTED', '')!r} is not a date."
        return problem("BANK103", say, at.file, at.row)
    name, memo = values.get("NAME", ""), values.get("MEMO", "")
    foreign = values.get("CURSYM", "") if "ORIGCURRENCY" in values or "CURRATE" in values else ""
    return BankLine(
        account=account,
        booked=booked,
        amount=amount,
        currency=currency,
        payer=name,
        text=" ".join(dict.fromkeys(t for t in (memo, values.get("CHECKNUM", "")) if t)),
        valued=_day(values.get("DTAVAIL", "")),
        ref=values.get("FITID", ""),
        original=Original(0, foreign, values.get("CURRATE", "")) if foreign else None,
        returned=bool(values.get("CORRECTFITID")),
        source=at,
    )


def _minor(text: str, currency: str) -> int | None:
    """Return minor units; OFX has a point or a comma as decimal mark and no thousands mark."""
    try:
        minor, whole = to_minor(Decimal(text.replace(",", ".").strip()), currency)
    except (InvalidOperation, ValueError):
        return None
    return minor if whole else None


def _day(text: str) -> dt.date | None:
    try:
        return dt.datetime.strptime(text[:8], "%Y%m%d").replace(tzinfo=dt.UTC).date()
    except ValueError:
        return None
