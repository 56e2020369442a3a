"""A machine, a store or a copy put back from a backup: nothing typed is lost, and each is said."""

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from sheetrecord.formats.csv_write import stamp_file
from sheetrecord.formats.stamp import Stamp
from synced.office import Office, line


@pytest.fixture
def three(office: Office) -> Office:
    """Three copies that are in step."""
    third = office.folder / "cleo.xlsx"
    shutil.copyfile(office.office, third)
    office.paths.append(third)
    office.sync()
    return office


def keep(office: Office, *paths: Path) -> Callable[[], None]:
    """Keep a backup of the state folder and of some copies; return what puts it back."""
    backup = office.folder / "backup"
    shutil.copytree(office.state, backup / "state")
    for path in paths:
        shutil.copyfile(path, backup / path.name)

    def put_back() -> None:
        shutil.rmtree(office.state)
        shutil.copytree(backup / "state", office.state)
        for path in paths:
            shutil.copyfile(backup / path.name, path)

    return put_back


def wishes(office: Office, row: int, key: str) -> set[object]:
    one = office.conflicts()[line(row), key]
    return {one.record, *(side.value for side in one.sides)}


def test_a_third_copy_of_the_lost_time_loses_nothing_and_takes_nothing_back(three: Office) -> None:
    first, second, third = three.paths
    put_back = keep(three, first, second)
    three.type(first, 4, note="typed in the lost time")
    three.type(second, 6, note="so was this")
    three.sync()
    aside = third.read_bytes()
    third.unlink()
    put_back()
    three.paths = [first, second]
    three.type(first, 4, note="typed since")
    three.type(second, 5, description="as agreed on the phone")
    three.sync()
    three.type(second, 6, note="and this since")
    three.sync()
    third.write_bytes(aside)
    three.paths.append(third)
    report = three.sync()
    assert "the store went back in time" in report.remarks[str(third)]
    assert wishes(three, 0, "note") == {"typed since", "typed in the lost time"}
    assert wishes(three, 1, "description") == {"as agreed on the phone", "Line 1"}
    assert wishes(three, 2, "note") == {"and this since", "so was this"}
    assert three.raw(line(0), "note") == "typed since"
    assert three.raw(line(0), "note", third) == "typed in the lost time"
    three.settled()


def test_rows_deleted_since_the_backup_are_asked_about(three: Office) -> None:
    first, *_ = three.paths
    put_back = keep(three)
    three.change(first, lambda book: book["Fees"].delete_rows(6))
    three.sync()
    assert line(2) not in three.fees()
    put_back()
    report = three.sync()
    assert set(report.remarks) == {str(path) for path in three.paths}
    assert three.conflicts().keys() == {(line(2), "")}


def test_a_copy_put_back_alone_is_brought_up_to_date_and_said(three: Office) -> None:
    first, second, _ = three.paths
    old = second.read_bytes()
    three.type(first, 4, note="since")
    three.sync()
    second.write_bytes(old)
    report = three.sync()
    assert "it went back in time" in report.remarks[str(second)]
    assert not three.conflicts()
    assert three.raw(line(0), "note", second) == "since"


def test_a_folder_of_csv_files_carries_the_whole_stamp() -> None:
    told = stamp_file(Stamp("abc", 12, "0123456789012345")).decode()
    assert told.splitlines()[2] == "sheetrecord_history,h0123456789012345"
