"""A state folder and a workbook of each test's own."""

from pathlib import Path

import pytest

OLD = b"the old workbook " * 500
NEW = b"the new workbook " * 700


@pytest.fixture(autouse=True)
def state(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    folder = tmp_path / "state"
    monkeypatch.setenv("SHEETRECORD_STATE", str(folder))
    return folder


@pytest.fixture(autouse=True)
def _no_waiting_for_the_medium(monkeypatch: pytest.MonkeyPatch) -> None:
    """What fsync adds is seen only after a power cut; that it is called is tested by its step."""
    monkeypatch.setattr("os.fsync", lambda _: None)


@pytest.fixture
def book(tmp_path: Path) -> Path:
    path = tmp_path / "firm" / "Deal.xlsx"
    path.parent.mkdir()
    path.write_bytes(OLD)
    return path
