"""A contract's paragraphs as clauses: under which heading, with which days and amounts."""

import re
from collections.abc import Iterator, Sequence
from typing import Final

from sheetrecord.core.find import fold
from sheetrecord.core.sow.facts import Clause, DayMention, MoneyMention
from sheetrecord.core.sow.words import pattern
from sheetrecord.ledgers.amounts import parse
from sheetrecord.ledgers.crm import amounts, days
from sheetrecord.ledgers.papers.lines import Paragraph, read_paragraphs
from sheetrecord.model.money import EXPONENTS, to_major

_MONTH: Final = r"[^\W\d_]{3,12}"
_DAY: Final = re.compile(
    rf"\b\d{{4}}-\d{{2}}-\d{{2}}\b|\b\d{{1,2}}[./-]\d{{1,2}}[./-]\d{{4}}\b"
    rf"|\b\d{{1,2}}(?:st|nd|rd|th|er|\.|º)?\s+(?:de\s+|of\s+)?{_MONTH}\.?,?\s+(?:de[l]?\s+)?\d{{4}}\b"
    rf"|\b{_MONTH}\.?\s+\d{{1,2}}(?:st|nd|rd|th)?,?\s+\d{{4}}\b"
)
_CODES: Final = "|".join(sorted(EXPONENTS))
_SIGN: Final = rf"(?:US\$|CA\$|A\$|C\$|MX\$|[$€£¥₹]|\b(?:{_CODES})\b|\beuros?\b)"
_FIGURE: Final = r"\d{1,3}(?:[.,'\u2019 \u00a0\u202f]\d{3})+(?:[.,]\d{1,2})?|\d+(?:[.,]\d{1,2})?"
_MONEY: Final = re.compile(
    rf"{_SIGN}\s?(?P<before>{_FIGURE})(?![\d])|(?P<after>{_FIGURE})(?:[.,]?-{{1,2}})?\s?{_SIGN}",
    re.IGNORECASE,
)
_SHORT: Final = 60
"""Characters up to which a line without an end mark, with a number before it, is a heading."""


def read_clauses(data: bytes, name: str) -> list[Clause]:
    """Return the clauses of a contract. Raises CannotRead and MissingExtra."""
    found = list(_clauses(read_paragraphs(data, name)))
    slashed = [text for clause in found for text in _DAY.findall(clause.text)]
    order = days.order_of([text for text in slashed if days.readings(text)], [])
    return [
        clause._replace(days=tuple(_days(clause.text, order)), money=tuple(_money(clause.text)))
        for clause in found
    ]


def _clauses(paragraphs: Sequence[Paragraph]) -> Iterator[Clause]:
    heading, number, count = "", "", 0
    excludes = delivers = False
    for paragraph in paragraphs:
        if _is_heading(paragraph):
            heading, number = paragraph.text.rstrip(" :"), paragraph.mark
            told = fold(heading)
            excludes = bool(pattern("excluding_headings").search(told))
            delivers = bool(pattern("delivering_headings").search(told)) and not excludes
            continue
        count += 1
        mark = paragraph.mark if paragraph.mark[:1].isalnum() else ""
        ref = mark or number or f"paragraph {count}"
        text = paragraph.text.rstrip(" |")
        yield Clause(ref, heading, text, paragraph.page, excludes, delivers)


def _is_heading(paragraph: Paragraph) -> bool:
    text = paragraph.text
    if paragraph.heading:
        return True
    short = len(text) <= _SHORT and " | " not in text
    if short and text.endswith(":"):
        return True
    plain = short and not text.endswith((".", ";", "!", "?", ",")) and "|" not in text
    numbered = paragraph.mark.rstrip(".").isdecimal() or paragraph.mark.startswith("§")
    return plain and (numbered or (text.isupper() and len(text) > 3)) and len(text.split()) <= 6


def _days(text: str, order: days.DayOrder) -> Iterator[DayMention]:
    for found in _DAY.finditer(text):
        read = days.readings(found[0])
        if read:
            day = days.day_of(found[0], order) if order.order else None
            yield DayMention(found[0], frozenset([day] if day else read))


def _money(text: str) -> Iterator[MoneyMention]:
    """Yield amounts with a currency; three digits behind a mark are thousands in a contract."""
    for found in _MONEY.finditer(text):
        figure = (found["before"] or found["after"]).strip()
        whole = found[0]
        currency = amounts.currency_of(whole) or ("EUR" if "euro" in whole.lower() else "")
        mark = amounts.own_mark(figure)
        if mark is None:
            mark = "," if "." in figure else "."
        minor = parse(figure, mark or ".", currency or "EUR")
        if minor is not None:
            yield MoneyMention(whole.strip(), to_major(minor, currency or "EUR"), currency)
