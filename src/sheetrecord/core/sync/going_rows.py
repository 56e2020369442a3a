"""Rows that a decision removes: what is decided about their cells, and which of them are needed."""

from collections.abc import Collection, Iterable, Mapping, Sequence

from sheetrecord.core.merge.deletes import references
from sheetrecord.core.sync.rows import applied
from sheetrecord.core.sync.store_protocol import Rows
from sheetrecord.model.edit import Edit, RemoveRow, SetValue
from sheetrecord.schema.sheets import SHEETS

GoingRow = tuple[str, str]
"""A sheet and the id of a row in it."""

_SHOWN = 4


def going(plan: Iterable[Edit]) -> set[GoingRow]:
    """Return the rows that a plan removes."""
    return {(edit.sheet, edit.row_id) for edit in plan if isinstance(edit, RemoveRow)}


def without_cells_of(plan: Iterable[Edit], rows: Collection[GoingRow]) -> tuple[Edit, ...]:
    """Return a plan without cells of rows that go: set after the row went, they would be a row."""
    return tuple(
        edit
        for edit in plan
        if not (isinstance(edit, SetValue) and (edit.at.sheet, edit.at.row_id) in rows)
    )


def needed(record: Rows, plan: Sequence[Edit]) -> Mapping[GoingRow, tuple[str, ...]]:
    """Return the rows that a plan removes and that cannot go, with the ids of those they serve.

    What counts are the references that are left when its other edits are carried out. A row that
    stays because another one refers to it keeps what it refers to itself.
    """
    rows = going(plan)
    if not rows:
        return {}
    others = [edit for edit in plan if not isinstance(edit, RemoveRow)]
    record = applied(record, without_cells_of(others, rows))
    found: dict[GoingRow, tuple[str, ...]] = {}
    while more := _referred(record, rows - found.keys()):
        found |= {row: tuple(ids) for row, ids in more.items()}
    return found


def _referred(record: Rows, leaving: Collection[GoingRow]) -> Mapping[GoingRow, list[str]]:
    found: dict[GoingRow, list[str]] = {}
    for sheet, rows in record.items():
        columns = SHEETS[sheet].columns
        named = [(columns[i - 1].key, to) for i, to in references(sheet)]
        for id_, row in rows.items():
            if (sheet, id_) in leaving:
                continue
            for key, to in named:
                target = (to, row.get(key))
                if target in leaving:
                    found.setdefault((to, str(target[1])), []).append(id_)
    return found


def some(ids: Collection[str]) -> str:
    """Return ids as a list for a message; of many, the first ones and how many more.

    >>> some(["F-1", "F-2", "F-3", "F-4", "F-5", "F-6"])
    'F-1, F-2, F-3, F-4 (+2)'
    """
    shown = ", ".join(list(ids)[:_SHOWN])
    return f"{shown} (+{len(ids) - _SHOWN})" if len(ids) > _SHOWN else shown
