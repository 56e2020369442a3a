"""Convert a snapshot to a workbook that can be parsed, and read a workbook's configuration."""

import datetime as dt
from collections import OrderedDict, deque
from collections.abc import Callable, Hashable, Iterator, Mapping
from typing import Final

from sheetrecord.core.handover.baseline import BASELINE
from sheetrecord.core.handover.hidden_log import LOG
from sheetrecord.core.merge.side import Side
from sheetrecord.core.new_ids import LAST_DEAL
from sheetrecord.core.sync.store_protocol import Row, Rows, Snapshot
from sheetrecord.model.book import Book, Cells, Range, Sheet
from sheetrecord.model.value import Cell, CellError, Formula, Unknown, shown
from sheetrecord.schema.names import PREFIX, column_name, setting_name
from sheetrecord.schema.read.parse import Configured, configured, parse
from sheetrecord.schema.sheets import SHEETS

NAMES: Final = ""
"""The title in the configuration under which the defined names stand."""

WorkbookConfig = Mapping[str, tuple[tuple[Cell, ...], ...]]

_REMEMBERED: Final = 24
_MADE: Final = 64
_ALIKE: Final = 8
_NO_ROWS: Final[Mapping[str, Row]] = {}


def book_of(snapshot: Snapshot, *, whole: bool = False, known: "_Known | None" = None) -> Book:
    """Return a snapshot as a workbook without formulas.

    Sheets that the snapshot did not see are left out, unless it is the ``whole`` record. ``known``
    caches sheets that were made before.
    """
    known = _Known() if known is None else known
    sheets: list[Sheet] = []
    names: dict[str, Range | None] = {}
    for key, declared in SHEETS.items():
        if not whole and key not in snapshot.rows:
            continue
        away = snapshot.hidden.get(key, ())
        keys = [c.key for c in declared.columns if not c.derived and c.key not in away]
        names |= {column_name(key, k): Range(key, 1, i, 1, i) for i, k in enumerate(keys, 1)}
        sheets.append(known.rows(key, keys, snapshot.rows.get(key, _NO_ROWS)))
    for title, rows in snapshot.workbook_config.items():
        if title == NAMES:
            names |= dict(_ranges(rows))
        else:
            sheets.append(known.furnished(title, rows))
    properties = {LAST_DEAL: str(snapshot.last_deal)} if snapshot.last_deal else {}
    return Book("the record", sheets, names=names, properties=properties)


class _Known:
    """The sheets that were made of rows; of the same rows, unchanged, the same sheet is made."""

    def __init__(self) -> None:
        self._made: OrderedDict[tuple[Hashable, ...], tuple[object, Sheet]] = OrderedDict()
        self._seen: dict[str, deque[Mapping[str, Row]]] = {}

    def rows(self, title: str, keys: list[str], rows: Mapping[str, Row]) -> Sheet:
        """Return a sheet of the record."""
        rows = self._alike(title, rows)
        return self._one((title, id(rows), *keys), rows, lambda: _sheet(title, keys, rows))

    def _alike(self, title: str, rows: Mapping[str, Row]) -> Mapping[str, Row]:
        """Return rows that say the same and were seen before: the record and most baselines do."""
        seen = self._seen.setdefault(title, deque(maxlen=_ALIKE))
        known = next((one for one in seen if one is rows or _equal(one, rows)), None)
        if known is None:
            seen.append(rows)
        return rows if known is None else known

    def furnished(self, title: str, rows: tuple[tuple[Cell, ...], ...]) -> Sheet:
        """Return a sheet beside the record."""
        return self._one((title, id(rows)), rows, lambda: _furnished(title, rows))

    def _one(self, key: tuple[Hashable, ...], rows: object, make: Callable[[], Sheet]) -> Sheet:
        held = self._made.get(key)
        if held is None:
            held = self._made[key] = rows, make()  # keeps alive what the key tells by its id
            if len(self._made) > _MADE:
                self._made.popitem(last=False)
        else:
            self._made.move_to_end(key)
        return held[1]


def with_rows_of(snapshot: Snapshot, known: Rows) -> Snapshot:
    """Return a snapshot in which rows that ``known`` has too are those very rows.

    What is one object is compared, and written, once.
    """
    rows = {sheet: _with(held, known.get(sheet, _NO_ROWS)) for sheet, held in snapshot.rows.items()}
    return snapshot._replace(rows=rows)


def _with(rows: Mapping[str, Row], known: Mapping[str, Row]) -> Mapping[str, Row]:
    found = {}
    for id_, row in rows.items():
        other = known.get(id_)
        same = other is not None and other == row and _equal_types(other, row)
        found[id_] = other if same and other is not None else row
    return found


def _equal(one: Mapping[str, Row], other: Mapping[str, Row]) -> bool:
    """Tell whether two sheets' rows are the same in the same order, the cells' types included."""
    return (
        one == other
        and list(one) == list(other)
        and all(map(_equal_types, one.values(), other.values()))
    )


def _equal_types(one: Row, other: Row) -> bool:
    """Tell whether equal rows are of the same types: 1, 1.0 and True are equal."""
    return one is other or [type(one[key]) for key in other] == list(map(type, other.values()))


def _sheet(title: str, keys: list[str], rows: Mapping[str, Row]) -> Sheet:
    """Return rows as a sheet: a header, then one row each, the id in the first column."""
    columns = {1: Cells([1, *range(2, len(rows) + 2)], [keys[0], *rows])}
    found: dict[str, tuple[list[int], list[Cell]]] = {key: ([1], [key]) for key in keys[1:]}
    for number, row in enumerate(rows.values(), start=2):
        for key, cell in row.items():
            column = found.get(key)
            if column is not None and cell is not None:
                column[0].append(number)
                column[1].append(cell)
    columns |= {i: Cells(*found[key]) for i, key in enumerate(keys[1:], start=2)}
    return Sheet(title, columns)


def _ranges(rows: tuple[tuple[Cell, ...], ...]) -> Iterator[tuple[str, Range]]:
    for name, sheet, *place in rows:
        top, left, bottom, right = (int(n) for n in place if isinstance(n, int | float))
        yield str(name), Range(str(sheet), top, left, bottom, right)


def _furnished(title: str, rows: tuple[tuple[Cell, ...], ...]) -> Sheet:
    columns: dict[int, Cells] = {}
    blank = (None, "") if title in {LOG, BASELINE} else (None,)  # a file holds no empty text there
    for number in range(1, max(map(len, rows), default=0) + 1):
        held = [(i, row[number - 1]) for i, row in enumerate(rows, 1) if len(row) >= number]
        held = [(i, cell) for i, cell in held if cell not in blank]
        columns[number] = Cells([i for i, _ in held], [cell for _, cell in held])
    return Sheet(title, columns)


def workbook_config_of(book: Book) -> WorkbookConfig:
    """Return a workbook's settings, lists, handover log, baselines and defined names."""
    wanted = (setting_name(""), f"{PREFIX}list_")
    names = {
        name: area
        for name, area in book.names.items()
        if area is not None and name.startswith(wanted) and area.sheet in book.sheets
    }
    titles = dict.fromkeys([*(area.sheet for area in names.values()), LOG, BASELINE])
    live = names.get(setting_name("asof"))
    found = {
        title: _rows(book.sheets[title], live if live and live.sheet == title else None)
        for title in titles
        if title in book.sheets
    }
    if names:
        found[NAMES] = tuple((name, *area) for name, area in sorted(names.items()))
    return found


def _rows(sheet: Sheet, live: Range | None) -> tuple[tuple[Cell, ...], ...]:
    """Return a sheet's cells as shown; a day that a formula keeps at today stays open."""
    width = max(sheet.columns, default=0)
    rows: dict[int, dict[int, Cell]] = {}
    for number, cells in sheet.columns.items():
        for row, cell in zip(cells.rows, cells.values, strict=False):
            moving = live is not None and (row, number) == (live.top, live.left)
            if not (moving and isinstance(cell, Formula)):
                rows.setdefault(row, {})[number] = _plain(cell)
    last = max(rows, default=0)
    return tuple(
        tuple(rows.get(row, {}).get(number) for number in range(1, width + 1))
        for row in range(1, last + 1)
    )


def _plain(cell: Cell) -> Cell:
    seen = shown(cell)
    return None if isinstance(seen, CellError | Unknown) else seen


def _blanks(snapshot: Snapshot, side: Side) -> Iterator[tuple[str, list[str]]]:
    """Yield the rows of which so little is accounted for that a reader does not see them."""
    for sheet, rows in snapshot.rows.items():
        seen = {cells[1] for cells in side.rows(sheet)}
        if len(seen) < len(rows):
            yield sheet, [id_ for id_ in rows if id_ not in seen]


class SnapshotSides:
    """Parses snapshots into merge sides, with a cache of the latest ones."""

    def __init__(self, today: dt.date) -> None:
        self._today = today
        self._known: OrderedDict[tuple[int, ...], tuple[Snapshot, Side]] = OrderedDict()
        self._sheets = _Known()
        self._configured: tuple[WorkbookConfig, Configured] | None = None

    def record(self, snapshot: Snapshot) -> Side:
        """Return the record as a side; every sheet is there."""
        return self._side(snapshot, whole=True)

    def base(self, snapshot: Snapshot, workbook_config: WorkbookConfig) -> Side:
        """Return a baseline as a side, parsed with the record's settings and lists."""
        return self._side(snapshot._replace(workbook_config=workbook_config), whole=False)

    def _side(self, snapshot: Snapshot, *, whole: bool) -> Side:
        what = (snapshot.rows, snapshot.hidden, snapshot.workbook_config)
        key = (*map(id, what), snapshot.last_deal, int(whole))
        known = self._known.get(key)
        if known is not None:
            self._known.move_to_end(key)
            return known[1]
        book = book_of(snapshot, whole=whole, known=self._sheets)
        words = self._words(snapshot.workbook_config, book)
        side = Side(book, parse(book, self._today, known_configuration=words))
        side.certain = True
        if not whole:
            side.blanks = dict(_blanks(snapshot, side))
        self._known[key] = snapshot, side  # the snapshot keeps alive what the key tells by its id
        if len(self._known) > _REMEMBERED:
            self._known.popitem(last=False)
        return side

    def _words(self, workbook_config: WorkbookConfig, book: Book) -> Configured:
        """Return a configuration as it is read: of nearly all snapshots of a run it is the same."""
        if self._configured is None or self._configured[0] is not workbook_config:
            self._configured = workbook_config, configured(book, self._today)
        return self._configured[1]
