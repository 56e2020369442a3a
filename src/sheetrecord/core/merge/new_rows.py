"""Rows added in both copies: one row or two, and which id each one has in the merge."""

from collections.abc import Iterator, Mapping
from typing import NamedTuple
from zlib import crc32

from sheetrecord.core.merge import similarity
from sheetrecord.core.merge.identity import PENDING, Rows
from sheetrecord.core.merge.side import Identified, Side
from sheetrecord.core.merge.similarity import HALF, Cells
from sheetrecord.core.new_ids import LAST_DEAL, highest_deal, seen
from sheetrecord.schema import ids
from sheetrecord.schema.column import Column, Kind
from sheetrecord.schema.sheets import SHEETS

Renamed = dict[tuple[str, str], str]
"""(sheet, id in their copy) -> the row's id in the merge."""


class AssignedId(NamedTuple):
    """An id to write into a row of our copy: sheet, row number, the id shown before, the new id."""

    sheet: str
    row: int
    old: str
    new: str


class Paired(NamedTuple):
    """Three copies whose rows are all under their ids in the merge.

    ``stamps`` are ids to write into our copy, ``renamed`` the ids of theirs that changed,
    ``last_deal`` the highest deal number given out here, 0 for none.
    """

    base: Identified
    ours: Identified
    theirs: Identified
    stamps: tuple[AssignedId, ...]
    renamed: Renamed
    last_deal: int


def pair(base: Identified, ours: Identified, theirs: Identified) -> Paired:
    """Give every row one id over the three copies; two different rows under one new id become two.

    Our row keeps the id. Their row with other content (less than half of the cells agree, see
    `similarity.HALF`) gets a new one, and references in their copy follow. A copy whose ids are
    ``certain`` is left as it is. The same copies give the same ids in every run.
    """
    namer = _Namer(base, ours, theirs)
    renamed: Renamed = {}
    their_rows: dict[str, Rows] = dict(theirs.rows)
    for sheet in SHEETS:
        if sheet in theirs.rows and not theirs.side.certain:
            rows = _referring(theirs.rows[sheet], sheet, renamed, only="Deal")
            their_rows[sheet] = _NewRows(sheet, namer, rows, renamed).renamed_rows()
    their_rows = {sheet: _referring(rows, sheet, renamed) for sheet, rows in their_rows.items()}
    our_rows = {sheet: namer.named(sheet, rows) for sheet, rows in ours.rows.items()}
    base_rows = {sheet: namer.named(sheet, rows) for sheet, rows in base.rows.items()}
    stamps = tuple(
        AssignedId(sheet, cells[0], cells[1], id_)
        for sheet, rows in our_rows.items()
        for id_, cells in rows.items()
        if id_ != cells[1]
    )
    return Paired(
        base._replace(rows=base_rows),
        ours._replace(rows=our_rows),
        theirs._replace(rows=their_rows),
        stamps,
        renamed,
        namer.last_deal,
    )


class _Namer:
    """Gives rows without an id theirs: the same row the same one, in every run."""

    def __init__(self, base: Identified, ours: Identified, theirs: Identified) -> None:
        self.base, self.ours, self.theirs = base, ours, theirs
        self.last_deal = 0
        self._names: dict[tuple[str, str], str] = {}
        self._taken: set[str] | None = None

    def id_of(self, sheet: str, identity: str) -> str:
        """Return the id of an identity, made when it has none yet."""
        if not identity.startswith(PENDING):
            return identity
        key = (sheet, identity)
        if key not in self._names:
            cells = self.ours.rows.get(sheet, {}).get(identity)
            shown = str(cells[1]) if cells else ""
            free = shown and shown not in self.ours.rows[sheet]
            self._names[key] = shown if free else self.new(sheet, identity)
        return self._names[key]

    def named(self, sheet: str, rows: Rows) -> Rows:
        """Return rows under their ids."""
        if not any(map(_is_pending, rows)):
            return rows
        return {self.id_of(sheet, identity): cells for identity, cells in rows.items()}

    def new(self, sheet: str, salt: str) -> str:
        """Return a new id that depends on what it is for; the next number for a deal."""
        taken = self._all_taken()
        if sheet == "Deal":
            self.last_deal = 1 + highest_deal(taken)
            found = ids.deal_id(self.last_deal)
        else:
            found = next(one for one in candidates(sheet, salt) if one not in taken)
        taken.add(found)
        return found

    def _all_taken(self) -> set[str]:
        if self._taken is None:
            self._taken = set(seen(self.ours.side.book))
            for side in (self.base.side, self.ours.side, self.theirs.side):
                self._taken.add(_remembered(side))
                for sheet in SHEETS:
                    self._taken.update(side.present(sheet))
        return self._taken


def _is_pending(identity: str) -> bool:
    return identity.startswith(PENDING)


def _remembered(side: Side) -> str:
    last = side.book.properties.get(LAST_DEAL, "")
    return f"D-{last}" if last.isdecimal() else ""


def candidates(sheet: str, salt: str) -> Iterator[str]:
    """Yield the ids a new row may get: the whole id space, starting at CRC-32 of sheet and salt."""
    start = crc32(f"{sheet} {salt}".encode())
    for step in range(ids.SPACE):
        yield ids.make(SHEETS[sheet].prefix, start + step)


class _NewRows:
    """Finds the final ids of their rows of one sheet."""

    def __init__(self, sheet: str, namer: _Namer, rows: Rows, renamed: Renamed) -> None:
        self.sheet, self.namer, self.rows, self.renamed = sheet, namer, rows, renamed
        self.base = namer.base.rows.get(sheet)
        self.ours = namer.ours.rows.get(sheet, {})

    def renamed_rows(self) -> Rows:
        """Return their rows under the ids that they have in the merge."""
        known = self.base or {}
        plain = {
            identity: cells
            for identity, cells in self.rows.items()
            if identity in known and cells[1] == identity
        }
        if len(plain) == len(self.rows):
            return self.rows
        found = dict(plain)
        twins = self._twins()
        for identity, cells in self.rows.items():
            if identity in plain:
                continue
            name = self._name(identity, cells, twins)
            if cells[1] and cells[1] != name:
                self.renamed.setdefault((self.sheet, str(cells[1])), name)
            found[name] = cells
        for sheet, shown in [key for key in self.renamed if key[0] == self.sheet]:
            # An id that stands on a row of its own means that row, whatever copies there are.
            if shown in self.rows and found.get(shown) is self.rows[shown]:
                del self.renamed[sheet, shown]
        return found

    def _name(self, identity: str, cells: Cells, twins: Mapping[str, str]) -> str:
        if identity in twins:
            return twins[identity]
        if self._collides(identity, cells):
            return self._second(identity, cells)
        return self.namer.id_of(self.sheet, identity)

    def _collides(self, identity: str, cells: Cells) -> bool:
        """Tell whether both added a row under this id and mean two things by it."""
        if self.base is None or identity in self.base or identity not in self.ours:
            return False
        return similarity.alike(self.sheet, self.ours[identity], cells) < HALF

    def _twins(self) -> dict[str, str]:
        """Return identity -> id of their added rows that an earlier merge brought to us."""
        if self.base is None:
            return {}
        mine = {
            identity: cells
            for identity, cells in self.ours.items()
            if identity not in self.base and identity not in self.rows
        }
        if not mine:
            return {}
        waiting = {
            identity: cells
            for identity, cells in self.rows.items()
            if identity not in self.base
            and (_is_pending(identity) or self._collides(identity, cells))
            and identity not in (() if not _is_pending(identity) else self.ours)
        }
        names, others = list(waiting), list(mine)
        pairs = similarity.equal_rows(self.sheet, list(waiting.values()), list(mine.values()))
        return {names[i]: self.namer.id_of(self.sheet, others[j]) for i, j in pairs}

    def _second(self, identity: str, cells: Cells) -> str:
        """Return the id of their row when ours keeps the one that both have used."""
        if self.sheet != "Deal":
            for name in candidates(self.sheet, identity):
                mine = self.ours.get(name)
                if mine is None or name in self.rows or name in (self.base or {}):
                    break
                if similarity.alike(self.sheet, mine, cells) >= HALF:
                    return name
        return self.namer.new(self.sheet, identity)


def _referring(rows: Rows, sheet: str, renamed: Renamed, only: str = "") -> Rows:
    """Return rows whose references follow the rows that got another id."""
    targets = {to for to, _ in renamed}
    columns = [
        c
        for c in SHEETS[sheet].columns
        if c.kind is Kind.REF and c.to_sheet in targets and (not only or c.to_sheet == only)
    ]
    if not columns:
        return rows
    return {id_: _repointed(cells, columns, renamed) for id_, cells in rows.items()}


def _repointed(cells: Cells, columns: list[Column], renamed: Renamed) -> Cells:
    changed: dict[int, object] = {}
    for column in columns:
        new = renamed.get((column.to_sheet, cells[column.position]))
        if new is not None:
            changed[column.position] = new
    if not changed:
        return cells
    return tuple(changed.get(i, cell) for i, cell in enumerate(cells))
