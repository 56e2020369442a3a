"""Deal ids used for several clients: a person must say whose rows are meant."""

from collections.abc import Iterator

from sheetrecord.core.merge import similarity
from sheetrecord.core.merge.side import Identified, Side
from sheetrecord.core.view.uncertain_owner import same_name
from sheetrecord.schema.deal import Deal
from sheetrecord.schema.sheets import SHEETS


def shared_by_clients(base: Identified, side: Identified) -> Iterator[tuple[str, list[str]]]:
    """Yield (deal id, clients) of each id used for several clients whose rows are ambiguous.

    Rows that named the id before the deal was copied belong to the first deal. Rows that came since
    could belong to either.
    """
    before = _several(base.side)
    for same, found in _several(side.side).items():
        if _new_rows(base, side, same, certain=same not in before):
            yield found[0].deal_id, list(dict.fromkeys(deal.client for deal in found))


def _several(side: Side) -> dict[str, list[Deal]]:
    """Return the deals of each id that stands for several clients, or for nobody."""
    deals: dict[str, list[Deal]] = {}
    for deal in side.parsed.record.deals:
        if deal.deal_id:
            deals.setdefault(same_name(deal.deal_id), []).append(deal)
    return {
        same: found
        for same, found in deals.items()
        if len(found) > 1 and (len({deal.client for deal in found}) > 1 or not found[0].client)
    }


def _new_rows(base: Identified, side: Identified, deal_id: str, *, certain: bool) -> bool:
    """Tell whether rows name a deal that did not name it before, when it was ``certain`` whose."""
    for sheet, columns in SHEETS.items():
        if sheet == "Deal":
            continue
        at, known = columns.by_key["deal_id"].position, base.rows.get(sheet, {})
        for row in side.side.parsed.record.rows(sheet):
            if same_name(row.deal_id) != deal_id or similarity.waits(sheet, row):
                continue
            before = known.get(row.id)
            if not certain or before is None or same_name(str(before[at])) != deal_id:
                return True
    return False
