"""Whatever a platform cannot do is done in another way, or left: each ability taken away by itself.

The laws of a replacement hold without any of them: the new file stands whole, a save that came in
between is never lost, nothing of ours is left beside it.
"""

import os
import threading
from collections.abc import Callable
from pathlib import Path

import pytest

from files.conftest import NEW, OLD
from sheetrecord.files import abilities, access, kernel_calls, open_handles, owner, state_folder
from sheetrecord.files.backups import versions
from sheetrecord.files.fingerprints import fingerprint, unchanged
from sheetrecord.files.leftovers import this_host
from sheetrecord.files.permissions import limits_of
from sheetrecord.files.replacing import replace, restore
from sheetrecord.model.errors import ChangedElsewhere, Locked

Patch = pytest.MonkeyPatch

OS = ("O_NOFOLLOW", "O_CLOEXEC", "O_DIRECTORY", "fchmod", "fchown", "listxattr", "setxattr",
      "getxattr", "removexattr", "link", "uname", "geteuid", "statvfs", "symlink")  # fmt: skip


def without_os(*names: str) -> Callable[[Patch], None]:
    def take_away(patch: Patch) -> None:
        for name in names:
            patch.delattr(os, name, raising=False)

    return take_away


def without(ability: str) -> Callable[[Patch], None]:
    def take_away(patch: Patch) -> None:
        patch.setattr(abilities, ability, lambda *_: None)

    return take_away


def without_links_or_flags(patch: Patch) -> None:
    without("libc_call")(patch)
    without_os("link")(patch)


def everything(patch: Patch) -> None:
    without_os(*OS)(patch)
    for ability in ("libc_call", "leases", "flock", "byte_locks", "folder_flags", "user_id"):
        without(ability)(patch)
    patch.setattr("sheetrecord.files.fingerprints.knows_inode", lambda _: False)


TAKEN: dict[str, Callable[[Patch], None]] = {
    "nothing": lambda _: None,
    **{f"os.{name}": without_os(name) for name in OS},
    "the C library": without("libc_call"),
    "leases": without("leases"),
    "flock": without("flock"),
    "folders that can be synced": without("folder_flags"),
    "inodes": lambda patch: patch.setattr(
        "sheetrecord.files.fingerprints.knows_inode", lambda _: False
    ),
    "links, and renames with flags": without_links_or_flags,
    "everything": everything,
}

taken = pytest.mark.parametrize("ability", TAKEN)


@pytest.fixture
def lacking(ability: str, monkeypatch: Patch) -> str:
    this_host.cache_clear()
    TAKEN[ability](monkeypatch)
    return ability


@taken
@pytest.mark.usefixtures("lacking")
def test_a_file_is_replaced_kept_and_put_back(book: Path) -> None:
    before = fingerprint(book)
    after = replace(book, NEW, before)
    assert book.read_bytes() == NEW
    assert after.digest == fingerprint(book).digest
    [kept] = versions(book)
    restore(book, kept.which)
    assert book.read_bytes() == OLD
    assert [one.name for one in book.parent.iterdir()] == [book.name]


@taken
@pytest.mark.usefixtures("lacking")
def test_a_file_that_was_saved_since_is_not_replaced(book: Path) -> None:
    before = fingerprint(book)
    book.write_bytes(OLD[::-1])
    with pytest.raises(ChangedElsewhere):
        replace(book, NEW, before)
    assert book.read_bytes() == OLD[::-1]
    assert [one.name for one in book.parent.iterdir()] == [book.name]


@taken
@pytest.mark.usefixtures("lacking")
def test_a_new_file_takes_no_name_that_is_taken(book: Path) -> None:
    other = book.with_name("new.xlsx")
    replace(other, NEW, None)
    with pytest.raises(ChangedElsewhere):
        replace(other, OLD, None)
    assert other.read_bytes() == NEW


@taken
@pytest.mark.usefixtures("lacking")
def test_two_threads_take_turns(book: Path) -> None:
    """Where processes cannot lock, threads of one process still can."""
    seen: list[str] = []

    def other() -> None:
        try:
            with access.exclusive(book):
                seen.append("entered")
        except Locked:
            seen.append("locked")

    with access.exclusive(book):
        thread = threading.Thread(target=other)
        thread.start()
        thread.join()
    assert seen == ["locked"]
    thread = threading.Thread(target=other)
    thread.start()
    thread.join()
    assert seen == ["locked", "entered"]


@taken
@pytest.mark.usefixtures("lacking")
def test_who_may_read_and_who_has_it_open_is_told_as_far_as_it_is_known(
    book: Path, ability: str
) -> None:
    assert limits_of([book]).mode & 0o600 == 0o600
    assert not owner.owner_of(str(book))
    with book.open("r+b"):
        told = open_handles.open_for_writing(str(book))
    assert not (told and ability in {"leases", "flock", "everything"})
    assert isinstance(state_folder.ours_alone(book.stat()), bool)


def test_without_inodes_content_is_read_where_a_look_would_have_done(
    book: Path, monkeypatch: Patch
) -> None:
    known = fingerprint(book)
    assert unchanged(book, known)
    monkeypatch.setattr("sheetrecord.files.fingerprints.knows_inode", lambda _: False)
    assert not unchanged(book, known)


def test_each_ability_is_asked_for_and_not_the_systems_name() -> None:
    """Only `abilities` looks at what the system is called; others ask it."""
    folder = Path(abilities.__file__).parent
    named = ("sys.platform", "os.name", "import fcntl", "import msvcrt")
    looks = {
        path.name
        for path in folder.glob("*.py")
        if any(word in path.read_text("utf-8") for word in named)
    }
    assert looks == {"abilities.py"}


@pytest.mark.parametrize("call", ["exchange", "rename_new"])
def test_a_c_library_without_the_call_cannot(call: str, book: Path, monkeypatch: Patch) -> None:
    monkeypatch.setattr(abilities, "libc", object)
    other = book.with_name("other.xlsx")
    other.write_bytes(NEW)
    assert getattr(kernel_calls, call)(str(other), str(book)) is False
    assert (book.read_bytes(), other.read_bytes()) == (OLD, NEW)
