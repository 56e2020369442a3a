"""A migrated book shows in LibreOffice, as it comes, what the engine computes."""

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from conftest import Ran
from template.recalculate import recalculated
from template.test_agreement import disagreements

HERE = Path(__file__).parent
BOOKS = ["v0/lived-in-de.xlsm"]


@pytest.mark.libreoffice
@pytest.mark.slow
@pytest.mark.filterwarnings("ignore::UserWarning:openpyxl")
@pytest.mark.parametrize("name", BOOKS)
def test_a_migrated_book_shows_what_the_engine_computes(
    name: str, tmp_path: Path, run: Callable[..., Ran]
) -> None:
    book = Path(shutil.copy(HERE / name, tmp_path))
    assert run("migrate", book).code == 0
    found, compared = disagreements(book, recalculated(book, tmp_path, always=False))
    assert compared > 4_000
    assert not found, f"{len(found)} of {compared}:\n" + "\n".join(found[:40])
