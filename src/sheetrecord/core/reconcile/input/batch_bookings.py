"""Detect a booking imported twice: as one sum in a statement and singly in a notification.

Banks print a collective credit as one entry of camt.053 and its payments in camt.054, both under
the bank's reference of the booking (ISO 20022). Counted twice, the money would double.
"""

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from sheetrecord.core.reconcile.facts import BankLine, PaymentPart

_Key = tuple[str, str]
"""Account, and the bank's reference of the whole booking."""


class Deduplicated(NamedTuple):
    """Lines without those that repeat a booking."""

    stored: tuple[BankLine, ...]
    """The lines known before, with what is inside them."""
    new: list[BankLine]
    again: int
    """New lines that were known in the other form: left out."""


def told_once(stored: Sequence[BankLine], new: Sequence[BankLine]) -> Deduplicated:
    """Return the lines without new ones that repeat a known booking, as its sum or its payments.

    The line of the sum gets the payments as its remittance list, unless it has one.
    """
    known, coming = _payments(stored), _payments(new)
    if not known and not coming:
        return Deduplicated(tuple(stored), list(new), 0)
    sums = {_whole(line): line for line in stored if line.ref and not _is_payment(line)}
    inside = {
        sums[key].bank_id: found
        for key, found in coming.items()
        if key in sums and _adds_up(found, sums[key])
    }
    left = [line for found in inside.values() for line in found]
    left += [line for line in new if _adds_up(known.get(_whole(line), []), line)]
    gone = {line.bank_id for line in left}
    full = [
        line._replace(parts=tuple(map(_part, inside[line.bank_id])))
        if line.bank_id in inside and not line.parts
        else line
        for line in stored
    ]
    return Deduplicated(tuple(full), [line for line in new if line.bank_id not in gone], len(gone))


def _payments(lines: Iterable[BankLine]) -> dict[_Key, list[BankLine]]:
    """Return the payments of each collective booking."""
    found: dict[_Key, list[BankLine]] = {}
    for line in lines:
        if line.batch and _is_payment(line):
            key = (line.account, line.ref.removesuffix(f"/{line.batch}"))
            found.setdefault(key, []).append(line)
    return found


def _is_payment(line: BankLine) -> bool:
    return line.batch > 0 and line.ref.endswith(f"/{line.batch}")


def _whole(line: BankLine) -> _Key:
    return line.account, line.ref


def _adds_up(payments: Sequence[BankLine], whole: BankLine) -> bool:
    return bool(payments) and sum(line.amount for line in payments) == whole.amount


def _part(line: BankLine) -> PaymentPart:
    words = (line.payer, line.text, line.structured, line.end_to_end)
    return PaymentPart("", line.amount, 0, " ".join(word for word in words if word))
