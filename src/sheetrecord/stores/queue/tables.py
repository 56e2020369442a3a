"""procrastinate's tables beside ours: made once, and brought forward with the package."""

from importlib.resources import files
from typing import Final

from sheetrecord.model.errors import BadSettings
from sheetrecord.stores.postgres import PostgresDatabase

_LOCK: Final = "the queue's tables"
_MARKS: Final = "CREATE TABLE queue_step (name TEXT PRIMARY KEY)"
"""Names of the package's migrations that the tables hold."""

_UPDATE: Final = 'Update it on this machine: pip install --upgrade "sheetrecord[fleet]".'


def make(database: PostgresDatabase) -> None:
    """Make the queue's tables, or bring older ones forward. Raises BadSettings for newer ones.

    procrastinate numbers its migrations in the names of its files; they are applied in their order.
    """
    installed = _installed()
    if _held(database) == set(installed):
        return
    with database.lock(_LOCK), database.writing():
        held = _held(database)
        if unknown := held - set(installed):
            why = f"the queue there is of a newer version of procrastinate ({max(unknown)})."
            raise BadSettings(database.where, why, _UPDATE)
        if not held:
            database.rows(_MARKS)
            _run(database, files("procrastinate.sql").joinpath("schema.sql").read_text("utf-8"))
        else:
            for name in sorted(set(installed) - held):
                _run(database, installed[name])
        missing = [(name,) for name in installed if name not in held]
        database.many("INSERT INTO queue_step VALUES (?)", missing)


def are_made(database: PostgresDatabase) -> bool:
    """Return True if there is a queue."""
    return bool(_held(database))


def _held(database: PostgresDatabase) -> set[str]:
    if database.rows("SELECT to_regclass('queue_step')") == [(None,)]:
        return set()
    return {name for (name,) in database.rows("SELECT name FROM queue_step")}


def _installed() -> dict[str, str]:
    folder = files("procrastinate.sql").joinpath("migrations")
    steps = (entry for entry in folder.iterdir() if entry.name.endswith(".sql"))
    return {entry.name: entry.read_text("utf-8") for entry in steps}


def _run(database: PostgresDatabase, script: str) -> None:
    database.connection.execute(script.encode())
