"""Detect that a sync has nothing to do, before the modules that a sync needs are loaded.

If every copy is byte for byte what the store has accepted and holds the present record, and nothing
waits for a person, the answer is complete. Anything else is left to the sync itself.
"""

import datetime as dt
from contextlib import suppress

from sheetrecord.app.settings.places import StoreAt
from sheetrecord.app.sync.clock import moment
from sheetrecord.app.sync.named_copies import NamedCopies
from sheetrecord.app.sync.sibling_files import stamped_beside, synced
from sheetrecord.core.sync.config_language import language_kept
from sheetrecord.core.sync.store_protocol import Stored
from sheetrecord.model.errors import SheetRecordError
from sheetrecord.stores.connect import SQLITE, default_store, open_store, sqlite_path
from sheetrecord.stores.tables import TableStore
from sheetrecord.workbooks.kinds import is_as_known, is_path, records_of, recovered


def nothing_to_do(asked: NamedCopies, at: StoreAt) -> bool:
    """Tell whether a sync of these copies would neither do nor say anything."""
    return bool(language_at_rest(asked, at))


def language_at_rest(asked: NamedCopies, at: StoreAt) -> str:
    """Return the language of a record of whose copies a sync would do and say nothing, else "".

    Takes the lock that a sync takes, and writes what a sync with nothing to do writes: a backup of
    the store that is due, and an end to what a run that died left beside a copy. Raises a
    `SheetRecordError` where the world refuses, as the sync will.
    """
    record = at.record or _told(asked)
    url = at.url or default_store(record)
    if not record or asked.strangers or not url.startswith(SQLITE):
        return ""
    if not sqlite_path(url).is_file():
        return ""
    store = open_store(url, record)
    try:
        with store.lock():
            return _at_rest(store, asked)
    finally:
        store.close()


def _told(asked: NamedCopies) -> str:
    """Return the record that the first copy says it belongs to; it decides."""
    told = records_of(asked.copies[0].address) if asked.copies else ()
    return told[0] if told else ""


def _at_rest(store: TableStore, asked: NamedCopies) -> str:
    stored = store.without_rows()
    if stored.conflicts or stored.problems or not asked.copies:
        return ""
    addresses = [copy.address for copy in asked.copies]
    for address in addresses:
        if not is_path(address):
            continue  # what it says decides, and whatever a run has left there changed that
        with suppress(SheetRecordError, OSError):
            recovered(address)
    others = {copy.address for copy in asked.declared} | synced(stored.copies)
    rests = (
        all(_as_left(address, stored) for address in addresses)
        and not any(stamped_beside(addresses, others, store.record_id))
        and not moment(dt.datetime.now(dt.UTC), store.last_at())[1]
        and store.rows_as_marked()
    )
    return language_kept(stored.record.workbook_config) if rests else ""


def _as_left(address: str, stored: Stored) -> bool:
    """Tell whether a copy is what was accepted of it, and holds the record of now in full."""
    state = stored.copies.get(address)
    if state is None or state.note or state.run < stored.changed:
        return False
    return is_as_known(address, state.digest, state.size, state.mtime_ns)
