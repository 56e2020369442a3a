"""Translate PostgreSQL errors into messages for users."""

from collections.abc import Iterator
from contextlib import contextmanager

from sheetrecord.files.locking import OTHER_RUN
from sheetrecord.model.errors import (
    CannotRead,
    CannotWrite,
    Locked,
    SheetRecordError,
    Unreachable,
)


@contextmanager
def refusing(where: str) -> Iterator[None]:
    """Raise server errors as `SheetRecordError`. Programming errors propagate."""
    import psycopg

    try:
        yield
    except psycopg.Error as error:
        told = refusal(where, error)
        if told is None:
            raise
        raise told from error


def refusal(where: str, error: Exception) -> SheetRecordError | None:
    """Return the error to raise for a server error; None for a programming error."""
    from psycopg import errors

    words = _cannot_write(error)
    if words:
        return CannotWrite(where, *words)
    match error:
        case errors.LockNotAvailable() | errors.DeadlockDetected() | errors.SerializationFailure():
            return Locked(where, OTHER_RUN)
        case errors.DataCorrupted() | errors.IndexCorrupted():
            why = f"the store is damaged ({_first(error)})."
            return CannotRead(where, why, "Restore it from a backup.", reason="damaged")
        case errors.OperationalError() | errors.InterfaceError():
            return Unreachable(where, f"{_first(error)}.")
    return None


def _cannot_write(error: Exception) -> tuple[str, str] | None:
    """Return why nothing can be written there, and what to do; None for another reason."""
    from psycopg import errors

    match error:
        case errors.DiskFull():
            return "the server's disk is full.", "Free some space there and run this again."
        case errors.ReadOnlySqlTransaction():
            return "the server is read-only.", "Connect to the main server."
        case errors.InsufficientPrivilege():
            do = "Ask its administrator for the right to create and write the schema sheetrecord."
            return f"the server does not allow it ({_first(error)}).", do
    return None


def _first(error: Exception) -> str:
    """Return the first line of what the server said."""
    return (str(error).strip().splitlines() or [type(error).__name__])[0].rstrip(".")
