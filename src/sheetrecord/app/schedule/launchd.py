"""Agents of launchd on macOS (launchd.plist(5)): a property list each. Not tried on a Mac."""

import plistlib
from pathlib import Path
from typing import Final

from sheetrecord.app.schedule.system import ask, of_user, put
from sheetrecord.app.schedule.task import LABEL, ScheduledRun, When

_WORKDAYS: Final = range(1, 6)


def text(run: ScheduledRun) -> str:
    """Return the property list."""
    return plistlib.dumps(_plist(run)).decode().rstrip("\n")


def how(run: ScheduledRun) -> str:
    """Say how it is put in by hand."""
    path = _path(run.name)
    return f"Save it as {path}, then: launchctl load -w {path}\nOr run this again with --install."


def install(run: ScheduledRun) -> None:
    """Write the property list and load it."""
    path = _path(run.name)
    ask("launchctl", "unload", str(path), may_fail=True)
    put(path, plistlib.dumps(_plist(run)))
    ask("launchctl", "load", "-w", str(path))


def remove(name: str) -> None:
    """Unload the agent and take its property list away."""
    ask("launchctl", "unload", "-w", str(_path(name)), may_fail=True)
    _path(name).unlink(missing_ok=True)


def listed() -> dict[str, str]:
    """Return our agents by name."""
    found = sorted(_path("x").parent.glob(f"{LABEL}-*.plist"))
    told = {path.stem: plistlib.loads(path.read_bytes()) for path in found}
    return {name: " ".join(plist["ProgramArguments"]) for name, plist in told.items()}


def _path(name: str) -> Path:
    return of_user("~/Library/LaunchAgents") / f"{name}.plist"


def _plist(run: ScheduledRun) -> dict[str, object]:
    logs = str(of_user("~/Library/Logs/sheetrecord.log"))
    return {
        "Label": run.name,
        "ProgramArguments": list(run.command),
        "WorkingDirectory": run.folder,
        "StandardOutPath": logs,
        "StandardErrorPath": logs,
        **_when(run.when),
    }


def _when(when: When) -> dict[str, object]:
    if when.at is None:
        return {"StartInterval": when.every * 60}
    moment = {"Hour": when.at.hour, "Minute": when.at.minute}
    if not when.weekdays:
        return {"StartCalendarInterval": moment}
    return {"StartCalendarInterval": [{**moment, "Weekday": day} for day in _WORKDAYS]}
