"""Several processes on one record: they take turns, and a killed one leaves nothing half done."""

import os
import time
from collections.abc import Callable
from contextlib import closing

import pytest

from sheetrecord.core.sync.store_protocol import RecordStore
from sheetrecord.model.errors import Locked
from sheetrecord.stores import TableStore
from sheetrecord.stores.verify import verify
from stores import killing
from stores.conftest import DATABASES

every_database = pytest.mark.parametrize("address", DATABASES, indirect=True)
pytestmark = pytest.mark.skipif(os.name == "nt", reason="Windows has no SIGKILL")

ROUNDS = 500


@pytest.mark.slow
@every_database
def test_two_processes_take_turns_a_thousand_times(
    address: str, record_id: str, store: TableStore
) -> None:
    two = [killing.start(address, record_id, ROUNDS) for _ in range(2)]
    one, other = (worker.end() for worker in two)
    assert sorted(one + other) == list(range(1, 2 * ROUNDS + 1))
    assert (one, other) == (sorted(one), sorted(other))
    assert [verdict for verdict in verify(store) if not verdict.well] == []
    assert killing.faults(address, record_id, 2 * ROUNDS) == []


@every_database
def test_a_killed_process_frees_its_record(
    address: str, record_id: str, open_: Callable[..., RecordStore]
) -> None:
    holder = killing.start(address, record_id, hold=True)
    assert holder.first() == "held"
    with closing(open_(wait=0.05)) as impatient, pytest.raises(Locked), impatient.lock():
        pass
    holder.kill()
    began = time.monotonic()
    with open_(wait=30).lock():
        waited = time.monotonic() - began
    assert waited < 10


@every_database
@pytest.mark.parametrize("kill", range(3))
def test_nothing_reported_is_lost_when_the_process_is_killed(
    address: str, record_id: str, kill: int
) -> None:
    reported = killing.kill_once(address, record_id, longest=0.05)
    assert killing.faults(address, record_id, reported) == []
    again = killing.kill_once(address, record_id, longest=0.05)
    assert again > reported
    assert killing.faults(address, record_id, again) == []
