"""The copies that the tests of merging start from."""

from pathlib import Path

import pytest

from merge.files import Copies, firm_of


@pytest.fixture
def copies(tmp_path: Path) -> Copies:
    return Copies(tmp_path)


@pytest.fixture
def many(tmp_path: Path) -> Copies:
    """The firm with fourteen fee lines."""
    return Copies(tmp_path, firm_of(14))
