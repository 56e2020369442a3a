"""Write edits to a folder of CSV files; rows that no edit names stay byte for byte.

Nothing is written here: `files.together` replaces the files that change.
"""

import csv
import datetime as dt
import io
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any, Final, NamedTuple

from sheetrecord.formats.csv_folder import GUARDED, dialect_of
from sheetrecord.formats.stamp import SHEET, Stamp, lines_of
from sheetrecord.model.cell_edits import AddSheet, DropRows, DropSheet, Edit, PutCell, PutRows
from sheetrecord.model.value import Cell, CellError, Unknown, shown
from sheetrecord.xlsx import Refused

ENDING: Final = ".csv"
STAMP_FILE: Final = f"{SHEET}{ENDING}"


class _CsvRow(NamedTuple):
    """One row of a file: its cells, and its own bytes as text while nobody changed it."""

    cells: list[str]
    text: str | None


def stamp_file(stamp: Stamp) -> bytes:
    """Return the content of the file that holds a folder's stamp."""
    return "".join(f"{name},{value}\r\n" for name, value in lines_of(stamp)).encode()


def changed_files(files: Mapping[str, bytes], edits: Iterable[Edit]) -> dict[str, bytes]:
    """Return the new content of the files, by name, that edits change or create."""
    pages: dict[str, _CsvFile] = {}
    for edit in edits:
        sheet = getattr(edit, "sheet", getattr(edit, "name", ""))
        if isinstance(edit, AddSheet):
            pages[sheet] = _CsvFile.made(edit.rows)
        elif isinstance(edit, DropSheet):
            pages[sheet] = _CsvFile(b"")
        elif isinstance(edit, PutCell | PutRows | DropRows):
            if sheet not in pages:
                pages[sheet] = _CsvFile(_file(files, sheet))
            pages[sheet].apply(edit)
    return {name + ENDING: page.data() for name, page in pages.items()}


def _file(files: Mapping[str, bytes], sheet: str) -> bytes:
    if sheet + ENDING not in files:
        raise Refused("sheet", f"The folder has no file {sheet}{ENDING}.")
    return files[sheet + ENDING]


class _CsvFile:
    """One file, taken apart into rows."""

    def __init__(self, data: bytes) -> None:
        self.encoding, self.mark, text = _decoded(data)
        self.dialect = dialect_of(text)
        self.ending = "\r\n" if "\r\n" in text or "\n" not in text else "\n"
        self.rows = list(_rows(text, self.dialect))
        self.removed: set[int] = set()
        self.added: dict[int, list[list[str]]] = {}

    @classmethod
    def made(cls, rows: Iterable[Sequence[Cell]]) -> "_CsvFile":
        """Return a new file of these rows."""
        page = cls(b"")
        page.rows = [_CsvRow([written(cell) for cell in row], None) for row in rows]
        return page

    def apply(self, edit: PutCell | PutRows | DropRows) -> None:
        """Note one edit; rows are those of the file as it was read."""
        if isinstance(edit, DropRows):
            self.removed.update(range(edit.first_row, edit.first_row + edit.number))
        elif isinstance(edit, PutRows):
            self.added.setdefault(edit.after_row, []).extend(_laid_out(row) for row in edit.rows)
        else:
            self._put(edit.row, edit.column, written(edit.value))

    def _put(self, row: int, column: int, text: str) -> None:
        while len(self.rows) < row:
            self.rows.append(_CsvRow([], None))
        cells = list(self.rows[row - 1].cells)
        cells += [""] * (column - len(cells))
        cells[column - 1] = text
        self.rows[row - 1] = _CsvRow(cells, None)

    def _after(self) -> Iterator[_CsvRow]:
        """Yield the rows as they will be."""
        for number, row in enumerate(self.rows, start=1):
            if number not in self.removed:
                yield row
            for cells in self.added.get(number, ()):
                yield _CsvRow(cells, None)

    def intended(self) -> list[list[str]]:
        """Return what the file is meant to hold."""
        return [row.cells for row in self._after()]

    def data(self) -> bytes:
        """Return the file as it will be. Raises Refused when it would read otherwise."""
        out = io.StringIO()
        writer = csv.writer(out, self.dialect, lineterminator=self.ending)
        for row in self._after():
            if row.text is None:
                writer.writerow(row.cells)
            else:
                out.write(row.text if row.text.endswith(("\n", "\r")) else row.text + self.ending)
        text = out.getvalue()
        if self.intended() != [row.cells for row in _rows(text, dialect_of(text))]:
            raise Refused(
                "csv", "A file of the folder would not read back as it was meant: save it anew."
            )
        try:
            return self.mark + text.encode(self.encoding)
        except UnicodeEncodeError:  # a letter that the file's old code page does not have
            return b"\xef\xbb\xbf" + text.encode("utf-8")


def _rows(text: str, dialect: Any) -> Iterator[_CsvRow]:
    """Yield the rows of a file, each with the lines it stands on."""
    lines = list(io.StringIO(text, newline=""))
    reader = csv.reader(lines, dialect)
    start = 0
    for cells in reader:
        yield _CsvRow(cells, "".join(lines[start : reader.line_num]))
        start = reader.line_num


def _laid_out(row: Mapping[int, Cell]) -> list[str]:
    """Return a new row's cells in their columns; they are numbered from 1."""
    numbered = {column: written(value) for column, value in row.items()}
    return [numbered.get(number, "") for number in range(1, max(numbered, default=0) + 1)]


def written(value: Cell) -> str:
    """Return a cell as CSV text.

    A text that a program could take for a formula gets a leading apostrophe (CWE-1236), which the
    reader removes.

    >>> written(12.0), written("=1+1"), written("-5 % off"), written(dt.date(2026, 6, 30))
    ('12', "'=1+1", "'-5 % off", '2026-06-30')
    """
    seen = shown(value)
    if seen is None or isinstance(seen, Unknown):
        return ""
    if isinstance(seen, str):
        return f"'{seen}" if GUARDED.match(seen) else seen
    if isinstance(seen, bool):
        return "TRUE" if seen else "FALSE"
    if isinstance(seen, dt.date | dt.time):
        return seen.isoformat()
    whole = isinstance(seen, float) and seen.is_integer() and abs(seen) < 1e15
    return seen.code if isinstance(seen, CellError) else str(int(seen) if whole else seen)


def _decoded(data: bytes) -> tuple[str, bytes, str]:
    """Return encoding, byte order mark and text of a file."""
    if data[:2] in {b"\xff\xfe", b"\xfe\xff"}:
        name = "utf-16-le" if data[:2] == b"\xff\xfe" else "utf-16-be"
        return name, data[:2], data[2:].decode(name)
    mark = data[:3] if data[:3] == b"\xef\xbb\xbf" else b""
    try:
        return "utf-8", mark, data[len(mark) :].decode("utf-8")
    except UnicodeDecodeError:
        return "cp1252", b"", data.decode("cp1252")
