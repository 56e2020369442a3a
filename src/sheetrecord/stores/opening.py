"""Opening the store that an address names."""

from pathlib import Path

from sheetrecord.files.state import state_folder
from sheetrecord.model.address import shown_address
from sheetrecord.model.errors import BadSettings
from sheetrecord.stores.database import Database
from sheetrecord.stores.retention import KEEP
from sheetrecord.stores.tables import TableStore

_SQLITE = "sqlite:"
_POSTGRES = ("postgresql://", "postgres://")


def open_store(url: str, record_id: str, wait: float = 60.0, keep: int = KEEP) -> TableStore:
    """Open the store of one record; its tables are made when they are not there yet.

    ``url`` is ``sqlite:PATH`` or ``postgresql://...``, or empty for a file of the record's own in
    the user's state folder. ``wait`` is how many seconds to wait for another run or program;
    ``keep`` see `retention.KEEP`. A SQLite store that changed is backed up once a day. Raises a
    `SheetRecordError` when the world refuses.
    """
    database = open_database(url or default_url(record_id), wait)
    try:
        _back_up(database)
    except BaseException:
        database.close()
        raise
    return TableStore(database, record_id, keep)


def open_database(url: str, wait: float = 60.0) -> Database:
    """Connect to the database that an address names."""
    if url.startswith(_SQLITE) and len(url) > len(_SQLITE):
        from sheetrecord.stores.sqlite import SqliteDatabase

        return SqliteDatabase(sqlite_path(url), wait)
    if url.startswith(_POSTGRES):
        from sheetrecord.stores.postgres import PostgresDatabase

        return PostgresDatabase(url, wait)
    why = "it is not the address of a store."
    raise BadSettings(
        shown_address(url), why, "Write sqlite:PATH or postgresql://USER@HOST/DATABASE."
    )


def look_into(url: str, wait: float = 60.0) -> Database | None:
    """Connect to a server's database to look, and change nothing; None when it has no tables."""
    from sheetrecord.stores.postgres import PostgresDatabase

    database = PostgresDatabase(url, wait, only_look=True)
    if database.made:
        return database
    database.close()
    return None


def _back_up(database: Database) -> None:
    from sheetrecord.stores.sqlite import SqliteDatabase

    if isinstance(database, SqliteDatabase):
        from sheetrecord.stores.sqlite_backup import back_up_when_due

        back_up_when_due(database)


def sqlite_path(url: str) -> Path:
    """Return the file that a ``sqlite:`` address names; ``~`` is the user's home."""
    path = url.removeprefix(_SQLITE)
    if path.startswith("///"):  # as other programs write the same
        path = path[2:]
    return Path(path).expanduser().absolute()


def default_url(record_id: str) -> str:
    """Return where a record is kept when no address is set: a file in the state folder."""
    if not record_id or not all(c.isalnum() or c in "-_" for c in record_id):
        raise BadSettings("record", f"{record_id!r} is not the id of a record.", "Check the file.")
    return f"{_SQLITE}{Path(state_folder('records'), f'{record_id}.db')}"
