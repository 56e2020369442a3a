"""Steps name what the frozen books really hold, and nothing that the schema does not know."""

from pathlib import Path

import pytest

from sheetrecord.formats import xlsx
from sheetrecord.model.value import Formula
from sheetrecord.schema.formulas.notation import fitting, pattern
from sheetrecord.schema.lists import ENUMS, LATER_CODES
from sheetrecord.schema.read.layout import locate
from sheetrecord.schema.read.places import BookPlaces
from sheetrecord.schema.settings import language_of
from sheetrecord.schema.sheets import SCHEMA_VERSION, SHEETS
from sheetrecord.schema.steps import STEPS, came_with, formulas_before
from sheetrecord.schema.steps.step import AddCodes, AddColumn, AddQuestions, RenewCheck, SetFormula

HERE = Path(__file__).parent
BOOKS = sorted(path for path in HERE.glob("v*/*.xls*") if "libreoffice" not in path.name)
IDS = [f"{path.parent.name}-{path.name}" for path in BOOKS]


def test_there_is_a_step_to_every_version() -> None:
    assert [step.to for step in STEPS] == list(range(1, SCHEMA_VERSION + 1))


def test_steps_name_columns_of_the_schema() -> None:
    for step in STEPS:
        for op in step.ops:
            if isinstance(op, RenewCheck):
                continue
            if isinstance(op, AddCodes | AddQuestions):
                assert set(getattr(op, "codes", ())) <= set(ENUMS[op.enum])
                continue
            column = SHEETS[op.sheet].by_key[op.key]
            if isinstance(op, SetFormula):
                assert column.formula
                assert op.was != column.formula


def test_codes_that_came_later_are_those_of_the_steps() -> None:
    added = {op.enum: op.codes for s in STEPS for op in s.ops if isinstance(op, AddCodes)}
    assert added == LATER_CODES


def test_an_older_formula_is_found_with_its_last_version() -> None:
    versions = [version for version, _ in formulas_before("Fees", "retained")]
    assert 0 in versions
    assert versions == sorted(versions, reverse=True)
    assert came_with("Fees", "kept") == 1
    assert came_with("Fees", "gross") == 0
    assert formulas_before("Project", "title") == ()


@pytest.mark.parametrize("path", BOOKS, ids=IDS)
def test_a_frozen_book_has_the_columns_and_formulas_of_its_version(path: Path) -> None:
    version = int(path.parent.name[1:])
    book = xlsx.read(path)
    layout = locate(book, language_of(book))
    places = BookPlaces(book, layout)
    for sheet, declared in SHEETS.items():
        place = layout.sheets[sheet]
        for column in declared.columns:
            assert (column.key in place.columns) == (came_with(sheet, column.key) <= version)
            if not column.formula or column.key not in place.columns:
                continue
            newer = [was for last, was in formulas_before(sheet, column.key) if last >= version]
            text = newer[-1] if newer else column.formula
            wanted = pattern(column._replace(formula=text), places)
            cells = book.sheets[place.title].column(place.columns[column.key])
            held = {
                (row, cell.text)
                for row, cell in zip(*cells, strict=True)
                if isinstance(cell, Formula)
            }
            assert held
            assert held == {(row, wanted.replace("\0", str(row))) for row, _ in held}


@pytest.mark.parametrize("path", BOOKS, ids=IDS)
def test_a_formula_is_put_back_into_an_older_book_as_it_can_hold_it(path: Path) -> None:
    book = xlsx.read(path)
    layout = locate(book, language_of(book))
    places = BookPlaces(book, layout)
    for sheet, declared in SHEETS.items():
        for column in declared.columns:
            if column.formula and column.key in layout.sheets[sheet].columns:
                assert "[" not in fitting(column, places)


def test_only_known_operations_are_steps() -> None:
    known = {AddCodes, AddColumn, AddQuestions, RenewCheck, SetFormula}
    assert {type(op) for step in STEPS for op in step.ops} <= known
