"""Merge three workbook files into one, and carry out what people decided about conflicts."""

import datetime as dt
import os
from collections.abc import Sequence
from pathlib import Path
from typing import Final, NamedTuple

from sheetrecord.app.output_kinds import merged as merged_as
from sheetrecord.app.validate import read_record
from sheetrecord.core.check import check
from sheetrecord.core.merge.conflict_list import Line, decide, line_of, read_lines, unlisted
from sheetrecord.core.merge.planner import Merged, merge
from sheetrecord.core.merge.regressions import made_by_merging
from sheetrecord.core.merge.side import Side
from sheetrecord.core.new_ids import LAST_DEAL
from sheetrecord.files import BackupPolicy, Fingerprint, fingerprint, replace
from sheetrecord.files.output import Output, guard
from sheetrecord.files.permissions import limits_of
from sheetrecord.formats import conflict_sheet, record_markdown
from sheetrecord.formats.edit_locations import place
from sheetrecord.formats.patching import patched
from sheetrecord.formats.xlsx import book_of
from sheetrecord.model.book import Book
from sheetrecord.model.cell_edits import Edit, PutProperty, in_order
from sheetrecord.model.edit import Plan
from sheetrecord.model.errors import CannotPatch, CannotRead, CannotWrite, ChangedElsewhere
from sheetrecord.model.problem import Problem
from sheetrecord.schema.read.parse import parse
from sheetrecord.xlsx import Refused, open_workbook

GIT_NAME: Final = ".merge_file_"
"""How git names the files that it gives to a merge driver."""

_WRITABLE: Final = frozenset({".xlsx", ".xlsm"})


class Wish(NamedTuple):
    """What is asked: the three copies, where the result goes, which guards are confirmed.

    ``force`` writes over a file that is none of the copies.
    """

    base: Path
    ours: Path
    theirs: Path
    out: Path
    allow: frozenset[str] = frozenset()
    only_plan: bool = False
    force: bool = False

    @property
    def in_place(self) -> bool:
        """Whether the result goes into our copy, named as itself, as git does; not by a link."""
        out, ours = self.out.absolute(), self.ours.absolute()
        same_folder = os.path.realpath(out.parent) == os.path.realpath(ours.parent)
        return same_folder and out.name == ours.name


class Result(NamedTuple):
    """What a merge came to; ``made`` are problems that none of the copies has alone.

    ``open_lines`` is how many conflicts the workbook lists now, those of earlier merges among
    them; ``written`` tells whether a file was written.
    """

    wish: Wish
    merged: Merged
    made: tuple[Problem, ...]
    open_lines: int
    remarks: tuple[str, ...]
    written: bool


class Decision(NamedTuple):
    """What became of a workbook's list of conflicts."""

    path: Path
    plan: Plan
    settled: tuple[Line, ...]
    left: tuple[tuple[Line, str], ...]
    written: bool


class _Copy(NamedTuple):
    """A workbook that is to be written: its bytes, what they were read as, and the file's print."""

    path: Path
    data: bytes
    known: Fingerprint
    side: Side


def merge_files(wish: Wish, *, today: dt.date, asof: dt.date | None = None) -> Result:
    """Merge three files; ours is written, with theirs' changes, to ``out``.

    An empty base file stands for copies that have no common past. Raises CannotRead, NotARecord
    and TooNew for a copy that cannot be trusted, CannotWrite and CannotPatch for one that cannot
    be written, ChangedElsewhere when somebody saved meanwhile; nothing is written then, nor when
    a guard stops the merge.
    """
    out = _guarded(wish)
    ours = _take(wish.ours, today, asof)
    base, theirs = _base(wish.base, today, asof), _side(wish.theirs, today, asof)
    merged = merge(base, ours.side, theirs, wish.allow)
    if merged.refused:
        return Result(wish, merged, (), 0, (), written=False)
    title, known = read_lines(ours.side)
    new = unlisted([line_of(conflict) for conflict in merged.conflicts], known)
    last = max((line.row for line in known), default=0)
    extra: list[Edit] = list(conflict_sheet.added(new, ours.side, title, last))
    if merged.last_deal:
        extra.append(PutProperty(LAST_DEAL, merged.last_deal))
    data, remarks = _patched(ours, merged.plan, extra)
    made = _made(data, (ours, theirs), today, asof) if merged.plan else ()
    written = not wish.only_plan and _write(ours, wish, out, data)
    return Result(wish, merged, made, len(known) + len(new), remarks, written)


def resolve_file(
    path: Path, *, today: dt.date, for_all: str = "", only_plan: bool = False
) -> Decision:
    """Carry out what the ``Keep`` column of a workbook's list of conflicts says.

    Settled lines go, and the sheet with the last of them. The lines of a sync are left to it.
    Raises as `merge_files`.
    """
    copy = _take(path, today, None)
    title, listed = read_lines(copy.side)
    lines = [line for line in listed if not line.whose]
    found = decide(lines, copy.side, for_all)
    if not found.settled or only_plan:
        return Decision(path, found.plan, found.settled, found.left, written=False)
    rest = len(found.settled) < len(listed)
    extra = list(conflict_sheet.removed(found.settled, title, rest=rest))
    data, _ = _patched(copy, found.plan, extra)
    replace(path, data, copy.known)
    return Decision(path, found.plan, found.settled, found.left, written=True)


def synced_lines(path: Path, today: dt.date) -> list[Line]:
    """Return the conflicts that a sync has listed in a workbook; none in a folder or text."""
    if path.suffix.lower() not in _WRITABLE or not path.is_file():
        return []
    return [line for line in read_lines(_side(path, today, None))[1] if line.whose]


def text_of(path: Path, *, today: dt.date) -> str:
    """Return a workbook's record as Markdown tables that do not change while it does not."""
    return record_markdown.tables(_side(path, today, None))


def _side(path: Path, today: dt.date, asof: dt.date | None) -> Side:
    return Side(*read_record(path, today=today, asof=asof))


def _base(path: Path, today: dt.date, asof: dt.date | None) -> Side:
    """Return the common past; an empty file, as git gives for an added one, is none at all."""
    if path.is_file() and path.stat().st_size == 0:
        nothing = Book(str(path), [], live=True)
        return Side(nothing, parse(nothing, today, asof))
    return _side(path, today, asof)


def _take(path: Path, today: dt.date, asof: dt.date | None) -> _Copy:
    """Read a workbook that is to be written."""
    suffix = path.suffix.lower()
    if path.is_dir() or (suffix not in _WRITABLE and not path.name.startswith(GIT_NAME)):
        raise CannotWrite(
            path, "only .xlsx and .xlsm files are written to.", "Save our copy as .xlsx."
        )
    known = fingerprint(path)
    data = path.read_bytes()
    side = _side(path, today, asof)
    if fingerprint(path).digest != known.digest:
        raise ChangedElsewhere(path)
    return _Copy(path, data, known, side)


def _guarded(wish: Wish) -> Output | None:
    """Return the file for the result, if it may be written; none when it goes into our copy."""
    if wish.in_place:
        return None
    copies = (wish.base, wish.ours, wish.theirs)
    return guard(
        wish.out,
        merged_as(wish.ours.suffix),
        copies,
        force=wish.force,
        limits=limits_of(copies),
    )


def _patched(copy: _Copy, plan: Plan, extra: Sequence[Edit]) -> tuple[bytes, tuple[str, ...]]:
    """Return a workbook's bytes with a plan applied, and what a person should know."""
    todo = in_order([*place(plan, copy.side.book, copy.side.layout), *extra])
    if not todo:
        return copy.data, ()
    try:
        result = patched(copy.data, todo)
    except Refused as refused:
        raise CannotPatch(copy.path, str(refused)) from refused
    return result.data, result.report.notes


def _made(
    data: bytes,
    copies: tuple[_Copy, Side],
    today: dt.date,
    asof: dt.date | None,
) -> tuple[Problem, ...]:
    """Check the result and return what is wrong with it that is wrong with neither copy."""
    ours, theirs = copies
    try:
        book = book_of(open_workbook(data), str(ours.path))
    except Refused as refused:  # what we wrote must be readable before it replaces anything
        raise CannotRead(ours.path, str(refused), "", refused.reason) from refused
    parsed = parse(book, today, asof)
    before = [(check(side.parsed), side.layout) for side in (ours.side, theirs)]
    return tuple(made_by_merging(check(parsed), parsed.layout, before))


def _write(ours: _Copy, wish: Wish, out: Output | None, data: bytes) -> bool:
    """Write the result and tell whether a file changed."""
    if out is not None:
        out.write(data)
        return True
    if data == ours.data:
        return False
    # git keeps its own versions, and each merge has a new name: no use for backups of those
    backup = None if wish.out.name.startswith(GIT_NAME) else BackupPolicy()
    replace(wish.out, data, ours.known, backup=backup)
    return True
