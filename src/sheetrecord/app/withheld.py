"""What an audience does not get, and by which rule; nothing is written."""

import datetime as dt
from collections.abc import Iterator
from typing import NamedTuple

from sheetrecord.app.audience import audience_of
from sheetrecord.app.read_for_audience import read_to_show
from sheetrecord.app.settings.config import Config
from sheetrecord.core.handover.baseline import read_baselines
from sheetrecord.core.view.audiences import Audience
from sheetrecord.core.view.baseline_diff import KeptBack, held_back, latest
from sheetrecord.core.view.projection import narrow
from sheetrecord.core.view.withheld import Withheld, columns_withheld, withheld
from sheetrecord.core.which_deal import meant_deal
from sheetrecord.model.book import Book
from sheetrecord.model.errors import BadSettings
from sheetrecord.schema.read.parse import Parsed


class Why(NamedTuple):
    """What is withheld from an audience: rows, and columns as (sheet, rule, keys)."""

    audience: str
    rows: list[Withheld]
    columns: list[tuple[str, str, list[str]]]
    parsed: Parsed


def why(
    address: str,
    audience: str,
    deal: str = "",
    *,
    today: dt.date,
    asof: dt.date | None = None,
    settings: Config | None = None,
) -> Why:
    """Return what an audience does not get of a workbook, or of one deal of it.

    Raises CannotRead and NotARecord for the workbook, BadSettings for a deal that is not there.
    """
    told = audience_of(audience, settings or Config())
    book, parsed = read_to_show(address, today=today, asof=asof)
    deal = meant_deal(deal, parsed.record.by_deal)
    if deal and deal not in parsed.record.by_deal:
        raise BadSettings(f"--why {deal}", "there is no such deal.", "Check its id.")
    rows = list(withheld(parsed, told, {deal} if deal else None))
    if not told.outside:
        rows += _frozen(book, parsed, told, deal)
    return Why(audience, rows, list(columns_withheld(told)), parsed)


def _frozen(book: Book, parsed: Parsed, told: Audience, deal: str) -> Iterator[Withheld]:
    """Yield the rows of the baselines of whose changes an audience is told nothing."""
    baselines = latest(read_baselines(book))
    kept = KeptBack(parsed.record, told, baselines.values())
    seen = narrow(parsed.record, told, frozenset({deal}) if deal else None)
    for deal_id, rows in seen.by_deal.items():
        if deal_id in baselines:
            whole = parsed.record.by_deal[deal_id]
            for (sheet, row_id), rule in held_back(baselines[deal_id], whole, rows, told, kept):
                where = parsed.layout.where(sheet, row_id=row_id)
                yield Withheld(where, deal_id, f"since it was sold: {rule}")
