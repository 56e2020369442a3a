"""Copy a record to another store: the same rows, baselines, copies, conflicts and ledger."""

from collections.abc import Iterator
from itertools import islice
from typing import Any, Final

from sheetrecord.model.errors import CannotWrite
from sheetrecord.stores import statements as sql
from sheetrecord.stores.columns import damaged, kept
from sheetrecord.stores.tables import PAGE, TableStore
from sheetrecord.stores.verify import verify


def copy_record(source: TableStore, target: TableStore, *, check: bool = True) -> int:
    """Copy a whole record into a store without it; return its number of ledger entries.

    Columns are copied without decoding, so the ledger's hashes stay the same. Both records are
    locked meanwhile, and the copy is verified before it is committed (without ``check`` a damaged
    record is copied as it is). Raises CannotWrite when the target has the record, CannotRead when
    it is damaged.
    """
    mine = kept(source.record_id)
    reading, writing = source.database.reading(), target.database.writing()
    with source.lock(), target.lock(), reading, writing:
        if target.database.rows(sql.STATE, mine):
            why = f"it already holds the record {source.record_id}."
            raise CannotWrite(target.where, why, "Name a store that does not have it.")
        for select, insert in _TABLES:
            target.database.many(insert, source.database.rows(select, mine))
        for row in source.database.rows(sql.GENERATIONS, mine):
            [(body,)] = source.database.rows(sql.BASE, mine, row[0])
            mark = source.mark(row[0])
            target.database.rows(sql.PUT_BASE, mine, row[0], bytes(body), mark)
        for batch in _batches(source.ledger_columns()):
            target.database.many(sql.LOG, [(mine, *columns) for columns in batch])
        wrong = [verdict.what for verdict in verify(target) if not verdict.well]
        if check and wrong:
            raise damaged(source.where, f"the record {source.record_id} ({wrong[0]})")
    return target.state().seq


_TABLES: Final = (
    (sql.EVERY_RECORD, sql.ADD_RECORD),
    (sql.EVERY_ROW, sql.PUT_ROW),
    (sql.EVERY_COPY, sql.PUT_COPY),
)


def _batches(rows: Iterator[object]) -> Iterator[list[Any]]:
    while batch := list(islice(rows, PAGE)):
        yield batch
