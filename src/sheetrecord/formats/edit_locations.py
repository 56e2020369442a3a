"""Resolve a plan's edits to cell addresses: the present row and column of each identity."""

from collections.abc import Collection, Iterator, Mapping, Sequence

from sheetrecord.model import cell_edits
from sheetrecord.model.book import Book
from sheetrecord.model.edit import AddRow, At, Plan, RemoveRow, SetValue
from sheetrecord.model.errors import ChangedElsewhere
from sheetrecord.model.value import Cell, Formula
from sheetrecord.schema.column import Column, Kind
from sheetrecord.schema.read.column_binding import SheetPlace
from sheetrecord.schema.read.layout import RecordLayout
from sheetrecord.schema.sheets import SHEETS

DATE_FORMAT = "yyyy-mm-dd"


def place(plan: Plan, book: Book, layout: RecordLayout) -> list[cell_edits.Edit]:
    """Return the cell-level edits of a plan, rows first, in the order they must be applied.

    New rows go into prepared blank rows below the data that the plan does not fill itself; when
    none is left, rows are appended with the formulas and formats of the row above. Raises
    ChangedElsewhere when a row or column that the plan names is no longer there.
    """
    filled = {(edit.at.sheet, edit.at.row_number) for edit in plan if isinstance(edit, SetValue)}
    placer = Placer(book, layout, filled)
    found = [placer.cell(edit.at, edit.value) for edit in plan if isinstance(edit, SetValue)]
    for sheet in SHEETS:
        added = [edit for edit in plan if isinstance(edit, AddRow) and edit.sheet == sheet]
        if added:
            found += placer.rows(sheet, added)
    removed = [edit for edit in plan if isinstance(edit, RemoveRow)]
    return found + list(placer.cleared(removed))


def waiting_ids(sheet: str, book: Book, layout: RecordLayout) -> list[str]:
    """Return the ids that wait in the ready-made rows of a sheet, in the order they are filled."""
    place = layout.sheets[sheet]
    cells = book.sheets[place.title].column(place.columns.get(SHEETS[sheet].columns[0].key, 0))
    stamped = dict(zip(cells.rows, cells.values, strict=False))
    return [str(stamped[row]).strip() for row in Placer(book, layout).ready(sheet)]


class Placer:
    """Looks up where rows and columns of one workbook are, and where new rows go.

    ``filled`` are rows (sheet key, number) that are not free for new ones.
    """

    def __init__(
        self, book: Book, layout: RecordLayout, filled: Collection[tuple[str, int]] = ()
    ) -> None:
        self.book, self.layout, self._filled = book, layout, filled
        self._rows: dict[str, dict[str, int]] = {}

    def _place(self, sheet: str) -> SheetPlace:
        found = self.layout.sheets.get(sheet)
        if found is None:
            raise ChangedElsewhere(self.book.source)
        return found

    def row_of(self, at: At) -> int:
        """Return the row number of an id; without a unique id, the remembered row number.

        Raises ChangedElsewhere when the row is gone.
        """
        if at.sheet not in self._rows:
            self._rows[at.sheet] = self._ids(at.sheet)
        row = self._rows[at.sheet].get(at.row_id, 0) if at.row_id else 0
        if row > 0:
            return row
        if at.row_number:
            return at.row_number
        raise ChangedElsewhere(self.book.source)

    def _ids(self, sheet: str) -> dict[str, int]:
        """Return id -> row; an id on two rows maps to 0, so that nobody takes it for one."""
        place = self._place(sheet)
        number = place.columns.get(SHEETS[sheet].columns[0].key, 0)
        cells = self.book.sheets[place.title].column(number)
        found: dict[str, int] = {}
        for row, value in zip(cells.rows, cells.values, strict=False):
            if isinstance(value, str) and row > place.header_row:
                found[value.strip()] = 0 if value.strip() in found else row
        return found

    def cell(self, at: At, value: Cell) -> cell_edits.Edit:
        """Return the edit of one cell. Raises ChangedElsewhere when its column is gone."""
        place = self._place(at.sheet)
        column = SHEETS[at.sheet].by_key[at.key]
        number = place.columns.get(at.key)
        if number is None:
            raise ChangedElsewhere(self.book.source)
        form = None if value is None else _format(column)
        return cell_edits.PutCell(place.title, self.row_of(at), number, value, form=form)

    def rows(self, sheet: str, added: Sequence[AddRow]) -> Iterator[cell_edits.Edit]:
        """Yield the edits that write new rows into prepared blank rows, then below them."""
        place = self._place(sheet)
        ready = self.ready(sheet)
        for row, new in zip(ready, added, strict=False):
            for key, value in self._cells(sheet, new).items():
                column = SHEETS[sheet].by_key[key]
                if value is not None:
                    number, form = place.columns[key], _format(column)
                    yield cell_edits.PutCell(place.title, row, number, value, form=form)
        if waiting := added[len(ready) :]:
            rows: list[dict[int, Cell]] = [
                {place.columns[key]: value for key, value in self._cells(sheet, new).items()}
                for new in waiting
            ]
            yield cell_edits.PutRows(place.title, self._last(sheet), rows)

    def landing(self, sheet: str, count: int) -> list[int]:
        """Return the row numbers that ``count`` new rows will have."""
        ready = self.ready(sheet)[:count]
        last = self._last(sheet)
        return ready + list(range(last + 1, last + 1 + count - len(ready)))

    def _last(self, sheet: str) -> int:
        """Return the last row that holds anything of ours."""
        place = self._place(sheet)
        held = self.book.sheets[place.title]
        used = (held.column(number).rows for number in place.columns.values())
        return max((rows[-1] for rows in used if rows), default=place.header_row)

    def _cells(self, sheet: str, new: AddRow) -> Mapping[str, Cell]:
        """Return a new row's cells, with its id; columns that are missing are left out."""
        columns = self._place(sheet).columns
        cells = {SHEETS[sheet].columns[0].key: new.row_id, **new.cells}
        return {key: value for key, value in cells.items() if key in columns}

    def ready(self, sheet: str) -> list[int]:
        """Return the ready-made rows below the data: an id and formulas, and nothing typed."""
        declared, place = SHEETS[sheet], self._place(sheet)
        held = self.book.sheets[place.title]
        stamped: set[int] = set()
        typed: set[int] = set()
        bound = {number: declared.by_key[key] for key, number in place.columns.items()}
        for number, cells in held.columns.items():
            column = bound.get(number)
            if column is not None and column.kind is Kind.ID:
                stamped.update(cells.rows)
                continue
            typed.update(
                row
                for row, value in zip(cells.rows, cells.values, strict=False)
                if not isinstance(value, Formula)
            )
        last = max((row for row in typed), default=place.header_row)
        ready = (row for row in stamped if row > max(last, place.header_row))
        return sorted(row for row in ready if (sheet, row) not in self._filled)

    def cleared(self, removed: Sequence[RemoveRow]) -> Iterator[cell_edits.Edit]:
        """Yield the edits that delete rows, bottom up so that row numbers stay valid."""
        rows = [
            (self._place(edit.sheet).title, self.row_of(At(edit.sheet, edit.row_id, "")))
            for edit in removed
        ]
        wanted = set(rows)
        lasts = [(title, row) for title, row in wanted if (title, row + 1) not in wanted]
        for title, last in sorted(lasts, reverse=True):  # rows in a block go in one step
            first = last
            while (title, first - 1) in wanted:
                first -= 1
            yield cell_edits.DropRows(title, first, last - first + 1)


def _format(column: Column) -> str | None:
    return DATE_FORMAT if column.kind is Kind.DATE else None
