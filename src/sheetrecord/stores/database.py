"""The database protocol that the tables rely on: rows, transactions, a lock."""

from collections.abc import Iterable, Sequence
from contextlib import AbstractContextManager
from typing import Any, Protocol


class Database(Protocol):
    """One connection. Statements mark parameters with ``?``.

    Every method raises a `SheetRecordError` when the database fails.
    """

    where: str
    """What people call it: a path, or an address without its password."""

    for_update: str
    """What a SELECT ends with to hold its rows until the transaction ends."""

    now: str
    """The seconds since 1970 by the database's clock, as an expression: one clock for all."""

    def rows(self, sql: str, *parameters: object) -> list[tuple[Any, ...]]:
        """Run one statement and return its rows, an empty list for a statement without result."""
        ...

    def many(self, sql: str, rows: Iterable[Sequence[object]]) -> None:
        """Run one statement once for each of the rows."""
        ...

    def writing(self) -> AbstractContextManager[None]:
        """Run the block in one transaction: committed durably, or rolled back on any error."""
        ...

    def reading(self) -> AbstractContextManager[None]:
        """Run the block's queries on one consistent snapshot of the database."""
        ...

    def lock(self, key: str) -> AbstractContextManager[None]:
        """Hold a named lock, one connection at a time; released when the process ends."""
        ...

    def integrity(self) -> list[str]:
        """Return the problems the database finds in its own pages, empty for none."""
        ...

    def close(self) -> None:
        """Close the connection."""
        ...
