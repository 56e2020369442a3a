"""`sheetrecord init`: both files or none, over nothing, and everything it suggests is allowed."""

import os
import pty
import subprocess
import sys
import tomllib
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from conftest import Ran
from sheetrecord.app.begin import file_name
from sheetrecord.app.settings.begin import settings_text
from sheetrecord.app.settings.checked import tables_of
from sheetrecord.model.errors import BadSettings

Run = Callable[..., Ran]


def found(folder: Path) -> list[str]:
    return sorted(str(path.relative_to(folder)) for path in folder.rglob("*") if path.is_file())


def test_a_folder_is_set_up_and_its_settings_are_confirmed(run: Run, tmp_path: Path) -> None:
    ran = run("init", "acme", "--name", "Müller & Söhne", "--lang", "de", "--currency", "chf")
    assert ran.code == 0
    assert found(tmp_path / "acme") == ["Müller & Söhne.xlsx", "sheetrecord.toml"]
    told = tomllib.loads((tmp_path / "acme" / "sheetrecord.toml").read_text("utf-8"))
    assert told == {"book": "Müller & Söhne.xlsx", "publish": {"ops": {"to": "view"}}}
    os.chdir(tmp_path / "acme")
    assert run("validate").code == 0
    assert run("publish").code == 0, "nothing is asked: whoever made it has confirmed it"
    assert (tmp_path / "acme" / "view" / "index.html").exists()


@pytest.mark.parametrize("there", ["sheetrecord.toml", "firm.xlsx"])
def test_nothing_is_overwritten_and_nothing_half_made(run: Run, tmp_path: Path, there: str) -> None:
    (tmp_path / there).write_text("mine")
    ran = run("init")
    assert (ran.code, f"{there}: it exists already" in ran.err) == (3, True)
    assert [name for name in found(tmp_path) if ".state" not in name] == [there]
    assert (tmp_path / there).read_text() == "mine"
    (tmp_path / there).unlink()
    (tmp_path / there).symlink_to("gone")
    assert run("init").code == 3
    assert not (tmp_path / "gone").exists()


def test_a_plan_writes_nothing_and_shows_the_file(run: Run, tmp_path: Path) -> None:
    ran = run("init", "acme", "--plan")
    assert ran.code == 0
    assert 'book = "firm.xlsx"' in ran.out
    assert found(tmp_path) == []
    assert not (tmp_path / "acme").exists()


def test_settings_that_do_not_hold_any_more_are_named(run: Run, tmp_path: Path) -> None:
    (tmp_path / "sheetrecord.toml").write_text("")
    ran = run("init", "acme")
    assert f"The settings of {tmp_path / 'sheetrecord.toml'} do not hold in it." in ran.out


WRONG = {
    "currency": (["--currency", "EURO"], "Did you mean EUR?"),
    "name": (["--name", "///"], "no file can be called so"),
    "device": (["--name", "nul"], "no file can be called so"),
    "template": (["--template", "agenc"], "agency"),
}


@pytest.mark.parametrize(("words", "says"), WRONG.values(), ids=list(WRONG))
def test_a_wrong_answer_makes_nothing(
    run: Run, tmp_path: Path, words: list[str], says: str
) -> None:
    ran = run("init", "acme", *words)
    assert (ran.code, says in ran.err) == (2, True)
    assert not (tmp_path / "acme").exists()


def test_whatever_it_suggests_is_allowed(tmp_path: Path) -> None:
    text = settings_text("firm.xlsx", "")
    lines = [
        line.removeprefix("# ") if "=" in line or "[" in line else "" for line in text.split("\n")
    ]
    tables = tables_of(tmp_path, "\n".join(lines).encode(), "", keep=False)
    assert set(tables) >= {"book", "books", "publish", "severity", "store", "copies", "reconcile"}


@given(st.text(min_size=1), st.text(min_size=1))
def test_names_and_places_of_any_letters_are_told_as_they_are(name: str, view: str) -> None:
    try:
        book = file_name(name)
    except BadSettings:
        return
    assert Path(book).name == book
    assert not set(book) & set('<>:"/\\|?*')
    if view.isprintable():
        told = tomllib.loads(settings_text(book, view))
        assert (told["book"], told["publish"]["ops"]["to"]) == (book, view)


@pytest.mark.skipif(sys.platform == "win32", reason="a terminal of POSIX")
def test_a_terminal_is_asked_five_things_at_the_most(tmp_path: Path) -> None:
    ours, theirs = pty.openpty()
    env = {**os.environ, "XDG_STATE_HOME": str(tmp_path / ".state"), "LANG": "fr_FR.UTF-8"}
    env.pop("SHEETRECORD_STATE", None)
    env.pop("LC_ALL", None)
    words = [sys.executable, "-m", "sheetrecord", "init", "acme"]
    os.write(ours, b"agency\n\nUSD\nRoy\n-\n")
    done = subprocess.run(
        words, cwd=tmp_path, stdin=theirs, stderr=theirs, stdout=subprocess.PIPE, env=env,
        timeout=60, check=False,
    )  # fmt: skip
    os.close(theirs)
    asked = os.read(ours, 1 << 16).decode()
    os.close(ours)
    assert done.returncode == 0
    assert asked.count("?") - asked.count("?)") == 5 or asked.count("]:") == 5
    assert "[fr]" in asked
    assert found(tmp_path / "acme") == ["Roy.xlsx", "sheetrecord.toml"]
    assert tomllib.loads((tmp_path / "acme" / "sheetrecord.toml").read_text()) == {
        "book": "Roy.xlsx"
    }
