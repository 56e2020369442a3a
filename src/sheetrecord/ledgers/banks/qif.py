"""Read QIF bank records; the format names neither currency nor date order, the profile does."""

import datetime as dt
import re
from typing import Final

from sheetrecord.core.reconcile.facts import BankLine, LineSource
from sheetrecord.ledgers import amounts, dates
from sheetrecord.ledgers.accounted import with_left_out
from sheetrecord.ledgers.decode import decode
from sheetrecord.ledgers.errors import WHICH_CURRENCY, check_bytes, refuse, which_order
from sheetrecord.ledgers.profile import Profile
from sheetrecord.ledgers.reading import Reading, Statement, control, problem
from sheetrecord.model.problem import Severity

_BANK: Final = ("bank", "cash", "ccard", "oth a", "oth l")


def read_qif(data: bytes, name: str, profile: Profile | None = None, sha: str = "") -> Reading:
    """Return the bank lines. Raises CannotRead without a currency or a provable date order."""
    profile = profile or Profile()
    check_bytes(data, name)
    text, _ = decode(data, name, profile.code_page)
    records, others = _records(text)
    if not text.lstrip().startswith("!"):
        raise refuse(name, "the file does not start like QIF.", "Download it again.", "kind")
    if not profile.currency:
        do = WHICH_CURRENCY
        raise refuse(name, "QIF names no currency.", do, "currency")
    days = [_day_text(record.get("D", "")) for _, record in records]
    order = profile.date_order or _order(days, name)
    totals = [r.get("T") or r.get("U", "") for _, r in records]
    mark = profile.decimal or amounts.decimal_mark(totals, profile.currency) or "."
    say = "It stands in a section that is no bank account, such as investments."
    problems = [problem("BANK116", say, name, row, Severity.NOTE) for row in others]
    lines: list[BankLine] = []
    for row, record in records:
        booked = dates.parse(_day_text(record.get("D", "")), order)
        total = record.get("T") or record.get("U", "")
        amount = amounts.parse(total, mark, profile.currency)
        if booked is None or amount is None:
            code, bad = ("BANK103", record.get("D", "")) if booked is None else ("BANK102", total)
            problems.append(problem(code, f"{bad!r} cannot be read.", name, row))
            continue
        proof = "the account's profile" if profile.sign else "T bears its sign"
        lines.append(_line(record, booked, amount, profile, LineSource(name, row, sha, proof)))
    statement = Statement(profile.account or profile.label, profile.currency, tuple(lines))
    reading = Reading("qif", (statement,), (*problems, *control(statement, name)))
    return with_left_out(reading, len(records) + len(others))


def _line(
    record: dict[str, str], booked: dt.date, amount: int, profile: Profile, at: LineSource
) -> BankLine:
    words = dict.fromkeys(word for word in (record.get("M", ""), record.get("N", "")) if word)
    return BankLine(
        profile.account or profile.label, booked, amount * (profile.sign or 1), profile.currency,
        record.get("P", ""), " ".join(words), source=at,
    )  # fmt: skip


def _records(text: str) -> tuple[list[tuple[int, dict[str, str]]], list[int]]:
    """Return (line number, fields by letter) of the bank's records; the rows of other bookings."""
    found: list[tuple[int, dict[str, str]]] = []
    others: list[int] = []
    fields: dict[str, str] = {}
    inside, start = False, 0
    for number, line in enumerate(text.split("\n"), 1):
        if line.startswith("!"):
            inside = line.lower().startswith("!type:") and line[6:].strip().lower() in _BANK
        elif line.startswith("^"):
            if inside and fields:
                found.append((start, fields))
            elif {"D", "T"} <= set(fields):
                others.append(start)
            fields, start = {}, 0
        elif line.strip():
            start = start or number
            fields.setdefault(line[0], line[1:].strip())
    if inside and fields:
        found.append((start, fields))
    return found, others


def _day_text(text: str) -> str:
    """Return a QIF date with plain marks: ``1/ 5'26`` is ``1/5/26``."""
    return re.sub(r"\s+", "", text).replace("'", "/")


def _order(days: list[str], name: str) -> str:
    orders = dates.orders_of(days)
    if len(orders) > 1:
        why = f"the dates can be read in more than one way ({next(d for d in days if d)})."
        do = which_order(orders)
        raise refuse(name, why, do, "date-order-unknown")
    return orders[0] if orders else "dmy"
