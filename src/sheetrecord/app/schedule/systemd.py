"""User timers of systemd (systemd.timer(5)): a service and a timer of one name."""

import os
from pathlib import Path
from typing import Final

from sheetrecord.app.schedule.system import ask, of_user, put
from sheetrecord.app.schedule.task import LABEL, ScheduledRun, When

_SERVICE: Final = """[Unit]
Description={what}

[Service]
Type=oneshot
WorkingDirectory={folder}
ExecStart={command}
SuccessExitStatus=1
"""
_TIMER: Final = """[Unit]
Description={what}, {words}

[Timer]
OnCalendar={when}
Persistent=true

[Install]
WantedBy=timers.target
"""


def text(run: ScheduledRun) -> str:
    """Return both files, each under a line with its path."""
    return "\n".join(f"# {path}\n{content}" for path, content in _files(run).items()).rstrip("\n")


def how(run: ScheduledRun) -> str:
    """Say how the files are put in by hand."""
    return (
        f"Write the two files, then: systemctl --user enable --now {run.name}.timer\n"
        "Or run this again with --install. So that it runs while nobody is logged in: loginctl "
        "enable-linger"
    )


def install(run: ScheduledRun) -> None:
    """Write both files and start the timer."""
    for path, content in _files(run).items():
        put(path, content.encode())
    ask("systemctl", "--user", "daemon-reload")
    ask("systemctl", "--user", "enable", "--now", f"{run.name}.timer")


def remove(name: str) -> None:
    """Stop the timer and take both files away."""
    ask("systemctl", "--user", "disable", "--now", f"{name}.timer", may_fail=True)
    for ending in ("timer", "service"):
        (_folder() / f"{name}.{ending}").unlink(missing_ok=True)
    ask("systemctl", "--user", "daemon-reload")


def listed() -> dict[str, str]:
    """Return our entries by name, with what each says of itself."""
    timers = sorted(_folder().glob(f"{LABEL}-*.timer"))
    return {path.stem: _described(path.read_text(encoding="utf-8")) for path in timers}


def _described(content: str) -> str:
    lines = (line.removeprefix("Description=") for line in content.splitlines()[1:2])
    return next(lines, "")


def _files(run: ScheduledRun) -> dict[Path, str]:
    what = _plain(" ".join((LABEL, *run.command[1:])))
    service = _SERVICE.format(
        what=what, folder=_plain(run.folder), command=" ".join(map(_word, run.command))
    )
    timer = _TIMER.format(what=what, words=run.when.words, when=_when(run.when))
    return {
        _folder() / f"{run.name}.service": service,
        _folder() / f"{run.name}.timer": timer,
    }


def _folder() -> Path:
    config = os.environ.get("XDG_CONFIG_HOME") or "~/.config"
    return of_user(config) / "systemd" / "user"


def _plain(text: str) -> str:
    """Return a text in which nothing is a specifier."""
    return text.replace("%", "%%").replace("\n", " ")


def _word(word: str) -> str:
    r"""Return a word as systemd's own quoting has it (systemd.service(5), "Command lines").

    >>> _word("a b"), _word("100%"), _word('say "$x"')
    ('"a b"', '"100%%"', '"say \\"$$x\\""')
    """
    escaped = word.replace("\\", "\\\\").replace('"', '\\"').replace("%", "%%").replace("$", "$$")
    return f'"{escaped}"'


def _when(when: When) -> str:
    if when.at is None:
        return "*:00" if when.every == 60 else f"*:0/{when.every}"
    return f"{'Mon..Fri ' if when.weekdays else ''}*-*-* {when.at:%H:%M}:00"
