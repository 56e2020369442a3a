"""Write the record's changes into the copies that lack them."""

from collections.abc import Iterable

from sheetrecord.core.merge.planner import merge
from sheetrecord.core.merge.side import Side
from sheetrecord.core.sync.baseline import BaseSnapshot, account, settled
from sheetrecord.core.sync.copies import (
    CONFIRMED,
    CopyRun,
    Writing,
    foreseen,
    part,
    to_list,
)
from sheetrecord.core.sync.effects import Put
from sheetrecord.core.sync.hidden_sheets import missing
from sheetrecord.core.sync.requests import Asking, Steps
from sheetrecord.core.sync.unreadable_rows import silent
from sheetrecord.core.sync.view import EVERYTHING
from sheetrecord.model.conflict import GONE, Conflict, ConflictKind


class Bringing:
    """Writes the record into the copies of one run."""

    def __init__(self, asking: Asking) -> None:
        self.asking, self.session = asking, asking.session

    def bring(self, copies: Iterable[CopyRun]) -> Steps:
        """Write each copy that needs it, after a commit that stores the baseline it will have."""
        session = self.session
        writings = [
            (copy, writing)
            for copy in copies
            if copy.known and copy.loaded and not copy.aside
            if (writing := self._writing(copy)) is not None
        ]
        for _, writing in writings:
            session.bases[writing.generation] = writing.base
        if writings or session.unsaved():
            yield from self.asking.commit()
        for copy, writing in writings:
            yield from self._put(copy, writing)

    def _put(self, copy: CopyRun, writing: Writing) -> Steps:
        if copy.seen is None:
            return
        what = (writing.plan, writing.generation, writing.lines)
        last_deal = self.session.record.last_deal
        answer = yield Put(copy.seen, *what, last_deal, writing.kept)
        if self.asking.written(copy, answer, writing.base):
            copy.run = 0  # it is compared once more: what was written may mean other than it says
            copy.plan = writing.plan
            copy.relist = copy.relist and writing.lines is None
            copy.brought += len(writing.plan)

    def _writing(self, copy: CopyRun) -> Writing | None:
        """Return what is to be written into a copy, None for nothing."""
        session = self.session
        view = session.options.views.get(copy.name, EVERYTHING)
        ours = session.ours
        wanted = part(ours.snapshot, ours.side, copy, view)
        theirs = ours.side if wanted is ours.snapshot else session.known(wanted).side
        base = settled(copy.base, session.disputes.wanted())
        start = session.known(base).side
        merged = merge(start, copy.side, theirs, CONFIRMED)
        self._objections(copy, start, merged.conflicts)
        self._formulas(copy, merged.conflicts)
        lines = to_list(session.disputes.standing(), copy, view)
        kept = missing(ours.side.book, copy.side.book, whole=view.whole)
        if not merged.plan and lines is None and not kept:
            self._account(copy, BaseSnapshot(base, session.known(base).side))
            copy.run = 0 if copy.objects else session.changed
            return None
        if merged.plan and merged.plan == copy.plan:
            copy.note = f"{len(merged.plan)} changes do not stand in it although they were written"
        elif copy.owner:
            copy.note = f"waiting for {copy.owner}"
        if copy.note:
            return None
        after = foreseen(base, merged.plan, ours.snapshot.rows, copy.side)
        return Writing(merged.plan, lines, kept, after, session.next_generation())

    def _account(self, copy: CopyRun, base: BaseSnapshot) -> None:
        """Account for what a copy says and the record has come to say as well."""
        found = account(self.session.ours, copy.side, base)
        if found != copy.base:
            self.session.bases[copy.generation] = copy.base = found

    def _objections(self, copy: CopyRun, base: Side, conflicts: Iterable[Conflict]) -> None:
        """Ask a copy once more about rows that it keeps and the record has not; then list them."""
        kept = {
            (one.at.sheet, one.at.row_id, ""): one
            for one in conflicts
            if one.theirs == GONE and not one.at.key and not silent(copy.side, base, one)
        }
        copy.objects = not kept.keys() <= copy.asked
        copy.asked |= kept.keys()
        if not copy.objects:
            self.session.disputes.keeps(copy.name, kept, copy.generation)

    def _formulas(self, copy: CopyRun, conflicts: Iterable[Conflict]) -> None:
        """List the cells that hold a formula here, which no value of the record overwrites."""
        disputes = self.session.disputes
        found = [one for one in conflicts if one.kind is ConflictKind.FORMULA]
        places = {(one.at.sheet, one.at.row_id, one.at.key) for one in found}
        disputes.withdraw(copy.name, ConflictKind.FORMULA, places)
        for one in found:
            row = self.session.record.rows.get(one.at.sheet, {}).get(one.at.row_id, {})
            swapped = one._replace(ours=row.get(one.at.key), theirs=one.ours)
            disputes.join(swapped, copy.name, copy.generation)
        disputes.refresh(self.session.record.rows)
