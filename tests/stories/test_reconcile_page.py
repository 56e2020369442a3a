"""The page on reconciling shows what really happens."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

from finance.books import MAY, bank_csv, firm
from stories.story import play

PAGE = Path(__file__).resolve().parents[2] / "docs" / "reconcile.md"


def test_the_page_on_reconciling_prints_what_it_shows(
    run: Callable[..., Any], tmp_path: Path
) -> None:
    (tmp_path / "firm.xlsx").write_bytes(firm())
    (tmp_path / "may.csv").write_bytes(bank_csv(*MAY))
    assert len(play(PAGE, run)) == 4
