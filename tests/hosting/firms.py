"""Small firms as a year leaves them: a few deals each, some cells blank, odd or of another kind."""

import pickle
import random
from functools import cache
from typing import Any, Final

from built import build
from conftest import ASOF
from hosting.told_cells import told
from sheetrecord.formats.template import TEMPLATES
from sheetrecord.sample import sample_firm
from sheetrecord.workbooks.memory import Memory

LANGUAGES: Final = ("en", "de", "es", "fr")
ODD: Final = ("", "?", "tbd", "n/a", "12.000,50", "31.04.2026", 0, -1, 10**15 + 1, True, "#REF!")


@cache
def year(language: str) -> bytes:
    """Return the workbook of a firm, of one year in a language."""
    spec = TEMPLATES["consultancy"]._replace(language=language, asof=ASOF)
    return build(spec, sample_firm(spec, asof=ASOF, years=1, seed=1))


@cache
def _cells(language: str) -> bytes:
    book = told(Memory(year(language)).read().book)
    book["sheets"] = [one for one in book["sheets"] if not _calculates(one)]
    return pickle.dumps(book)


def _calculates(sheet: dict[str, Any]) -> bool:
    """Tell whether a sheet only counts what stands on others: no check reads it."""
    formulas = sum(str(cell["value"]).startswith("=") for cell in sheet["cells"])
    named = any(_names_deal(cell) for cell in sheet["cells"])
    return sheet["name"] == "sr_check" or (not named and formulas > 500)


def firm(seed: int) -> dict[str, Any]:
    """Return the cells of one firm with a few deals of that year, with odd ones among them."""
    dice = random.Random(seed)
    book = pickle.loads(_cells(LANGUAGES[seed % len(LANGUAGES)]))
    few = {f"D-{dice.randint(1, 52):04}" for _ in range(3)}
    for sheet in book["sheets"]:
        dealt = {cell["row"]: cell["value"] for cell in sheet["cells"] if _names_deal(cell)}
        if not dealt:
            continue
        rows = {row for row, deal in dealt.items() if deal in few}
        top = min(dealt)
        sheet["cells"] = [c for c in sheet["cells"] if c["row"] < top or c["row"] in rows]
        odd = [cell for cell in sheet["cells"] if cell["row"] in rows]
        for cell in dice.sample(odd, min(len(odd), dice.randint(0, 2))):
            cell["value"] = dice.choice(ODD)
            cell.pop("form", None)
    return book


def _names_deal(cell: dict[str, Any]) -> bool:
    return str(cell["value"]).startswith("D-0")
