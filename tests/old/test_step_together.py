"""Copies of one record come to the present version together, and no edit is lost on the way."""

import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from conftest import Ran
from messy import firm
from sheetrecord.core.migrate.outdated import version_told
from sheetrecord.formats import xlsx
from sheetrecord.schema.names import column_name
from sheetrecord.schema.read.layout import locate
from sheetrecord.schema.settings import language_of
from sheetrecord.schema.sheets import SCHEMA_VERSION

HERE = Path(__file__).parent
SOURCES = [HERE / f"v{number}" / "sample-en.xlsx" for number in range(1, SCHEMA_VERSION)]
"""Of version 0 no copy is synced at all before it is migrated: it shows other money."""
Run = Callable[..., Ran]


def version(path: Path) -> int:
    book = xlsx.read(path)
    return version_told(book, locate(book, language_of(book)))


def client(path: Path, text: str) -> None:
    """Type a client's name into the first deal, as a person does."""
    area = xlsx.read(path).names[column_name("Deal", "client")]
    assert area is not None

    def typed(book: Any) -> None:
        book[area.sheet].cell(area.top + 1, area.left, text)

    path.write_bytes(firm.edited(path.read_bytes(), typed))


def shown(path: Path) -> object:
    book = xlsx.read(path)
    area = book.names[column_name("Deal", "client")]
    assert area is not None
    return book.sheets[area.sheet].row(area.top + 1)[area.left]


@pytest.mark.parametrize("source", SOURCES, ids=[path.parent.name for path in SOURCES])
def test_the_other_copy_follows_at_its_next_sync(source: Path, tmp_path: Path, run: Run) -> None:
    ana, ben = (Path(shutil.copy(source, tmp_path / name)) for name in ("ana.xlsx", "ben.xlsx"))
    first = run("sync", ana, ben)
    assert "sheetrecord migrate" in first.out
    assert version(ana) == version(ben) < SCHEMA_VERSION
    assert run("migrate", ana).code == 0
    client(ben, "Typed by Ben")
    before = ben.read_bytes()
    planned = run("sync", ana, ben, "--plan")
    assert f"to be brought to version {SCHEMA_VERSION}" in planned.out
    assert ben.read_bytes() == before
    followed = run("sync", ana, ben)
    assert followed.code == 0, followed.out + followed.err
    assert f"ben.xlsx: brought to version {SCHEMA_VERSION}" in followed.out
    assert version(ben) == SCHEMA_VERSION
    assert shown(ana) == shown(ben) == "Typed by Ben"
    settled = ana.read_bytes(), ben.read_bytes()
    again = run("sync", ana, ben)
    assert "Nothing to do" in again.out
    assert (ana.read_bytes(), ben.read_bytes()) == settled
