"""What a write of ours notes beside what it found: rows, what they said, what was put into them.

It stands in a hidden tab of the spreadsheet, written in the same batch, so that whatever becomes of
the program that wrote, the next one can tell what was displaced and take back what went wrong.
"""

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, Final

from sheetrecord.model.value import Cell, CellError, Formula
from sheetrecord.workbooks.google.draft import Draft, TouchedTab
from sheetrecord.workbooks.google.model import ASIDE, GridArea, Spreadsheet, Tab
from sheetrecord.workbooks.google.values import Json, entered, number_shown

Row = dict[int, Cell]
"""Cells by column."""

_CHUNK: Final = 40_000
"""Characters of a cell; Google takes 50,000."""
_VERSION: Final = 1


@dataclass
class TabNote:
    """What a write did to one tab; rows are those of before, negative numbers are new ones.

    ``order`` are all rows as they stand afterwards; ``head`` a row that tells what the columns
    are. ``ids`` say what a row is known by: a column, and what stood there. Rows in which nothing
    did are ``nameless``: they are known by all that was typed into them.
    """

    title: str
    order: list[int]
    head: tuple[int, Row] = (0, field(default_factory=dict))
    ids: dict[int, tuple[int, Cell]] = field(default_factory=dict)
    nameless: dict[int, Row] = field(default_factory=dict)
    before: dict[int, Row] = field(default_factory=dict)
    after: dict[int, Row] = field(default_factory=dict)
    broken: dict[int, Row] = field(default_factory=dict)
    gone: set[int] = field(default_factory=set)

    def places(self) -> dict[int, int]:
        """Return where each row stands afterwards."""
        return {row: place for place, row in enumerate(self.order, start=1)}

    def kept(self) -> list[int]:
        """Return the rows of before that the write keeps aside, in their order."""
        found = {*self.ids, self.head[0], *self.before, *self.broken, *self.gone}
        return sorted(row for row in found if row > 0)


@dataclass
class WriteNote:
    """What one write did; ``write`` tells it from every other, ``number`` is that of its fence."""

    number: int
    write: str
    tabs: dict[int, TabNote] = field(default_factory=dict)
    added: list[int] = field(default_factory=list)
    dropped: dict[int, str] = field(default_factory=dict)
    properties: dict[str, str | None] = field(default_factory=dict)
    withdraws: int = 0
    """The number of the write that this one took back; 0 for one of its own."""
    names: dict[str, GridArea | None] = field(default_factory=dict)
    """Names that came or went, each with where it was."""
    series: str = ""
    """What all parts of a change have in common that was too large for one write."""
    ends: bool = True
    """Whether this is the last part of its series."""

    @property
    def title(self) -> str:
        """What the tab is called in which this note stands."""
        return f"{ASIDE}_{self.number}"

    def image_title(self, sheet_id: int) -> str:
        """Return what the tab is called in which rows of another one are kept."""
        return f"{self.title}_{sheet_id}"


def note_of(
    draft: Draft, number: int, write: str, ids: Mapping[int, tuple[int, int]], withdraws: int = 0
) -> WriteNote:
    """Return the note of a change; ``ids`` are the header row and the id column by tab."""
    found = WriteNote(number, write, added=list(draft.added), withdraws=withdraws)
    found.dropped = dict(draft.dropped)
    before, after = (
        {key: one.value for key, one in sheet.metadata.items()}
        for sheet in (draft.start, draft.after)
    )
    found.properties = {
        key: before.get(key)
        for key in sorted({*before, *after})
        if before.get(key) != after.get(key)
    }
    areas, areas_after = draft.start.names, draft.after.names
    found.names = {
        name: areas[name].area if name in areas else None
        for name in sorted(areas.keys() ^ areas_after.keys())
    }
    for sheet_id in sorted(draft.touched.keys() - draft.dropped.keys()):
        note = _tab_note(draft, sheet_id, ids.get(sheet_id, (1, 1)))
        if note is not None:
            found.tabs[sheet_id] = note
    return found


def _tab_note(draft: Draft, sheet_id: int, ids: tuple[int, int]) -> TabNote | None:
    now, touched = draft.after.by_id(sheet_id), draft.touched[sheet_id]
    if now is None or not touched.any:
        return None
    note = TabNote(now.title, list(touched.rows), (0, {}), gone=set(touched.gone))
    _note_written(note, touched, now)
    before = draft.start.by_id(sheet_id)
    if before is not None:
        _note_before(note, touched, before, ids)
    return note


def _note_written(note: TabNote, touched: TouchedTab, now: Tab) -> None:
    """Note what cells say that were written, and formulas that lost what they refer to."""
    for row, place in note.places().items():
        columns = touched.written.get(row, set())
        if columns:
            note.after[row] = {c: now.cells.get((place, c)) for c in sorted(columns)}
        if lost := touched.broken.get(row, set()) - columns:
            note.broken[row] = {c: now.cells.get((place, c)) for c in sorted(lost)}


def _note_before(note: TabNote, touched: TouchedTab, before: Tab, ids: tuple[int, int]) -> None:
    """Note what the same cells said before, and by what their rows are known."""
    head, column = ids
    note.before = {
        row: {c: before.cells.get((row, c)) for c in sorted(columns)}
        for row, columns in _columns(note, before).items()
    }
    anchors = {row for row in touched.anchors if 0 < row <= before.size[0]}
    for row in {*note.before, *anchors}:
        note.ids[row] = column, before.cells.get((row, column))
        if note.ids[row][1] is None:
            note.nameless[row] = _typed(before.row(row))
    if head <= before.size[0]:
        free = {c: v for c, v in before.row(head).items() if c not in note.after.get(head, {})}
        note.head = head, _typed(free)


def _typed(cells: Row) -> Row:
    return {column: v for column, v in cells.items() if not isinstance(v, Formula)}


def _columns(note: TabNote, before: Tab) -> dict[int, set[int]]:
    """Return the columns by row that are written, break or go."""
    found = {row: set(before.row(row)) for row in note.gone}
    for several in (note.after, note.broken):
        for row, cells in several.items():
            if row > 0:
                found.setdefault(row, set()).update(cells)
    return found


def lines_of(note: WriteNote) -> list[str]:
    """Return a note as the texts of cells, one below the other."""
    told: Json = {
        "version": _VERSION,
        "number": note.number,
        "write": note.write,
        "added": note.added,
        "dropped": list(note.dropped.items()),
        "properties": note.properties,
        "withdraws": note.withdraws,
        "names": note.names,
        "series": note.series,
        "ends": note.ends,
        "tabs": [[sheet_id, _told(tab)] for sheet_id, tab in note.tabs.items()],
    }
    text = json.dumps(told, ensure_ascii=False, separators=(",", ":"))
    return [text[at : at + _CHUNK] for at in range(0, len(text), _CHUNK)]


def notes_in(sheet: Spreadsheet) -> list[WriteNote]:
    """Return the notes that stand in a spreadsheet, the oldest first."""
    found = (_note(tab) for tab in sheet.aside if tab.title.removeprefix(f"{ASIDE}_").isdecimal())
    return sorted((one for one in found if one is not None), key=lambda one: one.number)


def _note(tab: Tab) -> WriteNote | None:
    """Return the note in a tab; None when it is no longer one: somebody typed into it."""
    text = "".join(str(tab.cells.get((row, 1), "")) for row in range(1, tab.size[0] + 1))
    try:
        told = json.loads(text)
        note = WriteNote(
            int(told["number"]),
            str(told["write"]),
            {int(sheet_id): _read(one) for sheet_id, one in told["tabs"]},
            [int(one) for one in told["added"]],
            {int(sheet_id): str(title) for sheet_id, title in told["dropped"]},
            dict(told["properties"]),
            int(told["withdraws"]),
            {name: GridArea(*area) if area else None for name, area in told["names"].items()},
            str(told["series"]),
            bool(told["ends"]),
        )
    except (ValueError, KeyError, TypeError, AttributeError):
        return None
    return note if note.title == tab.title else None


def _told(tab: TabNote) -> Json:
    return {
        "title": tab.title,
        "order": list(_runs(tab.order)),
        "head": [tab.head[0], _row(tab.head[1])],
        "ids": [[row, column, cell_told(value)] for row, (column, value) in tab.ids.items()],
        "nameless": _rows(tab.nameless),
        "before": _rows(tab.before),
        "after": _rows(tab.after),
        "broken": _rows(tab.broken),
        "gone": sorted(tab.gone),
    }


def _read(told: Mapping[str, Any]) -> TabNote:
    return TabNote(
        str(told["title"]),
        [row for start, count, by in told["order"] for row in _run(start, count, by)],
        (int(told["head"][0]), _row_read(told["head"][1])),
        {int(row): (int(column), cell_untold(value)) for row, column, value in told["ids"]},
        _rows_read(told["nameless"]),
        _rows_read(told["before"]),
        _rows_read(told["after"]),
        _rows_read(told["broken"]),
        {int(row) for row in told["gone"]},
    )


def _runs(order: Iterable[int]) -> Iterator[tuple[int, int, int]]:
    """Yield stretches of rows: the first, how many, and by how much each differs from the last."""
    start, count, by = 0, 0, 1
    for row in order:
        if count and row == start + count * by and (row > 0) == (start > 0):
            count += 1
            continue
        if count:
            yield start, count, by
        start, count, by = row, 1, 1 if row > 0 else -1
    if count:
        yield start, count, by


def _run(start: int, count: int, by: int) -> range:
    return range(start, start + count * by, by)


def _rows(rows: Mapping[int, Row]) -> list[Any]:
    return [[row, _row(cells)] for row, cells in rows.items()]


def _rows_read(told: Iterable[Any]) -> dict[int, Row]:
    return {int(row): _row_read(cells) for row, cells in told}


def _row(cells: Row) -> list[Any]:
    return [[column, cell_told(value)] for column, value in cells.items()]


def _row_read(told: Iterable[Any]) -> Row:
    return {int(column): cell_untold(value) for column, value in told}


def cell_told(value: Cell) -> Any:
    """Return a cell for a note: what was typed, without how it is shown."""
    if isinstance(value, CellError):
        return {"errorValue": value.code}
    return entered(value) or None


def cell_untold(told: Mapping[str, Any] | None) -> Cell:
    """Return the cell of a note."""
    if not told:
        return None
    [(kind, value)] = told.items()
    if kind == "formulaValue":
        return Formula(str(value).removeprefix("="))
    if kind == "numberValue":
        return number_shown(value, "")
    return CellError(str(value)) if kind == "errorValue" else value
