"""The Windows steps over a kernel32 in miniature."""

from pathlib import Path

import pytest

from files.conftest import NEW, OLD
from files.disks import LikeWindows, TinyKernel32, litter, run_on
from sheetrecord.files import fingerprint
from sheetrecord.files.windows import kernel32, process_runs
from sheetrecord.model.errors import CannotWrite, Locked


@pytest.mark.parametrize("code", [32, 33], ids=["sharing violation", "lock violation"])
def test_a_workbook_that_a_program_has_open_is_waited_for(book: Path, code: int) -> None:
    with pytest.raises(Locked):
        run_on(LikeWindows(TinyKernel32(fail=code)), book, NEW, fingerprint(book))
    assert book.read_bytes() == OLD
    assert not litter(book.parent)


@pytest.mark.parametrize("code", [1175, 1176, 1177, 5, 1117])
def test_a_replacement_that_fails_leaves_the_old_workbook(book: Path, code: int) -> None:
    with pytest.raises(CannotWrite):
        run_on(LikeWindows(TinyKernel32(fail=code)), book, NEW, fingerprint(book))
    assert book.read_bytes() == OLD
    assert not litter(book.parent)


@pytest.mark.parametrize("code", [1, 50, 87])
def test_a_share_without_replacefile_is_served_by_renames(book: Path, code: int) -> None:
    run_on(LikeWindows(TinyKernel32(fail=code)), book, NEW, fingerprint(book))
    assert book.read_bytes() == NEW
    assert [path.name for path in book.parent.iterdir()] == [book.name]


def test_a_handle_opened_to_look_for_writers_is_closed(book: Path) -> None:
    kernel = TinyKernel32()
    disk = LikeWindows(kernel)
    assert not disk.busy(str(book))
    assert not disk.held(str(book))
    with book.open("r+b"):
        assert disk.busy(str(book))
    assert not kernel.handles


def test_a_missing_file_is_not_busy(book: Path) -> None:
    class Missing(TinyKernel32):
        def create_file(self, *_: object) -> int:
            self.error = 2
            return -1

    assert not LikeWindows(Missing()).busy(str(book))


@pytest.mark.parametrize(
    ("pid", "runs"),
    [(1, True), (2, False), (3, False), (4, True)],
    ids=["another user's", "none", "ended", "running"],
)
def test_whether_a_process_runs(pid: int, runs: bool) -> None:
    assert process_runs(TinyKernel32(), pid) is runs


def test_there_is_no_kernel32_elsewhere() -> None:
    with pytest.raises(OSError, match="only on Windows"):
        kernel32()
