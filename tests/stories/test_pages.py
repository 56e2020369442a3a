"""Every page does what it shows: its console blocks are run, and what it says of options exists."""

import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import click
import pytest

from conftest import Ran
from sheetrecord.cli import COMMANDS
from sheetrecord.cli.group import cli
from stories.scenes import SCENES
from stories.story import play, steps

ROOT = Path(__file__).resolve().parents[2]
ALL = sorted(
    path for folder in (".", "docs/**", "examples") for path in ROOT.glob(f"{folder}/*.md")
)
CONSOLE = re.compile(r"^ *```console$", re.MULTILINE)
WITH = [
    path.relative_to(ROOT).as_posix() for path in ALL if CONSOLE.search(path.read_text("utf-8"))
]
ELSEWHERE = {
    "docs/extending.md": "test_extending_page.py",  # its code is installed as a package
    "docs/reconcile.md": "test_reconcile_page.py",
    "docs/validate.md": "test_validate_page.py",
}
PAGES = [page for page in WITH if page not in ELSEWHERE]
MADE: dict[tuple[str, ...], tuple[bytes, Ran]] = {}
"""Sample firms that were made: the same words make the same workbook."""


@pytest.fixture
def once(run: Callable[..., Ran]) -> Callable[..., Ran]:
    """Run commands, but make the same sample firm once in a process."""

    def call(*words: str) -> Ran:
        if words[0] != "new" or "--sample" not in words:
            return run(*words)
        key, book = words[2:], Path(words[1])
        if key not in MADE:
            ran = run(*words)
            MADE[key] = book.read_bytes(), Ran(ran.code, ran.out.replace(words[1], "BOOK"), ran.err)
        data, ran = MADE[key]
        book.write_bytes(data)
        return Ran(ran.code, ran.out.replace("BOOK", words[1]), ran.err)

    return call


@pytest.mark.parametrize("page", PAGES)
def test_the_commands_print_what_the_page_shows(
    page: str, once: Callable[..., Any], tmp_path: Path
) -> None:
    SCENES.get(page, lambda _: None)(tmp_path)
    assert play(ROOT / page, once)


@pytest.mark.parametrize("page", ELSEWHERE)
def test_a_page_that_needs_more_is_run_by_a_test_of_its_own(page: str) -> None:
    text = (Path(__file__).parent / ELSEWHERE[page]).read_text("utf-8")
    assert "play(PAGE" in text
    assert page.rpartition("/")[2] in text
    assert page in WITH


def test_a_page_that_shows_something_else_fails(tmp_path: Path, run: Callable[..., Any]) -> None:
    page = tmp_path / "page.md"
    page.write_text(
        "```console\n$ sheetrecord explain CTX-001\nCTX-001  nothing of the kind\n```\n"
    )
    with pytest.raises(AssertionError, match="CTX-001"):
        play(page, run)


def test_a_block_that_is_not_run_is_no_console(tmp_path: Path) -> None:
    page = tmp_path / "page.md"
    page.write_text("```console\n$ pip install sheetrecord\n```\n")
    with pytest.raises(AssertionError, match="fence it with sh"):
        list(steps(page))


BLOCK = re.compile(r"^ *```(?:sh|text|)\n(.*?)^ *```", re.MULTILINE | re.DOTALL)
SHOWN = re.compile(r"(?:^|[ `$])sheetrecord ([a-z-]+)((?: +[^\n`#]*)?)", re.MULTILINE)
OPTION = re.compile(r"(?<!\S)--?[a-z][a-z-]*")


def said(text: str) -> list[tuple[str, str]]:
    """Return the commands in a text that is not run: the verb, and what follows it."""
    return [(verb, rest) for verb, rest in SHOWN.findall(text) if verb in COMMANDS]


def known(command: click.Command) -> set[str]:
    """Return the options of a command and of those below it."""
    found = {option for one in command.params for option in (*one.opts, *one.secondary_opts)}
    below = getattr(command, "commands", {})
    return found.union(*(known(one) for one in below.values())) if below else found


@pytest.mark.parametrize("page", [p.relative_to(ROOT).as_posix() for p in ALL])
def test_what_is_only_shown_has_words_that_exist(page: str) -> None:
    text = (ROOT / page).read_text("utf-8")
    shown = [one for block in BLOCK.findall(text) for one in said(block)]
    shown += [
        one for inline in re.findall(r"`(sheetrecord [^`\n]+)`", text) for one in said(inline)
    ]
    usual = {"-q", "-v", "-vv", "-h", "--help", "--color", "--version"}
    with click.Context(cli, info_name="sheetrecord") as parent:
        for verb, rest in shown:
            command = cli.get_command(parent, verb)
            assert command is not None
            own, _, _others = rest.partition(" -- ")
            wrong = set(OPTION.findall(own)) - known(command) - usual
            assert not wrong, f"{verb}{rest}"


def test_the_readme_is_short_enough_to_read() -> None:
    assert len((ROOT / "README.md").read_text("utf-8").splitlines()) <= 150
