"""What may be typed beside the files: limits, strictness, saved accounts, and a trial run."""

import json
import tomllib

import pytest

from finance.books import MAY, Shown, bank_csv, digest, firm
from sheetrecord.ledgers.profile import from_json

# 490.00 came of INV-0102's 500.00: 10.00 is 2 %.
LIMITS = [
    ("the usual one", "", True),
    ("less money", "9", False),
    ("less percent, but a few units always", "1%", False),
    ("both enough", "10/2%", True),
    ("spaces and a point", "10.00 / 3%", True),
]


@pytest.mark.parametrize(("limit", "posted"), [x[1:] for x in LIMITS], ids=[x[0] for x in LIMITS])
def test_how_much_a_bank_may_keep_is_set_by_a_word(book, run, limit, posted):
    words = ("--tolerance-fee", limit) if limit else ()
    run("reconcile", "firm.xlsx", "--bank", "may.csv", *words, "--apply")
    paid = {r["invoice_no"] for r in Shown(book).rows("Allocations")}
    assert ("INV-0102" in paid) is posted


@pytest.mark.parametrize("limit", ["a lot", "10.5", "-3"])
def test_a_limit_that_is_none_is_a_wrong_word(book, run, limit):
    before = digest(book)
    ran = run("reconcile", "firm.xlsx", "--bank", "may.csv", f"--tolerance-fee={limit}", "--apply")
    assert (ran.code, "whole numbers such as 30/3%" in ran.err) == (2, True)
    assert digest(book) == before


def test_a_plan_keeps_the_limit_it_was_made_with(book, run, tmp_path):
    words = ("--bank", "may.csv", "--tolerance-fee", "9", "--save-plan", "plan.json")
    run("reconcile", "firm.xlsx", *words)
    assert json.loads((tmp_path / "plan.json").read_text())["options"]["tolerance_fee"] == "9"
    assert run("reconcile", "apply", "plan.json", "firm.xlsx").code == 1
    assert "INV-0102" not in {r["invoice_no"] for r in Shown(book).rows("Allocations")}


TOTALS = "Booking date,Payer,Reference,Amount,Currency,Balance\n"
WHOLE = TOTALS + "2026-05-04,ACME WORKS,INV-0101,1000.00,EUR,1000.00\n"
DOUBTS = [
    ("a file without totals", bank_csv(*MAY).decode(), "no opening and closing balance"),
    (
        "a row that is not read",
        WHOLE + "2026-05-05,ACME WORKS,INV-0102,five,EUR,1500.00\n",
        "'five'",
    ),
    ("a contract that differs", WHOLE, "C1 D-0001 fails"),
]


@pytest.mark.parametrize(("text", "why"), [d[1:] for d in DOUBTS], ids=[d[0] for d in DOUBTS])
def test_a_strict_run_writes_nothing_in_doubt(run, tmp_path, text, why):
    from finance.books import DEALS

    deals = [{**deal, "fee_model": "fixed"} for deal in DEALS]
    path = tmp_path / "firm.xlsx"
    path.write_bytes(firm(deals=deals))
    (tmp_path / "may.csv").write_text(text)
    before = digest(path)
    ran = run("reconcile", "firm.xlsx", "--bank", "may.csv", "--apply", "--strict")
    assert (ran.code, why in ran.err) == (3, True), ran.err
    assert digest(path) == before
    assert run("reconcile", "firm.xlsx", "--bank", "may.csv", "--apply").code in (1, 3)


def test_a_strict_run_without_doubt_writes(book, run, tmp_path):
    (tmp_path / "may.csv").write_text(WHOLE)
    ran = run("reconcile", "firm.xlsx", "--bank", "may.csv", "--apply", "--strict")
    assert ran.code in (0, 1), ran.err
    assert "Written." in ran.out


BARE = "Date,Payer,Reference,Amount\n04/05/2026,ACME WORKS,INV-0101,1000.00\n"


def test_accounts_are_listed_shown_as_the_settings_file_has_them_and_forgotten(book, run, tmp_path):
    assert "No account is known yet" in run("reconcile", "profiles", "firm.xlsx").out
    (tmp_path / "bare.csv").write_text(BARE)
    words = ("--profile", "Main account", "--currency", "EUR", "--date-order", "dmy", "--apply")
    run("reconcile", "firm.xlsx", "--bank", "bare.csv", *words)
    told = run("reconcile", "profiles", "firm.xlsx", "Main account").out
    data = tomllib.loads(told)["accounts"]["Main account"]
    assert (data["currency"], data["date_order"]) == ("EUR", "dmy")
    (tmp_path / "sheetrecord.toml").write_text(told)
    found = json.loads(run("reconcile", "profiles", "firm.xlsx", "--format", "json").out)
    (one,) = found["profiles"]
    assert (one["where"], from_json(one["profile"])) == ("sheetrecord.toml", from_json(data))
    (tmp_path / "sheetrecord.toml").unlink()
    before = digest(book)
    assert run("reconcile", "profiles", "firm.xlsx", "Other").code == 2
    assert digest(book) == before
    assert run("reconcile", "profiles", "firm.xlsx", "Main account", "--remove").code == 0
    assert "No account is known yet" in run("reconcile", "profiles", "firm.xlsx").out
    (tmp_path / "june.csv").write_text(BARE.replace("04/05", "05/06"))
    ran = run("reconcile", "firm.xlsx", "--bank", "june.csv", "--profile", "Main account")
    assert ran.code == 2  # the account is new again: its dates prove nothing


NUMBERED = "Account,Date,Payer,Reference,Amount,Currency\n{},2026-05-{},ACME WORKS,x,{}.00,EUR\n"


def test_an_account_may_be_called_anything_and_its_number_is_learned(book, run, tmp_path):
    main = ("--profile", "Main account", "--apply")
    (tmp_path / "may.csv").write_text(NUMBERED.format("DE89 3704", "04", "11"))
    assert run("reconcile", "firm.xlsx", "--bank", "may.csv", *main).code == 1
    assert "DE89 3704" in run("reconcile", "profiles", "firm.xlsx", "Main account").out
    (tmp_path / "more.csv").write_text(NUMBERED.format("DE893704", "20", "12"))
    assert run("reconcile", "firm.xlsx", "--bank", "more.csv", *main).code == 1
    assert {row["account"] for row in Shown(book).rows("Bank")} == {"DE89 3704"}
    (tmp_path / "other.csv").write_text(NUMBERED.format("DE55", "21", "13"))
    ran = run("reconcile", "firm.xlsx", "--bank", "other.csv", *main)
    assert (ran.code, "of account DE55; the profile is of DE89 3704" in ran.err) == (2, True)


def test_a_file_without_header_is_known_by_its_profile_too(book, run, tmp_path):
    (tmp_path / "may.csv").write_text("04/05/2026,ACME WORKS,11.00\n28/05/2026,B,12.00\n")
    run(
        "reconcile",
        "firm.xlsx",
        "--bank",
        "may.csv",
        "--profile",
        "M",
        "--currency",
        "EUR",
        "--apply",
    )
    (tmp_path / "june.csv").write_text("04/06/2026,ACME WORKS,11.00\n")
    ran = run("reconcile", "firm.xlsx", "--bank", "june.csv", "--profile", "M", "--apply")
    assert "1 new bank line, 0 known" in ran.out, ran.err


def test_a_trial_run_keeps_every_promise(run):
    ran = run("reconcile", "selftest")
    assert ran.code == 0, ran.out
    assert "BROKEN" not in ran.out
    assert ran.out.count("holds") >= 8
