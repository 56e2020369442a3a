"""Entries of timers: made for each system, put in, listed and taken out again."""

import datetime as dt
import json
import os
import plistlib
import shlex
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from sheetrecord.app.schedule import launchd, systemd, windows
from sheetrecord.app.schedule.task import ScheduledRun, When
from sheetrecord.app.schedule.timers import TIMERS, run_of, usual

Run = Callable[..., Any]

posix = pytest.mark.skipif(os.name == "nt", reason="programs that are shell scripts")

FAKE = """#!{python}
import pathlib, sys
place = pathlib.Path({place!r})
with (place / "calls").open("a") as calls:
    calls.write("{name} " + " ".join(sys.argv[1:]) + "\\n")
table = place / "table"
if sys.argv[1:] == ["-l"]:
    sys.exit("no crontab for ana") if not table.exists() else print(table.read_text(), end="")
elif sys.argv[1:] == ["-"]:
    table.write_text(sys.stdin.read())
elif (place / "refuses").exists():
    sys.exit("Failed to connect to bus")
"""


@pytest.fixture
def system(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A machine whose programs note what they are asked for."""
    place = tmp_path / "system"
    place.mkdir()
    for name in ("crontab", "systemctl", "launchctl", "schtasks"):
        program = place / name
        program.write_text(FAKE.format(python=sys.executable, place=str(place), name=name))
        program.chmod(0o755)
    monkeypatch.setenv("PATH", str(place))
    monkeypatch.setenv("HOME", str(tmp_path / "home"))
    monkeypatch.delenv("XDG_CONFIG_HOME", raising=False)
    monkeypatch.delenv("XDG_RUNTIME_DIR", raising=False)
    return place


@pytest.fixture
def firm(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    folder = tmp_path / "a firm"
    folder.mkdir()
    (folder / "100% firm.xlsx").write_bytes(b"")
    monkeypatch.chdir(folder)
    return folder


def calls(system: Path) -> list[str]:
    noted = system / "calls"
    return noted.read_text().splitlines() if noted.exists() else []


@posix
def test_cron_gets_one_line_that_means_the_same_words(run: Run, system: Path, firm: Path) -> None:
    (system / "table").write_text("5 4 * * * backup # sheetrecord is not in it\n")
    words = ("schedule", "sync", "100% firm.xlsx", "--for", "cron")
    assert "installed (cron, every 15 minutes)" in run(*words, "--every", 15, "--install").out
    run(*words, "--every", 5, "--install")
    kept, ours = (system / "table").read_text().splitlines()
    assert kept == "5 4 * * * backup # sheetrecord is not in it"
    when, command = ours[: len("*/5 * * * *")], ours[len("*/5 * * * *") :]
    assert when == "*/5 * * * *"
    told = shlex.split(command.replace(r"\%", "%"), comments=True)
    assert told[:3] == ["cd", str(firm), "&&"]
    assert told[-2:] == ["sync", str(firm / "100% firm.xlsx")]
    assert Path(told[3]).is_absolute()
    listed = run("schedule", "--list", "--for", "cron").out
    assert listed.startswith("sheetrecord-sync-100-firm-")
    run(*words, "--remove")
    assert (system / "table").read_text().splitlines() == [kept]
    assert run("schedule", "--list", "--for", "cron").out == "cron holds no entry of ours.\n"


@posix
def test_a_user_without_a_crontab_gets_one(run: Run, system: Path, firm: Path) -> None:
    run("schedule", "doctor", "--at", "06:05", "--for", "cron", "--install")
    assert (system / "table").read_text().startswith("5 6 * * * cd ")


@posix
def test_systemd_gets_two_files_and_starts_the_timer(run: Run, system: Path, firm: Path) -> None:
    words = ("schedule", "publish", "100% firm.xlsx", "--for", "systemd")
    at = ("--at", "07:30", "--weekdays")
    assert run(*words, *at, "--install", "--", "--to", "view").code == 0
    folder = Path(os.environ["HOME"]) / ".config" / "systemd" / "user"
    service, timer = sorted(folder.iterdir())
    name = timer.stem
    assert service.name == f"{name}.service"
    told = service.read_text()
    assert f"WorkingDirectory={firm}\n" in told
    assert '100%% firm.xlsx" "--to" "view"' in told
    assert "OnCalendar=Mon..Fri *-*-* 07:30:00\n" in timer.read_text()
    assert calls(system) == [
        "systemctl --user daemon-reload",
        f"systemctl --user enable --now {name}.timer",
    ]
    assert name in run("schedule", "--list", "--for", "systemd").out
    run(*words, "--remove", "--", "--to", "view")
    assert list(folder.iterdir()) == []
    assert f"systemctl --user disable --now {name}.timer" in calls(system)


@pytest.mark.skipif(not shutil.which("systemd-analyze"), reason="systemd is not installed")
@pytest.mark.parametrize(
    "when", [*map(When, (1, 5, 15, 60)), When(at=dt.time(7, 30), weekdays=True)]
)
def test_systemd_understands_what_it_gets(tmp_path: Path, when: When) -> None:
    run = ScheduledRun((sys.executable, "-c", 'print("50% $HOME")'), str(tmp_path), when)
    for path, content in systemd._files(run).items():
        (tmp_path / path.name).write_text(content)
    units = sorted(str(path) for path in tmp_path.iterdir())
    ran = subprocess.run(
        ["systemd-analyze", "--user", "verify", *units], capture_output=True, text=True, check=False
    )
    wrong = [line for line in ran.stderr.splitlines() if str(tmp_path) in line]
    assert wrong == []


def test_launchd_gets_a_property_list(system: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    weekdays = When(at=dt.time(7, 30), weekdays=True)
    run = ScheduledRun(("/bin/sheetrecord", "sync", "/a b/firm.xlsx"), "/a b", weekdays)
    read = plistlib.loads(launchd.text(run).encode())
    assert read["ProgramArguments"] == ["/bin/sheetrecord", "sync", "/a b/firm.xlsx"]
    assert [one["Weekday"] for one in read["StartCalendarInterval"]] == [1, 2, 3, 4, 5]
    if os.name == "nt":
        return
    launchd.install(run)
    path = Path(os.environ["HOME"]) / "Library" / "LaunchAgents" / f"{run.name}.plist"
    assert plistlib.loads(path.read_bytes()) == read
    assert launchd.listed() == {run.name: "/bin/sheetrecord sync /a b/firm.xlsx"}
    launchd.remove(run.name)
    assert not path.exists()
    assert [line.split()[1] for line in calls(system)] == ["unload", "load", "unload"]


def test_windows_gets_a_task_whose_words_are_quoted() -> None:
    run = ScheduledRun(("C:\\sr.exe", "sync", "D:\\a b\\firm.xlsx"), "D:\\a b", When(5))
    assert windows._create(run) == [
        *("schtasks", "/Create", "/F", "/SC", "MINUTE", "/MO", "5", "/TN", run.name, "/TR"),
        'cmd /c "cd /d "D:\\a b" && C:\\sr.exe sync "D:\\a b\\firm.xlsx""',
    ]


@posix
def test_what_the_system_refuses_is_said(run: Run, system: Path, firm: Path) -> None:
    (system / "refuses").touch()
    words = ("schedule", "sync", "100% firm.xlsx", "--every", "5", "--install")
    ran = run(*words, "--for", "systemd")
    assert ran.code == 3
    assert "systemctl: it refuses (Failed to connect to bus)." in ran.err
    (system / "crontab").unlink()
    ran = run(*words, "--for", "cron")
    assert (ran.code, "crontab: this program is not there." in ran.err) == (3, True)


@pytest.mark.parametrize(
    ("words", "why"),
    [
        ((), "Name what to run: sync, publish"),
        (("promote", "100% firm.xlsx", "--every", "5"), "Name what to run"),
        (("sync", "100% firm.xlsx"), "Say when"),
        (("sync", "100% firm.xlsx", "--every", "5", "--at", "07:30"), "Say when"),
        (("sync", "100% firm.xlsx", "--every", "7"), "'7' is not one of"),
        (("sync", "100% firm.xlsx", "--every", "5", "--", "--nonsense"), "--nonsense"),
        (("sync", "100% firm.xlsx", "--at", "25:00"), "25:00"),
    ],
)
def test_words_that_mean_nothing_are_refused_now(
    run: Run, firm: Path, words: tuple[str, ...], why: str
) -> None:
    ran = run("schedule", *words)
    assert ran.code == 2
    assert why in ran.err


def test_a_name_that_would_break_an_entry_is_refused(run: Run, firm: Path) -> None:
    ran = run("schedule", "sync", "a\nb.xlsx", "--every", "5", "--for", "cron")
    assert ran.code == 3
    assert "cannot hold a name with a line break" in ran.err


def test_nothing_is_put_in_unasked(run: Run, system: Path, firm: Path) -> None:
    for kind in TIMERS:
        ran = run("schedule", "sync", "100% firm.xlsx", "--every", "5", "--for", kind)
        assert ran.code == 0
        assert "--install" in ran.err
    assert calls(system) == []
    assert not Path(os.environ["HOME"]).exists()


def test_programs_are_told_the_same(run: Run, firm: Path) -> None:
    words = ("schedule", "sync", "100% firm.xlsx", "--every", "5", "--for", "cron")
    answer = json.loads(run(*words, "--format", "json").out)
    [entry] = answer["entries"]
    assert (answer["timer"], answer["done"]) == ("cron", "shown")
    assert entry["entry"] in run(*words).out


def test_a_machine_with_a_session_of_systemd_uses_it(
    system: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys, "platform", "linux")
    assert usual() == "cron"
    monkeypatch.setenv("XDG_RUNTIME_DIR", "/run/user/1000")
    assert usual() == "systemd"
    monkeypatch.setattr(sys, "platform", "darwin")
    assert usual() == "launchd"


def test_one_command_has_one_name_whenever_it_is_run(firm: Path) -> None:
    one, other = (run_of(("sync", "100% firm.xlsx"), When(n)) for n in (5, 15))
    assert one.name == other.name
    assert one.name != run_of(("sync", "other.xlsx"), When(5)).name
