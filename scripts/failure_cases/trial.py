"""The command line in this process, in a folder of its own: what it prints, as people would see."""

import contextlib
import html
import io
import json
import os
import re
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple

from sheetrecord.cli import COMMANDS, main


class Ran(NamedTuple):
    """What a command printed, and its exit code."""

    code: int
    out: str
    err: str


class Trial:
    """A folder with one workbook, and the commands that are run on it."""

    def __init__(self, folder: Path) -> None:
        self.folder, self.book = folder, folder / "book.xlsx"
        folder.mkdir(parents=True, exist_ok=True)

    def run(self, command: str, *words: object) -> Ran:
        """Run `sheetrecord COMMAND BOOK WORDS`."""
        return run(self.folder, command, self.book, *words)

    def problems(self, *words: object) -> list[dict[str, Any]]:
        """Return what `validate` says, notes too."""
        told = self.text("validate", "D-0001", "--format", "json", *words, may=(0, 1))
        found: list[dict[str, Any]] = json.loads(told)["problems"]
        return found

    def text(self, command: str, *words: object, may: tuple[int, ...] = (0,)) -> str:
        """Return what a command prints. Raises RuntimeError when it ends with another code."""
        ran = self.run(command, *words)
        if ran.code not in may:
            raise RuntimeError(f"{command} ended with {ran.code}: {ran.err}")
        return ran.out

    def page(self, audience: str, page: str, *words: object) -> str:
        """Publish the view for an audience and return the text of a page of it."""
        view = self.folder / f"view-{audience}"
        self.text("publish", "--audience", audience, "--to", view, *words)
        return "\n".join(plain(path.read_text("utf-8")) for path in sorted(view.glob(page)))


def run(folder: Path, *words: object) -> Ran:
    """Run `sheetrecord WORDS` and return what it printed."""
    out, err = (io.TextIOWrapper(io.BytesIO(), "utf-8", write_through=True) for _ in "12")
    with _alone(folder, words), contextlib.redirect_stdout(out), contextlib.redirect_stderr(err):
        try:
            main()
        except SystemExit as ended:
            code = ended.code if isinstance(ended.code, int) else 1
    return Ran(code, *(stream.buffer.getvalue().decode() for stream in (out, err)))


def has(command: str) -> bool:
    """Tell whether there is such a command."""
    return command in COMMANDS


def plain(page: str) -> str:
    """Return a page's text without its marks."""
    return html.unescape(re.sub(r"<(script|style).*?</\1>|<[^>]+>", " ", page, flags=re.DOTALL))


@contextlib.contextmanager
def _alone(folder: Path, words: tuple[object, ...]) -> Iterator[None]:
    """Put words and a state folder of its own in place of the process's."""
    argv, kept = sys.argv, os.environ.get("XDG_STATE_HOME")
    sys.argv = ["sheetrecord", *map(str, words)]
    os.environ["XDG_STATE_HOME"] = str(folder / ".state")
    try:
        yield
    finally:
        sys.argv = argv
        os.environ.pop("XDG_STATE_HOME")
        if kept is not None:
            os.environ["XDG_STATE_HOME"] = kept
