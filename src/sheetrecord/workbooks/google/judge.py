"""What came of a write: whether its rows were those that were meant, and what it displaced."""

from collections.abc import Iterator
from dataclasses import replace
from typing import NamedTuple

from sheetrecord.formats.stamp_names import SHEET
from sheetrecord.model.value import Cell, Formula
from sheetrecord.workbooks.google.journal import Row, TabNote, WriteNote
from sheetrecord.workbooks.google.model import Metadata, Spot, Spreadsheet, Tab
from sheetrecord.workbooks.google.values import said


class WriteVerdict(NamedTuple):
    """What came of a write.

    ``moved``: rows were elsewhere, so that it hit others than it meant. ``displaced`` are cells
    that said something else than what was read, by tab, row of before and column. ``unlike`` are
    cells that do not say what was written into them: the tab's title, row and column of now.
    """

    moved: bool
    displaced: dict[tuple[int, int, int], Cell]
    unlike: list[tuple[str, int, int]]


def judge(note: WriteNote, sheet: Spreadsheet) -> WriteVerdict:
    """Compare what a write noted with what it kept, and with what stands there now."""
    moved = False
    displaced: dict[tuple[int, int, int], Cell] = {}
    unlike: list[tuple[str, int, int]] = []
    for sheet_id, tab in note.tabs.items():
        now = sheet.by_id(sheet_id)
        unlike += _unlike(tab, now)
        image = image_of(note, sheet_id, sheet)
        if sheet_id in note.added or not tab.kept():
            continue
        if image is None or _moved(tab, image):
            moved = True
            continue
        displaced |= {(sheet_id, *spot): value for spot, value in _displaced(tab, image)}
    return WriteVerdict(moved, displaced, unlike)


def image_of(note: WriteNote, sheet_id: int, sheet: Spreadsheet) -> Tab | None:
    """Return the tab in which rows of another one are kept."""
    title = note.image_title(sheet_id)
    return next((tab for tab in sheet.aside if tab.title == title), None)


def _moved(tab: TabNote, image: Tab) -> bool:
    """Tell whether rows of another id were hit, or columns had been moved."""
    head, cells = tab.head
    if any(said(image.cells.get((head, c))) != said(v) for c, v in cells.items()):
        return True
    if any(
        said(image.cells.get((row, column))) != said(value)
        for row, (column, value) in tab.ids.items()
    ):
        return True
    return any(_typed(image.row(row)) != _typed(cells) for row, cells in tab.nameless.items())


def _typed(cells: Row) -> dict[int, object]:
    """Return what was typed into a row, so that it is known by that where it has no id."""
    return {c: said(v) for c, v in cells.items() if v is not None and not isinstance(v, Formula)}


def _displaced(tab: TabNote, image: Tab) -> Iterator[tuple[Spot, Cell]]:
    for row, cells in tab.before.items():
        found: Row = image.row(row) if row in tab.gone else {}
        for column in {*cells, *found}:
            value = image.cells.get((row, column))
            if said(value) != said(cells.get(column)) and column not in tab.broken.get(row, {}):
                yield (row, column), value


def _unlike(tab: TabNote, now: Tab | None) -> Iterator[tuple[str, int, int]]:
    places = tab.places()
    for row, cells in tab.after.items():
        for column, value in cells.items():
            found = now.cells.get((places[row], column)) if now else None
            if said(found) != said(value):
                yield tab.title, places[row], column


def displaced_save(note: WriteNote, verdict: WriteVerdict, sheet: Spreadsheet) -> Spreadsheet:
    """Return the spreadsheet as the save that was displaced had it, under its older stamp."""
    tabs = {tab.sheet_id: tab.copy() for tab in sheet.tabs}
    for (sheet_id, row, column), value in verdict.displaced.items():
        if sheet_id in tabs:
            place = _place(
                note.tabs[sheet_id], row, tabs[sheet_id], image_of(note, sheet_id, sheet)
            )
            _put(tabs[sheet_id], (place, column), value)
    metadata = dict(sheet.metadata)
    for key, value_before in note.properties.items():
        metadata.pop(key, None)
        if value_before is not None:
            metadata[key] = Metadata(0, value_before)
    for sheet_id, tab in list(tabs.items()):
        if tab.title == SHEET:
            _older_stamp(note, sheet_id, tabs)
    return replace(sheet, tabs=list(tabs.values()), metadata=metadata)


def _older_stamp(note: WriteNote, sheet_id: int, tabs: dict[int, Tab]) -> None:
    if sheet_id in note.added:
        del tabs[sheet_id]
    elif sheet_id in note.tabs:
        for row, cells in note.tabs[sheet_id].before.items():
            for column, value in cells.items():
                _put(tabs[sheet_id], (row, column), value)


def _place(note: TabNote, row: int, tab: Tab, image: Tab | None) -> int:
    """Return where a row of before stands now; one that was deleted comes last, whole."""
    column, ident = note.ids.get(row, (1, None))
    place = note.places().get(row, 0)
    if place and said(tab.cells.get((place, column))) == said(ident):
        return place
    wanted = said(ident)
    found = [r for (r, c), v in tab.cells.items() if c == column and said(v) == wanted]
    if ident is not None and len(found) == 1:
        return found[0]
    last = max((r for r, _ in tab.cells), default=0) + 1
    if place and row not in note.gone:
        return place
    for c, value in (image.row(row) if image else {}).items():
        tab.cells[last, c] = value
    tab.size = max(tab.size[0], last), tab.size[1]
    return last


def _put(tab: Tab, spot: Spot, value: Cell) -> None:
    tab.cells.pop(spot, None)
    if value is not None:
        tab.cells[spot] = value
