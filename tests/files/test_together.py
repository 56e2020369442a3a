"""Several files of a folder, replaced together: what a run that died left is finished or let be."""

import json
import os
import subprocess
import sys
from contextlib import suppress
from pathlib import Path
from zipfile import ZipFile

import pytest

from files.schedule import Dead
from sheetrecord.files import (
    disk,
    fingerprint,
    pending,
    replace_together,
    replacing,
    settle,
    sweep,
    together,
)
from sheetrecord.files.disk_hooks import KILLED, watched
from sheetrecord.model.errors import ChangedElsewhere, Locked

OLD = {"a.csv": b"old a", "b.csv": b"old b", "c.csv": b"other"}
NEW = {"a.csv": b"new a", "b.csv": b"new b", "d.csv": b"new d"}


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("SHEETRECORD_STATE", str(tmp_path / "state"))
    place = tmp_path / "firm"
    place.mkdir()
    for name, data in OLD.items():
        (place / name).write_bytes(data)
    return place


def write(folder: Path) -> None:
    prints = {name: fingerprint(folder / name) for name in OLD}
    replace_together(folder, NEW, prints, OLD)


def stands(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in sorted(folder.iterdir())}


def died(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Let a run die when it has written the first of the files."""
    swaps = 0

    def hook(moment: str) -> None:
        nonlocal swaps
        swaps += moment == "exchange:before"
        if swaps > 1:
            raise Dead

    real = replacing.this_disk
    with monkeypatch.context() as patched, suppress(Dead):
        for module in (replacing, disk):
            patched.setattr(module, "this_disk", lambda: watched(real(), hook))
        write(folder)
    assert (folder / "a.csv").read_bytes() == NEW["a.csv"]
    assert (folder / "b.csv").read_bytes() == OLD["b.csv"]


def test_all_are_replaced_and_nothing_of_ours_is_left(folder: Path) -> None:
    write(folder)
    assert stands(folder) == OLD | NEW
    assert settle(folder) == ()


def test_what_a_run_that_died_had_decided_counts_and_is_written_by_the_next(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    died(folder, monkeypatch)
    assert pending(folder) == NEW
    assert settle(folder) == ("b.csv", "d.csv")
    assert stands(folder) == OLD | NEW
    assert pending(folder) == {}


@pytest.mark.parametrize("name", NEW)
def test_a_save_since_the_death_stands_and_all_other_files_as_they_are(
    name: str, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    died(folder, monkeypatch)
    (folder / name).write_bytes(b"by another")
    before = {n: d for n, d in stands(folder).items() if n.endswith(".csv")}
    assert pending(folder) == {}
    assert settle(folder) == ()
    sweep(folder)  # what was drafted of the others
    assert stands(folder) == before


@pytest.mark.parametrize("name", ["b.csv", "d.csv"])
def test_when_one_is_refused_those_before_it_are_as_they_were(name: str, folder: Path) -> None:
    prints = {one: fingerprint(folder / one) for one in OLD}
    (folder / name).write_bytes(b"by another")
    with pytest.raises(ChangedElsewhere):
        replace_together(folder, NEW, prints, OLD)
    assert stands(folder) == OLD | {name: b"by another"}


def test_the_files_of_a_run_that_is_alive_are_left_alone(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    died(folder, monkeypatch)
    journal = folder / together.JOURNAL
    for host, pid in ((None, 1), ("abcdef", None)):
        _rewrite(journal, host, pid)
        sweep(folder)
        with pytest.raises(Locked):
            settle(folder)
        assert stands(folder) == OLD | {"a.csv": NEW["a.csv"], journal.name: journal.read_bytes()}
        assert pending(folder) == NEW  # it counts all the same
    now = journal.stat().st_mtime
    monkeypatch.setattr("time.time", lambda: now + 25 * 3600)
    assert settle(folder) == ("b.csv", "d.csv")


def _rewrite(journal: Path, host: str | None, pid: int | None) -> None:
    with ZipFile(journal) as archive:
        held = {name: archive.read(name) for name in archive.namelist()}
    told = json.loads(held["files.json"])
    told |= {"host": host or told["host"], "pid": pid or os.getpid()}
    with ZipFile(journal, "w") as archive:
        for name, data in (held | {"files.json": json.dumps(told).encode()}).items():
            archive.writestr(name, data)


@pytest.mark.parametrize(
    "told",
    [
        b"no archive",
        {"host": "x", "pid": 1, "files": [["../a.csv", ""]]},
        {"host": "x", "pid": 1},
        {"host": "x", "pid": 1, "files": [["", ""]]},
    ],
    ids=["no archive", "another folder", "no files", "no name"],
)
def test_what_is_no_journal_of_ours_says_nothing_and_goes(told: object, folder: Path) -> None:
    journal = folder / together.JOURNAL
    if isinstance(told, bytes):
        journal.write_bytes(told)
    else:
        with ZipFile(journal, "w") as archive:
            archive.writestr("files.json", json.dumps(told))
            archive.writestr("0", b"hostile")
    assert pending(folder) == {}
    assert settle(folder) == ()
    assert stands(folder) == OLD


@pytest.mark.skipif(sys.platform == "win32", reason="kills a process")
def test_a_process_that_is_killed_between_two_files_is_finished_by_the_next(folder: Path) -> None:
    code = (
        "import sys; sys.path[:0] = sys.argv[2:]; from pathlib import Path; "
        "from files import test_together as t; t.write(Path(sys.argv[1]))"
    )
    env = {**os.environ, "SHEETRECORD_FAILPOINT": "exchange:after#2"}
    done = subprocess.run([sys.executable, "-c", code, folder, *sys.path], env=env, check=False)
    assert done.returncode == KILLED
    assert pending(folder) == NEW
    with pytest.raises(ChangedElsewhere):  # what was read does not stand any more
        write(folder)
    sweep(folder)  # the file that was displaced when the process died
    assert stands(folder) == OLD | NEW
