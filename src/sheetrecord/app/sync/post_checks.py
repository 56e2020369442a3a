"""Checks after a sync: content it left alone, and problems it brought into the record."""

import datetime as dt
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from typing import Final, NamedTuple

from sheetrecord.app.sync.read import CopyContent
from sheetrecord.core.check import Report, check
from sheetrecord.core.merge.notices import Notice
from sheetrecord.core.merge.regressions import made_by_merging
from sheetrecord.core.merge.side import Side
from sheetrecord.core.sync.snapshot import book_of
from sheetrecord.core.sync.store_protocol import LedgerEntry, Snapshot
from sheetrecord.model.edit import Plan, SetValue
from sheetrecord.model.problem import Problem, Severity
from sheetrecord.schema.column import Kind
from sheetrecord.schema.read.parse import parse
from sheetrecord.schema.sheets import SHEETS

_TYPED: Final = frozenset({Kind.MONEY, Kind.NUMBER, Kind.PERCENT, Kind.DATE})
"""Kinds of columns in which a text does not count."""


class Doubts(NamedTuple):
    """Problems of the record that a sync brought: those of no copy by itself, and misfits.

    ``unfit`` are texts where a number or a day belongs, ``together`` what two copies make wrong.
    """

    together: tuple[Problem, ...] = ()
    unfit: tuple[Problem, ...] = ()


class Copies(NamedTuple):
    """The copies of which edits were accepted, as they were read, and what was written to them."""

    taken: Mapping[str, CopyContent]
    written: Mapping[str, Plan]


def left_alone(taken: CopyContent) -> Iterator[Notice]:
    """Yield a copy's totals and its values typed over formulas: neither is part of the record."""
    titles = {place.title: key for key, place in taken.side.layout.sheets.items()}
    for finding in taken.side.parsed.findings:
        where = finding.where
        sheet = titles.get(where.sheet, where.sheet)
        if finding.code == "ROW-004":
            words = f"row {where.row} is a total, not a row of the record"
            yield Notice("total", sheet, "", words)
        elif finding.code in {"ROW-006", "ROW-008"}:
            words = "typed over its formula; that cell is computed in every copy"
            yield Notice("typed-over", sheet, where.key, words, where.row_id)


def doubts(
    before: Snapshot,
    after: Snapshot,
    entries: Sequence[LedgerEntry],
    copies: Copies,
    today: dt.date,
) -> Doubts:
    """Return the record's problems after a sync that it did not have before."""
    alone = not _several(copies)
    places = set(_texts(entries))
    first = len(copies.taken) < 2 and not any(before.rows.values())
    if first or (alone and not places) or before.rows == after.rows:
        return Doubts()
    now, report = _checked(after, today)
    unfit = tuple(_unfit(report.problems, places))
    if alone:
        return Doubts((), unfit)
    then, old = _checked(before, today)
    known = [(old, then.layout)]
    known += [(check(one.side.parsed), one.side.layout) for one in copies.taken.values()]
    return Doubts(tuple(made_by_merging(report, now.layout, known)), unfit)


def problems_of(record: Snapshot, today: dt.date) -> tuple[Problem, ...]:
    """Return all problems of a record."""
    return tuple(_checked(record, today)[1].problems)


def _several(copies: Copies) -> bool:
    """Tell whether the record is now what no copy was by itself."""
    if len(copies.taken) > 1:
        return True
    plans = (copies.written.get(name, ()) for name in copies.taken)
    return any(not isinstance(e, SetValue) or e.at.row_id for plan in plans for e in plan)


def _checked(snapshot: Snapshot, today: dt.date) -> tuple[Side, Report]:
    book = book_of(snapshot, whole=True)
    side = Side(book, parse(book, today))
    return side, check(side.parsed)


def _texts(entries: Iterable[LedgerEntry]) -> Iterator[tuple[str, str, str]]:
    """Yield the cells into which a text came where a number or a day belongs."""
    for entry in entries:
        cells = {entry.key: entry.new} if entry.kind == "set" else entry.cells
        if entry.kind not in {"set", "add"}:
            continue
        columns = SHEETS[entry.sheet].by_key
        for key, value in cells.items():
            if isinstance(value, str) and key in columns and columns[key].kind in _TYPED:
                yield entry.sheet, entry.row_id, key


def _unfit(
    problems: Iterable[Problem], places: Collection[tuple[str, str, str]]
) -> Iterator[Problem]:
    for problem in problems:
        where = problem.where
        here = (where.sheet, where.row_id, where.key) in places
        if here and problem.code.startswith("TYPE-") and problem.severity >= Severity.WARNING:
            yield problem
