"""Replay the ledger: the record at a past moment, and the edits that undo one run."""

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping
from itertools import takewhile
from typing import NamedTuple

from sheetrecord.core.sync.rows import with_cell
from sheetrecord.core.sync.store_protocol import LedgerEntry, Logged, Row, Rows
from sheetrecord.model.edit import AddRow, At, Edit, Plan, RemoveRow, SetValue
from sheetrecord.model.value import Cell


def replayed(entries: Iterable[LedgerEntry]) -> Rows:
    """Return the rows that result from applying ledger entries in order to an empty record."""
    rows: dict[str, dict[str, Row]] = {}
    for entry in entries:
        here = rows.setdefault(entry.sheet, {}) if entry.sheet else {}
        if entry.kind == "add":
            here[entry.row_id] = entry.cells
        elif entry.kind == "remove":
            here.pop(entry.row_id, None)
        elif entry.kind == "set":
            here[entry.row_id] = with_cell(here.get(entry.row_id, {}), entry.key, entry.new)
    return rows


def record_at(
    ledger: Iterable[Logged], moment: dt.datetime | None = None, run: int | None = None
) -> Rows:
    """Return the record's rows as of a moment (UTC, inclusive) or after a run.

    Replay stops at the first entry later than ``moment``: the ledger's order decides, also where a
    clock was set back.
    """
    return replayed(
        logged.entry
        for logged in takewhile(lambda one: moment is None or one.at <= moment, ledger)
        if run is None or logged.run <= run
    )


class Undo(NamedTuple):
    """The undo of a run: edits of the record, and the entries that can no longer be undone."""

    plan: Plan
    left: tuple[LedgerEntry, ...]


def undone(rows: Rows, entries: Iterable[LedgerEntry]) -> Undo:
    """Return the edits that undo a run's entries, latest first.

    A cell that holds another value by now is not touched, nor is a row that was changed or restored
    since: those entries are returned in ``left``.
    """
    now = {(sheet, id_): row for sheet, held in rows.items() for id_, row in held.items()}
    plan: list[Edit] = []
    left: list[LedgerEntry] = []
    for entry in reversed(list(entries)):
        found = _inverse(entry, now.get((entry.sheet, entry.row_id)))
        if found is None:
            left.append(entry)
        for edit in found or ():
            plan.append(edit)
            _follow(now, edit)
    return Undo(tuple(plan), tuple(left))


def _inverse(entry: LedgerEntry, row: Row | None) -> tuple[Edit, ...] | None:
    """Return the edits that undo one entry; None when the record has moved on."""
    if entry.kind == "set":
        if row is None or not _is(row.get(entry.key), entry.new):
            return None
        return (SetValue(At(entry.sheet, entry.row_id, entry.key), entry.old, "undone"),)
    if entry.kind == "add":
        whole = row is not None and _filled(row) == _filled(entry.cells)
        return (RemoveRow(entry.sheet, entry.row_id, entry.cells, "undone"),) if whole else None
    if entry.kind == "remove":
        return (AddRow(entry.sheet, entry.row_id, entry.cells, "undone"),) if not row else None
    return ()


def _is(one: Cell, other: Cell) -> bool:
    return one == other and type(one) is type(other)


def _filled(row: Row) -> Mapping[str, Cell]:
    return {key: value for key, value in row.items() if value is not None}


def _follow(now: dict[tuple[str, str], Row], edit: Edit) -> None:
    if isinstance(edit, SetValue):
        place = (edit.at.sheet, edit.at.row_id)
        now[place] = with_cell(now[place], edit.at.key, edit.value)
    elif isinstance(edit, RemoveRow):
        del now[edit.sheet, edit.row_id]
    else:
        now[edit.sheet, edit.row_id] = edit.cells


def of_run(ledger: Iterable[Logged], run: int) -> Iterator[LedgerEntry]:
    """Yield the ledger entries of one run."""
    return (logged.entry for logged in ledger if logged.run == run)
