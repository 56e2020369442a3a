"""Odd contents for cells that people type: what no list, number or date column expects."""

import datetime as dt
import random
from typing import Any

from sheetrecord.formats.template.values import RawCell
from sheetrecord.model.value import CellError, Formula
from sheetrecord.schema.column import Column, Kind
from sheetrecord.schema.packs import Pack, pack
from sheetrecord.schema.sheets import SHEETS

ERROR = Formula("1/0", CellError("#DIV/0!"))
UNSEEN = (
    "\u00a0",
    "\u200b",
    "\ufeff",
    "\u2060",
    "\u200d",
    "\u202f",
    "\n",
    " \n\u200b ",
    "\t",
    "\r\n",
)
WILD = ("*", "?", "~", "~*", "T*", "??????", "*a*", "=1", "<>", ">0", '"', "'")
_AMOUNTS = (33.335, 0.125, -0.005, 1234.5678, 0.1 + 0.2, 2.675, 1.005, 0.0049)
_NUMBERS = (1.5, 0.0, -3, 19, 100, 1000, 0.333333)
_DATES = (46_188, 46_188.75, 3, 0, 73_414.5, 73_415, 32_873, 32_874)
_TEXTS = ("46188", "12.5", "1,234.50", "0", "TRUE", "-", "€ 20", "2026-05-01")

_SHOWN_AS_1 = frozenset({Kind.MONEY, Kind.PERCENT})
"""Where LibreOffice shows a tick as the number 1."""

Rows = dict[str, list[dict[str, Any]]]


def odd_rows(rows: Rows, seed: int, chance: float = 0.08, language: str = "en") -> Rows:
    """Return the rows with some cells replaced by odd ones, the same from the same seed."""
    rng, words = random.Random(f"odd {seed}"), pack(language)
    return {
        sheet: [_odd_row(row, sheet, rng, chance, words) for row in found]
        for sheet, found in rows.items()
    }


def _odd_row(
    row: dict[str, Any], sheet: str, rng: random.Random, chance: float, words: Pack
) -> dict[str, Any]:
    made = dict(row)
    for column in SHEETS[sheet].columns[1:]:
        if column.derived or rng.random() > chance:
            continue
        if column.override and rng.random() < 0.7:
            continue  # its formula stands there more often than what somebody typed
        made[column.key] = _odd(column, rng, words)
        if column.override and isinstance(made[column.key].content, Formula):
            del made[column.key]
    return made


def _odd(column: Column, rng: random.Random, words: Pack) -> RawCell:
    """Return an odd content for a column."""
    pools: list[tuple[Any, ...]] = [UNSEEN, WILD, _TEXTS, (ERROR,)]
    if column.kind not in _SHOWN_AS_1:
        pools.append((True, False))
    if column.kind is Kind.DATE:
        pools += [_DATES, _DATES]
    elif column.kind is Kind.MONEY:
        pools += [_AMOUNTS, _AMOUNTS]
    elif column.kind in {Kind.NUMBER, Kind.PERCENT}:
        pools += [_NUMBERS, _NUMBERS]
    elif column.kind in {Kind.ENUM, Kind.FLAG}:
        labels = tuple(words.enums[column.enum].values())
        pools += [labels, tuple(label.upper() for label in labels)]
        pools += [tuple(f"{label}\u00a0" for label in labels), tuple(_AMOUNTS)]
    elif column.kind is Kind.CURRENCY:
        pools += [("EUR", "eur", "JPY", "kwd", "E?R", "EU*", "US", "EUR ", "\u00a0EUR", 978)]
    elif column.kind is Kind.REF:
        pools += [("D-0001\u200b", " d-0002 ", "D-000?", "D-*", "D-0003\n", "\u00a0D-0004", 7)]
    else:
        tokens = tuple(words.tokens)
        pools += [tuple(f"{token}\u00a0" for token in tokens), tokens, (7, 12.5)]
        pools += [tuple(f"\u200b{token.upper()}\n" for token in tokens), (dt.date(2026, 5, 1),)]
    return RawCell(rng.choice(rng.choice(pools)))
