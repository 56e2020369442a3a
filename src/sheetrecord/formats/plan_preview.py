"""A plan for people: each cell with its address, present value, new value and why.

The reasons are in the language of the workbook.
"""

from collections.abc import Iterator
from typing import NamedTuple

from sheetrecord.core.edit_reasons import reason_in
from sheetrecord.formats.edit_locations import Placer
from sheetrecord.model.book import Book
from sheetrecord.model.edit import AddRow, At, Plan, RemoveRow, SetValue
from sheetrecord.model.problem import Where
from sheetrecord.model.value import Cell
from sheetrecord.schema.read.layout import RecordLayout
from sheetrecord.schema.sheets import SHEETS


class CellPreview(NamedTuple):
    """One cell of a plan; ``new_row`` tells that the whole row is new."""

    where: Where
    header: str
    old: Cell
    new: Cell
    why: str
    new_row: bool = False


def preview(plan: Plan, book: Book, layout: RecordLayout) -> list[CellPreview]:
    """Return the cells that a plan changes, sheet by sheet, new rows last.

    Raises ChangedElsewhere like `edit_locations.place`.
    """
    shower = _Shower(book, layout)
    found = [shower.cell(edit) for edit in plan if isinstance(edit, SetValue)]
    for sheet in SHEETS:
        added = [edit for edit in plan if isinstance(edit, AddRow) and edit.sheet == sheet]
        numbers = shower.placer.landing(sheet, len(added)) if added else []
        for row, edit in zip(numbers, added, strict=True):
            found += shower.row(edit, row)
    found += [shower.removed(edit) for edit in plan if isinstance(edit, RemoveRow)]
    order = list(SHEETS)
    titles = {place.title: order.index(key) for key, place in layout.sheets.items()}

    def place(change: CellPreview) -> tuple[int, bool, int, int]:
        where = change.where
        rank = titles.get(where.sheet, len(order))
        return rank, change.new_row, where.row, where.column

    return sorted(found, key=place)


class _Shower:
    """Looks up what stands where."""

    def __init__(self, book: Book, layout: RecordLayout) -> None:
        self.book, self.layout = book, layout
        self.placer = Placer(book, layout)

    def cell(self, edit: SetValue) -> CellPreview:
        row = self.placer.row_of(edit.at)
        where = self.layout.where(edit.at.sheet, row, edit.at.key, edit.at.row_id)
        old = self._held(where.sheet, row, where.column)
        return CellPreview(where, self._header(edit.at), old, edit.value, self._why(edit.why))

    def row(self, edit: AddRow, row: int) -> Iterator[CellPreview]:
        id_key, why = SHEETS[edit.sheet].columns[0].key, self._why(edit.why)
        for key, value in {id_key: edit.row_id, **edit.cells}.items():
            where = self.layout.where(edit.sheet, row, key, edit.row_id)
            if where.column:
                at = At(edit.sheet, edit.row_id, key)
                yield CellPreview(where, self._header(at), None, value, why, new_row=True)

    def removed(self, edit: RemoveRow) -> CellPreview:
        at = At(edit.sheet, edit.row_id, SHEETS[edit.sheet].columns[0].key)
        row = self.placer.row_of(at)
        where = self.layout.where(edit.sheet, row, "", edit.row_id)
        return CellPreview(where, self._header(at), edit.row_id, None, self._why(edit.why))

    def _why(self, reason: str) -> str:
        return reason_in(self.layout.language, reason)

    def _header(self, at: At) -> str:
        place = self.layout.sheets[at.sheet]
        cell = self._held(place.title, place.header_row, place.columns.get(at.key, 0))
        return str(cell) if cell is not None else at.key

    def _held(self, title: str, row: int, column: int) -> Cell:
        cells = self.book.sheets[title].column(column)
        return dict(zip(cells.rows, cells.values, strict=False)).get(row)
