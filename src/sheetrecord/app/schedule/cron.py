"""Entries of cron (crontab(5)): a line each, that ends with our mark and its name."""

import shlex
from typing import Final

from sheetrecord.app.schedule.system import ask
from sheetrecord.app.schedule.task import LABEL, ScheduledRun, When

_MARK: Final = f"# {LABEL}: "


def text(run: ScheduledRun) -> str:
    r"""Return the line of a crontab.

    >>> from sheetrecord.app.schedule.task import ScheduledRun, When
    >>> print(text(ScheduledRun(("sheetrecord", "sync", "9%.xlsx"), "/a b", When(5))))
    */5 * * * * cd '/a b' && sheetrecord sync 9\%.xlsx # sheetrecord: sheetrecord-sync-9-39f88c
    """
    command = f"cd {shlex.quote(run.folder)} && {shlex.join(run.command)}"
    marked = command.replace("%", r"\%")  # an unescaped one ends the command
    return f"{_when(run.when)} {marked} {_MARK}{run.name}"


def how(run: ScheduledRun) -> str:  # noqa: ARG001 - as every timer
    """Say how the entry is put in by hand."""
    return "Add the line with `crontab -e`, or run this again with --install."


def install(run: ScheduledRun) -> None:
    """Put the line in, in place of an earlier one of its name."""
    _write([*_others(run.name), text(run)])


def remove(name: str) -> None:
    """Take the line out."""
    _write(_others(name))


def listed() -> dict[str, str]:
    """Return our entries by name."""
    ours = (line.rpartition(_MARK) for line in _lines() if _MARK in line)
    return {name: line.strip() for line, _, name in ours}


def _when(when: When) -> str:
    if when.at is None:
        return "* * * * *" if when.every == 1 else _every(when.every)
    return f"{when.at.minute} {when.at.hour} * * {'1-5' if when.weekdays else '*'}"


def _every(minutes: int) -> str:
    return "0 * * * *" if minutes == 60 else f"*/{minutes} * * * *"


def _lines() -> list[str]:
    return ask("crontab", "-l", may_fail=True).splitlines()  # it refuses where there is none yet


def _others(name: str) -> list[str]:
    return [line for line in _lines() if line.rpartition(_MARK)[2] != name or _MARK not in line]


def _write(lines: list[str]) -> None:
    ask("crontab", "-", given="".join(f"{line}\n" for line in lines))
