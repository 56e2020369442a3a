"""A home or state folder that is missing or cannot be written is an answer, never a bug."""

import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from effort import some
from messy import firm
from sheetrecord.cli import COMMANDS
from sheetrecord.files import state_folder
from told.test_terminal import WORDS

Run = Callable[..., Any]

READS = frozenset(
    {"validate", "explain", "brief", "say-back", "diff", "figures", "textconv", "find", "schema"}
)
"""Commands that need no state: what they print is what they print with one."""


def no_home(patch: pytest.MonkeyPatch, _: Path) -> None:
    patch.delenv("HOME", raising=False)
    patch.delenv("XDG_STATE_HOME", raising=False)
    patch.setattr("sheetrecord.files.state_folder.os.path.expanduser", lambda path: path)


def a_file(patch: pytest.MonkeyPatch, folder: Path) -> None:
    (folder / "state").write_text("a file")
    patch.setenv("SHEETRECORD_STATE", str(folder / "state"))


def cannot_be_made(patch: pytest.MonkeyPatch, folder: Path) -> None:
    def refuse(path: str, **_: object) -> None:
        raise PermissionError(13, "Permission denied", path)

    patch.setenv("XDG_STATE_HOME", str(folder / "gone"))
    patch.setattr(state_folder.os, "makedirs", refuse)


def read_only(patch: pytest.MonkeyPatch, _: Path) -> None:
    access = os.access
    patch.setattr(
        state_folder.os,
        "access",
        lambda path, mode: "sheetrecord" not in str(path) and access(path, mode),
    )


WORLDS = {
    "no home": no_home,
    "a file": a_file,
    "cannot be made": cannot_be_made,
    "read-only": read_only,
}


EACH = some([(command, world) for command in sorted(COMMANDS) for world in WORLDS], 3)
"""Every command and every world; in a long run each in each."""


@pytest.mark.parametrize(("command", "world"), EACH)
def test_without_a_state_folder_every_command_answers(
    command: str, world: str, run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "firm.xlsx").write_bytes(firm.workbook())
    (tmp_path / "copy.xlsx").write_bytes(firm.workbook())
    typed = [[w.format(book="firm.xlsx", evil="x") for w in words] for words in WORDS[command]]
    before = [run(command, *words) for words in typed] if command in READS else []
    with monkeypatch.context() as patch:
        WORLDS[world](patch, tmp_path)
        after = [run(command, *words) for words in typed]
    for ran in after:
        assert ran.code != 70, ran.err
        assert "Traceback" not in ran.err
        if ran.code == 3:
            assert ran.err.startswith("sheetrecord: ")
    told = [(ran.code, ran.out, ran.err) for ran in after]
    assert not before or told == [(ran.code, ran.out, ran.err) for ran in before]
    assert not (tmp_path / "~").exists()


@pytest.mark.parametrize("world", WORLDS)
def test_the_answer_says_what_to_set(
    world: str, run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "firm.xlsx").write_bytes(firm.workbook())
    with monkeypatch.context() as patch:
        WORLDS[world](patch, tmp_path)
        ran = run("sync", "firm.xlsx")
        looked = run("doctor", "firm.xlsx")
    assert ran.code == 3
    assert "Set SHEETRECORD_STATE" in ran.err
    assert len(ran.err.splitlines()) == 1
    if world != "cannot be made":  # to know, one would have to try, and doctor makes nothing
        assert looked.code == 1
        assert "Set SHEETRECORD_STATE" in looked.out


def test_what_the_system_refuses_is_no_bug(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: object) -> None:
        raise PermissionError(13, "Permission denied", str(tmp_path / "sheetrecord.toml"))

    monkeypatch.setattr("sheetrecord.cli.context.BookFinder.given", refuse)
    ran = run("validate")
    assert ran.code == 3
    assert "sheetrecord.toml: the system refuses it (Permission denied)" in ran.err
