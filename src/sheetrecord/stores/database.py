"""What the tables need of a database: rows, transactions, a lock. SQLite and PostgreSQL have it."""

from collections.abc import Iterable, Sequence
from contextlib import AbstractContextManager
from typing import Any, Protocol


class Database(Protocol):
    """One connection. Statements mark parameters with ``?``.

    Every method raises a `SheetRecordError` when the database refuses.
    """

    where: str
    """What people call it: a path, or an address without its password."""

    for_update: str
    """What a SELECT ends with to hold its rows until the transaction ends."""

    skip: str
    """What a SELECT ends with to hold its rows, leaving out those that others hold."""

    now: str
    """The seconds since 1970 by the database's clock, as an expression: one clock for all."""

    def rows(self, sql: str, *parameters: Any) -> list[tuple[Any, ...]]:
        """Run one statement and return all rows it gives, none for one that gives none."""
        ...

    def many(self, sql: str, rows: Iterable[Sequence[Any]]) -> None:
        """Run one statement for each of the rows."""
        ...

    def writing(self) -> AbstractContextManager[None]:
        """Do what follows whole and durably, or not at all."""
        ...

    def reading(self) -> AbstractContextManager[None]:
        """See one moment of the database in all that follows."""
        ...

    def lock(self, key: str) -> AbstractContextManager[None]:
        """Hold a name that one connection at a time can hold; dies with the process."""
        ...

    def integrity(self) -> list[str]:
        """Return what the database finds wrong with its own pages, empty for nothing."""
        ...

    def close(self) -> None:
        """Let go of it."""
        ...
