"""What tests of commands on every kind share: a stranger's package, installed for one test."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from sheetrecord.workbooks import installed
from workbooks.held import ENTRY_POINTS, HELD


@pytest.fixture
def strangers(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Let a stranger's package declare its kinds of workbooks."""
    info = tmp_path / "site" / "json_book-1.dist-info"
    info.mkdir(parents=True)
    (info / "METADATA").write_text("Name: json-book\nVersion: 1\n")
    (info / "entry_points.txt").write_text(ENTRY_POINTS)
    monkeypatch.syspath_prepend(tmp_path / "site")
    installed._declared.cache_clear()  # they are looked for once a process
    yield
    HELD.clear()
    installed._declared.cache_clear()
