"""The direction of amounts: debit and credit flags, and proof by the running balance."""

from collections.abc import Sequence
from itertools import pairwise
from typing import Final

from sheetrecord.ledgers.roles import plain

_IN: Final = """
    c; cr; credit; h; haben; k; kredit; bij; cd; in; income; avoir; crdt; gutschrift; abono; habet;
    wplata; deposit; money in; incoming; inkomend; eingang; entrada; payment received; prichod;
    uznanie; uznani; prijem; inbound; received; credito; credit transfer; ingreso; haber; entrata;
    accredito; avere; kreditni; uznanie; insattning; ind; inn; pano; zugang; einnahme; credits;
    direct credit; recette; encaissement; prichozi; bijschrijving; wplyw; uznania"""
_OUT: Final = """
    d; dr; debit; debet; s; soll; af; out; expense; vydaj; dbit; lastschrift; cargo; belastung;
    wyplata; withdrawal; money out; outgoing; uitgaand; ausgang; salida; payment sent; outbound;
    sent; debito; direct debit; gasto; debe; uscita; addebito; dare; debetni; uttag; ud; ut; otto;
    abgang; ausgabe; debits; depense; decaissement; odchozi; afschrijving; purchase; wyplyw;
    obciazenie; obciazenia; debit transfer; vydej"""


def _words(text: str) -> frozenset[str]:
    return frozenset(" ".join(word.split()) for word in text.split(";"))


_WAYS: Final = dict.fromkeys(_words(_IN), 1) | dict.fromkeys(_words(_OUT), -1)


def flag_sign(flag: str) -> int:
    """Return 1 for money in, -1 for money out, 0 for a word we do not know.

    ``D``/``C`` (English), ``S``/``H`` (German), ``D``/``K`` (Polish, Nordic),
    ``Af``/``Bij`` (Dutch); ``+`` and ``-`` by themselves. How far a payment has come, such as
    *Paid*, is no direction.
    """
    mark = flag.strip()
    if mark in ("+", "-", "\u2212"):
        return 1 if mark == "+" else -1
    return _WAYS.get(plain(flag), 0)


def follows_all(moves: Sequence[tuple[int, int]]) -> bool:
    """Return True if every running balance is the one before plus the line's amount."""
    return len(moves) > 1 and (_ascending(moves) or _ascending(moves[::-1]))


def balances(moves: Sequence[tuple[int, int | None]]) -> tuple[int | None, int | None]:
    """Return opening and closing balance from running balances, oldest or newest line first.

    A gap inside the file leaves the balances of its two ends, so that the control total fails.
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
