"""The firm at a glance, for its owner: handovers, cash at stake, deadlines, recurring gaps."""

import datetime as dt
from collections import Counter
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from sheetrecord.core.view.deal import DealView
from sheetrecord.core.view.money import Bucket, Purse, ageing, sum_up
from sheetrecord.schema.gaps import Gaps
from sheetrecord.schema.lists import ENUMS
from sheetrecord.schema.record import Record


class Cash(NamedTuple):
    """Money at stake in one currency; ``exposure`` is work the client counts on and nobody pays."""

    purse: Purse
    ageing: list[Bucket]
    exposure: int


class GapBar(NamedTuple):
    """How often one thing went missing, in how many deals, the hours it cost, share up to here."""

    what: str
    times: int
    deals: int
    hours: float
    reach: float


class Overview(NamedTuple):
    """What the owner's page shows."""

    handovers: dict[str, list[DealView]]
    coming: list[DealView]
    cash: list[Cash]
    squeezed: list[DealView]
    gaps: list[GapBar]
    where: list[tuple[str, int]]
    why: list[tuple[str, int]]


def overview(record: Record, deals: Sequence[DealView]) -> Overview:
    """Return the owner's view of a narrowed record."""
    active = [deal for deal in deals if deal.part == "delivery"]
    by_state: dict[str, list[DealView]] = {code: [] for code in ENUMS["handover_state"]}
    for deal in active:
        by_state[deal.rows.deal.handover_state or "not_ready"].append(deal)
    for waiting in by_state.values():
        waiting.sort(key=lambda deal: (-(deal.handover_days or 0), deal.rows.id))
    gaps = [gap for gap in record.gaps if gap.what_was_missing or gap.prompt_or_field]
    return Overview(
        by_state,
        sorted((d for d in deals if d.part == "open" and d.rows.rank >= 2), key=_closing),
        cash_at_stake(deals),
        sorted((d for d in active if (d.rows.deal.date_gap_days or 0) > 0), key=_deadline),
        pareto(gaps),
        _counted(gap.where_it_was for gap in gaps),
        _counted(gap.why_not_transferred for gap in gaps),
    )


def cash_at_stake(deals: Sequence[DealView]) -> list[Cash]:
    """Return the money of won deals by currency, the largest first; currencies never mix."""
    won = [deal for deal in deals if deal.part in {"delivery", "closed"}]
    fees = [fee for deal in won for fee in deal.rows.fees]
    found = []
    for currency in sorted({fee.currency for fee in fees if fee.currency}):
        exposure = sum(
            deal.rows.deal.unpriced_exposure or 0
            for deal in won
            if deal.rows.currency == currency and deal.part == "delivery"
        )
        purse = sum_up(fees, currency)
        if purse.total or exposure:
            found.append(Cash(purse, ageing(fees, currency), exposure))
    return sorted(found, key=lambda cash: (-cash.purse.total, cash.purse.currency))


def pareto(gaps: Iterable[Gaps]) -> list[GapBar]:
    """Return what went missing, the most frequent first, with the share of all gaps so far."""
    groups: dict[str, list[Gaps]] = {}
    for gap in gaps:
        what = gap.prompt_or_field or gap.what_was_missing
        groups.setdefault(" ".join(what.casefold().split()), []).append(gap)
    total = sum(map(len, groups.values()))
    found, reach = [], 0
    for _, rows in sorted(groups.items(), key=lambda item: (-len(item[1]), item[0])):
        reach += len(rows)
        first = rows[0].prompt_or_field or rows[0].what_was_missing
        hours = sum(row.hours_lost or 0 for row in rows)
        deals = len({row.deal_id for row in rows})
        found.append(GapBar(first, len(rows), deals, hours, reach / total))
    return found


def _counted(codes: Iterable[str]) -> list[tuple[str, int]]:
    counts = Counter(code for code in codes if code)
    return sorted(counts.items(), key=lambda item: (-item[1], item[0]))


def _closing(deal: DealView) -> tuple[int, dt.date, str]:
    return -deal.rows.rank, deal.rows.deal.expected_close or dt.date.max, deal.rows.id


def _deadline(deal: DealView) -> tuple[dt.date, str]:
    return deal.rows.deal.real_deadline or dt.date.max, deal.rows.id
