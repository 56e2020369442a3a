"""Every kind of workbook, made of the same content: opened anew, and saved by others."""

import csv
import io
import json
import sys
from collections.abc import Callable, Iterator, Mapping
from contextlib import ExitStack, contextmanager
from functools import cache
from pathlib import Path
from types import FrameType, ModuleType
from typing import Any, NamedTuple
from unittest.mock import patch as patched

from openpyxl import Workbook as Openpyxl
from openpyxl import load_workbook

from sheetrecord.files import disk, replacing
from sheetrecord.files.disk_hooks import watched
from sheetrecord.formats.csv_write import written
from sheetrecord.formats.xlsx import book_of
from sheetrecord.workbooks import memory, openpyxl_book
from sheetrecord.workbooks.csv_folder import CsvFolder
from sheetrecord.workbooks.memory import Memory
from sheetrecord.workbooks.openpyxl_book import OpenpyxlBook
from sheetrecord.workbooks.port import Workbook
from sheetrecord.workbooks.xlsx_file import XlsxFile
from sheetrecord.xlsx import SetCell, open_workbook, patch
from workbooks import json_book, online
from workbooks.json_book import JsonBook, plain

Cells = Mapping[str, Mapping[tuple[int, int], Any]]


class Kind(NamedTuple):
    """One kind, made in a folder of an .xlsx file's content.

    ``again`` opens the same place anew; ``other`` is somebody else who types into a cell and
    saves; ``during`` calls a hook between the steps of what is done within it, where others may
    act and the process may end. What is in memory ends with the process and nobody else acts on
    it, so there are no such steps; but a person may stop what the program does at any line, which
    is where ``interrupted`` calls its hook.
    """

    name: str
    make: Callable[[Path, bytes], Workbook]
    again: Callable[[Workbook], Workbook]
    other: Callable[[Workbook, str, tuple[int, int], str], None]
    during: Callable[[Callable[[str], None]], Any]
    interrupted: Callable[[Callable[[str], None]], Any]

    @property
    def durable(self) -> bool:
        """Whether it is still there when the process has ended."""
        return self.during is not _assigned


def xlsx(sheets: Cells) -> bytes:
    """Return a workbook file of these cells."""
    book = Openpyxl()
    book.remove(book.active)
    for title, cells in sheets.items():
        sheet = book.create_sheet(title)
        for (row, column), value in cells.items():
            sheet.cell(row, column).value = value
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


@cache
def grids(data: bytes) -> dict[str, list[list[Any]]]:
    """Return the rows of a workbook file's sheets, from the first cell on."""
    book = book_of(open_workbook(data), "grids")
    found = {}
    for title, sheet in book.sheets.items():
        rows: list[list[Any]] = []
        for column, cells in sheet.columns.items():
            for row, value in zip(cells.rows, cells.values, strict=True):
                rows.extend([] for _ in range(row - len(rows)))
                rows[row - 1].extend([None] * (column - len(rows[row - 1])))
                rows[row - 1][column - 1] = value
        found[title] = rows
    return found


@contextmanager
def _disk(hook: Callable[[str], None]) -> Iterator[None]:
    real = replacing.this_disk
    with ExitStack() as stack:
        for module in (replacing, disk):
            now = patched.object(module, "this_disk", lambda: watched(real(), hook))
            stack.enter_context(now)
        yield


@contextmanager
def _paused(hook: Callable[[str], None]) -> Iterator[None]:
    json_book.PAUSE.append(hook)
    try:
        yield
    finally:
        json_book.PAUSE.remove(hook)


@contextmanager
def _assigned(hook: Callable[[str], None]) -> Iterator[None]:  # one step: nobody comes between
    yield


def _lines(*modules: ModuleType) -> Callable[[Callable[[str], None]], Any]:
    """Return what calls a hook before each line that one of the modules executes."""
    files = {module.__file__ for module in modules}

    @contextmanager
    def watching(hook: Callable[[str], None]) -> Iterator[None]:
        def line(frame: FrameType, event: str, _: object) -> Any:
            if event == "line":
                hook(f"line {frame.f_lineno}")
            return line

        def call(frame: FrameType, event: str, _: object) -> Any:
            return line if frame.f_code.co_filename in files else None

        before = sys.gettrace()
        sys.settrace(call)
        try:
            yield
        finally:
            sys.settrace(before)

    return watching


def _file(folder: Path, data: bytes) -> XlsxFile:
    path = folder / "firm.xlsx"
    path.write_bytes(data)
    return XlsxFile(str(path), {})


def _in_file(workbook: Workbook, sheet: str, place: tuple[int, int], text: str) -> None:
    path = Path(workbook.address)
    path.write_bytes(patch(path.read_bytes(), [SetCell(sheet, place, text)]).data)


def _folder(folder: Path, data: bytes) -> CsvFolder:
    place = folder / "firm"
    place.mkdir()
    for title, rows in grids(data).items():
        with (place / f"{title}.csv").open("w", newline="") as file:
            csv.writer(file).writerows([written(cell) for cell in row] for row in rows)
    return CsvFolder(str(place), {})


def _in_folder(workbook: Workbook, sheet: str, place: tuple[int, int], text: str) -> None:
    path = Path(workbook.address) / f"{sheet}.csv"
    rows = list(csv.reader(io.StringIO(path.read_text(), newline="")))
    rows.extend([] for _ in range(place[0] - len(rows)))
    row = rows[place[0] - 1]
    row.extend([""] * (place[1] - len(row)))
    row[place[1] - 1] = text
    with path.open("w", newline="") as file:
        csv.writer(file).writerows(rows)


def _in_memory(workbook: Workbook, sheet: str, place: tuple[int, int], text: str) -> None:
    workbook.data = patch(workbook.data, [SetCell(sheet, place, text)]).data  # type: ignore[attr-defined]


def _opened(folder: Path, data: bytes) -> OpenpyxlBook:
    return OpenpyxlBook(load_workbook(io.BytesIO(data)))


def _in_openpyxl(workbook: Workbook, sheet: str, place: tuple[int, int], text: str) -> None:
    workbook._book[sheet].cell(*place).value = text  # type: ignore[attr-defined]


def _json(folder: Path, data: bytes) -> JsonBook:
    sheets = {t: [[plain(c) for c in row] for row in rows] for t, rows in grids(data).items()}
    path = folder / "firm.json"
    path.write_text(json.dumps({"sheets": sheets, "properties": {}}))
    return JsonBook(str(path), {})


def _in_json(workbook: Workbook, sheet: str, place: tuple[int, int], text: str) -> None:
    path = Path(workbook.address)
    held = json.loads(path.read_text())
    json_book._put(held["sheets"][sheet], *place, text)
    path.write_text(json.dumps(held))


def _anew(workbook: Workbook) -> Workbook:
    return type(workbook)(workbook.address, {})  # type: ignore[call-arg]


KINDS = (
    Kind("xlsx", _file, _anew, _in_file, _disk, _disk),
    Kind("csv", _folder, _anew, _in_folder, _disk, _disk),
    Kind(
        "memory",
        lambda _, data: Memory(data),
        lambda same: same,
        _in_memory,
        _assigned,
        _lines(memory),
    ),
    Kind(
        "openpyxl",
        _opened,
        lambda same: same,
        _in_openpyxl,
        _assigned,
        _lines(openpyxl_book),
    ),
    Kind("json", _json, _anew, _in_json, _paused, _paused),
    Kind("google", online.placed, online.anew, online.typed, online.between, online.between),
)
