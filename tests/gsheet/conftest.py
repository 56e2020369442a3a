"""A made-up Google, told by the environment, for one test; nobody waits for real."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from sheetrecord.workbooks.google import http
from sheetrecord.workbooks.google.sheet import GoogleSheet
from sheets_server import MACHINE, SheetsServer
from workbooks import online


@dataclass
class Hours:
    """A clock that only moves when somebody waits."""

    now: float = 0
    waits: list[float] = field(default_factory=list)

    def sleep(self, seconds: float) -> None:
        self.waits.append(seconds)
        self.now += seconds


@pytest.fixture
def hours(monkeypatch: pytest.MonkeyPatch) -> Hours:
    """Let waits pass at once, and be told."""
    found = Hours()
    clock = http.WaitingClock(lambda: found.now, found.sleep, lambda low, high: high)
    monkeypatch.setattr(http, "CLOCK", clock)
    http.STREAK.reset()
    return found


@pytest.fixture
def made_up(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, hours: Hours
) -> Iterator[SheetsServer]:
    """Serve an empty Google, and let the environment lead there."""
    server = online.server()
    server.google.files.clear()
    server.google.requests.clear()
    key = server.service_key(tmp_path / "key.json")
    for name, value in server.environment().items():
        monkeypatch.setenv(name, value)
    monkeypatch.setenv("SHEETRECORD_GOOGLE_CREDENTIALS", str(key))
    yield server
    assert server.google.violations == []
    server.google.faults.clear()
    server.google.hooks.clear()
    server.google.disabled.clear()
    http.STREAK.reset()


def opened(server: SheetsServer, data: bytes, key: str = "firm") -> GoogleSheet:
    """Let a person upload a file, and share it with the machine."""
    server.google.add_file(data, key=key)
    server.google.share(key, MACHINE)
    return GoogleSheet(f"gsheet:{key}", {})
