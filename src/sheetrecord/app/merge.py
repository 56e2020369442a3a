"""Merge three workbook files into one, and apply decisions about conflicts."""

import datetime as dt
from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

from sheetrecord.app.output_kinds import merged as merged_as
from sheetrecord.app.validate import read_record, understood
from sheetrecord.core.check import check
from sheetrecord.core.merge.conflict_list import (
    ConflictLine,
    decide,
    line_of,
    read_lines,
    read_listing,
    unlisted,
)
from sheetrecord.core.merge.planner import Merged, merge
from sheetrecord.core.merge.regressions import made_by_merging
from sheetrecord.core.merge.side import Side
from sheetrecord.core.new_ids import LAST_DEAL
from sheetrecord.files.output import Output, guard
from sheetrecord.files.permissions import limits_of
from sheetrecord.formats import conflict_sheet, record_markdown
from sheetrecord.model.book import Book
from sheetrecord.model.cell_edits import Edit, PutProperty
from sheetrecord.model.edit import Plan
from sheetrecord.model.errors import CannotWrite
from sheetrecord.model.problem import Problem
from sheetrecord.schema.read.parse import parse
from sheetrecord.workbooks.addresses import files_of, is_blank, same_place, suffix_of
from sheetrecord.workbooks.kinds import FOLDER, kind_of
from sheetrecord.workbooks.opening import open_workbook
from sheetrecord.workbooks.port import WRITE, Workbook
from sheetrecord.workbooks.transaction import Transaction, must_write, on, placed


class MergeRequest(NamedTuple):
    """What is asked: the three copies, where the result goes, which guards are confirmed.

    ``force`` writes over a file that is none of the copies.
    """

    base: str
    ours: str
    theirs: str
    out: str
    allow: frozenset[str] = frozenset()
    only_plan: bool = False
    force: bool = False

    @property
    def in_place(self) -> bool:
        """True if the result replaces our copy under its own path, as git does, not by a link."""
        return same_place(self.out, self.ours)


class MergeResult(NamedTuple):
    """The result of a merge; ``made`` are problems that none of the copies has alone.

    ``open_lines`` is how many conflicts the workbook lists now, including those of earlier merges;
    ``written`` tells whether a file was written, ``language`` is that of our copy; ``after`` is our
    copy as it will be, none when a guard stops the merge.
    """

    request: MergeRequest
    merged: Merged
    made: tuple[Problem, ...]
    open_lines: int
    remarks: tuple[str, ...]
    written: bool
    language: str
    after: Transaction | None = None


class Decision(NamedTuple):
    """The result for a workbook's list of conflicts, and the workbook's language.

    ``after`` is the workbook as it will be, none when nothing is settled.
    """

    address: str
    plan: Plan
    settled: tuple[ConflictLine, ...]
    left: tuple[tuple[ConflictLine, str], ...]
    written: bool
    language: str
    after: Transaction | None = None


class WritableCopy(NamedTuple):
    """A workbook that is to be written, and what it says."""

    transaction: Transaction
    side: Side


def merge_files(
    request: MergeRequest, *, today: dt.date, asof: dt.date | None = None
) -> MergeResult:
    """Merge three files; ours is written, with theirs' changes, to ``out``.

    An empty base file stands for copies that have no common past. Raises CannotRead, NotARecord
    and TooNew for a copy that cannot be trusted, CannotWrite and CannotPatch for one that cannot
    be written, ChangedElsewhere when somebody saved meanwhile; nothing is written then, nor when
    a guard stops the merge.
    """
    out = _guarded(request)
    ours = _take(request.ours, today, asof)
    base, theirs = _base(request.base, today, asof), _side(request.theirs, today, asof)
    done = merge_sides(request, (base, ours, theirs), today=today, asof=asof)
    if done.after is None or request.only_plan:
        return done
    return done._replace(written=_write(done.after, out))


def merge_sides(
    request: MergeRequest,
    copies: tuple[Side, WritableCopy, Side],
    *,
    today: dt.date,
    asof: dt.date | None = None,
) -> MergeResult:
    """Merge copies that were read (base, ours, theirs) and write nothing.

    Raises CannotPatch when our copy cannot be changed safely.
    """
    base, ours, theirs = copies
    merged = merge(base, ours.side, theirs, request.allow)
    language = ours.side.layout.language
    if merged.refused:
        return MergeResult(request, merged, (), 0, (), written=False, language=language)
    listing = read_listing(ours.side)
    known = listing.lines
    new = unlisted([line_of(conflict) for conflict in merged.conflicts], known)
    extra: list[Edit] = list(conflict_sheet.added(new, ours.side, listing, merged.plan))
    if merged.last_deal:
        extra.append(PutProperty(LAST_DEAL, merged.last_deal))
    after = _edited(ours, merged.plan, extra)
    made = _made(after.book, (ours.side, theirs), today, asof) if merged.plan else ()
    lines = len(known) + len(new)
    remarks = after.after.remarks
    return MergeResult(
        request, merged, made, lines, remarks, written=False, language=language, after=after
    )


def resolve_file(
    address: str, *, today: dt.date, for_all: str = "", only_plan: bool = False
) -> Decision:
    """Apply the decisions in the ``Keep`` column of a workbook's list of conflicts.

    Settled lines are removed, and the sheet with the last of them. Lines of a sync are left to the
    next sync. Raises as `merge_files`.
    """
    done = resolve_in(_take(address, today, None), for_all)
    if done.after is None or only_plan:
        return done
    done.after.write()
    return done._replace(written=True)


def resolve_in(copy: WritableCopy, for_all: str = "") -> Decision:
    """Settle a workbook's list of conflicts, as `resolve_file`, and write nothing."""
    title, listed = read_lines(copy.side)
    lines = [line for line in listed if not line.whose]
    found = decide(lines, copy.side, for_all)
    address, language = copy.transaction.address, copy.side.layout.language
    told = Decision(address, *found, written=False, language=language)
    if not found.settled:
        return told
    rest = len(found.settled) < len(listed)
    extra = list(conflict_sheet.removed(found.settled, title, rest=rest))
    return told._replace(after=_edited(copy, found.plan, extra))


def synced_lines(address: str, today: dt.date) -> list[ConflictLine]:
    """Return the conflicts that a sync has listed in a workbook; none in one that is only read."""
    if WRITE not in open_workbook(address).abilities:
        return []
    return [line for line in read_lines(_side(address, today, None))[1] if line.whose]


def text_of(address: str, *, today: dt.date) -> str:
    """Return a workbook's record as Markdown tables; an unchanged record gives the same text."""
    return record_markdown.tables(_side(address, today, None))


def _side(address: str, today: dt.date, asof: dt.date | None) -> Side:
    return Side(*read_record(address, today=today, asof=asof))


def _base(address: str, today: dt.date, asof: dt.date | None) -> Side:
    """Return the common past; an empty file, as git gives for an added one, is none at all."""
    if is_blank(address):
        return no_past(address, today, asof)
    return _side(address, today, asof)


def no_past(address: str, today: dt.date, asof: dt.date | None = None) -> Side:
    """Return the side that stands for copies which have no common past."""
    nothing = Book(address, [], live=True)
    return Side(nothing, parse(nothing, today, asof))


def _take(address: str, today: dt.date, asof: dt.date | None) -> WritableCopy:
    return take(open_workbook(address), today, asof)


def take(workbook: Workbook, today: dt.date, asof: dt.date | None = None) -> WritableCopy:
    """Read an open workbook that is to be written. Raises as `merge_files`."""
    must_write(workbook)
    begun = on(workbook)
    return WritableCopy(begun, side_of(workbook.address, begun.book, today, asof))


def side_of(address: str, book: Book, today: dt.date, asof: dt.date | None = None) -> Side:
    """Return a workbook that was read as a side of a merge. Raises NotARecord and TooNew."""
    return Side(book, understood(address, book, today=today, asof=asof))


def _guarded(request: MergeRequest) -> Output | None:
    """Return the file for the result, if it may be written; none when it goes into our copy."""
    if request.in_place:
        return None
    copies = files_of((request.base, request.ours, request.theirs))
    if kind_of(request.ours) == FOLDER:
        why, do = "a folder is merged into itself.", f"Write it as -o {request.ours}."
        raise CannotWrite(request.out, why, do)
    return guard(
        Path(request.out),
        merged_as(suffix_of(request.ours)),
        copies,
        force=request.force,
        limits=limits_of(copies),
    )


def _edited(copy: WritableCopy, plan: Plan, extra: Sequence[Edit]) -> Transaction:
    """Return a workbook with a plan applied."""
    return copy.transaction.with_edits(placed(plan, copy.side.book, copy.side.layout, extra))


def _made(
    book: Book, copies: tuple[Side, Side], today: dt.date, asof: dt.date | None
) -> tuple[Problem, ...]:
    """Check the result and return what is wrong with it that is wrong with neither copy."""
    parsed = parse(book, today, asof)
    before = [(check(side.parsed), side.layout) for side in copies]
    return tuple(made_by_merging(check(parsed), parsed.layout, before))


def _write(after: Transaction, out: Output | None) -> bool:
    """Write the result and tell whether anything changed."""
    if out is not None:
        out.write(after.image())
        return True
    after.write()
    return after.changed
