"""The schema never moves without a version, and books of every version are read as they were."""

import importlib.util
import sys
from collections.abc import Callable
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

from conftest import Ran
from messy import firm
from sheetrecord.formats import xlsx
from sheetrecord.formats.template import TEMPLATES, build
from sheetrecord.model.book import Book
from sheetrecord.schema import names
from sheetrecord.schema.column import Column
from sheetrecord.schema.origin import Origin, origin
from sheetrecord.schema.outline import schema_digest, template_digest
from sheetrecord.schema.settings import version_of
from sheetrecord.schema.sheets import SCHEMA_VERSION, SHEETS
from sheetrecord.xlsx import open_workbook

HERE = Path(__file__).parent
BOOKS = sorted(path for path in HERE.glob("v*/*.xls*"))
NEWER = f"consultancy/{SCHEMA_VERSION + 1}/en"


def _history() -> ModuleType:
    path = HERE.parent.parent / "scripts" / "build_history.py"
    spec = importlib.util.spec_from_file_location("build_history", path)
    assert spec is not None
    assert spec.loader is not None
    found = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = found
    spec.loader.exec_module(found)
    return found


history = _history()


def test_the_history_agrees_with_the_schema_and_the_frozen_books() -> None:
    known = history.kept(history.HISTORY.read_text())
    assert list(history.complaints(known, history.present())) == []


CHANGES: list[tuple[str, dict[str, object]]] = [
    ("a formula", {"formula": "1+1"}),
    ("a list", {"enum": "stage"}),
    ("a demand", {"from_stage": "won"}),
    ("who fills it", {"owner": SHEETS["Deal"].by_key["deal_id"].owner}),
]


@pytest.mark.parametrize(("what", "change"), CHANGES, ids=[name for name, _ in CHANGES])
def test_a_column_that_changes_moves_the_digest(
    what: str, change: dict[str, object], monkeypatch: pytest.MonkeyPatch
) -> None:
    before = schema_digest()
    sheet = SHEETS["Deal"]
    moved = tuple(_with(one, change) if one.key == "client" else one for one in sheet.columns)
    monkeypatch.setattr(sheet, "columns", moved)
    assert schema_digest() != before, what


def test_help_and_widths_do_not_move_the_digest(monkeypatch: pytest.MonkeyPatch) -> None:
    before = schema_digest()
    sheet = SHEETS["Deal"]
    monkeypatch.setattr(sheet, "columns", tuple(_with(c, {"help": "x"}) for c in sheet.columns))
    assert schema_digest() == before


def _book(data: bytes) -> Book:
    return xlsx.book_of(open_workbook(data), "made")


def _with(column: Column, change: dict[str, object]) -> Column:
    return column._replace(**change)  # type: ignore[arg-type]


def test_a_closed_version_that_moved_wants_the_next_one() -> None:
    now = history.present()
    closed = now._replace(books={"blank-en.xlsx": "0" * 64}, schema="other")
    told = " ".join(history.complaints([closed], now))
    assert "raise SCHEMA_VERSION" in told
    assert history.kept(history.written([closed], now)) == [closed]


def test_an_open_version_that_moved_is_written_anew() -> None:
    now = history.present()._replace(books={})
    open_ = now._replace(schema="other")
    assert "build_history.py" in " ".join(history.complaints([open_], now))
    assert history.kept(history.written([open_], now)) == [now]


def test_a_frozen_book_that_was_touched_is_named(tmp_path: Path) -> None:
    folder = tmp_path / "v1"
    folder.mkdir()
    (folder / "blank-en.xlsx").write_bytes(b"other bytes")
    one = history.Version(1, "", {}, {"blank-en.xlsx": "0" * 64})
    told = " ".join(history.complaints([one], one._replace(number=2), tmp_path))
    assert "tests/old/v1" in told


def test_a_new_template_has_the_digest_of_its_kind() -> None:
    made = _book(build(TEMPLATES["agency"]))
    assert template_digest(made) == history.present().templates["agency"]


@pytest.mark.parametrize("path", BOOKS, ids=[f"{p.parent.name}-{p.name}" for p in BOOKS])
def test_a_book_of_every_version_says_its_version(path: Path) -> None:
    assert version_of(xlsx.read(path)) == max(1, int(path.parent.name[1:]))


def test_a_new_book_says_what_it_was_made_from() -> None:
    book = _book(build(TEMPLATES["integrator"]))
    assert origin(book.origin) == Origin("integrator", SCHEMA_VERSION, "es")
    assert names.TEMPLATE not in book.names


@pytest.mark.parametrize("gone", ["nothing", "the name", "Settings"])
def test_a_newer_book_is_refused_whatever_it_lost(
    gone: str, tmp_path: Path, run: Callable[..., Ran]
) -> None:
    def newer(book: Any) -> None:
        book.defined_names[names.TEMPLATE].attr_text = f'"{NEWER}"'
        cell = book.defined_names[names.setting_name("schema_version")].attr_text.split("$")
        book["Settings"][f"{cell[1]}{cell[2]}"] = SCHEMA_VERSION + 1
        if gone == "the name":
            del book.defined_names[names.TEMPLATE]
        elif gone == "Settings":
            del book["Settings"]

    path = tmp_path / "newer.xlsx"
    path.write_bytes(firm.edited(firm.workbook(), newer))
    ran = run("validate", path)
    assert ran.code == 3
    assert f"version {SCHEMA_VERSION + 1}" in ran.out + ran.err
