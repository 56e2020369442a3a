"""Whether a text speaks of money: an amount with its currency, a penalty, a budget."""

import re
from functools import cache
from typing import Final

from sheetrecord.model.money import EXPONENTS

_AMOUNT: Final = r"\d[\d.,'\u2019\u00a0\u202f ]*(?:k|m|bn|mio|mill?ion\w*|millones|tsd)?\.?\s?"
_COINS: Final = (
    r"euros?|dollars?|dollar|pounds?|francs?|pesos?|franken|pfund|d\u00f3lar(?:es)?|libras?|livres?"
)
_WORDS: Final = (
    *("penalt(?:y|ies)", "liquidated damages", "budgets?"),
    *("(?:vertrags|konventional)strafen?", "p\u00f6nalen?", "bu\u00dfgeld(?:er)?"),
    *("penalizaci(?:\u00f3n|ones)", "penalidad(?:es)?", "multas?", "presupuestos?"),
    *("p\u00e9nalit\u00e9s?", "amendes?", "astreintes?"),
)


def names_money(text: str) -> bool:
    r"""Tell whether a text names an amount of money, a penalty or a budget.

    >>> names_money("Penalty of 5,000 a day"), names_money("80 k\u20ac are at stake")
    (True, True)
    >>> names_money("Ute promised the board"), names_money("40 users from 2 sites")
    (False, False)
    """
    return bool(text) and _pattern().search(text) is not None


@cache
def _pattern() -> re.Pattern[str]:
    codes = "|".join(EXPONENTS)
    coin = rf"(?:[\u20ac$\u00a3\u00a5]|(?:(?-i:{codes})|{_COINS})\b)"
    before = rf"(?:[\u20ac$\u00a3\u00a5]|\b(?-i:{codes}))\s?\d"
    words = "|".join(_WORDS)
    return re.compile(rf"\b{_AMOUNT}{coin}|{before}|\b(?:{words})\b", re.IGNORECASE)
