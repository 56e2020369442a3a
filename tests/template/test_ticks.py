"""A tick is a tick however people write it, in the sheet as in the engine."""

from pathlib import Path

import openpyxl
import pytest

from built import build
from sheetrecord.app.validate import read_record
from sheetrecord.core.derive import derive
from sheetrecord.formats.template import TEMPLATES
from sheetrecord.formats.template.values import RawCell
from sheetrecord.schema.formulas.cell_tests import TICKS
from sheetrecord.schema.read.headers import plain
from sheetrecord.schema.read.lexicon import loose_spellings
from template.messyrows import ASOF
from template.recalculate import by_gnumeric, recalculated

PART = "e\u0301"
WRITTEN = [
    *TICKS,
    *(word.upper() for word in TICKS),
    *("x.", "X!", " ok ", "-x-", "*yes*", "done!", "o.k.", "O.K", "_x_", "x:", "\u2714\ufe0f"),
    *("\u2611\ufe0f", "x\u200b", "\u00a0ja", "si\u0301", f"coch{PART}", "yes\n", True, 1, 1.0),
]
NOT_WRITTEN = [
    *(
        "no",
        "nein",
        "x/y",
        "/",
        "//",
        "o k x",
        "yes no",
        "xx",
        "o-k",
        "y e s",
        "0",
        "-",
        "?",
        "1/1",
    ),
    *(False, 0, 2, 1.5, "", "."),
]


def test_formulas_and_engine_have_one_list_of_ticks() -> None:
    heard = {text for text, code in loose_spellings("yes").items() if code == "yes"}
    assert {plain(tick) for tick in TICKS} == heard
    assert len(TICKS) == len(set(TICKS))


@pytest.fixture(scope="module")
def book(tmp_path_factory: pytest.TempPathFactory) -> Path:
    deal = {"deal_id": "D-0001", "client": "Ash", "deal_name": "Site", "stage": "won"}
    line = {"deal_id": "D-0001", "description": "One", "net": 10_000, "currency": "EUR"}
    rows = [{**line, "void": RawCell(each)} for each in (*WRITTEN, *NOT_WRITTEN)]
    path = tmp_path_factory.mktemp("ticks") / "ticks.xlsx"
    spec = TEMPLATES["consultancy"]._replace(asof=ASOF)
    path.write_bytes(build(spec, {"Deal": [deal], "Fees": rows}))
    return path


def test_the_engine_reads_them(book: Path) -> None:
    _, parsed = read_record(str(book), today=ASOF)
    void = [row.void for row in derive(parsed.record).fees]
    assert void[: len(WRITTEN)] == [True] * len(WRITTEN)
    assert not any(void[len(WRITTEN) :])


@pytest.mark.slow
@pytest.mark.parametrize(
    "program",
    [
        pytest.param(recalculated, marks=pytest.mark.libreoffice),
        pytest.param(by_gnumeric, marks=pytest.mark.gnumeric),
    ],
)
@pytest.mark.filterwarnings("ignore:Workbook contains no default style")
def test_the_sheet_reads_them(book: Path, tmp_path: Path, program) -> None:
    sheet = openpyxl.load_workbook(program(book, tmp_path), data_only=True)["Fees"]
    titles = {cell.value: cell.column for cell in sheet[3]}
    said = [sheet.cell(row, titles["Payment"]).value for row in range(4, sheet.max_row + 1)]
    all_of_them = (*WRITTEN, *NOT_WRITTEN)
    read = {repr(each): status for each, status in zip(all_of_them, said, strict=False)}
    assert {w for w in map(repr, WRITTEN) if read[w] != "Cancelled"} == set()
    assert {w for w in map(repr, NOT_WRITTEN) if read[w] == "Cancelled"} == set()
