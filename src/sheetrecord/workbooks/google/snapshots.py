"""A spreadsheet kept as bytes, and the edits that let it be so again."""

import json
from collections.abc import Iterator
from typing import Any

from sheetrecord.model.book import Range
from sheetrecord.model.cell_edits import (
    AddSheet,
    DropSheet,
    Edit,
    PutCell,
    PutName,
    PutNote,
    PutProperty,
)
from sheetrecord.model.errors import CannotRead
from sheetrecord.model.value import Cell
from sheetrecord.workbooks.google.journal import cell_told, cell_untold
from sheetrecord.workbooks.google.model import (
    TEXT_NAME,
    GridArea,
    Metadata,
    NamedArea,
    Spreadsheet,
    Tab,
)
from sheetrecord.workbooks.google.values import said


def packed(sheet: Spreadsheet) -> bytes:
    """Return what a spreadsheet says as bytes."""
    told = {
        "tabs": [_told(tab) for tab in sheet.tabs],
        "names": {name: list(one.area) for name, one in sheet.names.items()},
        "metadata": {key: one.value for key, one in sheet.metadata.items()},
    }
    return json.dumps(told, ensure_ascii=False, separators=(",", ":")).encode()


def _told(tab: Tab) -> Any:
    cells = [[*spot, cell_told(value)] for spot, value in sorted(tab.cells.items())]
    notes = [[*spot, text] for spot, text in sorted(tab.notes.items())]
    return [tab.sheet_id, tab.title, tab.hidden, list(tab.size), cells, notes]


def unpacked(image: bytes, address: str) -> Spreadsheet:
    """Return the spreadsheet of bytes. Raises CannotRead for bytes that are none."""
    try:
        told = json.loads(image)
        sheet = Spreadsheet(address, [_tab(one) for one in told["tabs"]])
        sheet.names = {n: NamedArea("", GridArea(*area)) for n, area in told["names"].items()}
        sheet.metadata = {key: Metadata(0, value) for key, value in told["metadata"].items()}
    except (ValueError, KeyError, TypeError) as error:
        why, do = "what was kept of it is damaged.", "Use Version history in Google Sheets."
        raise CannotRead(address, why, do, "damaged") from error
    return sheet


def _tab(told: Any) -> Tab:
    sheet_id, title, hidden, size, cells, notes = told
    tab = Tab(int(sheet_id), str(title), (int(size[0]), int(size[1])), hidden=bool(hidden))
    tab.cells = {(row, column): cell_untold(value) for row, column, value in cells}
    tab.notes = {(row, column): str(text) for row, column, text in notes}
    return tab


def differences(now: Spreadsheet, then: Spreadsheet) -> list[Edit]:
    """Return the edits that let a spreadsheet say what it said."""
    return list(_differences(now, then))


def _differences(now: Spreadsheet, then: Spreadsheet) -> Iterator[Edit]:
    for tab in now.tabs:
        if then.tab(tab.title) is None:
            yield DropSheet(tab.title)
    for tab in then.tabs:
        present = now.tab(tab.title)
        if present is None:
            yield AddSheet(tab.title, _rows(tab), hidden=tab.hidden)
            continue
        yield from _cells(tab.title, present, tab)
    for key in sorted({*now.metadata, *then.metadata}):
        was = then.metadata.get(key)
        if key.startswith(TEXT_NAME) or (was and was.value) == _value(now, key):
            continue
        yield PutProperty(key, was.value if was else None)
    yield from _names(now, then)


def _value(sheet: Spreadsheet, key: str) -> str | None:
    return sheet.metadata[key].value if key in sheet.metadata else None


def _cells(title: str, now: Tab, then: Tab) -> Iterator[Edit]:
    for spot in sorted({*now.cells, *then.cells}):
        if said(now.cells.get(spot)) != said(then.cells.get(spot)):
            yield PutCell(title, *spot, _writable(then.cells.get(spot)))
    for spot in sorted({*now.notes, *then.notes}):
        if now.notes.get(spot) != then.notes.get(spot):
            yield PutNote(title, *spot, then.notes.get(spot, ""))


def _writable(value: Cell) -> Any:
    return value


def _rows(tab: Tab) -> list[list[Any]]:
    height = max((row for row, _ in tab.cells), default=1)
    width = max((column for _, column in tab.cells), default=1)
    return [[tab.cells.get((r, c)) for c in range(1, width + 1)] for r in range(1, height + 1)]


def _names(now: Spreadsheet, then: Spreadsheet) -> Iterator[Edit]:
    titles = {tab.sheet_id: tab.title for tab in then.tabs}
    here = {tab.sheet_id: tab.title for tab in now.tabs}
    for name in sorted({*now.names, *then.names}):
        was, present = then.names.get(name), now.names.get(name)
        if was is None:
            yield PutName(name, None)
        elif present is None or _at(present, here) != _at(was, titles):
            yield PutName(name, Range(*_at(was, titles)))
    texts = {key for key in (*now.metadata, *then.metadata) if key.startswith(TEXT_NAME)}
    for key in sorted(texts):
        if _value(now, key) != _value(then, key):
            yield PutName(key.removeprefix(TEXT_NAME), _value(then, key))


def _at(one: NamedArea, titles: dict[int, str]) -> tuple[str, int, int, int, int]:
    _, top, left, bottom, right = one.area
    return titles.get(one.area.sheet_id, ""), top, left, bottom, right
