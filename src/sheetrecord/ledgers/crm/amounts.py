"""Amounts of an export: what a column proves of its decimal mark, and the currency of a cell."""

import re
from collections.abc import Iterable
from decimal import Decimal
from typing import Final

from sheetrecord.ledgers.amounts import bare, parse
from sheetrecord.ledgers.crm.vocabulary import folded
from sheetrecord.model.money import EXPONENTS, to_major

_ALPHA: Final = re.compile(r"(?<![A-Za-z])[A-Z]{3}(?![A-Za-z])")
_DOLLARS: Final = {
    "US$": "USD", "U$": "USD", "CA$": "CAD", "C$": "CAD", "A$": "AUD", "AU$": "AUD", "NZ$": "NZD",
    "HK$": "HKD", "S$": "SGD", "MX$": "MXN", "R$": "BRL",
}  # fmt: skip
_DOLLAR: Final = re.compile(r"(?<![A-Za-z])(?:US|CA|AU|NZ|HK|MX|[UCASR])\$")
_SIGNS: Final = {
    "€": "EUR",
    "£": "GBP",
    "₹": "INR",
    "₽": "RUB",
    "₺": "TRY",
    "zł": "PLN",
    "Kč": "CZK",
}
_UNSURE: Final = re.compile(r"[$¥]|\bkr\b", re.IGNORECASE)
_NAMES: Final = {
    "euro": "EUR", "euros": "EUR", "us dollar": "USD", "u s dollar": "USD", "us dollars": "USD",
    "united states dollar": "USD", "us dollar usd": "USD", "pound sterling": "GBP",
    "british pound": "GBP", "british pound sterling": "GBP", "uk pound": "GBP",
    "swiss franc": "CHF", "schweizer franken": "CHF", "franken": "CHF", "franc suisse": "CHF",
    "franco suizo": "CHF", "canadian dollar": "CAD", "australian dollar": "AUD",
    "mexican peso": "MXN", "peso mexicano": "MXN", "japanese yen": "JPY",
    "dolar estadounidense": "USD", "dollar americain": "USD", "dollar us": "USD",
    "us dollar s": "USD", "libra esterlina": "GBP", "livre sterling": "GBP",
}  # fmt: skip


def currency_of(cell: str) -> str | None:
    """Return the currency that a cell names for certain, "" for none, None for an unsure sign.

    >>> currency_of("14 000,00 €"), currency_of("CA$5"), currency_of("USD 5"), currency_of("5")
    ('EUR', 'CAD', 'USD', '')
    >>> currency_of("$5") is None
    True
    """
    codes = {str(code) for code in _ALPHA.findall(cell) if code in EXPONENTS}
    if len(codes) == 1:
        return codes.pop()
    if dollar := _DOLLAR.search(cell):
        return _DOLLARS[str(dollar[0])]
    signs = {code for sign, code in _SIGNS.items() if sign in cell}
    if len(signs) == 1:
        return signs.pop()
    return None if codes or signs or _UNSURE.search(cell) else ""


def named_currency(cell: str) -> str | None:
    """Return the currency of a cell of a currency column, None when it names none.

    >>> named_currency("Euro (EUR)"), named_currency("US Dollar"), named_currency("gold") is None
    ('EUR', 'USD', True)
    """
    if cell.strip().upper() in EXPONENTS:
        return cell.strip().upper()
    return currency_of(cell) or _NAMES.get(folded(cell))


def own_mark(cell: str) -> str | None:
    """Return the decimal mark that a cell proves alone, "" where it needs none, None for unsure.

    One mark before three digits may be either: ``1.234`` proves nothing.

    >>> own_mark("1.234,50"), own_mark("1234,5"), own_mark("14 000"), own_mark("1.234") is None
    (',', ',', '', True)
    >>> own_mark("1,234,567")
    '.'
    """
    found = bare(_undressed(cell))
    if found is None or not {*found.digits} & {".", ","}:
        return ""
    digits = found.digits
    marks = [char for char in digits if char in ".,"]
    last, other = marks[-1], "," if marks[-1] == "." else "."
    if len(set(marks)) == 2:
        return last
    if len(marks) > 1:
        return other
    return None if len(digits) - digits.index(last) - 1 == 3 else last


def column_mark(cells: Iterable[str]) -> str:
    """Return the decimal mark that a column proves, "" when it proves none, or two."""
    votes = {mark for cell in cells if (mark := own_mark(cell))}
    return votes.pop() if len(votes) == 1 else ""


def value_of(cell: str, mark: str, currency: str) -> Decimal | None:
    """Return the amount of a cell, None for what is none or cannot be told."""
    mark = own_mark(cell) or mark
    if own_mark(cell) is None and not mark:
        return None
    minor = parse(_undressed(cell), mark or ".", currency or "EUR")
    return None if minor is None else to_major(minor, currency or "EUR")


def _undressed(cell: str) -> str:
    """Return an amount without the letters before a dollar sign, which are no currency's code."""
    return _DOLLAR.sub("", cell)
