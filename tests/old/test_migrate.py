"""Books of every version come to the present one: nothing typed is lost, and twice is once."""

import json
import re
import shutil
import sys
import zipfile
from collections.abc import Callable
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import openpyxl
import pytest

from conftest import ASOF, Ran
from effort import some
from messy import firm
from sheetrecord.app.migrate import draft, migrate
from sheetrecord.app.rewrite import CheckScope
from sheetrecord.app.validate import Checked, validate
from sheetrecord.core.migrate.plan import plan
from sheetrecord.formats import xlsx
from sheetrecord.formats.migration_edits import edits
from sheetrecord.formats.template import TEMPLATES, build
from sheetrecord.formats.template.check_rows import TITLE
from sheetrecord.formats.template.refresh_check import check_cells, check_title
from sheetrecord.model.cell_edits import PutName
from sheetrecord.model.problem import column_letters
from sheetrecord.model.value import Formula
from sheetrecord.schema import names
from sheetrecord.schema.formulas.equality import canonical
from sheetrecord.schema.lists import LATER_CODES
from sheetrecord.schema.origin import origin
from sheetrecord.schema.read.layout import locate
from sheetrecord.schema.settings import language_of, version_of
from sheetrecord.schema.sheets import SCHEMA_VERSION
from sheetrecord.schema.steps import STEPS
from sheetrecord.workbooks import ooxml
from sheetrecord.xlsx import open_workbook

HERE = Path(__file__).parent
BOOKS = sorted(HERE.glob("v*/*.xls*"))
OLDER = [path for path in BOOKS if path.parent.name != f"v{SCHEMA_VERSION}"]
SMALL = HERE / "v1" / "blank-en.xlsx"
LIVED = [path for path in OLDER if "lived-in" in path.name]
Run = Callable[..., Ran]
LISTED = {
    "type": ("Commitments", "type"),
    "kind": ("Context", "kind"),
    "fee_model": ("Deal", "fee_model"),
    "fee_type": ("Fees", "fee_type"),
}
"""Lists to which words came later, and a column that offers each."""


def ids(paths: list[Path]) -> list[str]:
    return [f"{path.parent.name}-{path.name}" for path in paths]


@pytest.fixture
def copied(tmp_path: Path) -> Callable[[Path], Path]:
    def copy(source: Path) -> Path:
        (tmp_path / "firm").mkdir()
        return Path(shutil.copy(source, tmp_path / "firm"))

    return copy


@cache
def migrated(source: Path) -> bytes:
    """Return what a book becomes: whoever migrates it makes the same of it."""
    with TemporaryDirectory() as folder, pytest.MonkeyPatch.context() as patch:
        patch.setenv("SHEETRECORD_STATE", f"{folder}/state")
        path = Path(shutil.copy(source, folder))
        found = draft(str(path), CheckScope(ASOF, ASOF))
        if found.after.changed:
            migrate(found)
        return path.read_bytes()


def parts(path: Path) -> dict[str, bytes]:
    with zipfile.ZipFile(path) as package:
        return {name: package.read(name) for name in package.namelist()}


def typed(path: Path) -> dict[tuple[str, int, int], Any]:
    """Return every cell that is no formula; the sheet behind Check is nobody's to type in."""
    book = xlsx.read(path)
    return {
        (title, row, number): value
        for title in book.sheets
        if title != TITLE
        for number, cells in book.sheets[title].columns.items()
        for row, value in zip(cells.rows, cells.values, strict=True)
        if not isinstance(value, Formula)
    }


def formulas(path: Path) -> dict[tuple[str, int, int], str]:
    book = xlsx.read(path)
    return {
        (title, row, number): value.text
        for title in book.sheets
        for number, cells in book.sheets[title].columns.items()
        for row, value in zip(cells.rows, cells.values, strict=True)
        if isinstance(value, Formula)
    }


@pytest.mark.parametrize("source", BOOKS, ids=ids(BOOKS))
def test_what_people_typed_and_what_is_theirs_stays(
    source: Path, copied: Callable[[Path], Path]
) -> None:
    path = copied(source)
    old_cells, old_formulas, old_parts = typed(path), formulas(path), parts(path)
    path.write_bytes(migrated(source))
    book = xlsx.read(path)
    assert version_of(book) == SCHEMA_VERSION
    new_cells, new_formulas, new_parts = typed(path), formulas(path), parts(path)
    version = book.names[names.setting_name("schema_version")]
    assert version is not None
    told = (version.sheet, version.top, version.left)
    assert {at: v for at, v in old_cells.items() if new_cells.get(at) != v and at != told} == {}
    assert {at for at in old_formulas if at not in new_formulas and at[0] != TITLE} == set()
    for name, part in old_parts.items():
        if any(word in name for word in ("chart", "drawing", "vbaProject", "comment", "theme")):
            assert new_parts[name] == part, name
    if source in OLDER:
        made = origin(book.origin)
        assert made is not None
        assert made.version == SCHEMA_VERSION


@pytest.mark.parametrize("source", some(OLDER, 3), ids=ids(some(OLDER, 3)))
def test_twice_is_once(source: Path, copied: Callable[[Path], Path], run: Run) -> None:
    path = copied(source)
    path.write_bytes(migrated(source))
    again = run("migrate", path)
    assert (again.code, path.read_bytes()) == (0, migrated(source))
    assert "Nothing to do" in again.out


@pytest.mark.parametrize("source", some(LIVED, 3), ids=ids(some(LIVED, 3)))
def test_a_plan_writes_nothing_and_back_is_back(
    source: Path, copied: Callable[[Path], Path], run: Run
) -> None:
    path = copied(source)
    before = path.read_bytes()
    assert run("migrate", path, "--plan").code == 0
    assert path.read_bytes() == before
    assert run("migrate", path).code == 0
    assert path.read_bytes() == migrated(source) != before
    assert run("migrate", path, "--back").code == 0
    assert path.read_bytes() == before


@pytest.mark.parametrize("source", OLDER, ids=ids(OLDER))
def test_a_migrated_book_is_read_like_one_of_this_version(
    source: Path, copied: Callable[[Path], Path]
) -> None:
    path = copied(source)
    before = validate(str(path), today=ASOF, asof=ASOF)
    path.write_bytes(migrated(source))
    after = validate(str(path), today=ASOF, asof=ASOF)
    assert problems(after) == problems(before) - {
        one for one in problems(before) if one[0] == "HEAD-002" or one[0].startswith("MIG")
    }


def problems(checked: Checked) -> set[tuple[str, str, str]]:
    return {(p.code, p.where.row_id, p.where.key) for p in checked.report.problems}


def test_a_book_that_was_edited_since_is_not_taken_back(
    copied: Callable[[Path], Path], run: Run
) -> None:
    path = copied(SMALL)
    assert run("migrate", path, "--back").code == 3
    assert run("migrate", path).code == 0
    path.write_bytes(firm.edited(path.read_bytes(), lambda book: book.create_sheet("Mine")))
    edited = path.read_bytes()
    ran = run("migrate", path, "--back")
    assert ran.code == 3
    assert f"before version {SCHEMA_VERSION}" in ran.err
    assert path.read_bytes() == edited


def test_a_formula_of_the_firms_own_is_left_and_said(
    copied: Callable[[Path], Path], run: Run
) -> None:
    path = copied(HERE / "v0" / "sample-en.xlsx")
    area = xlsx.read(path).names[names.column_name("Fees", "retained")]
    assert area is not None

    def own(book: Any) -> None:
        book[area.sheet].cell(7, area.left, "=1+1")

    path.write_bytes(firm.edited(path.read_bytes(), own))
    ran = run("migrate", path, "--format", "json")
    [told] = json.loads(ran.out)
    assert told["book"] | {"path": "", "sha256": ""} == {
        "path": "",
        "sha256": "",
        "template": "consultancy",
        "language": "en",
        "from": 0,
        "to": SCHEMA_VERSION,
    }
    left = told["left"]
    assert [(one["key"], one["rows"]) for one in left] == [("retained", [7])]
    assert formulas(path)[area.sheet, 7, area.left] == "1+1"


def test_columns_that_were_moved_and_renamed_are_found(
    copied: Callable[[Path], Path], run: Run
) -> None:
    path = copied(HERE / "v0" / "sample-en.xlsx")

    def renamed(book: Any) -> None:
        book["Fees"].title = "Our money"
        for defined in book.defined_names.values():
            defined.attr_text = defined.attr_text.replace("Fees!", "'Our money'!")

    path.write_bytes(firm.edited(path.read_bytes(), renamed))
    ran = run("migrate", path)
    assert ran.code == 0, ran.err
    assert "'Our money'!$" in xlsx_names(path)[names.column_name("Fees", "kept")]


def test_the_names_of_a_migration_are_written_at_once() -> None:
    book = xlsx.read(HERE / "v0" / "sample-en.xlsx")
    layout = locate(book, language_of(book))
    named = [isinstance(edit, PutName) for edit in edits(book, plan(book, layout))]
    assert named.count(True) > 20
    assert named == sorted(named)  # each group of them reads every sheet once


def xlsx_names(path: Path) -> dict[str, str]:
    book = openpyxl.load_workbook(path)
    return {name: defined.attr_text for name, defined in book.defined_names.items()}


def test_a_folder_of_workbooks(tmp_path: Path, run: Run) -> None:
    (tmp_path / "clients" / "old").mkdir(parents=True)
    first = Path(shutil.copy(SMALL, tmp_path / "clients" / "a.xlsx"))
    second = Path(shutil.copy(BOOKS[-1], tmp_path / "clients" / "old" / BOOKS[-1].name))
    openpyxl.Workbook().save(tmp_path / "clients" / "no record.xlsx")
    (tmp_path / "clients" / "~$gone.xlsx").write_bytes(b"an owner file")
    untouched = second.read_bytes() if BOOKS[-1] not in OLDER else None
    ran = run("migrate", "--all", tmp_path / "clients")
    assert ran.code == 0, ran.err
    assert version_of(xlsx.read(first)) == SCHEMA_VERSION
    assert untouched is None or second.read_bytes() == untouched


@pytest.mark.skipif(sys.platform == "win32", reason="the loop forks")
def test_a_migration_that_is_killed_is_done_or_not_done(
    copied: Callable[[Path], Path], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("SHEETRECORD_STATE", str(tmp_path / "state"))
    monkeypatch.syspath_prepend(str(HERE.parents[1] / "scripts"))
    from kill_migrate import PatchedOnce, change
    from kill_once import Loop

    monkeypatch.setattr(ooxml, "patched", PatchedOnce())
    loop = Loop(copied(SMALL), change)
    for point in some(loop.points, 4):
        loop.kill(point)
    assert loop.failures == []
    assert loop.counts["kills"] > 10


@pytest.mark.parametrize(
    ("ours", "saved"),
    [
        ("IF($A4=1,FALSE,TRUE)", "IF( $A4 = 1 , FALSE() , TRUE() )"),
        ('IF($A4="x  y",1,0)', 'if($a4="x  y",1,0)'),
    ],
)
def test_formulas_are_known_as_programs_save_them(ours: str, saved: str) -> None:
    assert canonical(ours) == canonical(saved)


def test_texts_within_formulas_stay_apart() -> None:
    assert canonical('IF(A4="x y",1,0)') != canonical('IF(A4="xy",1,0)')


def test_every_step_says_why() -> None:
    assert all(step.why and step.why[0].islower() for step in STEPS)


LINKS = 2
"""The row of Check whose cells lead to sheets: a migrated workbook's do not, its lines do."""


@pytest.mark.parametrize("language", ["en", "de"])
def test_check_is_written_anew_as_a_new_workbook_has_it(language: str) -> None:
    spec = TEMPLATES["consultancy"]._replace(language=language)
    book = xlsx.book_of(open_workbook(build(spec, {})), "new")
    found = check_cells(book, locate(book, language))
    assert set(found) == {check_title(book), TITLE}
    for title, wanted in found.items():
        held = {
            (row, number): cell.text if isinstance(cell, Formula) else cell
            for number, cells in book.sheets[title].columns.items()
            for row, cell in zip(cells.rows, cells.values, strict=True)
            if title == TITLE or row != LINKS or number not in range(3, 6)
        }
        assert held == {
            at: cell.text if isinstance(cell, Formula) else cell for at, cell in wanted.items()
        }


@pytest.mark.parametrize("source", some(OLDER, 3, 1), ids=ids(some(OLDER, 3, 1)))
def test_drop_downs_offer_the_words_that_came_later(
    source: Path, copied: Callable[[Path], Path]
) -> None:
    path = copied(source)
    path.write_bytes(migrated(source))
    book = xlsx.read(path)
    layout = locate(book, language_of(book))
    workbook = openpyxl.load_workbook(path)
    for enum, (sheet, key) in LISTED.items():
        area = book.names[names.list_name(enum, "label")]
        held = book.cells(book.names[names.list_name(enum, "code")])
        codes = {str(value): row for (row, _), value in held.items()}
        assert area is not None
        place = layout.sheets[sheet]
        top = f"{column_letters(place.columns[key])}{place.header_row + 1}"
        [rule] = [
            one
            for one in workbook[place.title].data_validations.dataValidation
            if one.type == "list" and top in one.sqref
        ]
        first, last = map(int, re.findall(r"\$[A-Z]+\$(\d+)", rule.formula1))
        for code in LATER_CODES[enum]:
            assert first <= codes[code] <= last, (enum, code)
