"""Every derived column of the record, computed from what people typed.

The live formulas of the declarations say the same; a test recalculates them in a spreadsheet
program and compares cell by cell. Money is exact, in minor units.
"""

import datetime as dt
from decimal import ROUND_HALF_UP, Decimal
from functools import cache
from typing import Final

from sheetrecord.core.answers import KnownFacts, block_ranks, derive_context
from sheetrecord.core.dues import Billed, derive_fees
from sheetrecord.core.promises import Promised, derive_commitments
from sheetrecord.model.money import exponent
from sheetrecord.schema.deal import Deal
from sheetrecord.schema.formulas import gate
from sheetrecord.schema.lists import (
    ANSWERS,
    DECISION_ROLES,
    FENCED_MODELS,
    FENCES,
    HANDED_OVER,
    HANDOVER_RANK,
    PROMISED,
    STAGE_RANK,
    STAGE_TYPE,
)
from sheetrecord.schema.record import Record, Settings, make_record

_TAIL: Final = slice(
    Deal.by_key["stage_type"].position, Deal.by_key["unpriced_exposure"].position + 1
)
_NO_SUMS: Final = [0, 0, 0, 0]


def derive(record: Record) -> Record:
    """Return the record with every derived column filled; what people typed stays as it is.

    A label typed over a column that may be overridden (``override=True``) wins; whatever stands
    in any other derived column is replaced.
    """
    settings = record.settings
    ranks: dict[str, int | None] = {}
    currencies: dict[str, str] = {}
    for deal in record.deals:
        if deal.deal_id:
            ranks.setdefault(deal.deal_id, stage_rank(deal))
            currencies.setdefault(deal.deal_id, deal.currency)
    context, known = derive_context(record.context, ranks, settings)
    commitments, promised = derive_commitments(record.commitments, ranks, settings)
    fees, billed = derive_fees(record.fees, currencies, settings.asof)
    for by_deal in (known, promised, billed):
        by_deal.pop("", None)
    nothing = (KnownFacts(), Promised(), Billed())
    blocking = block_ranks(settings)
    deals = [
        _deal(
            deal,
            known.get(deal.deal_id, nothing[0]),
            promised.get(deal.deal_id, nothing[1]),
            billed.get(deal.deal_id, nothing[2]),
            settings,
            blocking,
        )
        for deal in record.deals
    ]
    return make_record(
        settings,
        {
            "Deal": deals,
            "Context": context,
            "Commitments": commitments,
            "Project": record.project,
            "Fees": fees,
            "Gaps": record.gaps,
        },
    )


def stage_rank(deal: Deal) -> int | None:
    """Return the rank of a deal's stage, 0 for one that is unknown.

    None for a row that names no deal yet: no client, name, stage, owner or value.
    """
    named = deal.client or deal.deal_name or deal.stage or deal.deal_owner
    if not named and deal.value_net is None:
        return None
    return STAGE_RANK.get(deal.stage, 0)


def _deal(
    deal: Deal,
    known: KnownFacts,
    promised: Promised,
    billed: Billed,
    settings: Settings,
    blocking: dict[str, int],
) -> Deal:
    rank = stage_rank(deal)
    net, invoiced, collected, outstanding = billed.sums.get(deal.currency, _NO_SUMS)
    if not deal.currency:
        net = invoiced = collected = outstanding = 0
    gap = None if deal.value_net is None else deal.value_net - net
    needs = _Gate(deal, known, promised, gap=_fee_gap_open(deal, billed, gap))
    cells = list(deal)
    cells[_TAIL] = (
        STAGE_TYPE.get(deal.stage, ""),
        rank,
        None if rank is None else needs.now(blocking),
        needs.handover(blocking),
        needs.answered(blocking),
        known.deadline,
        _days(deal.contract_end, known.deadline),
        gap,
        None if rank is None else invoiced,
        None if rank is None else collected,
        None if rank is None else outstanding,
        billed.days_late or None,
        None if rank is None else _exposure(promised, settings.hourly_rate, deal.currency),
    )
    return tuple.__new__(Deal, cells)


def _days(late: dt.date | None, early: dt.date | None) -> int | None:
    return None if late is None or early is None else (late - early).days


def _fee_gap_open(deal: Deal, billed: Billed, gap: int | None) -> bool:
    """True if the contract's fee lines do not add up to the agreed amount.

    Never for time and materials, or without such lines; ``gap`` is the difference in minor units.
    """
    return billed.contract_lines > 0 and bool(gap) and deal.fee_model != "time_materials"


def _exposure(promised: Promised, rate: float, currency: str) -> int:
    """Return unpriced hours times the firm's rate and unpriced amounts, in minor units."""
    total = sum((Decimal(repr(hour)) for hour in promised.hours), Decimal(0))
    exact = (total * Decimal(repr(rate))).scaleb(exponent(currency))
    return int(exact.to_integral_value(ROUND_HALF_UP)) + promised.amount


class _Gate:
    """One deal's open gate items, counted as `schema.formulas.gate` counts them in the sheet."""

    def __init__(self, deal: Deal, known: KnownFacts, promised: Promised, *, gap: bool) -> None:
        self.deal, self.known, self.promised, self.gap = deal, known, promised, gap
        self.type, self.rank = STAGE_TYPE.get(deal.stage, ""), STAGE_RANK.get(deal.stage, 0)

    def now(self, blocking: dict[str, int]) -> int:
        """Count the items that the deal's present stage needs and that are missing."""
        total = sum(_blank(self.deal[at]) for at in _asked_now(self.type, self.rank))
        total += self.known.open + self._unasked(blocking, self.rank)
        if self.rank >= HANDOVER_RANK:
            total += self._late() + self.promised.open
        return total

    def handover(self, blocking: dict[str, int]) -> int | None:
        """Count the items that closing needs and that are missing, whatever the present stage.

        None for a deal that is lost or on hold.
        """
        if self.type not in {"open", "won"}:
            return None
        total = sum(_blank(self.deal[at]) for at in _ASKED_AT_CLOSE)
        total += self.known.missing + self._unasked(blocking, HANDOVER_RANK)
        return total + self._late() + self.promised.missing

    def answered(self, blocking: dict[str, int]) -> str:
        """Return how many of the questions that closing asks have an answer, such as ``9/12``.

        Counted are blocking kinds of fact, and the two people whom a handover needs: who decides,
        and the daily contact. Empty for a deal that is lost or on hold.
        """
        if self.type not in {"open", "won"}:
            return ""
        settled = sum(kind in self.known.answered for kind, block in blocking.items() if block > 0)
        asked = settled + self.known.missing + self._unasked(blocking, HANDOVER_RANK)
        return f"{settled + 2 - self._nobody()}/{asked + 2}"

    def _nobody(self) -> int:
        """Count the missing ones of two people: a decision maker and a daily contact."""
        roles = self.known.roles
        return roles.isdisjoint(DECISION_ROLES) + ("daily_contact" not in roles)

    def _unasked(self, blocking: dict[str, int], rank: int) -> int:
        """Count the blocking kinds of fact that have no row at all."""
        asked = self.known.asked
        return sum(0 < block <= rank and kind not in asked for kind, block in blocking.items())

    def _late(self) -> int:
        """Count what only a handover needs: people, what was promised and not, agreeing fees."""
        unpromised = PROMISED not in self.promised.answers
        return self._nobody() + unpromised + self._fences() + self.gap

    def _fences(self) -> int:
        """Count what is not known of the limits of a price that was set before the work."""
        asked = self.deal.fee_model in FENCED_MODELS
        if not asked or self.deal.handover_state in HANDED_OVER:
            return 0
        return sum(ANSWERS[type_] not in self.promised.answers for type_ in FENCES)


_ASKED_AT_CLOSE: Final = [c.position for c in Deal.columns if gate.asked_at_close(c)]


@cache
def _asked_now(stage_type: str, rank: int) -> list[int]:
    return [c.position for c in Deal.columns if gate.asked_now(c, stage_type, rank)]


def _blank(cell: object) -> bool:
    return cell is None or cell == ""
