"""The office that the tests of syncing start from: made once, put back for each of them."""

import shutil
from collections.abc import Mapping
from pathlib import Path

import pytest

from sheetrecord.app.settings.places import StoreAt
from sheetrecord.app.sync import run
from sheetrecord.app.sync.named_copies import NamedCopies
from sheetrecord.app.sync.read import CopyContent
from sheetrecord.app.sync.targets import SyncTargets
from sheetrecord.app.sync.up_to_date import nothing_to_do
from sheetrecord.cli import fast_sync
from sheetrecord.cli.copies import sync as told
from sheetrecord.model.errors import SheetRecordError
from synced.office import Office


@pytest.fixture(scope="session")
def made(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    """Return the folder in which the office always is, and a copy of it as it began."""
    place = tmp_path_factory.mktemp("office")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("SHEETRECORD_STATE", str(place / ".state"))
        Office(place).begin()
    began = tmp_path_factory.mktemp("began") / "office"
    shutil.copytree(place, began)
    return place, began


@pytest.fixture
def office(made: tuple[Path, Path], monkeypatch: pytest.MonkeyPatch) -> Office:
    place, began = made
    shutil.rmtree(place)
    shutil.copytree(began, place)
    monkeypatch.setenv("SHEETRECORD_STATE", str(place / ".state"))
    office = Office(place)
    office.kept = began.parent
    return office


@pytest.fixture(autouse=True)
def never_said_too_early(monkeypatch: pytest.MonkeyPatch) -> None:
    """Hold every sync of these tests against the early word that there is nothing to do."""
    opened = run._opened

    def both(
        targets: SyncTargets, request: run.SyncRequest
    ) -> tuple[run.SyncReport, Mapping[str, CopyContent]]:
        early = _plain(request) and _nothing_to_do(targets)
        report, taken = opened(targets, request)
        if early:
            count = "1 copy" if len(targets.copies) == 1 else f"{len(targets.copies)} copies"
            words = [f"{count}, nothing new. Nothing to do."]
            assert list(told.text(report)) == words
            assert told.exit_code(report) == 0
            assert report.after == report.before
        return report, taken

    monkeypatch.setattr(run, "_opened", both)
    monkeypatch.setattr(fast_sync, "run", lambda _: None)


def _plain(request: run.SyncRequest) -> bool:
    """Tell whether a sync is asked for with nothing but names."""
    bare = run.SyncRequest(request.by, request.today, tell=request.tell)
    return request == bare


def _nothing_to_do(targets: SyncTargets) -> bool:
    known = targets.known
    try:
        return nothing_to_do(
            NamedCopies(targets.copies, targets.declared), StoreAt(known.url, known.record)
        )
    except (SheetRecordError, OSError):
        return False
