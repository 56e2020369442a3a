"""The reimbursable Fees rows of a sample deal: what was laid out for the client and passed on."""

import copy
import datetime as dt
import random
from collections.abc import Iterator
from typing import Final

from sheetrecord.model.money import exponent
from sheetrecord.sample.sale import Cells, Sale, Terms

_MOST: Final = 3
_WHAT: Final = (
    ("Travel and hotel", 180, 1400),
    ("Licences passed on at cost", 90, 900),
    ("Workshop room and catering", 120, 700),
    ("Prints and samples", 40, 350),
    ("Translations", 150, 1200),
)
"""What is laid out, from how much to how much in major units."""


def with_own_dice(sale: Sale) -> Sale:
    """Return the sale with dice of its own, so that what else is thrown stays as it is."""
    voice = copy.copy(sale.voice)
    voice.rng = random.Random(f"expenses of {sale.id}")  # noqa: S311  # a sample, not a secret
    return sale._replace(voice=voice)


def expense_rows(sale: Sale, deal: Cells, terms: Terms) -> Iterator[Cells]:
    """Yield what a won deal had laid out for it, a month or more apart."""
    voice = sale.voice
    day = deal["contract_start"]
    for text, low, high in voice.rng.sample(_WHAT, voice.rng.randint(0, _MOST)):
        day += dt.timedelta(days=voice.days(20, 50))
        if day > min(sale.asof, deal["contract_end"]):
            return
        rate = {"MXN": 20, "JPY": 160}.get(sale.currency, 1)
        amount = voice.rng.randint(low, high) * rate
        yield {
            "deal_id": sale.id,
            "origin": "reimbursable",
            "fee_type": "reimbursable",
            "trigger": "as_incurred",
            "description": text,
            "net": amount * 10 ** exponent(sale.currency),
            "tax_rate": terms.tax_rate,
            "planned_on": day,
        }
