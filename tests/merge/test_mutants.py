"""The tests of the tests: each usual shortcut of a merge, put in on purpose, must be caught."""

import random
from collections.abc import Callable, Iterator
from typing import Any

import pytest

from merge import test_cases, test_guards, test_identity
from merge.laws import LAWS, World
from merge.people import KEYS, START, Person
from sheetrecord.core.merge import (
    deletes,
    identity,
    new_rows,
    planner,
    row_changes,
    rows,
    side,
    similarity,
)
from sheetrecord.core.merge.cells import Odd, Unread
from sheetrecord.core.merge.rows import RowOutcome

Patch = Callable[[pytest.MonkeyPatch], None]
ACTS = ("set", "set", "clear", "delete", "add", "add", "empty", "sort", "break", "drop deal")


def _last_writer_wins(patch: pytest.MonkeyPatch) -> None:
    def group(self: Any, group: Any, mine: Any, their: Any) -> Any:
        return their & set(group.positions) & self._compared, []

    patch.setattr(rows.RowMerger, "_group", group)


def _ours_wins_in_silence(patch: pytest.MonkeyPatch) -> None:
    real = rows.RowMerger._group

    def group(self: Any, group: Any, mine: Any, their: Any) -> Any:
        return real(self, group, mine, their)[0], []

    patch.setattr(rows.RowMerger, "_group", group)


def _a_blank_is_no_edit(patch: pytest.MonkeyPatch) -> None:
    real = row_changes.Differ.changed

    def changed(self: Any, old: Any, new: Any) -> Any:
        blank = similarity.blank_row(self.sheet)
        return frozenset(i for i in real(self, old, new) if new.cells[i] != blank[i])

    patch.setattr(row_changes.Differ, "changed", changed)


def _delete_wins(patch: pytest.MonkeyPatch) -> None:
    def theirs(self: Any, sheet: str, id_: str, ours: Any) -> None:
        self.removed[sheet, id_] = ours

    patch.setattr(deletes.Deletes, "theirs", theirs)


def _our_delete_wins(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(deletes.Deletes, "ours", lambda *_: None)


def _cell_by_cell(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(
        rows, "groups_of", lambda sheet, *_: tuple((f"={i}", (i,)) for i in similarity.typed(sheet))
    )


def _an_invoice_number_goes_alone(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(rows, "groups_of", lambda sheet, *_: rows.groups(sheet))


def _unobserved_is_blank(patch: pytest.MonkeyPatch) -> None:
    nothing = {sheet: frozenset() for sheet in planner.SHEETS}
    patch.setattr(side.Side, "missing", property(lambda _: nothing))


def _raw_text_is_compared(patch: pytest.MonkeyPatch) -> None:
    def changed(self: Any, old: Any, new: Any) -> Any:
        def apart(i: int) -> bool:
            before, after = self._raw(self.before, i, old), self._raw(self.after, i, new)
            return str(before) != str(after)

        return frozenset(filter(apart, self.seen))

    patch.setattr(row_changes.Differ, "changed", changed)
    patch.setattr(rows.RowMerger, "may_differ", lambda _, base, theirs: list(theirs))
    patch.setattr(row_changes.Differ, "same", lambda *_: False)


def _types_do_not_matter(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(side, "odd", lambda cell: float(cell) if _digits(cell) else Odd("x", cell))


def _digits(cell: Any) -> bool:
    return isinstance(cell, str) and cell.strip().isdigit()


def _errors_are_blank(patch: pytest.MonkeyPatch) -> None:
    real = side.odd

    def odd(cell: Any) -> Any:
        found = real(cell)
        return None if isinstance(found, Unread) else found

    patch.setattr(side, "odd", odd)


def _formulas_are_overwritten(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(rows.RowMerger, "_obstacle", lambda *_: None)


def _ids_collapse(patch: pytest.MonkeyPatch) -> None:
    def sort_out(self: Any, found: Any) -> None:
        self.certain = {row[1]: row for row in found if row[1]}

    patch.setattr(identity._Identifier, "_sort_out", sort_out)


def _the_first_copy_keeps_the_id(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(identity._Identifier, "_original", lambda _, id_, rivals: rivals[0])


def _lost_ids_stay_lost(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(identity._Identifier, "_known_again", lambda *_: iter(()))


def _one_id_is_one_row(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(new_rows._NewRows, "_collides", lambda *_: False)


def _no_memory_of_earlier_merges(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(new_rows._NewRows, "_twins", lambda _: {})
    patch.setattr(
        new_rows._NewRows, "_second", lambda self, id_, _: self.namer.new(self.sheet, id_)
    )


def _references_stay_behind(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(new_rows, "_referring", lambda found, *_, **__: found)


def _parents_go(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(deletes.Deletes, "settle", lambda *_: None)


def _what_nobody_saw_goes(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(deletes, "_unseen", lambda *_: False)


def _half_a_row_comes_back(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(planner._Planner, "_unshown", lambda *_: {})


def _two_halves_make_nothing(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(rows.RowMerger, "_nothing_left", lambda *_: False)


def _no_guard(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(planner, "guards", lambda *_: iter(()))


def _our_copy_is_the_base(patch: pytest.MonkeyPatch) -> None:
    real = planner.merge
    patch.setattr(planner, "merge", lambda base, ours, theirs, *a: real(ours, ours, theirs, *a))


def _new_rows_are_forgotten(patch: pytest.MonkeyPatch) -> None:
    real = planner._Planner.edits

    def edits(self: Any) -> Iterator[Any]:
        self.added.clear()
        return real(self)

    patch.setattr(planner._Planner, "edits", edits)


def _no_conflict_is_told(patch: pytest.MonkeyPatch) -> None:
    real = rows.RowMerger.merge

    def merge(self: Any, *three: Any) -> RowOutcome:
        return real(self, *three)._replace(conflicts=())

    patch.setattr(rows.RowMerger, "merge", merge)


MUTANTS: dict[str, Patch] = {
    name.removeprefix("_"): found
    for name, found in list(globals().items())
    if callable(found) and name.startswith("_") and "patch" in found.__annotations__
}


def random_worlds(count: int) -> Iterator[World]:
    source = random.Random(5)
    for _ in range(count):
        people = Person(START, 1), Person(START, 2)
        for person in people:
            for _ in range(source.randrange(1, 5)):
                person.act(source.choice(ACTS), source.randrange(6), source.choice(KEYS))
        hidden = source.choice(((), (), ("net",), ("note", "description")))
        yield World(START, people[0].rows, people[1].rows, {"Fees": hidden} if hidden else {})


def examine() -> None:
    """Hold the planner to everything: the table, the identities, the guards, then the laws."""
    for line in test_cases.lines():
        test_cases.check(line)
    for name, test in vars(test_identity).items():
        if name.startswith("test_"):
            test()
    for name in test_guards.ACCIDENTS:
        for whose in ("ours", "theirs"):
            test_guards.test_an_accident_stops_the_merge_until_it_is_confirmed(name, whose)
    for world in random_worlds(150):
        for law in LAWS:
            law(world)


def test_without_a_fault_everything_holds() -> None:
    examine()


@pytest.mark.parametrize("name", MUTANTS)
def test_a_fault_is_caught(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    MUTANTS[name](monkeypatch)
    if name == "our_copy_is_the_base":
        monkeypatch.setattr("merge.world.merge", planner.merge)
    with pytest.raises((AssertionError, LookupError, TypeError)):
        examine()


LOSING = (
    "last_writer_wins",
    "ours_wins_in_silence",
    "a_blank_is_no_edit",
    "delete_wins",
    "our_delete_wins",
    "cell_by_cell",
    "unobserved_is_blank",
    "parents_go",
    "what_nobody_saw_goes",
    "half_a_row_comes_back",
    "new_rows_are_forgotten",
    "no_conflict_is_told",
)
"""The faults by which an edit is lost: no example is needed to find them."""


@pytest.mark.parametrize("name", LOSING)
def test_the_laws_alone_catch_it(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    MUTANTS[name](monkeypatch)

    def every_law() -> None:
        for world in random_worlds(400):
            for law in LAWS:
                law(world)

    with pytest.raises((AssertionError, LookupError, TypeError)):
        every_law()
