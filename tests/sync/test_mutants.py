"""The test of the tests: each usual shortcut of a sync, put in on purpose, breaks a law soon."""

from collections.abc import Callable, Iterator
from typing import Any

import pytest

from sheetrecord.core.merge import deletes, identity, planner, rows, side
from sheetrecord.core.sync import (
    copies,
    decisions,
    distribute,
    ingest,
    open_conflicts,
    requests,
    session,
)
from sheetrecord.core.sync.effects import Commit, SavedMeanwhile
from sheetrecord.core.sync.row_ids import IdPlan
from sheetrecord.core.sync.rows import applied
from sheetrecord.core.sync.store_protocol import CommitChange, Snapshot
from sync import test_restored, test_rules
from sync.acts import FORWARD
from sync.driving import actions_of, play
from sync.office import Office
from sync.shelf import Version

Patch = Callable[[pytest.MonkeyPatch], None]


def _last_writer_wins(patch: pytest.MonkeyPatch) -> None:
    def group(self: Any, group: Any, mine: Any, their: Any) -> Any:
        return their & set(group.positions) & self._compared, []

    patch.setattr(rows.RowMerger, "_group", group)


def _ignore_that_the_record_moved(patch: pytest.MonkeyPatch) -> None:
    def merge(base: Any, ours: Any, theirs: Any, allow: Any) -> Any:
        known = base.shows("Fees")
        return planner.merge(base, base if known else ours, theirs, allow)

    patch.setattr(ingest, "merge", merge)


def _delete_beats_edit(patch: pytest.MonkeyPatch) -> None:
    def theirs(self: Any, sheet: str, id_: str, ours: Any) -> None:
        self.removed[sheet, id_] = ours

    patch.setattr(deletes.Deletes, "theirs", theirs)


def _an_edited_row_stays_deleted(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(deletes.Deletes, "ours", lambda *_: None)


def _delete_what_others_dispute(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(session.SyncSession, "_spared", lambda self, rows, origin: rows)


def _decide_to_delete_unseen(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(ingest.Taking, "_unseen", lambda *_: False)


def _delete_unobserved_cells(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(deletes, "_unseen", lambda *_: False)


def _account_before_the_write(patch: pytest.MonkeyPatch) -> None:
    real = distribute.Bringing._writing

    def writing(self: Any, copy: Any) -> Any:
        found = real(self, copy)
        if found is not None:
            self.session.bases[copy.generation] = found.base
        return found

    patch.setattr(distribute.Bringing, "_writing", writing)


def _versions(patch: pytest.MonkeyPatch) -> dict[str, Version]:
    known: dict[str, Version] = {}
    real = Office.look

    def look(self: Office, name: str, digest: str = "") -> Any:
        version = self.files.get(name) or self.asides[name]
        known[version.digest] = version
        return real(self, name, digest)

    patch.setattr(Office, "look", look)
    return known


def _overwrite_what_is_there(patch: pytest.MonkeyPatch) -> None:
    known = _versions(patch)

    def replace(self: Office, put: Any, luck: int) -> Any:
        name = put.seen.name
        self.observe(self.files[name])
        self.files[name] = known[put.seen.digest].written(put, self.store.mark(put.generation))
        return self.look(name)

    patch.setattr(Office, "replace", replace)


def _discard_what_was_displaced(patch: pytest.MonkeyPatch) -> None:
    real = Office.moved

    def moved(self: Office, name: str, luck: int) -> Any:
        real(self, name, luck)
        return SavedMeanwhile(name)

    patch.setattr(Office, "moved", moved)
    start = Office.start

    def forget(self: Office) -> None:
        self.asides.clear()
        start(self)

    patch.setattr(Office, "start", forget)


def _ids_collapse(patch: pytest.MonkeyPatch) -> None:
    def sort_out(self: Any, found: Any) -> None:
        self.certain = {row[1]: row for row in found if row[1]}

    patch.setattr(identity._Identifier, "_sort_out", sort_out)


def _rows_without_ids_are_merged(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(ingest, "name_rows", lambda *_: IdPlan((), {}, 0))


def _no_id_memory(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(ingest, "with_given", lambda base: base)


def _conflicts_are_accounted_for(patch: pytest.MonkeyPatch) -> None:
    real = ingest.account

    def account(*three: Any) -> Any:
        found = real(*three)
        return ingest.overlaid(found)

    patch.setattr(ingest, "account", account)


def _a_renamed_column_is_blank(patch: pytest.MonkeyPatch) -> None:
    nothing = {sheet: frozenset() for sheet in planner.SHEETS}
    patch.setattr(side.Side, "missing", property(lambda _: nothing))


def _no_guard(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(ingest, "alarms", lambda *_: [])


def _the_last_write_is_the_base(patch: pytest.MonkeyPatch) -> None:
    real = copies.CopyRun.look

    def look(self: Any, seen: Any) -> None:
        last = self.state.generation or seen.generation
        real(self, seen._replace(generation=last))

    patch.setattr(copies.CopyRun, "look", look)


def _a_set_aside_file_has_no_conflicts(patch: pytest.MonkeyPatch) -> None:
    real = open_conflicts.Disputes.join

    def join(self: Any, conflict: Any, origin: str, generation: int) -> None:
        if "." not in origin:
            real(self, conflict, origin, generation)

    patch.setattr(open_conflicts.Disputes, "join", join)


def _only_set_aside_conflicts_stay(patch: pytest.MonkeyPatch) -> None:
    real = ingest.Taking._accept

    def accept(self: Any, copy: Any, before: Any) -> None:
        found = self.session.disputes
        for place, one in list(found._open.items()):
            left = tuple(side for side in one.sides if side.origin != copy.name)
            found._open[place] = one._replace(sides=left)
        real(self, copy, before)

    patch.setattr(ingest.Taking, "_accept", accept)


def _accept_without_a_stamp(patch: pytest.MonkeyPatch) -> None:
    real = ingest.Taking._write

    def write(self: Any, copy: Any, named: Any, before: Any) -> Any:
        if copy.generation and not named.plan:
            copy.known = True
            self._accept(copy, before)
            return
        yield from real(self, copy, named, before)

    patch.setattr(ingest.Taking, "_write", write)


def _forget_what_a_stamp_found(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(ingest, "unaccounted", lambda *_: {})


def _account_before_the_record(patch: pytest.MonkeyPatch) -> None:
    def reserve(self: Any, bases: Any) -> Any:
        options = self.session.options
        known = {**self.session.bases, **bases}
        number = self.session.record.last_deal
        answer = yield Commit(
            CommitChange(options.at, options.actor, last_deal=number, bases=known)
        )
        self.session.reserved(answer)

    patch.setattr(requests.Asking, "reserve", reserve)


def _write_before_the_store_knows(patch: pytest.MonkeyPatch) -> None:
    """Write files first, and what they are accounted for when the run is over."""
    real = distribute.Bringing.bring

    def bring(self: Any, found: Any) -> Any:
        held: dict[int, Any] = {}
        commit = self.asking.commit

        def later(*_: Any) -> Any:
            held.update(self.session.bases)
            self.session.bases.clear()
            yield from ()

        self.asking.commit = later
        yield from real(self, found)
        self.asking.commit = commit
        self.session.bases.update(held)

    patch.setattr(distribute.Bringing, "bring", bring)


def _a_decision_settles_what_it_never_saw(patch: pytest.MonkeyPatch) -> None:
    real = open_conflicts.Disputes.decide
    patch.setattr(
        open_conflicts.Disputes,
        "decide",
        lambda self, place, origin, _=None: real(self, place, origin),
    )


def _a_known_file_is_never_read_twice(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(ingest.Taking, "_says", lambda *_: True)


def _amounts_mix_two_hands(patch: pytest.MonkeyPatch) -> None:
    singly = {
        sheet: tuple((f"={i}", (i,)) for i in rows.similarity.typed(sheet))
        for sheet in planner.SHEETS
    }
    patch.setattr(rows, "groups_of", lambda sheet, *_: singly[sheet])


def _an_invoice_number_goes_alone(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(rows, "groups_of", lambda sheet, *_: rows.groups(sheet))


def _removals_are_not_logged(patch: pytest.MonkeyPatch) -> None:
    real = session.entries

    def entries(*what: Any) -> Iterator[Any]:
        return (entry for entry in real(*what) if entry.kind != "remove")

    patch.setattr(session, "entries", entries)


def _nothing_is_ever_done(patch: pytest.MonkeyPatch) -> None:
    real = copies.CopyRun.told
    patch.setattr(copies.CopyRun, "told", lambda self: real(self)._replace(digest=""))


def _a_number_is_an_identity(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(copies.CopyRun, "vouched", lambda *_: True)


def _histories_do_not_part(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(session.SyncSession, "begin", lambda _: ())


def _an_unknown_past_was_blank(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(ingest, "contrary", lambda *_: Snapshot())


def _an_unknown_stamp_is_none(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(copies.CopyRun, "stamped_once", property(lambda _: False))


def _an_unknown_past_was_the_record(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(ingest, "contrary", lambda record, _: record.snapshot)


def _orders_in_turn(patch: pytest.MonkeyPatch) -> None:
    def obey(self: Any, orders: Any) -> None:
        for order in orders:
            for place in order.settle:
                if self.disputes.get(place):
                    self.disputes.decide(place, order.origin)
            self.change(applied(self.record.rows, order.plan), order.origin, 0, order.why)

    patch.setattr(session.SyncSession, "obey", obey)


def _what_others_need_goes(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(session, "needed", lambda *_: {})


def _a_cell_outlives_its_row(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(session, "without_cells_of", lambda plan, _: plan)
    patch.setattr(session, "sorted", lambda orders, key: orders, raising=False)


def _a_listed_row_goes_without_its_cells(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(decisions, "_cells_of", lambda *_: ())


MUTANTS: dict[str, Patch] = {
    name.removeprefix("_"): found
    for name, found in list(globals().items())
    if callable(found)
    and name.startswith("_")
    and list(found.__annotations__) == ["patch", "return"]
    and name != "_versions"
}


RULED = {
    "a_decision_settles_what_it_never_saw": (
        test_rules.test_a_decision_leaves_open_what_joined_after_its_list_was_read
    ),
    "a_number_is_an_identity": (test_restored.test_a_copy_of_a_lost_time_is_none_of_this_history_s),
    "an_unknown_past_was_blank": (
        test_restored.test_a_cell_that_was_cleared_since_is_not_filled_again_where_it_is_blank
    ),
    "an_unknown_past_was_the_record": (
        test_restored.test_a_copy_of_a_lost_time_is_none_of_this_history_s
    ),
    "an_unknown_stamp_is_none": (
        test_restored.test_a_row_that_was_deleted_since_does_not_come_back_unsaid
    ),
    "histories_do_not_part": test_restored.test_two_histories_that_go_on_from_one_state_part,
    "a_cell_outlives_its_row": (
        lambda: [
            test_rules.test_a_row_and_its_cells_are_decided_in_whatever_order(turn)
            for turn in (1, -1)
        ]
    ),
    "a_listed_row_goes_without_its_cells": (
        test_rules.test_a_row_that_goes_in_a_list_takes_the_cells_along_that_the_list_shows
    ),
    "what_others_need_goes": (test_rules.test_a_row_that_others_refer_to_does_not_go_and_says_why),
    "delete_what_others_dispute": (
        test_rules.test_a_row_of_which_a_set_aside_file_disputes_a_cell_is_not_deleted
    ),
}
"""Shortcuts that take a rare world to do harm; a case of their own shows it."""


@pytest.mark.parametrize("name", RULED)
def test_a_rare_shortcut_breaks_its_case(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    MUTANTS[name](monkeypatch)
    with pytest.raises((AssertionError, ValueError)):
        RULED[name]()


FIRST = {
    "a_known_file_is_never_read_twice": 14,
    "a_set_aside_file_has_no_conflicts": 1306,
    "accept_without_a_stamp": 11,
    "an_edited_row_stays_deleted": 34,
    "decide_to_delete_unseen": 1655,
    "discard_what_was_displaced": 145,
    "forget_what_a_stamp_found": 1192,
    "no_id_memory": 218,
}
"""The first world in which a shortcut does harm; the others do it in the first few.

The search begins there, so that it is short as long as the worlds are what they were.
"""

WORLDS = 400


@pytest.mark.parametrize("name", [name for name in MUTANTS if name not in RULED])
def test_a_shortcut_breaks_a_law(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    MUTANTS[name](monkeypatch)
    first = FIRST.get(name, 0)
    for seed in range(first, first + WORLDS):
        try:
            play(actions_of(seed, FORWARD))
        except (AssertionError, LookupError, TypeError, ValueError):
            return
    pytest.fail(f"not found in {WORLDS} worlds")
