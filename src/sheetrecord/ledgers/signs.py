"""Which way money goes: debit/credit flags, and a sign or totals proven by the running balance."""

from collections.abc import Sequence
from itertools import pairwise
from typing import Final

from sheetrecord.ledgers.roles import plain

_IN: Final = frozenset(
    [
        "c",
        "cr",
        "credit",
        "h",
        "haben",
        "k",
        "kredit",
        "bij",
        "cd",
        "in",
        "income",
        "received",
        "prichod",
        "uznanie",
        "avoir",
        "crdt",
        "gutschrift",
        "abono",
        "habet",
        "wplata",
        "deposit",
        "money in",
        "incoming",
        "inkomend",
        "eingang",
        "entrada",
        "payment received",
    ]
)
_OUT: Final = frozenset(
    [
        "d",
        "dr",
        "debit",
        "debet",
        "s",
        "soll",
        "af",
        "out",
        "expense",
        "sent",
        "paid",
        "vydaj",
        "dbit",
        "lastschrift",
        "cargo",
        "belastung",
        "wyplata",
        "withdrawal",
        "money out",
        "outgoing",
        "uitgaand",
        "ausgang",
        "salida",
        "payment sent",
    ]
)


def flag_sign(flag: str) -> int:
    """Return 1 for money in, -1 for money out, 0 for a word we do not know.

    ``D``/``C`` (English), ``S``/``H`` (German), ``D``/``K`` (Polish, Nordic),
    ``Af``/``Bij`` (Dutch).
    """
    word = plain(flag)
    return 1 if word in _IN else -1 if word in _OUT else 0


def proven_sign(moves: Sequence[tuple[int, int]]) -> int:
    """Return -1 when the running balances prove that the bank prints inverted signs, else 1."""
    for turn in (1, -1):
        turned = [(turn * amount, balance) for amount, balance in moves]
        if len(moves) > 1 and (_ascending(turned) or _ascending(turned[::-1])):
            return turn
    return 1


def balances(moves: Sequence[tuple[int, int | None]]) -> tuple[int | None, int | None]:
    """Return opening and closing balance from running balances, oldest or newest line first.

    A gap inside the file leaves the two that the ends prove, so the control total shows it.
    """
    known = [(amount, balance) for amount, balance in moves if balance is not None]
    if not known or len(known) != len(moves):
        return None, None
    ordered = known if _steps(known) >= _steps(known[::-1]) else known[::-1]
    amount, balance = ordered[0]
    return balance - amount, ordered[-1][1]


def steps(moves: Sequence[tuple[int, int]]) -> int:
    """Return how many running balances follow from the line before, oldest or newest first."""
    return max(_steps(moves), _steps(moves[::-1]))


def _steps(moves: Sequence[tuple[int, int]]) -> int:
    return sum(_follows(a, b) for a, b in pairwise(moves))


def _follows(before: tuple[int, int], after: tuple[int, int]) -> bool:
    return before[1] + after[0] == after[1]


def _ascending(moves: Sequence[tuple[int, int]]) -> bool:
    return all(_follows(a, b) for a, b in pairwise(moves))
