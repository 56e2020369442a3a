"""Edge cases that only a real workbook, or the command line, can show."""

import datetime as dt

import pytest
from openpyxl import load_workbook

from finance.books import CLOSE, DEALS, FEES, Shown, answer, bank_csv, digest, fee, firm


class Typing:
    """Type into cells of Fees as a person does, in another program."""

    def __init__(self, path):
        self.path, self.book = path, load_workbook(path)
        self.sheet = self.book["Fees"]
        top = next(r for r in self.sheet.iter_rows() if any(c.value == "Fee ID" for c in r))
        self.columns = {cell.value: cell.column for cell in top}
        self.top = top[0].row

    def row(self, number):
        column = self.columns["Invoice no."]
        return next(
            row
            for row in range(self.top + 1, self.sheet.max_row + 1)
            if self.sheet.cell(row, column).value == number
        )

    def put(self, number, **cells):
        row = self.row(number)
        for header, value in cells.items():
            self.sheet.cell(row, self.columns[header.replace("_", " ")]).value = value

    def save(self):
        self.book.save(self.path)


@pytest.mark.parametrize("typed", [142, 142.0, "0142"], ids=["number", "float", "padded text"])
def test_33_a_number_that_excel_made_of_an_invoice_number_is_still_it(tmp_path, run, typed):
    path = tmp_path / "firm.xlsx"
    path.write_bytes(firm([fee("INV-1", "D-0001", 100_000, dt.date(2026, 4, 1))]))
    typing = Typing(path)
    typing.put("INV-1", **{"Invoice_no.": typed})
    typing.save()
    bank = ("2026-05-04", "ACME WORKS", "Invoice 142", "1000.00")
    (tmp_path / "may.csv").write_bytes(bank_csv(bank))
    ran = run("reconcile", "firm.xlsx", "--bank", "may.csv", "--apply")
    assert "R11-quoted-exact" in ran.out, ran.out
    assert "142.0" not in ran.out
    assert Shown(path).rows("Allocations")[0]["amount"] == 1000


def test_44_cash_in_hand_is_an_account_of_its_own_and_an_amount_typed_over_is_said(
    posted, run, tmp_path
):
    typing = Typing(posted)
    typing.put("INV-0102", Received=495)
    typing.save()
    ran = run("reconcile", "firm.xlsx", "--apply")
    assert "495.00 EUR was typed where allocations add up to 490.00 EUR" in ran.out
    assert Shown(posted).fees()["INV-0102"][0]["Received"] == 490
    cash = ("2026-06-02", "ACME WORKS", "INV-0102 rest in cash", "10.00")
    (tmp_path / "cash.csv").write_bytes(bank_csv(cash))
    answer(posted, {"INV-0102 less charges": {"reason": "part"}})
    run("reconcile", "firm.xlsx", "--bank", "cash.csv", "--profile", "Cash", "--apply")
    (line,) = Shown(posted).fees()["INV-0102"]
    assert (line["Received"], line["Settled otherwise"]) == (500, None)


def test_48_a_late_decision_on_a_closed_month_is_booked_in_the_open_one(posted, run):
    assert run(*CLOSE).code == 0
    before = [r for r in Shown(posted).rows("Allocations") if r["month"] == "2026-05"]
    answer(posted, {"thank you": {"decision": "A"}, "INV-0102 less charges": {"reason": "wht"}})
    ran = run("reconcile", "firm.xlsx", "--apply")
    assert "2 answers taken" in ran.out
    rows = Shown(posted).rows("Allocations")
    assert [r for r in rows if r["month"] == "2026-05"] == before
    late = [(r["invoice_no"], r["kind"], r["month"]) for r in rows if r["month"] != "2026-05"]
    assert sorted(late) == [("INV-0102", "wht", "2026-06"), ("INV-0103", "cash", "2026-06")]
    assert run("reconcile", "firm.xlsx").code != 4  # the closed month is as it was closed


def test_50_an_answer_for_an_invoice_settled_since_names_what_settled_it(posted, run, tmp_path):
    late = ("2026-05-30", "NORTHWIND DESIGN", "INV-0103", "300.00")
    (tmp_path / "late.csv").write_bytes(bank_csv(late))
    answer(posted, {"thank you": {"decision": "A"}})
    run("reconcile", "firm.xlsx", "--apply")
    ran = run("reconcile", "firm.xlsx", "--bank", "late.csv", "--apply")
    (question,) = [r for r in Shown(posted).rows("Review") if r["reference"] == "INV-0103"]
    assert question["ask"] == "duplicate-payment"
    answer(posted, {"INV-0103": {"other_invoices": "INV-0103 300.00"}})
    ran = run("reconcile", "firm.xlsx", "--apply")
    assert "nothing of INV-0103 is open; A-" in ran.out.replace(". A-", "; A-")
    assert "undo that if it is wrong" in ran.out
    assert Shown(posted).fees()["INV-0103"][0]["Received"] == 300


def test_51_a_formula_without_a_stored_result_is_unknown_not_zero(book, run):
    typing = Typing(book)
    typing.put("INV-0101", Net="=400+600")
    typing.save()
    before = digest(book)
    ran = run("reconcile", "firm.xlsx", "--bank", "may.csv", "--apply")
    assert "the amount of INV-0101 is missing, is none, or was never calculated" in ran.out
    assert digest(book) != before
    assert "INV-0101" not in {r["invoice_no"] for r in Shown(book).rows("Allocations")}


@pytest.mark.parametrize("code", ["#REF!", "#N/A"])
def test_51_an_error_in_an_amount_is_said_and_its_invoice_left_alone(book, run, code):
    typing = Typing(book)
    typing.put("INV-0101", Net=code)
    typing.save()
    ran = run("reconcile", "firm.xlsx", "--bank", "may.csv", "--apply")
    assert "the amount of INV-0101 is missing, is none, or was never calculated" in ran.out
    assert "INV-0101" not in {r["invoice_no"] for r in Shown(book).rows("Allocations")}


def test_51_an_invoice_with_one_unknown_line_is_left_out_whole(book, run, tmp_path):
    typing = Typing(book)
    typing.put("INV-0104", Net="#REF!")  # one of its three lines
    typing.save()
    part = ("2026-05-28", "NORTHWIND DESIGN", "INV-0104", "666.67")
    (tmp_path / "may.csv").write_bytes(bank_csv(part))
    ran = run("reconcile", "firm.xlsx", "--bank", "may.csv", "--apply")
    assert "The invoice is left out" in ran.out
    assert Shown(book).rows("Allocations") == []


def test_51_hidden_and_filtered_rows_count(book, run):
    typing = Typing(book)
    typing.sheet.row_dimensions[typing.row("INV-0101")].hidden = True
    typing.sheet.auto_filter.ref = f"A{typing.top}:H{typing.top + 20}"
    typing.save()
    run("reconcile", "firm.xlsx", "--bank", "may.csv", "--apply")
    assert Shown(book).fees()["INV-0101"][0]["Received"] == 1000


def test_51_merged_cells_are_read_by_their_first(book, run):
    typing = Typing(book)
    row, column = typing.row("INV-0101"), typing.columns["Note"]
    typing.sheet.merge_cells(start_row=row, end_row=row, start_column=column, end_column=column + 1)
    typing.save()
    run("reconcile", "firm.xlsx", "--bank", "may.csv", "--apply")
    assert Shown(book).fees()["INV-0101"][0]["Received"] == 1000


def test_12_a_person_can_share_one_payment_over_two_currencies(tmp_path, run):
    fees = [*FEES, fee("INV-0201", "D-0003", 20_000, dt.date(2026, 4, 1), currency="USD")]
    deals = [*DEALS, {**DEALS[0], "deal_id": "D-0003", "currency": "USD"}]
    path = tmp_path / "firm.xlsx"
    path.write_bytes(firm(fees, deals))
    bank = ("2026-05-04", "ACME WORKS", "both", "675.00")
    (tmp_path / "may.csv").write_bytes(bank_csv(bank))
    run("reconcile", "firm.xlsx", "--bank", "may.csv", "--apply")
    answer(path, {"both": {"other_invoices": "INV-0201 200.00; INV-0102 500.00"}})
    ran = run("reconcile", "firm.xlsx", "--apply")
    assert "1 answer taken" in ran.out, ran.out
    rows = Shown(path).rows("Allocations")
    assert {(r["invoice_no"], r["amount"], r["bank_amount"], r["rate"]) for r in rows} == {
        ("INV-0201", 200, 175, "1.14285714"),
        ("INV-0102", 500, 500, None),
    }


def test_money_whose_column_is_gone_from_fees_is_said(posted, run):
    work = load_workbook(posted)
    (head,) = [c for row in work["Fees"].iter_rows() for c in row if c.value == "Kept at payment"]
    head.value = "Our own"
    for name in [name for name in work.defined_names if "kept" in name.lower()]:
        del work.defined_names[name]
    work.save(posted)
    answer(posted, {"INV-0102 less charges": {"reason": "retention"}})
    ran = run("reconcile", "firm.xlsx", "--apply", "--by", "ben")
    assert "Fees has no column 'Kept at payment': 10.00 EUR cannot be shown there." in ran.out
