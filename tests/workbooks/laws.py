"""The laws of the port, as functions of a kind of workbook; see `sheetrecord.workbooks.port`.

Whoever writes an adapter runs them by listing it among the kinds.
"""

import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest

from effort import EFFORT, some
from sheetrecord.formats.stamp import read_marks
from sheetrecord.model.book import Book
from sheetrecord.model.cell_edits import AddSheet, DropRows, Edit, PutCell, PutRows
from sheetrecord.model.errors import ChangedElsewhere, Locked, SheetRecordError
from sheetrecord.model.value import shown
from sheetrecord.workbooks.port import Stamp, Workbook
from workbooks.kinds import Kind, xlsx

DATA = xlsx(
    {
        "Deal": {
            (1, 1): "Deal ID", (1, 2): "Client", (1, 3): "Value",
            (2, 1): "D-0001", (2, 2): "Acme Works", (2, 3): 12000,
            (3, 1): "D-0002", (3, 2): 'Zoë, "quoted"', (3, 3): 12.5,
            (4, 1): "D-0003", (4, 2): "x", (4, 3): True,
        },
        "Own notes": {(1, 1): "text", (3, 2): "stays"},
    }
)  # fmt: skip
EDITS: tuple[Edit, ...] = (
    PutCell("Deal", 2, 2, "Acme & Sons"),
    PutCell("Deal", 3, 3, 99),
    PutRows("Deal", 4, [{1: "D-0004", 2: "New Client"}]),
)
SEVERAL: tuple[Edit, ...] = (
    *EDITS,
    PutCell("Own notes", 1, 1, "changed"),
    AddSheet("List", [["a", 1], [None, "b"]]),
)
"""Edits of several sheets, and a sheet that comes anew."""
JOBS = (SEVERAL, EDITS)
STAMP = Stamp("r1", 7, "abc")


Content = dict[tuple[str, int, int], Any]
"""What every cell shows, by sheet, row and column."""


class Dead(BaseException):
    """The process has ended."""


def cells(book: Book) -> Content:
    """Return what every cell shows."""
    return {
        (title, row, column): shown(value)
        for title, sheet in book.sheets.items()
        for column, held in sheet.columns.items()
        for row, value in zip(held.rows, held.values, strict=True)
    }


def said(workbook: Workbook) -> Content:
    return cells(workbook.read().book)


def all_or_nothing(kind: Kind, folder: Path) -> None:
    workbook = kind.make(folder, DATA)
    reading = workbook.read()
    for wrong in ([PutCell("Deal", 2, 2, "x"), PutCell("Gone", 1, 1, "x")],
                  [PutCell("Deal", 2, 2, "x"), DropRows("Gone", 1)]):  # fmt: skip
        with pytest.raises(SheetRecordError, match="Gone"):
            workbook.write(reading, wrong, STAMP)
        assert workbook.unchanged(reading.revision) is not None
    assert workbook.read().revision.digest == reading.revision.digest


def only_what_was_named(kind: Kind, folder: Path) -> None:
    workbook = kind.make(folder, DATA)
    before = said(workbook)
    written = workbook.write(workbook.read(), EDITS)
    after = said(kind.again(workbook))
    named = {("Deal", 2, 2): "Acme & Sons", ("Deal", 3, 3): 99,
             ("Deal", 5, 1): "D-0004", ("Deal", 5, 2): "New Client"}  # fmt: skip
    assert after == before | named
    assert cells(written.reading.book) == after
    new = AddSheet("List", [["a", 1], [None, "b"]])
    workbook.write(workbook.read(), [new, DropRows("Deal", 3)])
    gone = said(kind.again(workbook))
    assert gone["List", 2, 2] == "b"
    assert [gone.get(("Deal", row, 1)) for row in (2, 3, 4, 5)] == [
        "D-0001", "D-0003", "D-0004", None,
    ]  # fmt: skip


def stale_is_refused(kind: Kind, folder: Path) -> None:
    workbook = kind.make(folder, DATA)
    reading = workbook.read()
    kind.other(workbook, "Deal", (3, 2), "typed by another")
    with pytest.raises(ChangedElsewhere):
        workbook.write(reading, EDITS, STAMP)
    assert said(workbook)["Deal", 3, 2] == "typed by another"
    assert said(workbook)["Deal", 2, 2] == "Acme Works"
    assert workbook.unchanged(reading.revision) is None


def moments(kind: Kind, folder: Path, edits: Sequence[Edit] = EDITS) -> list[str]:
    """Return every moment of a write that nobody disturbs; a moment may come again."""
    seen: list[str] = []
    workbook = kind.make(fresh(folder), DATA)
    with kind.during(seen.append):
        workbook.write(workbook.read(), edits, STAMP)
    return seen


def telling(steps: Sequence[str]) -> list[tuple[int, str]]:
    """Return the moments to try: the first and last time of each, as in a loop; in a long run all.

    A moment is a number and what is done then.
    """
    last = dict(map(reversed, enumerate(steps)))
    first = dict(map(reversed, reversed(list(enumerate(steps)))))
    ends = {*first.values(), *last.values()}
    return [one for one in enumerate(steps) if EFFORT == "long" or one[0] in ends]


def fresh(folder: Path) -> Path:
    place = folder / f"{time.monotonic_ns()}"
    place.mkdir()
    return place


def at(number: int, act: Callable[[], None], *, ever_after: bool = False) -> Callable[[str], None]:
    """Return a hook that acts at one moment, or at that and all later ones."""
    count = -1

    def hook(_: str) -> None:
        nonlocal count
        count += 1
        if count == number or (ever_after and count > number):
            act()

    return hook


def everything(workbook: Workbook) -> Iterator[Content]:
    """Yield what stands in a workbook and in each save beside it."""
    yield said(workbook)
    for sibling in workbook.siblings():
        with suppress(SheetRecordError):
            yield said(type(workbook)(sibling.address, {}))  # type: ignore[call-arg]


def nobodys_save_is_destroyed(kind: Kind, folder: Path) -> None:
    for number in range(len(moments(kind, folder))):
        workbook = kind.make(fresh(folder), DATA)
        done: list[int] = []

        def act(workbook: Workbook = workbook, done: list[int] = done) -> None:
            with suppress(OSError, KeyError):  # between two names there is no file to save into
                kind.other(workbook, "Deal", (3, 2), "typed by another")
                done.append(1)

        displaced = []
        with suppress(ChangedElsewhere, Locked), kind.during(at(number, act)):
            written = workbook.write(workbook.read(), EDITS, STAMP)
            displaced = [cells(one.book) for one in written.displaced]
        found = [*everything(kind.again(workbook)), *displaced]
        texts = {one.get(("Deal", 3, 2)) for one in found}
        assert "typed by another" in texts or not done, (number, texts)


def old_and_new(kind: Kind, folder: Path, edits: Sequence[Edit]) -> list[Content]:
    """Return what a workbook says before edits, and with them."""
    workbook = kind.make(fresh(folder), DATA)
    before = said(workbook)
    workbook.write(workbook.read(), edits, STAMP)
    return [before, said(kind.again(workbook))]


def a_death_leaves_old_or_new(kind: Kind, folder: Path) -> None:
    """The process ends at a moment: nothing after it happens, not even what tidies up."""
    for edits in some(JOBS, 2):
        whole = old_and_new(kind, folder, edits)
        for number, step in telling(moments(kind, folder, edits)):
            workbook = kind.make(fresh(folder), DATA)
            with suppress(Dead), kind.during(at(number, die, ever_after=True)):
                workbook.write(workbook.read(), edits, STAMP)
            goes_on(kind, workbook, edits, whole, step)


def an_interrupt_leaves_old_or_new(kind: Kind, folder: Path) -> None:
    """Somebody stops the program at a moment; what tidies up is still done."""
    for edits in some(JOBS, 2):
        whole = old_and_new(kind, folder, edits)
        steps: list[str] = []
        workbook = kind.make(fresh(folder), DATA)
        with kind.interrupted(steps.append):
            workbook.write(workbook.read(), edits, STAMP)
        assert steps
        for number, step in telling(steps):
            workbook = kind.make(fresh(folder), DATA)
            with suppress(Dead), kind.interrupted(at(number, die)):
                workbook.write(workbook.read(), edits, STAMP)
            goes_on(kind, workbook, edits, whole, step)


def goes_on(
    kind: Kind, workbook: Workbook, edits: Sequence[Edit], whole: list[Content], step: str
) -> None:
    """What stands is the old or the new; the next run writes what was meant, and nothing twice."""
    after = kind.again(workbook)
    after.recover()
    stands = said(after)
    assert stands in whole, step
    if stands == whole[0]:
        after.write(after.read(), edits, STAMP)
    assert said(kind.again(workbook)) == whole[1], step
    assert not list(after.recover()), step


def die() -> None:
    """End the process."""
    raise Dead


def an_answer_may_be_lost(kind: Kind, folder: Path) -> None:
    workbook = kind.make(folder, DATA)
    reading = workbook.read()
    workbook.write(reading, EDITS, STAMP)
    with suppress(ChangedElsewhere):
        kind.again(workbook).write(reading, EDITS, STAMP)
    values = list(said(kind.again(workbook)).values())
    assert values.count("D-0004") == 1


def written_is_read_back(kind: Kind, folder: Path) -> None:
    workbook = kind.make(folder, DATA)
    written = workbook.write(workbook.read(), EDITS, STAMP)
    stands = kind.again(workbook).read()
    assert written.reading.revision.digest == stands.revision.digest
    assert cells(written.reading.book) == cells(stands.book)
    assert workbook.unchanged(written.reading.revision) == stands.revision
    assert read_marks(stands.book).stamp == STAMP
    again = workbook.write(written.reading, [PutCell("Deal", 2, 2, "once more")])
    assert said(kind.again(workbook))["Deal", 2, 2] == "once more"
    assert read_marks(again.reading.book).stamp == STAMP


def a_sheet_that_is_not_there_is_none(kind: Kind, folder: Path) -> None:
    """Asking for a sheet of another name is answered as by any mapping, and refuses nothing."""
    sheets = kind.make(folder, DATA).read().book.sheets
    assert sheets.get("Nowhere") is None
    assert "Nowhere" not in sheets
    with pytest.raises(KeyError):
        sheets["Nowhere"]


def reading_is_quiet(kind: Kind, folder: Path) -> None:
    workbook = kind.make(folder, DATA)
    before = sorted((p, p.stat().st_mtime_ns) for p in folder.rglob("*"))
    first, version = workbook.read(), workbook.version()
    shown_ = workbook.preview(first, EDITS, STAMP)
    assert cells(shown_.book)["Deal", 2, 2] == "Acme & Sons"
    assert cells(workbook.preview(shown_, [PutCell("Deal", 2, 1, "x")]).book)["Deal", 2, 1] == "x"
    assert workbook.preview(first, []) is first
    assert workbook.write(first, []).reading.revision == first.revision
    assert (list(workbook.siblings()), list(workbook.recover()), workbook.owner()) == ([], [], "")
    assert workbook.read().revision.digest == first.revision.digest
    assert workbook.version() == version
    assert sorted((p, p.stat().st_mtime_ns) for p in folder.rglob("*")) == before


def a_version_vouches_for_a_later_read(kind: Kind, folder: Path) -> None:
    workbook = kind.make(folder, DATA)
    version = workbook.version()
    assert workbook.read().revision.version in {version, 0}
    time.sleep(0.01)  # file systems count in ticks of some milliseconds
    kind.other(workbook, "Deal", (3, 2), "typed by another")
    assert workbook.version() != version or version == 0


def a_preview_is_what_is_written(kind: Kind, folder: Path) -> None:
    workbook = kind.make(folder, DATA)
    reading = workbook.read()
    expected = workbook.preview(reading, EDITS, STAMP)
    written = workbook.write(reading, EDITS, STAMP)
    assert cells(expected.book) == cells(written.reading.book)
    assert expected.revision.digest == written.reading.revision.digest


LAWS = (
    all_or_nothing,
    only_what_was_named,
    stale_is_refused,
    nobodys_save_is_destroyed,
    a_death_leaves_old_or_new,
    an_interrupt_leaves_old_or_new,
    an_answer_may_be_lost,
    written_is_read_back,
    a_sheet_that_is_not_there_is_none,
    reading_is_quiet,
    a_version_vouches_for_a_later_read,
    a_preview_is_what_is_written,
)
