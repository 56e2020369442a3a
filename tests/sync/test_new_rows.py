"""What a copy is found to show of a row that stood nowhere before."""

from merge.test_identity import start
from merge.world import ASOF, fee, side_of
from sheetrecord.core.sync.baseline import BaseSnapshot, account, in_sight, unaccounted
from sheetrecord.core.sync.snapshot import SnapshotSides, workbook_config_of
from sheetrecord.core.sync.store_protocol import Snapshot
from sheetrecord.model.value import CellError

NEW = {"fee_id": fee(3), "deal_id": "D-0001", "description": "Third", "net": 120.5, "note": None}


def shown(row: dict[str, object]) -> object:
    """Return what an account tells of a row that neither the record nor the base has."""
    copy = side_of(start(row))
    empty = Snapshot(workbook_config=workbook_config_of(copy.book))
    base = in_sight(empty, copy)
    side = SnapshotSides(ASOF).base(base, empty.workbook_config)
    both = BaseSnapshot(base, side)
    return account(both, copy, both).shown["Fees"].get(fee(3))


def test_a_new_row_shows_what_stands_in_it_as_it_is_typed() -> None:
    assert shown(NEW) == {"deal_id": "D-0001", "description": "Third", "net": 120.5}


def test_a_cell_of_a_new_row_that_cannot_be_read_shows_nothing() -> None:
    row = {**NEW, "net": CellError("#REF!"), "note": CellError("#REF!")}
    assert shown(row) == {"deal_id": "D-0001", "description": "Third"}


def test_a_new_row_with_such_a_cell_waits_for_nobody() -> None:
    copy = side_of(start({**NEW, "note": CellError("#REF!")}))
    base = in_sight(Snapshot(workbook_config=workbook_config_of(copy.book)), copy)
    side = SnapshotSides(ASOF).base(base, base.workbook_config)
    assert fee(3) not in unaccounted(BaseSnapshot(base, side), copy)["Fees"]
