"""What a person types that is not quite right is answered in one sentence that helps."""

import json
import os
import stat
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from messy import firm

Run = Callable[..., Any]


@pytest.fixture
def book(tmp_path: Path) -> Path:
    path = tmp_path / "firm.xlsx"
    path.write_bytes(firm.workbook())
    return path


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("return", "firm.xlsx", "D-0001"), "Choose from: missing_context, deadline_unclear, "),
        (("completion",), "Choose from: bash, zsh, fish"),
    ],
)
def test_what_may_be_chosen_stands_in_one_line(
    words: tuple[str, ...], said: str, book: Path, run: Run
) -> None:
    ran = run(*words)
    assert ran.code == 2
    assert said in ran.err
    assert "\\n" not in ran.err


def test_it_does_in_json_too(book: Path, run: Run) -> None:
    ran = run("return", book, "D-0001", "--format", "json")
    assert "Choose from: missing_context, deadline_unclear, " in ran.out


@pytest.mark.parametrize("name", ["Deal", "deal", "DEAL"])
def test_a_sheet_is_named_in_any_case(name: str, run: Run) -> None:
    assert run("schema", name).out.startswith("Deal\n")


def test_a_word_that_is_no_sheet_is_not_taken_for_one(run: Run) -> None:
    ran = run("schema", "del")
    assert (ran.code, "Did you mean Deal?" in ran.err) == (2, True)


def test_the_history_of_a_record_that_was_never_synced_is_said_to_be_none(
    book: Path, run: Run
) -> None:
    ran = run("history", book, "D-0001")
    assert ran.code == 0
    assert ran.out.startswith("No run has changed the record yet")
    told = json.loads(run("history", book, "D-0001", "--format", "json").out)
    assert told["changes"] == []


def test_a_workbook_alone_is_no_text_to_look_for(book: Path, run: Run) -> None:
    ran = run("find", book)
    assert (ran.code, "Say what to look for." in ran.err) == (2, True)


@pytest.mark.skipif(os.name == "nt", reason="another way to open files")
@pytest.mark.parametrize(("ends", "code"), [(0, 0), (3, 3)])
def test_a_desktop_that_opens_nothing_is_told_without_its_noise(
    ends: int, code: int, book: Path, run: Run, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    program = tmp_path / "bin" / "xdg-open"
    program.parent.mkdir()
    program.write_text(f'#!/bin/sh\necho noise >&2\necho "$1" > {tmp_path}/asked\nexit {ends}\n')
    program.chmod(program.stat().st_mode | stat.S_IXUSR)
    monkeypatch.setenv("PATH", str(program.parent), prepend=os.pathsep)
    monkeypatch.setattr("sys.platform", "linux")
    ran = run("open", book)
    assert ran.code == code
    assert "noise" not in ran.err
    assert ("no program here opens it" in ran.err) == bool(ends)
    assert (tmp_path / "asked").read_text().strip() == str(book)
