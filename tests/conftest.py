"""What all tests share: the command line in this process, real programs, and how hard to try."""

import datetime as dt
import gc
import os
import shutil
import sys
import tracemalloc
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

from effort import examples

settings.register_profile(
    "default",
    examples(100),
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.function_scoped_fixture],
)
settings.load_profile("default")

ASOF = dt.date(2026, 6, 30)
"""The day on which tests judge a record, unless they say otherwise."""

PROGRAMS = (
    ("libreoffice", "soffice", "LibreOffice"),
    ("gnumeric", "ssconvert", "Gnumeric"),
    ("chromium", "chromium", "Chromium"),
    ("postgres", "psql", "PostgreSQL"),
    ("node", "node", "Node.js"),
    ("uno", "/usr/lib/python3/dist-packages/uno.py", "LibreOffice's bridge for Python"),
    ("xvfb", "Xvfb", "a screen in memory"),
)
"""A test's marker, the program it needs, and what people call that."""


def pytest_configure(config: pytest.Config) -> None:
    """Tell what each test cost, if that is asked for."""
    if "TEST_TIMES" in os.environ:
        from cpu_times import CpuTimes

        config.pluginmanager.register(CpuTimes())


@pytest.hookimpl(wrapper=True, tryfirst=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> Iterator[None]:
    """Skip what needs a program that is not here; begin with the files that take long.

    Whatever order the files got, a long one that came last would leave the other processors idle.
    """
    yield
    for marker, program, name in PROGRAMS:
        if shutil.which(program) is None and not Path(program).is_file():
            skip = pytest.mark.skip(reason=f"{name} ({program}) is not installed")
            for item in items:
                if marker in item.keywords:
                    item.add_marker(skip)
    long = {item.path for item in items if not {"slow", "libreoffice"}.isdisjoint(item.keywords)}
    items.sort(key=lambda item: item.path not in long)


def confirmed(path: Path) -> Path:
    """Say for a test, as --trust does, that a settings file may name stores, views and copies."""
    from sheetrecord.app.settings import config, trust

    trust.confirm(path, config.read_config(path).digest)
    return path


class Ran:
    """What a command printed, and its exit code."""

    def __init__(self, code: int, out: str, err: str) -> None:
        self.code, self.out, self.err = code, out, err


@pytest.fixture
def run(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> Callable[..., Ran]:
    """Run `sheetrecord` with words, as typed in an empty folder, through its real entry point."""
    from sheetrecord.cli import main

    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("SHEETRECORD_STATE", raising=False)
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / ".state"))

    def call(*words: object) -> Ran:
        capfd.readouterr()
        monkeypatch.setattr("sys.argv", ["sheetrecord", *(str(word) for word in words)])
        with pytest.raises(SystemExit) as ended:
            main()
        out, err = capfd.readouterr()
        code = ended.value.code
        return Ran(code if isinstance(code, int) else 1, out, err)

    return call


@pytest.hookimpl(wrapper=True)
def pytest_runtest_teardown(item: pytest.Item) -> Iterator[None]:
    """Fail the test that leaves a file, a pipe or a connection open, not the one that runs later.

    What hangs in a circle of objects (a traceback, a half-run generator) is closed only when the
    interpreter looks for circles, at any time. What lives on after a test is set aside, so that
    each look goes through what is new since the last and costs next to nothing.
    ``-X tracemalloc=9`` tells where it was opened. A test in which a process dies says so with its
    filter for warnings: what the dead held open is closed whenever its circles are found.
    """
    yield
    left: list[str] = []
    hook, sys.unraisablehook = sys.unraisablehook, lambda told: left.append(_left_open(told))
    try:
        gc.collect()
    finally:
        sys.unraisablehook = hook
    gc.freeze()
    if left and not _kills(item):
        pytest.fail("left open: " + "\n".join(left), pytrace=False)


def _kills(item: pytest.Item) -> bool:
    told = (word for mark in item.iter_markers("filterwarnings") for word in mark.args)
    return any("PytestUnraisableExceptionWarning" in word for word in told)


def _left_open(told: "sys.UnraisableHookArgs") -> str:
    place = tracemalloc.get_object_traceback(told.object) if tracemalloc.is_tracing() else None
    return "\n".join([f"{told.exc_value or told.object!r}", *(place.format() if place else ())])
