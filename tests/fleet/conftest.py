"""A state folder of each test's own, and a PostgreSQL server for the session."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from stores.cluster import server


@pytest.fixture(autouse=True)
def _state(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SHEETRECORD_STATE", str(tmp_path / "state"))


@pytest.fixture(scope="session")
def postgres() -> Iterator[str]:
    """The address of a server that lives as long as the tests."""
    yield from server()
