"""Waiting for changes: when a sync begins, and that Ctrl-C ends it cleanly."""

import gc
from collections.abc import Iterator
from pathlib import Path

import click
import pytest

from messy.firm import ASOF
from sheetrecord.app.settings.config import Config
from sheetrecord.app.settings.places import DeclaredCopy
from sheetrecord.app.sync.open_store import KnownRecord
from sheetrecord.app.sync.run import SyncRequest
from sheetrecord.app.sync.targets import SyncTargets
from sheetrecord.app.sync.watch import ANYWAY, SETTLED, changes
from sheetrecord.cli.copies import sync
from synced.office import Office


class Clock:
    """Time that passes when somebody sleeps, and what happens at certain moments."""

    def __init__(self) -> None:
        self.now = 0.0
        self.at: list[tuple[float, str, Path]] = []

    def sleep(self, seconds: float) -> None:
        self.now += seconds
        while self.at and self.at[0][0] <= self.now:
            _, what, path = self.at.pop(0)
            if what == "stop":
                raise KeyboardInterrupt
            path.write_text(what)

    def time(self) -> float:
        return self.now


def watched(tmp_path: Path, *events: tuple[float, str]) -> list[float]:
    """Return the moments at which a sync begins."""
    path = tmp_path / "firm.xlsx"
    path.write_text("as it was")
    clock = Clock()
    clock.at = [(at, what, path) for at, what in events]
    targets = SyncTargets(
        (DeclaredCopy("", str(path)),), (), KnownRecord("abc", "sqlite:x", new=False)
    )
    return [clock.now for _ in changes(targets, clock.sleep, clock.time)]


def test_it_syncs_at_once_and_ends_with_ctrl_c(tmp_path: Path) -> None:
    assert watched(tmp_path, (30, "stop")) == [0.0]


def test_a_change_is_synced_when_it_has_come_to_rest(tmp_path: Path) -> None:
    began = watched(tmp_path, (10, "one"), (11, "two2"), (12, "three"), (60, "stop"))
    assert len(began) == 2
    assert 12 + SETTLED <= began[1] <= 12 + 2 * SETTLED


def test_after_a_while_it_syncs_anyway(tmp_path: Path) -> None:
    began = watched(tmp_path, (ANYWAY + 30, "stop"))
    assert len(began) == 2
    assert ANYWAY <= began[1] <= ANYWAY + 10


def test_what_is_saved_while_a_sync_runs_is_not_missed(tmp_path: Path) -> None:
    path = tmp_path / "firm.xlsx"
    path.write_text("as it was")
    clock = Clock()
    clock.at = [(60.0, "stop", path)]
    targets = SyncTargets(
        (DeclaredCopy("", str(path)),), (), KnownRecord("abc", "sqlite:x", new=False)
    )
    began = []
    for _ in changes(targets, clock.sleep, clock.time):
        began.append(clock.now)
        if len(began) == 1:
            path.write_text("saved during the first sync")
    assert len(began) == 2


def test_what_is_not_new_is_not_said_and_memory_is_given_back(
    office: Office, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    collects = []

    def thrice(_: SyncTargets) -> Iterator[None]:
        for _ in range(3):
            collects.append(gc.isenabled())
            yield
        office.type(office.ana, 4, note="typed")
        yield
        yield

    monkeypatch.setattr(sync, "changes", thrice)
    gc.disable()
    try:
        request = SyncRequest("Mara", ASOF)
        assert sync._watch(office.targets(), request, "text", Config()) == 0
    finally:
        gc.enable()
    assert collects == [True] * 3
    said = click.unstyle(capsys.readouterr().out)
    assert said.count("Nothing to do.") == 1
    assert said.count("Note: typed") == 1
