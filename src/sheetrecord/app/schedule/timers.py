"""The timers there are, and the one that is usual on this machine."""

import os
import shutil
import sys
from collections.abc import Sequence
from typing import Final, Protocol

from sheetrecord.app.schedule import cron, launchd, systemd, windows
from sheetrecord.app.schedule.task import ScheduledRun, When
from sheetrecord.files.abilities import built, own_words
from sheetrecord.model.errors import BadSettings


class Timer(Protocol):
    """A timer of an operating system. All but `text` and `how` raise CannotWrite."""

    def text(self, run: ScheduledRun) -> str:
        """Return what is put in."""

    def how(self, run: ScheduledRun) -> str:
        """Say how it is put in by hand."""

    def install(self, run: ScheduledRun) -> None:
        """Put an entry in, in place of an earlier one of its name."""

    def remove(self, name: str) -> None:
        """Take an entry out; one that is not there is no fault."""

    def listed(self) -> dict[str, str]:
        """Return our entries by name, with what each says of itself."""


TIMERS: Final[dict[str, Timer]] = {
    "cron": cron,
    "systemd": systemd,
    "launchd": launchd,
    "windows": windows,
}


def usual() -> str:
    """Return the name of the timer that people use on this machine."""
    if sys.platform == "darwin":
        return "launchd"
    if os.name == "nt":
        return "windows"
    has_session = os.environ.get("XDG_RUNTIME_DIR") and shutil.which("systemctl")
    return "systemd" if has_session or not shutil.which("crontab") else "cron"


def run_of(words: Sequence[str], when: When) -> ScheduledRun:
    """Return a run of a command of ours in this folder; paths among its words become whole.

    Raises BadSettings for a name that no timer can hold.
    """
    folder = os.getcwd()  # noqa: PTH109 - a text of the entry
    found = [os.path.abspath(one) if os.path.exists(one) else one for one in words[1:]]  # noqa: PTH100, PTH110
    run = ScheduledRun((*program(), words[0], *found), folder, when)
    for text in (*run.command, folder):
        if not text.isprintable():
            why = "a timer's entry cannot hold a name with a line break or another odd character."
            raise BadSettings(repr(text), why, "Rename it.")
    return run


def program() -> tuple[str, ...]:
    """Return the words that start this program, whatever folder they are said in."""
    if built():
        return own_words()
    beside = os.path.join(os.path.dirname(sys.executable), "sheetrecord")  # noqa: PTH118, PTH120
    found = shutil.which(beside) or shutil.which("sheetrecord")
    return (os.path.abspath(found),) if found else own_words()  # noqa: PTH100
