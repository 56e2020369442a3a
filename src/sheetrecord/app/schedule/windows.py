"""Tasks of the Windows Task Scheduler (schtasks). Not tried on Windows."""

import subprocess
from typing import Final

from sheetrecord.app.schedule.system import ask
from sheetrecord.app.schedule.task import LABEL, ScheduledRun, When

_LONGEST: Final = 261
"""Characters that schtasks takes as what is run."""


def text(run: ScheduledRun) -> str:
    """Return the command that makes the task."""
    return subprocess.list2cmdline(_create(run))


def how(run: ScheduledRun) -> str:
    """Say how it is put in by hand."""
    long = len(_run_of(run)) > _LONGEST
    warning = "This is longer than schtasks takes: use shorter paths.\n" if long else ""
    return f"{warning}Run the line in a terminal, or this again with --install."


def install(run: ScheduledRun) -> None:
    """Make the task, in place of an earlier one of its name."""
    ask(*_create(run))


def remove(name: str) -> None:
    """Delete the task."""
    ask("schtasks", "/Delete", "/F", "/TN", name)


def listed() -> dict[str, str]:
    """Return our tasks by name."""
    lines = ask("schtasks", "/Query", "/FO", "CSV", "/NH", may_fail=True).splitlines()
    names = (line.split(",")[0].strip('"').lstrip("\\") for line in lines)
    return {name: "" for name in names if name.startswith(f"{LABEL}-")}


def _create(run: ScheduledRun) -> list[str]:
    return ["schtasks", "/Create", "/F", *_when(run.when), "/TN", run.name, "/TR", _run_of(run)]


def _run_of(run: ScheduledRun) -> str:
    inner = subprocess.list2cmdline(run.command)
    return f'cmd /c "cd /d {subprocess.list2cmdline([run.folder])} && {inner}"'


def _when(when: When) -> list[str]:
    if when.at is None:
        return ["/SC", "MINUTE", "/MO", str(when.every)]
    days = ["/SC", "WEEKLY", "/D", "MON,TUE,WED,THU,FRI"] if when.weekdays else ["/SC", "DAILY"]
    return [*days, "/ST", f"{when.at:%H:%M}"]
