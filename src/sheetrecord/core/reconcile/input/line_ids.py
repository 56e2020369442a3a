"""Give bank lines a stable id, and add a new file's lines to those known without doubling any.

Fingerprint version 1: SHA-256 of account, day, amount, currency, raw payer, raw text, and the
n-th occurrence among equals of that account and day. Only raw fields count: nothing derived, so
an id survives every later change of ours. The bank's own id wins where it gives one. A running
balance is no part of it: a bank that corrects one line moves the balances of all later ones.
"""

import datetime as dt
import hashlib
from collections.abc import Callable, Collection, Iterable, Sequence
from typing import Final, NamedTuple

from sheetrecord.core.reconcile.facts import BankLine
from sheetrecord.core.reconcile.input.batch_bookings import told_once

VERSION: Final = "1"
_SOME: Final = 0.5
_MOST: Final = 1000
"""So many equal lines a day are told apart."""


class ImportedLines(NamedTuple):
    """The result of an import: all lines, and what happened to the new file's."""

    lines: tuple[BankLine, ...]
    added: tuple[BankLine, ...]
    known: int
    """Lines of the file that were imported before: left out."""
    repeated: tuple[BankLine, ...]
    """Rows the file itself prints twice with one bank id, or with an unmoved balance."""
    suspects: tuple[BankLine, ...]
    """Added, but marked: same day and amount as a line imported before, with another text."""


def identify(lines: Iterable[BankLine]) -> list[BankLine]:
    """Return one file's lines with their ids; rows printed twice are left out.

    Two equal rows of a day are two payments, unless they carry one bank id, or a running balance
    that did not move.
    """
    return _identify(lines)[0]


def _identify(lines: Iterable[BankLine]) -> tuple[list[BankLine], list[BankLine]]:
    lines = list(lines)
    trusted = _trusted_refs(lines)
    seen: dict[str, int] = {}
    ids: set[str] = set()
    balances: dict[tuple[str, int], BankLine] = {}
    found: list[BankLine] = []
    repeated: list[BankLine] = []
    for line in lines:
        raw = _raw(line)
        if (line.account, line.ref) in trusted:
            key = _hash("ref", line.account, line.ref, str(line.amount))
            if key in ids:
                repeated.append(line)
                continue
        else:
            if line.balance is not None and (raw, line.balance) in balances:
                repeated.append(line)
                continue
            if line.balance is not None:
                balances[raw, line.balance] = line
            seen[raw] = seen.get(raw, 0) + 1
            key = _hash(raw, str(seen[raw]))
        ids.add(key)
        found.append(line._replace(bank_id=key))
    return found, repeated


def merge(stored: Sequence[BankLine], new: Iterable[BankLine]) -> ImportedLines:
    """Add a file's lines to those stored. The order of files does not matter; overlaps are fine.

    A line with the same fingerprint is known, unless its running balance is another: then it is
    known when the file's other lines explain the difference (the bank corrected one of them),
    another payment when its balance goes on from a line of the book, and else a suspect. So is
    one whose day and amount, or day and text, are known from a line that this file does not have:
    the bank may have changed the text, the format or the amount, a person must say. A booking
    told as a sum and payment by payment is there once.
    """
    lines, repeated = _identify(new)
    stored, lines, known = told_once(stored, lines)
    by_id = {line.bank_id: line for line in stored}
    same = _explained(stored, lines)
    ends = {(line.account, line.balance) for line in stored if line.balance is not None}
    added: list[BankLine] = []
    for one in lines:
        line = one if one.bank_id in same else _by_balance(one, by_id, ends)
        if line.bank_id in by_id:
            known += 1
        else:
            by_id[line.bank_id] = line
            added.append(line)
    suspects = _suspects(stored, lines, [line for line in added if not line.suspect])
    added = [suspects.get(line.bank_id, line) for line in added]
    marked = tuple(line for line in added if line.suspect)
    return ImportedLines((*stored, *added), tuple(added), known, tuple(repeated), marked)


def _by_balance(
    line: BankLine, by_id: dict[str, BankLine], ends: Collection[tuple[str, int]]
) -> BankLine:
    """Return the line, under another id where its balance makes it another payment than the known.

    It is a suspect when the balance does not go on from a line of the book either.
    """
    old = by_id.get(line.bank_id)
    if old is None or not _moved(old, line):
        return line
    other = _next_free(line, by_id)
    goes_on = (line.account, (line.balance or 0) - line.amount) in ends
    if goes_on or other.bank_id in by_id:
        return other
    return other._replace(suspect=old.bank_id)


def is_as_imported(line: BankLine) -> bool:
    """Return True if a line's facts still match the digest in its id."""
    if line.ref and line.bank_id == _hash("ref", line.account, line.ref, str(line.amount)):
        return True
    raw = _raw(line)
    return any(line.bank_id == _hash(raw, str(n)) for n in range(1, _MOST))


def _explained(stored: Sequence[BankLine], file: Sequence[BankLine]) -> set[str]:
    """Return the known lines whose other balance comes of lines that the bank corrected.

    What the file has beyond the book, less what the book has beyond the file, up to a line, is
    what its balance moved by.
    """
    known = {line.bank_id: line for line in stored}
    both = [(known[line.bank_id], line) for line in file if line.bank_id in known]
    moved = [(old, line) for old, line in both if _moved(old, line)]
    if not moved:
        return set()
    beyond = _beyond(stored, file)
    return {
        line.bank_id
        for old, line in moved
        if (line.balance or 0) - (old.balance or 0) == beyond(line.booked)
    }


def _beyond(stored: Sequence[BankLine], file: Sequence[BankLine]) -> Callable[[dt.date], int]:
    """Return what tells how much more money a file moves than the book, up to a day."""
    ids, known = {line.bank_id for line in file}, {line.bank_id for line in stored}
    first = min((line.booked for line in file), default=dt.date.max)
    mine = {line.account for line in file}
    gone = [x for x in stored if x.account in mine and x.bank_id not in ids and x.booked >= first]
    came = [line for line in file if line.bank_id not in known]

    def beyond(day: dt.date) -> int:
        more = sum(line.amount for line in came if line.booked <= day)
        return more - sum(line.amount for line in gone if line.booked <= day)

    return beyond


def _moved(old: BankLine, line: BankLine) -> bool:
    """Whether the running balances of two lines with one fingerprint differ."""
    if old.ref and old.ref == line.ref:
        return False
    known = old.balance is not None and line.balance is not None
    return known and old.balance != line.balance


def _next_free(line: BankLine, by_id: dict[str, BankLine]) -> BankLine:
    """Return the line under the first occurrence number that is free or is this very payment."""
    raw = _raw(line)
    for n in range(1, _MOST):
        key = _hash(raw, str(n))
        if key not in by_id or not _moved(by_id[key], line):
            return line._replace(bank_id=key)
    return line


def _suspects(
    stored: Sequence[BankLine], file: Sequence[BankLine], added: Sequence[BankLine]
) -> dict[str, BankLine]:
    """Return added lines that pair with a stored line of the same day and amount now missing.

    Only where the file covers a day that was imported before: there, a stored line that the file
    does not repeat and a new line of the same amount are probably one payment.
    """
    present = {line.bank_id for line in file}
    missing: dict[tuple[str, str, int], list[BankLine]] = {}
    covered = {(line.account, line.booked) for line in stored}
    for line in stored:
        if line.bank_id not in present and not line.ref:
            key = (line.account, line.booked.isoformat(), line.amount)
            missing.setdefault(key, []).append(line)
    found: dict[str, BankLine] = {}
    for line in added:
        key = (line.account, line.booked.isoformat(), line.amount)
        if (line.account, line.booked) not in covered or not missing.get(key):
            continue
        old = missing[key][0]
        same = old.balance is not None and old.balance == line.balance
        if not same and not _alike(old, line):
            continue
        missing[key].pop(0)
        found[line.bank_id] = line._replace(suspect=old.bank_id)
    return found | _corrected(missing, [line for line in added if line.bank_id not in found])


def _corrected(
    missing: dict[tuple[str, str, int], list[BankLine]], added: Sequence[BankLine]
) -> dict[str, BankLine]:
    """Return added lines that a missing one of that day and text became, with another amount."""
    by_text: dict[tuple[str, ...], list[BankLine]] = {}
    for olds in missing.values():
        for old in olds:
            by_text.setdefault(_said(old), []).append(old)
    found = {}
    for line in added:
        olds = by_text.get(_said(line), [])
        if olds and any(_said(line)[2:]):
            found[line.bank_id] = line._replace(suspect=olds.pop(0).bank_id)
    return found


def _said(line: BankLine) -> tuple[str, ...]:
    return (line.account, line.booked.isoformat(), line.payer, line.text)


def _alike(a: BankLine, b: BankLine) -> bool:
    """Whether two texts share half of their words: then one may be the other, printed anew."""
    left = set(f"{a.payer} {a.text}".upper().split())
    right = set(f"{b.payer} {b.text}".upper().split())
    return len(left & right) >= _SOME * min(len(left), len(right))


def _trusted_refs(lines: Sequence[BankLine]) -> set[tuple[str, str]]:
    """Return the bank ids that identify a line: those used for different lines do not."""
    uses: dict[tuple[str, str], set[str]] = {}
    for line in lines:
        if line.ref:
            uses.setdefault((line.account, line.ref), set()).add(_raw(line))
    return {key for key, raws in uses.items() if len(raws) == 1}


def _raw(line: BankLine) -> str:
    money = (str(line.amount), line.currency)
    fields = (line.account, line.booked.isoformat(), *money, line.payer, line.text)
    return "\x1f".join(fields)


def _hash(*parts: str) -> str:
    text = "\x1e".join((VERSION, *parts))
    return "B-" + hashlib.sha256(text.encode()).hexdigest()[:20]
