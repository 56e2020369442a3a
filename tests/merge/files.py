"""Three workbook files of one small firm, changed by another program as people would."""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, NamedTuple

from by_hand import typed_into
from messy.firm import ASOF, ROWS, edited, workbook
from sheetrecord.app.merge import MergeRequest, MergeResult, merge_files
from sheetrecord.app.validate import read_record
from sheetrecord.core.merge.side import Side

Change = Callable[[Any], object]


class Copies:
    """A base, our copy and theirs in a folder."""

    def __init__(self, folder: Path, rows: dict[str, list[dict[str, Any]]] | None = None) -> None:
        self.data = workbook(rows)
        self.base, self.ours, self.theirs = (folder / f"{n}.xlsx" for n in ("base", "us", "them"))
        self.out = folder / "out.xlsx"
        for path in (self.base, self.ours, self.theirs):
            path.write_bytes(self.data)

    def change(self, path: Path, change: Change) -> None:
        data = path.read_bytes()
        if isinstance(change, Put):
            path.write_bytes(typed_into(data, change.sheet, change.row, **change.cells))
        else:
            path.write_bytes(edited(data, change))

    def merge(self, *allow: str) -> MergeResult:
        request = MergeRequest(
            *map(str, (self.base, self.ours, self.theirs, self.out)), frozenset(allow)
        )
        return merge_files(request, today=ASOF)

    def result(self) -> Side:
        return Side(*read_record(str(self.out), today=ASOF))


def column(book: Any, sheet: str, key: str) -> int:
    """Return where a column stands, as its hidden name says."""
    from openpyxl.utils import column_index_from_string

    return column_index_from_string(book.defined_names[f"sr_{sheet}_{key}"].attr_text.split("$")[1])


def header(book: Any, sheet: str, key: str) -> Any:
    return book[sheet].cell(3, column(book, sheet, key))


def rows_of(book: Any, sheet: str) -> Iterator[int]:
    """Yield the rows of a sheet that people filled."""
    telling = {"Fees": "description", "Context": "deal_id", "Deal": "client"}[sheet]
    number = column(book, sheet, telling)
    for row in range(4, book[sheet].max_row + 1):
        if book[sheet].cell(row, number).value not in (None, "D-0002"):
            yield row


class Put(NamedTuple):
    """What is typed into cells of one row."""

    sheet: str
    row: int
    cells: dict[str, Any]

    def __call__(self, book: Any) -> None:
        """Type it into a workbook that is open in openpyxl."""
        for key, value in self.cells.items():
            book[self.sheet].cell(self.row, column(book, self.sheet, key)).value = value


def put(sheet: str, row: int, **cells: Any) -> Put:
    """Return a change that types into cells of one row."""
    return Put(sheet, row, cells)


def all_of(*changes: Change) -> Change:
    return lambda book: [change(book) for change in changes] and None


def typed(side: Side, sheet: str) -> dict[str, Any]:
    """Return a sheet's typed rows by id."""
    return {row.id: row for row in side.parsed.record.rows(sheet)}


def firm_of(count: int) -> dict[str, list[dict[str, Any]]]:
    """Return the firm with so many fee lines."""
    one = ROWS["Fees"][1]
    fees = [{**one, "description": f"Line {n}", "net": 100_000 + n} for n in range(count)]
    return {**ROWS, "Fees": fees}


def move_rows(book: Any, sheet: str, order: list[int], columns: list[int] | None = None) -> None:
    """Sort rows as a spreadsheet program does: values move, formulas stay in their rows."""
    page = book[sheet]
    numbers = list(rows_of(book, sheet))
    held = [
        {c: page.cell(row, c).value for c in columns or range(1, page.max_column + 1)}
        for row in numbers
    ]
    for row, source in zip(numbers, order, strict=True):
        for number, value in held[source].items():
            if not str(page.cell(row, number).value or "").startswith("="):
                page.cell(row, number).value = value


def unchanged(copies: Copies, done: MergeResult) -> None:
    assert done.merged.plan == ()
    assert not done.merged.conflicts
    assert copies.out.read_bytes() == copies.ours.read_bytes()


def lose(book: Any, key: str) -> None:
    header(book, "Fees", key).value = "Something else"
    del book.defined_names[f"sr_Fees_{key}"]
