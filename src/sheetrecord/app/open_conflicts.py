"""Which deals have conflicts that wait for a decision, as far as the record's store tells."""

from sheetrecord.app.settings.config import Config
from sheetrecord.core.sync.store_protocol import OpenConflict, Rows
from sheetrecord.model.errors import SheetRecordError
from sheetrecord.schema.record import Record


def deals_in_conflict(address: str, config: Config, seen: Record) -> tuple[str, ...]:
    """Return a deal's id for each open conflict about a row that ``seen`` shows.

    None where the workbook was never synced, or where its store may not or cannot be read: a view
    is published all the same, and `status` says what is wrong with the store.
    """
    from sheetrecord.app.sync.open_store import looking
    from sheetrecord.app.sync.targets import find_targets

    try:
        known = find_targets([address], config).known
        if known.new:
            return ()
        with looking(known) as store:
            stored = store.load()
    except (SheetRecordError, OSError):
        return ()
    found = (_deal(one, stored.record.rows) for one in stored.conflicts if _shown(one, seen))
    return tuple(deal for deal in found if deal in seen.by_deal)


def _shown(one: OpenConflict, seen: Record) -> bool:
    return any(row.id == one.row_id for row in seen.rows(one.sheet))


def _deal(one: OpenConflict, rows: Rows) -> str:
    if one.sheet == "Deal":
        return one.row_id
    return str(rows.get(one.sheet, {}).get(one.row_id, {}).get("deal_id") or "")
