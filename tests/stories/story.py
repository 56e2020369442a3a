"""Do what a Markdown page tells, in its order, and compare what its commands print.

A block fenced with ``console`` holds commands after ``$ `` and what they print. A line ``...``
stands for any lines; ``…`` within a line for any text. Run are `sheetrecord` and `cp`; a block of
other programs is fenced with ``sh``. "Save this as `NAME`:" saves the block below it, "Type into
`BOOK`:" types the last column of the table below it into the cells of the first.
"""

import datetime as dt
import re
import shlex
import shutil
import textwrap
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, NamedTuple

from openpyxl import load_workbook

_DONE = re.compile(
    r"""^Save\ this\ as\ `(?P<name>[^`]+)`:\n\n```\w*\n(?P<text>.*?)^```
    |^Type\ into\ `(?P<book>[^`]+)`:\n\n(?P<table>(?:\|[^\n]*\n)+)
    |^(?P<indent>\ *)```console\n(?P<block>.*?)^(?P=indent)```""",
    re.MULTILINE | re.DOTALL | re.VERBOSE,
)
_TYPED = re.compile(r"^\| `(\w+)!([A-Z]+\d+)` \|.*\| `(.+?)` \|$", re.MULTILINE)
_DAY = re.compile(r"\d{4}-\d\d-\d\d")


class Step(NamedTuple):
    """One command and what it prints."""

    words: list[str]
    expected: list[str]


class Saved(NamedTuple):
    """A file that the page has its reader save."""

    name: str
    text: str


class Typed(NamedTuple):
    """What the page has its reader type: sheet, cell and text."""

    book: str
    cells: list[tuple[str, str, str]]


class Copied(NamedTuple):
    """A file that the page has its reader copy."""

    source: str
    to: str


def told(page: Path) -> Iterator[Step | Saved | Typed | Copied]:
    """Yield what a page tells its reader to do, in order."""
    for found in _DONE.finditer(page.read_text("utf-8")):
        if found["name"]:
            yield Saved(found["name"], found["text"])
        elif found["book"]:
            cells = _TYPED.findall(found["table"])
            assert len(cells) == found["table"].count("\n") - 2, found["table"]
            yield Typed(found["book"], cells)
        else:
            yield from _commands(textwrap.dedent(found["block"]))


def _commands(block: str) -> Iterator[Step | Copied]:
    current: Step | None = None
    for line in block.splitlines():
        if line.startswith("$ "):
            program, *words = shlex.split(line[2:], comments=True)
            assert program in {"sheetrecord", "cp"}, f"{line}: fence it with sh, it is not run"
            current = Step(words, []) if program == "sheetrecord" else None
            yield current or Copied(*words)
        else:
            assert current, f"{line}: fence it with text, nothing prints it"
            current.expected.append(line)


def steps(page: Path) -> Iterator[Step]:
    """Yield the commands of `sheetrecord` that a page shows, in order."""
    yield from (one for one in told(page) if isinstance(one, Step))


def play(page: Path, run: Callable[..., Any]) -> list[Any]:
    """Do one thing of the page after the other; fail at the first that prints otherwise."""
    done = []
    for one in list(told(page)):
        if isinstance(one, Saved):
            Path(one.name).write_text(one.text, "utf-8")
        elif isinstance(one, Copied):
            shutil.copyfile(one.source, one.to)
        elif isinstance(one, Typed):
            _type(one)
        else:
            ran = run(*one.words)
            done.append(ran)
            assert ran.code in {0, 1}, f"{one.words}: {ran.code} {ran.out} {ran.err}"
            if any(one.expected):
                _compare(one, ran.out.splitlines())
    return done


def _type(one: Typed) -> None:
    book = load_workbook(one.book)
    for sheet, cell, text in one.cells:
        value: Any = text
        if _DAY.fullmatch(text):
            value = dt.datetime.fromisoformat(text)
        elif text.isdigit():
            value = int(text)
        book[sheet][cell].value = value
    book.save(one.book)


def _compare(step: Step, printed: list[str]) -> None:
    expected = "\n".join(step.expected).rstrip().split("\n")
    pattern = "".join(
        r"(?:.*\n)*?" if line.strip() == "..." else f"{_line(line)}\n" for line in expected
    )
    text = "".join(f"{line.rstrip()}\n" for line in printed)
    text = text.replace("\u00a0", " ").replace("\u202f", " ")  # a page shows these as spaces
    assert re.fullmatch(pattern, text), "\n".join(["", *step.words, "", text])


def _line(line: str) -> str:
    return ".*".join(re.escape(part) for part in line.rstrip().split("…"))
