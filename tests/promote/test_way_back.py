"""A baseline or a log that was damaged or deleted is named, and there is a way back from it."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import openpyxl
import pytest

Change = Callable[[Any], None]
DAY = ("--asof", "2026-06-30")


def spoil_baseline(book: Any) -> None:
    cell = next(c for c in book["sr_baseline"]["G"] if "Acme" in str(c.value))
    cell.value = cell.value.replace("Acme", "Acne")


def delete_baseline(book: Any) -> None:
    del book["sr_baseline"]


def spoil_log(book: Any) -> None:
    book["sr_log"]["B2"].value = "Somebody Else"


def delete_log(book: Any) -> None:
    del book["sr_log"]


def sold(run: Any) -> Path:
    """Promote the firm's one deal, and return the workbook."""
    from messy import firm

    path = Path("firm.xlsx")
    limits = ("exclusion", "client_duty", "assumption")
    none = [{"deal_id": "D-0001", "type": one, "what": "none"} for one in limits]
    said = [*firm.ROWS["Commitments"], *none]
    rows = {**firm.ROWS, "Project": [], "Commitments": said}
    deal = {**rows["Deal"][0], "stage": "verbal", "handover_state": "", "handover_on": None}
    path.write_bytes(firm.workbook({**rows, "Deal": [deal]}))
    assert run("promote", path, "--deal", "D-0001", *DAY).code == 0
    return path


@pytest.mark.parametrize(
    ("damage", "code"),
    [
        (spoil_baseline, "GUARD-003"),
        (delete_baseline, "GUARD-004"),
        (spoil_log, "GUARD-005"),
        (delete_log, "GUARD-005"),
    ],
)
def test_damage_is_named_and_a_deal_can_be_frozen_again(
    damage: Change, code: str, run: Any
) -> None:
    path = sold(run)
    assert "GUARD-" not in run("validate", path, *DAY).out
    book = openpyxl.load_workbook(path)
    damage(book)
    book.save(path)

    told = run("validate", path, *DAY)
    assert code in told.out
    assert "--refreeze" in told.out
    if damage is not delete_log:
        assert "--refreeze" in run("diff", path).out
    again = run("promote", path, "--deal", "D-0001", *DAY)
    if "baseline" in damage.__name__:
        assert again.code == 1
        assert "--refreeze" in again.out

    assert run("promote", path, "--deal", "D-0001", "--refreeze", *DAY).code == 2  # no reason given
    before = path.read_bytes()
    words = ("promote", path, "--deal", "D-0001", "--refreeze", "--why", "a sheet was lost", *DAY)
    assert run(*words, "--plan").code == 0
    assert path.read_bytes() == before
    assert run(*words).code == 0

    assert "GUARD-" not in run("validate", path, *DAY).out
    assert run("diff", path).code == 0
    log = openpyxl.load_workbook(path)["sr_log"].iter_rows(values_only=True)
    assert any(row[3] == "refrozen" and row[5] == "a sheet was lost" for row in log)
    assert "nothing to do" in run(*words).out


def test_a_log_that_was_accepted_as_it_was_is_guarded_again(run: Any) -> None:
    path = sold(run)
    for damage, wanted in ((spoil_log, True), (spoil_log_again, False)):
        book = openpyxl.load_workbook(path)
        damage(book)
        book.save(path)
        assert "GUARD-005" in run("validate", path, *DAY).out
        if wanted:
            words = ("--deal", "D-0001", "--refreeze", "--why", "known", *DAY)
            assert run("promote", path, *words).code == 0
            assert "GUARD-005" not in run("validate", path, *DAY).out


def spoil_log_again(book: Any) -> None:
    book["sr_log"]["B2"].value = "A Third One"
