"""A workbook of an older version says so in one line, and shows no other money than ours."""

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from conftest import ASOF, Ran
from sheetrecord.app.validate import validate
from sheetrecord.formats import xlsx
from sheetrecord.schema.sheets import SCHEMA_VERSION

HERE = Path(__file__).parent
BOOKS = sorted(HERE.glob("v*/*.xls*"))
OLDER = [path for path in BOOKS if path.parent.name != f"v{SCHEMA_VERSION}"]
Run = Callable[..., Ran]


def codes(path: Path) -> list[str]:
    return [one.code for one in validate(str(path), today=ASOF, asof=ASOF).report.problems]


@pytest.mark.parametrize("path", BOOKS, ids=[f"{p.parent.name}-{p.name}" for p in BOOKS])
def test_validate_says_which_version_made_it_and_misses_no_column_that_came_later(
    path: Path,
) -> None:
    found = codes(path)
    assert found.count("MIG-001") == (path in OLDER)
    assert "HEAD-002" not in found


def test_other_money_is_an_error_and_nothing_goes_on_with_it(tmp_path: Path, run: Run) -> None:
    path = Path(shutil.copy(HERE / "v0" / "sample-en.xlsx", tmp_path))
    before = path.read_bytes()
    assert "MIG-002" in codes(path)
    for words in (
        ("promote", path, "--deal", "D-0045"),
        ("publish", path, "--to", tmp_path / "view"),
        ("reconcile", path),
        ("brief", path, "D-0045"),
    ):
        ran = run(*words, "--asof", ASOF) if words[0] != "reconcile" else run(*words)
        assert ran.code == 3, words
        assert f"sheetrecord migrate {path}" in ran.err
    assert path.read_bytes() == before
    assert not (tmp_path / "view").exists()


def test_after_migrating_the_same_commands_work(tmp_path: Path, run: Run) -> None:
    path = Path(shutil.copy(HERE / "v0" / "sample-en.xlsx", tmp_path))
    assert run("migrate", path).code == 0
    assert {"MIG-001", "MIG-002"}.isdisjoint(codes(path))
    ran = run("publish", path, "--to", tmp_path / "view", "--asof", ASOF)
    assert ran.code == 0
    assert "migrate" not in ran.err


def test_a_column_deleted_from_a_book_of_this_version_is_missing_still(tmp_path: Path) -> None:
    from messy import firm

    def without_kept(book: object) -> None:
        area = book.defined_names["sr_Fees_kept"].attr_text.split("$")  # type: ignore[attr-defined]
        book["Fees"][f"{area[1]}{area[2]}"] = None  # type: ignore[index]
        del book.defined_names["sr_Fees_kept"]  # type: ignore[attr-defined]

    path = tmp_path / "firm.xlsx"
    path.write_bytes(firm.edited(firm.workbook(), without_kept))
    found = codes(path)
    assert "HEAD-002" in found
    assert "MIG-001" not in found
    assert xlsx.read(path).origin
