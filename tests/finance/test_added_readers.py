"""An installed package may read a bank's or a ledger's file that we do not know."""

import pytest

from finance.books import Shown, digest
from sheetrecord.workbooks import installed as points

READERS = """
import datetime as dt

from sheetrecord.core.reconcile.facts import BankLine
from sheetrecord.ledgers.reading import LedgerInvoice, LedgerReading, Reading, Statement, control


def bank(data, name):
    if not data.startswith(b"ACME-BANK"):
        return None
    closing = int(data.split()[1])
    line = BankLine("77", dt.date(2026, 5, 5), 100000, "EUR", "ACME WORKS", "INV-0101")
    statement = Statement("77", "EUR", (line,), 0, closing)
    return Reading("acme", (statement,), tuple(control(statement, name)))


def ledger(data, name):
    if not data.startswith(b"ACME-BOOKS"):
        return None
    return LedgerReading("acme", (LedgerInvoice("INV-0101", "Acme Works", "EUR", 100000),))
"""
POINTS = """[sheetrecord.banks]
acme = acme_readers:bank
[sheetrecord.ledgers]
acme = acme_readers:ledger
"""


@pytest.fixture
def installed(tmp_path, monkeypatch):
    folder = tmp_path / "site"
    (folder / "acme_readers-1.dist-info").mkdir(parents=True)
    (folder / "acme_readers.py").write_text(READERS)
    (folder / "acme_readers-1.dist-info" / "METADATA").write_text(
        "Name: acme-readers\nVersion: 1\n"
    )
    (folder / "acme_readers-1.dist-info" / "entry_points.txt").write_text(POINTS)
    monkeypatch.syspath_prepend(folder)
    points._declared.cache_clear()  # they are looked for once a process
    yield
    points._declared.cache_clear()


def test_a_file_of_an_added_format_is_reconciled(installed, book, run, tmp_path):
    (tmp_path / "bank.acme").write_bytes(b"ACME-BANK 100000")
    (tmp_path / "books.acme").write_bytes(b"ACME-BOOKS")
    files = ("--bank", "bank.acme", "--bank", "may.csv", "--ledger", "books.acme")
    ran = run("reconcile", "firm.xlsx", *files, "--apply")
    assert ran.code == 1, ran.err
    assert "77" in {row["account"] for row in Shown(book).rows("Bank")}
    assert Shown(book).fees()["INV-0101"][0]["Ledger"] == "Agrees"


def test_its_control_totals_count_as_any_others(installed, book, run, tmp_path):
    (tmp_path / "bank.acme").write_bytes(b"ACME-BANK 100001")
    before = digest(book)
    assert run("reconcile", "firm.xlsx", "--bank", "bank.acme", "--apply").code == 3
    assert digest(book) == before
