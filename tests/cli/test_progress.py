"""A bar is shown where somebody waits and looks on, and nowhere else."""

import io
import os
import pty
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from conftest import ASOF
from sheetrecord.app.create import NewWorkbookRequest, workbook
from sheetrecord.app.publish import PublishRequest, publish
from sheetrecord.cli import printing
from sheetrecord.cli import progress as shown
from sheetrecord.cli.progress import PATIENCE, PAUSE, ProgressBar, drawn
from sheetrecord.model import progress


class Clock:
    """Seconds that pass when somebody says so."""

    now = 0.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture(autouse=True)
def _alone() -> Iterator[None]:
    yield
    progress.forget()
    printing.HOW.reset()


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def out() -> io.StringIO:
    return io.StringIO()


def test_what_is_quick_shows_nothing(clock: Clock, out: io.StringIO) -> None:
    bar = ProgressBar(out, clock)
    for done in range(100):
        clock.now = PATIENCE * done / 101
        bar("pages", done, 100)
    bar.clear()
    assert out.getvalue() == ""


def test_what_is_long_is_drawn_now_and_then_and_taken_away(clock: Clock, out: io.StringIO) -> None:
    bar = ProgressBar(out, clock)
    for done in range(1000):
        clock.now = 1.0 + done * PAUSE / 100
        bar("pages", done, 1000)
    assert 8 <= out.getvalue().count("pages") <= 11
    bar.clear()
    bar.clear()
    assert out.getvalue().endswith("pages\r\033[K")


def test_quiet_shows_nothing(clock: Clock, out: io.StringIO) -> None:
    bar = ProgressBar(out, clock)
    clock.now = 9.0
    printing.HOW.quiet = True
    bar("pages", 1, 2)
    assert out.getvalue() == ""


@pytest.mark.parametrize("done", range(0, 120, 7))
def test_a_bar_is_as_wide_as_ever_and_never_wraps(done: int) -> None:
    assert drawn("pages", done, 100).index("]") == drawn("pages", 0, 100).index("]")
    assert len(drawn("x" * 500 + "\n\033[2J", done, 100)) <= 72
    assert "\n" not in drawn("a\nb", done, 0)


@pytest.mark.parametrize(
    ("variables", "words", "seen"),
    [
        ({"TERM": "xterm"}, [], True),
        ({"TERM": "dumb"}, [], False),
        ({"TERM": "xterm"}, ["-q"], False),
        ({"TERM": "xterm", "NO_COLOR": "1"}, [], True),
        ({"TERM": "xterm"}, ["--color", "never"], True),
    ],
)
def test_a_terminal_sees_it_unless_it_asked_for_nothing(
    variables: dict[str, str], words: list[str], seen: bool, tmp_path: Path
) -> None:
    """A real command on a real terminal, its patience taken away."""
    script = (
        "import sys, sheetrecord.cli.progress as p; p.PATIENCE = p.PAUSE = 0.0\n"
        "sys.argv = ['sheetrecord', *sys.argv[1:]]\n"
        "from sheetrecord.cli import main; main()"
    )
    ours, theirs = pty.openpty()
    called = [sys.executable, "-c", script, "new", "firm.xlsx", "--sample", *words]
    ran = subprocess.run(
        called, cwd=tmp_path, stdout=subprocess.PIPE, stderr=theirs, check=False,
        env={**os.environ, "NO_COLOR": "", **variables},
    )  # fmt: skip
    os.close(theirs)
    os.set_blocking(ours, False)
    try:
        text = os.read(ours, 1 << 20).decode()
    except (BlockingIOError, OSError):
        text = ""
    os.close(ours)
    assert ran.returncode == 0
    assert ("deals made up" in text) == seen
    if seen:
        assert text.rstrip().endswith("\033[K") or text.rpartition("\033[K")[2].count("...") == 0
    if "NO_COLOR" in variables or "never" in words:
        assert "\033[2m" not in text


def test_what_is_piped_sees_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stderr", io.StringIO())
    shown.watch()
    assert progress._listener == []


def test_what_takes_long_says_how_far_it_is(tmp_path: Path) -> None:
    told: list[tuple[str, int, int]] = []
    progress.listen(lambda what, done, of: told.append((what, done, of)))
    data = workbook(NewWorkbookRequest(sample=True), today=ASOF, asof=ASOF)
    (tmp_path / "firm.xlsx").write_bytes(data)
    publish(str(tmp_path / "firm.xlsx"), PublishRequest("ops", tmp_path / "v"), today=ASOF)
    assert {"deals made up", "sheets written", "pages"} <= {what for what, _, _ in told}
    for what, done, of in told:
        assert 0 <= done < of or not of, what


def test_something_printed_takes_the_line_away_first(
    clock: Clock, out: io.StringIO, monkeypatch: pytest.MonkeyPatch
) -> None:
    bar = ProgressBar(out, clock)
    clock.now = 2.0
    bar("pages", 1, 2)
    printing.HOW.before = bar.clear
    monkeypatch.setattr(sys, "stdout", out)
    printing.line("Done.")
    assert out.getvalue().endswith("pages\r\033[KDone.\n")
