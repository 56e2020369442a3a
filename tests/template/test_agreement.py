"""The live formulas and the engine agree, cell by cell, on random deals as people type them."""

import datetime as dt
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from sheetrecord.app.validate import read_record
from sheetrecord.core.derive import derive
from sheetrecord.formats.template import Spec, build
from sheetrecord.model.money import to_major
from sheetrecord.model.value import Formula
from sheetrecord.schema.column import Column, Kind
from sheetrecord.schema.record import Record
from sheetrecord.schema.sheets import SHEETS
from template.messyrows import ASOF, messy_rows
from template.recalculate import recalculated

pytestmark = [pytest.mark.libreoffice, pytest.mark.slow]

DEALS = 260
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


def disagreements(book: Path, folder: Path) -> tuple[list[str], int]:
    """Return every derived cell on which the two do not agree, and how many were compared."""
    raw, parsed = read_record(book, today=ASOF)
    record = derive(parsed.record)
    theirs = openpyxl.load_workbook(recalculated(book, folder), data_only=True)
    found, compared = [], 0
    for key in SHEETS:
        place = parsed.layout.sheets[key]
        grid = list(theirs[place.title].iter_rows(values_only=True))
        for column in SHEETS[key].columns:
            if not column.formula:
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


@pytest.mark.parametrize(("seed", "language"), [(1, "en"), (2, "en"), (3, "es")])
def test_every_derived_cell_is_the_same_in_the_sheet_and_in_the_engine(
    tmp_path: Path, seed: int, language: str
) -> None:
    spec = Spec(language=language, asof=ASOF, rows=READY, seeded_deals=2, hourly_rate=97.5)
    book = tmp_path / "messy.xlsx"
    book.write_bytes(build(spec, messy_rows(seed, DEALS, language)))
    found, compared = disagreements(book, tmp_path)
    assert compared > DEALS * 100
    assert not found, f"{len(found)} of {compared}:\n" + "\n".join(found[:400])
