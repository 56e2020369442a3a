"""The laws of merging over workbooks of any two kinds: written, read back, and merged in place."""

import datetime as dt
import shutil
import tempfile
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from effort import examples
from merge.laws import (
    ALLOWED,
    World,
    a_number_keeps_its_amounts,
    a_row_is_whole_or_gone,
    groups_stay_together,
    merging_again_changes_nothing,
    no_edit_is_lost,
    nothing_is_invented,
    nothing_refers_to_a_deleted_row,
)
from merge.people import KEYS, START, Person
from merge.world import ASOF, Rows, content, side_of
from sheetrecord.core.merge import planner
from sheetrecord.core.merge.planner import Merged
from sheetrecord.core.merge.side import Side
from sheetrecord.model.value import shown
from sheetrecord.schema.packs import pack
from sheetrecord.schema.read.parse import parse
from sheetrecord.schema.sheets import SHEETS
from sheetrecord.workbooks.port import Workbook
from sheetrecord.workbooks.transaction import on, placed
from workbooks.kinds import KINDS, Kind, xlsx

LAWS = (
    no_edit_is_lost,
    nothing_is_invented,
    a_row_is_whole_or_gone,
    nothing_refers_to_a_deleted_row,
    groups_stay_together,
    a_number_keeps_its_amounts,
    merging_again_changes_nothing,
)
ACTS = st.sampled_from(("set", "set", "clear", "delete", "add", "empty", "sort", "drop deal"))
STEPS = st.lists(st.tuples(ACTS, st.integers(0, 5), st.sampled_from(KEYS)), max_size=5)

pytestmark = [
    pytest.mark.slow,
    # openpyxl drops what it has open without closing it
    pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning"),
]


@pytest.fixture(autouse=True)
def _state(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SHEETRECORD_STATE", str(tmp_path / "state"))
    monkeypatch.setattr("os.fsync", lambda _: None)


def sheets(rows: Rows) -> dict[str, dict[tuple[int, int], Any]]:
    """Return rows as cells below the English headers of all columns that people fill."""
    found: dict[str, dict[tuple[int, int], Any]] = {}
    for sheet, several in rows.items():
        keys = [column.key for column in SHEETS[sheet].columns if not column.derived]
        cells: dict[tuple[int, int], Any] = {
            (1, number): pack("en").columns[sheet][key] for number, key in enumerate(keys, start=1)
        }
        for number, row in enumerate(several, start=2):
            cells |= {(number, keys.index(key) + 1): value for key, value in row.items()}
        found[sheet] = cells
    return found


def side(workbook: Workbook) -> Side:
    book = workbook.read().book
    return Side(book, parse(book, ASOF))


def rows_of(found: Side) -> Rows:
    """Return what a workbook says of the sheets, as rows of raw cells by key."""
    told: Rows = {}
    for sheet in START:
        place = found.place(sheet)
        page = found.book.sheets[place.title]
        several: dict[int, dict[str, Any]] = {}
        for key, number in place.columns.items():
            cells = page.columns.get(number)
            for row, value in zip(cells.rows, cells.values, strict=True) if cells else ():
                if row > 1:
                    several.setdefault(row, {})[key] = plain(value)
        told[sheet] = [several[row] for row in sorted(several)]
    return told


def plain(value: Any) -> Any:
    """Return a day as a day and a whole number as such, whatever the kind keeps it as."""
    seen = shown(value)
    if isinstance(seen, dt.datetime):
        return seen.date()
    return int(seen) if isinstance(seen, float) and seen.is_integer() else seen


class Copies(World):
    """Three copies in workbooks, each of a kind; theirs is merged into ours where that stands."""

    def __init__(self, kinds: tuple[Kind, Kind, Kind], ours: Rows, theirs: Rows) -> None:
        folder = Path(tempfile.mkdtemp())
        made = []
        for number, (kind, rows) in enumerate(zip(kinds, (START, ours, theirs), strict=True)):
            place = folder / str(number)
            place.mkdir()
            made.append(kind.make(place, xlsx(sheets(rows))))
        self.base, self.ours, self.theirs, self.hidden = START, ours, theirs, {}
        self.start, mine, self.their = (side(one) for one in made)
        self.merged = planner.merge(self.start, mine, self.their, ALLOWED)
        begun = on(made[1])
        here = Side(begun.book, parse(begun.book, ASOF))
        begun.with_edits(placed(self.merged.plan, here.book, here.layout)).write()
        self.after = side(made[1])
        self.result = rows_of(self.after)
        shutil.rmtree(folder)

    def again(self, ours: Rows) -> Merged:
        """Merge once more; the result as it reads back from where it was written."""
        mine = self.after if ours is self.result else side_of(ours)
        return planner.merge(self.start, mine, self.their, ALLOWED)


@examples(25)
@given(
    kinds=st.tuples(*[st.sampled_from(KINDS)] * 3),
    acts=st.tuples(STEPS, STEPS),
)
def test_the_laws_of_merging_hold_over_any_kinds(
    kinds: tuple[Kind, Kind, Kind], acts: tuple[list[Any], list[Any]]
) -> None:
    ours, theirs = Person(START, 1), Person(START, 2)
    for person, steps in zip((ours, theirs), acts, strict=True):
        for step in steps:
            person.act(*step)
    world = Copies(kinds, ours.rows, theirs.rows)
    for law in LAWS:
        law(world)
    alike = World(START, ours.rows, theirs.rows)
    assert content(world.result) == content(alike.result)
    assert set(world.listed()) == set(alike.listed())
