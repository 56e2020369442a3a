"""Small records in memory: what three people hold, and a plan applied as a workbook would."""

import datetime as dt
from collections.abc import Mapping, Sequence
from typing import Any

from sheetrecord.core.merge.planner import Merged, merge
from sheetrecord.core.merge.side import Side
from sheetrecord.model.book import Book, Cells, Range, Sheet
from sheetrecord.model.edit import AddRow, Plan, RemoveRow, SetValue
from sheetrecord.model.value import Formula
from sheetrecord.schema import ids
from sheetrecord.schema.names import column_name
from sheetrecord.schema.read.parse import parse
from sheetrecord.schema.sheets import SHEETS

ASOF = dt.date(2026, 6, 30)
Rows = dict[str, list[dict[str, Any]]]
"""Sheet -> rows, each a mapping of column key -> cell; the id stands under its own key."""

EVERYTHING = frozenset(
    {"emptied", "mass-delete", "all-changed", "sorted-apart", "column-cleared", "ids-swapped"}
)


def fee(number: int) -> str:
    """Return the id of the n-th fee line of the tests."""
    return ids.make("F", number)


def book_of(rows: Rows, hidden: Mapping[str, Sequence[str]] | None = None, **options: Any) -> Book:
    """Return rows as a workbook; ``hidden`` lists the columns that it does not have."""
    sheets = []
    names: dict[str, Range | None] = {}
    for key, declared in SHEETS.items():
        if key not in rows:
            continue
        away = set((hidden or {}).get(key, ()))
        own = [k for row in rows[key] for k in row if k not in declared.by_key]
        away |= {c.key for c in declared.columns if c.derived}
        keys = [c.key for c in declared.columns if c.key not in away] + list(dict.fromkeys(own))
        names |= {column_name(key, k): Range(key, 1, i, 1, i) for i, k in enumerate(keys, 1)}
        columns = {}
        for number, name in enumerate(keys, start=1):
            filled = [(i, row[name]) for i, row in enumerate(rows[key], start=2) if name in row]
            filled = [(i, value) for i, value in filled if value is not None]
            cells: list[Any] = [name, *(value for _, value in filled)]
            columns[number] = Cells([1, *(i for i, _ in filled)], cells)
        sheets.append(Sheet(key, columns))
    return Book("test", sheets, names=names, live=options.pop("live", True), **options)


def side_of(rows: Rows, hidden: Mapping[str, Sequence[str]] | None = None, **options: Any) -> Side:
    book = book_of(rows, hidden, **options)
    return Side(book, parse(book, ASOF))


def merged(base: Rows, ours: Rows, theirs: Rows, allow: frozenset[str] = EVERYTHING) -> Merged:
    return merge(side_of(base), side_of(ours), side_of(theirs), allow)


def applied(rows: Rows, plan: Plan) -> Rows:
    """Return our rows with a plan applied, by id where one is unique, else by row number."""
    result: Rows = {sheet: [dict(row) for row in found] for sheet, found in rows.items()}
    ids_before = {sheet: _by_id(sheet, found) for sheet, found in result.items()}
    for edit in plan:
        if isinstance(edit, SetValue):
            at = edit.at
            row = ids_before[at.sheet].get(at.row_id) if at.row_id else None
            row = row if row is not None else result[at.sheet][at.row_number - 2]
            row[at.key] = edit.value
    for edit in plan:
        if isinstance(edit, AddRow):
            key = SHEETS[edit.sheet].columns[0].key
            result.setdefault(edit.sheet, []).append({key: edit.row_id, **edit.cells})
    gone = {(edit.sheet, edit.row_id) for edit in plan if isinstance(edit, RemoveRow)}
    return {
        sheet: [row for row in found if (sheet, row.get(_id_key(sheet))) not in gone]
        for sheet, found in result.items()
    }


def _id_key(sheet: str) -> str:
    return SHEETS[sheet].columns[0].key


def _by_id(sheet: str, rows: list[dict[str, Any]]) -> dict[str, dict[str, Any]]:
    found: dict[str, list[dict[str, Any]]] = {}
    for row in rows:
        found.setdefault(str(row.get(_id_key(sheet)) or ""), []).append(row)
    return {id_: several[0] for id_, several in found.items() if id_ and len(several) == 1}


def content(rows: Rows) -> dict[str, dict[str, dict[str, Any]]]:
    """Return sheet -> id -> filled cells, for comparing; a row of nothing but ids is no row."""
    found: dict[str, dict[str, dict[str, Any]]] = {}
    for sheet, several in rows.items():
        held = found.setdefault(sheet, {})
        for row in several:
            cells = {k: v for k, v in row.items() if v is not None and k != _id_key(sheet)}
            if isinstance(cells.get("currency"), Formula):
                del cells["currency"]  # as the template has it: nobody typed
            if cells.keys() - {"deal_id"} or (cells and sheet in {"Deal", "Context"}):
                held[str(row.get(_id_key(sheet)))] = cells
    return found
