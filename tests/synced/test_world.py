"""What is asked of the files of an office, one step at a time."""

import pytest

from messy.firm import ASOF
from sheetrecord.app.sync.driver import SyncDriver
from sheetrecord.app.sync.open_store import looking
from sheetrecord.app.sync.read import take
from sheetrecord.app.sync.write import CopyWrite, put
from sheetrecord.core.sync.effects import Away, Put, ReadCopy, SavedMeanwhile, Seen
from sheetrecord.model.errors import ChangedElsewhere
from sheetrecord.workbooks.opening import open_workbook
from synced.office import Office
from synced.test_people import exported


def looked(world: SyncDriver, name: str) -> Seen:
    seen = world.answer(ReadCopy(name))
    assert isinstance(seen, Seen)
    return seen


@pytest.mark.parametrize("read_again", [False, True])
def test_what_was_made_for_an_older_reading_is_not_written(
    office: Office, read_again: bool
) -> None:
    with looking(office.known()) as store:
        world = SyncDriver(store, office.record, ASOF)
        name = str(office.ana)
        seen = looked(world, name)
        office.type(office.ana, 4, note="since")
        before = office.bytes()
        if read_again:
            looked(world, name)
        assert world.answer(Put(seen, (), seen.generation + 1, None)) == SavedMeanwhile(name)
    assert office.bytes() == before


def test_what_was_never_read_is_not_written(office: Office) -> None:
    with looking(office.known()) as store:
        name, before = str(office.ana), office.bytes()
        seen = looked(SyncDriver(store, office.record, ASOF), name)
        world = SyncDriver(store, office.record, ASOF)
        assert world.answer(Put(seen, (), seen.generation + 1, None)) == SavedMeanwhile(name)
    assert office.bytes() == before


def test_a_copy_of_another_record_is_not_read(office: Office) -> None:
    with looking(office.known()) as store:
        answer = SyncDriver(store, "another", ASOF).answer(ReadCopy(str(office.ana)))
    assert isinstance(answer, Away)
    assert f"it belongs to another record ({office.record}, not another)" in answer.why
    with looking(office.known()) as store:
        assert looked(SyncDriver(store, office.record, ASOF), str(office.ana)).side is not None


def test_a_copy_that_moved_since_its_fingerprint_is_read_as_it_is_now(office: Office) -> None:
    workbook = open_workbook(str(office.ana))
    before = workbook.read().revision
    office.type(office.ana, 4, note="since")
    now = workbook.unchanged(before)
    assert now is None
    assert take(workbook, ASOF).digest == open_workbook(str(office.ana)).read().revision.digest


def test_a_folder_of_which_another_file_moved_is_not_taken_for_written(office: Office) -> None:
    folder = office.folder / "csv"
    exported(office, folder)
    taken = take(open_workbook(str(folder)), ASOF)
    deals = folder / "Deal.csv"
    deals.write_bytes(deals.read_bytes().replace(b"Birch", b"Cedar"))
    order = CopyWrite((), taken.marks.stamp._replace(record="abc", generation=7), None, 0, ())
    with pytest.raises(ChangedElsewhere):
        put(taken, order, str, ASOF)
    assert b"Cedar" in deals.read_bytes()
