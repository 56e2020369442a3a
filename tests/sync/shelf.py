"""Workbooks of a simulated office: immutable versions of files, and what each of them says."""

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping
from itertools import count
from typing import Any

from merge.world import Rows, applied, book_of
from sheetrecord.core.merge.conflict_list import FIRST_ROW, MARK, WHOLE, ConflictLine
from sheetrecord.core.merge.conflict_words import FIELDS
from sheetrecord.core.merge.side import Side
from sheetrecord.core.new_ids import LAST_DEAL
from sheetrecord.core.sync.conflict_rows import lines_of
from sheetrecord.core.sync.effects import Put
from sheetrecord.model.book import Cells, Range, Sheet
from sheetrecord.model.edit import RemoveRow, SetValue
from sheetrecord.model.value import CellError, Formula
from sheetrecord.schema.read.parse import parse
from sheetrecord.schema.sheets import SHEETS
from sync.reading import once

TODAY = dt.date(2026, 6, 30)
UNIQUE = frozenset(
    {"description", "net", "tax", "planned_on", "note", "invoice_no", "client", "value_net"}
)
"""Columns in which every value is typed once in a world: to lose one is a set difference."""

Token = tuple[str, Any]
"""A column and a value that somebody typed there."""

_DIGESTS = count(1)


class Version:
    """One state of a file. ``gone`` are values that somebody displaced who had them on screen."""

    def __init__(
        self,
        rows: Rows,
        generation: int = 0,
        lines: Iterable[ConflictLine] = (),
        hidden: Iterable[tuple[str, str]] = (),
        gone: Iterable[Token] = (),
        last_deal: int = 0,
    ) -> None:
        self.rows, self.generation, self.lines = rows, generation, tuple(lines)
        self.hidden, self.gone = frozenset(hidden), frozenset(gone)
        self.last_deal = last_deal
        """What the file remembers of deals' numbers, whichever rows go."""
        self.mark = ""
        """What the stamp says of the ledger."""
        self.deleted: frozenset[tuple[str, str]] = frozenset()
        self.digest = f"d{next(_DIGESTS)}"
        self._side: Side | None = None
        self._half: Side | None = None

    @property
    def side(self) -> Side:
        if self._side is None:
            self._side = self._read(self._seen())
        return self._side

    @property
    def half(self) -> Side:
        """The file as a reader sees it that loses a sheet's rows without noticing."""
        if self._half is None:
            self._half = self._read({**self._seen(), "Fees": []})
        return self._half

    def _seen(self) -> Rows:
        """The rows under the headers that the file shows: a renamed column is somebody's own."""
        away: dict[str, dict[str, str]] = {}
        for sheet, key in self.hidden:
            away.setdefault(sheet, {})[key] = f"own {key[::-1]}"
        return {
            sheet: [{away[sheet].get(k, k): v for k, v in row.items()} for row in rows]
            if sheet in away
            else rows
            for sheet, rows in self.rows.items()
        }

    def _read(self, rows: Rows) -> Side:
        said = repr((rows, sorted(self.hidden), self.lines, self.last_deal))
        return once(said, lambda: self._parsed(rows))

    def _parsed(self, rows: Rows) -> Side:
        hidden: dict[str, list[str]] = {}
        for sheet, key in self.hidden:
            hidden.setdefault(sheet, []).append(key)
        book = book_of(rows, hidden)
        if self.last_deal:
            book.properties = {**book.properties, LAST_DEAL: str(self.last_deal)}
        if self.lines:
            sheets = {**book.sheets, "Conflicts": _listing(self.lines)}
            book.sheets = sheets
            book.names = {**book.names, MARK: Range("Conflicts", 1, 1, 1, 1)}
        return Side(book, parse(book, TODAY))

    def tokens(self) -> Iterator[Token]:
        """Every value that somebody typed and that a reader of the file sees."""
        for sheet, rows in self.rows.items():
            for row in rows:
                for key, value in row.items():
                    if (sheet, key) not in self.hidden and said(key, value):
                        yield key, value

    def row(self, sheet: str, row_id: str) -> dict[str, Any]:
        """The row of an id."""
        id_key = SHEETS[sheet].columns[0].key
        return next((row for row in self.rows[sheet] if row.get(id_key) == row_id), {})

    def written(self, put: Put, mark: str = "") -> "Version":
        """This file after a write of the engine's."""
        for edit in put.plan:
            if isinstance(edit, SetValue):
                place = (edit.at.sheet, edit.at.key)
                assert place not in self.hidden, "a hidden column is written"
            elif isinstance(edit, RemoveRow):
                row = self.row(edit.sheet, edit.row_id)
                held = [k for s, k in self.hidden if s == edit.sheet and row.get(k) is not None]
                assert not held, "a row goes that holds what the engine cannot see"
        rows = applied(self.rows, _visible(put, self))
        lines = self.lines
        if put.lines is not None:
            lines = _numbered(lines_of(put.lines, put.seen.name))
        last = max(self.last_deal, put.last_deal)
        found = Version(rows, put.generation, lines, self.hidden, self.gone, last)
        found.deleted, found.mark = self.deleted - set(ids_of(rows)), mark
        return found


def said(key: str, value: Any) -> bool:
    """Whether a cell holds a value of which there is only one."""
    return key in UNIQUE and value is not None and not isinstance(value, CellError | Formula)


def _visible(put: Put, version: Version) -> tuple[Any, ...]:
    """The plan without cells of new rows in columns that the file does not have."""
    found: list[Any] = []
    for edit in put.plan:
        if isinstance(edit, SetValue):
            found.append(edit)
            continue
        cells: Mapping[str, Any] = {
            k: v for k, v in edit.cells.items() if (edit.sheet, k) not in version.hidden
        }
        found.append(edit._replace(cells=cells))
    return tuple(found)


def _numbered(lines: Iterable[ConflictLine]) -> list[ConflictLine]:
    return [line._replace(row=FIRST_ROW + i) for i, line in enumerate(lines)]


def _listing(lines: Iterable[ConflictLine]) -> Sheet:
    """The sheet that lists conflicts."""
    rows = [
        (
            *(None, None, one.sheet, one.row_id, one.key or WHOLE, one.ours, one.theirs, one.keep),
            *(one.base, one.why, one.whose, one.seen),
        )
        for one in lines
    ]
    columns = {}
    for number in range(1, len(FIELDS) + 1):
        held = [(FIRST_ROW + i, row[number - 1]) for i, row in enumerate(rows)]
        held = [(i, cell) for i, cell in held if cell is not None]
        columns[number] = Cells([1, *(i for i, _ in held)], ["-", *(cell for _, cell in held)])
    return Sheet("Conflicts", columns)


def ids_of(rows: Rows) -> Iterator[tuple[str, str]]:
    """Every id that stands on a row with anything in it, as often as it stands there."""
    for sheet, held in rows.items():
        id_key = SHEETS[sheet].columns[0].key
        for row in held:
            if any(
                value is not None and key not in {id_key, "deal_id"} for key, value in row.items()
            ):
                yield sheet, str(row.get(id_key) or "")
