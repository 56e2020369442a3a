"""A change of a spreadsheet, drawn up: what it will say, and the requests that let it.

Edits apply in their order, each to what the ones before it left. Beside the requests a draft knows
of every row that it touches which row of the reading it was, so that a write can keep it first and
look at it afterwards.
"""

import secrets
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace

from sheetrecord.model.cell_edits import (
    AddSheet,
    DropRows,
    DropSheet,
    Edit,
    PutCell,
    PutChoices,
    PutColumn,
    PutName,
    PutNote,
    PutProperty,
    PutRows,
)
from sheetrecord.model.errors import CannotPatch
from sheetrecord.model.value import Cell, Formula
from sheetrecord.workbooks.google import naming, ranges
from sheetrecord.workbooks.google.dress import dressed
from sheetrecord.workbooks.google.model import GridArea, Spreadsheet, Tab
from sheetrecord.workbooks.google.moving import grow, move_rows
from sheetrecord.workbooks.google.puts import WaitingCells, number_format
from sheetrecord.workbooks.google.values import DAYS, Json, entered, kind_for
from sheetrecord.xlsx import Refused
from sheetrecord.xlsx.formula.row_moves import Delete, Insert
from sheetrecord.xlsx.formula.tokens import translate


@dataclass
class TouchedTab:
    """Which rows of a tab were which: ``rows`` by present place, negative numbers for new ones.

    ``written`` are the columns that were written by row; ``gone`` the rows that were deleted.
    """

    rows: list[int]
    written: dict[int, set[int]] = field(default_factory=dict)
    broken: dict[int, set[int]] = field(default_factory=dict)
    """Cells whose formulas lost what they refer to, by row."""
    gone: set[int] = field(default_factory=set)
    anchors: set[int] = field(default_factory=set)
    """Rows that nothing is written into, but below which something is."""

    @property
    def any(self) -> bool:
        """Whether anything was done to the tab."""
        return bool(self.written or self.broken or self.gone or self.anchors)


class Draft:
    """Draws up a change; ``after`` is what the spreadsheet will say, ``requests`` what is sent."""

    def __init__(self, start: Spreadsheet) -> None:
        self.start = start
        self.after = replace(
            start,
            tabs=list(start.tabs),
            names=dict(start.names),
            metadata=dict(start.metadata),
            idle=dict(start.idle),
        )
        self.requests: list[Json] = []
        self.grown: list[Json] = []
        """Requests that make tabs large enough; they go before anything is kept."""
        self.touched: dict[int, TouchedTab] = {}
        self.added: list[int] = []
        self.dropped: dict[int, str] = {}
        """The titles of tabs that go, by their ids."""
        self.choices: list[PutChoices] = []
        self._waiting = WaitingCells()
        self._new = 0

    def apply(self, edits: Iterable[Edit]) -> "Draft":
        """Carry out edits. Raises CannotPatch with the reason why one cannot be."""
        try:
            for edit in edits:
                self._apply(edit)
        except Refused as refused:
            raise CannotPatch(self.start.address, str(refused)) from refused
        self.flush()
        return self

    def flush(self) -> None:
        """Let cells that wait be written before what comes next."""
        self.requests += self._waiting.requests()

    def _apply(self, edit: Edit) -> None:
        match edit:
            case PutCell():
                self._put(edit)
            case PutNote():
                self._note(edit)
            case PutRows():
                self._put_rows(edit)
            case DropRows():
                self._drop_rows(edit)
            case PutProperty():
                self.requests += naming.put_property(self.after, edit)
            case PutName():
                self.flush()
                self.requests += naming.put_name(self.after, edit, self.tab)
            case _:
                self._apply_to_tab(edit)

    def _apply_to_tab(self, edit: AddSheet | DropSheet | PutColumn | PutChoices) -> None:
        match edit:
            case AddSheet():
                self._add(edit)
            case DropSheet():
                self._drop(edit.name)
            case PutColumn():
                self._column(edit)
            case PutChoices():
                self.choices.append(edit)

    def tab(self, title: str) -> Tab:
        """Return a tab that may be changed. Raises CannotPatch when there is none."""
        for number, one in enumerate(self.after.tabs):
            if one.title == title:
                if one.sheet_id not in self.touched:
                    self.after.tabs[number] = one.copy()
                    self.touched[one.sheet_id] = TouchedTab(list(range(1, one.size[0] + 1)))
                return self.after.tabs[number]
        raise CannotPatch(self.start.address, f"there is no sheet {title}.")

    def _put(self, edit: PutCell) -> None:
        tab = self.tab(edit.sheet)
        spot = edit.row, edit.column
        self._reach(tab, *spot)
        if edit.like:
            source, target = (GridArea(tab.sheet_id, *s, *s) for s in (edit.like, spot))
            paste = ranges.paste(
                ranges.grid_range(source), ranges.grid_range(target), "PASTE_FORMAT"
            )
            self.requests.append(paste)
            tab.kinds.pop(spot, None)
            if edit.like in tab.kinds:
                tab.kinds[spot] = tab.kinds[edit.like]
        self.cell(tab, spot, edit.value, edit.form)

    def cell(self, tab: Tab, spot: tuple[int, int], value: Cell, form: str | None = None) -> None:
        """Let a cell be written, and given a format when its value needs one."""
        try:
            said = entered(value)
            data: Json = {"userEnteredValue": said} if said else {}  # left out, it is emptied
        except ValueError as error:
            why = f"the error value {error} cannot be written into {tab.title}."
            raise CannotPatch(self.start.address, why) from error
        fields = "userEnteredValue"
        kind = kind_for(value)
        if kind and tab.kinds.get(spot) not in DAYS:
            data["userEnteredFormat"] = {"numberFormat": number_format(kind, form)}
            fields += ",userEnteredFormat.numberFormat"
            tab.kinds[spot] = kind
        self._waiting.put(tab.sheet_id, spot, fields, data)
        self._mark(tab, spot)
        tab.cells.pop(spot, None)
        if value is not None and value != "":
            tab.cells[spot] = Formula(value.text) if isinstance(value, Formula) else value

    def _note(self, edit: PutNote) -> None:
        tab = self.tab(edit.sheet)
        spot = edit.row, edit.column
        self._reach(tab, *spot)
        self._waiting.put(tab.sheet_id, spot, "note", {"note": edit.text} if edit.text else {})
        tab.notes.pop(spot, None)
        if edit.text:
            tab.notes[spot] = edit.text

    def _mark(self, tab: Tab, spot: tuple[int, int]) -> None:
        touched = self.touched[tab.sheet_id]
        touched.written.setdefault(touched.rows[spot[0] - 1], set()).add(spot[1])

    def _reach(self, tab: Tab, row: int, column: int) -> None:
        """Make a tab large enough for a cell."""
        height, width = tab.size
        for dimension, wanted, has in (("ROWS", row, height), ("COLUMNS", column, width)):
            if wanted > has:
                what = {"sheetId": tab.sheet_id, "dimension": dimension, "length": wanted - has}
                request: Json = {"appendDimension": what}
                new = tab.sheet_id in self.added
                (self.requests if new else self.grown).append(request)
        rows = self.touched[tab.sheet_id].rows
        rows.extend(
            range(len(rows) + 1, row + 1) if not self._moved(tab) else self._fresh(row - len(rows))
        )
        tab.size = max(row, height), max(column, width)

    def _moved(self, tab: Tab) -> bool:
        rows = self.touched[tab.sheet_id].rows
        return bool(rows) and rows[-1] != len(rows)

    def _fresh(self, count: int) -> Iterator[int]:
        for _ in range(count):
            self._new -= 1
            yield self._new

    def _put_rows(self, edit: PutRows) -> None:
        if not edit.rows:
            return
        tab, count = self.tab(edit.sheet), len(edit.rows)
        width = max((column for row in edit.rows for column in row), default=1)
        first, model = edit.after_row + 1, edit.after_row
        self.flush()
        if edit.after_row >= tab.size[0]:
            self._reach(tab, edit.after_row + count, width)
        else:
            self._reach(tab, 1, width)
            self._insert(tab, first, count)
        if model:
            self._like(tab, model, first, count)
        self._grow(tab, model, count)
        for by, values in enumerate(edit.rows, start=1):
            for column, value in sorted({**_filled_down(tab, model, by), **values}.items()):
                if value is not None:
                    self.cell(tab, (model + by, column), value)

    def _insert(self, tab: Tab, first: int, count: int) -> None:
        """Insert rows, and let everything follow."""
        touched = self.touched[tab.sheet_id]
        if first > 1:
            touched.anchors.add(touched.rows[first - 2])
        where = ranges.rows(tab.sheet_id, first, first + count - 1)
        self.requests.append({"insertDimension": {"range": where, "inheritFromBefore": first > 1}})
        self._all_tabs()
        move_rows(self.after, tab, Insert(first, count))
        touched.rows[first - 1 : first - 1] = self._fresh(count)

    def _like(self, tab: Tab, model: int, first: int, count: int) -> None:
        """Let new rows look and ask as the row above them."""
        source = ranges.whole_rows(tab.sheet_id, model, model)
        target = ranges.whole_rows(tab.sheet_id, first, first + count - 1)
        for kind in ("PASTE_FORMAT", "PASTE_DATA_VALIDATION"):
            self.requests.append(ranges.paste(source, target, kind))
        for (row, column), kind in list(tab.kinds.items()):
            if row == model:
                tab.kinds.update(((first + by, column), kind) for by in range(count))

    def _grow(self, tab: Tab, last: int, count: int) -> None:
        """Let ranges that ended above new rows take them in."""
        self._all_tabs()
        before = {one.title: dict(one.cells) for one in self.after.tabs}
        titles, names = grow(self.after, tab, last, count)
        for title in sorted(titles):
            one = self.tab(title)
            for spot in sorted(one.cells):
                if one.cells[spot] != before[title].get(spot):
                    self.cell(one, spot, one.cells[spot])
        for name in sorted(names):
            self.requests.append(naming.moved_name(name, self.after.names[name]))

    def _all_tabs(self) -> None:
        """Make every tab one that may be changed: formulas follow wherever they are."""
        for number, one in enumerate(self.after.tabs):
            if one.sheet_id not in self.touched:
                self.after.tabs[number] = one.copy()
                self.touched[one.sheet_id] = TouchedTab(list(range(1, one.size[0] + 1)))

    def _drop_rows(self, edit: DropRows) -> None:
        tab = self.tab(edit.sheet)
        first, last = edit.first_row, min(edit.first_row + edit.number - 1, tab.size[0])
        if first > last:
            return
        self.flush()
        touched = self.touched[tab.sheet_id]
        going = touched.rows[first - 1 : last]
        touched.gone |= {row for row in going if row > 0}
        for row in going:
            touched.written.pop(row, None)
        self.requests.append({"deleteDimension": {"range": ranges.rows(tab.sheet_id, first, last)}})
        self._all_tabs()
        del touched.rows[first - 1 : last]
        whole = _lost(self.after)
        move_rows(self.after, tab, Delete(first, last - first + 1))
        self._broken(whole)

    def _broken(self, before: Mapping[int, int]) -> None:
        """Note which formulas lost what they refer to, so that they can be put back."""
        for one in self.after.tabs:
            for spot, value in one.cells.items():
                if (
                    isinstance(value, Formula)
                    and "#REF!" in value.text
                    and not before.get(id(value))
                ):
                    touched = self.touched[one.sheet_id]
                    touched.broken.setdefault(touched.rows[spot[0] - 1], set()).add(spot[1])

    def _add(self, edit: AddSheet) -> None:
        if any(tab.title.lower() == edit.name.lower() for tab in self.after.tabs):
            raise CannotPatch(self.start.address, f"there is a sheet {edit.name} already.")
        self.flush()
        sheet_id = secrets.randbelow(2**30) + 2**29
        tab, requests = dressed(edit, sheet_id)
        self.after.tabs.append(tab)
        self.added.append(sheet_id)
        self.touched[sheet_id] = TouchedTab(list(range(1, tab.size[0] + 1)))
        self.requests += requests
        for row, values in enumerate(edit.rows, start=1):
            for column, value in enumerate(values, start=1):
                if value is not None and value != "":
                    self.cell(tab, (row, column), value)
        self.flush()

    def _drop(self, title: str) -> None:
        tab = self.tab(title)
        self.flush()
        self.after.tabs.remove(tab)
        if tab.sheet_id in self.added:
            self.requests.append({"deleteSheet": {"sheetId": tab.sheet_id}})
            self.added.remove(tab.sheet_id)
        else:
            self.dropped[tab.sheet_id] = title
            self.requests.append({"rename": tab.sheet_id})  # `batch` says what it is called then
        for name in [n for n, one in self.after.names.items() if one.area.sheet_id == tab.sheet_id]:
            self.after.idle[name] = self.after.names.pop(name).id

    def _column(self, edit: PutColumn) -> None:
        tab = self.tab(edit.sheet)
        self._reach(tab, 1, max(edit.column, edit.like))
        self.flush()
        self.requests += naming.put_column(tab, edit)


def _filled_down(tab: Tab, row: int, by: int) -> dict[int, Cell]:
    """Return a row's formulas as they are some rows further down."""
    return {
        column: Formula(translate(value.text, by, 0))
        for column, value in tab.row(row).items()
        if isinstance(value, Formula)
    }


def _lost(sheet: Spreadsheet) -> dict[int, int]:
    """Return the formulas that had lost what they refer to before, by identity."""
    return {
        id(value): 1
        for one in sheet.tabs
        for value in one.cells.values()
        if isinstance(value, Formula) and "#REF!" in value.text
    }
