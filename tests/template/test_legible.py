"""Every text of a new workbook is whole, whatever the language, and links lead where they say."""

import datetime as dt
import io
import re
import shutil
import warnings
import zipfile
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from effort import some
from sheetrecord.app.create import NewWorkbookRequest, workbook
from sheetrecord.app.validate import read_record
from sheetrecord.core.derive import derive
from sheetrecord.formats.template import TEMPLATES, Spec, build
from sheetrecord.formats.template.check import TARGET
from sheetrecord.formats.template.check_rows import SHEETS_AT, _items
from sheetrecord.formats.template.plan import HEADER_ROW, TemplatePlan
from sheetrecord.formats.template.printed import FILLED
from sheetrecord.sample import sample_firm
from sheetrecord.schema import names
from sheetrecord.schema.formulas import gate
from sheetrecord.schema.packs import LANGUAGES, pack
from sheetrecord.schema.sheets import SHEETS
from template import broken_lines
from template.clipped import BUTTON, clipped, widths
from template.recalculate import recalculated
from template.test_agreement import expected

ASOF = dt.date(2026, 6, 30)
READY = {"Deal": 4, "Context": 6, "Commitments": 4, "Project": 4, "Fees": 4, "Gaps": 3}
BOOKS = [(name, language) for name in TEMPLATES for language in LANGUAGES]
DEALS = 14
"""Of the sample firm's; the rest of them reads alike."""


def spec(name: str, language: str) -> Spec:
    return TEMPLATES[name]._replace(language=language, asof=ASOF, rows=READY, seeded_deals=2)


@cache
def sampled(name: str, language: str) -> bytes:
    """A workbook with some deals of every stage of the sample firm, and rows that are ready."""
    wanted = spec(name, language)
    rows = sample_firm(wanted, asof=ASOF)
    stages: dict[str, list[str]] = {}
    for row in rows["Deal"]:
        stages.setdefault(row["stage"], []).append(row["deal_id"])
    ids = {deal for deals in stages.values() for deal in deals[-3:]}
    some = {key: [r for r in found if r["deal_id"] in ids] for key, found in rows.items()}
    return build(wanted, some)


def shown(path: Path) -> Mapping[tuple[str, int, int], str]:
    """What the engine says that formulas show, as they would stand in the cells."""
    _, parsed = read_record(str(path), today=ASOF)
    record = derive(parsed.record)
    found = {}
    for key in SHEETS:
        place = parsed.layout.sheets[key]
        for column in SHEETS[key].columns:
            if column.formula and not column.helper:
                for row in record.rows(key):
                    value: Any = expected(column, row, record)
                    if isinstance(value, float | int):
                        value = f"{value:,.2f}" if column.kind.value == "money" else f"{value:g}"
                    at = (place.title, row.row, place.columns[column.key])
                    found[at] = "30 Sep 2026" if isinstance(value, dt.date) else str(value)
    return found


@pytest.mark.parametrize(("name", "language"), BOOKS)
def test_nothing_in_sight_is_clipped(name: str, language: str, tmp_path: Path) -> None:
    path = tmp_path / "firm.xlsx"
    path.write_bytes(sampled(name, language))
    found = list(clipped(path, shown(path)))
    assert not found, f"{len(found)} clipped:\n" + "\n".join(map(str, found[:40]))


AS_NEW_MAKES_IT = [(*one, sample) for one in BOOKS for sample in (False, True)]


@pytest.mark.parametrize(("name", "language", "sample"), some(AS_NEW_MAKES_IT, 14))
def test_nothing_is_clipped_as_new_makes_it(
    name: str, language: str, sample: bool, tmp_path: Path
) -> None:
    path = tmp_path / "firm.xlsx"
    wanted = NewWorkbookRequest(template=name, language=language, sample=sample)
    path.write_bytes(workbook(wanted, today=ASOF, asof=ASOF))
    found = list(clipped(path, shown(path)))
    assert not found, f"{len(found)} clipped:\n" + "\n".join(map(str, found[:40]))


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_tip_and_warning_is_shown_whole(language: str) -> None:
    words = pack(language)
    book = openpyxl.load_workbook(io.BytesIO(build(spec("consultancy", language))))
    for key, sheet in SHEETS.items():
        checks = book[words.sheets[key]].data_validations.dataValidation
        for column in sheet.columns:
            _, cell = next(book.defined_names[names.column_name(key, column.key)].destinations)
            below = cell.replace("$", "").rstrip("0123456789") + "4"
            (check,) = [one for one in checks if below in one.sqref]
            if not column.helper:
                assert check.promptTitle == words.columns[key][column.key]
                assert check.prompt == words.help[key][column.key]
            assert len(check.promptTitle or "") <= 32
            assert len(check.prompt or "") <= 255
            assert len(check.errorTitle or "") <= 32
            assert len(check.error or "") <= 225


def test_columns_that_the_gate_may_ask_for_are_never_folded() -> None:
    plan = TemplatePlan(spec("blank", "en"), dict.fromkeys(SHEETS, 1))
    seen = {
        key: {column.key for column in sheet.columns[: sheet.front]}
        for key, sheet in plan.sheets.items()
    }
    assert {column.key for column in gate.asked(SHEETS["Deal"].columns)} <= seen["Deal"]
    for key in ("gate_open", "to_handover", "answered"):
        assert key in seen["Deal"]
    for item in _items(plan):
        assert item.column in seen[item.sheet], item
    for key, column in TARGET.items():
        assert column in seen[key]
    needed = {
        "Context": "answer person role date driver hardness state chase_on chase_by learned_on",
        "Commitments": "what type said_by said_on client_believes disposition owner due_on",
    }
    for key, columns in needed.items():
        assert set(columns.split()) <= seen[key]


@pytest.mark.parametrize("language", LANGUAGES)
def test_start_leads_to_the_first_cell_that_is_free(language: str) -> None:
    words = pack(language)
    book = openpyxl.load_workbook(io.BytesIO(sampled("consultancy", language)))
    start = book[words.sheets["Start"]]
    links = [cell.hyperlink for row in start.iter_rows() for cell in row if cell.hyperlink]
    steps = links[: len([word for word in words.words if word.startswith("start_step")]) - 1]
    assert len(steps) == 6
    typed = {"Deal": "client", "Context": "answer", "Commitments": "what"}
    for link, key in zip(steps, ("Deal", "Context", "Commitments"), strict=False):
        title, at = re.fullmatch(r"'?(.*?)'?!([A-Z]+[0-9]+)", link.location).groups()
        sheet = book[title]
        assert sheet[at].value is None
        assert sheet.cell(3, sheet[at].column).value == words.columns[key][typed[key]]
        before = sheet.cell(sheet[at].row - 1, 2).value
        assert before
        text = start.cell(start[link.ref].row, 3).value
        assert not re.search(r"[{}]", text)
        if key != "Commitments":
            assert f" {sheet[at].row}" in text
    assert all(link.display for link in links)


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_is_printed_ends_with_what_is_filled_and_repeats_its_titles(language: str) -> None:
    with zipfile.ZipFile(io.BytesIO(sampled("consultancy", language))) as package:
        said = package.read("xl/workbook.xml").decode()
    areas = dict(re.findall(r'_xlnm.Print_Area" localSheetId="(\d+)">([^<]*)<', said))
    filled = dict(re.findall(rf'"{FILLED}" localSheetId="(\d+)">([^<]*)<', said))
    titles = dict(re.findall(r'_xlnm.Print_Titles" localSheetId="(\d+)">([^<]*)<', said))
    assert set(areas) == {str(at) for at in range(1, 8)} == set(titles) == set(filled)
    for at, area in areas.items():
        assert re.fullmatch(rf"(.*)!\$A\$1:\$[A-Z]+\$\d+ \1!{FILLED}", area)
        assert re.match(r".*!\$A\$1:INDEX\(.*MAX\(", filled[at])


@pytest.mark.parametrize(("name", "language"), BOOKS)
@pytest.mark.parametrize("sample", [True, False])
def test_openpyxl_reads_a_new_workbook_without_a_warning(
    name: str, language: str, *, sample: bool
) -> None:
    content = sampled(name, language) if sample else build(spec(name, language), {})
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        book = openpyxl.load_workbook(io.BytesIO(content), read_only=True)
    for sheet in book.worksheets[1:8]:
        assert str(sheet._print_area).count("$A$1:") == 1, sheet.title


def test_a_line_of_check_leads_by_the_present_name_of_its_sheet() -> None:
    book = openpyxl.load_workbook(io.BytesIO(sampled("consultancy", "en")))
    lines = [row[2].value for row in book["Check"].iter_rows(min_row=5, max_row=20)]
    for line in lines:
        assert line.count("HYPERLINK(") == 1
        for title in SHEETS_AT:
            assert f"#'{title}'" not in line
            assert f'"{title} "' not in line
    hidden = book["sr_check"]
    for row, title in enumerate(SHEETS_AT, start=1):
        assert hidden.cell(row, 2).value == f'=CELL("address",{title}!$A$1)'


def test_what_needs_something_stands_out_by_the_gate_itself() -> None:
    book = openpyxl.load_workbook(io.BytesIO(sampled("consultancy", "en")))
    for title, key in (("Deal", "gate_open"), ("Context", "open"), ("Commitments", "open")):
        _, cell = next(book.defined_names[names.column_name(title, key)].destinations)
        counts = f"N({cell.rstrip('0123456789').rstrip('$')}4)"
        first = [
            rule.formula[0]
            for area in book[title].conditional_formatting
            if str(area.sqref).startswith("A4:")
            for rule in area.rules
        ]
        assert any(formula.startswith(counts) for formula in first), (title, first)


@pytest.mark.slow
@pytest.mark.libreoffice
@pytest.mark.skipif(shutil.which("pdftotext") is None, reason="pdftotext (poppler) is missing")
@pytest.mark.parametrize(("name", "language"), [("integrator", "es"), ("consultancy", "de")])
def test_libreoffice_breaks_texts_into_no_more_lines_than_their_rows_have(
    name: str, language: str, tmp_path: Path
) -> None:
    path = tmp_path / "firm.xlsx"
    path.write_bytes(sampled(name, language))
    pages = broken_lines.words(recalculated(path, tmp_path, "pdf"))
    found = 0
    for sheet in openpyxl.load_workbook(path):
        wide = widths(sheet)
        for cell in (cell for row in sheet.iter_rows() for cell in row):
            if cell.data_type != "s" or not cell.alignment.wrap_text or not wide.get(cell.column):
                continue
            high = sheet.row_dimensions[cell.row].height or 15
            header = sheet.auto_filter.ref and cell.row == HEADER_ROW
            if header or len(cell.value) > 25:
                count = max(
                    broken_lines.lines(cell.value, page, centred=bool(header)) for page in pages
                )
                room = high - (BUTTON if header else 0)
                assert 0 < count * cell.font.sz * 1.2 <= room, (cell.coordinate, cell.value)
                found += 1
    assert found > 150
