"""Reconcile through the command line: what the workbook holds before, after, and never."""

import datetime as dt
import zipfile

from openpyxl import load_workbook

from finance.books import FEES, MAY, Shown, answer, bank_csv, digest, fee, firm
from sheetrecord.app.reconcile.session import open_session
from sheetrecord.app.validate import validate
from sheetrecord.xlsx import SetCell, patch

DAY = dt.date(2026, 6, 30)


def settled(path):
    return {
        number: [(row["Received"] or 0, row["Settled otherwise"] or 0) for row in lines]
        for number, lines in Shown(path).fees().items()
    }


def test_a_run_without_apply_prints_the_verdict_and_writes_nothing(book, run):
    before = digest(book)
    ran = run("reconcile", "firm.xlsx", "--bank", "may.csv")
    assert ran.code == 1
    assert ran.out.startswith("2 control totals agree, 3 items need you, ")
    assert "Would be posted:" in ran.out
    assert "Nothing was written" in ran.out
    assert digest(book) == before


def test_what_is_certain_is_posted_and_the_rest_is_asked(posted):
    shown = Shown(posted)
    assert settled(posted) == {
        "INV-0101": [(1000, 0)],
        "INV-0102": [(490, 0)],
        "INV-0103": [(0, 0)],
        "INV-0104": [(333.33, 0), (333.33, 0), (333.34, 0)],
    }
    assert len(shown.rows("Bank")) == 5
    assert {row["reference"] for row in shown.rows("Review")} == {
        "INV-0102 less charges",
        "thank you",
        "refund",
    }
    assert shown.fees()["INV-0101"][0]["Matched"] == "Certain"


def test_the_money_columns_are_live_formulas(posted):
    line = Shown(posted).fees(formulas=True)["INV-0104"][2]
    assert line["Received"].startswith("=ROUND(SUMIFS(Allocations!$F:$F,Allocations!$D:$D,$A")
    assert line["Last receipt on"].startswith("=IF(SUMIFS(Allocations!$Y:$Y")


def test_validate_finds_nothing_new_after_a_run(book, run, tmp_path):
    def problems():
        report = validate(str(book), today=DAY).report
        return sorted({(p.where.address, p.code) for p in report.problems})

    before = problems()
    run("reconcile", "firm.xlsx", "--bank", "may.csv", "--apply")
    assert [p for p in problems() if p not in before] == []


def test_the_same_file_twice_leaves_the_workbook_byte_for_byte(posted, run):
    before = digest(posted)
    ran = run("reconcile", "firm.xlsx", "--bank", "may.csv", "--apply", "--by", "ana")
    assert "0 new bank lines, 5 known, 0 allocations to post. Nothing was written." in ran.out
    assert digest(posted) == before


def test_parts_that_a_run_does_not_concern_stay_byte_for_byte(book, run):
    def members():
        with zipfile.ZipFile(book) as file:
            return {name: file.read(name) for name in file.namelist()}

    before = members()
    run("reconcile", "firm.xlsx", "--bank", "may.csv", "--apply")
    after = members()
    shared = {"[Content_Types].xml", "xl/workbook.xml", "xl/_rels/workbook.xml.rels"}
    shared |= {"xl/styles.xml"}
    changed = {name for name in before if after.get(name) != before[name]} - shared
    with_formulas = {name for name in changed if name.startswith("xl/worksheets/")}
    assert changed == with_formulas  # Fees, and sheets whose formulas read it


def test_no_column_of_sales_or_ops_is_touched(posted, tmp_path):
    (tmp_path / "before.xlsx").write_bytes(firm())
    before, after = (load_workbook(p) for p in (tmp_path / "before.xlsx", posted))
    ours = {"Credited", "Received", "Settled otherwise", "Last receipt on", "Matched"}
    for sheet in before.worksheets:
        heads = {}
        for row in sheet.iter_rows():
            if any(cell.value == "Fee ID" for cell in row):
                heads = {cell.column: cell.value for cell in row}
            for cell in row:
                other = after[sheet.title][cell.coordinate].value
                where = (sheet.title, cell.coordinate, heads.get(cell.column))
                assert other == cell.value or heads.get(cell.column) in ours, where


def test_two_files_in_either_order_come_to_the_same_rows(tmp_path, run):
    found = []
    (tmp_path / "a.csv").write_bytes(bank_csv(*MAY[:3]))
    (tmp_path / "b.csv").write_bytes(bank_csv(*MAY[2:]))
    for n, files in enumerate([("a.csv", "b.csv"), ("b.csv", "a.csv")]):
        path = tmp_path / f"firm{n}.xlsx"
        path.write_bytes(firm())
        bank = [word for name in files for word in ("--bank", name)]
        run("reconcile", path.name, *bank, "--apply", "--by", "ana")
        rows = Shown(path).rows("Allocations")
        found.append({(r["bank_id"], r["invoice_no"], r["amount"]) for r in rows})
        assert len(Shown(path).rows("Bank")) == 5
    assert found[0] == found[1]


def test_answers_are_applied_once_and_their_rows_cleared(posted, run):
    answer(
        posted,
        {
            "INV-0102 less charges": {"reason": "bank_fee"},
            "thank you": {"decision": "A"},
            "refund": {"decision": "not a fee", "comment": "tax refund"},
        },
    )
    ran = run("reconcile", "firm.xlsx", "--apply", "--by", "ben")
    assert "3 answers taken" in ran.out
    assert settled(posted)["INV-0102"] == [(490, 10)]
    assert settled(posted)["INV-0103"] == [(300, 0)]
    shown = Shown(posted)
    assert shown.rows("Review") == []
    assert [r["category"] for r in shown.rows("Bank") if r["text"] == "refund"] == ["tax refund"]
    assert {r["decided_by"] for r in shown.rows("Allocations")} == {"ana", "ben"}
    before = digest(posted)
    run("reconcile", "firm.xlsx", "--apply", "--by", "ben")
    assert digest(posted) == before


def test_what_a_client_kept_is_held_back_in_fees_until_its_day(posted, run):
    answer(posted, {"INV-0102 less charges": {"reason": "retention"}})
    run("reconcile", "firm.xlsx", "--apply", "--by", "ben")
    (line,) = Shown(posted).fees()["INV-0102"]
    assert (line["Received"], line["Kept at payment"]) == (490, 10)

    def stands(day):
        rows = open_session(str(posted), today=day, asof=day).record.fees
        (fee,) = [row for row in rows if row.invoice_no == "INV-0102"]
        return fee.pay_status, fee.retained, fee.outstanding, fee.days_overdue

    assert stands(DAY) == ("retained", 1000, 0, 0)
    grid = list(load_workbook(posted)["Fees"].iter_rows())
    heads = {c.value: c.column_letter for row in grid for c in row if row[0].value == "Fee ID"}
    (at,) = [c.row for row in grid for c in row if c.value == "INV-0102"]
    due = SetCell("Fees", f"{heads['Retention due on']}{at}", dt.date(2027, 1, 1))
    posted.write_bytes(patch(posted.read_bytes(), [due]).data)
    assert stands(dt.date(2026, 12, 31)) == ("retained", 1000, 0, 0)
    assert stands(dt.date(2027, 1, 4)) == ("part_paid_overdue", 0, 1000, 3)


def test_an_answer_that_cannot_be_taken_stays_with_the_reason_beside_it(posted, run):
    answer(posted, {"thank you": {"decision": "A", "other_invoices": "INV-9999"}})
    ran = run("reconcile", "firm.xlsx", "--apply")
    assert "there is no invoice INV-9999" in ran.out
    (row,) = [r for r in Shown(posted).rows("Review") if r["reference"] == "thank you"]
    assert row["decision"] == "A"
    assert row["problem"] == "there is no invoice INV-9999."


def test_49_a_sorted_sheet_with_renamed_and_inserted_columns_is_read(posted, run):
    work = load_workbook(posted)
    sheet = work["Review"]
    rows = [[cell.value for cell in row] for row in sheet.iter_rows(min_row=5)]
    for n, row in enumerate(reversed(rows), start=5):
        for column, value in enumerate(row, start=1):
            sheet.cell(n, column).value = value
    sheet.title = "Questions"
    work.defined_names["sr_finance_review"].attr_text = "Questions!$A$3"
    sheet.insert_cols(3)
    sheet.cell(4, 1).value = "Day"
    keys = {cell.value: cell.column for cell in sheet[3]}
    for row in range(5, sheet.max_row + 1):
        if sheet.cell(row, keys["reference"]).value == "thank you":
            sheet.cell(row, keys["decision"]).value = "a"
    work.save(posted)
    run("reconcile", "firm.xlsx", "--apply")
    assert settled(posted)["INV-0103"] == [(300, 0)]


def test_49_two_rows_of_one_line_decided_differently_are_a_conflict(posted, run):
    work = load_workbook(posted)
    sheet = work["Review"]
    keys = {cell.value: cell.column for cell in sheet[3]}
    row = next(r for r in range(5, 9) if sheet.cell(r, keys["reference"]).value == "thank you")
    for column in range(1, sheet.max_column + 1):
        sheet.cell(9, column).value = sheet.cell(row, column).value
    sheet.cell(row, keys["decision"]).value = "A"
    sheet.cell(9, keys["decision"]).value = "not a fee"
    work.save(posted)
    ran = run("reconcile", "firm.xlsx", "--apply")
    assert "decided twice and differently" in ran.out
    assert settled(posted)["INV-0103"] == [(0, 0)]


def test_49_a_workbook_open_elsewhere_is_left_alone(book, run):
    owner = book.with_name("~$firm.xlsx")
    owner.write_bytes(b"\x03Ana" + b" " * 51 + b"\x03\x00A\x00n\x00a" + b"\x00 " * 51)
    before = digest(book)
    ran = run("reconcile", "firm.xlsx", "--bank", "may.csv", "--apply")
    assert ran.code == 5
    assert "open by Ana" in ran.err
    assert digest(book) == before


def test_50_an_answer_for_an_invoice_voided_since_is_refused(posted, run):
    work = load_workbook(posted)
    sheet = work["Fees"]
    heads = next(row for row in sheet.iter_rows() if any(c.value == "Fee ID" for c in row))
    column = {cell.value: cell.column for cell in heads}
    for row in range(heads[0].row + 1, sheet.max_row + 1):
        if sheet.cell(row, column["Invoice no."]).value == "INV-0103":
            sheet.cell(row, column["Void"]).value = "Yes"
    work.save(posted)
    answer(posted, {"thank you": {"decision": "A"}})
    ran = run("reconcile", "firm.xlsx", "--apply")
    assert "decide again" in ran.out
    assert settled(posted)["INV-0103"] == [(0, 0)]


def test_51_a_payer_that_looks_like_a_formula_stays_a_text(tmp_path, run):
    (tmp_path / "firm.xlsx").write_bytes(firm())
    evil = '=HYPERLINK("http://x.example","pay")'
    (tmp_path / "b.csv").write_bytes(bank_csv(("2026-05-04", evil, "+1+1", "5.00")))
    run("reconcile", "firm.xlsx", "--bank", "b.csv", "--apply", "--report", "rep")
    for title in ("Bank", "Review"):
        for row in load_workbook(tmp_path / "firm.xlsx")[title].iter_rows():
            assert all(cell.data_type != "f" for cell in row)
    assert "'=HYPERLINK" in Shown(tmp_path / "firm.xlsx").rows("Review")[0]["payer"]
    text = (tmp_path / "rep" / "exceptions.csv").read_text("utf-8-sig")
    assert not any(cell.startswith(("=", "+", "-", "@")) for cell in text.split(","))
    assert "<script" not in (tmp_path / "rep" / "reconciliation.html").read_text()


def test_amounts_typed_before_the_first_run_become_opening_rows(tmp_path, run):
    old = fee("INV-0090", "D-0001", 80_000, dt.date(2026, 1, 5), received=80_000,
              last_receipt_on=dt.date(2026, 2, 3))  # fmt: skip
    (tmp_path / "firm.xlsx").write_bytes(firm([old, *FEES]))
    (tmp_path / "may.csv").write_bytes(bank_csv(*MAY))
    run("reconcile", "firm.xlsx", "--bank", "may.csv", "--apply")
    shown = Shown(tmp_path / "firm.xlsx")
    (line,) = shown.fees()["INV-0090"]
    assert line["Received"] == 800
    assert line["Last receipt on"] == dt.datetime(2026, 2, 3, tzinfo=None)  # noqa: DTZ001 -- as openpyxl reads a day
    assert [r["rule"] for r in shown.rows("Allocations") if r["invoice_no"] == "INV-0090"] == [
        "opening"
    ]


def test_amounts_typed_for_days_the_bank_shows_are_proven_by_the_bank(tmp_path, run):
    typed = dict(FEES[0], received=100_000, last_receipt_on=dt.date(2026, 5, 4))
    (tmp_path / "firm.xlsx").write_bytes(firm([typed, *FEES[1:]]))
    (tmp_path / "may.csv").write_bytes(bank_csv(*MAY))
    run("reconcile", "firm.xlsx", "--bank", "may.csv", "--apply")
    shown = Shown(tmp_path / "firm.xlsx")
    rows = [r for r in shown.rows("Allocations") if r["invoice_no"] == "INV-0101"]
    assert [(r["rule"], r["amount"]) for r in rows] == [("R11-quoted-exact/1", 1000)]
    assert shown.fees()["INV-0101"][0]["Received"] == 1000


def test_a_sheet_of_the_firm_with_our_title_is_left_alone(tmp_path, run, book):
    work = load_workbook(book)
    work.create_sheet("Bank")["A1"] = "our own"
    work.save(book)
    run("reconcile", "firm.xlsx", "--bank", "may.csv", "--apply")
    shown = Shown(book)
    assert shown.book["Bank"]["A1"].value == "our own"
    assert len(shown.rows("Bank 2")) == 5


def test_rows_of_allocations_changed_by_hand_are_said(posted, run):
    work = load_workbook(posted)
    work["Allocations"]["Q5"].value = "I know better"
    work.save(posted)
    ran = run("reconcile", "firm.xlsx")
    assert "Allocations were changed by hand" in ran.out


def test_auto_none_posts_nothing_by_itself(book, run):
    run("reconcile", "firm.xlsx", "--bank", "may.csv", "--apply", "--auto", "none")
    shown = Shown(book)
    assert len(shown.rows("Review")) == 5
    assert all(sum(x) == 0 for lines in settled(book).values() for x in lines)
