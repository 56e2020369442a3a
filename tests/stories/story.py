"""Run the console examples of a Markdown page and compare what they print.

A block fenced with ``console`` holds commands after ``$ `` and what they print. A line ``...``
stands for any lines; ``…`` within a line for any text. Commands of other programs are shown to
people and not run.
"""

import re
import shlex
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, NamedTuple

_BLOCK = re.compile(r"^```console\n(.*?)^```", re.MULTILINE | re.DOTALL)


class Step(NamedTuple):
    """One command and what it prints."""

    words: list[str]
    expected: list[str]


def steps(page: Path) -> Iterator[Step]:
    """Yield the commands of `sheetrecord` that a page shows, in order."""
    for block in _BLOCK.findall(page.read_text("utf-8")):
        current: Step | None = None
        for line in block.splitlines():
            if line.startswith("$ "):
                words = shlex.split(line[2:], comments=True)
                current = Step(words[1:], []) if words[0] == "sheetrecord" else None
                if current:
                    yield current
            elif current:
                current.expected.append(line)


def play(page: Path, run: Callable[..., Any]) -> list[Any]:
    """Run a page's commands one after the other; fail at the first that prints otherwise."""
    told = list(steps(page))
    done = []
    for step in told:
        ran = run(*step.words)
        done.append(ran)
        assert ran.code in {0, 1}, f"{step.words}: {ran.err}"
        if any(step.expected):
            _compare(step, ran.out.splitlines())
    return done


def _compare(step: Step, printed: list[str]) -> None:
    expected = "\n".join(step.expected).rstrip().split("\n")
    pattern = "\n".join(
        r"(?:.*\n)*?.*" if line.strip() == "..." else _line(line) for line in expected
    )
    text = "\n".join(line.rstrip() for line in printed)
    assert re.fullmatch(pattern, text), "\n".join(["", *step.words, "", text])


def _line(line: str) -> str:
    return ".*".join(re.escape(part) for part in line.rstrip().split("…"))
