"""What is SQLite's alone: one file on this machine, what can be wrong with it, and its backups."""

import datetime as dt
import os
import shutil
import sqlite3
import stat
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest

from sheetrecord.core.sync.store_protocol import Stored
from sheetrecord.model.errors import (
    BadSettings,
    CannotRead,
    CannotWrite,
    Locked,
    SheetRecordError,
    TooNew,
)
from sheetrecord.stores import (
    TableStore,
    default_url,
    migrate,
    open_store,
    sqlite,
    sqlite_backup,
)
from sheetrecord.stores.sqlite import SqliteDatabase
from sheetrecord.stores.sqlite_backup import back_up, backups, restore
from stores.changes import told


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "record.db"


@pytest.fixture
def url(path: Path) -> str:
    return f"sqlite:{path}"


def filled(url: str, runs: int = 1) -> None:
    with closing(open_store(url, "R-1")) as store:
        for run in range(runs):
            store.commit(run, told(run + 1, run))


def database(store: TableStore) -> SqliteDatabase:
    assert isinstance(store.database, SqliteDatabase)
    return store.database


def test_the_file_is_ours_durable_and_the_users_alone(path: Path, url: str) -> None:
    with closing(open_store(url, "R-1")) as store:
        told_by = {
            name: store.database.rows(f"PRAGMA {name}")[0][0]
            for name in ("journal_mode", "synchronous", "foreign_keys", "user_version")
        }
        assert told_by == {
            "journal_mode": "wal",
            "synchronous": 2,
            "foreign_keys": 1,
            "user_version": migrate.newest(),
        }
        assert store.database.rows("PRAGMA application_id") == [(sqlite.APPLICATION,)]
        [(strict,)] = store.database.rows("SELECT count(*) FROM pragma_table_list WHERE strict")
        assert strict >= 5
        if os.name == "posix":
            for end in ("", "-wal", "-shm"):
                assert stat.S_IMODE(Path(f"{path}{end}").stat().st_mode) == 0o600


def test_a_row_without_its_record_is_refused(url: str) -> None:
    filled(url)
    with closing(open_store(url, "R-1")) as store:
        with pytest.raises(sqlite3.IntegrityError, match="FOREIGN KEY"):
            store.database.rows("INSERT INTO base VALUES ('R-9', 1, x'00', '')")
        with pytest.raises(sqlite3.IntegrityError, match="cannot store TEXT value"):
            store.database.rows("UPDATE record SET run = 'x'")


def test_without_an_address_a_record_has_a_file_of_its_own(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SHEETRECORD_STATE", str(tmp_path / "state"))
    filled("")
    assert default_url("R-1") == f"sqlite:{tmp_path / 'state' / 'records' / 'R-1.db'}"
    assert (tmp_path / "state" / "records" / "R-1.db").exists()


@pytest.mark.parametrize("record", ["", "../x", "a/b"], ids=["empty", "above", "folder"])
def test_an_id_that_is_no_file_name_makes_no_file(record: str) -> None:
    with pytest.raises(BadSettings, match="is not the id of a record"):
        default_url(record)


@pytest.mark.parametrize("word", ["", "sqlite:", "mysql://x", "firm.db"], ids=str)
def test_an_address_that_is_none_is_refused(word: str) -> None:
    from sheetrecord.stores.connect import open_database

    with pytest.raises(BadSettings, match="Write sqlite:PATH or postgresql://"):
        open_database(word)


def test_the_address_may_be_spelled_as_elsewhere(tmp_path: Path) -> None:
    filled(f"sqlite:///{tmp_path}/record.db")
    assert (tmp_path / "record.db").exists()


def test_a_folder_that_is_not_there_is_said(tmp_path: Path) -> None:
    with pytest.raises(CannotWrite, match="the store cannot be made"):
        open_store(f"sqlite:{tmp_path}/none/record.db", "R-1")


def test_another_file_is_not_touched(path: Path, url: str) -> None:
    path.write_bytes(b"a letter to the client " * 100)
    with pytest.raises(CannotRead, match="not a database"):
        open_store(url, "R-1")
    assert path.read_bytes() == b"a letter to the client " * 100


def test_another_programs_database_is_not_touched(path: Path, url: str) -> None:
    with closing(sqlite3.connect(path)) as db:
        db.execute("CREATE TABLE photos (name)")
        db.commit()
    before = path.read_bytes()
    with pytest.raises(CannotRead, match="the database of another program"):
        open_store(url, "R-1")
    assert path.read_bytes() == before


def test_a_store_of_an_older_version_keeps_what_it_has_and_gets_what_it_lacks(
    path: Path, url: str
) -> None:
    filled(url)
    with closing(sqlite3.connect(path)) as db:
        db.execute("ALTER TABLE base DROP COLUMN mark")
        db.execute("ALTER TABLE record DROP COLUMN rows_mark")
        db.execute("ALTER TABLE record DROP COLUMN problems")
        for column in ("begun_at", "job", "failures"):
            db.execute(f"ALTER TABLE workbook DROP COLUMN {column}")
        db.execute("ALTER TABLE workbook ADD COLUMN leased_until INTEGER NOT NULL DEFAULT 0")
        db.execute("CREATE INDEX workbook_tried ON workbook (fleet, state, tries)")
        db.execute("PRAGMA user_version = 2")
    with closing(open_store(url, "R-1")) as store:
        assert store.base(1) is not None
        assert store.mark(1) == ""
        store.check_rows()


def test_a_newer_store_is_not_touched(path: Path, url: str) -> None:
    filled(url)
    with closing(sqlite3.connect(path)) as db:
        db.execute("PRAGMA user_version = 99")
    with pytest.raises(TooNew, match=f"version 99; this program knows version {migrate.newest()}"):
        open_store(url, "R-1")


def test_a_store_that_another_program_holds_is_said_to_be_in_use(path: Path, url: str) -> None:
    filled(url)
    with (
        closing(open_store(url, "R-1", wait=0.05)) as store,
        closing(sqlite3.connect(path, isolation_level=None)) as other,
    ):
        other.execute("BEGIN IMMEDIATE")
        with pytest.raises(Locked, match="another run of sheetrecord"):
            store.commit(1, told(2, 1))
        assert store.load().run == 1
        other.execute("ROLLBACK")
        assert store.commit(1, told(2, 1)) == 2


def test_a_full_disk_is_said_and_nothing_is_half_there(url: str) -> None:
    with closing(open_store(url, "R-1")) as store:
        store.commit(0, told(1, 10))
        [(pages,)] = store.database.rows("PRAGMA page_count")
        store.database.rows(f"PRAGMA max_page_count = {pages}")
        with pytest.raises(CannotWrite, match="the disk is full"):
            store.commit(1, told(2, *(os.urandom(2000).hex() for _ in range(50))))
        store.database.rows("PRAGMA max_page_count = 1000000")
        assert store.load().run == 1
        assert store.commit(1, told(2, 1)) == 2


def test_a_store_that_may_only_be_read_is_said_to_be_so(path: Path, url: str) -> None:
    filled(url)
    with closing(open_store(url, "R-1")) as store:
        store.database.rows("PRAGMA query_only = ON")
        with pytest.raises(CannotWrite, match="read-only"):
            store.commit(1, told(2, 1))


def test_a_share_is_refused_before_anything_is_made(
    path: Path, url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sqlite, "network_share", lambda _: "cifs")
    with pytest.raises(BadSettings, match=r"network share \(cifs\)"):
        open_store(url, "R-1")
    assert not path.exists()


def test_a_sqlite_too_old_for_strict_tables_is_said(
    path: Path, url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sqlite3, "sqlite_version_info", (3, 34, 1))
    monkeypatch.setattr(sqlite3, "sqlite_version", "3.34.1")
    with pytest.raises(BadSettings, match=r"SQLite 3\.34\.1; a store needs 3\.37"):
        open_store(url, "R-1")
    assert not path.exists()


def test_a_damaged_store_says_how_to_go_on(path: Path, url: str) -> None:
    filled(url, 3)
    with closing(sqlite3.connect(path)) as db:
        db.execute("PRAGMA journal_mode = DELETE")
    whole = path.read_bytes()
    path.write_bytes(whole[:4096] + b"\xff" * 4096 + whole[8192:])
    with pytest.raises(CannotRead, match="doctor --repair"):
        read_all(url)


def read_all(url: str) -> None:
    with closing(open_store(url, "R-1")) as store:
        store.load()
        list(store.ledger())


def test_many_open_a_new_store_at_once(url: str) -> None:
    words = (
        "import sys; from sheetrecord.stores import open_store\n"
        "store = open_store(sys.argv[1], sys.argv[2]); print(store.load().run); store.close()"
    )
    started = [
        subprocess.Popen([sys.executable, "-c", words, url, f"R-{n}"], stdout=subprocess.PIPE)
        for n in range(6)
    ]
    assert [child.communicate(timeout=60)[0].strip() for child in started] == [b"0"] * 6


def test_a_backup_is_the_store_as_it_was(path: Path, url: str) -> None:
    filled(url, 3)
    with closing(open_store(url, "R-1")) as store:
        back_up(database(store))
        before, ledger = store.load(), list(store.ledger())
        store.commit(3, told(4, 1))
    newest = backups(path)[0]
    assert [p.name for p in newest.parent.iterdir() if p.suffix != ".db"] == []
    with closing(open_store(f"sqlite:{newest}", "R-1")) as copy:
        assert (copy.load(), list(copy.ledger())) == (before, ledger)


def test_the_oldest_backups_go(path: Path, url: str) -> None:
    filled(url)
    with closing(open_store(url, "R-1")) as store:
        made = [back_up(database(store), keep=3) for _ in range(5)]
    assert backups(path) == made[:1:-1]


def test_a_store_is_backed_up_by_itself_once_a_day(
    path: Path, url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    filled(url)
    assert backups(path) == []
    open_store(url, "R-1").close()
    assert len(backups(path)) == 1
    filled_again = open_store(url, "R-1")
    filled_again.commit(1, told(2, 1))
    filled_again.close()
    open_store(url, "R-1").close()
    assert len(backups(path)) == 1
    monkeypatch.setattr(sqlite_backup, "EVERY", 0)
    open_store(url, "R-1").close()
    assert len(backups(path)) == 2
    open_store(url, "R-1").close()
    assert len(backups(path)) == 2, "nothing changed since"


def test_a_backup_that_cannot_be_kept_does_not_stop_the_work(path: Path, url: str) -> None:
    filled(url)
    (path.parent / "backups").write_text("a file where the folder should be")
    filled_again = open_store(url, "R-1")
    assert filled_again.load().run == 1
    filled_again.close()


def test_a_damaged_store_is_replaced_by_its_newest_good_backup(path: Path, url: str) -> None:
    filled(url, 3)
    with closing(open_store(url, "R-1")) as store:
        good = back_up(database(store))
        before = store.load()
        store.commit(3, told(4, 1))
        worse = back_up(database(store))
    worse.write_bytes(worse.read_bytes()[:5000])
    path.write_bytes(b"\xff" * 5000)
    used, aside = restore(path)
    assert used == good
    assert aside.read_bytes() == b"\xff" * 5000
    with closing(open_store(url, "R-1")) as store:
        found = store.load()
        assert found._replace(last_generation=3) == before
        assert found.last_generation > 1_000, "numbers given out since are not given again"
        assert store.base(4) is None


def test_the_log_of_a_damaged_store_is_not_applied_to_its_backup(path: Path, url: str) -> None:
    filled(url, 2)
    with closing(open_store(url, "R-1")) as store:
        back_up(database(store))
        for run in range(2, 5):
            store.commit(run, told(run + 1, run))
        log = Path(f"{path}-wal").read_bytes()
    path.write_bytes(b"\xff" * 5000)
    Path(f"{path}-wal").write_bytes(log)
    _, aside = restore(path)
    assert not Path(f"{path}-wal").exists()
    assert Path(f"{aside}-wal").read_bytes() == log
    with closing(open_store(url, "R-1")) as store:
        assert store.load().run == 2


def test_a_store_that_does_not_check_gets_no_backup(path: Path, url: str) -> None:
    filled(url, 2)
    with closing(open_store(url, "R-1")) as store:
        back_up(database(store))
        before = backups(path)
        store.database.rows("DROP TRIGGER ledger_is_not_changed")
        store.database.rows("UPDATE ledger SET actor = 'Jon' WHERE seq = 1")
        with pytest.raises(CannotRead, match="entry 1 of the ledger"):
            back_up(database(store), keep=1)
    assert sorted(before[0].parent.iterdir(), reverse=True) == before


def test_without_a_good_backup_nothing_is_replaced(path: Path, url: str) -> None:
    path.write_bytes(b"\xff" * 5000)
    with pytest.raises(CannotRead, match="no good backup"):
        restore(path)
    assert path.read_bytes() == b"\xff" * 5000


@pytest.mark.parametrize("step", ["link", "replace"], ids=str)
def test_a_restore_that_is_cut_off_can_be_done_again(
    path: Path, url: str, monkeypatch: pytest.MonkeyPatch, step: str
) -> None:
    filled(url, 2)
    with closing(open_store(url, "R-1")) as store:
        back_up(database(store))
    path.write_bytes(b"\xff" * 5000)
    if step == "link":
        monkeypatch.setattr("os.link", _refused)
        monkeypatch.setattr(shutil, "copyfile", _refused)
    else:
        monkeypatch.setattr(Path, "replace", _refused)
    with pytest.raises(SheetRecordError):
        restore(path)
    assert path.read_bytes() == b"\xff" * 5000
    monkeypatch.undo()
    restore(path)
    with closing(open_store(url, "R-1")) as store:
        assert store.load().run == 2
        assert store.load() != Stored()


def _refused(*_: object) -> None:
    raise PermissionError(13, "Permission denied")


def test_a_backup_tells_its_time(url: str) -> None:
    filled(url)
    with closing(open_store(url, "R-1")) as store:
        made = sqlite_backup.backed_up_at(back_up(database(store)))
    assert abs(dt.datetime.now(dt.UTC) - made) < dt.timedelta(minutes=5)
