"""Attach the payments listed in a processor's payout file to the bank line of the payout."""

import datetime as dt
from collections.abc import Iterable, Sequence
from typing import Final, NamedTuple

from sheetrecord.core.reconcile.facts import Allocation, BankLine, PaymentPart

_DAYS: Final = 7


class Payout(NamedTuple):
    """A card processor's transfer: Σ (gross - fee) of its parts is ``net``, in minor units."""

    payout_id: str
    processor: str
    on: dt.date | None
    net: int
    currency: str
    parts: tuple[PaymentPart, ...]
    file: str = ""


def explode(lines: Sequence[BankLine], payouts: Sequence[Payout]) -> list[BankLine]:
    """Return the lines with each payout's parts attached to its bank line.

    A payout attached already is skipped: the same file again changes nothing. Any other belongs to
    the line that quotes its id; else to the only line of the processor with that amount within a
    week. With two such lines the nearer day decides, if no other payout has that amount; else none
    is changed.
    """
    result = list(lines)
    free = {i for i, line in enumerate(lines) if not line.parts}
    done = [line for line in lines if line.parts]
    for payout in sorted(payouts, key=lambda p: (p.on or dt.date.min, p.payout_id)):
        if any(line.parts == payout.parts and _fits(line, payout) for line in done):
            continue
        fits = [i for i in sorted(free) if _fits(result[i], payout)]
        twins = sum(p.net == payout.net and _near(p.on, payout.on) for p in payouts)
        at = _best(result, fits, payout, twins)
        if at is not None:
            result[at] = result[at]._replace(parts=payout.parts)
            free.discard(at)
    return result


def _best(lines: Sequence[BankLine], fits: list[int], payout: Payout, twins: int) -> int | None:
    """Return the line of those it fits that a payout belongs to, if that is certain.

    ``twins`` is how many payouts, itself among them, have its amount within a week.
    """
    named = [i for i in fits if payout.payout_id.upper() in _text(lines[i])]
    best = named or fits
    if len(best) > 1 and twins == 1:
        return min(best, key=lambda i: (_distance(lines[i].booked, payout.on), i))
    return best[0] if best and (len(best) == 1 or twins == len(best)) else None


def unpacked(
    lines: Sequence[BankLine], rows: Iterable[Allocation], payouts: Sequence[Payout]
) -> list[BankLine]:
    """Return the lines with payouts attached to those that have no allocation or category yet."""
    if not payouts:
        return list(lines)
    used = {row.bank_id for row in rows}
    free = [x for x in lines if not x.category and (x.parts or x.bank_id not in used)]
    found = {line.bank_id: line for line in explode(free, payouts)}
    return [found.get(line.bank_id, line) for line in lines]


def homeless(lines: Sequence[BankLine], payouts: Sequence[Payout]) -> list[Payout]:
    """Return the payouts without a bank line: the bank's file is still to come."""
    inside = [line for line in lines if line.parts]
    return [p for p in payouts if not any(x.parts == p.parts and x.amount == p.net for x in inside)]


def _text(line: BankLine) -> str:
    return f"{line.payer} {line.text} {line.end_to_end} {line.structured}".upper()


def _fits(line: BankLine, payout: Payout) -> bool:
    same = line.amount == payout.net and line.currency == payout.currency
    return same and payout.processor in _text(line) and _near(line.booked, payout.on)


def _near(a: dt.date | None, b: dt.date | None) -> bool:
    return a is None or b is None or abs((a - b).days) <= _DAYS


def _distance(a: dt.date, b: dt.date | None) -> int:
    return abs((a - b).days) if b else 0
