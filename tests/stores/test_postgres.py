"""What is PostgreSQL's alone: a server that may be away, refuse, be old, or belong to others."""

import builtins
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import closing, suppress
from pathlib import Path
from typing import Any

import pytest

from messy import firm
from sheetrecord.app.sync.open_store import KnownRecord, glanced, looking
from sheetrecord.core.sync.store_protocol import RecordStore, Stored
from sheetrecord.model.errors import (
    BadSettings,
    CannotWrite,
    ChangedElsewhere,
    Locked,
    MissingExtra,
    SheetRecordError,
    TooNew,
    Unreachable,
)
from sheetrecord.stores import TableStore, open_store
from sheetrecord.stores.connect import open_database
from sheetrecord.stores.fleet import Fleet, SeenWorkbook
from sheetrecord.stores.postgres import PostgresDatabase, lock_number
from sheetrecord.stores.verify import verify
from stores.changes import told

pytestmark = pytest.mark.postgres


@pytest.fixture
def admin(postgres: str) -> Iterator[Any]:
    """A connection that is no store's."""
    import psycopg

    with psycopg.connect(postgres, autocommit=True) as connection:
        yield connection


@pytest.fixture
def empty(postgres: str, admin: Any) -> Iterator[str]:
    """The address of a database without our tables."""
    admin.execute("CREATE DATABASE empty")
    yield postgres.removesuffix("/postgres") + "/empty"
    admin.execute("DROP DATABASE empty WITH (FORCE)")


@pytest.fixture
def store(postgres: str, record_id: str) -> Iterator[TableStore]:
    with closing(open_store(postgres, record_id)) as opened:
        yield opened


def connection_of(store: RecordStore) -> Any:
    assert isinstance(store, TableStore)
    assert isinstance(store.database, PostgresDatabase)
    return store.database._db


def end_connection(store: RecordStore, admin: Any) -> None:
    """Cut a store's connection, as a server that restarts or a network that fails does."""
    number = connection_of(store).info.backend_pid
    admin.execute("SELECT pg_terminate_backend(%s, 5000)", (number,))


def test_without_the_package_it_is_said_how_to_get_it(monkeypatch: pytest.MonkeyPatch) -> None:
    original = builtins.__import__

    def refuse(name: str, *rest: Any) -> Any:
        if name.partition(".")[0] == "psycopg":
            raise ImportError(name)
        return original(name, *rest)

    for name in [name for name in sys.modules if name.split(".")[0] == "psycopg"]:
        monkeypatch.delitem(sys.modules, name)
    monkeypatch.setattr(builtins, "__import__", refuse)
    with pytest.raises(MissingExtra, match=r'pip install "sheetrecord\[postgres\]"'):
        open_store("postgresql://ana@db/records", "R-1")


def test_a_server_that_is_not_there_is_said() -> None:
    with pytest.raises(Unreachable, match=r"postgresql://ana@127\.0\.0\.1:1/records: .*refused"):
        open_store("postgresql://ana:secret@127.0.0.1:1/records", "R-1")


def test_a_database_that_is_not_there_is_said(postgres: str) -> None:
    with pytest.raises(Unreachable, match='database "nowhere" does not exist'):
        open_store(postgres.removesuffix("/postgres") + "/nowhere", "R-1")


def test_a_server_that_is_there_is_told_without_it(
    empty: str, run: Callable[..., Any], tmp_path: Path
) -> None:
    url = f"{empty}{'&' if '?' in empty else '?'}password=S3CRET"
    folder = tmp_path / "books"
    folder.mkdir()
    (folder / "firm.xlsx").write_bytes(firm.workbook())
    for words in (("fleet", folder, "--store", url), ("copy-store", url, f"sqlite:{tmp_path}/to")):
        for format_ in ("text", "json"):
            ran = run(*words, "--format", format_)
            assert ran.code == 0, ran.err
            assert "S3CRET" not in ran.out + ran.err


def test_a_database_of_another_encoding_is_refused(postgres: str, admin: Any) -> None:
    admin.execute("CREATE DATABASE latin ENCODING 'LATIN1' TEMPLATE template0")
    try:
        with pytest.raises(BadSettings, match="encoding is LATIN1"):
            open_store(postgres.removesuffix("/postgres") + "/latin", "R-1")
    finally:
        admin.execute("DROP DATABASE latin WITH (FORCE)")


def test_a_newer_store_is_not_touched(empty: str) -> None:
    with closing(open_store(empty, "R-1")) as store:
        store.database.rows("UPDATE schema_version SET version = 99")
    with pytest.raises(TooNew, match="version 99"):
        open_store(empty, "R-1")


def test_many_open_a_new_store_at_once(empty: str) -> None:
    failed: list[BaseException] = []

    def open_one(number: int) -> None:
        try:
            with closing(open_store(empty, f"R-{number}")) as store:
                store.commit(0, told(1, 10))
        except BaseException as error:  # noqa: BLE001 - shown by the assertion
            failed.append(error)

    threads = [threading.Thread(target=open_one, args=(number,)) for number in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    assert failed == []


def test_our_tables_are_in_a_schema_of_their_own(empty: str) -> None:
    import psycopg

    open_store(empty, "R-1").close()
    with psycopg.connect(empty) as connection:
        found = connection.execute(
            "SELECT DISTINCT schemaname FROM pg_tables WHERE tablename IN ('record', 'ledger')"
        ).fetchall()
    assert found == [("sheetrecord",)]


def test_a_user_who_may_not_make_tables_is_told_so(empty: str, admin: Any) -> None:
    admin.execute("CREATE ROLE guest LOGIN")
    try:
        with pytest.raises(CannotWrite, match="permission denied"):
            open_store(empty.replace("tests@", "guest@"), "R-1")
    finally:
        admin.execute("DROP ROLE guest")


def test_a_server_that_only_reads_is_said(store: TableStore) -> None:
    store.database.rows("SET default_transaction_read_only = on")
    with pytest.raises(CannotWrite, match="read-only"):
        store.commit(0, told(1, 10))


def test_a_lost_connection_commits_nothing_and_frees_the_record(
    store: TableStore, postgres: str, admin: Any
) -> None:
    store.commit(0, told(1, 10))
    with store.lock():
        end_connection(store, admin)
        with closing(open_store(postgres, store.record_id, wait=10)) as other, other.lock():
            other.commit(1, told(2, 11))
        with pytest.raises(Unreachable):
            store.commit(1, told(2, 12))
    with closing(open_store(postgres, store.record_id)) as other:
        assert other.load().run == 2
        assert all(verdict.well for verdict in verify(other))


def test_who_holds_the_record_is_said(
    store: TableStore, postgres: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("getpass.getuser", lambda: "ana")
    monkeypatch.setattr("socket.gethostname", lambda: "pc2")
    with (
        closing(open_store(postgres, store.record_id)) as ana,
        closing(open_store(postgres, store.record_id, wait=0.1)) as other,
        ana.lock(),
        pytest.raises(Locked, match="waiting for sheetrecord ana@pc2"),
        other.lock(),
    ):
        pass


def test_without_the_lock_the_run_number_still_keeps_runs_apart(
    store: TableStore, postgres: str
) -> None:
    """As behind a pooler that gives each transaction another session."""
    with closing(open_store(postgres, store.record_id)) as other:
        winners, start = [], threading.Barrier(2)

        def commit(mine: TableStore, cell: int) -> None:
            start.wait()
            with suppress(ChangedElsewhere):
                mine.commit(0, told(1, cell))
                winners.append(cell)

        threads = [threading.Thread(target=commit, args=pair) for pair in ((store, 1), (other, 2))]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join(30)
        assert len(winners) == 1
        assert store.load().record.rows["Fees"]["F-1-0"] == {"net": winners[0]}
        assert all(verdict.well for verdict in verify(store))


def test_while_one_machine_begins_the_others_do_not_wait(postgres: str) -> None:
    with closing(open_database(postgres)) as one, closing(open_database(postgres)) as other:
        first, second = Fleet(one, "clients that wait"), Fleet(other, "clients that wait")
        first.found({path: SeenWorkbook(1, 2, "a") for path in ("a.xlsx", "b.xlsx")}, {}, [])
        with one.writing():
            assert first.begin("a.xlsx", "one")
            assert second.begin("b.xlsx", "two")


def test_commits_wait_for_the_disk_even_where_the_role_is_told_not_to(
    postgres: str, admin: Any
) -> None:
    admin.execute("CREATE ROLE hasty LOGIN SUPERUSER")
    admin.execute("ALTER ROLE hasty SET synchronous_commit = off")
    try:
        with closing(open_store(postgres.replace("tests@", "hasty@"), "R-1")) as store:
            assert store.database.rows("SHOW synchronous_commit") == [("on",)]
    finally:
        admin.execute("DROP ROLE hasty")


def test_locks_of_different_records_have_different_numbers() -> None:
    numbers = {lock_number(f"R-{number}") for number in range(10_000)}
    assert len(numbers) == 10_000
    assert all(-(2**63) <= number < 2**63 for number in numbers)
    assert lock_number("R-1") == -3229383247473860364


def tables(address: str) -> int:
    import psycopg

    with psycopg.connect(address) as connection:
        found = connection.execute(
            "SELECT count(*) FROM pg_namespace WHERE nspname = 'sheetrecord'"
        ).fetchone()
    return int(found[0]) if found else -1


def test_a_look_at_a_database_without_tables_makes_none(empty: str) -> None:
    with glanced(empty) as store:
        assert store is None
    with looking(KnownRecord("0123456789abcdef", empty, new=True)) as store:
        assert store.load() == Stored()
        assert store.commit(0, told(1, 10)) == 1  # a plan runs on it, in memory
    assert tables(empty) == 0


def test_a_look_at_a_store_shows_it_and_cannot_change_it(empty: str) -> None:
    with closing(open_store(empty, "R")) as store:
        store.commit(0, told(1, 10))
    with glanced(empty, "R") as store:
        assert store is not None
        assert store.load().run == 1
        with pytest.raises(SheetRecordError):
            store.commit(1, told(2, 11))
    with closing(open_store(empty, "R")) as store:
        assert store.load().run == 1
