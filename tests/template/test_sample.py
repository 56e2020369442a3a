"""The sample firm: the same from the same seed, of a realistic size, with a handful of gaps."""

import datetime as dt
from collections import Counter
from pathlib import Path

import pytest

from sheetrecord.app.validate import validate
from sheetrecord.formats.template import TEMPLATES, build
from sheetrecord.model.problem import Severity
from sheetrecord.sample import sample_firm
from sheetrecord.schema.sheets import SHEETS

ASOF = dt.date(2026, 6, 15)


def test_the_same_seed_gives_the_same_firm_and_another_another() -> None:
    spec = TEMPLATES["agency"]
    one = sample_firm(spec, asof=ASOF, seed=1)
    assert one == sample_firm(spec, asof=ASOF, seed=1)
    assert one != sample_firm(spec, asof=ASOF, seed=2)


def test_five_years_have_the_size_of_a_small_firm() -> None:
    rows = sample_firm(TEMPLATES["consultancy"], asof=ASOF, years=5)
    stages = Counter(row["stage"] for row in rows["Deal"])
    assert stages["won"] == 70
    assert stages["lost"] == 110
    assert stages["parked"] == 30
    assert sum(stages[stage] for stage in ("talking", "proposal", "verbal")) == 10
    assert 900 <= len(rows["Context"]) <= 1600
    assert 400 <= len(rows["Commitments"]) <= 600
    assert 320 <= len(rows["Fees"]) <= 380


@pytest.mark.parametrize("seed", range(12))
def test_rows_hold_only_declared_columns_and_nothing_from_the_future(seed: int) -> None:
    rows = sample_firm(TEMPLATES["integrator"], asof=ASOF, years=2, seed=seed)
    past = ("signed_on", "learned_on", "said_on", "invoiced_on", "last_receipt_on", "done_on")
    for key, found in rows.items():
        for row in found:
            assert set(row) <= set(SHEETS[key].by_key)
            assert all(row[name] <= ASOF for name in past if row.get(name))


@pytest.mark.parametrize("name", ["consultancy", "architect", "integrator"])
def test_a_check_finds_the_planted_gaps_and_little_else(name: str, tmp_path: Path) -> None:
    spec = TEMPLATES[name]._replace(asof=ASOF)
    book = tmp_path / "firm.xlsx"
    book.write_bytes(build(spec, sample_firm(spec, asof=ASOF)))
    problems = validate(str(book), today=ASOF).report.problems
    errors = Counter(p.code for p in problems if p.severity is Severity.ERROR)
    assert {"FEE-001", "COM-002", "CTX-900"} <= set(errors)
    assert sum(errors.values()) <= 8
    assert "COM-003" in {p.code for p in problems}
    assert "CTX-001" in {p.code for p in problems}
    assert not [p for p in problems if p.code.startswith(("TYPE", "HEAD", "ROW", "LINK", "FILE"))]
