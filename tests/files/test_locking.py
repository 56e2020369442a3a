"""One run of sheetrecord at a time on one workbook."""

import os
import threading
from pathlib import Path

import pytest

from files.conftest import NEW
from sheetrecord.files import exclusive, fingerprint, locking, replace, sweep
from sheetrecord.model.errors import CannotWrite, Locked


def child_holding(book: Path) -> tuple[int, int, int]:
    """Start a process that holds the lock; return its id and the ends of two pipes."""
    ready, done = os.pipe(), os.pipe()
    child = os.fork()
    if child == 0:
        with exclusive(book):
            os.write(ready[1], b".")
            os.read(done[0], 1)
        os._exit(0)
    os.read(ready[0], 1)
    return child, done[1], ready[0]


def test_another_process_waits_and_then_says_for_whom(book: Path) -> None:
    child, done, _ = child_holding(book)
    with pytest.raises(Locked, match="another run of sheetrecord"), exclusive(book, wait=0.1):
        pass
    with pytest.raises(Locked):
        replace(book, NEW, fingerprint(book))
    os.write(done, b".")
    with exclusive(book, wait=5):
        pass
    os.waitpid(child, 0)


def test_the_lock_of_a_killed_process_is_free(book: Path) -> None:
    child, _, _ = child_holding(book)
    os.kill(child, 9)
    os.waitpid(child, 0)
    with exclusive(book):
        pass


def test_a_thread_may_enter_again_and_another_may_not(book: Path) -> None:
    refused: list[bool] = []

    def other() -> None:
        try:
            with exclusive(book):
                refused.append(False)
        except Locked:
            refused.append(True)

    with exclusive(book), exclusive(book):
        thread = threading.Thread(target=other)
        thread.start()
        thread.join()
    with exclusive(book):
        pass
    assert refused == [True]


def test_a_link_and_its_target_are_one_workbook(book: Path, tmp_path: Path) -> None:
    link = tmp_path / "link.xlsx"
    link.symlink_to(book)
    child, done, _ = child_holding(link)
    with pytest.raises(Locked), exclusive(book):
        pass
    os.write(done, b".")
    os.waitpid(child, 0)


def test_two_workbooks_do_not_wait_for_each_other(book: Path) -> None:
    child, done, _ = child_holding(book)
    with exclusive(book.with_name("Fees.xlsx")):
        pass
    os.write(done, b".")
    os.waitpid(child, 0)


def test_the_lock_leaves_nothing_beside_the_workbook(book: Path) -> None:
    with exclusive(book):
        assert [path.name for path in book.parent.iterdir()] == [book.name]


def test_the_lock_is_let_go_after_an_error(book: Path) -> None:
    with pytest.raises(ZeroDivisionError), exclusive(book):
        raise ZeroDivisionError
    with exclusive(book):
        pass


def test_a_sweep_passes_over_a_workbook_that_another_run_works_on(book: Path) -> None:
    child, done, _ = child_holding(book)
    assert not any(sweep(book))
    os.write(done, b".")
    os.waitpid(child, 0)


def test_a_state_folder_that_cannot_be_made_is_named(book: Path, state: Path) -> None:
    state.write_bytes(b"")
    with pytest.raises(CannotWrite, match="SHEETRECORD_STATE"), exclusive(book):
        pass


class TinyMsvcrt:
    """msvcrt whose byte is free or taken."""

    LK_NBLCK = 2

    def __init__(self, *, taken: bool) -> None:
        self.taken = taken
        self.locked: list[tuple[int, int]] = []

    def locking(self, _fd: int, mode: int, count: int) -> None:
        if self.taken:
            raise OSError(36, "Resource deadlock avoided")
        self.locked.append((mode, count))


def test_on_windows_the_first_byte_is_locked_or_found_taken(tmp_path: Path) -> None:
    fd = os.open(tmp_path / "lock", os.O_RDWR | os.O_CREAT)
    free = TinyMsvcrt(taken=False)
    assert locking.try_windows(fd, free)
    assert free.locked == [(2, 1)]
    assert not locking.try_windows(fd, TinyMsvcrt(taken=True))
    os.close(fd)
