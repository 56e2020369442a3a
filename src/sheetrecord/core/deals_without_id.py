"""Deals without an id are judged by their row: clearing the cell must not open the gate."""

from typing import NamedTuple

from sheetrecord.core.derive import derive, stage_rank
from sheetrecord.model.phrase import Phrase
from sheetrecord.schema.deal import Deal
from sheetrecord.schema.record import Record


class Called(NamedTuple):
    """A derived record in which every deal has an id, made up where the workbook has none.

    ``rows`` are the row numbers of deals without an id. ``claimed`` holds the id that other rows
    refer to and no deal has, if exactly one deal lacks an id. Nothing of this is written.
    """

    record: Record
    rows: frozenset[int] = frozenset()
    claimed: frozenset[str] = frozenset()


def called(raw: Record, derived: Record) -> Called:
    """Return the record with an id for each deal; ``derived`` itself if all have one.

    ``raw`` is the record as read, ``derived`` the same with its derived columns.
    """
    nameless = [deal for deal in raw.deals if not deal.deal_id and stage_rank(deal) is not None]
    if not nameless:
        return Called(derived)
    from sheetrecord.rules.workbook.missing_ids import orphans  # few deals are without an id

    lost = [one for one in orphans(raw, "Deal") if one]
    claimed = frozenset(lost) if len(lost) == len(nameless) == 1 else frozenset[str]()
    names = {
        deal.row: lost[0] if claimed else Phrase("row {row}", row=deal.row) for deal in nameless
    }
    deals = [_with_id(deal, names.get(deal.row, deal.deal_id)) for deal in raw.deals]
    return Called(derive(raw._replace(deals=deals)), frozenset(names), claimed)


def _with_id(deal: Deal, deal_id: str) -> Deal:
    cells = list(deal)
    cells[1] = deal_id
    return tuple.__new__(Deal, cells)
