"""The manifest of a fleet: what is due, who began with it, and who may report it."""

import itertools
from collections.abc import Iterator
from contextlib import closing

import pytest

from sheetrecord.stores import migrate
from sheetrecord.stores.connect import open_database
from sheetrecord.stores.fleet import TRIES, Attempt, Fleet, SeenWorkbook, SyncedWorkbook
from stores.conftest import DATABASES

pytestmark = pytest.mark.parametrize("address", DATABASES, indirect=True)

_numbers = itertools.count()


@pytest.fixture
def fleet(address: str) -> Iterator[Fleet]:
    database = open_database(address)
    yield Fleet(database, f"clients {next(_numbers)}")
    database.close()


@pytest.fixture
def other(fleet: Fleet, address: str) -> Iterator[Fleet]:
    """The same fleet as another machine sees it."""
    database = open_database(address)
    yield Fleet(database, fleet.name)
    database.close()


def want(fleet: Fleet, *paths: str, digest: str = "a") -> None:
    fleet.found({path: SeenWorkbook(1, 2, digest, record_id=f"R-{path}") for path in paths}, {}, [])


def begun(fleet: Fleet, path: str, worker: str = "one") -> Attempt:
    attempt = fleet.begin(path, worker)
    assert attempt is not None
    return attempt


def done(attempt: Attempt, digest: str = "b", *, moved: bool = False) -> SyncedWorkbook:
    return SyncedWorkbook(attempt.record_id, digest, 5, "in step", moved=moved)


def due(fleet: Fleet) -> list[str]:
    return [path for path, _ in fleet.due()]


def test_what_is_new_is_due_with_the_record_that_it_belongs_to(fleet: Fleet) -> None:
    want(fleet, "b.xlsx", "a.xlsx")
    assert fleet.due() == [("a.xlsx", "R-a.xlsx"), ("b.xlsx", "R-b.xlsx")]
    fleet.found({"a.xlsx": SeenWorkbook(9, 9, "c", record_id="R-other")}, {}, [])
    assert begun(fleet, "a.xlsx").record_id == "R-a.xlsx"  # a record that is known stays


def test_what_is_done_is_not_due_again(fleet: Fleet) -> None:
    want(fleet, "a.xlsx")
    attempt = begun(fleet, "a.xlsx")
    assert fleet.finish(attempt, done(attempt)) == (True, [])
    assert due(fleet) == []
    assert fleet.begin("a.xlsx", "one") is None
    assert fleet.known() == {"a.xlsx": SeenWorkbook(5, 0, "b", "done", "R-a.xlsx")}
    assert fleet.counts() == {"done": 1}


def test_an_attempt_that_another_has_followed_cannot_report(fleet: Fleet, other: Fleet) -> None:
    want(fleet, "a.xlsx")
    late = begun(fleet, "a.xlsx")
    attempt = begun(other, "a.xlsx", "two")
    assert attempt.number == late.number + 1
    assert not fleet.finish(late, done(late, "late")).counted
    assert not fleet.fail(late, "late")
    assert other.finish(attempt, done(attempt)).counted
    assert not fleet.finish(late, done(late, "late")).counted
    assert not other.finish(attempt, done(attempt, "twice")).counted
    assert fleet.known()["a.xlsx"].digest == "b"


def test_a_late_attempt_that_moved_the_record_wakes_its_other_copies(
    fleet: Fleet, other: Fleet
) -> None:
    want(fleet, "a.xlsx", "b.xlsx")
    copy = begun(fleet, "b.xlsx")
    fleet.finish(copy, done(copy)._replace(record_id="R-1"))
    late, attempt = begun(fleet, "a.xlsx"), begun(other, "a.xlsx", "two")
    other.finish(attempt, done(attempt)._replace(record_id="R-1"))
    told = fleet.finish(late, done(late)._replace(record_id="R-1", moved=True))
    assert told == (False, [("b.xlsx", "R-1")])


def test_who_began_with_what_is_told_until_it_is_reported(fleet: Fleet, other: Fleet) -> None:
    want(fleet, "a.xlsx", "b.xlsx", "c.xlsx")
    one, two = begun(fleet, "a.xlsx"), fleet.begin("b.xlsx", "two", 17)
    assert two is not None
    assert [(h.path, h.worker, h.job) for h in other.holders()] == [
        ("a.xlsx", "one", 0),
        ("b.xlsx", "two", 17),
    ]
    fleet.finish(one, done(one))
    fleet.fail(two, "it is open by Ana")
    assert other.holders() == []


def test_what_changed_while_it_was_worked_on_is_due_again(fleet: Fleet) -> None:
    want(fleet, "a.xlsx")
    attempt = begun(fleet, "a.xlsx")
    want(fleet, "a.xlsx", digest="saved meanwhile")
    assert fleet.finish(attempt, done(attempt)).counted
    assert due(fleet) == ["a.xlsx"]


def test_a_record_that_moved_on_makes_its_other_copies_due(fleet: Fleet) -> None:
    want(fleet, "a.xlsx", "b.xlsx", "c.xlsx")
    for path in ("a.xlsx", "b.xlsx", "c.xlsx"):
        record = "R-other" if path == "c.xlsx" else "R-1"
        attempt = begun(fleet, path)
        fleet.finish(attempt, done(attempt)._replace(record_id=record))
    want(fleet, "a.xlsx", digest="new")
    attempt = begun(fleet, "a.xlsx")
    moved = done(attempt)._replace(record_id="R-1", moved=True)
    assert fleet.finish(attempt, moved) == (True, [("b.xlsx", "R-1")])
    assert due(fleet) == ["b.xlsx"]


def test_a_copy_being_worked_on_hears_that_its_record_moved_on(fleet: Fleet, other: Fleet) -> None:
    want(fleet, "a.xlsx", "b.xlsx")
    for path in ("a.xlsx", "b.xlsx"):
        attempt = begun(fleet, path)
        fleet.finish(attempt, done(attempt)._replace(record_id="R-1"))
    want(fleet, "a.xlsx", "b.xlsx", digest="new")
    one, two = begun(fleet, "a.xlsx"), begun(other, "b.xlsx")
    other.finish(two, done(two)._replace(record_id="R-1", moved=True))
    fleet.finish(one, done(one)._replace(record_id="R-1"))
    assert due(fleet) == ["a.xlsx"]


def test_what_failed_is_due_at_the_next_look(fleet: Fleet) -> None:
    want(fleet, "a.xlsx")
    for often in (1, 2):
        attempt = begun(fleet, "a.xlsx")
        assert fleet.fail(attempt, "it is open by Ana")
        assert due(fleet) == []
        [trouble] = fleet.troubles()
        assert trouble[:3] == ("a.xlsx", "failed", often)
        assert (trouble.at > 0, trouble.why) == (True, "it is open by Ana")
        fleet.found({}, {}, [])
        assert due(fleet) == ["a.xlsx"]
    attempt = begun(fleet, "a.xlsx")
    fleet.finish(attempt, done(attempt))
    assert fleet.troubles() == []


def test_what_is_tried_again_is_told_while_it_waits(fleet: Fleet) -> None:
    want(fleet, "a.xlsx")
    fleet.fail(begun(fleet, "a.xlsx"), "it is open by Ana", "due")
    assert due(fleet) == ["a.xlsx"]
    assert [(t.path, t.state, t.failures) for t in fleet.troubles()] == [("a.xlsx", "due", 1)]


def test_what_waits_for_somebody_is_due_at_the_next_look(fleet: Fleet) -> None:
    want(fleet, "a.xlsx")
    attempt = begun(fleet, "a.xlsx")
    fleet.finish(attempt, done(attempt)._replace(waits=True, result="waiting for Ana"))
    assert [(t.path, t.state, t.why) for t in fleet.troubles()] == [
        ("a.xlsx", "waits", "waiting for Ana")
    ]
    fleet.found({}, {}, [])
    assert due(fleet) == ["a.xlsx"]


def test_what_kills_its_workers_is_left_alone_until_it_changes(fleet: Fleet) -> None:
    want(fleet, "a.xlsx", "b.xlsx")
    for _ in range(TRIES):
        begun(fleet, "a.xlsx")
    assert fleet.begin("a.xlsx", "one") is None
    assert due(fleet) == ["b.xlsx"]
    assert fleet.holders() == []
    [trouble] = fleet.troubles()
    assert (trouble.path, trouble.state, trouble.why) == (
        "a.xlsx",
        "stuck",
        f"its worker died {TRIES} times",
    )
    fleet.found({}, {"a.xlsx": SeenWorkbook(1, 3, "a")}, [])
    assert due(fleet) == ["b.xlsx"]
    want(fleet, "a.xlsx", digest="mended")
    assert due(fleet) == ["a.xlsx", "b.xlsx"]


def test_failures_that_were_reported_do_not_count_as_deaths(fleet: Fleet) -> None:
    want(fleet, "a.xlsx")
    for _ in range(TRIES + 2):
        fleet.fail(begun(fleet, "a.xlsx"), "it is open by Ana", "due")
    assert due(fleet) == ["a.xlsx"]


def test_what_is_gone_is_not_worked_on_until_it_is_back(fleet: Fleet) -> None:
    want(fleet, "a.xlsx")
    fleet.found({}, {}, ["a.xlsx"])
    assert (due(fleet), fleet.begin("a.xlsx", "one")) == ([], None)
    want(fleet, "a.xlsx")
    assert due(fleet) == ["a.xlsx"]


def test_a_time_is_noted_only_for_the_same_content(fleet: Fleet) -> None:
    want(fleet, "a.xlsx", "b.xlsx", digest="a")
    fleet.found({}, {"a.xlsx": SeenWorkbook(1, 9, "a"), "b.xlsx": SeenWorkbook(1, 9, "other")}, [])
    assert [kept.mtime_ns for kept in fleet.known().values()] == [9, 2]


def test_fleets_do_not_see_each_other(fleet: Fleet) -> None:
    want(fleet, "a.xlsx")
    stranger = Fleet(fleet.database, fleet.name + "x")
    assert (stranger.due(), stranger.begin("a.xlsx", "one")) == ([], None)


def test_names_may_hold_anything(fleet: Fleet) -> None:
    odd = "Ä/\udcff\n'\"?%s.xlsx"
    want(fleet, odd)
    attempt = begun(fleet, odd, "\udcff")
    assert fleet.holders()[0][:2] == (odd, "\udcff")
    assert fleet.finish(attempt, done(attempt)).counted
    assert list(fleet.known()) == [odd]


LEASES = 4
"""The version of the tables that had leases."""

OLD = (
    "INSERT INTO workbook (fleet, path, record_id, size, mtime_ns, digest, state, result, wanted,"
    " attempt, tries, leased_until, worker, finished_at)"
    " VALUES (?, ?, ?, 5, 7, 'd', ?, 'in step', 3, 8, 1, 1, 'one', 4)"
)


def test_a_manifest_with_leases_is_brought_forward_and_keeps_what_it_knows(
    address: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    url, all_steps = fresh(address), migrate.steps
    with monkeypatch.context() as older:
        older.setattr(migrate, "newest", lambda: LEASES)
        older.setattr(
            migrate,
            "steps",
            lambda dialect, after=0: [s for s in all_steps(dialect, after) if s[0] <= LEASES],
        )
        with closing(open_database(url)) as database:
            for path, state in (("a.xlsx", "done"), ("b.xlsx", "due")):
                database.rows(OLD, "old", path, f"R-{path}", state)
    with closing(open_database(url)) as database:
        fleet = Fleet(database, "old")
        assert fleet.known() == {
            "a.xlsx": SeenWorkbook(5, 7, "d", "done", "R-a.xlsx"),
            "b.xlsx": SeenWorkbook(5, 7, "d", "due", "R-b.xlsx"),
        }
        attempt = begun(fleet, "b.xlsx")
        assert (attempt.number, attempt.wanted) == (9, 3)
        assert fleet.finish(attempt, done(attempt)).counted


def fresh(address: str) -> str:
    """Return the address of a database in which nothing is yet."""
    if address.startswith("sqlite:"):
        return address
    import psycopg

    with psycopg.connect(address, autocommit=True) as connection:
        connection.execute("CREATE DATABASE leases")
    return address.removesuffix("/postgres") + "/leases"
