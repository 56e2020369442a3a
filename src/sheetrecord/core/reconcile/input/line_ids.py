"""Give bank lines a stable id, and add a new file's lines to those known without doubling any.

Fingerprint version 1: SHA-256 of account, day, amount, currency, raw payer, raw text, and the
n-th occurrence among equals of that account and day. Only raw fields count: nothing derived, so
an id survives every later change of ours. The bank's own id wins where it gives one.
"""

import hashlib
from collections.abc import Iterable, Sequence
from typing import Final, NamedTuple

from sheetrecord.core.reconcile.facts import BankLine
from sheetrecord.core.reconcile.input.batch_bookings import told_once

VERSION: Final = "1"
_SOME: Final = 0.5


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

    A line with the same fingerprint but another running balance is another payment. A line whose
    day and amount are known without bank id, under a text that this file does not have, is added
    as a suspect: the bank may have changed the text or the format, a person must say. A booking
    told as a sum and payment by payment is there once.
    """
    lines, repeated = _identify(new)
    stored, lines, known = told_once(stored, lines)
    by_id = {line.bank_id: line for line in stored}
    added: list[BankLine] = []
    for line in lines:
        old = by_id.get(line.bank_id)
        if old is not None and _moved(old, line):
            line = _next_free(line, by_id)  # noqa: PLW2901 -- the same line under its own id
            old = by_id.get(line.bank_id)
        if old is not None:
            known += 1
            continue
        by_id[line.bank_id] = line
        added.append(line)
    suspects = _suspects(stored, lines, added)
    added = [suspects.get(line.bank_id, line) for line in added]
    return ImportedLines(
        (*stored, *added), tuple(added), known, tuple(repeated), tuple(suspects.values())
    )


def _moved(old: BankLine, line: BankLine) -> bool:
    """Whether running balances prove that two equal rows are two payments."""
    if old.ref and old.ref == line.ref:
        return False
    known = old.balance is not None and line.balance is not None
    return known and old.balance != line.balance


def _next_free(line: BankLine, by_id: dict[str, BankLine]) -> BankLine:
    """Return the line under the first occurrence number that is free or is this very payment."""
    raw = _raw(line)
    for n in range(1, 1000):
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
        both = old.balance is not None and line.balance is not None
        if both and old.balance != line.balance:
            continue
        if not both and not _alike(old, line):
            continue
        missing[key].pop(0)
        found[line.bank_id] = line._replace(suspect=old.bank_id)
    return found


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
