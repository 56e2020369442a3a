"""A stranger's kind of workbook: one JSON file, written from the documented port alone."""

import datetime as dt
import hashlib
import json
import os
import re
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any

from sheetrecord.model.book import Book, Cells, Sheet
from sheetrecord.model.cell_edits import (
    AddSheet,
    DropRows,
    DropSheet,
    PutCell,
    PutProperty,
    PutRows,
)
from sheetrecord.model.errors import CannotPatch, CannotRead, ChangedElsewhere
from sheetrecord.model.value import shown
from sheetrecord.workbooks.port import (
    PROPERTIES,
    WRITE,
    Edit,
    Revision,
    Sibling,
    Stamp,
    WorkbookReading,
    Written,
    stamp_edits,
)

PAUSE: list[Callable[[str], None]] = []
"""Called at each step of a write: where others may act, and the process may die."""


class JsonBook:
    """``{"sheets": {title: [[cell, ...], ...]}, "properties": {...}}``; values only."""

    abilities = frozenset({WRITE, PROPERTIES})

    def __init__(self, address: str, settings: Mapping[str, Any]) -> None:
        self.address, self.label = address, Path(address).name
        self.path = Path(address)
        self.aside = self.path.with_name(f"{self.path.name}.before")

    def version(self) -> int:
        return self.path.stat().st_mtime_ns if self.path.exists() else 0

    def unchanged(self, known: Revision) -> Revision | None:
        now = self.read().revision
        return now if now.digest == known.digest else None

    def read(self) -> WorkbookReading:
        version = self.version()
        try:
            data = self.path.read_bytes()
            return self._reading(data, version)
        except FileNotFoundError as error:
            raise CannotRead(self.address, "it is gone.", "Check it.", "missing") from error
        except ValueError as error:
            raise CannotRead(self.address, "it is no JSON.", "Check it.", "corrupt") from error

    def _reading(self, data: bytes, version: int) -> WorkbookReading:
        held = json.loads(data)
        sheets = [_sheet(title, rows) for title, rows in held["sheets"].items()]
        properties = {name: str(value) for name, value in held["properties"].items()}
        book = Book(self.address, sheets, properties=properties)
        return WorkbookReading(
            Revision(hashlib.sha256(data).hexdigest(), version, len(data)), book, data
        )

    def preview(
        self, reading: WorkbookReading, edits: Sequence[Edit], stamp: Stamp | None = None
    ) -> WorkbookReading:
        held = json.loads(reading.held)  # type: ignore[arg-type]
        todo = [*edits, *(stamp_edits(stamp, reading.book) if stamp else ())]
        if not todo:
            return reading
        for edit in todo:
            try:
                _apply(held, edit)
            except KeyError as error:
                raise CannotPatch(self.address, f"there is no sheet {error}.") from error
        return self._reading(json.dumps(held).encode(), 0)

    def write(
        self, reading: WorkbookReading, edits: Sequence[Edit], stamp: Stamp | None = None
    ) -> Written:
        after = self.preview(reading, edits, stamp)
        return Written(reading) if after is reading else self._replaced(reading, after.held)  # type: ignore[arg-type]

    def _replaced(self, reading: WorkbookReading, data: bytes) -> Written:
        draft = self.path.with_name(f"{self.path.name}.draft")
        draft.write_bytes(data)
        self._pause("drafted")
        try:
            self.path.rename(self.aside)
            self._pause("aside")
            if self.aside.read_bytes() != reading.held:
                self._back()
                raise ChangedElsewhere(self.address)
            os.link(draft, self.path)
            self._pause("written")
        except FileExistsError as error:  # somebody saved while the name was free
            raise ChangedElsewhere(self.address, self._kept()) from error
        finally:
            draft.unlink()
        if self.aside.read_bytes() != reading.held:  # somebody wrote on in the old file
            raise ChangedElsewhere(self.address, self._kept())
        self.aside.unlink()
        return Written(self.read())

    def image(self, reading: WorkbookReading) -> bytes:
        return reading.held  # type: ignore[return-value]

    def restore(self, reading: WorkbookReading, image: bytes) -> Written:
        return self._replaced(reading, image)

    def acknowledge(self, displaced: WorkbookReading) -> None:
        pass

    def owner(self) -> str:
        return ""

    def recover(self) -> Sequence[WorkbookReading]:
        if not self.aside.exists():
            return ()
        if not self.path.exists():
            self._back()
        else:
            self._kept()  # perhaps somebody's save: it stays, as a sibling
        return ()

    def siblings(self, *, named: bool = False) -> Sequence[Sibling]:
        found = self.path.parent.glob(f"{self.path.stem} (kept *){self.path.suffix}")
        return [Sibling(str(path), "an older save", sure=True) for path in sorted(found)]

    def _back(self) -> None:
        try:
            os.link(self.aside, self.path)
        except FileExistsError as error:
            raise ChangedElsewhere(self.address, self._kept()) from error
        self.aside.unlink()

    def _kept(self) -> str:
        kept = self.path.with_name(f"{self.path.stem} (kept 1){self.path.suffix}")
        self.aside.rename(kept)
        return str(kept)

    def _pause(self, moment: str) -> None:
        for hook in PAUSE:
            hook(moment)


def _sheet(title: str, rows: list[list[Any]]) -> Sheet:
    columns: dict[int, tuple[list[int], list[Any]]] = {}
    for number, row in enumerate(rows, start=1):
        for column, value in enumerate(row, start=1):
            if value is not None:
                places, values = columns.setdefault(column, ([], []))
                places.append(number)
                values.append(_read(value))
    return Sheet(title, {column: Cells(*found) for column, found in columns.items()})


def _read(value: Any) -> Any:
    """Return a day as such; JSON has none."""
    if isinstance(value, str) and re.fullmatch(r"\d{4}-\d{2}-\d{2}", value):
        return dt.date.fromisoformat(value)
    return value


def plain(value: Any) -> Any:
    seen = shown(value)
    if isinstance(seen, str | bool | int | float):
        return seen
    return seen.isoformat() if hasattr(seen, "isoformat") else None


def _apply(held: dict[str, Any], edit: Edit) -> None:
    sheets = held["sheets"]
    match edit:
        case PutCell():
            _put(sheets[edit.sheet], edit.row, edit.column, plain(edit.value))
        case PutRows():
            width = max((column for row in edit.rows for column in row), default=0)
            new = [[plain(row.get(n)) for n in range(1, width + 1)] for row in edit.rows]
            sheets[edit.sheet][edit.after_row : edit.after_row] = new
        case DropRows():
            del sheets[edit.sheet][edit.first_row - 1 : edit.first_row - 1 + edit.number]
        case AddSheet():
            sheets[edit.name] = [[plain(value) for value in row] for row in edit.rows]
        case DropSheet():
            del sheets[edit.name]
        case PutProperty():
            held["properties"].pop(edit.name, None)
            if edit.value is not None:
                held["properties"][edit.name] = edit.value


def _put(rows: list[list[Any]], row: int, column: int, value: Any) -> None:
    rows.extend([] for _ in range(row - len(rows)))
    cells = rows[row - 1]
    cells.extend([None] * (column - len(cells)))
    cells[column - 1] = value
