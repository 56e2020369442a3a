"""State of its own for each test, on a disk that need not be slow."""

from pathlib import Path

import pytest


@pytest.fixture(autouse=True)
def _state(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SHEETRECORD_STATE", str(tmp_path / "state"))
    monkeypatch.setattr("os.fsync", lambda _: None)
