"""Parse amounts as banks write them: signs, currency marks, thousands, decimal comma or point."""

import re
from collections.abc import Iterable
from decimal import Decimal
from functools import lru_cache
from typing import Final, NamedTuple

from sheetrecord.model.money import EXPONENTS, exponent, to_minor

_SPACES: Final = re.compile(r"[\s'\u2019]")
_WAY: Final = re.compile(r"\(?(CR|DR)\)?\.?(?![A-Z])", re.IGNORECASE)
_WAY_LAST: Final = re.compile(r"(?<![A-Z])\(?(CR|DR|[CDHS])\)?\.?$", re.IGNORECASE)
_MARKS: Final = re.compile(r"[A-Z]{3}|[$€£¥₹₽₺₩¢]|kr\.?|zł|Kč|Fr\.?", re.IGNORECASE)
_FORMER: Final = frozenset(
    (
        *("ATS", "BEF", "BYR", "CNH", "CYP", "DEM", "EEK", "ESP", "FIM", "FRF", "GRD", "HRK"),
        *("IEP", "ITL", "LTL", "LUF", "LVL", "MRO", "MTL", "NIS", "NLG", "NTD", "PTE", "RMB"),
        *("ROL", "SIT", "SKK", "SLL", "STD", "TRL", "VEB", "VEF", "ZWL"),
    )
)
"""Codes of former currencies, and those that banks write for others."""

_PLAIN: Final = re.compile(r"(-?)([0-9]{1,11})(?:([.,])([0-9]{1,2}))?")
_BODY: Final = re.compile(r"\d[\d.,]*|[.,]\d+")


class Bare(NamedTuple):
    """An amount without decoration: its sign, and the digits with their separators."""

    sign: int
    digits: str


@lru_cache(maxsize=16384)
def bare(cell: str) -> Bare | None:
    """Strip signs, parentheses, spaces and currency marks; None if no amount is left.

    Two signs, such as a minus and DR, could cancel or repeat each other: None.

    >>> bare("(1 234,50 €)"), bare("500-"), bare("£67.40"), bare("11'373.94"), bare("abc")
    (Bare(sign=-1, digits='1234,50'), Bare(sign=-1, digits='500'), \
Bare(sign=1, digits='67.40'), Bare(sign=1, digits='11373.94'), None)
    >>> bare("DR 5"), bare("-5 DR"), bare("INV-1"), bare("49,95 S"), bare("7 H")
    (Bare(sign=-1, digits='5'), None, None, Bare(sign=-1, digits='49,95'), Bare(sign=1, digits='7'))
    """
    plain = _PLAIN.fullmatch(cell)
    if plain:
        return Bare(-1 if plain[1] else 1, cell[plain.end(1) :])
    text = _SPACES.sub("", cell).replace("\u2212", "-").replace("\u2013", "-")
    signs: list[int] = []
    if text.startswith("(") and text.endswith(")"):
        signs, text = [-1], text[1:-1]
    way = _WAY.match(text) or _WAY_LAST.search(text)
    if way:
        signs.append(-1 if way[1].upper() in ("DR", "D", "S") else 1)  # Soll and Haben
        text = text[: way.start()] + text[way.end() :]
    text = _MARKS.sub(_unmarked, text)
    if text.startswith(("-", "+")):
        signs, text = [*signs, -1 if text[0] == "-" else 1], text[1:]
    elif text.endswith(("-", "+")):
        signs, text = [*signs, -1 if text[-1] == "-" else 1], text[:-1]
    if len(signs) > 1 or not _BODY.fullmatch(text):
        return None
    return Bare(signs[0] if signs else 1, text)


_SYMBOLS: Final[dict[str, tuple[str, ...]]] = {
    "€": ("EUR",), "£": ("GBP", "EGP", "GIP", "FKP", "SHP", "SSP", "SDG", "SYP", "LBP"),
    "¥": ("JPY", "CNY"), "₹": ("INR",), "₽": ("RUB",), "₺": ("TRY",), "₩": ("KRW",),
    "zł": ("PLN",), "kč": ("CZK",),
}  # fmt: skip
"""What a currency's mark can mean; $ and kr are of too many."""


_DRESSED: Final = re.compile(r"[^\d.,+\-() ]")


def foreign(cell: str, currency: str) -> str:
    """Return the currency that an amount names if it differs from the account's, else "".

    A mark such as € can exclude the account's currency, but never proves it.

    >>> foreign("USD 5.00", "EUR"), foreign("€5", "GBP"), foreign("5.00 EUR", "EUR")
    ('USD', '€', '')
    """
    if not _DRESSED.search(cell):
        return ""
    for code in re.findall(r"(?<![A-Z])[A-Z]{3}(?![A-Z])", cell):
        if code != currency and code in EXPONENTS:
            return str(code)
    low = cell.lower()
    marks = (mark for mark, codes in _SYMBOLS.items() if mark in low and currency not in codes)
    return next(marks, "")


def _unmarked(found: re.Match[str]) -> str:
    """Return nothing for a currency's mark or code; other letters stay, and are no amount."""
    mark = found.group()
    return mark if len(mark) == 3 and mark.isalpha() and not _is_code(mark.upper()) else ""


def _is_code(code: str) -> bool:
    return code in EXPONENTS or code in _FORMER


def decimal_mark(cells: Iterable[str], currency: str) -> str | None:
    """Return ``.`` or ``,`` when the column proves its decimal mark, else None.

    Proof is a value with both marks (the last is the decimal one), or one mark followed by a number
    of digits other than three. Three digits prove a thousands mark unless the currency itself has
    three decimals. A column without any mark gives ``.``. None when the mark stays open or the
    column contradicts itself.
    """
    votes: set[str] = set()
    unsure = False
    for cell in cells:
        found = bare(cell)
        if not found:
            continue
        digits = found.digits
        if "." in digits and "," in digits:
            votes.add(max(".,", key=digits.rfind))
        elif "." in digits or "," in digits:
            vote = _one_mark(digits, currency)
            unsure = unsure or vote is None
            votes.update({vote} if vote else ())
    if not votes:
        return None if unsure else "."
    return votes.pop() if len(votes) == 1 else None


def _one_mark(digits: str, currency: str) -> str | None:
    mark = "." if "." in digits else ","
    other = "," if mark == "." else "."
    if digits.count(mark) > 1:
        return other
    after = len(digits) - digits.index(mark) - 1
    if after != 3:
        return mark
    return None if exponent(currency) >= 3 else other


@lru_cache(maxsize=16384)
def parse(cell: str, mark: str, currency: str) -> int | None:
    """Return an amount in minor units; None for a cell without a whole number of them.

    >>> parse("1.234,50", ",", "EUR"), parse("1,234.50-", ".", "GBP"), parse("1500", ".", "JPY")
    (123450, -123450, 1500)
    >>> parse("33.333", ".", "EUR") is None
    True
    """
    plain = _PLAIN.fullmatch(cell)
    if plain and plain[3] in (mark, None) and len(plain[4] or "") <= (places := exponent(currency)):
        minor = int(plain[2] + (plain[4] or "").ljust(places, "0"))
        return -minor if plain[1] else minor
    found = bare(cell)
    if not found:
        return None
    thousands = "," if mark == "." else "."
    whole, _, part = found.digits.partition(mark)
    if mark in part or thousands in part or not _grouped(whole, thousands):
        return None
    try:
        minor, exact = to_minor(
            Decimal(f"{whole.replace(thousands, '') or '0'}.{part or '0'}"), currency
        )
    except ValueError:
        return None
    return found.sign * minor if exact else None


def _grouped(whole: str, thousands: str) -> bool:
    """Thousands marks stand before three digits (the Indian style has groups of two)."""
    groups = whole.split(thousands)
    if len(groups) == 1:
        return True
    middle = all(len(group) in (2, 3) for group in groups[1:-1])
    return len(groups[-1]) == 3 and middle and 1 <= len(groups[0]) <= 3
