"""Puts the sample firm together: which deals there were, and how each of them ended."""

import datetime as dt
import random
from collections.abc import Iterator
from typing import Final

from sheetrecord.model.progress import each
from sheetrecord.sample import gaps
from sheetrecord.sample.deal_rows import deal_row
from sheetrecord.sample.facts import context_rows
from sheetrecord.sample.invoices import fee_rows, number_invoices
from sheetrecord.sample.names import CLIENTS, OUR_OPS, OUR_SALES, PROJECTS
from sheetrecord.sample.promises import commitment_rows
from sheetrecord.sample.sale import Cells, Sale, Terms
from sheetrecord.sample.voice import Voice
from sheetrecord.sample.work import project_rows
from sheetrecord.schema import ids

Rows = dict[str, list[Cells]]
"""Canonical values by column key, by sheet key: codes, dates, minor units of money, ids."""

PER_YEAR: Final = {"won": 14, "lost": 22, "parked": 6}
OPEN_NOW: Final = {"talking": 4, "proposal": 4, "verbal": 2}
"""How a year's deals end, and how many are still being sold today."""

_REPEAT: Final = 0.35


def sample_firm(terms: Terms, *, asof: dt.date, years: int = 1, seed: int = 1) -> Rows:
    """Return the rows of a firm that has kept its record for some years, up to a day.

    Most of it is in order; a handful of things are missing, as they are in every firm.
    """
    rng = random.Random(seed)  # noqa: S311  # a sample, not a secret
    rows: Rows = {sheet: [] for sheet in ("Deal", "Context", "Commitments", "Project", "Fees")}
    for sale in each(_sales(rng, terms, asof, years), "deals made up"):
        deal = deal_row(sale)
        work = list(project_rows(sale, deal))
        _stamp(work, "row_id", "P", len(rows["Project"]))
        rows["Deal"].append(deal)
        rows["Context"] += context_rows(sale, deal, terms)
        rows["Commitments"] += commitment_rows(sale, deal, terms)
        rows["Project"] += work
        rows["Fees"] += fee_rows(sale, deal, work, terms)
    number_invoices(rows["Fees"])
    gaps.plant(rows, asof)
    rows["Gaps"] = list(gaps.lessons(rng, rows))
    return rows


def _stamp(rows: list[Cells], key: str, prefix: str, first: int) -> None:
    """Give rows their ids, so that others can refer to them."""
    for number, row in enumerate(rows, start=first):
        row[key] = ids.make(prefix, number)


def _begun(rng: random.Random, asof: dt.date, years: int) -> list[tuple[dt.date, str]]:
    """Return when each deal began, and the stage that it is in now."""
    plan: list[tuple[dt.date, str]] = []
    for year in range(years):
        ended = [stage for stage, count in PER_YEAR.items() for _ in range(count)]
        plan += [(asof - dt.timedelta(days=365 * year + rng.randint(70, 430)), s) for s in ended]
    still = [stage for stage, count in OPEN_NOW.items() for _ in range(count)]
    plan += [(asof - dt.timedelta(days=rng.randint(10, 60)), stage) for stage in still]
    return plan


def _sales(rng: random.Random, terms: Terms, asof: dt.date, years: int) -> Iterator[Sale]:
    """Yield every deal from the first to the last."""
    plan = _begun(rng, asof, years)
    fresh = rng.sample(CLIENTS, len(CLIENTS))
    won: list[tuple[str, str]] = []
    for number, (begun, stage) in enumerate(sorted(plan), start=1):
        fresh = fresh or rng.sample(CLIENTS, len(CLIENTS))
        again = bool(won) and stage == "won" and rng.random() < _REPEAT
        client, earlier = won.pop(rng.randrange(len(won))) if again else (fresh.pop(), "")
        deal_id = ids.deal_id(number)
        if stage == "won" and not again:
            won.append((client, deal_id))
        currency = terms.favourites[0] if rng.random() < 0.8 else rng.choice(terms.favourites)
        voice = Voice(rng, client, rng.choice(PROJECTS))
        seller, lead = rng.choice(OUR_SALES), rng.choice(OUR_OPS)
        early = rng.choice((0, 0, 0, 0, 0, 14, 21))
        yield Sale(deal_id, voice, stage, begun, seller, lead, currency, earlier, early, asof)
