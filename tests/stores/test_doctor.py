"""`doctor` looks at the stores and mends them."""

import os
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from sheetrecord.model.errors import CannotRead
from sheetrecord.stores import open_store
from sheetrecord.stores.sqlite import SqliteDatabase
from sheetrecord.stores.sqlite_backup import back_up
from stores.changes import told

Run = Callable[..., Any]


@pytest.fixture
def path(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The file of a record in the user's state folder."""
    monkeypatch.setenv("SHEETRECORD_STATE", str(tmp_path / "state"))
    with closing(open_store("", "R-1")) as store:
        store.commit(0, told(1, 10, "x"))
        store.commit(1, told(2, 11))
        assert isinstance(store.database, SqliteDatabase)
        return store.database.path


def changed(path: Path, *statements: str) -> None:
    with closing(sqlite3.connect(path)) as db:
        for (name,) in db.execute("SELECT name FROM sqlite_schema WHERE type='trigger'").fetchall():
            db.execute(f"DROP TRIGGER {name}")
        for statement in statements:
            db.execute(statement)
        db.commit()


def head(path: Path) -> str:
    with closing(open_store(f"sqlite:{path}", "R-1")) as store:
        return store.head()


def test_a_whole_store_is_said_to_be_whole(run: Run, path: Path) -> None:
    ran = run("doctor")
    assert ran.code == 0
    assert f"ok  store {path}: can be reached, 1 record." in ran.out
    assert f"whole after run 2, 3 entries in its ledger, head {head(path)[:12]}" in ran.out
    assert "no backup yet" in ran.out


def test_the_age_of_the_backups_is_told(run: Run, path: Path) -> None:
    with closing(SqliteDatabase(path)) as database:
        kept = back_up(database)
    kept.rename(kept.with_name("20260101T000000.000000Z.db"))
    assert "1 backup, the newest from" in run("doctor").out
    assert "It is old; the next sync makes one." in run("doctor").out


@pytest.mark.parametrize("left", [b"", None], ids=["emptied", "deleted"])
def test_a_store_that_lost_its_file_goes_back_to_its_backup(
    run: Run, path: Path, left: bytes | None
) -> None:
    with closing(SqliteDatabase(path)) as database:
        back_up(database)
    path.unlink()
    if left is not None:
        path.write_bytes(left)
    ran = run("doctor")
    assert ran.code == 1
    assert "doctor --repair" in ran.out
    assert "It was put back from" in run("doctor", "--repair").out
    assert "whole after run 2" in run("doctor").out


def test_a_backup_of_a_time_to_come_is_told_and_the_next_one_follows_it(
    run: Run, path: Path
) -> None:
    with closing(SqliteDatabase(path)) as database:
        back_up(database).rename(path.parent / "backups" / path.name / "20990101T000000.000000Z.db")
        assert "the newest from 2099-01-01, a day to come" in run("doctor").out
        assert back_up(database).name == "20990101T000001.000000Z.db"


def test_a_damaged_lock_file_is_told_and_goes_with_the_repair(run: Run, path: Path) -> None:
    with closing(open_store("", "R-1")) as store, store.lock():
        [lock] = path.parent.glob("*.lock")
        assert run("doctor").code == 0
    lock.write_bytes(b"rubbish" * 400)
    ran = run("doctor")
    assert ran.code == 1
    assert f"lock file {lock}: damaged" in ran.out
    with (
        closing(open_store("", "R-1")) as store,
        pytest.raises(CannotRead, match=r"lock file is damaged.*doctor --repair"),
        store.lock(),
    ):
        pass
    assert run("doctor", "--repair").code == 0
    with closing(open_store("", "R-1")) as store, store.lock():
        pass


def test_without_a_store_doctor_makes_none(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SHEETRECORD_STATE", str(tmp_path / "state"))
    assert run("doctor").code == 0
    assert not (tmp_path / "state").exists()


def test_rows_are_mended_from_the_ledger_after_a_backup(run: Run, path: Path) -> None:
    changed(path, "UPDATE record_row SET cells = '{\"net\":99}' WHERE row_id = 'F-1-0'")
    ran = run("doctor")
    assert ran.code == 1
    assert "the record is what its ledger tells: not Fees F-1-0" in ran.out
    assert "doctor --repair" in ran.out
    ran = run("doctor", "--repair")
    assert ran.code == 0
    assert "3 rows written as the ledger tells them. As it was: " in ran.out
    [kept] = (path.parent / "backups" / path.name).iterdir()
    with closing(open_store(f"sqlite:{kept}", "R-1")) as before:
        assert before.load().record.rows["Fees"]["F-1-0"] == {"net": 99}
    with closing(open_store(f"sqlite:{path}", "R-1")) as after:
        assert after.load().record.rows["Fees"]["F-1-0"] == {"net": 10}
    assert "rows written" not in run("doctor", "--repair").out


def test_a_damaged_file_gives_way_to_its_backup_and_is_kept(run: Run, path: Path) -> None:
    with closing(SqliteDatabase(path)) as database:
        back_up(database)
    path.write_bytes(b"\xff" * 5000)
    assert run("doctor").code == 1
    ran = run("doctor", "--repair")
    assert ran.code == 0
    assert "It was put back from" in ran.out
    assert "whole after run 2" in ran.out
    assert [p.read_bytes() for p in path.parent.glob("*.damaged-*")] == [b"\xff" * 5000]


def test_a_damaged_file_without_a_backup_stays(run: Run, path: Path) -> None:
    path.write_bytes(b"\xff" * 5000)
    ran = run("doctor", "--repair")
    assert ran.code == 1
    assert path.read_bytes() == b"\xff" * 5000


def test_a_changed_ledger_is_told_and_not_mended(run: Run, path: Path) -> None:
    changed(path, "UPDATE ledger SET actor = 'Jon' WHERE seq = 2")
    ran = run("doctor", "--repair")
    assert ran.code == 1
    assert "entry 2 of the ledger is not what was written" in ran.out


def test_an_end_noted_elsewhere_is_looked_for(run: Run, path: Path) -> None:
    known = head(path)
    assert run("doctor", "--head", known).code == 0
    with closing(open_store(f"sqlite:{path}", "R-1")) as store:
        [first, *_] = store.ledger()
    changed(
        path,
        "DELETE FROM ledger WHERE seq > 1",
        "DELETE FROM record_row WHERE row_id <> 'F-1-0'",
        f"UPDATE record SET seq = 1, head = '{first.hash}'",
    )
    assert run("doctor").code == 0
    ran = run("doctor", "--head", known)
    assert ran.code == 1
    assert f"a record leads to the head {known[:12]}." in ran.out


@pytest.fixture
def in_postgres(postgres: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    """Settings that name a database of its own."""
    import psycopg

    monkeypatch.setenv("SHEETRECORD_STATE", str(tmp_path / "state"))
    name = f"doctor_{os.getpid()}"
    with psycopg.connect(postgres, autocommit=True) as connection:
        connection.execute(f"CREATE DATABASE {name}")
    url = postgres.removesuffix("/postgres") + f"/{name}"
    (tmp_path / "sheetrecord.toml").write_text(f'[store]\nurl = "{url}"\n')
    yield url
    with psycopg.connect(postgres, autocommit=True) as connection:
        connection.execute(f"DROP DATABASE {name}")


@pytest.mark.postgres
def test_a_record_on_a_server_is_mended_too(run: Run, in_postgres: str, tmp_path: Path) -> None:
    with closing(open_store(in_postgres, "R-1")) as store:
        store.commit(0, told(1, 10, "x"))
        store.database.rows("DELETE FROM record_row")
    ran = run("doctor")
    assert (ran.code, "run this once with --trust" in ran.out) == (1, True)
    ran = run("doctor", "--trust")
    assert ran.code == 1
    assert "does not wait for its disk" in ran.out, "the tests' server is told not to"
    assert "the record is what its ledger tells: not Fees F-1-0, Fees F-1-1" in ran.out
    ran = run("doctor", "--repair")
    assert "2 rows written as the ledger tells them" in ran.out
    [kept] = (tmp_path / "state" / "backups").glob("*.db")
    with closing(open_store(f"sqlite:{kept}", "R-1")) as before:
        assert before.load().record.rows == {}
    assert "whole after run 1" in run("doctor").out


@pytest.mark.postgres
def test_a_server_that_does_not_answer_is_said(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SHEETRECORD_STATE", str(tmp_path / "state"))
    (tmp_path / "sheetrecord.toml").write_text(
        '[store]\nurl = "postgresql://ana@127.0.0.1:1/firm"\n'
    )
    monkeypatch.setenv("PGPASSWORD", "secret")
    ran = run("doctor", "--trust")
    assert ran.code == 1
    assert "postgresql://ana@127.0.0.1:1/firm" in ran.out
    assert "secret" not in ran.out


def test_a_store_on_a_share_is_said(run: Run, path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sheetrecord.stores.sqlite.network_share", lambda _: "nfs4")
    ran = run("doctor")
    assert ran.code == 1
    assert f"{path}: it is on a network share (nfs4)" in ran.out
    assert "use PostgreSQL: see docs/scale.md" in ran.out
