"""`reconcile export` at the command line: the accounts asked for, what is written, what is not."""

import csv
import io
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from finance.books import CLOSE, MAY, bank_csv, digest, firm

Run = Callable[..., Any]
DATEV = """
[export.datev]
consultant = 1001
client = 7
year_begins = {year_begins}
account_length = 4
accounts = {{ bank = "1200", receivable = "1400", bank_fee = "4970" }}
"""
WORDS = ("reconcile", "export", "firm.xlsx", "2026-05", "--for")


@pytest.fixture
def booked(run: Run, tmp_path: Path) -> Path:
    """A firm whose May is reconciled; the tax office's line is nobody's."""
    (tmp_path / "firm.xlsx").write_bytes(firm())
    (tmp_path / "may.csv").write_bytes(bank_csv(*MAY))
    run("reconcile", "firm.xlsx", "--bank", "may.csv", "--apply")
    return tmp_path


def settings(folder: Path, text: str) -> None:
    (folder / "sheetrecord.toml").write_text(text)


def read(path: Path, delimiter: str = ",", encoding: str = "utf-8") -> list[dict[str, str]]:
    text = io.StringIO(path.read_bytes().decode(encoding), newline="")
    if delimiter == ";":
        next(text)
    return list(csv.DictReader(text, delimiter=delimiter))


ASKED = {
    "xero": ["date_order", "tax_rate", "bank", "receivable"],
    "quickbooks": ["date_order", "bank", "receivable"],
    "datev": ["consultant", "client", "year_begins", "account_length", "bank", "receivable"],
}


@pytest.mark.parametrize("system", ASKED)
def test_all_that_is_missing_is_asked_for_at_once(run: Run, booked: Path, system: str) -> None:
    ran = run(*WORDS, system, "--to", "out.csv")
    assert ran.code == 3
    assert f"[export.{system}]" in ran.err
    assert [word for word in ASKED[system] if word not in ran.err] == []
    assert not (booked / "out.csv").exists()


def test_only_what_is_needed_is_asked_for(run: Run, booked: Path) -> None:
    settings(booked, '[export.quickbooks]\ndate_order = "mdy"\naccounts = { bank = "Checking" }\n')
    ran = run(*WORDS, "quickbooks", "--to", "out.csv")
    assert (ran.code, "receivable" in ran.err, "wht" in ran.err) == (3, True, False)


def test_a_batch_holds_the_months_bookings(run: Run, booked: Path) -> None:
    settings(booked, DATEV.format(year_begins=1) + 'debtors = { "Acme Works" = "10001" }\n')
    ran = run(*WORDS, "datev", "--to", "out.csv")
    assert (ran.code, ran.err) == (0, "")
    assert "Not closed yet" in ran.out
    rows = read(booked / "out.csv", ";", "cp1252")
    told = [
        (r["Umsatz (ohne Soll/Haben-Kz)"], r["Konto"], r["Gegenkonto (ohne BU-Schlüssel)"],
         r["Belegdatum"], r["Belegfeld 1"])
        for r in rows
    ]  # fmt: skip
    assert ("1000,00", "1200", "10001", "0405", "INV-0101") in told
    northwind = [row for row in told if row[4] == "INV-0104"]
    assert sorted(row[0] for row in northwind) == ["333,33", "333,33", "333,34"]
    assert {row[2] for row in northwind} == {"1400"}


def test_a_closed_month_is_not_said_to_be_open(run: Run, booked: Path) -> None:
    settings(booked, DATEV.format(year_begins=1))
    assert run(*CLOSE).code == 0
    assert "Not closed" not in run(*WORDS, "datev", "--to", "out.csv").out


def test_another_month_has_no_bookings(run: Run, booked: Path) -> None:
    settings(booked, DATEV.format(year_begins=1))
    ran = run("reconcile", "export", "firm.xlsx", "2026-07", "--for", "datev", "--to", "out.csv")
    assert (ran.code, "0 bookings" in ran.out) == (0, True)
    assert read(booked / "out.csv", ";", "cp1252") == []


def test_invoices_are_booked_with_their_tax_or_whole(run: Run, booked: Path) -> None:
    accounts = 'accounts = { bank = "B", receivable = "R", revenue = "S", tax = "V" }\n'
    head = '[export.quickbooks]\ndate_order = "ymd"\n' + accounts
    words = ("reconcile", "export", "firm.xlsx", "2026-04", "--for", "quickbooks", "--to", "q.csv")
    for more in ("", "tax_in_revenue = true\n"):
        settings(booked, head + more)
        assert run(*words, "--invoices", "--force").code == 0
        rows = read(booked / "q.csv")
        owed = sum(float(r["Debits"]) for r in rows if r["AccountName"] == "R")
        sold = sum(float(r["Credits"]) for r in rows if r["AccountName"] in "SV")
        assert owed == sold == 1800.0
        assert ("V" in {r["AccountName"] for r in rows}) <= (not more)


def test_a_plan_shows_the_bookings_and_writes_nothing(run: Run, booked: Path) -> None:
    settings(booked, DATEV.format(year_begins=1))
    ran = run(*WORDS, "datev", "--to", "out.csv", "--plan")
    assert "2026-05-04  1200 to 1400  1,000.00 EUR  INV-0101  cash" in ran.out
    assert not (booked / "out.csv").exists()


def test_the_json_is_the_bookings(run: Run, booked: Path) -> None:
    settings(booked, DATEV.format(year_begins=1))
    told = json.loads(run(*WORDS, "datev", "--to", "out.csv", "--format", "json").out)
    assert {one["debit"] for one in told["postings"]} == {"1200"}
    assert (told["written"], told["open_months"]) == ("out.csv", ["2026-05"])


def test_the_same_books_give_the_same_bytes(run: Run, booked: Path) -> None:
    settings(booked, DATEV.format(year_begins=1))
    before = digest(booked / "firm.xlsx")
    for name in ("a.csv", "b.csv"):
        assert run(*WORDS, "datev", "--to", name).code == 0
    assert digest(booked / "a.csv") == digest(booked / "b.csv")
    assert digest(booked / "firm.xlsx") == before


REFUSED = {
    "a word": (("2026-5",), 2, "is no period"),
    "backwards": (("2026-05..2026-04",), 2, "is no period"),
    "two fiscal years": (("2026-03..2026-05",), 3, "two fiscal years"),
}


@pytest.mark.parametrize("case", REFUSED)
def test_a_period_that_cannot_be_is_refused(run: Run, booked: Path, case: str) -> None:
    settings(booked, DATEV.format(year_begins=4))
    period, code, why = REFUSED[case]
    ran = run("reconcile", "export", "firm.xlsx", *period, "--for", "datev", "--to", "out.csv")
    assert (ran.code, why in ran.err) == (code, True), ran.err
    assert not (booked / "out.csv").exists()


@pytest.mark.parametrize("account", ["Bank", "12000", "0000", "12 0"])
def test_an_account_that_datev_would_not_take_is_refused(
    run: Run, booked: Path, account: str
) -> None:
    settings(booked, DATEV.format(year_begins=1).replace('bank = "1200"', f'bank = "{account}"'))
    ran = run(*WORDS, "datev", "--to", "out.csv")
    assert (ran.code, account in ran.err) == (3, True), ran.err


def test_a_currency_that_the_books_are_not_in_is_named(run: Run, booked: Path) -> None:
    settings(booked, DATEV.format(year_begins=1) + 'currency = "USD"\n')
    ran = run(*WORDS, "datev", "--to", "out.csv")
    assert (ran.code, "in EUR, the books are in USD" in ran.out) == (1, True)
    assert read(booked / "out.csv", ";", "cp1252") == []


def test_a_file_of_somebody_elses_stays(run: Run, booked: Path) -> None:
    settings(booked, DATEV.format(year_begins=1))
    (booked / "out.csv").write_text("mine")
    assert run(*WORDS, "datev", "--to", "out.csv").code == 3
    assert (booked / "out.csv").read_text() == "mine"
    assert run(*WORDS, "datev", "--to", "firm.xlsx").code == 3
