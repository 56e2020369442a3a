"""The Google menu in Node, over stand-ins of the services it uses; what the engine reads of it."""

import re
import subprocess
from pathlib import Path

import pytest

from sheetrecord.app.addins.google import script
from sheetrecord.core.menu_requests import HEAD, SHEET, VERBS, WAITING


@pytest.mark.node
def test_the_menu_does_what_it_says(tmp_path: Path) -> None:
    menu = tmp_path / "menu.js"
    menu.write_text(script(), encoding="utf-8")
    words = ["node", "--test", str(Path(__file__).with_name("menu.test.js"))]
    done = subprocess.run(
        words, check=False, capture_output=True, text=True, env={**_env(), "MENU": str(menu)}
    )
    assert done.returncode == 0, done.stdout + done.stderr


def _env() -> dict[str, str]:
    import os

    return dict(os.environ)


def test_menu_and_engine_mean_the_same_sheet_and_columns() -> None:
    text = script()
    assert f'var SHEET = "{SHEET}";' in text
    assert f'var WAITING = "{WAITING}";' in text
    head = re.search(r"var HEAD = \[(.*?)\];", text)
    assert head is not None
    assert tuple(re.findall(r'"(.*?)"', head[1])) == HEAD
    asked = set(re.findall(r'(?:ask_|step_)\("(\w+)"', text))
    assert asked == set(VERBS)


def test_the_command_prints_it_whole(run) -> None:
    ran = run("addin", "google")
    assert (ran.code, ran.err) == (0, "")
    assert ran.out.strip() == script().strip()
