"""A PostgreSQL server for the session, and a store of each kind."""

import itertools
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from sheetrecord.core.sync.store_protocol import RecordStore
from sheetrecord.stores import MemoryStore, open_store
from stores.cluster import server

KINDS = (
    pytest.param("memory", id="memory"),
    pytest.param("sqlite", id="sqlite"),
    pytest.param("postgres", id="postgres", marks=pytest.mark.postgres),
)
"""Every store there is; each must do the same."""

DATABASES = KINDS[1:]

_numbers = itertools.count(1)


@pytest.fixture(scope="session")
def postgres() -> Iterator[str]:
    """The address of a server that lives as long as the tests."""
    yield from server()


@pytest.fixture(scope="session")
def second_database(postgres: str) -> str:
    """The address of another database of that server."""
    import psycopg

    with psycopg.connect(postgres, autocommit=True) as connection:
        connection.execute("CREATE DATABASE second")
    return postgres.removesuffix("/postgres") + "/second"


@pytest.fixture
def address(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """The address of a store of the kind that the test is for."""
    if request.param == "postgres":
        return str(request.getfixturevalue("postgres"))
    return "memory" if request.param == "memory" else f"sqlite:{tmp_path / 'record.db'}"


@pytest.fixture
def record_id() -> str:
    """A record that no other test has."""
    return f"R-{next(_numbers)}"


@pytest.fixture
def open_(address: str, record_id: str) -> Iterator[Callable[..., RecordStore]]:
    """Open the record's store, again and again if wanted; all are closed in the end."""
    opened: list[RecordStore] = []

    def call(**options: object) -> RecordStore:
        if address == "memory":
            opened.append(MemoryStore(record_id, **options))
        else:
            opened.append(open_store(address, record_id, **options))
        return opened[-1]

    yield call
    for store in opened:
        store.close()


@pytest.fixture
def store(open_: Callable[..., RecordStore]) -> RecordStore:
    """A new store."""
    return open_()
