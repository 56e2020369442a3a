"""Read the copies into the record: stamp a file first, and only then accept its edits."""

from collections.abc import Collection, Sequence
from typing import NamedTuple

from sheetrecord.core.merge.conflict_list import ConflictLine, read_lines
from sheetrecord.core.merge.conflict_words import said
from sheetrecord.core.merge.notices import Notice
from sheetrecord.core.merge.planner import merge
from sheetrecord.core.merge.side import Side
from sheetrecord.core.new_ids import highest_deal
from sheetrecord.core.sync.baseline import (
    BaseSnapshot,
    account,
    as_found,
    as_stamped,
    in_sight,
    overlaid,
    settled,
    unaccounted,
)
from sheetrecord.core.sync.copies import (
    CONFIRMED,
    OTHERWISE,
    CopyRun,
    alarms,
    as_many,
    displaced,
    meant_sheets,
    part,
    still_shown,
    unreadable,
)
from sheetrecord.core.sync.decisions import ListedDecision, read_choices
from sheetrecord.core.sync.effects import Base, Based, Put
from sheetrecord.core.sync.going_rows import (
    GoingRow,
    going,
    needed,
    some,
    without_cells_of,
)
from sheetrecord.core.sync.requests import Asking, Steps
from sheetrecord.core.sync.row_ids import (
    IdPlan,
    as_it_is_now,
    filled,
    name_rows,
    strangers,
    with_given,
    with_known,
)
from sheetrecord.core.sync.rows import applied
from sheetrecord.core.sync.store_protocol import Rows, Snapshot
from sheetrecord.core.sync.unknown_past import contrary, lasting, lost_sides, unfounded
from sheetrecord.core.sync.unreadable_rows import without_silent
from sheetrecord.core.sync.view import EVERYTHING
from sheetrecord.model.edit import RemoveRow


class UnknownCopy(NamedTuple):
    """A copy from another time than the store: its name, and what its stamp tells.

    ``moved``: no copy was seen in its place before.
    """

    name: str
    generation: int
    mark: str
    moved: bool = False


class Taking:
    """Accepts what people changed in the copies into the record."""

    def __init__(self, asking: Asking) -> None:
        self.asking, self.session = asking, asking.session
        self.notices: list[tuple[str, Notice]] = []
        self.unknown: list[UnknownCopy] = []
        """The copies whose stamps are none of this store's, as they were found."""
        self.older: list[UnknownCopy] = []
        """Those that are older than what the store saw last in their place."""
        self.left: dict[tuple[str, ConflictLine], str] = {}

    def in_order(self, copies: list[CopyRun]) -> list[CopyRun]:
        """Return the copies as they are to be taken; one that was emptied founds no record."""
        return copies if self.session.founded else sorted(copies, key=CopyRun.is_emptied)

    def take(self, copy: CopyRun) -> Steps:
        """Process one copy that changed, or that does not hold the whole record yet."""
        if copy.seen is None or copy.seen.side is None:
            yield from self.asking.look(copy)
            if copy.seen is None:
                return
        if not copy.loaded:
            yield from self._load(copy)
            if copy.base.unfinished:
                self._resume(copy)
            if copy.known and not self._says(copy, copy.base):
                copy.known = False  # the bytes we know read otherwise now: nobody's edit yet
        before = copy.base
        if copy.aside:
            self._name_in_memory(copy, before)
            self._accept(copy, before)
            copy.known = True
        elif copy.known and unreadable(copy):
            copy.note = OTHERWISE
        elif copy.known:
            self._choose(copy)
            if before.shown or copy.objects:
                self._accept(copy, before)
        else:
            yield from self._stamp(copy)

    def _load(self, copy: CopyRun) -> Steps:
        """Find out what a copy is accounted for.

        A stamp that is none of this store's says nothing: then all that differs is asked.
        """
        answer = yield Base(copy.generation)
        copy.loaded = True
        if isinstance(answer, Based) and copy.vouched(answer.mark):
            copy.base = self.session.bases.get(copy.generation, answer.snapshot)
            if self._is_older(copy):
                moved = not copy.state.generation
                self.older.append(UnknownCopy(copy.name, copy.generation, copy.mark, moved))
            return
        copy.base, copy.strange = Snapshot(), copy.stamped_once
        if copy.strange:
            copy.known = False
            self.unknown.append(UnknownCopy(copy.name, copy.generation, copy.mark))
            copy.base = self._assumed(copy)

    def _is_older(self, copy: CopyRun) -> bool:
        """Tell whether a copy is an earlier state of what the store saw last, there or elsewhere.

        What is new in its place is one if no copy had its generation last, and all had later ones.
        """
        known = copy.state.generation
        copies = () if copy.aside else self.session.stored.copies.values()
        last = {known} if known else {state.generation for state in copies}
        return 0 < copy.generation < min(last - {0}, default=0)

    def _assumed(self, copy: CopyRun) -> Snapshot:
        """Return what is assumed of a copy whose past is not known; the first one founds it all."""
        return contrary(self._part(copy), copy.side) if self.session.founded else Snapshot()

    def _part(self, copy: CopyRun, record: BaseSnapshot | None = None) -> BaseSnapshot:
        """Return the part of the record, as it is now if none is given, that a copy is to hold."""
        ours = record or self.session.ours
        view = self.session.options.views.get(copy.name, EVERYTHING)
        wanted = part(ours.snapshot, ours.side, copy, view)
        return ours if wanted is ours.snapshot else self.session.known(wanted)

    def _meant(self, copy: CopyRun) -> list[str]:
        view = self.session.options.views.get(copy.name, EVERYTHING)
        return meant_sheets(copy, view, self.session.record.rows)

    def _decide_first(self, copy: CopyRun) -> None:
        """Carry out decisions before what was typed with them: they are about what stood there."""
        found = self.session.known(as_found(copy.base))
        allow = self.session.options.allow
        if not copy.aside and not alarms(found, copy.side, allow, self._meant(copy)):
            self._choose(copy)

    def _resume(self, copy: CopyRun) -> None:
        """Accept what a stamp found whose run died before it could.

        Then whoever changes that, or takes it away, is known to have seen it.
        """
        self._decide_first(copy)
        found = self.session.known(as_found(copy.base)).side
        if copy.base.unknown_past and self.session.founded:
            copy.base = contrary(self._part(copy), found)
        copy.base = self._settle(copy.base._replace(pending={}, unknown_past=False))
        self._merge(copy, found)
        self._account(copy, found)
        self.session.bases[copy.generation] = copy.base

    def _says(self, copy: CopyRun, base: Snapshot) -> bool:
        """Tell whether a copy says just what its generation showed."""
        return as_stamped(self.session.known(overlaid(base)), copy.side)

    def _settle(self, base: Snapshot) -> Snapshot:
        return settled(base, self.session.disputes.wanted())

    def _choose(self, copy: CopyRun) -> None:
        """Carry out what was decided in a copy's list of conflicts, once for each reading."""
        session = self.session
        if copy.chosen:
            return
        copy.chosen = True
        lines = read_lines(copy.side)[1]
        if not lines:
            return
        record = session.record.rows
        found = read_choices(lines, copy.name, copy.side, session.disputes, record)
        seen = [choice for choice in found.choices if not self._unseen(copy, choice)]
        copy.relist = copy.relist or len(seen) < len(found.choices)
        users = needed(session.record.rows, [edit for one in seen for edit in one.plan])
        self._carry_out(copy, seen, users)
        for line, why in found.left:
            if line.keep is not None:
                self.left[copy.name, line] = why
        for line in lines:
            row = (line.sheet, line.row_id)
            if row in users and line.keep is not None and not line.key:
                language = copy.side.layout.language
                self.left[copy.name, line] = said(language, "needed", rows=some(users[row]))

    def _carry_out(
        self,
        copy: CopyRun,
        choices: Sequence[ListedDecision],
        users: Collection[GoingRow],
    ) -> None:
        """Settle what a list decides, then change the record; rows that others need stay."""
        session = self.session
        kept = [choice for choice in choices if going(choice.plan).isdisjoint(users)]
        for choice in kept:
            for place, seen in ((choice.place, choice.seen), *choice.also):
                session.disputes.decide(place, copy.name, seen)
        leaving = going(edit for choice in kept for edit in choice.plan)
        for choice in sorted(kept, key=lambda one: bool(going(one.plan))):
            rows = applied(session.record.rows, without_cells_of(choice.plan, leaving))
            session.change(rows, copy.name, copy.generation, "decided")

    def _unseen(self, copy: CopyRun, choice: ListedDecision) -> bool:
        """Tell whether a row is to go whose present content this copy has not shown yet."""
        sheet, row_id, _ = choice.place
        if not any(isinstance(edit, RemoveRow) for edit in choice.plan):
            return False
        known = copy.base.rows.get(sheet, {}).get(row_id)
        now = self.session.record.rows.get(sheet, {}).get(row_id)
        if known is None or now is None:
            return known != now
        listed = {place[2] for place, _ in choice.also}
        return any(known.get(key) != now.get(key) for key in {*known, *now} - listed)

    def _stamp(self, copy: CopyRun) -> Steps:
        """Give a copy that somebody has saved a new generation, and its rows ids."""
        session, before = self.session, copy.base
        start = self._part(copy) if copy.strange and before.rows else session.known(before)
        stops = alarms(start, copy.side, session.options.allow, self._meant(copy))
        if stops:
            copy.note = "; ".join(stops)
            return
        named = self._named(copy)
        as_was = not named.plan and bool(before.rows) and not copy.strange
        if as_was and self._says(copy, before):
            self._choose(copy)
            copy.known = True
            self._accept(copy, before)
        elif copy.owner:
            copy.note = f"waiting for {copy.owner}"
        else:
            self._choose(copy)
            copy.base = self._settle(before)
            yield from self._keep_listed(copy)
            yield from self._write(copy, named, before)

    def _name_in_memory(self, copy: CopyRun, before: Snapshot) -> None:
        """Give the rows of a file that is never written the ids that its copy would get."""
        session = self.session
        named = self._named(copy)
        if named.plan and copy.seen is not None:
            session.number(named.last_deal)
            copy.seen = copy.seen._replace(
                side=filled(copy.side, named.plan, session.options.today)
            )
            if not copy.strange:
                given = _joined(named.given, before.given)
                session.bases[copy.generation] = before._replace(given=given)

    def _named(self, copy: CopyRun) -> IdPlan:
        """Return the ids for a copy's rows; a row without one is known by what it said, or says."""
        found = self._named_by(copy, copy.base)
        if copy.base.given and strangers(found, copy.base):
            now = as_it_is_now(copy.base, self.session.record.rows)
            other = self._named_by(copy, now)
            found = min(found, other, key=lambda one: strangers(one, copy.base))
        return found

    def _named_by(self, copy: CopyRun, base: Snapshot) -> IdPlan:
        session = self.session
        return name_rows(session.known(with_given(base)).side, session.ours.side, copy.side)

    def _write(self, copy: CopyRun, named: IdPlan, before: Snapshot) -> Steps:
        """Write the stamp, and accept the copy's edits once it stands.

        Whoever saves the older generation again is told by it; so its account stays as it was.
        """
        session, seen = self.session, copy.seen
        old = 0 if copy.strange else copy.generation
        if seen is None:
            return
        if old in session.bases:  # what a further generation builds on is to be durable before it
            yield from self.asking.commit()
        shown: Rows = {}
        if copy.base.shown:
            now = account(session.ours, copy.side, session.known(copy.base))
            shown = still_shown(copy.base, now)
        base = with_known(copy.base, named.given, session.durable.rows)._replace(
            shown=shown, given={}
        )
        found = filled(copy.side, named.plan, session.options.today) if named.plan else copy.side
        stored = self._until_accepted(copy, base, found)
        bases = {session.next_generation(): stored}
        generation = next(iter(bases))
        if named.given and before.rows and not copy.strange:
            bases[old] = before._replace(given=_joined(named.given, before.given))
        session.number(max(named.last_deal, highest_deal(copy.side.present("Deal"))))
        yield from self.asking.reserve(bases)
        answer = yield Put(seen, named.plan, generation, None, session.record.last_deal)
        if self.asking.written(copy, answer, base):
            copy.reserved = stored.unfinished
            if seen.side is not None and not as_many(seen.side, copy.side):
                copy.note = OTHERWISE
                session.bases[generation] = base  # what was found is not to be trusted later
            else:
                self._accept(copy, before)

    def _until_accepted(self, copy: CopyRun, base: Snapshot, found: Side) -> Snapshot:
        """Return what is stored of a stamped copy, in case the run dies before it accepts it."""
        session, stored = self.session, base
        if copy.strange:
            stored = lasting(base, self._part(copy, session.known(session.durable)), found)
        pending = unaccounted(session.known(in_sight(stored, found)), found)
        if copy.strange and not session.founded:
            stored = unfounded(base, found)
        return stored._replace(pending=pending)

    def _keep_listed(self, copy: CopyRun) -> Steps:
        """Keep what others wanted in a time that only a copy's list of conflicts tells of.

        The list is written anew, and may be the last to hold it: so that is durable before.
        """
        lines = read_lines(copy.side)[1] if copy.strange else ()
        undecided = [one for one in lines if one.keep is None or (copy.name, one) in self.left]
        found = lost_sides(undecided, copy.side, self.session.record.rows)
        listed = [one for one in found if not self.session.disputes.tells(one[0])]
        for conflict, origin in listed:
            self.session.disputes.join(conflict, origin, copy.generation)
        if listed:
            yield from self.asking.commit()

    def _accept(self, copy: CopyRun, before: Snapshot) -> None:
        """Merge a copy into the record. ``before`` is what it was accounted for when looked at."""
        session = self.session
        session.found(copy.side)
        copy.base = self._settle(copy.base)
        if before.shown and not copy.aside:
            now = account(session.ours, copy.side, session.known(before))
            for place, value in displaced(before, now):
                session.disputes.retire(place, copy.name, value)
        self._merge(copy, copy.side)
        session.hidden_rows(copy.side)
        if not copy.aside:
            self._account(copy, copy.side)
            if copy.reserved:
                session.bases[copy.generation] = copy.base

    def _merge(self, copy: CopyRun, side: Side) -> None:
        """Merge what a copy shows, or showed, into the record."""
        session = self.session
        base = session.known(copy.base).side
        merged = without_silent(merge(base, session.ours.side, side, CONFIRMED), side, base)
        session.number(merged.last_deal)
        told = len(session.entries)
        rows = applied(session.record.rows, merged.plan)
        session.change(rows, copy.name, copy.generation)
        for conflict in merged.conflicts:
            session.disputes.join(conflict, copy.name, copy.generation)
        session.disputes.refresh(session.record.rows)
        copy.taken += len(session.entries) - told
        self.notices += [(copy.name, notice) for notice in merged.notices]

    def _account(self, copy: CopyRun, side: Side) -> None:
        """Write down what a copy is accounted for now."""
        session = self.session
        base = self._settle(copy.base)
        found = account(session.ours, side, session.known(base))
        if found != copy.base:
            session.bases[copy.generation] = copy.base = found


def _joined(one: Rows, other: Rows) -> Rows:
    return {sheet: {**one.get(sheet, {}), **other.get(sheet, {})} for sheet in {**one, **other}}
