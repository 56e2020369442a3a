"""The other words of reconcile: plan, apply, explain, undo, close, reopen, report, bad files."""

import json

import pytest
from openpyxl import load_workbook

from finance.books import CLOSE, MAY, Shown, answer, bank_csv, digest

# plans


def test_a_plan_is_applied_as_it_was_shown(book, run, tmp_path):
    before = digest(book)
    run("reconcile", "firm.xlsx", "--bank", "may.csv", "--save-plan", "plan.json", "--by", "ana")
    assert digest(book) == before
    planned = json.loads((tmp_path / "plan.json").read_text())["allocations"]
    ran = run("reconcile", "apply", "plan.json", "firm.xlsx")
    assert ran.code == 1, ran.err
    rows = Shown(book).rows("Allocations")
    assert [r["alloc_id"] for r in rows] == [a["alloc_id"] for a in planned]


@pytest.mark.parametrize("what", ["the workbook", "the bank's file", "the plan"])
def test_a_plan_is_refused_when_an_input_changed(book, run, tmp_path, what):
    run("reconcile", "firm.xlsx", "--bank", "may.csv", "--save-plan", "plan.json")
    if what == "the workbook":
        work = load_workbook(book)
        work["Fees"]["A1"].value = "Fees, changed"
        work.save(book)
    elif what == "the bank's file":
        (tmp_path / "may.csv").write_bytes(bank_csv(*MAY[:3]))
    else:
        text = (tmp_path / "plan.json").read_text()
        (tmp_path / "plan.json").write_text(text.replace("INV-0101", "INV-0103"))
    before = digest(book)
    ran = run("reconcile", "apply", "plan.json", "firm.xlsx")
    assert ran.code == (3 if what == "the plan" else 5)
    assert digest(book) == before


def test_what_is_no_plan_is_said_to_be_none(book, run):
    ran = run("reconcile", "apply", "firm.xlsx", "firm.xlsx")
    assert (ran.code, "this is no plan file" in ran.err) == (3, True), ran.err


# undo


def test_undo_takes_back_by_new_rows_and_the_line_is_asked_again(posted, run):
    rows = Shown(posted).rows("Allocations")
    three = [r for r in rows if r["invoice_no"] == "INV-0104"]
    ran = run("reconcile", "undo", "firm.xlsx", three[1]["alloc_id"], "--why", "wrong", "--by", "b")
    assert ran.code == 0, ran.err
    shown = Shown(posted)
    assert len(shown.rows("Allocations")) == len(rows) + 3
    assert [line["Received"] for line in shown.fees()["INV-0104"]] == [0, 0, 0]
    assert "INV-0104" in {r["reference"] for r in shown.rows("Review")}
    ran = run("reconcile", "firm.xlsx", "--apply")
    assert "0 allocations" in ran.out  # nobody posts again what a person took back
    assert run("reconcile", "undo", "firm.xlsx", three[1]["alloc_id"]).code == 2


def test_a_payment_that_the_bank_returned_cannot_be_taken_back_before_the_return(
    posted, run, tmp_path
):
    back = ("2026-05-20", "ACME WORKS", "RETURNED INV-0101", "-1000.00")
    (tmp_path / "back.csv").write_bytes(bank_csv(back))
    run("reconcile", "firm.xlsx", "--bank", "back.csv", "--apply")
    answer(posted, {"RETURNED INV-0101": {"decision": "A"}})
    run("reconcile", "firm.xlsx", "--apply")
    paid, returned = (
        r["alloc_id"] for r in Shown(posted).rows("Allocations") if r["invoice_no"] == "INV-0101"
    )
    before = digest(posted)
    ran = run("reconcile", "undo", "firm.xlsx", paid)
    assert (ran.code, f"{returned} of 2026-05-20 rests on it" in ran.err) == (2, True), ran.err
    assert digest(posted) == before
    assert run("reconcile", "undo", "firm.xlsx", returned).code == 0
    assert run("reconcile", "undo", "firm.xlsx", paid).code == 0


# months


def test_a_closed_month_changes_only_by_a_correction_in_an_open_one(posted, run):
    assert run(*CLOSE, "--by", "ana").code == 0
    assert Shown(posted).fees()["INV-0101"][0]["Closed month"] == "2026-05"
    first = Shown(posted).rows("Allocations")[0]["alloc_id"]
    before = digest(posted)
    ran = run("reconcile", "undo", "firm.xlsx", first)
    assert ran.code == 4
    assert "--correct" in ran.err
    assert digest(posted) == before
    assert run("reconcile", "undo", "firm.xlsx", first, "--correct").code == 0
    last = Shown(posted).rows("Allocations")[-1]
    assert (last["month"], last["reverses"]) == ("2026-06", first)
    assert "belongs to 2026-05" in last["comment"]


def test_a_month_whose_files_print_no_balances_closes_only_in_writing(posted, run):
    before = digest(posted)
    ran = run("reconcile", "close", "firm.xlsx", "2026-05")
    assert (ran.code, '--waive "C3=why"' in ran.err) == (1, True), ran.err
    assert "what moved is in statements that print balances: off by -" in ran.err
    assert digest(posted) == before
    assert run(*CLOSE).code == 0


@pytest.mark.parametrize("month", ["2026-13", "May", "2026-5"])
def test_what_is_no_month_is_not_closed(posted, run, month):
    assert run("reconcile", "close", "firm.xlsx", month).code == 2


def test_a_late_line_of_a_closed_month_is_booked_in_the_first_open_one(posted, run, tmp_path):
    run(*CLOSE)
    late = ("2026-05-30", "NORTHWIND DESIGN", "INV-0103", "300.00")
    (tmp_path / "late.csv").write_bytes(bank_csv(late))
    run("reconcile", "firm.xlsx", "--bank", "late.csv", "--apply")
    rows = [r for r in Shown(posted).rows("Allocations") if r["invoice_no"] == "INV-0103"]
    assert [(r["month"], f"{r['on']:%Y-%m-%d}") for r in rows] == [("2026-06", "2026-06-01")]
    assert [f"{r['booked']:%Y-%m-%d}" for r in Shown(posted).rows("Bank")][-1] == "2026-05-30"


def test_a_closed_month_changed_by_hand_stops_everything_until_it_is_reopened(posted, run):
    run(*CLOSE)
    work = load_workbook(posted)
    work["Allocations"]["F5"].value = 999
    work.save(posted)
    before = digest(posted)
    ran = run("reconcile", "firm.xlsx", "--apply")
    assert ran.code == 4
    assert "2026-05" in ran.err
    assert digest(posted) == before


def test_reopening_needs_a_reason_that_stays_in_the_report(posted, run, tmp_path):
    run(*CLOSE)
    assert run("reconcile", "reopen", "firm.xlsx", "2026-05").code == 2
    assert run("reconcile", "reopen", "firm.xlsx", "2026-05", "--reason", "late fee").code == 0
    run("reconcile", "firm.xlsx", "--report", "rep")
    assert "late fee" in (tmp_path / "rep" / "reconciliation.html").read_text()
    assert run(*CLOSE).code == 0
    assert run("reconcile", "close", "firm.xlsx", "2026-05", "--seal").code == 0
    ran = run("reconcile", "reopen", "firm.xlsx", "2026-05", "--reason", "again")
    assert (ran.code, "sealed" in ran.err) == (1, True)


# reports, explain, review


def test_reports_are_the_same_bytes_for_the_same_input(posted, run, tmp_path):
    for folder in ("one", "two"):
        run("reconcile", "firm.xlsx", "--bank", "may.csv", "--report", folder)
    names = {path.name for path in (tmp_path / "one").iterdir()}
    assert names == {
        "reconciliation.html", "reconciliation.xlsx", "exceptions.csv", "report.json",
    }  # fmt: skip
    for name in names:
        assert (tmp_path / "one" / name).read_bytes() == (tmp_path / "two" / name).read_bytes()
    page = (tmp_path / "one" / "reconciliation.html").read_text()
    assert "http" not in page.replace('<html lang="en">', "")


def test_a_run_that_is_refused_writes_no_report_either(book, run, tmp_path):
    head = "Booking date,Payer,Reference,Amount,Currency,Balance\n"
    rows = ["2026-05-05,A,x,10.00,EUR,110.00\n", "2026-05-07,A,z,10.00,EUR,130.00\n"]
    (tmp_path / "gap.csv").write_text(head + "".join(rows))
    before = digest(book)
    ran = run("reconcile", "firm.xlsx", "--bank", "gap.csv", "--report", "rep")
    assert (ran.code, (tmp_path / "rep").exists(), digest(book)) == (3, False, before)
    assert "add --apply" not in ran.out


def test_the_help_of_reconcile_shows_what_a_run_takes(run):
    shown = run("reconcile", "--help").out
    assert all(word in shown for word in ("--bank FILE", "--apply", "--date-order", "close  "))


def test_json_says_the_same_as_the_report(posted, run):
    told = json.loads(run("reconcile", "firm.xlsx", "--format", "json").out)
    assert told["schema"] == 1
    assert told["counts"]["questions"] == 3
    assert {c["code"] for c in told["controls"]} >= {"C4", "C5"}
    assert all(c["difference"] in ("0", "0.00") for c in told["controls"])


def test_explain_says_why_a_line_is_read_as_it_is(posted, run):
    key = next(r["bank_id"] for r in Shown(posted).rows("Review") if r["reference"] == "thank you")
    ran = run("reconcile", "explain", "firm.xlsx", key[:9])
    assert ran.code == 0
    assert "rules tried, in order:" in ran.out
    assert run("reconcile", "explain", "firm.xlsx", "B-none").code == 2


def test_review_lists_the_questions(posted, run):
    ran = run("reconcile", "review", "firm.xlsx")
    assert ran.code == 1
    assert "thank you" in ran.out


def test_a_line_nobody_asked_about_is_decided_in_a_free_row_of_review(posted, run, tmp_path):
    out = ("2026-06-20", "J SMITH", "thanks", "-50.00")
    (tmp_path / "june.csv").write_bytes(bank_csv(out))
    run("reconcile", "firm.xlsx", "--bank", "june.csv", "--apply")
    shown = Shown(posted)
    (key,) = (r["bank_id"] for r in shown.rows("Bank") if r["payer"] == "J SMITH")
    assert key not in {r["bank_id"] for r in shown.rows("Review")}
    work = load_workbook(posted)
    sheet = work["Review"]
    keys = {cell.value: cell.column for cell in sheet[3]}
    free = 5 + len(shown.rows("Review"))
    sheet.cell(free, keys["bank_id"]).value = key
    sheet.cell(free, keys["other_invoices"]).value = "INV-0101 -50.00 refund"
    work.save(posted)
    assert "1 answer taken" in run("reconcile", "firm.xlsx", "--apply").out
    assert Shown(posted).fees()["INV-0101"][0]["Received"] == 950


def test_a_profile_given_once_is_kept_in_the_workbook(book, run, tmp_path):
    bare = "Date,Payer,Reference,Amount\n04/05/2026,ACME WORKS,INV-0101,1000.00\n"
    (tmp_path / "bare.csv").write_text(bare)
    ran = run("reconcile", "firm.xlsx", "--bank", "bare.csv", "--apply")
    assert (ran.code, digest(book)) == (2, digest(book))
    words = ("--profile", "Main", "--currency", "EUR", "--date-order", "dmy")
    assert run("reconcile", "firm.xlsx", "--bank", "bare.csv", *words, "--apply").code in (0, 1)
    (tmp_path / "june.csv").write_text(bare.replace("04/05", "05/06").replace("0101", "0103"))
    ran = run("reconcile", "firm.xlsx", "--bank", "june.csv", "--profile", "Main", "--apply")
    assert ran.code in (0, 1), ran.err
    assert [f"{r['booked']:%m-%d}" for r in Shown(book).rows("Bank")] == ["05-04", "06-05"]


# ledgers


def test_a_ledger_is_compared_line_by_line(posted, run, tmp_path):
    rows = ["InvoiceNumber,ContactName,InvoiceDate,Total,AmountDue,Currency"]
    rows += ["INV-0101,Acme Works,2026-04-01,1000.00,0.00,EUR"]
    rows += ["INV-0102,Acme Works,2026-04-15,550.00,550.00,EUR"]
    rows += ["INV-0999,Acme Works,2026-04-15,10.00,10.00,EUR"]
    (tmp_path / "ledger.csv").write_text("\n".join(rows))
    ran = run("reconcile", "firm.xlsx", "--ledger", "ledger.csv", "--apply")
    assert ran.code == 1
    for kind in ("invoice-not-in-sheet", "ledger-amount-differs", "sheet-invoice-not-in-ledger"):
        assert kind in ran.out
    fees = Shown(posted).fees()
    checks = {number: lines[0]["Ledger"] for number, lines in fees.items()}
    assert checks == {
        "INV-0101": "Agrees",
        "INV-0102": "Amount differs",
        "INV-0103": "Not in ledger",
        "INV-0104": "Not in ledger",
    }


def test_a_missing_workbook_and_a_folder_are_refused(run, tmp_path):
    assert run("reconcile", "none.xlsx").code == 3
    (tmp_path / "dir").mkdir()
    assert run("reconcile", "dir").code == 3
