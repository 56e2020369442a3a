"""A small office: two copies of one record that were synced, and what people do to them."""

import os
import shutil
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any

from by_hand import typed_into
from merge.files import put
from messy.firm import ASOF, ROWS, edited, workbook
from sheetrecord.app.settings.places import DeclaredCopy, StoreAt
from sheetrecord.app.sync.open_store import KnownRecord, find_record, looking
from sheetrecord.app.sync.run import Ask, SyncReport, SyncRequest, run
from sheetrecord.app.sync.targets import SyncTargets
from sheetrecord.core.merge.side import Side
from sheetrecord.core.sync.snapshot import book_of
from sheetrecord.core.sync.store_protocol import Logged, OpenConflict, Stored
from sheetrecord.core.sync.view import EVERYTHING, View
from sheetrecord.formats.stamp import WorkbookStamps, read_marks
from sheetrecord.formats.xlsx import read
from sheetrecord.schema import ids
from sheetrecord.schema.read.parse import parse

Change = Callable[[Any], object]

FEES = 14
"""Fee lines of the firm: ``Line 0`` and so on, from row 4 of the sheet."""


def firm() -> bytes:
    """Return the firm: a deal that was sold, one that is being talked about, fourteen fee lines."""
    one = ROWS["Fees"][1]
    fees = [{**one, "description": f"Line {n}", "net": 100_000 + n * 100} for n in range(FEES)]
    birch = {"deal_id": "D-0002", "client": "Birch", "deal_name": "Site", "stage": "talking"}
    return workbook({**ROWS, "Deal": [*ROWS["Deal"], birch], "Fees": fees})


def line(number: int) -> str:
    """Return the id of a fee line."""
    return ids.make("F", number + 1)


class Office:
    """Copies in a folder, and a state folder; everything a sync needs and leaves is in them."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.office, self.ana = folder / "firm.xlsx", folder / "ana.xlsx"
        self.state = folder / ".state"
        self.paths = [self.office, self.ana]
        self.views: Mapping[Path, View] = {}
        self.record = ""
        self.url = ""
        """Where the store is; empty for the state folder."""
        self.kept: Path | None = None
        """Where states of the office are kept that several tests begin with."""
        self.resave: Callable[[Path], object] | None = None
        """How another program saves what was typed, once it stands in the file."""

    def begin(self) -> None:
        """Make two copies of the firm and sync them for the first time."""
        self.office.write_bytes(firm())
        shutil.copyfile(self.office, self.ana)
        self.sync()

    def once(self, happened: Callable[["Office"], object]) -> None:
        """Let something have happened to the office as it began: done once, and put back then."""
        if self.kept is None:
            happened(self)
            return
        kept = self.kept / f"{happened.__module__}.{happened.__qualname__}"
        if kept.exists():
            shutil.rmtree(self.folder)
            shutil.copytree(kept, self.folder)
            self.known()
        else:
            happened(self)
            shutil.copytree(self.folder, kept)

    def targets(self, paths: Sequence[Path] = ()) -> SyncTargets:
        paths = paths or self.paths
        copies = tuple(
            DeclaredCopy("", str(path), self.views.get(path, EVERYTHING)) for path in paths
        )
        return SyncTargets(copies, (), self.known())

    def known(self) -> KnownRecord:
        os.environ["SHEETRECORD_STATE"] = str(self.state)
        found = find_record(map(str, self.paths), StoreAt(self.url, self.record))
        self.record = found.record
        return found

    def sync(
        self, *paths: Path, allow: Sequence[str] = (), plan: bool = False, orders: Ask | None = None
    ) -> SyncReport:
        request = SyncRequest("Mara", ASOF, frozenset(allow), plan, orders)
        return run(self.targets(paths), request)

    def settled(self) -> None:
        """Check that another sync changes no byte of any copy, and finds the same conflicts."""
        before = self.bytes()
        again = self.sync()
        assert self.bytes() == before
        assert not any(again.written.values())

    def bytes(self) -> dict[str, bytes]:
        """Return every file that is not state."""
        files = (path for path in self.folder.rglob("*") if path.is_file())
        return {str(p): p.read_bytes() for p in files if self.state not in p.parents}

    def stored(self) -> Stored:
        with looking(self.known()) as store:
            return store.load()

    def ledger(self) -> list[Logged]:
        with looking(self.known()) as store:
            return list(store.ledger())

    def conflicts(self) -> dict[tuple[str, str], OpenConflict]:
        return {(one.row_id, one.key): one for one in self.stored().conflicts}

    def side(self, path: Path | None = None) -> Side:
        """Return the record, or a copy, as it reads now."""
        book = read(path) if path is not None else book_of(self.stored().record, whole=True)
        return Side(book, parse(book, ASOF))

    def rows(self, sheet: str, path: Path | None = None) -> dict[str, Any]:
        """Return a sheet's typed rows by id, of the record or of a copy."""
        return {row.id: row for row in self.side(path).parsed.record.rows(sheet)}

    def fees(self, path: Path | None = None) -> dict[str, Any]:
        return self.rows("Fees", path)

    def raw(self, row_id: str, key: str, path: Path | None = None, sheet: str = "Fees") -> Any:
        """Return what stands in a cell of the record, or of a copy."""
        side = self.side(path)
        return side.raw(sheet, side.present(sheet).get(row_id, 0), key)

    def change(self, path: Path, *changes: Change) -> None:
        """Let another program open a copy, change it and save it."""
        data = path.read_bytes()
        for change in changes:
            data = edited(data, change)
        path.write_bytes(data)
        if self.resave is not None:
            self.resave(path)

    def type(self, path: Path, row: int, **cells: Any) -> None:
        """Type into the fee line of a row."""
        if self.resave is None:
            path.write_bytes(typed_into(path.read_bytes(), "Fees", row, **cells))
        else:
            self.change(path, put("Fees", row, **cells))

    def marks(self, path: Path) -> WorkbookStamps:
        return read_marks(read(path))
