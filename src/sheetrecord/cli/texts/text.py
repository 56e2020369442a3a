"""What a command says of a workbook: one text in every language, and how it is filled in.

A table holds each text once, its languages side by side, so that none can lack one. What is said
without a workbook (usage, help) is English and stands where it is said.
"""

import datetime as dt
from collections.abc import Mapping
from decimal import Decimal
from typing import NamedTuple, TypeAlias

from sheetrecord.model.money import Money
from sheetrecord.rules.words import form


class Text(NamedTuple):
    """One text in every language; names in braces are placeholders."""

    en: str
    de: str
    es: str
    fr: str


Table: TypeAlias = Mapping[str, Text]


class Says:
    """Says the texts of a table in a language; English where a language does not ship."""

    def __init__(self, language: str, table: Table) -> None:
        self.language, self.table = language, table

    def say(self, key: str, **parts: object) -> str:
        """Return a text; days, amounts and numbers are written as the language writes them."""
        text = self.table[key]
        filled = {name: written(self.language, part) for name, part in parts.items()}
        return str(getattr(text, self.language, text.en)).format(**filled)

    def count(self, number: int, key: str, **parts: object) -> str:
        """Return a number with its noun: the text ``KEY one`` or ``KEY many``."""
        return self.say(f"{key} {'one' if number == 1 else 'many'}", n=number, **parts)


def written(language: str, value: object) -> object:
    """Return a day, an amount or a decimal number as a language writes it, others as they are.

    >>> written("de", Money(4910000, "EUR")), written("fr", dt.date(2026, 3, 2))
    ('49.100,00 EUR', '02/03/2026')
    """
    how = form(language)
    if isinstance(value, dt.date) and not isinstance(value, dt.datetime):
        return value.strftime(how["day"])
    if isinstance(value, Money | Decimal):
        text = f"{value:,}" if isinstance(value, Decimal) else str(value)
        return text.translate({ord(","): how["thousands"], ord("."): how["point"]})
    return value


def quoted(language: str, text: str) -> str:
    """Return a text in the quotation marks of a language."""
    how = form(language)
    return f"{how['open']}{text}{how['close']}"
