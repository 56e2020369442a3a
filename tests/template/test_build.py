"""A new workbook: the same bytes each time, plain functions only, everything found by name."""

import datetime as dt
import io
import re
import zipfile
from functools import cache

import openpyxl
import pytest
from python_calamine import CalamineWorkbook

from sheetrecord.formats.template import TEMPLATES, Spec, build
from sheetrecord.formats.template.plan import is_hidden
from sheetrecord.sample import sample_firm
from sheetrecord.schema import names
from sheetrecord.schema.column import Kind
from sheetrecord.schema.lists import ENUMS
from sheetrecord.schema.packs import LANGUAGES, pack
from sheetrecord.schema.sheets import SHEETS

ASOF = dt.date(2026, 6, 15)
FUNCTIONS = {
    *("IF", "IFERROR", "AND", "OR", "NOT", "N", "INDEX", "MATCH", "COUNTIFS", "COUNTIF", "SUMIFS"),
    *("SUM", "SUMPRODUCT", "ROUND", "INT", "MAX", "TRIM", "LOWER", "LEN", "SEARCH", "ISNA"),
    *("ISNUMBER", "DATE", "TODAY", "ROW", "COLUMN", "ADDRESS", "HYPERLINK"),
    *("ABS", "MIN", "SIGN", "CHOOSE", "CLEAN", "FIND", "ISLOGICAL", "NA", "ISTEXT", "LARGE"),
    *("LEFT", "MID", "MOD", "SUBSTITUTE", "UPPER", "RIGHT", "CELL", "TEXT"),
}
"""What Excel 2016, Google Sheets, LibreOffice and Gnumeric all have."""

LONGEST_FORMULA = 8192
DEEPEST = 64


@cache
def workbook(name: str) -> bytes:
    return build(TEMPLATES[name])


@cache
def opened(name: str) -> openpyxl.Workbook:
    return openpyxl.load_workbook(io.BytesIO(workbook(name)))


def formulas(book: openpyxl.Workbook) -> set[str]:
    return {
        re.sub(r"\d+", "1", cell.value)
        for sheet in book
        for row in sheet.iter_rows()
        for cell in row
        if cell.data_type == "f"
    }


@pytest.mark.parametrize("name", TEMPLATES)
def test_the_same_spec_gives_the_same_bytes(name: str) -> None:
    assert build(TEMPLATES[name]) == workbook(name)


def test_nothing_in_the_file_tells_the_time() -> None:
    with zipfile.ZipFile(io.BytesIO(workbook("blank"))) as archive:
        assert {info.date_time for info in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}
        assert b"2000-01-01T00:00:00Z" in archive.read("docProps/core.xml")


@pytest.mark.parametrize("name", TEMPLATES)
def test_no_formula_pretends_to_have_been_calculated(name: str) -> None:
    with zipfile.ZipFile(io.BytesIO(workbook(name))) as archive:
        parts = [archive.read(part) for part in archive.namelist() if "worksheets/" in part]
    assert sum(b"<f>" in part for part in parts) > len(SHEETS)
    assert not [part for part in parts if b"</f><v" in part]


@pytest.mark.parametrize("name", ["consultancy", "integrator"])
def test_formulas_use_only_functions_that_every_program_has(name: str) -> None:
    book = opened(name)
    conditions = [
        rule.formula[0]
        for sheet in book
        for area in sheet.conditional_formatting
        for rule in area.rules
    ]
    checks = [check.formula1 for sheet in book for check in sheet.data_validations.dataValidation]
    for formula in (*formulas(book), *conditions, *(check or "" for check in checks)):
        plain = re.sub(r'"[^"]*"', '""', formula)
        assert set(re.findall(r"([A-Z][A-Z0-9.]*)\(", plain)) <= FUNCTIONS, formula
        assert len(formula) < LONGEST_FORMULA
        assert "#REF" not in formula


@pytest.mark.parametrize("name", ["consultancy", "integrator"])
def test_no_formula_nests_deeper_than_excel_allows(name: str) -> None:
    for formula in formulas(opened(name)):
        depth = deepest = 0
        for character in re.sub(r'"[^"]*"|\'[^\']*\'', "", formula):
            depth += {"(": 1, ")": -1}.get(character, 0)
            deepest = max(deepest, depth)
        assert depth == 0
        assert deepest < DEEPEST


@pytest.mark.parametrize("name", TEMPLATES)
def test_every_column_list_and_setting_is_found_by_its_name(name: str) -> None:
    book, spec = opened(name), TEMPLATES[name]
    words = pack(spec.language)
    for key, sheet in SHEETS.items():
        for column in sheet.columns:
            title, cell = next(book.defined_names[names.column_name(key, column.key)].destinations)
            assert title == words.sheets[key]
            assert book[title][cell].value == words.columns[key][column.key]
    for enum, codes in ENUMS.items():
        labels = ranged(book, names.list_name(enum, "label"))
        found = dict(zip(ranged(book, names.list_name(enum, "code")), labels, strict=True))
        assert {code: label for code, label in found.items() if code} == words.enums[enum]
        assert set(codes) <= set(found)
    assert ranged(book, names.setting_name("currency")) == [spec.currency]
    assert ranged(book, names.setting_name("asof")) == ["=TODAY()"]


def ranged(book: openpyxl.Workbook, name: str) -> list[object]:
    title, area = next(book.defined_names[name].destinations)
    cells = book[title][area.replace("$", "")]
    return [row[0].value for row in cells] if isinstance(cells, tuple) else [cells.value]


def test_states_stand_in_their_canonical_order() -> None:
    assert ranged(opened("blank"), names.list_name("state", "code")) == list(ENUMS["state"])


def test_every_drop_down_points_at_the_words_of_its_list() -> None:
    book = opened("consultancy")
    for key, sheet in SHEETS.items():
        worksheet = book[pack("en").sheets[key]]
        checks = worksheet.data_validations.dataValidation
        for column in sheet.columns:
            if column.kind is not Kind.ENUM or column.derived:
                continue
            _, cell = next(book.defined_names[names.column_name(key, column.key)].destinations)
            below = cell.replace("$", "").rstrip("0123456789") + "4"
            (check,) = [c for c in checks if below in c.sqref]
            name = book.defined_names[names.list_name(column.enum, "label")]
            assert check.formula1 == name.attr_text.removeprefix("=")


def test_no_check_refuses_what_a_person_types() -> None:
    for sheet in opened("consultancy"):
        for check in sheet.data_validations.dataValidation:
            asks = check.errorStyle in {"warning", "information"}
            assert check.type in {None, "none"} or asks or check.formula1 == "FALSE"


def test_ids_and_formulas_refuse_to_be_typed_over() -> None:
    book = opened("consultancy")
    for key, sheet in SHEETS.items():
        checks = book[pack("en").sheets[key]].data_validations.dataValidation
        for column in sheet.columns:
            _, cell = next(book.defined_names[names.column_name(key, column.key)].destinations)
            below = cell.replace("$", "").rstrip("0123456789") + "4"
            (check,) = [c for c in checks if below in c.sqref]
            engine = column.derived or column.kind is Kind.ID
            assert (check.type == "custom" and check.errorStyle in {None, "stop"}) is engine


def test_data_sheets_are_not_protected_so_that_rows_can_be_sorted_deleted_and_unfolded() -> None:
    book = opened("consultancy")
    for key in SHEETS:
        assert not book[pack("en").sheets[key]].protection.sheet
    assert book["Lists"].protection.sheet
    assert not book["Lists"].protection.password


@pytest.mark.parametrize("key", SHEETS)
def test_a_data_sheet_shows_its_front_columns_and_folds_the_rest(key: str) -> None:
    worksheet = opened("consultancy")[pack("en").sheets[key]]
    sheet = SHEETS[key]
    front = [column for column in sheet.columns if column.front]
    widths = worksheet.column_dimensions
    headers = [worksheet.cell(3, i).value for i in range(1, len(front) + 1)]
    assert sorted(headers) == sorted(pack("en").columns[key][column.key] for column in front)
    hidden = sum(
        dimension.max - dimension.min + 1 for dimension in widths.values() if dimension.hidden
    )
    assert hidden == len(sheet.columns) - len(front)
    folded = sum(d.max - d.min + 1 for d in widths.values() if d.outlineLevel == 1)
    assert folded == hidden - sum(map(is_hidden, sheet.columns))
    assert worksheet.freeze_panes.endswith("4")
    assert worksheet.auto_filter.ref.startswith("A3:")


def test_the_first_deals_have_their_questions_waiting() -> None:
    rows = list(opened("consultancy")["Context"].iter_rows(min_row=4, max_col=3, values_only=True))
    seeded = [row for row in rows if row[1]]
    assert len(seeded) == 20 * 14
    assert [row[1] for row in seeded[::14]] == [f"D-{n:04}" for n in range(1, 21)]
    assert len({row[0] for row in rows}) == len(rows)


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_language_opens_in_two_readers(language: str) -> None:
    data = build(Spec(language=language, asof=ASOF))
    titles = [*pack(language).sheets.values()]
    assert openpyxl.load_workbook(io.BytesIO(data)).sheetnames[: len(titles)] == titles
    assert CalamineWorkbook.from_filelike(io.BytesIO(data)).sheet_names[: len(titles)] == titles


def test_given_rows_stand_first_and_blank_ones_follow() -> None:
    rows = sample_firm(TEMPLATES["consultancy"], asof=ASOF)
    book = openpyxl.load_workbook(io.BytesIO(build(TEMPLATES["consultancy"], rows)))
    deals = list(book["Deal"].iter_rows(min_row=4, max_col=2, values_only=True))
    assert [client for _, client in deals[:52]] == [row["client"] for row in rows["Deal"]]
    assert deals[52] == ("D-0053", None)
