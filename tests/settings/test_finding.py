"""Which settings file holds: that of the book's folder upwards, else of the current one."""

import os
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from conftest import Ran
from sheetrecord.app.settings.config import find_config, settings_of
from synced.office import firm

Run = Callable[..., Ran]

WRONG = "[severty]\n"


@pytest.fixture
def house(run: Run, tmp_path: Path) -> Path:
    """Return a folder ``house`` with a book, and a folder ``room`` in it with another."""
    house = tmp_path / "house"
    (house / "room").mkdir(parents=True)
    (house / "firm.xlsx").write_bytes(firm())
    (house / "room" / "firm.xlsx").write_bytes(firm())
    return house


def refused(ran: Ran, path: Path) -> bool:
    return ran.code == 2 and ran.err.startswith(f"sheetrecord: {path}:1: [severty]")


def test_a_book_is_judged_by_its_own_folder_wherever_one_stands(run: Run, house: Path) -> None:
    (house.parent / "sheetrecord.toml").write_text(WRONG)
    (house / "sheetrecord.toml").write_text("")
    assert run("validate", "house/firm.xlsx").code == 1
    assert run("validate", "house/room/firm.xlsx").code == 1
    (house.parent / "sheetrecord.toml").write_text("")
    (house / "sheetrecord.toml").write_text(WRONG)
    assert refused(run("validate", "house/firm.xlsx"), house / "sheetrecord.toml")
    assert refused(run("validate", "house/room/firm.xlsx", "--notes"), house / "sheetrecord.toml")
    assert run("validate", "nowhere.xlsx").code == 3


def test_without_a_book_the_current_folder_counts(run: Run, house: Path) -> None:
    (house / "sheetrecord.toml").write_text('book = "firm.xlsx"\n')
    (house.parent / "sheetrecord.toml").write_text(WRONG)
    assert refused(run("validate"), house.parent / "sheetrecord.toml")
    os.chdir(house / "room")
    assert str(house / "firm.xlsx") in run("validate").out


def test_several_books_have_their_own(run: Run, house: Path) -> None:
    told = "Fees.net"
    (house / "sheetrecord.toml").write_text("")
    (house / "room" / "sheetrecord.toml").write_text("")
    plain = run("validate", "house/firm.xlsx", "house/room/firm.xlsx", "--format", "github").out
    error = next(line for line in plain.splitlines() if line.startswith("::error"))
    code = error.rpartition("title=")[2][:7]
    (house / "room" / "sheetrecord.toml").write_text(f'[severity]\n{code} = "warning"\n')
    mixed = run("validate", "house/firm.xlsx", "house/room/firm.xlsx", "--format", "github").out
    ours, theirs = (
        [line for line in mixed.splitlines() if code in line and f"file={where}" in line]
        for where in ("house/firm.xlsx", "house/room/firm.xlsx")
    )
    assert {line.split()[0] for line in ours} == {"::error"}, told
    assert {line.split()[0] for line in theirs} == {"::warning"}


def test_books_of_different_settings_are_not_synced_together(run: Run, house: Path) -> None:
    (house / "sheetrecord.toml").write_text("")
    (house / "room" / "sheetrecord.toml").write_text("")
    ran = run("sync", "house/firm.xlsx", "house/room/firm.xlsx")
    assert (ran.code, "These books have different settings" in ran.err) == (2, True)


def test_a_short_name_is_of_the_current_folders_settings(run: Run, house: Path) -> None:
    (house.parent / "sheetrecord.toml").write_text('[books]\nours = "house/firm.xlsx"\n')
    assert str(house / "firm.xlsx") in run("validate", "ours").out
    (house.parent / "ours").mkdir()
    assert run("validate", "ours").code == 3, "what is there goes before a short name"


@pytest.mark.skipif(sys.platform == "win32", reason="a folder in use stays on Windows")
def test_where_nobody_can_stand_is_said(run: Run, house: Path) -> None:
    gone = house / "gone"
    gone.mkdir()
    os.chdir(gone)
    gone.rmdir()
    ran = run("validate")
    assert (ran.code, "the current folder: it is not there any more" in ran.err) == (3, True)
    os.chdir(house)
    (house / "loop.xlsx").symlink_to("loop.xlsx")
    assert run("validate", "loop.xlsx").code == 3
    assert run("validate", "~nobody/firm.xlsx").code == 3


@pytest.mark.skipif(sys.platform == "win32", reason="links need rights on Windows")
def test_a_link_is_followed_to_where_the_book_is(run: Run, house: Path) -> None:
    (house / "sheetrecord.toml").write_text(WRONG)
    (house.parent / "link.xlsx").symlink_to(house / "firm.xlsx")
    assert refused(run("validate", "link.xlsx"), house / "sheetrecord.toml")


def test_above_the_home_folder_nothing_is_looked_at(
    house: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (house.parent / "sheetrecord.toml").write_text("")
    assert find_config(house / "room").path == house.parent / "sheetrecord.toml"
    monkeypatch.setenv("HOME", str(house))
    monkeypatch.setenv("USERPROFILE", str(house))
    assert find_config(house / "room").path is None
    (house / "sheetrecord.toml").write_text("")
    assert settings_of(str(house / "room" / "firm.xlsx")).path == house / "sheetrecord.toml"


@pytest.mark.skipif(sys.platform == "win32" or os.geteuid() == 0, reason="modes bind nobody here")
def test_a_file_that_cannot_be_read_is_not_passed_over(run: Run, house: Path) -> None:
    (house / "sheetrecord.toml").write_text("")
    (house / "sheetrecord.toml").chmod(0)
    assert run("validate", "house/firm.xlsx").code == 3
