"""Fee templates: which one serves, when its lines are planned, and that every cent is placed."""

import datetime as dt
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from promote.firm import ready, workbook
from promote.memory import TEMPLATES, template
from sheetrecord.core.handover.fee_templates import Clock, choose, lines_of, refit
from sheetrecord.formats.xlsx import book_of
from sheetrecord.schema.fee_templates import FeeTemplate, read_templates
from sheetrecord.schema.fees import Fees
from sheetrecord.schema.read.lexicon import read_lexicon
from sheetrecord.schema.record import blank
from sheetrecord.xlsx import open_workbook

DAY = dt.date
CLOCK = Clock(DAY(2026, 3, 2), DAY(2026, 3, 9), DAY(2026, 6, 16), DAY(2026, 6, 30))
ARCHITECT = template(
    "architect",
    ("deposit", "on_signature", "0.10"),
    *(("milestone", "on_milestone", share) for share in ("0.15", "0.15", "0.40", "0.05")),
    ("progress", "monthly", "0.15"),
)
HALVES = template("halves", ("deposit", "on_signature", "0.5"), ("fixed_date", "on_date", "0.5"))


@pytest.mark.parametrize(
    ("found", "value", "nets"),
    [
        (TEMPLATES[0], 10_000, [3_000, 4_000, 3_000]),
        (TEMPLATES[0], 100, [30, 40, 30]),
        (TEMPLATES[0], 101, [30, 41, 30]),
        (TEMPLATES[0], 1, [0, 1, 0]),
        (HALVES, 99, [50, 49]),
        (ARCHITECT, 333_333, [33_333, 50_000, 50_000, 133_333, 16_667, 50_000]),
        (TEMPLATES[2], 5_000, [None]),
    ],
    ids=["round", "cents", "a cent left", "one cent", "halves", "phases in percent", "hours"],
)
def test_the_lines_add_up_by_largest_remainder(
    found: FeeTemplate, value: int, nets: list[int | None]
) -> None:
    lines = [cells["net"] for _, cells in lines_of(found, value, CLOCK)]
    assert lines == nets
    assert nets == [None] or sum(lines) == value


@given(st.integers(0, 10**12), st.lists(st.integers(1, 100), min_size=1, max_size=20))
def test_any_shares_of_any_amount_add_up(value: int, parts: list[int]) -> None:
    total = sum(parts)
    shares = [str(Decimal(part) / total) for part in parts]
    found = template("any", *(("milestone", "on_milestone", share) for share in shares))
    assert sum(cells["net"] for _, cells in lines_of(found, value, CLOCK)) == value


@pytest.mark.parametrize(
    ("end", "months"),
    [
        (DAY(2026, 4, 8), ["2026-03"]),
        (DAY(2026, 4, 9), ["2026-03", "2026-04"]),
        (DAY(2026, 8, 31), ["2026-03", "2026-04", "2026-05", "2026-06", "2026-07", "2026-08"]),
    ],
    ids=["a month less a day", "a month and a day", "six months"],
)
def test_a_retainer_has_a_line_for_each_month_of_the_contract(
    end: dt.date, months: list[str]
) -> None:
    clock = CLOCK._replace(contract_end=end)
    lines = [cells for _, cells in lines_of(TEMPLATES[1], 100_000, clock)]
    assert [cells["period"] for cells in lines] == months
    assert sum(cells["net"] for cells in lines) == 100_000


def test_lines_are_planned_by_signature_milestones_and_the_target() -> None:
    planned = [cells["planned_on"] for _, cells in lines_of(TEMPLATES[0], 100, CLOCK)]
    assert planned == [DAY(2026, 3, 2), DAY(2026, 4, 27), DAY(2026, 6, 16)]


@pytest.mark.parametrize(
    ("named", "model", "name"),
    [
        ("", "fixed", "30_40_30"),
        ("", "retainer", "retainer"),
        ("", "time_materials", "hours"),
        ("", "mixed", None),
        ("HOURS", "mixed", "hours"),
        ("nothing", "fixed", None),
    ],
)
def test_the_firms_first_template_for_the_model_serves_unless_one_is_named(
    named: str, model: str, name: str | None
) -> None:
    found = choose(TEMPLATES, named, model)
    assert (found.name if found else None) == name


@pytest.mark.parametrize(
    ("shares", "sums_up"),
    [(["0.3", "0.7"], True), (["0.083333"] * 12, True), (["0.3", "0.6"], False), (["1.1"], False)],
)
def test_shares_must_make_the_whole(shares: list[str], *, sums_up: bool) -> None:
    found = template("any", *(("milestone", "on_milestone", share) for share in shares))
    assert found.sums_up == sums_up


def test_the_templates_that_ship_are_read_from_settings_and_add_up() -> None:
    book = book_of(open_workbook(workbook(ready())), "firm.xlsx")
    found = read_templates(book, read_lexicon(book, "en"))
    assert {t.name: t.model for t in found} == {
        "fixed_30_40_30": "fixed",
        "fixed_50_50": "fixed",
        "monthly_retainer": "retainer",
        "architect_phases": "fixed",
        "fixed_and_hours": "mixed",
        "success_fee": "success",
        "time_materials": "time_materials",
    }
    assert all(t.sums_up for t in found)


def _fee(net: int, **cells: object) -> Fees:
    row: Fees = blank(Fees, origin="contract", net=net, **cells)
    return row


@pytest.mark.parametrize(
    ("fees", "value", "nets"),
    [
        ([_fee(300), _fee(400), _fee(300)], 2_001, [600, 801, 600]),
        ([_fee(300, invoice_no="R-1"), _fee(400), _fee(300)], 900, [343, 257]),
        ([_fee(500), _fee(-50)], 900, [950]),
        ([_fee(500, void=True), _fee(500)], 900, [900]),
        ([_fee(500, invoice_no="R-1")], 900, []),
        ([_fee(500, invoice_no="R-1"), _fee(100)], 400, []),
    ],
    ids=["all open", "one invoiced", "a discount stays", "a void line", "all invoiced", "too low"],
)
def test_a_changed_amount_is_spread_over_the_open_lines(
    fees: list[Fees], value: int, nets: list[int]
) -> None:
    changed = refit(fees, value)
    assert [net for _, net in changed] == nets
    if changed:
        rest = [row for row in fees if row not in [fee for fee, _ in changed] and not row.void]
        assert sum(nets) + sum(row.net or 0 for row in rest) == value
