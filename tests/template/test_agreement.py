"""Live formulas and engine agree, cell by cell, on random deals with whatever people type."""

import datetime as dt
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from effort import EFFORT
from sheetrecord.app.validate import read_record
from sheetrecord.core.derive import derive
from sheetrecord.formats.template import TEMPLATES, Spec, build
from sheetrecord.model.money import to_major
from sheetrecord.model.value import Formula
from sheetrecord.sample import sample_firm
from sheetrecord.schema.column import Column, Kind
from sheetrecord.schema.record import Record
from sheetrecord.schema.sheets import SHEETS
from template.messyrows import ASOF, messy_rows
from template.oddcells import odd_rows
from template.recalculate import by_gnumeric, recalculated

pytestmark = pytest.mark.slow

DEALS = 170 if EFFORT == "long" else 70
READY = {"Deal": 5, "Context": 20, "Commitments": 20, "Project": 5, "Fees": 20, "Gaps": 5}


def expected(column: Column, row: Any, record: Record) -> Any:
    """What the engine says, as it would stand in the cell."""
    value = row.get(column.key)
    if value is None or value == "" or value is False:
        return ""
    if column.kind is Kind.MONEY:
        deal = record.by_deal.get(row.get("deal_id"))
        own = row.get("currency") if "currency" in row.by_key else ""
        currency = own or (deal.currency if deal else "") or record.settings.currency
        return float(to_major(value, currency))
    if column.kind in {Kind.ENUM, Kind.FLAG}:
        return record.settings.label(column.enum, "yes" if value is True else value)
    return value


def shown(cell: Any, column: Column) -> Any:
    """What the spreadsheet program shows; a date column shows nothing for 0."""
    if isinstance(cell, dt.datetime):
        return cell.date()
    if cell is None or (column.kind is Kind.DATE and cell in {0, dt.time(0)}):
        return ""
    return cell


def differs(ours: Any, theirs: Any) -> bool:
    if isinstance(ours, int | float) and isinstance(theirs, int | float):
        return abs(ours - theirs) > 1e-6
    return bool(ours != theirs)


def disagreements(book: Path, judged: Path) -> tuple[list[str], int]:
    """Return every derived cell on which engine and program differ, and how many were compared."""
    raw, parsed = read_record(str(book), today=ASOF)
    record = derive(parsed.record)
    theirs = openpyxl.load_workbook(judged, data_only=True)
    found, compared = [], 0
    for key in SHEETS:
        place = parsed.layout.sheets[key]
        grid = list(theirs[place.title].iter_rows(values_only=True))
        for column in SHEETS[key].columns:
            if not column.formula or column.helper:
                continue
            number = place.columns[column.key]
            cells = raw.sheets[place.title].column(number)
            typed_over = {
                at
                for at, value in zip(cells.rows, cells.values, strict=True)
                if value.__class__ is not Formula
            }
            for row in record.rows(key):
                ours = expected(column, row, record)
                cell = shown(grid[row.row - 1][number - 1], column)
                if column.override and row.row in typed_over:
                    continue
                compared += 1
                if differs(ours, cell):
                    found.append(
                        f"{key}.{column.key} row {row.row}: engine {ours!r}, sheet {cell!r}"
                    )
    return found, compared


def made(folder: Path, seed: int, language: str, deals: int) -> Path:
    """Return a workbook of random deals in which one cell in twelve is odd."""
    spec = Spec(language=language, asof=ASOF, rows=READY, seeded_deals=2, hourly_rate=97.5)
    book = folder / "messy.xlsx"
    rows = odd_rows(messy_rows(seed, deals, language), seed, language=language)
    book.write_bytes(build(spec, rows))
    return book


@pytest.mark.libreoffice
@pytest.mark.parametrize(
    ("seed", "language", "always"), [(4, "en", True), (2, "en", False), (3, "es", True)]
)
def test_every_derived_cell_is_the_same_in_the_sheet_and_in_the_engine(
    tmp_path: Path, seed: int, language: str, *, always: bool
) -> None:
    book = made(tmp_path, seed, language, DEALS)
    judged = recalculated(book, tmp_path, always=always)
    found, compared = disagreements(book, judged)
    assert compared > DEALS * 100
    assert not found, f"{len(found)} of {compared}:\n" + "\n".join(found[:400])


@pytest.mark.gnumeric
@pytest.mark.filterwarnings("ignore:Workbook contains no default style")
def test_gnumeric_shows_the_same(tmp_path: Path) -> None:
    book = made(tmp_path, 5, "de", 6)
    found, compared = disagreements(book, by_gnumeric(book, tmp_path))
    assert compared > 600
    assert not found, f"{len(found)} of {compared}:\n" + "\n".join(found[:400])


@pytest.mark.libreoffice
def test_a_sample_opened_in_a_first_profile_shows_what_the_engine_computes(tmp_path: Path) -> None:
    spec = TEMPLATES["integrator"]._replace(asof=ASOF)
    book = tmp_path / "sample.xlsx"
    book.write_bytes(build(spec, sample_firm(spec, asof=ASOF)))
    found, compared = disagreements(book, recalculated(book, tmp_path, always=False))
    assert compared > 5000
    assert not found, f"{len(found)} of {compared}:\n" + "\n".join(found[:400])
