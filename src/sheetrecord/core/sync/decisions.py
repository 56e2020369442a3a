"""Decisions about conflicts, made in a copy's list of conflicts or by a command."""

import datetime as dt
from collections.abc import Collection, Iterable, Iterator, Sequence
from typing import NamedTuple

from sheetrecord.core.merge.conflict_list import ConflictLine, code_of, decide, goes, told
from sheetrecord.core.merge.conflict_words import said, side_of
from sheetrecord.core.merge.side import Side
from sheetrecord.core.sync.conflict_rows import lines_of
from sheetrecord.core.sync.going_rows import GoingRow, going
from sheetrecord.core.sync.open_conflicts import Disputes, Place, place_of
from sheetrecord.core.sync.store_protocol import OpenConflict, Rows
from sheetrecord.model.conflict import Wanted, Whole
from sheetrecord.model.edit import At, Edit, Plan, RemoveRow, SetValue
from sheetrecord.model.value import Cell
from sheetrecord.schema.column import Kind
from sheetrecord.schema.read.kinds import Wrong, reader_for
from sheetrecord.schema.sheets import SHEETS


class RecordOrder(NamedTuple):
    """A change ordered for the record itself: the undo of a run, or a decision by a command.

    ``settle`` are the places whose conflicts the plan decides, whatever their sides.
    """

    origin: str
    plan: Plan
    settle: tuple[Place, ...] = ()
    why: str = ""


def keep(standing: OpenConflict, value: Wanted, origin: str) -> RecordOrder:
    """Return the order that settles a conflict with one of its sides, or with another value."""
    place = (standing.sheet, standing.row_id, standing.key)
    return RecordOrder(origin, _plan(place, value), (place,), "decided")


def _plan(place: Place, value: Wanted) -> Plan:
    sheet, row_id, key = place
    if isinstance(value, Whole):
        return (RemoveRow(sheet, row_id, {}, "decided"),) if value.gone else ()
    return (SetValue(At(sheet, row_id, key), value, "decided"),)


class ListedDecision(NamedTuple):
    """One decision from a copy's list: place, value, and the sides that the list showed.

    ``also`` are the same of the cells of a row that is to go.
    """

    place: Place
    plan: tuple[Edit, ...]
    seen: tuple[Wanted, ...]
    also: tuple[tuple[Place, tuple[Wanted, ...]], ...] = ()


class ReadDecisions(NamedTuple):
    """The decisions read from a copy's list, and the reasons why others cannot be carried out."""

    choices: tuple[ListedDecision, ...]
    left: tuple[tuple[ConflictLine, str], ...]


def read_choices(
    lines: Sequence[ConflictLine], copy: str, side: Side, disputes: Disputes, record: Rows
) -> ReadDecisions:
    """Return the decisions in a copy's list of conflicts.

    They are about the ``record``: the copy itself may not show the row, as after deleting it. A
    line counts while its conflict is open; sides that joined after it was written stay open.
    """
    lines = [_own_words(line, disputes, side) for line in lines]
    choices: dict[Place, ListedDecision] = {}
    left: list[tuple[ConflictLine, str]] = []
    for line in _together(lines, disputes):
        place = (line.sheet, line.row_id, line.key)
        standing = disputes.get(place)
        if standing is None or not _stands(line, standing, (copy, lines)):
            continue
        held = [place[:2]] if line.row_id in record.get(line.sheet, {}) else []
        found = decide([line], side, elsewhere=held)
        left += found.left
        if not found.settled:
            continue
        value = _value(line, found.plan, side)
        plan = _plan(place, value)
        also = _cells_of(going(plan), lines, disputes)
        choice = ListedDecision(place, plan, _seen(standing, lines), also)
        if place in choices and choices[place].plan != choice.plan:
            left.append((line, said(side.layout.language, "two")))
            del choices[place]
        else:
            choices[place] = choice
    return ReadDecisions(tuple(choices.values()), tuple(left))


def _cells_of(
    rows: Collection[GoingRow], lines: Sequence[ConflictLine], disputes: Disputes
) -> tuple[tuple[Place, tuple[Wanted, ...]], ...]:
    """Return the conflicts about cells of rows that go, and the sides that a list showed.

    Those of which it does not show what the record holds are left out.
    """
    found = (one for one in disputes if one.key and (one.sheet, one.row_id) in rows)
    return tuple((place_of(one), _seen(one, lines)) for one in found if _current(one, lines))


def _own_words(line: ConflictLine, disputes: Disputes, side: Side) -> ConflictLine:
    """Return a line with its sides in the record's words, where the copy has another label."""
    standing = disputes.get((line.sheet, line.row_id, line.key))
    if standing is None or not line.key:
        return line
    record = [standing.record, standing.base, *(one.value for one in standing.sides)]
    known = {code_of(told(value), line, side): told(value) for value in reversed(record)}

    def own(cell: Cell) -> Cell:
        return known.get(code_of(cell, line, side), cell) if isinstance(cell, str) else cell

    return line._replace(base=own(line.base), ours=own(line.ours), theirs=own(line.theirs))


def _together(lines: Iterable[ConflictLine], disputes: Disputes) -> Iterator[ConflictLine]:
    """Yield the decided lines; one word about a cell counts for what belongs together with it.

    It does not for a cell of which another line says what is to become of it.
    """
    lines = list(lines)
    decided = {(line.sheet, line.row_id, line.key) for line in lines if _says_something(line)}
    words: dict[tuple[str, str, str, str], Cell] = {}
    for line in lines:
        standing = disputes.get((line.sheet, line.row_id, line.key))
        if standing and standing.group and _word(line.keep):
            words[line.sheet, line.row_id, standing.group, line.whose] = line.keep
    for line in lines:
        place = (line.sheet, line.row_id, line.key)
        standing = disputes.get(place)
        if _says_something(line):
            yield line
        elif standing and standing.group and place not in decided:
            word = words.get((line.sheet, line.row_id, standing.group, line.whose))
            if word is not None:
                yield line._replace(keep=word)


def _says_something(line: ConflictLine) -> bool:
    return line.keep is not None and bool(str(line.keep).strip())


def _word(keep: Cell) -> bool:
    return isinstance(keep, str) and bool(side_of(keep))


def _stands(
    line: ConflictLine, standing: OpenConflict, listed: tuple[str, Sequence[ConflictLine]]
) -> bool:
    """Tell whether a line shows a side that is still open, and the list what the record holds."""
    copy, lines = listed
    if not any(_alike(line.theirs, one.theirs) for one in lines_of([standing], copy)):
        return False
    return _current(standing, lines)


def _current(standing: OpenConflict, lines: Iterable[ConflictLine]) -> bool:
    """Tell whether a list shows what the record holds now."""
    record = told(standing.record)
    return any(_alike(cell, record) for cell in _cells(standing, lines))


def _seen(standing: OpenConflict, lines: Iterable[ConflictLine]) -> tuple[Wanted, ...]:
    """Return the sides of a conflict that a list showed."""
    cells = _cells(standing, lines)
    sides = (side.value for side in standing.sides)
    return tuple(v for v in sides if any(_alike(told(v), cell) for cell in cells))


def _cells(standing: OpenConflict, lines: Iterable[ConflictLine]) -> list[Cell]:
    """Return every value that a list showed of one conflict."""
    place = (standing.sheet, standing.row_id, standing.key)
    mine = [line for line in lines if (line.sheet, line.row_id, line.key) == place]
    return [cell for line in mine for cell in (line.ours, line.theirs)]


def _alike(one: Cell, other: Cell) -> bool:
    """Tell whether two cells of a list say the same; a day may have come back with a time."""
    return _day(one) == _day(other)


def _day(cell: Cell) -> Cell:
    return cell.date() if isinstance(cell, dt.datetime) else cell


def _value(line: ConflictLine, plan: Sequence[Edit], side: Side) -> Wanted:
    """Return what a decision wants of the record."""
    if not line.key:
        return Whole(gone=goes(line, side_of(str(line.keep))))
    if not plan:
        return line.ours
    edit = plan[0]
    value = edit.value if isinstance(edit, SetValue) else None
    return value if value == line.theirs else _worded(line, value, side)


def _worded(line: ConflictLine, value: Cell, side: Side) -> Cell:
    """Return a value that somebody typed in their own words as a code that every copy reads."""
    column = SHEETS[line.sheet].by_key[line.key]
    if column.kind not in {Kind.ENUM, Kind.FLAG}:
        return value
    read = reader_for(column, side.lexicon, dt.date(1899, 12, 30))(value)
    if isinstance(read, Wrong):
        return value
    return "yes" if read is True else (str(read) if read else None)
