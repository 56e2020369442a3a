"""A bar on a terminal for whatever takes longer than a second; one line, gone when it ends.

Nothing is shown where nobody looks on: no terminal, one that cannot move its cursor (TERM=dumb),
or --quiet. Without colours (NO_COLOR, --color never) the bar is the same, undimmed.
"""

import sys
import time
from collections.abc import Callable
from typing import Final, TextIO

from sheetrecord.cli import printing
from sheetrecord.cli.ansi import dim, printed
from sheetrecord.model import progress
from sheetrecord.model.printable import one_line

PATIENCE: Final = 1.0
"""Seconds of work before anything is shown."""
PAUSE: Final = 0.1
"""Seconds between two pictures of it."""
_WIDTH: Final = 24
"""Characters of the bar."""
_LONGEST: Final = 72
"""Characters of the whole line: a line that wraps cannot be taken back."""
_CLEAR: Final = "\r\033[K"


class ProgressBar:
    """Draws on a stream what `model.progress` tells; ``clock`` returns seconds."""

    def __init__(self, out: TextIO, clock: Callable[[], float] = time.monotonic) -> None:
        self._out, self._clock = out, clock
        self._began, self._drawn = clock(), 0.0
        self.shown = False

    def __call__(self, what: str, done: int, of: int) -> None:
        """Draw how far it is, if the work takes long and the last picture is old enough."""
        now = self._clock()
        if printing.HOW.quiet or now - self._began < PATIENCE or now - self._drawn < PAUSE:
            return
        self._drawn, self.shown = now, True
        told = dim(drawn(what, done, of))
        self._out.write(_CLEAR + printed(told, colours=printing.coloured(self._out)))
        self._out.flush()

    def clear(self) -> None:
        """Take the line away: something else is printed, or the work is done."""
        if self.shown:
            self.shown = False
            self._out.write(_CLEAR)
            self._out.flush()


def drawn(what: str, done: int, of: int) -> str:
    """Return one line: a bar where it is known how much there is, else what is done and how many.

    >>> drawn("pages", 3, 12), drawn("pages", 3, 0), drawn("reading ana.xlsx", 0, 0)
    ('[######..................] 3/12 pages', '3 pages ...', 'reading ana.xlsx ...')
    """
    if of:
        full = min(done, of) * _WIDTH // of
        told = f"[{'#' * full}{'.' * (_WIDTH - full)}] {done}/{of} {what}"
    else:
        told = f"{done} {what} ..." if done else f"{what} ..."
    told = one_line(told)
    return told if len(told) <= _LONGEST else told[: _LONGEST - 3] + "..."


def watch() -> None:
    """Show the progress of this run if somebody looks on."""
    progress.forget()
    printing.HOW.before = None
    out = sys.stderr
    if out is not None and out.isatty() and printing.moves_cursor():
        bar = ProgressBar(out)
        printing.HOW.before = bar.clear
        progress.listen(bar)


def done() -> None:
    """Take the line away: the run has ended, whatever came of it."""
    progress.forget()
    if printing.HOW.before is not None:
        printing.HOW.before()
        printing.HOW.before = None
