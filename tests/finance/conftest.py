"""A firm's workbook with its bank's file beside it, as it is and after a first run."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from finance.books import MAY, bank_csv, firm


@pytest.fixture
def book(tmp_path: Path) -> Path:
    (tmp_path / "firm.xlsx").write_bytes(firm())
    (tmp_path / "may.csv").write_bytes(bank_csv(*MAY))
    return tmp_path / "firm.xlsx"


@pytest.fixture
def posted(book: Path, run: Callable[..., Any]) -> Path:
    ran = run("reconcile", "firm.xlsx", "--bank", "may.csv", "--apply", "--by", "ana")
    assert ran.code == 1, ran.err
    return book
