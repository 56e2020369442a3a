"""Replacing a workbook in the ordinary cases, and the refusals that a user meets."""

import os
import stat
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import BinaryIO

import pytest

from files.conftest import NEW, OLD
from files.schedule import at
from sheetrecord.files import fingerprint, replace, unchanged
from sheetrecord.files.disk import this_disk
from sheetrecord.files.disk_hooks import watched
from sheetrecord.files.os_errors import refusal
from sheetrecord.files.unix import UnixDisk
from sheetrecord.model.errors import CannotRead, CannotWrite, ChangedElsewhere, Locked


def test_the_new_content_stands_alone_in_the_folder_and_its_fingerprint_is_returned(
    book: Path,
) -> None:
    result = replace(book, NEW, fingerprint(book))
    assert book.read_bytes() == NEW
    assert result == fingerprint(book)
    assert unchanged(book, result)
    assert [path.name for path in book.parent.iterdir()] == [book.name]


def test_a_writer_is_given_an_open_file_that_it_may_seek_in(book: Path) -> None:
    def write(file: BinaryIO) -> None:
        file.write(b"12345")
        file.seek(0)
        file.write(b"A")

    replace(book, write, fingerprint(book))
    assert book.read_bytes() == b"A2345"


def test_content_that_is_already_there_is_not_written_again(book: Path) -> None:
    before = fingerprint(book)
    assert replace(book, OLD, before) == before
    assert replace(book, lambda file: file.write(OLD), before) == before
    assert fingerprint(book) == before
    assert [path.name for path in book.parent.iterdir()] == [book.name]


def test_the_same_bytes_touched_by_somebody_count_as_unchanged_content(book: Path) -> None:
    before = fingerprint(book)
    os.utime(book, (1, 1))
    assert not unchanged(book, before)
    replace(book, NEW, before)
    assert book.read_bytes() == NEW


def test_a_workbook_saved_since_it_was_read_is_not_replaced(book: Path) -> None:
    before = fingerprint(book)
    book.write_bytes(b"theirs")
    with pytest.raises(ChangedElsewhere):
        replace(book, NEW, before)
    assert book.read_bytes() == b"theirs"


def test_a_workbook_deleted_since_it_was_read_is_not_made_again(book: Path) -> None:
    before = fingerprint(book)
    book.unlink()
    with pytest.raises(ChangedElsewhere):
        replace(book, NEW, before)
    assert not book.exists()


def test_a_new_file_has_the_users_ordinary_permissions(book: Path) -> None:
    usual, new = book.with_name("usual"), book.with_name("New.xlsx")
    usual.write_bytes(b"")
    replace(new, NEW, None)
    assert new.read_bytes() == NEW
    assert new.stat().st_mode == usual.stat().st_mode


def test_a_new_file_does_not_replace_one_that_is_there(book: Path) -> None:
    with pytest.raises(ChangedElsewhere):
        replace(book, NEW, None)
    assert book.read_bytes() == OLD


@pytest.mark.parametrize("mode", [0o600, 0o640, 0o664, 0o700], ids=oct)
def test_the_permissions_stay(book: Path, mode: int) -> None:
    book.chmod(mode)
    replace(book, NEW, fingerprint(book))
    assert stat.S_IMODE(book.stat().st_mode) == mode


def test_the_extended_attributes_stay(book: Path) -> None:
    try:
        os.setxattr(book, "user.tag", b"client")
    except OSError:
        pytest.skip("this file system has no user attributes")
    replace(book, NEW, fingerprint(book))
    assert os.getxattr(book, "user.tag") == b"client"


@pytest.mark.skipif(os.geteuid() != 0, reason="only root gives files away")
def test_the_owner_stays(book: Path) -> None:
    os.chown(book, 12, 34)
    replace(book, NEW, fingerprint(book))
    assert (book.stat().st_uid, book.stat().st_gid) == (12, 34)


def test_of_a_symbolic_link_the_target_is_replaced(book: Path, tmp_path: Path) -> None:
    link = tmp_path / "shortcut.xlsx"
    link.symlink_to(book)
    replace(link, NEW, fingerprint(link))
    assert link.is_symlink()
    assert book.read_bytes() == NEW
    assert sorted(path.name for path in tmp_path.iterdir()) == ["firm", "shortcut.xlsx", "state"]


def test_a_read_only_workbook_is_refused_although_a_rename_would_succeed(book: Path) -> None:
    before = fingerprint(book)
    book.chmod(0o444)
    with pytest.raises(CannotWrite, match="read-only"):
        replace(book, NEW, before)
    assert book.read_bytes() == OLD


def test_a_folder_is_not_a_workbook(book: Path) -> None:
    with pytest.raises(CannotWrite, match="not a file"):
        replace(book.parent, NEW, fingerprint(book))


def test_a_folder_that_is_not_there_is_named(book: Path) -> None:
    with pytest.raises(CannotWrite, match="folder is not there"):
        replace(book.parent / "nowhere" / "New.xlsx", NEW, None)


@pytest.fixture
def open_house() -> Iterator[Path]:
    """A folder that an ordinary user can reach."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        folder.chmod(0o777)
        yield folder


def as_ordinary_user(check: Callable[[], None]) -> None:
    """Run the check in a child that is not root; permissions mean nothing to root."""
    if os.geteuid() != 0:
        check()
        return
    child = os.fork()
    if child == 0:
        os.setgid(65534)
        os.setuid(65534)
        try:
            check()
        except BaseException as error:  # noqa: BLE001 - reported to the parent as an exit status
            os.write(2, repr(error).encode())
            os._exit(1)
        os._exit(0)
    assert os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == 0


def test_a_folder_without_write_permission_is_named(
    open_house: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SHEETRECORD_STATE", str(open_house / "state"))
    book = open_house / "firm" / "Deal.xlsx"
    book.parent.mkdir()
    book.write_bytes(OLD)
    book.chmod(0o666)
    book.parent.chmod(0o555)

    def check() -> None:
        with pytest.raises(CannotWrite, match="may not write here"):
            replace(book, NEW, fingerprint(book))

    as_ordinary_user(check)
    assert book.read_bytes() == OLD
    book.parent.chmod(0o755)


def test_somebody_elses_workbook_in_a_shared_folder_is_replaced(
    open_house: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SHEETRECORD_STATE", str(open_house / "state"))
    book = open_house / "Deal.xlsx"
    book.write_bytes(OLD)
    book.chmod(0o666)
    as_ordinary_user(lambda: replace(book, NEW, fingerprint(book)) and None)
    assert book.read_bytes() == NEW
    assert stat.S_IMODE(book.stat().st_mode) == 0o666


def test_a_workbook_open_in_an_office_program_is_waited_for_unless_told_otherwise(
    book: Path,
) -> None:
    before = fingerprint(book)
    book.with_name("~$Deal.xlsx").write_bytes(b"\x04Jane" + b" " * 160)
    with pytest.raises(Locked, match="waiting for Jane"):
        replace(book, NEW, before)
    replace(book, NEW, before, even_if_open=True)
    assert book.read_bytes() == NEW


@pytest.mark.parametrize("code", [32, 33])
def test_a_sharing_violation_of_windows_says_whom_to_wait_for(book: Path, code: int) -> None:
    book.with_name("~$Deal.xlsx").write_bytes(b"\x04Jane" + b" " * 160)
    error = PermissionError(13, "used by another process")
    error.winerror = code  # type: ignore[attr-defined]
    assert str(refusal(book, error)).startswith(f"{book}: waiting for Jane")


def test_a_missing_file_has_no_fingerprint(book: Path) -> None:
    with pytest.raises(CannotRead, match="no such file"):
        fingerprint(book.with_name("Del.xlsx"))


def test_a_file_that_keeps_changing_has_no_fingerprint(
    book: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from sheetrecord.files import fingerprints

    real = fingerprints.digest_of

    def while_somebody_writes(file: BinaryIO) -> str:
        with book.open("ab") as more:
            more.write(b"x")
        return real(file)

    monkeypatch.setattr(fingerprints, "digest_of", while_somebody_writes)
    with pytest.raises(Locked):
        fingerprint(book)


def test_the_steps_of_a_replacement_are_synced_in_the_order_that_makes_it_durable(
    book: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    steps: list[str] = []
    disk = watched(UnixDisk(), lambda moment: steps.append(moment) if "after" in moment else None)
    monkeypatch.setattr("sheetrecord.files.replacing.this_disk", lambda: disk)
    replace(book, NEW, fingerprint(book), backup=None)
    durable = [step.removesuffix(":after") for step in steps]
    kept = [step for step in durable if step not in {"busy", "digest"}]
    assert kept == ["create", "like", "sync", "take", "exchange", "sync_folder", "remove"]
    verified = durable.index("digest", durable.index("exchange"))
    assert verified < durable.index("sync_folder") < durable.index("remove")


def test_this_platform_has_its_own_disk() -> None:
    assert isinstance(this_disk(), UnixDisk)


def test_a_hook_acts_only_once_at_its_moment() -> None:
    acted: list[int] = []
    hook = at({"put:before#2": lambda: acted.append(1)})
    for _ in range(4):
        hook("put:before")
    assert acted == [1]
