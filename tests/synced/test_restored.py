"""A machine, a store or a copy put back from a backup: nothing typed is lost, and each is said."""

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from sheetrecord.formats.csv_write import stamp_file
from sheetrecord.formats.stamp import Stamp
from stores import cluster
from stores.backups import Kind, postgres
from synced.office import Office, line


class Restorable(Office):
    """An office of which a backup can be kept; its store is a file of it, or on a server."""

    kind: Kind | None = None

    def keep(self, *paths: Path) -> Callable[[], None]:
        """Keep a backup of the store and of some copies; return what puts it back."""
        backup = self.folder / "backup"
        backup.mkdir()
        if self.kind is None:
            shutil.copytree(self.state, backup / "state")
        else:
            self.kind.back_up(backup / "store")
        for path in paths:
            shutil.copyfile(path, backup / path.name)

        def put_back(*, store: bool = True) -> None:
            if store and self.kind is not None:
                self.kind.put_back(backup / "store")
            elif store:
                shutil.rmtree(self.state)
                shutil.copytree(backup / "state", self.state)
            for path in paths:
                shutil.copyfile(backup / path.name, path)

        return put_back


@pytest.fixture(scope="module")
def server() -> Iterator[str]:
    """The address of a PostgreSQL server."""
    yield from cluster.server()


@pytest.fixture(params=["file"])
def three(request: pytest.FixtureRequest, office: Office, tmp_path: Path) -> Restorable:
    """Three copies that are in step."""
    found = Restorable(office.folder)
    if request.param == "server":
        found = Restorable(tmp_path)
        found.kind = postgres(request.getfixturevalue("server"), "restored")
        found.url = found.kind.url
        found.begin()
    third = found.folder / "cleo.xlsx"
    shutil.copyfile(found.office, third)
    found.paths.append(third)
    found.sync()
    return found


def claims(office: Office, row: int, key: str) -> set[object]:
    one = office.conflicts()[line(row), key]
    return {one.record, *(side.value for side in one.sides)}


def notes(office: Office) -> set[object]:
    """Every note that stands in a copy, in the record or in a conflict."""
    sides = [office.side(path) for path in office.paths]
    return _notes(office) | {row.note for side in sides for row in side.parsed.record.rows("Fees")}


def _notes(office: Office) -> set[object]:
    disputed = [one for place, one in office.conflicts().items() if place[1] == "note"]
    wanted = {side.value for one in disputed for side in one.sides}
    return {row.note for row in office.fees().values()} | wanted


@pytest.mark.parametrize(
    ("store", "copies"),
    [(True, 1), (True, 3), (False, 2)],
    ids=["the store and one", "all of it", "two copies"],
)
@pytest.mark.postgres
@pytest.mark.parametrize("three", ["server"], indirect=True)
def test_what_is_put_back_on_a_server_loses_nothing_and_is_said(
    three: Restorable, store: bool, copies: int
) -> None:
    """`tests/stores/test_put_back.py` has every combination, with stores of both kinds."""
    first, second, third = three.paths
    put_back = three.keep(*three.paths[:copies])
    three.type(first, 4, note="lost time, first")
    three.type(second, 5, note="lost time, second")
    three.sync()
    put_back(store=store)
    three.type(third, 6, note="typed since")
    wanted = notes(three)
    report = three.sync()
    back, here = three.paths[:copies], three.paths[copies:]
    said, whose = ("the store", here) if store else ("it", back)
    assert report.remarks.keys() == {str(path) for path in whose}
    assert all(f"{said} went back in time" in words for words in report.remarks.values())
    assert wanted <= _notes(three)
    three.settled()


def test_a_third_copy_of_the_lost_time_loses_nothing_and_takes_nothing_back(
    three: Restorable,
) -> None:
    first, second, third = three.paths
    put_back = three.keep(first, second)
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
    assert claims(three, 0, "note") == {"typed since", "typed in the lost time"}
    assert claims(three, 1, "description") == {"as agreed on the phone", "Line 1"}
    assert claims(three, 2, "note") == {"and this since", "so was this"}
    assert three.raw(line(0), "note") == "typed since"
    assert three.raw(line(0), "note", third) == "typed in the lost time"
    three.settled()


def test_copies_put_back_in_another_folder_are_said_to_have_gone_back(three: Restorable) -> None:
    elsewhere = three.folder / "elsewhere"
    elsewhere.mkdir()
    old = [Path(shutil.copyfile(path, elsewhere / path.name)) for path in three.paths]
    for number, path in enumerate(three.paths):
        three.type(path, 4 + number, note=f"typed {number}")
    three.sync()
    for path in three.paths:
        path.unlink()
    three.paths = old
    report = three.sync()
    assert report.remarks.keys() == {str(path) for path in old}
    assert all("it went back in time" in words for words in report.remarks.values())
    assert {f"typed {number}" for number in range(3)} <= {r.note for r in three.fees().values()}
    three.settled()


def test_rows_deleted_since_the_backup_are_asked_about(three: Restorable) -> None:
    first, *_ = three.paths
    put_back = three.keep()
    three.change(first, lambda book: book["Fees"].delete_rows(6))
    three.sync()
    assert line(2) not in three.fees()
    put_back()
    report = three.sync()
    assert set(report.remarks) == {str(path) for path in three.paths}
    assert three.conflicts().keys() == {(line(2), "")}


def test_a_copy_put_back_alone_is_brought_up_to_date_and_said(three: Restorable) -> None:
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
