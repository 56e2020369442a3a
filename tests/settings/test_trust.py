"""A settings file is confirmed, by path and content, before what it names is used."""

import json
import os
import pty
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from conftest import Ran
from synced.office import firm

Run = Callable[..., Ran]

SYNC = '[copies.ana]\npath = "ana.xlsx"\n'
USES = {
    "a view": (
        '[publish.ops]\nto = "view"\n',
        ["publish", "firm.xlsx"],
        "the place of a view (view)",
    ),
    "copies": (SYNC, ["sync"], "copies of the record"),
    "copies, to look": (SYNC, ["status"], "copies of the record"),
    "a store": ('[store]\nurl = "sqlite:r.db"\n', ["sync", "firm.xlsx"], "a store (sqlite)"),
    "a store, to look": (
        '[store]\nurl = "sqlite:r.db"\n',
        ["status", "firm.xlsx"],
        "a store (sqlite)",
    ),
    "a record of a store": ('[store]\nrecord = "R1"\n', ["sync", "firm.xlsx"], "a store"),
    "a book to sync": ('book = "firm.xlsx"\n', ["sync"], "a book to sync"),
    "a fleet's store": ('[store]\nurl = "sqlite:r.db"\n', ["fleet", "."], "a store (sqlite)"),
    "the past": (SYNC, ["history", "D-0001"], "copies of the record"),
    "a day": (SYNC, ["asof", "2026-01-01", "-o", "x.md"], "copies of the record"),
    "conflicts": (SYNC, ["conflicts"], "copies of the record"),
    "undo": (SYNC, ["undo"], "copies of the record"),
}


@pytest.fixture
def folder(run: Run, tmp_path: Path) -> Path:
    for name in ("firm", "ana"):
        (tmp_path / f"{name}.xlsx").write_bytes(firm())
    return tmp_path


def everything(folder: Path) -> dict[str, bytes]:
    files = (path for path in folder.rglob("*") if path.is_file())
    return {str(path): path.read_bytes() for path in files if "/settings/" not in str(path)}


@pytest.mark.parametrize(("text", "words", "what"), USES.values(), ids=list(USES))
def test_what_a_new_file_names_is_not_used(
    run: Run, folder: Path, text: str, words: list[str], what: str
) -> None:
    path = folder / "sheetrecord.toml"
    path.write_text(text)
    before = everything(folder)
    ran = run(*words)
    assert ran.code == 3, ran.out + ran.err
    assert ran.err.startswith(f"sheetrecord: {path}: it is new here, and it names {what}")
    assert "run this once with --trust" in ran.err
    assert everything(folder) == before


def test_once_confirmed_it_is_asked_again_only_when_it_changes(run: Run, folder: Path) -> None:
    path = folder / "sheetrecord.toml"
    path.write_text('book = "firm.xlsx"\n[publish.ops]\nto = "view"\n')
    assert run("publish").code == 3
    assert run("publish", "--trust").code == 0
    assert run("publish").code == 0
    path.write_text(path.read_text() + "# a word\n")
    ran = run("publish")
    assert (ran.code, "it was changed since you confirmed it" in ran.err) == (3, True)
    (folder / "other").mkdir()
    (folder / "other" / "sheetrecord.toml").write_bytes(path.read_bytes())
    assert run("publish", "--trust").code == 0
    (folder / "other" / "firm.xlsx").write_bytes((folder / "firm.xlsx").read_bytes())
    assert run("publish", "other/firm.xlsx").code == 3, "another path is another file"


@pytest.mark.skipif(sys.platform == "win32", reason="modes of POSIX")
def test_a_file_that_others_may_write_is_named_so(run: Run, folder: Path) -> None:
    path = folder / "sheetrecord.toml"
    path.write_text('[publish.ops]\nto = "view"\n')
    path.chmod(0o666)
    assert "others may write it" in run("publish", "firm.xlsx").err
    assert run("publish", "firm.xlsx", "--trust").code == 0
    path.write_text('[publish.ops]\nto = "view2"\n')
    assert run("publish", "firm.xlsx").code == 3


def test_a_confirmation_that_others_may_write_counts_for_nothing(run: Run, folder: Path) -> None:
    (folder / "sheetrecord.toml").write_text('[publish.ops]\nto = "view"\n')
    assert run("publish", "firm.xlsx", "--trust").code == 0
    [known] = (folder / ".state").rglob("trusted/*.json")
    known.chmod(0o666)
    assert run("publish", "firm.xlsx").code == 3
    known.chmod(0o600)
    assert run("publish", "firm.xlsx").code == 0
    told = json.loads(known.read_text())
    known.write_text(json.dumps({**told, "path": "/another"}))
    assert run("publish", "firm.xlsx").code == 3


def test_with_plan_nothing_is_remembered(run: Run, folder: Path) -> None:
    (folder / "sheetrecord.toml").write_text('[publish.ops]\nto = "view"\n')
    before = everything(folder)
    assert run("publish", "firm.xlsx", "--plan", "--trust").code == 0
    assert everything(folder) == before
    assert not list((folder / ".state").rglob("settings/*"))
    assert run("publish", "firm.xlsx", "--plan").code == 3


NO_NEED = {
    "severities": '[severity]\nCTX-009 = "note"\n',
    "what is withheld": '[publish.ops]\nhide = ["Fees"]\nunmarked = "internal"\n',
    "payers": '[payers]\nAcme = ["ACME"]\n',
    "a book": 'book = "firm.xlsx"\n',
}


@pytest.mark.parametrize("text", NO_NEED.values(), ids=list(NO_NEED))
def test_what_names_no_place_needs_no_word(run: Run, folder: Path, text: str) -> None:
    (folder / "sheetrecord.toml").write_text(text)
    assert run("validate", "firm.xlsx").code == 1, "the book has its problems"
    assert run("publish", "firm.xlsx", "--to", "out").code == 0
    (folder / "sheetrecord.toml").write_text(
        f'{text}{"" if "publish" in text else "[publish.ops]"}\nto = "view"\n'
    )
    assert run("publish", "firm.xlsx", "--to", "out").code == 0, "the place was typed"


def test_a_state_folder_that_cannot_be_written_stops_nothing(
    run: Run, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (folder / "file").write_text("")
    monkeypatch.setenv("SHEETRECORD_STATE", str(folder / "file" / "below"))
    (folder / "sheetrecord.toml").write_text('book = "firm.xlsx"\n[severity]\nCTX-009 = "note"\n')
    assert (run("validate").code, run("validate").err) == (1, "")


def test_a_fleet_uses_what_is_confirmed_below_it(run: Run, folder: Path) -> None:
    below = folder / "clients" / "acme"
    below.mkdir(parents=True)
    (below / "firm.xlsx").write_bytes((folder / "firm.xlsx").read_bytes())
    (below / "sheetrecord.toml").write_text('[store]\nurl = "sqlite:acme.db"\n')
    ran = run("fleet", "clients", "--jobs", "1")
    assert (ran.code, "--trust" in ran.out) == (1, True)
    assert not (below / "acme.db").exists()
    assert run("fleet", "clients", "--jobs", "1", "--trust").code == 0
    assert (below / "acme.db").exists()


@pytest.mark.skipif(sys.platform == "win32", reason="a terminal of POSIX")
@pytest.mark.parametrize(("answer", "code"), [("y", 0), ("n", 3), ("", 3)])
def test_a_terminal_is_asked_with_all_that_is_named(folder: Path, answer: str, code: int) -> None:
    (folder / "sheetrecord.toml").write_text('book = "firm.xlsx"\n[publish.ops]\nto = "view"\n')
    ours, theirs = pty.openpty()
    env = {**os.environ, "XDG_STATE_HOME": str(folder / ".state")}
    words = [sys.executable, "-m", "sheetrecord", "publish"]
    os.write(ours, f"{answer}\n".encode())
    done = subprocess.run(
        words, cwd=folder, stdin=theirs, stderr=theirs, stdout=subprocess.PIPE, env=env,
        timeout=60, check=False,
    )  # fmt: skip
    os.close(theirs)
    asked = os.read(ours, 1 << 16).decode()
    os.close(ours)
    assert done.returncode == code
    assert f"view    {folder / 'view'}" in asked
    assert f"book    {folder / 'firm.xlsx'}" in asked
    assert (folder / "view").exists() is (code == 0)
