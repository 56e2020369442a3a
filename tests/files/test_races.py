"""Somebody saves at any instant of a replacement, in any way: their save is never lost."""

from contextlib import suppress
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from effort import examples
from files.conftest import NEW, OLD
from files.disks import DISKS, contents, litter, run_on
from files.people import SAVES, SlowSave
from files.schedule import at, fresh, moments
from sheetrecord.files.disk_hooks import watched
from sheetrecord.files.fingerprints import fingerprint
from sheetrecord.files.recovery import heal
from sheetrecord.model.errors import ChangedElsewhere, Locked, SheetRecordError

THEIRS = b"a save by Jane " * 300
LATER = b"a save by John " * 400

every_disk = pytest.mark.parametrize("kind", DISKS)


@every_disk
@pytest.mark.parametrize("way", SAVES)
def test_a_save_at_any_instant_stands_at_the_workbooks_name(
    kind: str, way: str, book: Path
) -> None:
    for moment in moments(DISKS[kind], book):
        fresh(book)
        before = fingerprint(book)
        act = at({moment: lambda: SAVES[way](book, THEIRS)})
        reported: list[object] = []
        try:
            run_on(watched(DISKS[kind](), act), book, NEW, before)
        except ChangedElsewhere as error:
            reported.append(error.kept)
        assert book.read_bytes() == THEIRS, moment
        assert [path.name for path in book.parent.iterdir()] == [book.name], moment
        assert reported == [None] or moment.split(":")[0] in AFTER_THE_SWAP, moment


AFTER_THE_SWAP = {"exchange", "replace_aside", "put", "busy", "digest", "sync_folder", "remove"}


@every_disk
@pytest.mark.parametrize("truncate", [True, False], ids=["truncating", "keeping"])
def test_a_save_that_takes_long_is_complete_at_the_workbooks_name(
    kind: str, truncate: bool, book: Path
) -> None:
    for moment in moments(DISKS[kind], book):
        fresh(book)
        before = fingerprint(book)
        save = SlowSave(book, THEIRS, truncate=truncate)
        with suppress(ChangedElsewhere, Locked):
            run_on(watched(DISKS[kind](), at({moment: save.begin})), book, NEW, before)
        began = save.file is not None
        save.end()
        assert not began or book.read_bytes() == THEIRS, moment
        assert not litter(book.parent), moment


@every_disk
def test_a_workbook_deleted_at_any_instant_is_not_called_written_before_the_swap(
    kind: str, book: Path
) -> None:
    for moment in moments(DISKS[kind], book):
        fresh(book)
        before = fingerprint(book)
        found = []

        def delete(found: list[bool] = found) -> None:
            found.append(book.exists())
            book.unlink(missing_ok=True)

        with suppress(ChangedElsewhere):
            run_on(watched(DISKS[kind](), at({moment: delete})), book, NEW, before)
            assert moment.split(":")[0] in AFTER_THE_SWAP or found == [False], moment
        assert not litter(book.parent), moment
        assert contents(book.parent) <= {OLD, NEW}, moment


@every_disk
@examples(60)
@given(data=st.data())
def test_of_two_saves_the_newer_stands_and_the_older_is_kept_or_was_replaced_by_it(
    kind: str, book: Path, data: st.DataObject
) -> None:
    steps = [
        f"{step}:{when}#{nth}"
        for step in ("exchange", "replace_aside", "take", "put", "digest", "busy", "remove")
        for when in ("before", "after")
        for nth in (1, 2, 3)
    ]
    first, second = data.draw(st.sampled_from(steps)), data.draw(st.sampled_from(steps))
    ways = [data.draw(st.sampled_from(sorted(SAVES))) for _ in range(2)]
    saved: list[bytes] = []
    seen_by_the_later: list[bytes] = []

    def save() -> None:
        content = (THEIRS, LATER)[len(saved)]
        if saved and book.exists():
            seen_by_the_later.append(book.read_bytes())
        SAVES[ways[len(saved)]](book, content)
        saved.append(content)

    fresh(book)
    before = fingerprint(book)
    kept = None
    try:
        run_on(watched(DISKS[kind](), at({first: save, second: save})), book, NEW, before)
    except SheetRecordError as error:
        kept = getattr(error, "kept", None)
    if saved:
        assert book.read_bytes() == saved[-1]
    if len(saved) == 2 and THEIRS not in seen_by_the_later:
        assert kept is not None
        assert Path(kept).read_bytes() == THEIRS
    assert not litter(book.parent)


def test_the_older_of_two_racing_saves_is_kept_beside_the_workbook_and_named(book: Path) -> None:
    before = fingerprint(book)
    act = at(
        {
            "exchange:before#1": lambda: SAVES["by rename"](book, THEIRS),
            "exchange:after#1": lambda: SAVES["by rename"](book, LATER),
        }
    )
    with pytest.raises(ChangedElsewhere, match="kept as") as caught:
        run_on(watched(DISKS["exchange"](), act), book, NEW, before)
    assert book.read_bytes() == LATER
    assert Path(str(caught.value.kept)).read_bytes() == THEIRS
    assert Path(str(caught.value.kept)).name.startswith("Deal (kept ")


def test_a_save_over_ours_while_theirs_is_put_back_is_the_one_that_stands(book: Path) -> None:
    before = fingerprint(book)
    act = at(
        {
            "exchange:before#1": lambda: SAVES["by rename"](book, THEIRS),
            "exchange:before#2": lambda: SAVES["in place"](book, LATER),
        }
    )
    with pytest.raises(ChangedElsewhere) as caught:
        run_on(watched(DISKS["exchange"](), act), book, NEW, before)
    assert book.read_bytes() == LATER
    assert Path(str(caught.value.kept)).read_bytes() == THEIRS


def test_a_program_that_holds_the_workbook_open_for_writing_is_waited_for(book: Path) -> None:
    before = fingerprint(book)
    steps: list[str] = []
    with book.open("r+b"), pytest.raises(Locked):
        run_on(watched(DISKS["exchange"](), steps.append), book, NEW, before)
    assert book.read_bytes() == OLD
    assert "create:before" not in steps


def test_a_program_that_only_reads_the_workbook_is_no_hindrance(book: Path) -> None:
    before = fingerprint(book)
    with book.open("rb") as reader:
        run_on(DISKS["exchange"](), book, NEW, before)
        assert reader.read() == OLD
    assert book.read_bytes() == NEW


def test_healing_twice_finds_nothing_the_second_time(book: Path) -> None:
    run_on(DISKS["exchange"](), book, NEW, fingerprint(book))
    assert heal(DISKS["exchange"](), str(book)) == ((), (), ())
