"""Two people with a copy each, one record on a server: their runs take turns, both end right."""

import os
import shutil
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest

from fleet import typing_in
from merge.files import column, rows_of
from messy.firm import edited, workbook
from sheetrecord.app.fleet.sync_one import Job, sync_one
from sheetrecord.stores import open_store
from sheetrecord.stores.verify import verify
from stores.killing import TOP


def descriptions(path: Path) -> list[object]:
    found: list[object] = []

    def look(book: object) -> None:
        number = column(book, "Fees", "description")
        found.extend(book["Fees"].cell(row, number).value for row in rows_of(book, "Fees"))  # type: ignore[index]

    edited(path.read_bytes(), look)
    return found


@pytest.mark.slow
@pytest.mark.postgres
def test_two_people_sync_one_record_at_the_same_time(postgres: str, tmp_path: Path) -> None:
    ana, jon = tmp_path / "ana.xlsx", tmp_path / "jon.xlsx"
    ana.write_bytes(workbook())
    record = sync_one(Job(str(ana), "Ana", postgres, "0123456789abcdef")).record_id
    shutil.copyfile(ana, jon)
    sync_one(Job(str(jon), "Jon", postgres))
    rows: list[int] = []
    edited(ana.read_bytes(), lambda book: rows.extend(rows_of(book, "Fees")))
    paths = os.pathsep.join([str(TOP / "src"), str(TOP / "tests")])
    both = [
        subprocess.Popen(
            [sys.executable, typing_in.__file__, postgres, str(path), str(row)],
            env={**os.environ, "PYTHONPATH": paths},
        )
        for path, row in zip((ana, jon), rows, strict=False)
    ]
    assert [person.wait(timeout=300) for person in both] == [0, 0]
    for path in (ana, jon, ana):
        sync_one(Job(str(path), "Ana", postgres))
    last = typing_in.ROUNDS - 1
    assert descriptions(ana) == descriptions(jon)
    assert {f"ana {last}", f"jon {last}"} <= set(descriptions(ana))
    with closing(open_store(postgres, record)) as store:
        typed = {logged.entry.new for logged in store.ledger()}
        assert {f"{who} {n}" for who in ("ana", "jon") for n in range(last + 1)} <= typed
        assert [verdict.what for verdict in verify(store) if not verdict.well] == []
        assert store.load().conflicts == ()
