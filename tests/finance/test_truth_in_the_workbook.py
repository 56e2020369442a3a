"""Made-up firms through the real workbook: perfect answers leave nothing off; formulas agree."""

import datetime as dt
import shutil
import subprocess
from pathlib import Path

import pytest
from openpyxl import load_workbook

from finance.books import ASOF, Shown, fee, firm, firm_of, world
from reconcile_truth.roundtrip import BY_ANA, Trip, round_trip, step
from sheetrecord.app.reconcile.inputs import Inputs
from sheetrecord.app.reconcile.run import work
from sheetrecord.app.reconcile.session import open_session
from sheetrecord.core.reconcile.facts import AllocationKind
from sheetrecord.model.money import to_major

TRIPS = [
    ("clean", 1), ("brief", 1), ("brief", 2), ("hard", 1), ("hard", 1096), ("adversarial", 1),
    ("adversarial", 1012),
]  # fmt: skip


@pytest.fixture(autouse=True)
def _own_backups(tmp_path, monkeypatch):
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "state"))


@pytest.mark.parametrize(("profile", "seed"), TRIPS, ids=[f"{p} {n}" for p, n in TRIPS])
def test_after_perfect_answers_nothing_is_off(tmp_path, profile, seed):
    trip = round_trip(world(profile, seed, 50), tmp_path / "firm.xlsx")
    assert trip == Trip(0, 0, 0, 0, changed=False, questions=trip.questions)
    assert trip.questions > 0 or profile == "clean"


def recalculated(path: Path, folder: Path) -> Path:
    """Return the workbook as LibreOffice calculates and saves it."""
    out = folder / "out"
    words = ["soffice", f"-env:UserInstallation=file://{folder / 'profile'}", "--headless"]
    words += ["--convert-to", "xlsx:Calc MS Excel 2007 XML", "--outdir", str(out), str(path)]
    subprocess.run(words, check=True, capture_output=True, timeout=180)
    return out / path.name


def _kept(rows, key):
    return sum(r.amount for r in rows if r.invoice_no == key and r.kind is AllocationKind.RETENTION)


@pytest.mark.libreoffice
@pytest.mark.parametrize(
    ("profile", "seed"), [("hard", 10), ("adversarial", 12)], ids=["hard", "adversarial"]
)
def test_live_formulas_agree_with_the_engine_in_another_program(tmp_path, profile, seed):
    made = world(profile, seed, 60)
    path = tmp_path / "firm.xlsx"
    round_trip(made, path)
    done = step(path)
    # Forget every stored result, so that what is compared is what the program itself computes.
    stale = tmp_path / "stale.xlsx"
    load_workbook(path).save(stale)
    shown = Shown(recalculated(stale, tmp_path))
    by_fee = {row["Fee ID"]: row for rows in shown.fees().values() for row in rows}
    now = done.outlook.standings
    compared = 0
    for key, lines in done.session.side.lines.items():
        for column, value in (
            ("Received", now[key].received),
            ("Credited", now[key].credited),
            ("Settled otherwise", now[key].settled_otherwise),
            ("Kept at payment", _kept(done.result.allocations, key)),
            ("Retained", now[key].retained),
            ("Outstanding", now[key].outstanding),
        ):
            found = sum(by_fee[line.fee_id][column] or 0 for line in lines)
            assert found == pytest.approx(float(to_major(value, now[key].currency))), (key, column)
            compared += 1
        late = max(by_fee[line.fee_id]["Days overdue"] or 0 for line in lines)
        assert late == now[key].days_overdue, key
        days = [by_fee[line.fee_id]["Last receipt on"] for line in lines]
        last = max((d.date() for d in days if isinstance(d, dt.datetime)), default=None)
        assert last == now[key].last_receipt_on, key
    assert compared > 300
    assert any(s.retained for s in now.values())


@pytest.mark.libreoffice
def test_a_run_reads_what_another_program_saved(tmp_path):
    made = world("brief", 7, 30)
    path = tmp_path / "firm.xlsx"
    path.write_bytes(firm_of(made))
    first = step(path, made.lines)
    shutil.copy(recalculated(path, tmp_path), path)
    session = open_session(str(path), today=ASOF, asof=None)
    assert session.findings == ()  # the chain of the allocations still holds
    assert session.held.allocations == first.result.allocations
    assert session.held.lines == first.result.lines
    assert work(session, Inputs(), BY_ANA).result.posted == ()


def test_the_lines_of_an_invoice_add_up_to_it_in_every_part_payment(tmp_path):
    lines = [fee("INV-0001", "D-0001", n, dt.date(2026, 4, 1)) for n in (33_333, 33_333, 33_334)]
    path = tmp_path / "firm.xlsx"
    path.write_bytes(firm(lines))
    made = world("clean", 1, 50).lines[0]
    parts = (10_001, 20_002, 69_997)
    bank = [
        made._replace(booked=dt.date(2026, 5, n), amount=a, currency="EUR", payer="ACME WORKS",
                      text=f"INV-0001 part {n}", ref="", balance=None)
        for n, a in enumerate(parts, 1)
    ]  # fmt: skip
    step(path, bank)
    book = load_workbook(path)
    sheet = book["Review"]
    keys = {cell.value: cell.column for cell in sheet[3]}
    for row in range(5, sheet.max_row + 1):
        if sheet.cell(row, keys["bank_id"]).value:
            sheet.cell(row, keys["decision"]).value = "part"
    book.save(path)
    step(path)
    found = [row["Received"] or 0 for row in Shown(path).fees()["INV-0001"]]
    rows = Shown(path).rows("Allocations")
    assert all(row["amount"] > 0 for row in rows)
    assert sum(found) == pytest.approx(sum(row["amount"] for row in rows))
    assert all(x <= y for x, y in zip(found, (333.33, 333.33, 333.34), strict=True))
