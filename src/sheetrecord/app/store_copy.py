"""Records copied from one store into another, whole and checked."""

from contextlib import closing
from pathlib import Path
from typing import NamedTuple

from sheetrecord.model.errors import BadSettings, CannotRead
from sheetrecord.stores.columns import read
from sheetrecord.stores.moving import copy_record
from sheetrecord.stores.opening import open_database, sqlite_path
from sheetrecord.stores.statements import RECORDS
from sheetrecord.stores.tables import TableStore


class Copied(NamedTuple):
    """A record that arrived: how long its ledger is, its last hash, and where it is now."""

    record: str
    entries: int
    head: str
    where: str


def copy_store(source: str, target: str, record: str = "") -> list[Copied]:
    """Copy all records of a store, or one, into another; each is there whole or not at all.

    A record that the target already has with the same head is passed over, so that a copy that
    was interrupted can be run again. Raises a `SheetRecordError` when a store refuses, when the
    source does not check, and when the target has another past of a record.
    """
    if source.startswith("sqlite:") and not Path(sqlite_path(source)).is_file():
        raise CannotRead(sqlite_path(source), "there is no such store.", "Check the path.")
    with closing(open_database(source)) as old, closing(open_database(target)) as new:
        found = [read(row[0]) for row in old.rows(RECORDS)]
        if record and record not in found:
            raise BadSettings(record, f"{old.where} does not hold it.", f"It holds {found}.")
        wanted = [record] if record else found
        return [_copied(TableStore(old, one), TableStore(new, one)) for one in wanted]


def _copied(source: TableStore, target: TableStore) -> Copied:
    if target.state() != source.state():
        copy_record(source, target)
    state = target.state()
    return Copied(target.record_id, state.seq, state.head, target.where)
