"""Deciding conflicts from the command line: what a word means, and what is asked instead."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from sheetrecord.app.sync.resolutions import Keeping, Undoing
from sheetrecord.cli.copies.sync import text
from sheetrecord.core.sync.store_protocol import Stored
from sheetrecord.model.errors import SheetRecordError
from synced.conflicts_sheet import FIRST, keep_at
from synced.office import FEES, Office, line


def disputed(office: Office) -> None:
    """Let two people type into one note; the record holds the office's."""
    office.type(office.office, 4, note="the office's")
    office.sync()
    opened = office.ana.read_bytes()
    office.type(office.office, 5, note="on")
    office.sync()
    office.ana.write_bytes(opened)
    office.type(office.ana, 4, note="ana's")
    office.type(office.office, 4, note="the office's new one")
    assert len(office.sync().conflicts) == 1


def deleted(office: Office) -> None:
    office.change(office.ana, lambda book: book["Fees"].delete_rows(4))
    office.type(office.office, 4, net=777)
    assert len(office.sync().conflicts) == 1


def decided(office: Office, what: str, place: str = f"{line(0)}.note") -> None:
    keeping = Keeping(place, what, office.targets().labels)
    assert office.sync(orders=keeping).conflicts == ()


@pytest.mark.parametrize("what", ["ana.xlsx", "ana", "firm.xlsx", "firm", "record"])
def test_the_name_of_a_copy_is_never_written_as_a_value(office: Office, what: str) -> None:
    office.once(disputed)
    decided(office, what)
    kept = {office.raw(line(0), "note", path) for path in (None, office.office, office.ana)}
    assert kept <= {"ana's", "the office's new one"}
    assert len(kept) == 1


def test_a_word_after_an_equals_sign_is_the_value(office: Office) -> None:
    office.once(disputed)
    decided(office, "=ana.xlsx")
    assert office.raw(line(0), "note") == "ana.xlsx"


@pytest.mark.parametrize("what", ["recrod", "ours", "theirs", "thiers"])
def test_a_word_that_is_nearly_one_is_asked_about(office: Office, what: str) -> None:
    office.once(disputed)
    with pytest.raises(SheetRecordError) as caught:
        decided(office, what)
    assert f"={what}" in caught.value.do
    assert "record" in caught.value.do
    assert len(office.conflicts()) == 1


@pytest.mark.parametrize("what", ["deleted", "kept"])
def test_a_row_that_one_deleted_and_one_changed_is_decided_by_a_word(
    office: Office, what: str
) -> None:
    office.once(deleted)
    decided(office, what, line(0))
    for path in (None, office.office, office.ana):
        assert (line(0) in office.fees(path)) is (what == "kept")
    office.settled()


@pytest.mark.parametrize(("what", "left"), [("deleted", 0), ("kept", 1)])
def test_a_word_about_a_row_decides_the_row_though_a_cell_of_it_is_disputed_too(
    office: Office, what: str, left: int
) -> None:
    office.once(disputed)
    office.change(office.ana, lambda book: book["Fees"].delete_rows(4))
    assert len(office.sync().conflicts) == 2
    keeping = Keeping(line(0), what, office.targets().labels)
    assert len(office.sync(orders=keeping).conflicts) == left
    assert (line(0) in office.fees()) is (what == "kept")
    office.settled()


def husk(office: Office) -> None:
    """Let the row that was deleted elsewhere stand in the office's copy, and its id once more."""
    deleted(office)
    office.change(office.office, lambda book: book["Fees"].cell(FIRST + FEES, 1, line(0)))


def test_a_row_can_stay_though_its_id_stands_on_an_emptied_row_as_well(office: Office) -> None:
    office.once(husk)
    keep_at(office.office, line(0), "", "ours")
    assert office.sync().conflicts == ()
    assert line(0) in office.fees()


def test_a_row_whose_id_stands_twice_does_not_go_before_one_of_them_does(office: Office) -> None:
    office.once(husk)
    keep_at(office.office, line(0), "", "theirs")
    report = office.sync()
    assert len(report.conflicts) == 1
    assert "delete those that are too many" in "\n".join(text(report))
    assert line(0) in office.fees()
    office.change(office.office, lambda book: book["Fees"].delete_rows(FIRST + FEES))
    keep_at(office.office, line(0), "", "theirs")
    assert office.sync().conflicts == ()
    assert line(0) not in office.fees()


def test_amounts_in_a_conflict_are_those_people_typed(office: Office) -> None:
    office.once(deleted)
    said = "\n".join(text(office.sync()))
    assert "net: 1000.00 -> 777.00" in said
    assert "--keep record (deleted, kept)" in said


def test_a_list_of_conflicts_says_how_to_decide(office: Office) -> None:
    office.once(disputed)
    said = "\n".join(text(office.sync()))
    assert f" {line(0)}.Note --keep record" in said
    assert "sheetrecord resolve " in said


def test_a_side_is_taken_whole_an_invoice_with_its_amounts(office: Office) -> None:
    office.type(office.office, 4, invoice_no="R-1")
    office.type(office.ana, 4, net=777)
    found = {one.key: one.group for one in office.sync().conflicts}
    assert found == {"net": "invoice", "invoice_no": "invoice"}
    decided(office, "ana", f"{line(0)}.net")
    for path in (None, office.office, office.ana):
        assert (office.raw(line(0), "invoice_no", path), office.raw(line(0), "net", path)) == (
            None,
            777,
        )


GROUP = ("net", "invoice_no", "terms_days")


def invoiced(office: Office) -> None:
    """Let the office invoice a line of which Ana has changed what is owed: one question.

    The record holds Ana's cells; the office's are the other side.
    """
    office.type(office.ana, 4, net=777, terms_days=14)
    office.type(office.office, 4, invoice_no="R-1", net=900)
    assert asked(office) == set(GROUP)
    assert cells(office) == [777, None, 14]


def asked(office: Office, **how: Any) -> set[str]:
    return {one.key for one in office.sync(**how).conflicts}


def cells(office: Office, path: Path | None = None) -> list[Any]:
    return [office.raw(line(0), key, path) for key in GROUP]


def by_command(office: Office, key: str, value: Any) -> set[str]:
    return asked(office, orders=Keeping(f"{line(0)}.{key}", str(value), office.targets().labels))


def in_the_list(office: Office, key: str, value: Any) -> set[str]:
    keep_at(office.ana, line(0), key, value)
    return asked(office)


Decide = Callable[[Office, str, Any], set[str]]
deciding = pytest.mark.parametrize("decide", [by_command, in_the_list])


@deciding
@pytest.mark.parametrize(
    ("key", "value", "left"),
    [
        ("net", 800, {"invoice_no", "terms_days"}),
        ("invoice_no", "R-2", {"net", "terms_days"}),
        ("terms_days", 21, {"net", "invoice_no"}),
    ],
)
def test_a_value_typed_for_one_cell_of_a_group_is_not_asked_about_again(
    office: Office, decide: Decide, key: str, value: Any, left: set[str]
) -> None:
    office.once(invoiced)
    assert decide(office, key, value) == left
    office.settled()
    for path in (office.ana, office.office):  # saved again, with something else
        office.type(path, 5, note=f"from {path.stem}")
        assert asked(office) == left
    assert office.raw(line(0), key) == value
    office.settled()


@pytest.mark.parametrize(
    ("rest", "held"), [("record", [800, None, 14]), ("firm", [800, "R-1", None])]
)
def test_the_rest_of_a_group_is_settled_by_a_word_and_the_typed_value_stays(
    office: Office, rest: str, held: list[Any]
) -> None:
    office.once(invoiced)
    assert by_command(office, "net", 800) == {"invoice_no", "terms_days"}
    assert by_command(office, "invoice_no", rest) == set()
    for path in (None, office.office, office.ana):
        assert cells(office, path) == held
    office.settled()


@deciding
def test_every_cell_of_a_group_can_be_given_a_value_one_after_the_other(
    office: Office, decide: Decide
) -> None:
    office.once(invoiced)
    assert decide(office, "net", 800) == {"invoice_no", "terms_days"}
    assert decide(office, "invoice_no", "R-3") == set()  # of the days nobody else said anything
    for path in (None, office.office, office.ana):
        assert cells(office, path) == [800, "R-3", 14]
    office.settled()


def test_an_edit_of_a_decided_cell_is_a_new_question(office: Office) -> None:
    office.once(invoiced)
    assert by_command(office, "net", 800) == {"invoice_no", "terms_days"}
    office.type(office.office, 4, net=750)
    assert asked(office) == set(GROUP)
    assert cells(office) == [800, None, 14]


def test_a_run_that_never_was_is_not_taken_back() -> None:
    with pytest.raises(SheetRecordError, match="There is no run 99"):
        Undoing(99)(Stored(), ())
