"""The disk fails at any step: the old or the new workbook stands, and the error is clear."""

import errno
import io
import os
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import BinaryIO, cast

import pytest

from files.conftest import NEW, OLD
from files.disks import DISKS, NoExchange, contents, litter, run_on
from files.schedule import at, fresh, moments
from sheetrecord.files import BackupPolicy, fingerprint, replace, versions
from sheetrecord.files.disk_hooks import watched
from sheetrecord.files.recovery import heal
from sheetrecord.files.unix import UnixDisk
from sheetrecord.model.errors import CannotWrite, ChangedElsewhere, SheetRecordError

CODES = [errno.ENOSPC, errno.EIO, errno.EACCES, errno.EXDEV, errno.ESTALE]

# At "create:after" the file is open and its owner never hears of it, as when a process dies there.
pytestmark = pytest.mark.filterwarnings(
    "ignore:Exception ignored in. <_io.FileIO:pytest.PytestUnraisableExceptionWarning"
)

every_disk = pytest.mark.parametrize("kind", DISKS)


def failing(code: int) -> Callable[[], None]:
    def fail() -> None:
        raise OSError(code, os.strerror(code))

    return fail


@every_disk
@pytest.mark.parametrize("code", CODES, ids=errno.errorcode.get)
def test_after_an_error_at_any_step_the_old_workbook_stands_alone_in_its_folder(
    kind: str, code: int, book: Path
) -> None:
    for moment in moments(DISKS[kind], book):
        fresh(book)
        before = fingerprint(book)
        errors: list[str] = []
        try:
            run_on(watched(DISKS[kind](), at({moment: failing(code)})), book, NEW, before)
        except SheetRecordError as error:
            errors.append(error.do)
        heal(DISKS[kind](), str(book))
        assert book.read_bytes() == (OLD if errors else NEW), moment
        assert all(errors), moment
        assert [path.name for path in book.parent.iterdir()] == [book.name], moment


@every_disk
@pytest.mark.parametrize("code", [errno.EIO, errno.ENOSPC], ids=errno.errorcode.get)
def test_a_step_that_fails_for_good_loses_nothing(kind: str, code: int, book: Path) -> None:
    for moment in moments(DISKS[kind], book):
        fresh(book)
        before = fingerprint(book)
        broken = moment.split("#")[0]

        def fail(now: str, broken: str = broken) -> None:
            if now == broken:
                failing(code)()

        with suppress(SheetRecordError):
            run_on(watched(DISKS[kind](), fail), book, NEW, before)
        assert contents(book.parent) & {OLD, NEW}, moment
        heal(DISKS[kind](), str(book))
        assert book.read_bytes() in {OLD, NEW}, moment
        assert not litter(book.parent), moment


class _Failing(io.RawIOBase):
    """A raw file that writes little at a time, and after some bytes fails or lies."""

    def __init__(self, fd: int, room: int, code: int) -> None:
        self.fd = fd
        self.room = room
        self.code = code

    def writable(self) -> bool:
        return True

    def fileno(self) -> int:
        return self.fd

    def write(self, data: bytes) -> int:  # type: ignore[override]
        piece = bytes(data[:1000])
        if self.room >= len(piece):
            self.room -= len(piece)
            return os.write(self.fd, piece)
        if self.code:
            failing(self.code)()
        return len(piece)

    def close(self) -> None:
        if not self.closed:
            super().close()
            os.close(self.fd)


class ShortWrites(UnixDisk):
    """A disk that takes 1,000 bytes at a time, and ``room`` bytes in all."""

    def __init__(self, room: int, code: int) -> None:
        self.room = room
        self.code = code

    __slots__ = ("code", "room")

    def create(self, path: str, mode: int) -> BinaryIO:
        fd = os.open(path, os.O_RDWR | os.O_CREAT | os.O_EXCL, mode)
        return cast("BinaryIO", io.BufferedWriter(_Failing(fd, self.room, self.code)))


def test_short_writes_are_continued(book: Path) -> None:
    run_on(ShortWrites(1 << 30, 0), book, NEW, fingerprint(book))
    assert book.read_bytes() == NEW


@pytest.mark.parametrize(
    ("code", "words"),
    [(errno.ENOSPC, "disk is full"), (errno.EIO, "reports an error"), (0, "reports an error")],
    ids=["no space", "write error", "a disk that lies about what it wrote"],
)
def test_a_write_that_ends_early_leaves_the_old_workbook_alone_in_its_folder(
    code: int, words: str, book: Path
) -> None:
    with pytest.raises(CannotWrite, match=words):
        run_on(ShortWrites(5000, code), book, NEW, fingerprint(book))
    assert book.read_bytes() == OLD
    assert [path.name for path in book.parent.iterdir()] == [book.name]


def test_an_error_of_the_callers_writer_passes_and_leaves_nothing(book: Path) -> None:
    def write(file: BinaryIO) -> None:
        file.write(b"half")
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        replace(book, write, fingerprint(book))
    assert book.read_bytes() == OLD
    assert [path.name for path in book.parent.iterdir()] == [book.name]


def test_an_interrupt_after_the_swap_leaves_no_litter(book: Path) -> None:
    def interrupt() -> None:
        raise KeyboardInterrupt

    disk = watched(UnixDisk(), at({"exchange:after#1": interrupt}))
    with pytest.raises(KeyboardInterrupt):
        run_on(disk, book, NEW, fingerprint(book))
    assert book.read_bytes() in {OLD, NEW}
    assert [path.name for path in book.parent.iterdir()] == [book.name]


def test_without_a_backup_nothing_is_written(book: Path, state: Path) -> None:
    state.write_bytes(b"a file where the state folder should be")
    disk = watched(UnixDisk(), lambda _: None)
    with pytest.raises(CannotWrite, match="backup cannot be kept") as caught:
        run_on(disk, book, NEW, fingerprint(book), BackupPolicy())
    assert "SHEETRECORD_STATE" in caught.value.do
    assert book.read_bytes() == OLD


def test_without_a_backup_it_is_written_when_the_caller_says_so(book: Path, state: Path) -> None:
    state.write_bytes(b"a file where the state folder should be")
    run_on(UnixDisk(), book, NEW, fingerprint(book), BackupPolicy(required=False))
    assert book.read_bytes() == NEW


def test_a_full_disk_of_the_backups_is_named_as_that(book: Path) -> None:
    disk = watched(UnixDisk(), at({"create:before#1": failing(errno.ENOSPC)}))
    with pytest.raises(CannotWrite, match=r"backup cannot be kept .*disk is full"):
        run_on(disk, book, NEW, fingerprint(book), BackupPolicy())
    assert book.read_bytes() == OLD
    assert not versions(book)


@pytest.mark.parametrize("kind", ["exchange", "rename", "link"])
def test_a_new_file_is_made_whole_or_not_at_all(kind: str, book: Path) -> None:
    new = book.with_name("New.xlsx")
    steps: list[str] = []
    run_on(watched(DISKS[kind](), steps.append), new, NEW, None)
    assert new.read_bytes() == NEW
    for step in steps:
        new.unlink(missing_ok=True)
        with suppress(SheetRecordError):
            disk = watched(DISKS[kind](), at({f"{step}#1": failing(errno.EIO)}))
            run_on(disk, new, NEW, None)
        assert not new.exists() or new.read_bytes() == NEW, step
        heal(UnixDisk(), str(new))
        assert not litter(book.parent), step


def test_a_new_file_never_replaces_one_that_came_meanwhile(book: Path) -> None:
    new = book.with_name("New.xlsx")
    for step in ("create:before#1", "take:after#1", "put:before#1"):
        new.unlink(missing_ok=True)
        disk = watched(NoExchange(), at({step: lambda: new.write_bytes(b"theirs") and None}))
        with pytest.raises(ChangedElsewhere):
            run_on(disk, new, NEW, None)
        assert new.read_bytes() == b"theirs"
        assert not litter(book.parent)
