"""Amounts as banks write them: a table of cells, and faults of which each must change it."""

from collections.abc import Sequence
from types import ModuleType

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mutants import Mutant, mutated, survives
from sheetrecord.ledgers import amounts

PARSED: Sequence[tuple[str, str, str, int | None]] = [
    # plain
    ("0", ".", "EUR", 0),
    ("7", ".", "EUR", 700),
    ("1234.5", ".", "EUR", 123450),
    ("1234.56", ".", "EUR", 123456),
    ("1234,56", ",", "EUR", 123456),
    ("-1234.56", ".", "EUR", -123456),
    ("+1234.56", ".", "EUR", 123456),
    ("0.05", ".", "EUR", 5),
    (".50", ".", "EUR", 50),
    ("5.", ".", "EUR", 500),
    ("12345678901.23", ".", "EUR", 1234567890123),
    ("123456789012.34", ".", "EUR", 12345678901234),
    # the sign behind, in brackets, as a word, and two of them
    ("500-", ".", "EUR", -50000),
    ("500+", ".", "EUR", 50000),
    ("12,50-", ",", "EUR", -1250),
    ("(500)", ".", "EUR", -50000),
    ("(1,234.50)", ".", "EUR", -123450),
    ("(-5)", ".", "EUR", None),
    ("(5-)", ".", "EUR", None),
    ("(5", ".", "EUR", None),
    ("5)", ".", "EUR", None),
    ("(50", ".", "EUR", None),
    ("\u22125", ".", "EUR", -500),
    ("\u20135", ".", "EUR", -500),
    ("5\u2212", ".", "EUR", -500),
    ("- 5", ".", "EUR", -500),
    ("--5", ".", "EUR", None),
    ("5 DR", ".", "EUR", -500),
    ("5DR", ".", "EUR", -500),
    ("5 dr", ".", "EUR", -500),
    ("5 CR", ".", "EUR", 500),
    ("-5 DR", ".", "EUR", None),
    ("-5 CR", ".", "EUR", None),
    ("(5) DR", ".", "EUR", None),
    ("5 D", ".", "EUR", -500),
    ("5 C", ".", "EUR", 500),
    ("5 S", ".", "EUR", -500),
    ("5 H", ".", "EUR", 500),
    ("-5 S", ".", "EUR", None),
    ("5 EURS", ".", "EUR", None),
    ("5 cr", ".", "EUR", 500),
    ("CR 5", ".", "EUR", 500),
    ("DR 5 EUR", ".", "EUR", -500),
    ("1,250.00(CR)", ".", "INR", 125000),
    ("49.95 (Dr.)", ".", "INR", None),
    ("49.95(DR)", ".", "INR", -4995),
    ("49.95 Dr.", ".", "INR", -4995),
    ("CRC 5", ".", "CRC", 500),
    ("5 USD", ".", "USD", 500),
    ("DR 5", ".", "EUR", -500),
    # thousands
    ("1,234.50", ".", "EUR", 123450),
    ("1.234,50", ",", "EUR", 123450),
    ("1.234.567,89", ",", "EUR", 123456789),
    ("1 234,50", ",", "EUR", 123450),
    ("1\u00a0234,50", ",", "EUR", 123450),
    ("1\u202f234,50", ",", "EUR", 123450),
    ("1\u2009234,50", ",", "EUR", 123450),
    ("11'373.94", ".", "CHF", 1137394),
    ("11\u2019373.94", ".", "CHF", 1137394),
    ("12,34,567.00", ".", "INR", 123456700),
    ("1,234", ".", "EUR", 123400),
    ("1,23", ".", "EUR", None),
    ("1,2345", ".", "EUR", None),
    ("1234,567", ".", "EUR", None),
    ("1,2,345", ".", "EUR", None),
    (",123", ".", "EUR", None),
    ("1.234.50", ".", "EUR", None),
    ("1,234.5,0", ".", "EUR", None),
    ("1.5,0", ",", "EUR", None),
    # currencies and their marks
    ("£67.40", ".", "GBP", 6740),
    ("67.40 EUR", ".", "EUR", 6740),
    ("EUR 67.40", ".", "EUR", 6740),
    ("-€5", ".", "EUR", -500),
    ("€-5", ".", "EUR", -500),
    ("5,00 zł", ",", "PLN", 500),
    ("5,00 Kč", ",", "CZK", 500),
    ("5,00 kr.", ",", "SEK", 500),
    ("Fr. 5.00", ".", "CHF", 500),
    ("$1,000", ".", "USD", 100000),
    ("1500", ".", "JPY", 1500),
    ("1,500", ".", "JPY", 1500),
    ("1.5", ".", "JPY", None),
    ("1.234", ".", "KWD", 1234),
    ("1.2345", ".", "CLF", 12345),
    # no whole minor units, and no amounts
    ("33.333", ".", "EUR", None),
    ("0.005", ".", "EUR", None),
    ("0.015", ".", "EUR", None),
    ("1.999", ".", "EUR", None),
    ("1.230", ".", "EUR", 123),
    ("", ".", "EUR", None),
    ("-", ".", "EUR", None),
    ("abc", ".", "EUR", None),
    ("5 apples", ".", "EUR", None),
    ("INV-1", ".", "EUR", None),
    ("RE 2026", ".", "EUR", None),
    ("5 HRK", ".", "HRK", 500),
    ("5 eur", ".", "EUR", 500),
    ("9999999999999999", ".", "EUR", None),
    ("\u0661\u0662", ".", "EUR", 1200),
]
"""A cell, the column's decimal mark, the currency, and the minor units it holds."""

MARKS: Sequence[tuple[list[str], str, str | None]] = [
    ([], "EUR", "."),
    (["12", "7"], "EUR", "."),
    (["1,5"], "EUR", ","),
    (["1,2345"], "EUR", ","),
    (["1.2345"], "EUR", "."),
    (["1.5"], "EUR", "."),
    (["1,50", "x"], "EUR", ","),
    (["1,234.50"], "EUR", "."),
    (["1.234,50"], "EUR", ","),
    (["1,234"], "EUR", "."),
    (["1.234"], "EUR", ","),
    (["1,234,567"], "EUR", "."),
    (["1.234.567"], "EUR", ","),
    (["1,234"], "KWD", None),
    (["1.234"], "CLF", None),
    (["1,234", "1,5"], "KWD", ","),
    (["1,234", "7"], "KWD", None),
    (["1,5", "1.5"], "EUR", None),
    (["1.234,50", "1,234.50"], "EUR", None),
    (["1,234", "1,50"], "EUR", None),
    (["(1,5)", "€2"], "EUR", ","),
]
"""A column's cells, the currency, and the decimal mark that they prove."""


def wrong(module: ModuleType) -> list[object]:
    """Return the examples that a module reads otherwise."""
    found: list[object] = [
        (cell, mark, currency)
        for cell, mark, currency, minor in PARSED
        if module.parse(cell, mark, currency) != minor
    ]
    found += [c for c, currency, mark in MARKS if module.decimal_mark(c, currency) != mark]
    return found


def test_amounts_are_read_as_the_table_says() -> None:
    assert wrong(amounts) == []


MUTANTS: dict[str, Mutant] = {
    "a plain minus is lost": ("return -minor if plain[1] else minor", "return minor"),
    "a plain sign turned": ("return -minor if plain[1] else minor", "return -minor"),
    "cents of one digit": ('.ljust(places, "0")', '.rjust(places, "0")'),
    "a mark that is not the column's": ("in (mark, None)", 'in (mark, None, ",")'),
    "more decimals than the currency has": (
        'len(plain[4] or "") <= (places := exponent(currency))',
        'len(plain[4] or "") <= 2 + 0 * (places := exponent(currency))',
    ),
    "brackets are no sign": ("signs, text = [-1], text[1:-1]", "signs, text = [1], text[1:-1]"),
    "brackets count for nothing": ("signs, text = [-1], text[1:-1]", "text = text[1:-1]"),
    "one bracket is enough": (
        'text.startswith("(") and text.endswith(")")',
        'text.startswith("(") or text.endswith(")")',
    ),
    "a minus behind is a plus": (
        '[*signs, -1 if text[-1] == "-" else 1]', "[*signs, 1]",
    ),
    "a plus behind is a minus": (
        '[*signs, -1 if text[-1] == "-" else 1]', "[*signs, -1]",
    ),
    "a minus before is a plus": (
        '[*signs, -1 if text[0] == "-" else 1]', "[*signs, 1]",
    ),
    "a plus before is a minus": (
        '[*signs, -1 if text[0] == "-" else 1]', "[*signs, -1]",
    ),
    "the minus of a marked amount": (
        '[*signs, -1 if text[0] == "-" else 1]', '[-1 if text[0] == "-" else 1]',
    ),
    "two signs are one": ("if len(signs) > 1 or not", "if not"),
    "no sign is a minus": ("signs[0] if signs else 1", "signs[0] if signs else -1"),
    "four decimals are thousands": ("if after != 3:", "if after < 3:"),
    "the sign is lost": ("signs[0] if signs else 1", "1"),
    "DR is money in": ('in ("DR", "D", "S") else 1', "in () else 1"),
    "D is money in": ('in ("DR", "D", "S") else 1', 'in ("DR", "S") else 1'),
    "S is money in": ('in ("DR", "D", "S") else 1', 'in ("DR", "D") else 1'),
    "H is money out": ('in ("DR", "D", "S") else 1', 'in ("DR", "D", "S", "H") else 1'),
    "CR is money out": ('in ("DR", "D", "S") else 1', 'in ("DR", "D", "S", "CR") else 1'),
    "DR in capitals only": ("way[1].upper() in", "way[1] in"),
    "DR before is no sign": ("_WAY.match(text) or ", ""),
    "a code that begins with CR": (r"\.?(?![A-Z])", r"\.?"),
    "a code that ends with D": (r"(?<![A-Z])\(?(CR|DR|[CDHS])", r"\(?(CR|DR|[CDHS])"),
    "the typographic minus": ('.replace("\\u2212", "-")', ""),
    "the dash for a minus": ('.replace("\\u2013", "-")', ""),
    "the blanks that do not break": ("[\\s'", "[ '"),
    "the apostrophe": ("[\\s'", "[\\s"),
    "the typographic apostrophe": ("'\\u2019]", "']"),
    "marks in capitals only": ('|Fr\\.?", re.IGNORECASE)', '|Fr\\.?")'),
    "the euro sign": ("[$€£¥₹₽₺₩¢]", "[$£¥₹₽₺₩¢]"),
    "groups are not looked at": ("return len(groups[-1]) == 3 and", "return"),
    "the first group may be long": ("1 <= len(groups[0]) <= 3", "1 <= len(groups[0])"),
    "the first group may be empty": ("1 <= len(groups[0]) <= 3", "len(groups[0]) <= 3"),
    "Indian groups": ("in (2, 3) for", "== 3 for"),
    "groups of one": ("in (2, 3) for", "in (1, 2, 3) for"),
    "thousands behind the decimal mark": ("thousands in part or ", ""),
    "any three letters are a currency": ("not _is_code(mark.upper())", "not mark"),
    "codes in capitals only": ("_is_code(mark.upper())", "_is_code(mark)"),
    "former currencies": ("code in EXPONENTS or code in _FORMER", "code in EXPONENTS"),
    "two decimal marks": ("mark in part or ", ""),
    "half a cent is rounded": ("found.sign * minor if exact else None", "found.sign * minor"),
    "the sign of a dressed amount": (
        "return found.sign * minor if exact else None",
        "return minor if exact else None",
    ),
    "the first mark is the decimal one": ("key=digits.rfind", "key=lambda m: -digits.rfind(m)"),
    "a repeated mark is the decimal one": (
        "if digits.count(mark) > 1:\n        return other",
        "if digits.count(mark) > 1:\n        return mark",
    ),
    "three digits are decimals": ("None if exponent(currency) >= 3 else other", "mark"),
    "three digits are never decimals": (
        "return None if exponent(currency) >= 3 else other",
        "return other",
    ),
    "a column that contradicts itself": (
        "return votes.pop() if len(votes) == 1 else None",
        "return max(votes)",
    ),
    "what stays open is a point": ('return None if unsure else "."', 'return "."'),
    "without marks it stays open": ('return None if unsure else "."', "return None"),
}  # fmt: skip


@pytest.mark.parametrize("fault", MUTANTS)
def test_each_fault_changes_the_table(fault: str) -> None:
    assert not survives("sheetrecord.ledgers.amounts", MUTANTS[fault], wrong)


def test_a_module_made_anew_without_a_fault_passes() -> None:
    assert wrong(mutated(amounts, ("class Bare", "class Bare"))) == []


@given(
    st.integers(-(10**12), 10**12),
    st.sampled_from([".", ","]),
    st.sampled_from(["EUR", "JPY", "KWD"]),
)
def test_what_a_bank_may_write_of_an_amount_reads_back(
    minor: int, mark: str, currency: str
) -> None:
    places = {"EUR": 2, "JPY": 0, "KWD": 3}[currency]
    digits = str(abs(minor)).rjust(places + 1, "0")
    whole, cents = (digits[:-places], digits[-places:]) if places else (digits, "")
    grouped = f"{int(whole):,}".replace(",", "," if mark == "." else ".")
    for head in (whole, grouped):
        text = head + (mark + cents if cents else "")
        signs = ("-{}", "{}-", "({})", "{} DR", "-{} EUR") if minor < 0 else ("{}", "+{}", "{} CR")
        for sign in signs:
            assert amounts.parse(sign.format(text), mark, currency) == minor
