"""The finished deals: pages by the year in which each ended, none longer than a page may be."""

import datetime as dt
from collections.abc import Mapping, Sequence
from typing import Final, NamedTuple

from sheetrecord.core.view.deal import DealView
from sheetrecord.core.view.worklist import LIVE

PER_PAGE: Final = 500
"""Deals on one page: about 250 bytes each, well below what a page may be."""

UNDATED: Final = ""


class FinishedDeal(NamedTuple):
    """One line: a deal that was closed, lost or parked."""

    deal_id: str
    name: str
    client: str
    href: str
    part: str
    on: dt.date | None
    value: int | None
    currency: str


class FinishedPage(NamedTuple):
    """The deals of a year, or a part of them. ``path`` of the latest is ``finished.html``."""

    path: str
    year: str
    number: int
    deals: Sequence[FinishedDeal]


def finished_pages(
    views: Sequence[DealView],
    hrefs: Mapping[str, str],
    nameless: Sequence[FinishedDeal] = (),
) -> list[FinishedPage]:
    """Return the pages, the latest year first; one that is empty when nothing is finished.

    ``nameless`` are deals without a page: without an id, or with one that stands twice.
    """
    lines = [_line(view, hrefs) for view in views if view.part not in LIVE]
    by_year: dict[str, list[FinishedDeal]] = {}
    for line in (*lines, *nameless):
        by_year.setdefault(str(line.on.year) if line.on else UNDATED, []).append(line)
    found: list[FinishedPage] = []
    for year, deals in sorted(by_year.items(), reverse=True):
        deals.sort(key=_order)
        for number, start in enumerate(range(0, len(deals), PER_PAGE), start=1):
            path = _path(year, number) if found else "finished.html"
            found.append(FinishedPage(path, year, number, deals[start : start + PER_PAGE]))
    return found or [FinishedPage("finished.html", UNDATED, 1, ())]


def _order(line: FinishedDeal) -> tuple[int, str]:
    return -(line.on or dt.date.min).toordinal(), line.deal_id


def _path(year: str, number: int) -> str:
    more = f"-{number}" if number > 1 else ""
    return f"finished-{year or 'undated'}{more}.html"


def _last_heard(view: DealView) -> dt.date | None:
    """Return the last day on which something was learned or said of a deal."""
    rows = view.rows
    days = [
        *(fact.learned_on for fact in rows.context),
        *(said.said_on for said in rows.commitments),
    ]
    return max(filter(None, days), default=None)


def _line(view: DealView, hrefs: Mapping[str, str]) -> FinishedDeal:
    rows, deal = view.rows, view.rows.deal
    on = deal.contract_end if view.part == "closed" else None
    on = on or deal.signed_on or deal.expected_close or deal.contract_end or _last_heard(view)
    value = view.purse.total if view.part == "closed" and view.purse.lines else deal.value_net
    return FinishedDeal(
        rows.id, deal.deal_name, deal.client, hrefs[rows.id], view.part, on, value, rows.currency
    )
