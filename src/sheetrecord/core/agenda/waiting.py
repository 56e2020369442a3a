"""Deals that were offered to ops and not answered, with their age."""

import datetime as dt
from collections.abc import Iterable
from typing import NamedTuple

from sheetrecord.rules.need import handover_day
from sheetrecord.schema.deal import Deal
from sheetrecord.schema.record import DealRows


class WaitingHandover(NamedTuple):
    """A deal that was offered to ops and not answered; ``days`` since, None where nobody knows."""

    deal: Deal
    since: dt.date | None
    days: int | None


def waiting_handovers(deals: Iterable[DealRows], asof: dt.date) -> list[WaitingHandover]:
    """Return the deals whose handover waits for an answer, the longest waiting first."""
    found = []
    for rows in deals:
        if rows.deal.handover_state == "offered" and rows.stage_type == "won":
            since = handover_day(rows)
            days = max(0, (asof - since).days) if since else None
            found.append(WaitingHandover(rows.deal, since, days))
    return sorted(found, key=lambda one: (-(one.days or 0), one.deal.deal_id))
