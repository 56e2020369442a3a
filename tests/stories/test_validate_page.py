"""The page on mending and marking shows what really happens."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

from mend import drafts
from messy import firm
from stories.story import play

PAGE = Path(__file__).resolve().parents[2] / "docs" / "validate.md"


def broken() -> bytes:
    """Return a workbook with an amount and a currency as text, an odd stage and a copied row."""
    rows = drafts.rows_with("Deal", value_net="28.000,00", currency="eur", stage="purple")

    def copy(book: Any) -> None:
        sheet = book["Commitments"]
        for cell in sheet[4]:
            sheet.cell(5, cell.column).value = firm.filled_down(cell.value, 4, 5)

    return firm.edited(firm.workbook(rows), copy)


def test_the_page_on_mending_prints_what_it_shows(run: Callable[..., Any], tmp_path: Path) -> None:
    drafts.on_disk(tmp_path, broken())
    assert len(play(PAGE, run)) == 6
