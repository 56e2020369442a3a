"""A folder of CSV files, one per sheet: `Deal.csv`, `Context.csv` and so on."""

import csv
import datetime as dt
import io
import re
from collections import Counter
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path
from typing import Final

from sheetrecord.core.merge.conflict_words import headlines
from sheetrecord.files import pending
from sheetrecord.formats.finance.keys import is_key
from sheetrecord.model.book import Book, Cells, Sheet
from sheetrecord.model.errors import CannotRead
from sheetrecord.model.value import Cell
from sheetrecord.schema.names import PREFIX
from sheetrecord.schema.plaintext import number, typed

LARGEST = 200 * 1024 * 1024
"""Bytes of one CSV file; a record's sheet is a few megabytes at most."""


GUARDED: Final = re.compile(r"'*[=+\-@\t\r]")
"""How a text begins that a spreadsheet program could take for a formula (CWE-1236)."""

_DAY: Final = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_SEPARATORS: Final = (",", ";", "\t", "|")
_LOOKED_AT: Final = 16_384
"""Characters of a file in which its separator shows."""


def read(place: str | Path) -> Book:
    """Read every CSV file of a folder as a sheet. Raises CannotRead when there is none."""
    folder = Path(place)
    files = sorted(p for p in folder.iterdir() if p.suffix.lower() == ".csv")
    if not files:
        raise CannotRead(
            folder,
            "the folder holds no CSV files.",
            "Export each sheet to a file of its name, such as Deal.csv.",
            "empty",
        )
    return read_files(folder, {path.name: _bytes(path) for path in files} | pending(folder))


def read_files(folder: Path, files: Mapping[str, bytes]) -> Book:
    """Read the CSV files of a folder whose bytes are known, by name. Raises CannotRead.

    A cell is a number only where its column may hold numbers.
    """
    sheets = [_sheet(folder / name, files[name]) for name in sorted(files)]
    book = Book(str(folder), sheets, live=False)
    return typed(book, _text, _value, _as_typed(sheets))


def _as_typed(sheets: list[Sheet]) -> frozenset[str]:
    """Return the sheets of ours whose readers know what is a number: all but the record's own."""
    ours = (sheet.name for sheet in sheets if sheet.name.startswith(PREFIX))
    lists = (s.name for s in sheets if s.row(1).get(1) in headlines())
    keyed = (s.name for s in sheets if isinstance(key := s.row(3).get(1), str) and is_key(key))
    return frozenset((*ours, *lists, *keyed))


def dialect_of(text: str) -> type[csv.Dialect]:
    """Return how a file separates its cells; quoting follows RFC 4180.

    The separator is the one that splits most rows into equally many cells, so that commas inside
    sentences do not count.
    """

    class DetectedDialect(csv.excel):
        """The usual dialect with this file's separator."""

        delimiter = max(_SEPARATORS, key=lambda one: _evenness(text, one))

    return DetectedDialect


def _evenness(text: str, separator: str) -> int:
    """Return how many cells stand in rows of the commonest width above one."""
    head = io.StringIO(text[:_LOOKED_AT], newline="")
    widths: Counter[int] = Counter()
    with suppress(csv.Error):
        widths.update(len(row) for row in csv.reader(head, delimiter=separator) if len(row) > 1)
    return max((width * count for width, count in widths.items()), default=0)


def _sheet(path: Path, data: bytes) -> Sheet:
    """Read one file; a blank cell is absent."""
    text = _decoded(path, data)
    dialect = dialect_of(text)
    columns: dict[int, tuple[list[int], list[str]]] = {}
    try:
        for number, cells in enumerate(csv.reader(io.StringIO(text, newline=""), dialect), 1):
            for column, cell in enumerate(cells, 1):
                if cell:
                    rows, values = columns.setdefault(column, ([], []))
                    rows.append(number)
                    values.append(cell)
    except csv.Error as err:
        why = f"line {err} cannot be read as CSV."
        raise CannotRead(path, why, "Export it again as CSV (UTF-8).", "corrupt") from err
    found = {column: Cells(rows, values) for column, (rows, values) in columns.items()}
    return Sheet(path.stem, found)


def _value(text: str) -> Cell:
    """Read a plain number written with a decimal point, or a day as ISO 8601 writes it.

    Everything else stays text.
    """
    found = number(text)
    if found is not None:
        return found
    if _DAY.fullmatch(text.strip()):
        with suppress(ValueError):  # there is no such day
            return dt.date.fromisoformat(text.strip())
    return _text(text)


def _text(text: str) -> Cell:
    """Return a text as it was typed, without the apostrophe that keeps it from being a formula."""
    return text[1:] if text[:1] == "'" and GUARDED.match(text) else text


def _bytes(path: Path) -> bytes:
    if path.stat().st_size > LARGEST:
        raise CannotRead(
            path, "the file is larger than 200 MB.", "Check that it is the right one.", "too-large"
        )
    return path.read_bytes()


def _decoded(path: Path, data: bytes) -> str:
    """Return the file's text: UTF-8 or UTF-16 by its mark, else Windows Western European."""
    if data[:4] == b"PK\x03\x04" or (
        b"\0" in data[:4096] and data[:2] not in {b"\xff\xfe", b"\xfe\xff"}
    ):
        raise CannotRead(
            path, "this is not a CSV file.", "Export the sheet again as CSV.", "not-csv"
        )
    if data[:2] in {b"\xff\xfe", b"\xfe\xff"}:
        return data.decode("utf-16", errors="replace")
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        return data.decode("cp1252", errors="replace")
