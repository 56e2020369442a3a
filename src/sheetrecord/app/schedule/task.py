"""A run that is to come again and again: what is run, where, and when."""

import datetime as dt
import re
from collections.abc import Sequence
from hashlib import sha256
from typing import Final, NamedTuple

LABEL: Final = "sheetrecord"
"""What every entry of ours is called, or begins with; others are never touched."""


class When(NamedTuple):
    """Every so many minutes of the hour, or once a day at a time (only Monday to Friday)."""

    every: int = 0
    at: dt.time | None = None
    weekdays: bool = False

    @property
    def words(self) -> str:
        """Say it as people do.

        >>> When(15).words, When(at=dt.time(7, 30), weekdays=True).words
        ('every 15 minutes', 'at 07:30, Monday to Friday')
        """
        if self.at is None:
            return "every minute" if self.every == 1 else f"every {self.every} minutes"
        return f"at {self.at:%H:%M}, {'Monday to Friday' if self.weekdays else 'every day'}"


class ScheduledRun(NamedTuple):
    """A command with its words, the folder it is run in, and when."""

    command: tuple[str, ...]
    folder: str
    when: When

    @property
    def name(self) -> str:
        """The entry's own name: the same for the same command, whenever it is run.

        >>> ScheduledRun(("/bin/sheetrecord", "sync", "/srv/firm.xlsx"), "/srv", When(5)).name
        'sheetrecord-sync-firm-6a10db'
        """
        verb = next((word for word in self.command[1:] if word.isalpha()), "run")
        return name_of(verb, self.command)


def name_of(verb: str, command: Sequence[str]) -> str:
    """Return the name of a command's entry: plain letters, for every system's sake."""
    book = next((word for word in command[1:] if "." in word or "/" in word), "")
    stem = re.sub(r"[^a-z0-9]+", "-", re.split(r"[/\\]", book)[-1].rpartition(".")[0].lower())
    mark = sha256("\0".join(command).encode("utf-8", "surrogatepass")).hexdigest()[:6]
    return "-".join(filter(None, (LABEL, verb, stem.strip("-"), mark)))
