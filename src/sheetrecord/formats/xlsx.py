"""Excel workbooks (.xlsx, .xlsm): read whole into memory, sheets parsed when they are looked at."""

import os
from collections.abc import Iterator, Mapping
from os import PathLike
from typing import TYPE_CHECKING

from sheetrecord.model.book import Book, Cells, Range, Sheet, parse_range
from sheetrecord.model.errors import CannotRead
from sheetrecord.schema.names import OWN, PREFIX, TEMPLATE
from sheetrecord.xlsx import Refused, WorkbookReader, open_workbook

if TYPE_CHECKING:
    from sheetrecord.formats.readings import Readings

IN_MEMORY = 64 * 1024 * 1024
"""Bytes up to which a workbook is read whole before it is looked at."""


def read(path: str | PathLike[str]) -> Book:
    """Read a workbook. Raises CannotRead with the reason if it is damaged or unsupported."""
    return _read(path, formulas=True)


def read_results(path: str | PathLike[str]) -> Book:
    """Read a workbook as `read` does, but leave formulas as patterns: NUL is their row's number."""
    return _read(path, formulas=False)


def _read(path: str | PathLike[str], *, formulas: bool) -> Book:
    try:
        workbook = open_workbook(_whole(path) or path, formulas=formulas)
        return book_of(workbook, str(path))
    except Refused as refused:
        raise CannotRead(path, str(refused), "", refused.reason) from refused
    except FileNotFoundError as err:
        why = "there is no such file."
        raise CannotRead(path, why, "Check the name and the folder.", "missing") from err
    except IsADirectoryError as err:
        why = "this is a folder."
        raise CannotRead(path, why, "Name the workbook in it.", "folder") from err
    except OSError as err:
        why = f"the file cannot be opened ({err.strerror})."
        raise CannotRead(path, why, "Check that you may read it.", "denied") from err


def _whole(path: str | PathLike[str]) -> bytes:
    """Return a file's bytes, which leaves no handle open while people work in it.

    Empty when it is no file, or too large.
    """
    if not os.path.isfile(path) or os.path.getsize(path) > IN_MEMORY:
        return b""
    with open(path, "rb") as file:
        return file.read()


def book_of(workbook: WorkbookReader, source: str, readings: "Readings | None" = None) -> Book:
    """Return the workbook as a `Book` whose sheets are parsed on first access.

    ``readings`` is a cache of sheets parsed before from the same bytes.
    """
    names: dict[str, Range | None] = {}
    origin = ""
    for name in workbook.names:
        if name.scope is None and name.name == TEMPLATE:
            origin = name.text
        elif name.scope is None and name.name.startswith((PREFIX, OWN)):
            names[name.name] = parse_range(name.text)
    properties = {key: str(value) for key, value in workbook.properties.items()}
    return Book(
        source,
        _Sheets(workbook, source, readings),
        names=names,
        properties=properties,
        live=True,
        date1904=workbook.date1904,
        origin=origin,
        titles=[sheet.name for sheet in workbook.sheets],
    )


class _Sheets(Mapping[str, Sheet]):
    """The workbook's worksheets by name, each read once."""

    def __init__(self, workbook: WorkbookReader, source: str, readings: "Readings | None") -> None:
        self._workbook = workbook
        self._source = source
        self._readings = readings
        self._states = {s.name: s.state for s in workbook.sheets if s.kind == "worksheet"}
        self._read: dict[str, Sheet] = {}

    def __getitem__(self, name: str) -> Sheet:
        if name not in self._states:
            raise KeyError(name)
        if name not in self._read:
            self._read[name] = self._load(name)
        return self._read[name]

    def __iter__(self) -> Iterator[str]:
        return iter(self._states)

    def __len__(self) -> int:
        return len(self._states)

    def __contains__(self, name: object) -> bool:
        return name in self._states

    def _load(self, name: str) -> Sheet:
        try:
            if self._readings is None:
                return self._parsed(name)
            key, known = self._readings.find(self._workbook, name, self._states[name])
            return known or self._readings.keep(key, self._parsed(name))
        except Refused as refused:
            raise CannotRead(self._source, str(refused), "", refused.reason) from refused

    def _parsed(self, name: str) -> Sheet:
        grid = self._workbook.grid(name)
        columns = {}
        for number in grid.columns:
            cells = grid.column(number)
            columns[number] = Cells(cells.rows, cells.values)
        merged = [area for ref in grid.merged if (area := parse_range(f"x!{ref}")) is not None]
        return Sheet(name, columns, merged, grid.hidden_rows, self._states[name])
