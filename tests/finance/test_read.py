"""`reconcile read` shows files as they were understood, and a run says what became of each row."""

import json

import pytest

GOOD = "Date;Text;Amount;Currency\n04.05.2026;ACME INV-1;10,00;EUR\n05.05.2026;Rent;-5,50;EUR\n"
DOUBT = f"{GOOD};BETA INV-2;7,00;EUR\nTotal;;11,50;\n"


@pytest.fixture
def files(tmp_path):
    (tmp_path / "good.csv").write_text(GOOD)
    (tmp_path / "doubt.csv").write_text(DOUBT)
    (tmp_path / "bad.csv").write_text("Date;Text;Amount;Currency\nsoon;A;1,50;EUR\n")
    return tmp_path


def test_the_json_has_each_line_each_row_left_out_and_each_refusal(files, run):
    ran = run("reconcile", "read", "good.csv", "doubt.csv", "bad.csv", "--format", "json")
    assert ran.code == 2
    said = json.loads(ran.out)
    assert list(said) == ["schema", "files", "lines", "left_out", "refused"]
    assert said["schema"] == 1
    assert said["files"] == [{"file": "good.csv", "rows": 3}, {"file": "doubt.csv", "rows": 5}]
    assert said["lines"][0] == {
        "file": "good.csv", "row": 2, "date": "2026-05-04", "amount": "10.00", "currency": "EUR",
        "payer": "", "text": "ACME INV-1", "ref": "",
        "sign_proof": "the amounts bear their signs",
    }  # fmt: skip
    assert [(x["file"], x["row"], x["amount"]) for x in said["lines"]] == [
        ("good.csv", 2, "10.00"), ("good.csv", 3, "-5.50"),
        ("doubt.csv", 2, "10.00"), ("doubt.csv", 3, "-5.50"),
    ]  # fmt: skip
    assert [(x["file"], x["row"]) for x in said["left_out"]] == [("doubt.csv", 4)]
    assert "no date" in said["left_out"][0]["why"]
    assert [x["file"] for x in said["refused"]] == ["bad.csv"]
    assert "1 rows, none with a date" in said["refused"][0]["why"]


@pytest.mark.parametrize(("file", "code"), [("good.csv", 0), ("doubt.csv", 1), ("bad.csv", 2)])
def test_the_exit_code_says_whether_all_was_read(files, run, file, code):
    ran = run("reconcile", "read", file)
    assert ran.code == code
    if code < 2:
        assert f"{file}: {'3' if code == 0 else '5'} rows: 2 read, {code} left out, " in ran.out


def test_the_workbook_that_knows_the_account_may_stand_before_the_files(book, files, run):
    (files / "card.csv").write_text("Date;Card number;Text;Amount\n2026-05-04;1;Shop;9,00\n")
    asked = run("reconcile", "read", "card.csv", "--currency", "EUR")
    assert asked.code == 2
    assert "--positive in or --positive out" in asked.out
    words = ("--profile", "Card", "--currency", "EUR", "--positive", "out")
    assert run("reconcile", "firm.xlsx", "--bank", "card.csv", *words, "--apply").code < 2
    said = json.loads(
        run(
            "reconcile", "read", "firm.xlsx", "card.csv", "--profile", "Card", "--format", "json"
        ).out
    )
    assert [line["amount"] for line in said["lines"]] == ["-9.00"]


def test_a_row_that_may_be_a_payment_needs_a_person_in_every_run(book, files, run):
    ran = run("reconcile", "firm.xlsx", "--bank", "doubt.csv")
    assert ran.code == 1
    assert "5 rows: 2 read, 1 left out, 2 headings or totals." in ran.out.splitlines()[0]
    assert "row 4 may be a payment and was not read" in ran.out
    told = json.loads(run("reconcile", "firm.xlsx", "--bank", "doubt.csv", "--format", "json").out)
    assert told["verdict"].endswith("5 rows: 2 read, 1 left out, 2 headings or totals.")
    assert [x["item"] for x in told["exceptions"] if x["kind"] == "row-not-read"] == [
        "doubt.csv row 4"
    ]
