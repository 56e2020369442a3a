"""A workbook on disk: take it, mend it or mark it, and look at what became of its cells."""

import io
import random
import zipfile
from pathlib import Path
from typing import Any

from messy import firm
from sheetrecord.app.annotate import annotate
from sheetrecord.app.autofix import mend
from sheetrecord.app.rewrite import CheckScope, RewrittenBook, take
from sheetrecord.core.autofix import HeaderFix
from sheetrecord.formats.template.values import RawCell
from sheetrecord.model.problem import Severity
from sheetrecord.xlsx import open_workbook

ASKED = CheckScope(firm.ASOF)


def on_disk(tmp_path: Path, data: bytes, name: str = "firm.xlsx") -> Path:
    path = tmp_path / name
    path.write_bytes(data)
    return path


def fixed(path: Path, asked: CheckScope = ASKED) -> tuple[RewrittenBook, tuple[HeaderFix, ...]]:
    return mend(take(str(path), asked), random.Random(7))


def marked(path: Path, asked: CheckScope = ASKED) -> RewrittenBook:
    return annotate(take(str(path), asked), least=Severity.WARNING)[0]


def cleaned(path: Path) -> RewrittenBook:
    return annotate(take(str(path), ASKED), least=None)[0]


def cells(data: bytes, *, cached: bool = True) -> dict[str, Any]:
    """Return every cell of a workbook by its address, formulas with or without their results."""
    workbook = open_workbook(data)
    found = {}
    for sheet in workbook.sheets:
        if sheet.kind != "worksheet":
            continue
        grid = workbook.grid(sheet.name)
        for number in grid.columns:
            held = grid.column(number)
            for row, value in zip(held.rows, held.values, strict=True):
                text = getattr(value, "text", None)
                plain = value if cached or text is None else f"={text}"
                found[f"{sheet.name}!{row}.{number}"] = plain
    return found


def notes(data: bytes) -> dict[str, str]:
    workbook = open_workbook(data)
    return {
        f"{sheet.name}!{ref}": text
        for sheet in workbook.sheets
        if sheet.kind == "worksheet"
        for ref, text in workbook.grid(sheet.name).notes.items()
    }


def parts(data: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(data)) as file:
        return {name: file.read(name) for name in file.namelist()}


def touched(before: bytes, after: bytes) -> set[str]:
    """Return the parts that differ between two workbooks."""
    one, two = parts(before), parts(after)
    return {name for name in one.keys() | two.keys() if one.get(name) != two.get(name)}


def rows_with(sheet: str, **typed: Any) -> dict[str, list[dict[str, Any]]]:
    """Return the firm's rows, the first of a sheet with these cells as they were typed."""
    rows = {key: [dict(row) for row in found] for key, found in firm.ROWS.items()}
    rows[sheet][0] |= {key: RawCell(value) for key, value in typed.items()}
    return rows
