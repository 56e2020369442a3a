"""Take a write back: what it put where it should not have, as far as it still stands there."""

from collections.abc import Iterator, Sequence

from sheetrecord.model.book import Range
from sheetrecord.model.cell_edits import (
    DropRows,
    DropSheet,
    Edit,
    PutCell,
    PutName,
    PutProperty,
    PutRows,
)
from sheetrecord.model.value import Cell
from sheetrecord.workbooks.google.batch import runs
from sheetrecord.workbooks.google.draft import Draft
from sheetrecord.workbooks.google.journal import TabNote, WriteNote
from sheetrecord.workbooks.google.judge import image_of
from sheetrecord.workbooks.google.model import Spreadsheet, Tab
from sheetrecord.workbooks.google.values import Json, said


def withdrawal(note: WriteNote, sheet: Spreadsheet) -> Draft:
    """Return the change that takes a write back from what stands there now."""
    draft = Draft(sheet)
    titles = {tab.sheet_id: tab.title for tab in sheet.tabs}
    for sheet_id in note.added:
        if sheet_id in titles:
            draft.apply([DropSheet(titles[sheet_id])])
    for sheet_id, tab in note.tabs.items():
        now = sheet.by_id(sheet_id)
        if sheet_id not in note.added and sheet_id in titles and now is not None:
            draft.apply(_edits(tab, now, image_of(note, sheet_id, sheet)))
    for key, value in note.properties.items():
        draft.apply([PutProperty(key, value)])
    for name, area in note.names.items():
        if area is None:
            draft.apply([PutName(name, None)])
        elif area.sheet_id in titles and name not in sheet.names:
            draft.apply([PutName(name, Range(titles[area.sheet_id], *area[1:]))])
    return draft


def tabs_back(note: WriteNote, sheet: Spreadsheet) -> Iterator[Json]:
    """Yield the requests that give tabs which went their names again."""
    for sheet_id, title in note.dropped.items():
        if sheet.by_id(sheet_id) is not None and sheet.tab(title) is None:
            told = {"sheetId": sheet_id, "title": title, "hidden": False}
            yield {"updateSheetProperties": {"properties": told, "fields": "title,hidden"}}


def _edits(note: TabNote, now: Tab, image: Tab | None) -> Iterator[Edit]:
    places, was = note.places(), _Before(note, now, image)
    for written in (note.after, note.broken):
        for row, cells in written.items():
            if row < 0:
                continue
            for column, value in cells.items():
                if said(now.cells.get((places[row], column))) == said(value):
                    yield PutCell(now.title, places[row], column, was.row(row).get(column))
    yield from _rows_back(note, now, was)


def _rows_back(note: TabNote, now: Tab, was: "_Before") -> Iterator[Edit]:
    """Yield the edits that delete rows that were new, and put back those that went."""
    new = [place for place, row in enumerate(note.order, start=1) if row < 0]
    typed = _typed_beside(note, now, new)
    ours = [place for place in new if place not in typed and _ours(note, now, place)]
    for top, bottom in reversed(list(runs(ours))):
        yield DropRows(now.title, top, bottom - top + 1)
    for top, bottom in runs(sorted(note.gone)):
        yield PutRows(now.title, top - 1, [was.row(row) for row in range(top, bottom + 1)])


def _typed_beside(note: TabNote, now: Tab, places: Sequence[int]) -> set[int]:
    """Return those of the rows that were new in which somebody typed what nobody had written.

    A formula that a spreadsheet filled down by itself is not typed.
    """
    rows = {place: note.after.get(note.order[place - 1], {}) for place in places}
    return {
        row
        for (row, column), value in now.cells.items()
        if row in rows and column not in rows[row] and said(value)[0] not in {"", "="}
    }


def _ours(note: TabNote, now: Tab, place: int) -> bool:
    """Tell whether a row that was new still says only what was written into it."""
    written = note.after.get(note.order[place - 1], {})
    return all(said(now.cells.get((place, c))) == said(v) for c, v in written.items())


class _Before:
    """What rows said before a write: as they were kept, else as they were read.

    A row that was kept as blank was blank if what had been read there is elsewhere by now. If it
    is nowhere, it was cleared or not copied; then what was read is put back: nothing is lost.
    """

    def __init__(self, note: TabNote, now: Tab, image: Tab | None) -> None:
        self._note, self._now, self._image = note, now, image

    def row(self, number: int) -> dict[int, Cell]:
        """Return a row's cells by column."""
        kept = self._image.row(number) if self._image else {}
        if kept or self._elsewhere(number):
            return kept
        read = self._note.before.get(number, {})
        return {column: value for column, value in read.items() if value is not None}

    def _elsewhere(self, number: int) -> bool:
        column, ident = self._note.ids.get(number, (0, None))
        own = self._note.places().get(number, 0)
        wanted = said(ident)
        return ident is not None and any(
            c == column and row != own and said(value) == wanted
            for (row, c), value in self._now.cells.items()
        )
