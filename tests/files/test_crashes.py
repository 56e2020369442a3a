"""A run that dies at any instant leaves the old or the new workbook, and the next run heals it."""

import os
import subprocess
import sys
from contextlib import suppress
from pathlib import Path

import pytest

from files.conftest import NEW, OLD
from files.disks import DISKS, contents, litter, run_on
from files.people import SAVES
from files.schedule import Dead, at, dying_at, fresh, moments
from sheetrecord.files import exclusive, fingerprint, replace, sweep
from sheetrecord.files.disk_hooks import KILLED, exit_at, watched
from sheetrecord.files.leftovers import parse
from sheetrecord.files.recovery import heal
from sheetrecord.files.unix import UnixDisk
from sheetrecord.model.errors import SheetRecordError

THEIRS = b"a save by Jane " * 300
LATER = b"a save by John " * 400

# At "create:after" the file is open and its owner never hears of it, as when a process dies there.
pytestmark = pytest.mark.filterwarnings(
    "ignore:Exception ignored in. <_io.FileIO:pytest.PytestUnraisableExceptionWarning"
)

every_disk = pytest.mark.parametrize("kind", DISKS)


def die(kind: str, book: Path, moment: str, save_at: str = "", way: str = "in place") -> None:
    """Replace on a fresh workbook; somebody may save at one moment, the process dies at another."""
    fresh(book)
    before = fingerprint(book)
    human = at({save_at: lambda: SAVES[way](book, THEIRS)})
    with suppress(Dead, SheetRecordError):
        run_on(watched(DISKS[kind](), dying_at(moment, human)), book, NEW, before)


@every_disk
def test_death_at_any_instant_leaves_the_old_or_the_new_and_no_litter_after_the_next_run(
    kind: str, book: Path
) -> None:
    for moment in moments(DISKS[kind], book):
        die(kind, book, moment)
        if kind == "exchange":
            assert book.read_bytes() in {OLD, NEW}, moment
        assert contents(book.parent) & {OLD, NEW}, moment
        heal(DISKS[kind](), str(book))
        assert book.read_bytes() in {OLD, NEW}, moment
        assert [path.name for path in book.parent.iterdir()] == [book.name], moment


@every_disk
@pytest.mark.parametrize("way", ["in place", "by rename"])
def test_a_save_survives_death_at_any_later_instant(kind: str, way: str, book: Path) -> None:
    steps = moments(DISKS[kind], book)
    swap = next(i for i, step in enumerate(steps) if step.startswith("exchange"))
    for save_at in (steps[0], *steps[swap - 1 :: 2]):
        for moment in sorted({*steps[steps.index(save_at) :: 3], *MORE_WHEN_GIVEN_BACK}):
            die(kind, book, moment, save_at, way)
            saved = THEIRS in contents(book.parent)
            assert saved or save_at != steps[0], (save_at, moment)
            heal(DISKS[kind](), str(book))
            assert not litter(book.parent), (save_at, moment)
            assert book.read_bytes() == (THEIRS if saved else book.read_bytes())
            assert saved or book.read_bytes() in {OLD, NEW}, (save_at, moment)


MORE_WHEN_GIVEN_BACK = {
    f"{step}:{when}#{nth}"
    for step in ("exchange", "take", "put", "replace_aside", "digest", "remove")
    for when in ("before", "after")
    for nth in (2, 3)
}
"""Moments that come only when somebody's save has to be given back."""


@every_disk
def test_a_save_after_the_death_stands_and_the_one_it_hid_is_kept(kind: str, book: Path) -> None:
    for nth in range(1, 4):
        for step in ("busy:before", "digest:before"):
            die(kind, book, f"{step}#{nth}", "exchange:before#1", "by rename")
            held = THEIRS in contents(book.parent) and (
                not book.exists() or book.read_bytes() != THEIRS
            )
            SAVES["by rename"](book, LATER)
            swept = heal(DISKS[kind](), str(book))
            assert book.read_bytes() == LATER
            assert [Path(kept).read_bytes() for kept in swept.kept] == ([THEIRS] if held else [])


def test_a_killed_process_is_healed_by_the_next_run(book: Path) -> None:
    for moment in moments(UnixDisk, book):
        fresh(book)
        child = os.fork()
        if child == 0:
            disk = watched(UnixDisk(), exit_at(moment))
            run_on(disk, book, NEW, fingerprint(book))
            os._exit(0)
        assert os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == KILLED, moment
        assert book.read_bytes() in {OLD, NEW}
        with exclusive(book):
            assert [path.name for path in book.parent.iterdir()] == [book.name], moment


def test_a_failpoint_in_the_environment_ends_a_run_of_the_public_function(
    book: Path, state: Path
) -> None:
    code = (
        "import sys; from sheetrecord.files import *; "
        "replace(sys.argv[1], b'new', fingerprint(sys.argv[1]))"
    )
    done = subprocess.run(
        [sys.executable, "-c", code, str(book)],
        env={
            "PYTHONPATH": os.pathsep.join(sys.path),
            "SHEETRECORD_STATE": str(state),
            "SHEETRECORD_FAILPOINT": "exchange:after",
        },
        check=False,
    )
    assert done.returncode == KILLED
    assert book.read_bytes() == b"new"
    assert len(litter(book.parent)) == 1
    assert sweep(book.parent).removed
    assert [path.name for path in book.parent.iterdir()] == [book.name]


def test_the_files_of_a_run_that_is_still_alive_are_left_alone(book: Path) -> None:
    die("exchange", book, "exchange:after#1")
    [name] = litter(book.parent)
    mark = parse(name)
    assert mark
    alive = Path(mark._replace(pid=1).path(str(book.parent)))
    book.with_name(name).rename(alive)
    assert heal(UnixDisk(), str(book)) == ((), (), ())
    assert alive.exists()


def test_the_files_of_another_machine_are_left_alone_for_a_day(
    book: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    die("exchange", book, "exchange:after#1")
    [name] = litter(book.parent)
    mark = parse(name)
    assert mark
    book.with_name(name).rename(mark._replace(host="abcdef").path(str(book.parent)))
    assert not any(heal(UnixDisk(), str(book)))
    now = book.stat().st_mtime
    monkeypatch.setattr("time.time", lambda: now + 25 * 3600)
    assert len(heal(UnixDisk(), str(book)).removed) == 1


def test_sweeping_a_folder_heals_every_workbook_in_it(book: Path) -> None:
    other = book.with_name("Fees.xlsx")
    for path in (book, other):
        path.write_bytes(OLD)
        disk = watched(UnixDisk(), dying_at("exchange:after#1"))
        with suppress(Dead):
            run_on(disk, path, NEW, fingerprint(path))
    assert len(litter(book.parent)) == 2
    assert len(sweep(book.parent).removed) == 2
    assert not litter(book.parent)


def test_a_workbook_missing_after_a_death_comes_back(book: Path) -> None:
    die("rename", book, "take:after#2")
    assert not book.exists()
    assert any(path.name.startswith("sheetrecord-aside-") for path in book.parent.iterdir())
    assert sweep(book).restored == (str(book),)
    assert book.read_bytes() == OLD
    assert not litter(book.parent)


def test_a_long_name_is_healed_too(book: Path) -> None:
    name = "Überaus langer Name " * 9 + ".xlsx"
    long = book.rename(book.with_name(name))
    with suppress(Dead):
        run_on(watched(DISKS["rename"](), dying_at("take:after#2")), long, NEW, fingerprint(long))
    assert not long.exists()
    assert not any(sweep(long.parent))  # its whole name does not fit into the leftover's
    assert sweep(long).restored == (str(long),)
    assert replace(long, NEW, fingerprint(long)).size == len(NEW)


def dead_with_a_save_set_aside(book: Path) -> None:
    """A death just after the swap, on a share, that hid somebody's save."""
    die("rename", book, "put:after#1", "exchange:before#1", "by rename")
    assert book.read_bytes() == NEW
    assert THEIRS in contents(book.parent)


def test_a_save_while_an_older_one_is_given_back_stands_and_the_older_is_kept(book: Path) -> None:
    dead_with_a_save_set_aside(book)
    disk = watched(DISKS["rename"](), at({"take:after#2": lambda: SAVES["by rename"](book, LATER)}))
    swept = heal(disk, str(book))
    assert book.read_bytes() == LATER
    assert [Path(kept).read_bytes() for kept in swept.kept] == [THEIRS]
    assert not litter(book.parent)


def test_an_error_while_a_save_is_given_back_leaves_a_workbook_and_the_save_for_next_time(
    book: Path,
) -> None:
    def fail() -> None:
        raise OSError(5, "error")

    for moment in ("take:after#2", "put:before#1"):
        dead_with_a_save_set_aside(book)
        heal(watched(DISKS["rename"](), at({moment: fail})), str(book))
        assert book.read_bytes() == NEW, moment
        heal(DISKS["rename"](), str(book))
        assert book.read_bytes() == THEIRS, moment
        assert not litter(book.parent), moment


def test_a_save_after_a_death_stands_while_the_one_it_hid_is_looked_at(book: Path) -> None:
    dead_with_a_save_set_aside(book)
    SAVES["in place"](book, LATER)
    shown: list[bytes] = []
    disk = watched(
        DISKS["rename"](), lambda _: shown.append(book.read_bytes() if book.exists() else b"")
    )
    heal(disk, str(book))
    assert set(shown) == {LATER}
