"""A second opinion: git merges the same tables, one line a cell, and we come to the same.

Every cell that may be filled has a place of its own in the text, between lines that never change:
git takes over what one person changed and stops where two changed one cell, and knows nothing of
records. What we ask about and git does not must have a reason that only a record has.
"""

import copy
import shutil
import subprocess
import tempfile
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import event, given, settings
from hypothesis import strategies as st

from effort import examples
from merge.laws import World, edits
from merge.people import KEYS, START, Person
from merge.world import Rows, content, fee
from sheetrecord.model.conflict import ConflictKind

pytestmark = pytest.mark.skipif(shutil.which("git") is None, reason="git is not installed")

Place = tuple[str, str, str]
ACTS = st.sampled_from(("set", "set", "set", "set", "clear", "delete", "add", "sort"))
STEPS = st.lists(st.tuples(ACTS, st.integers(0, 5), st.sampled_from(KEYS)), max_size=5)


@st.composite
def worlds(draw: st.DrawFn) -> World:
    """Two people who work in copies of one record; neither uses the other's new ids."""
    people = [Person(START, 1), Person(START, 2)]
    for person in people:
        for act, which, key in draw(STEPS):
            person.act(act, which | 1 if act == "add" else which, key)
    return World(START, people[0].rows, people[1].rows)


def places(world: World) -> list[Place]:
    """Every row that is in one of the copies, and every cell that is filled in one of them."""
    found: set[Place] = set()
    for rows in (world.base, world.ours, world.theirs):
        for sheet, held in content(rows).items():
            for id_, cells in held.items():
                found.add((sheet, id_, ""))
                found.update((sheet, id_, key) for key in cells)
    return sorted(found)


def text_of(rows: Rows, order: list[Place]) -> str:
    """A copy, one line a cell; a row that is not there has none of its lines."""
    held = content(rows)

    def lines() -> Iterator[str]:
        for number, (sheet, id_, key) in enumerate(order):
            yield f"--- {number}"
            row = held.get(sheet, {}).get(id_)
            if row is not None and (not key or key in row):
                yield repr((sheet, id_, key, row[key] if key else "is there"))

    return "\n".join([*lines(), "---", ""])


def by_git(world: World, order: list[Place]) -> str | None:
    """Return the text that git comes to; None when it leaves a conflict to a person."""
    with tempfile.TemporaryDirectory() as folder:
        names = [Path(folder, name) for name in ("ours", "base", "theirs")]
        for path, rows in zip(names, (world.ours, world.base, world.theirs), strict=True):
            path.write_text(text_of(rows, order), encoding="utf-8")
        words = ["git", "merge-file", "-p", "--quiet", *map(str, names)]
        ran = subprocess.run(words, capture_output=True, text=True, check=False)
    assert ran.returncode >= 0, ran.stderr
    return ran.stdout if ran.returncode == 0 else None


def changed(world: World) -> tuple[dict[Place, Any], dict[Place, Any]]:
    return dict(edits(world.base, world.ours, {})), dict(edits(world.base, world.theirs, {}))


def both_worked_on(world: World) -> set[tuple[str, str]]:
    """The rows that both people changed: what belongs together in them is asked together."""
    ours, theirs = ({place[:2] for place in one} for one in changed(world))
    return ours & theirs


def compared(world: World) -> str:
    """Hold what we make of a world against what git makes of it; return in a word which it was."""
    order = places(world)
    git = by_git(world, order)
    asked = [(c.at.sheet, c.at.row_id, c.at.key, c) for c in world.merged.conflicts]
    if git is None:
        assert asked, "git stops, and we ask nothing"
        return "both ask"
    if not asked:
        assert text_of(world.result, order) == git, "nobody asks, and the results are two"
        return "the same lines"
    for sheet, id_, key, one in asked:
        together = bool(one.group) and (sheet, id_) in both_worked_on(world)
        row = not key and ((sheet, id_) in both_worked_on(world) or one.kind is ConflictKind.NEEDED)
        assert together or row, f"git merges it cleanly, and we ask about {id_}.{key}"
    return "a record's own question"


@examples(100)
@given(worlds())
def test_git_comes_to_the_same_lines_or_there_is_a_question(world: World) -> None:
    event(compared(world))


CASES: dict[str, tuple[Any, Any, str]] = {
    "two cells of two rows": ((0, "note", "A"), (1, "note", "B"), "the same lines"),
    "two cells of one row": ((0, "note", "A"), (0, "planned_on", "B"), "the same lines"),
    "one cell": ((0, "note", "A"), (0, "note", "B"), "both ask"),
    "one cell alike": ((0, "note", "A"), (0, "note", "A"), "the same lines"),
    "a deleted row and a cell of it": ((0, "", None), (0, "description", "B"), "both ask"),
    "a deleted row and a new cell": ((0, "", None), (0, "note", "B"), "a record's own question"),
    "a deleted row and a cell of another": ((0, "", None), (1, "note", "B"), "the same lines"),
    "two amounts of one row": ((0, "net", 1), (0, "tax", 2), "a record's own question"),
}


@pytest.mark.parametrize("case", CASES)
def test_who_asks(case: str) -> None:
    *people, expected = CASES[case]
    copies: list[Rows] = [copy.deepcopy(START), copy.deepcopy(START)]
    for rows, (row, key, value) in zip(copies, people, strict=True):
        if key:
            rows["Fees"][row][key] = value
        else:
            assert rows["Fees"].pop(row)["fee_id"] == fee(row + 1)
    assert compared(World(START, *copies)) == expected


def test_the_generated_worlds_are_of_every_sort() -> None:
    """Otherwise the comparison above could not fail."""
    found: Counter[str] = Counter()

    @settings(max_examples=60, derandomize=True, database=None)
    @given(worlds())
    def look(world: World) -> None:
        found[compared(world)] += 1

    look()
    assert set(found) == {"the same lines", "both ask", "a record's own question"}
