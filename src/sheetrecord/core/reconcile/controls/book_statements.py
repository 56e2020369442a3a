"""Control C3 over the bank lines in the workbook: each statement adds up, and none contradict."""

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from itertools import accumulate
from typing import Final, NamedTuple

from sheetrecord.core.reconcile.controls.identities import Balance, Control
from sheetrecord.core.reconcile.facts import DUPLICATE, REPLACED, BankLine
from sheetrecord.core.reconcile.input.line_ids import is_as_imported

ADDS_UP: Final = "opening balance and the book's lines = closing balance"
CLOSES: Final = "closes as the other statement of that day"
UNCHANGED: Final = "lines are as they were imported"


class Period(NamedTuple):
    """A statement's printed balances, and the first and last day it covers."""

    balance: Balance
    begins: dt.date
    ends: dt.date


class _Book(NamedTuple):
    """An account's lines three ways: as they count now, and each side of what is contradicted."""

    now: Sequence[BankLine]
    former: Sequence[BankLine]
    """With what a corrected statement took back, without what it brought."""
    latter: Sequence[BankLine]
    """With what it brought, without what it took back."""


def c3_book(lines: Iterable[BankLine], periods: Sequence[Period]) -> list[Control]:
    """C3: opening balance + Σ of the workbook's lines = closing balance, for each statement.

    A statement made during its last day holds only the first of that day's lines, and one may begin
    after other lines of its first day. A statement that a corrected one replaced adds up with the
    lines that were taken back. Two statements with different closing balances for one day are a
    control of their own.
    """
    books = _books(lines)
    empty = _Book((), (), ())
    controls: list[Control] = []
    closings: dict[tuple[str, str, dt.date], Period] = {}
    for one in periods:
        b = one.balance
        book = books.get((b.account, b.currency), empty)
        scope = f"{b.account} {b.name}".strip()
        now = _fits(one, book.now)
        fits = now or _fits(one, book.former) or _fits(one, book.latter)
        found = b.closing if fits else b.opening + _sum(book.now, one)
        controls.append(Control("C3", scope, b.closing, found, b.currency, ADDS_UP))
        if not fits or (not now and _decided(book)):
            continue
        key = (b.account, b.currency, one.ends)
        other = closings.setdefault(key, one)
        if other.balance.closing != b.closing and not (now and _fits(other, book.now)):
            closed = other.balance.closing
            controls.append(Control("C3", scope, closed, b.closing, b.currency, CLOSES))
    return controls


def c3_unchanged(lines: Iterable[BankLine], month: str = "") -> list[Control]:
    """C3: Σ of lines that are unchanged since import = Σ as imported, by account."""
    sums: dict[tuple[str, str], list[int]] = {}
    for line in lines:
        if not month or f"{line.booked:%Y-%m}" == month:
            both = sums.setdefault((line.account, line.currency), [0, 0])
            both[0] += abs(line.amount)
            both[1] += abs(line.amount) * is_as_imported(line)
    return [
        Control("C3", account, total, same, currency, UNCHANGED)
        for (account, currency), (total, same) in sorted(sums.items())
        if total != same
    ]


def _books(lines: Iterable[BankLine]) -> Mapping[tuple[str, str], _Book]:
    grouped: dict[tuple[str, str], list[BankLine]] = {}
    for line in lines:
        grouped.setdefault((line.account, line.currency), []).append(line)
    books = {}
    for key, mine in grouped.items():
        olds = {line.suspect for line in mine if line.suspect and line.category != DUPLICATE}
        gone = {line.bank_id for line in mine if line.category in (DUPLICATE, REPLACED)}
        books[key] = _Book(
            [line for line in mine if line.bank_id not in gone],
            [line for line in mine if not line.suspect],
            [line for line in mine if line.bank_id not in olds and line.category != DUPLICATE],
        )
    return books


def _decided(book: _Book) -> bool:
    """Whether somebody said of all that is contradicted what replaces what."""
    return [line.bank_id for line in book.now] == [line.bank_id for line in book.latter]


def _within(lines: Sequence[BankLine], one: Period) -> list[BankLine]:
    return [line for line in lines if one.begins <= line.booked <= one.ends]


def _sum(lines: Sequence[BankLine], one: Period) -> int:
    return sum(line.amount for line in _within(lines, one))


def _fits(one: Period, lines: Sequence[BankLine]) -> bool:
    """Whether the lines of a period come to what its balances say moved."""
    moved = one.balance.closing - one.balance.opening
    mine = _within(lines, one)
    if sum(line.amount for line in mine) == moved:
        return True
    first = [line.amount for line in mine if line.booked == one.begins]
    if one.begins == one.ends:
        heads = [0, *accumulate(first)]
        return any(end - start == moved for i, start in enumerate(heads) for end in heads[i:])
    last = [line.amount for line in mine if line.booked == one.ends]
    inside = sum(line.amount for line in mine if one.begins < line.booked < one.ends)
    tails = {0, *accumulate(reversed(first))}
    return any(moved - inside - head in tails for head in (0, *accumulate(last)))
