"""A look at a store that somebody else is writing shows one moment of it and changes nothing."""

import os
import shutil
from contextlib import ExitStack, closing
from pathlib import Path

import pytest

from sheetrecord.model.errors import SheetRecordError
from sheetrecord.stores import open_store
from sheetrecord.stores.sqlite_peek import copy_as_it_is
from sheetrecord.stores.verify import verify
from stores import killing
from stores.changes import told


def looked_at(copy: Path) -> int:
    with closing(open_store(f"sqlite:{copy}", "R-1")) as store:
        assert [verdict.what for verdict in verify(store) if not verdict.well] == []
        return store.load().run


def listing(path: Path) -> dict[str, bytes]:
    return {one.name: one.read_bytes() for one in path.parent.iterdir() if one.is_file()}


def test_a_store_that_nobody_uses_is_copied_and_stays_as_it_is(tmp_path: Path) -> None:
    path = tmp_path / "a" / "record.db"
    path.parent.mkdir()
    with closing(open_store(f"sqlite:{path}", "R-1")) as store:
        store.commit(0, told(1, 10))
    before = listing(path)
    copy_as_it_is(path, tmp_path / "copy.db")
    assert listing(path) == before
    assert looked_at(tmp_path / "copy.db") == 1


def test_what_is_only_in_the_log_is_seen(tmp_path: Path) -> None:
    path = tmp_path / "a" / "record.db"
    path.parent.mkdir()
    with closing(open_store(f"sqlite:{path}", "R-1")) as store:
        store.commit(0, told(1, 10))
        store.commit(1, told(2, 10))
        before = {name: data for name, data in listing(path).items() if "-shm" not in name}
        copy_as_it_is(path, tmp_path / "copy.db")
        after = {name: data for name, data in listing(path).items() if "-shm" not in name}
        assert after == before
    assert looked_at(tmp_path / "copy.db") == 2


@pytest.mark.skipif(os.name == "nt", reason="Windows has no SIGKILL")
def test_while_somebody_writes_each_look_shows_one_moment(tmp_path: Path) -> None:
    path = tmp_path / "record.db"
    url = f"sqlite:{path}"
    for turn in range(3):  # also while the store is being opened and left
        writer = killing.start(url, "R-1", rounds=15)
        writer.first()
        last = 0
        for number in range(8):
            copy = tmp_path / f"{turn}-{number}.db"
            copy_as_it_is(path, copy)
            run = looked_at(copy)
            assert run >= last
            last = run
        writer.end()


def test_a_store_that_somebody_opens_while_it_is_copied_is_copied_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path, to = tmp_path / "record.db", tmp_path / "copy.db"
    url = f"sqlite:{path}"
    with closing(open_store(url, "R-1")) as store:
        store.commit(0, told(1, 10))
    copied = shutil.copyfile
    with ExitStack() as opened:

        def meanwhile(source: Path, target: Path) -> None:
            half = Path(copied(source, target)).read_bytes()
            target.write_bytes(half[: len(half) // 2])  # its other half would be of a later moment
            other = opened.enter_context(closing(open_store(url, "R-1")))
            other.commit(1, told(2, 10))

        monkeypatch.setattr(shutil, "copyfile", meanwhile)
        copy_as_it_is(path, to)
        monkeypatch.undo()
        assert looked_at(to) == 2


def test_a_store_that_is_not_there_is_said(tmp_path: Path) -> None:
    with pytest.raises(SheetRecordError):
        copy_as_it_is(tmp_path / "none.db", tmp_path / "copy.db")
