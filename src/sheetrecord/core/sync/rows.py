"""Apply plans to a snapshot's rows, and compare two states of them."""

from collections.abc import Iterable, Iterator, Mapping

from sheetrecord.core.sync.store_protocol import LedgerEntry, Row, Rows
from sheetrecord.model.edit import AddRow, Plan, RemoveRow, SetValue
from sheetrecord.model.value import Cell, Formula
from sheetrecord.schema.sheets import SHEETS

Place = tuple[str, str]
"""A sheet and a row's id."""


def applied(rows: Rows, plan: Plan) -> Rows:
    """Return rows with a plan applied; rows it does not touch are the same objects."""
    found: dict[str, dict[str, Row]] = {}
    for edit in plan:
        sheet = edit.at.sheet if isinstance(edit, SetValue) else edit.sheet
        if sheet not in found:
            found[sheet] = dict(rows.get(sheet, {}))
        _apply(found[sheet], edit)
    return {**rows, **found}


def _apply(rows: dict[str, Row], edit: AddRow | RemoveRow | SetValue) -> None:
    if isinstance(edit, AddRow):
        rows[edit.row_id] = {k: v for k, v in edit.cells.items() if _says(v)}
    elif isinstance(edit, RemoveRow):
        rows.pop(edit.row_id, None)
    elif edit.at.row_id and edit.at.key != SHEETS[edit.at.sheet].columns[0].key:
        rows[edit.at.row_id] = with_cell(rows.get(edit.at.row_id, {}), edit.at.key, edit.value)


def with_cell(row: Row, key: str, value: Cell) -> Row:
    """Return a row with one cell replaced; a blank cell is removed."""
    cells = {k: v for k, v in row.items() if k != key}
    if _says(value):
        cells[key] = value
    return cells


def _says(value: Cell) -> bool:
    """Tell whether a cell is content: a formula of ours says nothing that anybody typed."""
    return value is not None and not isinstance(value, Formula)


def touched(before: Rows, after: Rows) -> Iterator[tuple[Place, Row | None, Row | None]]:
    """Yield (place, before, after) of each row that differs; None for a missing row."""
    for sheet in dict.fromkeys([*before, *after]):
        old, new = before.get(sheet, {}), after.get(sheet, {})
        if old is new:
            continue
        for id_ in dict.fromkeys([*old, *new]):
            was, now = old.get(id_), new.get(id_)
            if was is not now and was != now:
                yield (sheet, id_), was, now


def entries(
    changes: Iterable[tuple[Place, Row | None, Row | None]], origin: str, generation: int, why: str
) -> Iterator[LedgerEntry]:
    """Yield the ledger entries that turn one state of the rows into the other."""
    for (sheet, id_), was, now in changes:
        if was is None or now is None:
            kind = "add" if was is None else "remove"
            cells = now if was is None else was
            yield LedgerEntry(kind, origin, generation, sheet, id_, cells=cells or {}, why=why)
            continue
        for key in dict.fromkeys([*was, *now]):
            old, new = was.get(key), now.get(key)
            if old != new or type(old) is not type(new):
                yield LedgerEntry("set", origin, generation, sheet, id_, key, old, new, why=why)


def row_changes(before: Rows, after: Rows) -> Mapping[Place, Row | None]:
    """Return the rows that are new or different afterwards; None for removed ones."""
    return {place: now for place, _, now in touched(before, after)}
