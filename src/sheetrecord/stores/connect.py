"""Open the store that an address names."""

from pathlib import Path
from typing import Final

from sheetrecord.files.state_folder import state_folder, state_path
from sheetrecord.model.address import shown_address
from sheetrecord.model.errors import BadSettings, CannotWrite
from sheetrecord.stores.database import Database
from sheetrecord.stores.retention import KEEP
from sheetrecord.stores.tables import TableStore

SQLITE: Final = "sqlite:"
SUFFIXES: Final = (".db", ".sqlite", ".sqlite3")
_MAGIC: Final = b"SQLite format 3\0"
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
    """Connect to the database that an address names. Raises BadSettings for an unknown kind."""
    if url.startswith(SQLITE) and len(url) > len(SQLITE):
        from sheetrecord.stores.sqlite import SqliteDatabase
        from sheetrecord.stores.sqlite_backup import refuse_emptied

        path = sqlite_path(url)
        refuse_emptied(path)
        if not path.is_file() or not path.stat().st_size:
            refuse_strange(path)
        return SqliteDatabase(path, wait)
    if is_server(url):
        from sheetrecord.stores.postgres import PostgresDatabase

        return PostgresDatabase(url, wait)
    why = "it is not the address of a store."
    raise BadSettings(
        shown_address(url), why, "Write sqlite:PATH or postgresql://USER@HOST/DATABASE."
    )


def is_server(url: str) -> bool:
    """Return True if an address names a server, which several machines may reach."""
    return url.startswith(_POSTGRES)


def refuse_strange(path: Path) -> None:
    """Raise CannotWrite when a store would be made in a file of another kind, or under its name.

    Whether a database is one of ours is told by itself, when it is opened.
    """
    if _is_database(path):
        return
    if path.exists() and (not path.is_file() or path.stat().st_size):
        raise CannotWrite(path, "it exists already, and it is no store.", "Name another file.")
    if path.suffix.lower() not in ("", *SUFFIXES):
        *first, last = SUFFIXES
        why = f"a store is a file that ends with {', '.join(first)} or {last}."
        raise CannotWrite(path, why, "Name it so.")


def _is_database(path: Path) -> bool:
    if not path.is_file():
        return False
    try:
        with path.open("rb") as file:
            return file.read(len(_MAGIC)) == _MAGIC
    except OSError:
        return False


def look_into(url: str, wait: float = 60.0) -> Database | None:
    """Connect to a server's database for reading only; None when it has no tables."""
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
    path = url.removeprefix(SQLITE)
    if path.startswith("///"):  # as other programs write the same
        path = path[2:]
    return Path(path).expanduser().absolute()


def default_store(record: str) -> str:
    """Return the URL of a record's own store in the user's state folder; nothing is made."""
    return f"{SQLITE}{state_path('records', f'{record}.db')}"


def default_url(record_id: str) -> str:
    """Return where a record is kept when no address is set: a file in the state folder."""
    if not record_id or not all(c.isalnum() or c in "-_" for c in record_id):
        raise BadSettings("record", f"{record_id!r} is not the id of a record.", "Check the file.")
    return f"{SQLITE}{Path(state_folder('records'), f'{record_id}.db')}"
