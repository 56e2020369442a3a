"""Row identity: which rows of two copies are one row, also where ids are blank or duplicated."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Final

from sheetrecord.core.merge import similarity
from sheetrecord.core.merge.side import Identified, Side
from sheetrecord.core.merge.similarity import MOST_COMPARED, NEAR, WAITING, Cells
from sheetrecord.schema import ids
from sheetrecord.schema.sheets import SHEETS

PENDING = "?"
"""Prefix of the identity of a row that has no id yet; made from content, so equal in every copy."""

OWNERS: Final = {declared.prefix: key for key, declared in SHEETS.items()}
"""Sheet key by id prefix."""

Rows = dict[str, Cells]
"""One sheet's typed rows by identity."""


def identify(side: Side, base: Identified | None) -> Identified:
    """Return a copy's rows by identity; lost and overwritten ids are recovered from ``base``.

    An id identifies a row where it stands once. Of several rows with one id, the row most like the
    base's keeps it. A row without an id, or with a malformed one, is the base's row of equal or
    similar content (see `similarity.NEAR`) if that id is missing here; else it is new. A row pasted
    from another sheet with that sheet's id is new. A copy whose ids are ``certain`` is not
    searched. The same copies are gone through once.
    """
    if base is None:
        if side.alone is None:
            side.alone = _identified(side, None)
        return side.alone
    if base is not base.side.alone:
        return _identified(side, base)
    start, found = side.against.get(base.side, (None, None))
    if found is None or start is not base:
        found = _identified(side, base)
        side.against[base.side] = base, found
    return found


def _identified(side: Side, base: Identified | None) -> Identified:
    found = {}
    for sheet in SHEETS:
        if side.shows(sheet):
            known = (base.rows.get(sheet) if base else None) or {}
            again = {} if side.certain else known
            one = _Identifier(sheet, side.rows(sheet), again)
            if base is not None and not side.certain:
                one.loosen()
            found[sheet] = one.rows()
            found[sheet].update(_half_hidden(side, sheet, known, found[sheet]))
            for id_ in side.blanks.get(sheet, ()):
                found[sheet].setdefault(id_, (0, id_, *similarity.blank_row(sheet)[2:]))
    return Identified(side, found)


def _half_hidden(side: Side, sheet: str, base: Rows, rows: Rows) -> Iterator[tuple[str, Cells]]:
    """Yield the base's rows that were blank all along as far as this copy shows its columns.

    Their ids still stand there: nobody deleted them.
    """
    blank = similarity.blank_row(sheet)
    typed = set(similarity.typed(sheet))
    hidden = side.missing[sheet] & typed
    lost = base.keys() - rows.keys() if hidden else ()
    if not lost:
        return
    waiting = {c.position: c.key for c in SHEETS[sheet].columns if c.key in WAITING}
    visible = typed - hidden - waiting.keys()
    present = side.present(sheet)
    for id_ in lost:
        old, row = base[id_], present.get(id_, 0)
        if row and all(old[i] == blank[i] for i in visible):
            cells = [row, *old[1:]]
            for i, key in waiting.items():
                if i not in hidden and side.raw(sheet, row, key) is None:
                    cells[i] = blank[i]
            yield id_, tuple(cells)


class _Identifier:
    """Sorts out the rows of one sheet of one copy."""

    def __init__(self, sheet: str, rows: Sequence[Cells], base: Rows) -> None:
        self.sheet, self.base = sheet, base
        self.certain: dict[str, Cells] = {}
        self.loose: list[Cells] = []
        self._sort_out(rows)

    def rows(self) -> Rows:
        """Return the rows by identity."""
        gone = self.base.keys() - self.certain.keys()
        lost = [id_ for id_ in self.base if id_ in gone] if gone else []
        found = self.certain
        pending: dict[str, Cells] = {}
        for row in self.loose:
            pending[self._pending(row, pending)] = row
        known = set(lost) & pending.keys()
        for id_ in known:
            found[id_] = pending.pop(id_)
        lost = [id_ for id_ in lost if id_ not in known]
        if lost:
            strangers = {id_: row for id_, row in self.certain.items() if id_ not in self.base}
            for id_, old in self._known_again(lost, {**strangers, **pending}):
                found[old] = found.pop(id_) if id_ in found else pending.pop(id_)
        return {**found, **pending} if pending else found

    def _sort_out(self, rows: Sequence[Cells]) -> None:
        """Part the rows whose id stands once from the others."""
        alone = {row[1]: row for row in rows}
        if len(alone) == len(rows) and "" not in alone:
            self.certain = alone
            return
        several: dict[str, list[Cells]] = {}
        for row in rows:
            id_ = row[1]
            if not id_:
                self.loose.append(row)
            elif id_ in self.certain:
                several.setdefault(id_, [self.certain[id_]]).append(row)
            else:
                self.certain[id_] = row
        for id_, rivals in several.items():
            kept = self._original(id_, rivals)
            self.certain[id_] = kept
            self.loose += [row for row in rivals if row is not kept]
        self.loose.sort(key=lambda row: int(row[0]))

    def loosen(self) -> None:
        """Let go of ids that belong to another sheet, unless the base has them here."""
        for id_ in self.certain.keys() - self.base.keys():
            if self._foreign(id_):
                self.loose.append(self.certain.pop(id_))
        self.loose.sort(key=lambda row: int(row[0]))

    def _foreign(self, id_: str) -> bool:
        owner = OWNERS.get(id_.partition("-")[0], self.sheet)
        return owner != self.sheet and (ids.check(id_) or id_[2:].isdecimal())

    def _original(self, id_: str, rivals: Sequence[Cells]) -> Cells:
        """Return the row that an id on several rows belongs to."""
        if id_ not in self.base:
            return rivals[0]
        old = self.base[id_]
        return max(rivals, key=lambda row: (similarity.alike(self.sheet, row, old), -row[0]))

    def _pending(self, row: Cells, taken: Mapping[str, Cells]) -> str:
        name = f"{PENDING}{similarity.fingerprint(self.sheet, row)}"
        number = 1
        while f"{name}.{number}" in taken:
            number += 1
        return f"{name}.{number}"

    def _known_again(self, lost: list[str], rows: Mapping[str, Cells]) -> Iterator[tuple[str, str]]:
        """Yield (identity here, identity in the base) of rows known by what they say."""
        names = list(rows)
        old = [self.base[id_] for id_ in lost]
        gone: set[int] = set()
        done: set[int] = set()
        for i, j in similarity.equal_rows(self.sheet, [rows[name] for name in names], old):
            gone.add(i)
            done.add(j)
            yield names[i], lost[j]
        if len(names) * len(lost) > MOST_COMPARED:
            return
        for i, name in enumerate(names):
            rest = [j for j in range(len(lost)) if j not in done]
            if i in gone or not rest or self._well_formed(name):
                continue
            j = similarity.nearest(self.sheet, rows[name], [old[k] for k in rest], NEAR)
            if j >= 0:
                done.add(rest[j])
                yield name, lost[rest[j]]

    def _well_formed(self, name: str) -> bool:
        """Tell whether an id was made by a rule, and so names a row of its own."""
        if self.sheet == "Deal":
            return name[:2] == "D-" and name[2:].isdecimal()
        return ids.check(name)
