"""Shift formulas when rows move, wherever in the workbook they are.

A reference follows as in Excel: it moves with its cells, a range that spans inserted rows grows,
one that loses rows shrinks, one that loses all of them becomes ``#REF!``. A reference over
several sheets (``First:Last!A5``) that would have to move on one of them only is refused.
"""

import re
from collections.abc import Collection, Iterator
from typing import NamedTuple

from sheetrecord.xlsx.addresses import MAX_ROW
from sheetrecord.xlsx.errors import Refused
from sheetrecord.xlsx.formula.filled_areas import Places, filled_cells
from sheetrecord.xlsx.formula.row_moves import Grow, Move, moved_reference
from sheetrecord.xlsx.formula.shared import cell_of
from sheetrecord.xlsx.formula.shift_patterns import Shapes, ShiftedFormula, counting_rows
from sheetrecord.xlsx.formula.tokens import Reference, rewrite, sheet_names, translate, with_rows
from sheetrecord.xlsx.xml.pages import Pages
from sheetrecord.xlsx.xml.policy import corrupt
from sheetrecord.xlsx.xml.scanner import escape, tag_at, text_of
from sheetrecord.xlsx.xml.sheet_layout import SheetLayout
from sheetrecord.xlsx.xml.splice import Splice


class Follower:
    """Rewrites formula texts for one move on one sheet, and remembers which changed."""

    def __init__(
        self, move: Move, target: int, sheet_order: list[str], counting: Collection[str] = ()
    ) -> None:
        """Take the move, its sheet, all sheets, and the names whose value depends on a row."""
        self.move = move
        self.counts_rows = counting_rows(counting)
        self.target = target
        self._order = {name.lower(): index for index, name in enumerate(sheet_order)}
        self._name = sheet_order[target].lower()
        self.resized = False
        """Whether the last text rewritten had a range that changed its height."""

    def moves(self, prefix: str, own: int | None) -> bool | None:
        """Tell whether references with this prefix follow; None for one over several sheets."""
        if not prefix:
            return own == self.target
        names = sheet_names(prefix)
        if names is None:  # in another workbook
            return False
        first, last = names[0].lower(), names[1].lower()
        return first == self._name if first == last else None

    def is_target(self, sheet: str) -> bool:
        """Whether rows move on the sheet of this name."""
        return sheet.lower() == self._name

    def _change(self, reference: Reference, own: int | None) -> str | None:
        follows = self.moves(reference.prefix, own)
        if follows is not None:
            return self._moved(reference) if follows else None
        first, last = (name.lower() for name in sheet_names(reference.prefix) or ("", ""))
        low, high = self._order.get(first), self._order.get(last)
        if low is None or high is None or not min(low, high) <= self.target <= max(low, high):
            return None
        if isinstance(self.move, Grow) or moved_reference(self.move, reference) is None:
            return None
        raise Refused(
            "3d-reference",
            f"A formula refers to {reference.prefix}, several sheets at once, and rows move on "
            "one of them only: change that formula first.",
        )

    def _moved(self, reference: Reference) -> str | None:
        new = moved_reference(self.move, reference)
        if new is not None and reference.kind != "cell":
            self.resized |= self.move.cuts(reference.row, reference.last_row) or isinstance(
                self.move, Grow
            )
        if new is not None and new.endswith("#REF!"):
            self.resized = True
        return new

    def text(self, text: str, own: int | None) -> str:
        """Return a formula's text after the move; ``own`` is its sheet, None for a name's."""
        self.resized = False
        return rewrite(text, lambda reference: self._change(reference, own))

    def of_name(self, text: str) -> str:
        """Return the text of a defined name after the move.

        A row without ``$`` is as far away as it was from the cell that uses the name, wherever
        that is: it stays as it is written. Rows with ``$`` go along with their cells.
        """
        return rewrite(text, self._named)

    def _named(self, reference: Reference) -> str | None:
        _, r1, _, r2 = reference.corners
        fixed = (r1.startswith("$"), r2.startswith("$"))
        if all(fixed) or reference.kind == "columns":
            return self._change(reference, None)
        if not any(fixed) or not self.moves(reference.prefix, None):
            return None
        if isinstance(self.move, Grow):
            return None
        rows = [
            row
            for written in (r1, r2)
            for row in (self.move.row(int(written[1:])) if "$" in written else int(written),)
            if row is not None
        ]
        if len(rows) < 2:
            return "#REF!"
        backwards = int(r1.lstrip("$")) > int(r2.lstrip("$"))
        return with_rows(reference, *(rows[::-1] if backwards else rows))

    def anchored(self, text: str, own: int | None, tops: tuple[int, int]) -> str:
        """Return the text of a rule or a table's column: its rows are relative to its first cell.

        ``tops`` are that cell's row before and after the move: relative rows go along with it,
        absolute ones with the cells they name.
        """
        before, after = tops

        def change(reference: Reference) -> str | None:
            own_sheet = own == self.target and self.moves(reference.prefix, own)
            if not own_sheet or reference.kind == "columns":
                return self._change(reference, own)
            _, r1, _, r2 = reference.corners
            if r1.startswith("$") and r2.startswith("$"):
                return self._moved(reference)
            first = self._corner(r1, after - before)
            last = self._corner(r2, after - before)
            if first is None or last is None:
                return "#REF!"
            return with_rows(reference, min(first, last), max(first, last))

        return rewrite(text, change)

    def _corner(self, written: str, by: int) -> int | None:
        if written.startswith("$"):
            return self.move.row(int(written[1:]))
        return int(written) + by if 1 <= int(written) + by <= MAX_ROW else None

    def concerns(self, data: bytes) -> bool:
        """Whether another sheet's bytes may refer to the moved sheet at all."""
        return b"!" in data


class _Found(NamedTuple):
    start: int
    inner: int
    inner_end: int
    end: int
    rest: bytes
    text: str
    kind: str
    group: str


def _formulas(layout: SheetLayout, needle: bytes = b"") -> Iterator[_Found]:
    """Yield the formula elements; plain ones only when their text holds the needle."""
    name = layout.name(b"f")
    pattern = re.compile(rb"<%s(?:>([^<]*)<|(?=[\s/]))" % re.escape(name))
    closing = b"</" + name + b">"
    for match in pattern.finditer(layout.mask, layout.sheet_data.end, layout.rows_end):
        if match[1] is not None:
            if needle not in match[1]:
                continue
            start, stop = match.span(1)
            if layout.mask.startswith(closing, stop):
                text = text_of(layout.data[start:stop])
                end = stop + len(closing)
                yield _Found(match.start(), start, stop, end, b"", text, "normal", "")
                continue
        tag = tag_at(layout.mask, match.start())
        text, stop, end = "", tag.end, tag.end
        if not tag.empty:
            stop = layout.mask.find(b"<", tag.end)
            text, end = text_of(layout.data[tag.end : stop]), tag_at(layout.mask, stop).end
        kind = (tag.get(b"t") or "normal") if tag.rest else "normal"
        group = (tag.get(b"si") or "") if kind == "shared" else ""
        yield _Found(match.start(), tag.end, stop, end, tag.rest, text, kind, group)


def follow_pages(
    rows: SheetLayout | Pages, own: int, follower: Follower
) -> tuple[list[list[Splice]], set[tuple[int, int]]]:
    """Return as `follow_cells`, the splices of each page by themselves.

    A shared formula must lie in one page: ask `Facts.shared` before.
    """
    inside: list[list[Splice]] = []
    stale: set[tuple[int, int]] = set()
    for page in rows.pages():
        splices, cells = follow_cells(page, own, follower)
        inside.append(splices)
        stale |= cells
    return inside, stale


def follow_cells(
    layout: SheetLayout, own: int, follower: Follower
) -> tuple[list[Splice], set[tuple[int, int]]]:
    """Return the splices that make a sheet's cell formulas follow, and the cells now stale."""
    if own != follower.target and not follower.concerns(layout.mask):
        return [], set()
    splices: list[Splice] = []
    stale: set[tuple[int, int]] = set()
    groups: dict[str, list[_Found]] = {}
    move = follower.move
    shapes = None
    if not isinstance(move, Grow):
        shapes = Shapes(move, lambda prefix: follower.moves(prefix, own), follower.counts_rows)
    needle = b"" if shapes else b"%d" % move.at
    for found in _formulas(layout, needle):
        if found.kind == "shared":
            groups.setdefault(found.group, []).append(found)
            continue
        moved = shapes.moved(found.text) if shapes and not found.rest else None
        moved = moved or _moved(found, own, follower, layout)
        if moved.text != found.text:
            splices.append(Splice(found.inner, found.inner_end, escape(moved.text)))
        if moved.stale:
            stale.add(cell_of(layout, found.start + 1))
        splices += _filled(layout, found, own, follower, stale)
    for group in groups.values():
        new, changed = _follow_group(layout, group, own, follower)
        splices += new
        stale |= changed
    return splices, stale


def _filled(
    layout: SheetLayout, found: _Found, own: int, follower: Follower, stale: Places
) -> list[Splice]:
    """Return the splices for what a formula fills beside its own cell; adds what it filled."""
    if not found.rest or own != follower.target:
        return []
    return filled_cells(layout, found.start, follower.move, stale)


def _moved(found: _Found, own: int, follower: Follower, layout: SheetLayout) -> ShiftedFormula:
    """Return one formula after the move, its tokens read."""
    if _grows_itself(layout, found, own, follower):
        return ShiftedFormula(found.text, stale=False)
    text = follower.text(found.text, own)
    resized = text != found.text and follower.resized
    counts = (
        not isinstance(follower.move, Grow) and follower.counts_rows.search(found.text) is not None
    )
    return ShiftedFormula(text, stale=resized or counts)


def _grows_itself(layout: SheetLayout, found: _Found, own: int, follower: Follower) -> bool:
    """Whether a formula is one of the growing block's own rows, whose ranges must not grow."""
    move = follower.move
    if not isinstance(move, Grow):
        return False
    if str(move.at) not in found.text:
        return True
    if own != follower.target:
        return False
    row, column = cell_of(layout, found.start + 1)
    top = min(move.tops) if move.tops else 1
    return top <= row <= move.at and move.columns[0] <= column <= move.columns[1]


def _follow_group(
    layout: SheetLayout, group: list[_Found], own: int, follower: Follower
) -> tuple[list[Splice], set[tuple[int, int]]]:
    """Return a shared formula's splices: kept when none of its references moves, else expanded."""
    masters = [found for found in group if found.text]
    if not masters:
        raise corrupt(layout.part, "a shared formula has no text")
    origin = cell_of(layout, masters[0].start + 1)
    move = follower.move
    texts, changed, stale = [], False, set()
    for found in group:
        row, column = cell_of(layout, found.start + 1)
        text = found.text or translate(masters[0].text, row - origin[0], column - origin[1])
        new = text if _grows_itself(layout, found, own, follower) else follower.text(text, own)
        moves = own == follower.target and move.row(row) != row
        changed |= new != text or moves
        if new != text and follower.resized:
            stale.add((row, column))
        texts.append(new)
    if not changed:
        return [], set()
    name = layout.name(b"f")
    return [
        Splice(found.start, found.end, b"<%s>%s</%s>" % (name, escape(text), name))
        for found, text in zip(group, texts, strict=True)
    ], stale
