"""The last versions of a workbook are kept and can be put back."""

from pathlib import Path

import pytest

from files.conftest import NEW, OLD
from files.disks import contents
from files.schedule import at
from sheetrecord.files import BackupPolicy, fingerprint, replace, restore, versions
from sheetrecord.files.backups import back_up
from sheetrecord.files.disk_hooks import watched
from sheetrecord.files.unix import UnixDisk
from sheetrecord.model.errors import CannotWrite, ChangedElsewhere, SheetRecordError


def write(book: Path, *contents: bytes, policy: BackupPolicy | None = None) -> None:
    for content in contents:
        replace(book, content, fingerprint(book), backup=policy or BackupPolicy())


def test_each_displaced_version_is_listed_newest_first(book: Path) -> None:
    write(book, b"one", b"two")
    kept = versions(book)
    assert [Path(version.path).read_bytes() for version in kept] == [b"one", OLD]
    assert [version.size for version in kept] == [3, len(OLD)]
    assert kept[0].displaced >= kept[1].displaced


def test_a_kept_version_opens_by_its_ending_and_only_for_its_user(book: Path) -> None:
    write(book, NEW)
    [version] = versions(book)
    assert version.path.endswith(".xlsx")
    assert Path(version.path).stat().st_mode & 0o077 == 0


def test_one_content_is_kept_once_under_its_latest_time(book: Path) -> None:
    write(book, b"one", OLD, b"one")
    assert [Path(version.path).read_bytes() for version in versions(book)] == [OLD, b"one"]


def test_only_the_last_versions_are_kept(book: Path) -> None:
    write(book, *(b"%d" % n for n in range(8)), policy=BackupPolicy(keep=3))
    assert [Path(version.path).read_bytes() for version in versions(book)] == [b"6", b"5", b"4"]


def test_old_versions_go_but_never_the_newest(book: Path) -> None:
    write(book, b"one", b"two", policy=BackupPolicy(days=-1))
    assert [Path(version.path).read_bytes() for version in versions(book)] == [b"one"]


def test_a_version_is_put_back_and_what_it_displaces_is_kept(book: Path) -> None:
    write(book, b"one", b"two")
    oldest = versions(book)[-1]
    restore(book, oldest.which[:6])
    assert book.read_bytes() == OLD
    assert b"two" in {Path(version.path).read_bytes() for version in versions(book)}


def test_a_deleted_workbook_is_put_back(book: Path) -> None:
    write(book, NEW)
    book.unlink()
    restore(book, versions(book)[0].which)
    assert book.read_bytes() == OLD


@pytest.mark.parametrize("which", ["", "zzz"])
def test_an_unknown_version_is_answered_with_those_there_are(book: Path, which: str) -> None:
    write(book, NEW)
    with pytest.raises(SheetRecordError, match=versions(book)[0].which):
        restore(book, which)
    assert book.read_bytes() == NEW


def test_a_damaged_version_is_not_put_back(book: Path) -> None:
    write(book, NEW)
    [version] = versions(book)
    Path(version.path).write_bytes(b"rot")
    with pytest.raises(CannotWrite, match="damaged"):
        restore(book, version.which)
    assert book.read_bytes() == NEW


def test_a_damaged_version_is_kept_anew_when_its_content_is_displaced_again(book: Path) -> None:
    write(book, NEW)
    Path(versions(book)[0].path).write_bytes(b"rot")
    write(book, OLD, b"next")
    assert OLD in {Path(version.path).read_bytes() for version in versions(book)}


def test_no_backup_is_kept_without_a_policy(book: Path) -> None:
    replace(book, NEW, fingerprint(book), backup=None)
    assert not versions(book)


def test_two_workbooks_of_one_name_have_backups_of_their_own(book: Path, tmp_path: Path) -> None:
    other = tmp_path / "Deal.xlsx"
    other.write_bytes(b"other")
    write(book, NEW)
    assert not versions(other)


def test_a_save_before_the_backup_is_made_is_noticed_and_not_called_a_backup(book: Path) -> None:
    before = fingerprint(book)
    disk = watched(UnixDisk(), at({"create:before#1": lambda: book.write_bytes(b"new") and None}))
    with pytest.raises(ChangedElsewhere):
        back_up(disk, str(book), before, BackupPolicy())
    assert not versions(book)


def test_the_folder_says_which_workbook_it_belongs_to(book: Path, state: Path) -> None:
    write(book, NEW)
    assert f"{book}\n".encode() in contents(state)


def test_drafts_of_a_run_that_died_are_cleared_away(book: Path, state: Path) -> None:
    write(book, b"one")
    folder = Path(versions(book)[0].path).parent
    (folder / "abc123.tmp").write_bytes(b"half")
    write(book, b"two")
    assert not list(folder.glob("*.tmp"))
