"""`copy-store`: all records of a store, with all of their past, in another one."""

from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from sheetrecord.stores import open_store
from stores.changes import told

Run = Callable[..., Any]


@pytest.fixture
def source(tmp_path: Path) -> str:
    url = f"sqlite:{tmp_path / 'firm.db'}"
    for record in ("R-1", "R-2"):
        with closing(open_store(url, record)) as store:
            store.commit(0, told(1, record, 2))
            store.commit(1, told(2, 3))
    return url


def head(url: str, record: str) -> str:
    with closing(open_store(url, record)) as store:
        return store.head()


@pytest.mark.postgres
def test_records_move_to_a_server_and_back(
    run: Run, source: str, second_database: str, tmp_path: Path
) -> None:
    ran = run("copy-store", source, second_database)
    assert ran.code == 0
    assert f"R-1: 3 ledger entries, head {head(source, 'R-1')[:12]}" in ran.out
    assert "2 records copied to postgresql://tests@127.0.0.1" in ran.out
    back = f"sqlite:{tmp_path / 'back.db'}"
    assert run("copy-store", second_database, back, "--record", "R-2").code == 0
    assert head(back, "R-2") == head(source, "R-2") == head(second_database, "R-2")
    assert head(back, "R-1") == ""


def test_a_copy_that_was_cut_off_is_finished_by_the_next(
    run: Run, source: str, tmp_path: Path
) -> None:
    target = f"sqlite:{tmp_path / 'new.db'}"
    run("copy-store", source, target, "--record", "R-1")
    assert run("copy-store", source, target).code == 0
    assert head(target, "R-2") == head(source, "R-2") != ""


def test_another_past_of_the_record_is_not_overwritten(
    run: Run, source: str, tmp_path: Path
) -> None:
    target = f"sqlite:{tmp_path / 'new.db'}"
    with closing(open_store(target, "R-1")) as store:
        store.commit(0, told(1, "other"))
        before = store.head()
    ran = run("copy-store", source, target)
    assert ran.code == 3
    assert "already holds the record R-1" in ran.err
    assert head(target, "R-1") == before


def test_a_store_that_is_not_there_is_said_and_not_made(run: Run, tmp_path: Path) -> None:
    ran = run("copy-store", f"sqlite:{tmp_path}/none.db", f"sqlite:{tmp_path}/new.db")
    assert (ran.code, "there is no such store" in ran.err) == (3, True)
    assert list(tmp_path.glob("*.db")) == []


def test_a_record_that_is_not_there_is_said(run: Run, source: str, tmp_path: Path) -> None:
    ran = run("copy-store", source, f"sqlite:{tmp_path}/new.db", "--record", "R-9")
    assert (ran.code, "R-9" in ran.err) == (3, True)
