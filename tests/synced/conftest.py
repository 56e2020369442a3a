"""The office that the tests of syncing start from: made once, put back for each of them."""

import shutil
from pathlib import Path

import pytest

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
    return Office(place)
