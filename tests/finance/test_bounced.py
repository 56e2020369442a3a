"""A receipt that the bank took back, undone and done again: nothing lost, doubled or silent."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from finance.books import CLOSE, Shown, answer, bank_csv, digest

Run = Callable[..., Any]
BACK = ("2026-05-20", "ACME WORKS", "RETURNED INV-0101", "-1000.00")
FULL = 1000


@pytest.fixture
def returned(posted: Path, run: Run, tmp_path: Path) -> Path:
    """A firm whose receipt of INV-0101 was posted, and taken back by the bank since."""
    (tmp_path / "back.csv").write_bytes(bank_csv(BACK))
    run("reconcile", "firm.xlsx", "--bank", "back.csv", "--apply")
    answer(posted, {BACK[2]: {"decision": "A"}})
    run("reconcile", "firm.xlsx", "--apply")
    return posted


def mine(path: Path) -> list[dict[str, Any]]:
    return [row for row in Shown(path).rows("Allocations") if row["invoice_no"] == "INV-0101"]


def received(path: Path) -> float:
    """What Fees shows that INV-0101 received: the result of its formula over the allocations."""
    line = Shown(path).fees()["INV-0101"][0]
    assert (line["Received"] or 0) == sum(row["amount"] for row in mine(path))
    return float(line["Received"] or 0)


def asked(path: Path) -> set[str]:
    texts = {row["reference"] for row in Shown(path).rows("Review")}
    return texts & {"INV-0101", BACK[2]}


def test_a_return_opens_its_invoice_again(returned: Path) -> None:
    assert [(row["amount"], row["kind"]) for row in mine(returned)] == [
        (FULL, "cash"), (-FULL, "cash"),
    ]  # fmt: skip
    assert received(returned) == 0
    assert asked(returned) == set()


def test_the_return_taken_back_is_asked_about_again_and_posted_by_nobody(
    returned: Path, run: Run
) -> None:
    paid, back = mine(returned)
    assert run("reconcile", "undo", "firm.xlsx", back["alloc_id"], "--by", "ana").code == 0
    assert received(returned) == FULL
    assert [row["reverses"] for row in mine(returned)][-1] == back["alloc_id"]
    run("reconcile", "firm.xlsx", "--apply")
    assert asked(returned) == {BACK[2]}
    assert len(mine(returned)) == 3
    assert mine(returned)[0] == paid


def test_answered_again_it_is_as_if_nothing_had_been_undone(returned: Path, run: Run) -> None:
    run("reconcile", "undo", "firm.xlsx", mine(returned)[1]["alloc_id"])
    run("reconcile", "firm.xlsx", "--apply")
    answer(returned, {BACK[2]: {"decision": "A"}})
    ran = run("reconcile", "firm.xlsx", "--apply")
    assert ran.code in (0, 1), ran.err
    assert [row["amount"] for row in mine(returned)] == [FULL, -FULL, FULL, -FULL]
    assert received(returned) == 0
    assert asked(returned) == set()


def test_both_taken_back_leave_two_questions_and_the_whole_invoice(
    returned: Path, run: Run
) -> None:
    paid, back = (row["alloc_id"] for row in mine(returned))
    for one in (back, paid):
        assert run("reconcile", "undo", "firm.xlsx", one).code == 0
    assert received(returned) == 0
    run("reconcile", "firm.xlsx", "--apply")
    assert asked(returned) == {"INV-0101", BACK[2]}
    assert sum(row["amount"] for row in mine(returned)) == 0


def test_both_answered_again_the_receipt_pays_and_the_return_takes_it_back(
    returned: Path, run: Run
) -> None:
    for one in [row["alloc_id"] for row in mine(returned)][::-1]:
        run("reconcile", "undo", "firm.xlsx", one)
    run("reconcile", "firm.xlsx", "--apply")
    answer(returned, {"INV-0101": {"decision": "A"}})
    run("reconcile", "firm.xlsx", "--apply")
    assert received(returned) == FULL
    assert asked(returned) == {BACK[2]}
    answer(returned, {BACK[2]: {"decision": "A"}})
    run("reconcile", "firm.xlsx", "--apply")
    assert received(returned) == 0
    assert asked(returned) == set()


def test_a_return_after_its_receipt_was_taken_back_does_not_open_more_than_the_invoice(
    posted: Path, run: Run, tmp_path: Path
) -> None:
    [paid] = mine(posted)
    run("reconcile", "undo", "firm.xlsx", paid["alloc_id"])
    (tmp_path / "back.csv").write_bytes(bank_csv(BACK))
    ran = run("reconcile", "firm.xlsx", "--bank", "back.csv", "--apply")
    assert ran.code == 1, ran.err
    assert asked(posted) == {"INV-0101", BACK[2]}
    assert received(posted) == 0
    answer(posted, {BACK[2]: {"decision": "A"}})
    run("reconcile", "firm.xlsx", "--apply")
    assert received(posted) >= 0


def test_in_a_closed_month_the_return_is_taken_back_in_an_open_one(
    returned: Path, run: Run
) -> None:
    assert run(*CLOSE).code == 0
    back = mine(returned)[1]["alloc_id"]
    before = digest(returned)
    assert run("reconcile", "undo", "firm.xlsx", back).code == 4
    assert digest(returned) == before
    assert run("reconcile", "undo", "firm.xlsx", back, "--correct").code == 0
    last = mine(returned)[-1]
    assert (last["month"], last["reverses"], last["amount"]) == ("2026-06", back, FULL)
    assert received(returned) == FULL
