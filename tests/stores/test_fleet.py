"""The manifest of a fleet: who may work on what, and who may report it."""

import itertools
from collections.abc import Iterator

import pytest

from sheetrecord.stores.connect import open_database
from sheetrecord.stores.fleet import TRIES, Claim, ClaimResult, Fleet, SeenWorkbook
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
    fleet.found({path: SeenWorkbook(1, 2, digest) for path in paths}, {}, [])


def done(claim: Claim, digest: str = "b", *, moved: bool = False) -> ClaimResult:
    return ClaimResult(claim.record_id, digest, 5, "in step", moved=moved)


def names(claims: list[Claim]) -> list[str]:
    return [claim.path for claim in claims]


def test_each_is_claimed_once(fleet: Fleet, other: Fleet) -> None:
    want(fleet, "a.xlsx", "b.xlsx", "c.xlsx")
    assert names(fleet.claim(2, "one")) == ["a.xlsx", "b.xlsx"]
    assert names(other.claim(2, "two")) == ["c.xlsx"]
    assert (fleet.claim(2, "one"), other.claim(2, "two")) == ([], [])


def test_what_is_done_is_not_due_again(fleet: Fleet) -> None:
    want(fleet, "a.xlsx")
    [claim] = fleet.claim(1, "one")
    assert fleet.finish(claim, done(claim))
    assert fleet.claim(1, "one") == []
    assert fleet.known() == {"a.xlsx": SeenWorkbook(5, 0, "b", "done")}
    assert fleet.counts() == {"done": 1}


def test_an_attempt_that_outlived_its_lease_cannot_report(fleet: Fleet, other: Fleet) -> None:
    want(fleet, "a.xlsx")
    [late] = fleet.claim(1, "one", lease=0)
    [claim] = other.claim(1, "two")
    assert claim.attempt == late.attempt + 1
    assert claim.record_id == late.record_id != ""
    assert not fleet.finish(late, done(late, "late"))
    assert not fleet.fail(late, "late")
    assert other.finish(claim, done(claim))
    assert not fleet.finish(late, done(late, "late"))
    assert fleet.known()["a.xlsx"].digest == "b"


def test_what_changed_while_it_was_worked_on_is_due_again(fleet: Fleet) -> None:
    want(fleet, "a.xlsx")
    [claim] = fleet.claim(1, "one")
    want(fleet, "a.xlsx", digest="saved meanwhile")
    assert fleet.finish(claim, done(claim))
    assert names(fleet.claim(1, "one")) == ["a.xlsx"]


def test_a_record_that_moved_on_makes_its_other_copies_due(fleet: Fleet) -> None:
    want(fleet, "a.xlsx", "b.xlsx", "c.xlsx")
    for claim in fleet.claim(3, "one"):
        record = "R-other" if claim.path == "c.xlsx" else "R-1"
        fleet.finish(claim, done(claim)._replace(record_id=record))
    want(fleet, "a.xlsx", digest="new")
    [claim] = fleet.claim(3, "one")
    fleet.finish(claim, done(claim)._replace(record_id="R-1", moved=True))
    assert names(fleet.claim(3, "one")) == ["b.xlsx"]


def test_a_copy_being_worked_on_hears_that_its_record_moved_on(fleet: Fleet, other: Fleet) -> None:
    want(fleet, "a.xlsx", "b.xlsx")
    one, two = fleet.claim(2, "one")
    fleet.finish(one, done(one)._replace(record_id="R-1"))
    fleet.finish(two, done(two)._replace(record_id="R-1"))
    want(fleet, "a.xlsx", "b.xlsx", digest="new")
    one, two = fleet.claim(2, "one")
    other.finish(two, done(two)._replace(record_id="R-1", moved=True))
    fleet.finish(one, done(one)._replace(record_id="R-1"))
    assert names(fleet.claim(2, "one")) == ["a.xlsx"]


def test_what_failed_is_due_at_the_next_look(fleet: Fleet) -> None:
    want(fleet, "a.xlsx")
    [claim] = fleet.claim(1, "one")
    assert fleet.fail(claim, "it is open by Ana")
    assert fleet.claim(1, "one") == []
    assert fleet.troubles() == [("a.xlsx", "failed", "it is open by Ana")]
    fleet.found({}, {}, [])
    assert names(fleet.claim(1, "one")) == ["a.xlsx"]


def test_what_waits_for_somebody_is_due_at_the_next_look(fleet: Fleet) -> None:
    want(fleet, "a.xlsx")
    [claim] = fleet.claim(1, "one")
    fleet.finish(claim, done(claim)._replace(waits=True, result="waiting for Ana"))
    assert fleet.troubles() == [("a.xlsx", "waits", "waiting for Ana")]
    fleet.found({}, {}, [])
    assert names(fleet.claim(1, "one")) == ["a.xlsx"]


def test_what_kills_its_workers_is_left_alone_until_it_changes(fleet: Fleet) -> None:
    want(fleet, "a.xlsx", "b.xlsx")
    for _ in range(TRIES):
        assert names(fleet.claim(1, "one", lease=0)) == ["a.xlsx"]
    assert names(fleet.claim(2, "one")) == ["b.xlsx"]
    assert fleet.troubles() == [("a.xlsx", "stuck", "its worker died 3 times")]
    fleet.found({}, {"a.xlsx": SeenWorkbook(1, 3, "a")}, [])
    assert fleet.claim(1, "one") == []
    want(fleet, "a.xlsx", digest="mended")
    assert names(fleet.claim(1, "one")) == ["a.xlsx"]


def test_what_is_gone_is_not_worked_on_until_it_is_back(fleet: Fleet) -> None:
    want(fleet, "a.xlsx")
    fleet.found({}, {}, ["a.xlsx"])
    assert fleet.claim(1, "one") == []
    want(fleet, "a.xlsx")
    assert names(fleet.claim(1, "one")) == ["a.xlsx"]


def test_a_time_is_noted_only_for_the_same_content(fleet: Fleet) -> None:
    want(fleet, "a.xlsx", "b.xlsx", digest="a")
    fleet.found({}, {"a.xlsx": SeenWorkbook(1, 9, "a"), "b.xlsx": SeenWorkbook(1, 9, "other")}, [])
    assert [kept.mtime_ns for kept in fleet.known().values()] == [9, 2]


def test_fleets_do_not_see_each_other(fleet: Fleet) -> None:
    want(fleet, "a.xlsx")
    assert Fleet(fleet.database, fleet.name + "x").claim(1, "one") == []


def test_names_may_hold_anything(fleet: Fleet) -> None:
    odd = "Ä/\udcff\n'\"?%s.xlsx"
    want(fleet, odd)
    [claim] = fleet.claim(1, "\udcff")
    assert fleet.finish(claim, done(claim))
    assert list(fleet.known()) == [odd]
