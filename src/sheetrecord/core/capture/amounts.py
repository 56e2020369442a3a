"""Amounts of money that a sentence names: figures, thousands, words; never a number alone."""

import re
from decimal import Decimal
from functools import cache
from typing import Final, NamedTuple

from sheetrecord.core.capture.folding import folded


class AmountFound(NamedTuple):
    """An amount and where it stands; ``currency`` is "" when only the deal tells it."""

    start: int
    end: int
    amount: Decimal
    currency: str


_SIGNS: Final = {
    "€": "EUR", "eur": "EUR", "euro": "EUR", "euros": "EUR", "£": "GBP", "gbp": "GBP", "pound": "GBP",
    "pounds": "GBP", "quid": "GBP", "libras": "GBP", "pfund": "GBP", "chf": "CHF", "franken": "CHF",
    "sfr": "CHF", "francs suisses": "CHF", "usd": "USD", "us$": "USD", "$": "$", "dollar": "$",
    "dollars": "$", "dolares": "$", "bucks": "$", "mxn": "MXN", "pesos": "MXN", "ars": "ARS",
    "cad": "CAD", "ca$": "CAD", "c$": "CAD", "aud": "AUD", "a$": "AUD", "nzd": "NZD", "sek": "SEK",
    "nok": "NOK", "dkk": "DKK", "pln": "PLN", "zl": "PLN", "czk": "CZK", "jpy": "JPY", "¥": "JPY",
}  # fmt: skip
_THOUSANDS: Final = {
    **dict.fromkeys(("k", "thousand", "grand", "mil", "tsd", "tsd.", "tausend", "mille", "t", "m."), 1000),
    **dict.fromkeys(("million", "millions", "mio", "mio.", "millionen", "millon", "millones", "m"), 10**6),
}  # fmt: skip
_SIGN: Final = "|".join(sorted(map(re.escape, _SIGNS), key=len, reverse=True))
_NUMBER: Final = r"\d{1,3}(?:[ .,'\u2019]\d{3})+(?:[.,]\d{1,2})?|\d+(?:[.,]\d{1,2})?"
_SCALE: Final = (
    r"k|thousand|grand|mil|tsd\.?|tausend|mille|millions?|mio\.?|millionen|millon(?:es)?"
)
_FIGURE: Final = (
    rf"(?:(?<![\w])(?P<before>{_SIGN})\s?)?(?<![\w.,])(?P<number>{_NUMBER})(?:\s?(?P<scale>{_SCALE}|t|m)(?![\w]))?"
    rf"(?:\s?(?:de )?(?P<after>{_SIGN})(?![\w]))?(?!\w|[.,]\d)"
)
_BUDGETED: Final = re.compile(
    r"budget|presupuesto|spend|kosten|cost|gastar|depens|coute|price|preis|precio|prix|ausgeben"
)

_UNITS: Final = {
    "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8, "nine": 9,
    "ten": 10, "eleven": 11, "twelve": 12, "thirteen": 13, "fourteen": 14, "fifteen": 15, "sixteen": 16,
    "seventeen": 17, "eighteen": 18, "nineteen": 19, "twenty": 20, "thirty": 30, "forty": 40, "fifty": 50,
    "sixty": 60, "seventy": 70, "eighty": 80, "ninety": 90,
    "ein": 1, "eins": 1, "zwei": 2, "drei": 3, "vier": 4, "funf": 5, "sechs": 6, "sieben": 7, "acht": 8,
    "neun": 9, "zehn": 10, "elf": 11, "zwolf": 12, "dreizehn": 13, "vierzehn": 14, "funfzehn": 15,
    "sechzehn": 16, "siebzehn": 17, "achtzehn": 18, "neunzehn": 19, "zwanzig": 20, "dreißig": 30,
    "vierzig": 40, "funfzig": 50, "sechzig": 60, "siebzig": 70, "achtzig": 80, "neunzig": 90,
    "uno": 1, "un": 1, "dos": 2, "tres": 3, "cuatro": 4, "cinco": 5, "seis": 6, "siete": 7, "ocho": 8,
    "nueve": 9, "diez": 10, "once": 11, "doce": 12, "trece": 13, "catorce": 14, "quince": 15,
    "dieciseis": 16, "diecisiete": 17, "dieciocho": 18, "diecinueve": 19, "veinte": 20, "veinticinco": 25,
    "treinta": 30, "cuarenta": 40, "cincuenta": 50, "sesenta": 60, "setenta": 70, "ochenta": 80,
    "noventa": 90, "deux": 2, "trois": 3, "quatre": 4, "cinq": 5, "sept": 7, "huit": 8, "neuf": 9,
    "dix": 10, "onze": 11, "douze": 12, "treize": 13, "quatorze": 14, "quinze": 15, "seize": 16,
    "dix-sept": 17, "dix-huit": 18, "dix-neuf": 19, "vingt": 20, "trente": 30, "quarante": 40,
    "cinquante": 50, "soixante": 60, "soixante-dix": 70, "quatre-vingts": 80, "quatre-vingt-dix": 90,
}  # fmt: skip
_WORD: Final = "|".join(sorted(_UNITS, key=len, reverse=True))
_SPOKEN: Final = (
    rf"\b(?:(?P<tens>{_WORD})(?:[ -](?:y |et )?(?P<ones>{_WORD}))?|(?P<first>{_WORD})und(?P<then>{_WORD}))"
    rf"[ -]?(?P<scale>thousand|grand|mil|mille|tausend)\b(?:\s?(?P<after>{_SIGN})(?![\w]))?"
)
_COUNTED: Final = re.compile(
    r"\s?(?:de |d')?(?:\w+ )?(?:people|persons?|users?|visitors?|guests|passengers|members|copies|visits|miles|items|pieces|words|units|seats"
    r"|leute|personen|besucher\w*|gaste|nutzer\w*|mitglieder|stuck|worter|kilo\w*|meter\w*|kg\b|quadratmeter|exemplare"
    r"|personas|visitantes|usuarios|invitados|pasajeros|socios|ejemplares|kilos|metros|palabras|unidades"
    r"|personnes|visiteurs|utilisateurs|invites|passagers|membres|exemplaires|metres|mots|unites|square)\b"
)
"""What is counted where a number names no money."""


@cache
def _compiled(pattern: str) -> "re.Pattern[str]":
    """Return a pattern, made when a text first needs it."""
    return re.compile(pattern)


def find_amounts(text: str, currency: str = "") -> list[AmountFound]:
    """Return the amounts that a text names; ``currency`` is the deal's, for a bare sign.

    >>> [(str(a.amount), a.currency) for a in find_amounts("€1.234,50 or 25 grand, 3k, 12 people")]
    [('1234.50', 'EUR'), ('25000', ''), ('3000', '')]
    """
    plain = folded(text)
    figures = _compiled(_FIGURE).finditer(plain)
    found = [one for match in figures if (one := _figure(match, plain, currency))]
    for match in _compiled(_SPOKEN).finditer(plain):
        if not match["after"] and _COUNTED.match(plain, match.end()):
            continue
        value = sum(
            _UNITS[match[part]] for part in ("tens", "ones", "first", "then") if match[part]
        )
        sign = _currency(match["after"], currency)
        found.append(AmountFound(match.start(), match.end(), Decimal(value * 1000), sign))
    return sorted(found)


def _figure(match: "re.Match[str]", plain: str, currency: str) -> AmountFound | None:
    sign = match["before"] or match["after"]
    scale = match["scale"]
    if scale in {"t", "m"} and not sign:
        return None
    if not sign and not _is_money(match, plain):
        return None
    amount = _value(match["number"]) * _THOUSANDS.get(scale or "", 1)
    return AmountFound(match.start(), match.end(), amount, _currency(sign, currency))


def _is_money(match: "re.Match[str]", plain: str) -> bool:
    """Return True if a number without a currency is an amount: thousands where money is spoken of."""
    if _COUNTED.match(plain, match.end()):
        return False
    if match["scale"]:
        following = plain[match.end() : match.end() + 2].lstrip()
        return match["scale"] in {"k", "grand"} or not following[:1].isalpha()
    return (
        len(match["number"]) > 3 and bool(_BUDGETED.search(plain)) and not _is_year(match["number"])
    )


def _is_year(number: str) -> bool:
    return number.isdecimal() and 1900 <= int(number) <= 2100


def _currency(sign: str | None, usual: str) -> str:
    code = _SIGNS.get(sign or "", "")
    return usual if code in {"$", ""} else code


def _value(number: str) -> Decimal:
    """Return a number as written in any of the four languages: the last mark counts.

    >>> [str(_value(n)) for n in ("1.234,50", "1,234.50", "12 000", "8.400", "12,5", "8,400")]
    ['1234.50', '1234.50', '12000', '8400', '12.5', '8400']
    """
    plain = number.replace(" ", "").replace("'", "").replace("\u2019", "")
    marks = [c for c in plain if c in ".,"]
    if not marks:
        return Decimal(plain)
    head, _, tail = plain.rpartition(marks[-1])
    bare = head.replace(".", "").replace(",", "")
    if len(tail) == 3 and (len(set(marks)) == 1):
        return Decimal(bare + tail)
    return Decimal(f"{bare}.{tail}")
