"""Deals that stand in an export more than once: one when they agree, none when they do not."""

from collections.abc import Sequence

from sheetrecord.core.crm.facts import CrmDeal, RefusedCell
from sheetrecord.ledgers.crm.vocabulary import folded


def one_each(deals: Sequence[CrmDeal]) -> tuple[list[CrmDeal], list[RefusedCell]]:
    """Return each deal once, and the cells of those that contradict each other.

    A report with a row for each contact tells one deal several times: its contacts are gathered.
    """
    by_ref: dict[str, list[CrmDeal]] = {}
    for deal in deals:
        by_ref.setdefault(_identity(deal), []).append(deal)
    kept: list[CrmDeal] = []
    refused: list[RefusedCell] = []
    for same in by_ref.values():
        if len({deal._replace(row=0, cell="", contacts=()) for deal in same}) == 1:
            contacts = dict.fromkeys(name for deal in same for name in deal.contacts)
            kept.append(same[0]._replace(contacts=tuple(contacts)))
            continue
        refused += [_refused(deal, same) for deal in same]
    return sorted(kept, key=lambda deal: deal.row), refused


def _refused(deal: CrmDeal, same: Sequence[CrmDeal]) -> RefusedCell:
    others = " and ".join(str(one.row) for one in same if one is not deal)
    return RefusedCell(deal.cell, f"twice: row {others} tells it otherwise")


def _identity(deal: CrmDeal) -> str:
    return deal.ref or f"\0{folded(deal.client or '')}\0{folded(deal.deal_name)}"
