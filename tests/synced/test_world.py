"""What is asked of the files of an office, one step at a time."""

import pytest

from messy.firm import ASOF
from sheetrecord.app.sync.driver import SyncDriver
from sheetrecord.app.sync.open_store import looking
from sheetrecord.core.sync.effects import Away, Put, ReadCopy, SavedMeanwhile, Seen
from synced.office import Office


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
