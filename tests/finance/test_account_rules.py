"""Account rules in a workbook: learned from Review, listed, and taken away again."""

import json

from openpyxl import load_workbook

from finance.books import Shown, answer, bank_csv

JUNE = bank_csv(("2026-06-12", "TAX OFFICE", "refund", "81.00"))


def _learn(posted, run):
    answer(posted, {"refund": {"decision": "not a fee"}})
    run("reconcile", "firm.xlsx", "--apply", "--by", "ben")


def test_not_a_fee_is_remembered_for_the_payers_next_line(posted, run, tmp_path):
    _learn(posted, run)
    (rule,) = Shown(posted).rows("Account rules")
    assert (rule["payer"], rule["category"], rule["by"]) == ("TAX OFFICE", "tax refund", "ben")
    (tmp_path / "june.csv").write_bytes(JUNE)
    ran = run("reconcile", "firm.xlsx", "--bank", "june.csv", "--apply", "--by", "ben")
    assert "1 line set aside by account rules" in ran.out
    said = {r["text"]: r.get("category") for r in Shown(posted).rows("Bank") if r["amount"] == 81}
    assert said == {"refund": f"tax refund [{rule['rule_id']}]"}
    told = run("reconcile", "rules", "firm.xlsx").out
    assert f"{rule['rule_id']}  tax refund: TAX OFFICE, text with refund" in told
    (found,) = json.loads(run("reconcile", "rules", "firm.xlsx", "--format", "json").out)["rules"]
    assert (found["since"], found["by"]) == ("2026-06-30", "ben")


def test_a_rule_that_is_taken_away_or_deleted_from_its_sheet_asks_again(posted, run, tmp_path):
    _learn(posted, run)
    (tmp_path / "june.csv").write_bytes(JUNE)
    run("reconcile", "firm.xlsx", "--bank", "june.csv", "--apply")
    before = posted.read_bytes()
    (rule,) = Shown(posted).rows("Account rules")
    asked = len(Shown(posted).rows("Review"))
    ran = run("reconcile", "rules", "firm.xlsx", rule["rule_id"], "--remove")
    assert (ran.code, ran.out) == (
        0, f"{rule['rule_id']} is taken away; lines that are asked about again: 1.\n",
    )  # fmt: skip
    assert len(Shown(posted).rows("Review")) == asked + 1
    assert run("reconcile", "rules", "firm.xlsx").out.startswith("No account rule is held")
    assert run("reconcile", "rules", "firm.xlsx", rule["rule_id"], "--remove").code == 2

    posted.write_bytes(before)
    other = load_workbook(posted)
    other["Account rules"].delete_rows(5)
    other.save(posted)
    run("reconcile", "firm.xlsx", "--apply")
    assert len(Shown(posted).rows("Review")) == asked + 1
    assert Shown(posted).rows("Account rules") == []


def test_a_review_made_before_there_were_kinds_gets_the_columns_on_its_right(posted, run):
    older = load_workbook(posted)
    sheet = older["Review"]
    keys = {cell.value: cell.column for cell in sheet[3]}
    for key in ("offered", "kind"):
        sheet.delete_cols(keys[key])
    older.save(posted)
    answer(posted, {"thank you": {"decision": "A"}})
    ran = run("reconcile", "firm.xlsx", "--apply", "--by", "ben")
    assert "1 answer taken" in ran.out
    rows = {r["reference"]: r for r in Shown(posted).rows("Review")}
    assert rows["INV-0102 less charges"]["offered"] == "bank_fee"
    assert rows["refund"]["kind"] == "reads like money that is no fee: tax refund"
    assert "will do" not in run("reconcile", "review", "firm.xlsx").out
