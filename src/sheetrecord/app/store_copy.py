"""Copy records from one store into another, verified."""

import shutil
from contextlib import closing
from pathlib import Path
from typing import NamedTuple

from sheetrecord.files.disk import this_disk
from sheetrecord.files.locking import locked
from sheetrecord.files.os_errors import refusal
from sheetrecord.files.output import refuse_inputs
from sheetrecord.model.errors import BadSettings, CannotRead, SheetRecordError
from sheetrecord.stores.columns import read
from sheetrecord.stores.connect import SQLITE, open_database, refuse_strange, sqlite_path
from sheetrecord.stores.statements import RECORDS
from sheetrecord.stores.tables import TableStore
from sheetrecord.stores.transfer import copy_record


class Copied(NamedTuple):
    """A copied record: its number of ledger entries, last hash, and address."""

    record: str
    entries: int
    head: str
    where: str


def copy_store(source: str, target: str, record: str = "") -> list[Copied]:
    """Copy all records of a store, or one, into another; each is there whole or not at all.

    A SQLite store that is not there yet appears with all of them, or not. A record that the target
    already has with the same head is passed over, so that a copy that was interrupted can be run
    again. Raises a `SheetRecordError` when a store refuses, when the source does not check, and
    when the target has another past of a record, is the source itself, or is no store of ours.
    """
    old = sqlite_path(source) if source.startswith(SQLITE) else None
    new = sqlite_path(target) if target.startswith(SQLITE) else None
    if old and not (old.is_file() and old.stat().st_size):
        raise CannotRead(old, "there is no such store.", "Check the path.")
    if new:
        refuse_inputs(new, "copy-store", [old] if old else [])
        refuse_strange(new)
    if new is None or new.exists():
        return _into(source, target, record)
    return _into_new(source, new, record)


def _into_new(source: str, path: Path, record: str) -> list[Copied]:
    """Make the store beside its place and bring it there when it is complete."""
    draft = path.with_name(f".~sheetrecord-store-{path.name}")
    with locked(str(path), 0.0):
        shutil.rmtree(draft, ignore_errors=True)  # of a run that was killed
        try:
            draft.mkdir(mode=0o700)
            made = draft / path.name
            copied = _into(source, f"{SQLITE}{made}", record, str(path))
            this_disk().put(str(made), str(path))
            this_disk().sync_folder(str(path.parent))
        except OSError as error:
            raise refusal(path, error) from error
        except SheetRecordError as error:
            error.message = error.message.replace(str(draft / path.name), str(path))
            raise
        finally:
            shutil.rmtree(draft, ignore_errors=True)
    return [one._replace(where=str(path)) for one in copied]


def _into(source: str, target: str, record: str, where: str = "") -> list[Copied]:
    """Copy into a store; ``where`` is what people call it, if not by its address."""
    with closing(open_database(source)) as old, closing(open_database(target)) as new:
        new.where = where or new.where
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
