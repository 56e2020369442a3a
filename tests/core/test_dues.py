"""Fee lines, derived: a table of lines with what they come to, and faults that must change it."""

import datetime as dt
from collections.abc import Sequence
from types import ModuleType
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mutants import Mutant, mutated, survives
from sheetrecord.core import dues
from sheetrecord.schema.fees import Fees
from sheetrecord.schema.record import blank

ASOF = dt.date(2026, 3, 2)


def on(month: int, number: int) -> dt.date:
    return dt.date(2026, month, number)


SHARES: Sequence[tuple[int, float, int]] = [
    (0, 0.19, 0),
    (10000, 0.19, 1900),
    (50, 0.19, 10),  # 9.5: half a cent goes away from zero
    (-50, 0.19, -10),
    (49, 0.19, 9),  # 9.31
    (150, 0.03, 5),  # 4.5: to the even one it would be 4
    (-150, 0.03, -5),
    (250, 0.01, 3),  # 2.5
    (1005, 0.1, 101),  # 100.5, and 0.1 as a person reads it
    (100, 0.285, 29),  # 28.5: as a binary fraction 28.4999...
    (115, 0.1, 12),
    (3, -0.5, -2),
    (10000, 1.0, 10000),
    (33333, 0.07, 2333),
    (10**14 + 1, 0.5, 5 * 10**13 + 1),
]
"""An amount, a rate, and the share: minor units."""

Line = dict[str, Any]
LATE: Line = {"invoiced_on": on(1, 1), "terms_days": 30}  # due on 31 January: 30 days late
FRESH: Line = {"invoiced_on": on(2, 20), "terms_days": 30}  # due on 22 March
HELD: Line = {"retention_pct": 0.05}

LINES: Sequence[tuple[Line, tuple[Any, ...]]] = [
    # gross, due, held back, outstanding, days late, status, ageing
    ({}, (10000, None, 0, None, None, "planned", "")),
    ({"net": None}, (None, None, 0, None, None, "planned", "")),
    ({"net": None, "deal_id": ""}, (None, None, 0, None, None, "", "")),
    ({"deal_id": "", "net": None, "description": "x"}, (None, None, 0, None, None, "planned", "")),
    ({"ready": True}, (10000, None, 0, None, None, "ready", "")),
    ({"tax_rate": 0.19}, (11900, None, 0, None, None, "planned", "")),
    ({"net": 50, "tax_rate": 0.19}, (60, None, 0, None, None, "planned", "")),
    ({"net": -50, "tax_rate": 0.19}, (-60, None, 0, None, None, "planned", "")),
    ({"tax_rate": 0.19, "tax": 1899}, (11899, None, 0, None, None, "planned", "")),
    ({"tax_rate": 0.19, "tax": 0}, (10000, None, 0, None, None, "planned", "")),
    ({**FRESH, "net": None}, (None, on(3, 22), 0, None, None, "planned", "")),
    ({**FRESH, "void": True}, (10000, on(3, 22), 0, None, None, "cancelled", "")),
    # due dates
    (FRESH, (10000, on(3, 22), 0, 10000, 0, "invoiced", "not_due")),
    ({"invoiced_on": on(3, 2)}, (10000, on(3, 2), 0, 10000, 0, "invoiced", "not_due")),
    ({"invoiced_on": on(3, 1)}, (10000, on(3, 1), 0, 10000, 1, "overdue", "d1_30")),
    (
        {"invoiced_on": on(2, 1), "terms_days": 28.9},
        (10000, on(3, 1), 0, 10000, 1, "overdue", "d1_30"),
    ),
    (
        {"invoiced_on": on(3, 2), "terms_days": -0.5},
        (10000, on(3, 1), 0, 10000, 1, "overdue", "d1_30"),
    ),
    (
        {"invoiced_on": on(3, 2), "terms_days": 36501},
        (10000, None, 0, 10000, 0, "invoiced", "not_due"),
    ),
    (
        {"invoiced_on": on(3, 2), "terms_days": 36500},
        (10000, dt.date(2126, 2, 6), 0, 10000, 0, "invoiced", "not_due"),
    ),
    (LATE, (10000, on(1, 31), 0, 10000, 30, "overdue", "d1_30")),
    ({**LATE, "terms_days": 29}, (10000, on(1, 30), 0, 10000, 31, "overdue", "d31_60")),
    ({**LATE, "terms_days": 0}, (10000, on(1, 1), 0, 10000, 60, "overdue", "d31_60")),
    ({**LATE, "terms_days": -1}, (10000, dt.date(2025, 12, 31), 0, 10000, 61, "overdue", "d61_90")),
    ({**LATE, "terms_days": -30}, (10000, dt.date(2025, 12, 2), 0, 10000, 90, "overdue", "d61_90")),
    (
        {**LATE, "terms_days": -31},
        (10000, dt.date(2025, 12, 1), 0, 10000, 91, "overdue", "d90_plus"),
    ),
    # what came in
    ({**FRESH, "received": 4000}, (10000, on(3, 22), 0, 6000, 0, "part_paid", "not_due")),
    ({**FRESH, "credited": 4000}, (10000, on(3, 22), 0, 6000, 0, "part_paid", "not_due")),
    ({**FRESH, "settled_otherwise": 1}, (10000, on(3, 22), 0, 9999, 0, "part_paid", "not_due")),
    (
        {**FRESH, "received": 100, "credited": -100},
        (10000, on(3, 22), 0, 10000, 0, "invoiced", "not_due"),
    ),
    ({**LATE, "received": 9999}, (10000, on(1, 31), 0, 1, 30, "part_paid_overdue", "d1_30")),
    ({**LATE, "disputed": True}, (10000, on(1, 31), 0, 10000, 30, "disputed", "d1_30")),
    ({**LATE, "received": 10000}, (10000, on(1, 31), 0, 0, 0, "paid", "")),
    ({**LATE, "received": 10001}, (10000, on(1, 31), 0, -1, 0, "overpaid", "")),
    ({**FRESH, "credited": 10000}, (10000, on(3, 22), 0, 0, 0, "credited", "")),
    ({**FRESH, "settled_otherwise": 10000}, (10000, on(3, 22), 0, 0, 0, "written_off", "")),
    (
        {**FRESH, "received": 1, "credited": 9999},
        (10000, on(3, 22), 0, 0, 0, "paid", ""),
    ),
    ({**FRESH, "net": 0}, (0, on(3, 22), 0, 0, 0, "paid", "")),
    ({**FRESH, "net": -10000}, (-10000, on(3, 22), 0, -10000, 0, "invoiced", "")),
    ({**FRESH, "net": -10000, "credited": -10000}, (-10000, on(3, 22), 0, 0, 0, "credited", "")),
    # what is held back
    ({**FRESH, **HELD}, (10000, on(3, 22), 500, 9500, 0, "invoiced", "not_due")),
    (
        {**FRESH, **HELD, "net": 10, "received": 1},
        (10, on(3, 22), 1, 8, 0, "part_paid", "not_due"),
    ),
    ({**FRESH, **HELD, "received": 9500}, (10000, on(3, 22), 500, 0, 0, "retained", "")),
    ({**FRESH, **HELD, "received": 9700}, (10000, on(3, 22), 300, 0, 0, "retained", "")),
    ({**FRESH, **HELD, "received": 10000}, (10000, on(3, 22), 0, 0, 0, "paid", "")),
    ({**FRESH, **HELD, "received": 10100}, (10000, on(3, 22), 0, -100, 0, "overpaid", "")),
    ({**FRESH, "kept": 300, "received": 9000}, (10000, on(3, 22), 300, 700, 0, "part_paid", "not_due")),  # noqa: E501
    ({**FRESH, **HELD, "kept": 800, "received": 9200}, (10000, on(3, 22), 800, 0, 0, "retained", "")),  # noqa: E501
    ({**FRESH, **HELD, "net": -10000}, (-10000, on(3, 22), -500, -9500, 0, "invoiced", "")),
    (
        {**FRESH, "net": -10000, "kept": -700},
        (-10000, on(3, 22), -700, -9300, 0, "invoiced", ""),
    ),
    (
        {**LATE, **HELD, "retention_release_on": on(3, 3)},
        (10000, on(1, 31), 500, 9500, 30, "overdue", "d1_30"),
    ),
    (
        {**LATE, **HELD, "retention_release_on": on(3, 2)},
        (10000, on(1, 31), 0, 10000, 30, "overdue", "d1_30"),
    ),
    (
        {**LATE, **HELD, "retention_release_on": on(2, 27), "received": 9500},
        (10000, on(1, 31), 0, 500, 3, "part_paid_overdue", "d1_30"),
    ),
    (
        {**LATE, **HELD, "retention_release_on": on(2, 27), "received": 9499},
        (10000, on(1, 31), 0, 501, 30, "part_paid_overdue", "d1_30"),
    ),
    (
        {**LATE, **HELD, "retention_release_on": on(1, 5), "received": 9500},
        (10000, on(1, 31), 0, 500, 30, "part_paid_overdue", "d1_30"),
    ),
]  # fmt: skip
"""What is typed of a line, and what comes of it on 2 March 2026."""

SUMS: Sequence[tuple[list[Line], dict[str, list[int]], int, int]] = [
    # contract net, invoiced, received, outstanding by currency; contract lines; days late
    ([{}], {"EUR": [0, 0, 0, 0]}, 0, 0),
    ([{"origin": "contract"}], {"EUR": [10000, 0, 0, 0]}, 1, 0),
    ([{"origin": "contract", "void": True}], {"EUR": [0, 0, 0, 0]}, 1, 0),
    (
        [{**LATE, "origin": "contract", "tax_rate": 0.19, "received": 900}],
        {"EUR": [10000, 11900, 900, 11000]},
        1,
        30,
    ),
    ([{**FRESH, "void": True, "received": 5}], {"EUR": [0, 0, 5, 0]}, 0, 0),
    (
        [LATE, {**FRESH, "currency": "CHF"}],
        {"EUR": [0, 10000, 0, 10000], "CHF": [0, 10000, 0, 10000]},
        0,
        30,
    ),
    ([{**LATE, "net": None, "origin": "contract"}], {"EUR": [0, 0, 0, 0]}, 1, 0),
]
"""A deal's lines and what they add up to."""


def derived(module: ModuleType, lines: Sequence[Line]) -> tuple[list[Fees], dict[str, Any]]:
    rows = [blank(Fees, 5, **{"deal_id": "D-1", "net": 10000, **line}) for line in lines]
    found: tuple[list[Fees], dict[str, Any]] = module.derive_fees(rows, {"D-1": "EUR"}, ASOF)
    return found


def wrong(module: ModuleType) -> list[object]:
    """Return the examples that a module derives otherwise."""
    found: list[object] = [s for s in SHARES if module.part(s[0], s[1]) != s[2]]
    for line, expected in LINES:
        [row], _ = derived(module, [line])
        got = (row.gross, row.due_on, row.retained, row.outstanding)
        if (*got, row.days_overdue, row.pay_status, row.ageing) != expected:
            found.append((line, expected, (*got, row.days_overdue, row.pay_status, row.ageing)))
    for lines, sums, count, days in SUMS:
        _, billed = derived(module, lines)
        told = billed["D-1"]
        if (told.sums, told.contract_lines, told.days_late) != (sums, count, days):
            found.append((lines, told.sums, told.contract_lines, told.days_late))
    rows, _ = derived(module, [LATE, FRESH, {**LATE, "terms_days": 29}, {**LATE, "deal_id": ""}])
    if [row.oldest for row in rows] != [0, 0, 31, 0]:
        found.append([row.oldest for row in rows])
    return found


def test_fee_lines_come_to_what_the_table_says() -> None:
    assert wrong(dues) == []


MUTANTS: dict[str, Mutant] = {
    "half a cent is dropped": ("2 * abs(amount * top) + bottom)", "2 * abs(amount * top))"),
    "half a cent to the even one": (
        "whole = (2 * abs(amount * top) + bottom) // (2 * bottom)",
        "whole = round(abs(amount) * __import__('fractions').Fraction(abs(top), bottom))",
    ),
    "half a cent goes down": ("2 * abs(amount * top) + bottom)", "2 * abs(amount * top) + bottom - 1)"),  # noqa: E501
    "half a cent up, of a credit as well": (
        "return whole if amount * top >= 0 else -whole",
        "return (2 * amount * top + bottom) // (2 * bottom)",
    ),
    "a share has no sign": ("return whole if amount * top >= 0 else -whole", "return whole"),
    "a rate as the machine holds it": ("Decimal(repr(rate))", "Decimal(rate)"),
    "tax as printed does not count": ("row.tax if row.tax is not None else", "row.tax if False else"),  # noqa: E501
    "tax of nothing is none": ("row.tax if row.tax is not None else", "row.tax if row.tax else"),
    "tax is left out": ("gross = row.net + tax", "gross = row.net"),
    "terms are rounded up": ("math.floor(terms)", "math.ceil(terms)"),
    "terms are rounded to the next": ("math.floor(terms)", "round(terms)"),
    "terms are cut": ("math.floor(terms)", "int(terms)"),
    "terms are left out": ("row.terms_days or 0", "0"),
    "a month of terms when none are told": ("row.terms_days or 0", "row.terms_days or 30"),
    "a century of terms": ("<= _LONGEST_TERMS", "< _LONGEST_TERMS"),
    "terms without end": ("36_500", "36_501"),
    "late on the day it is due": ("max(0, (asof - late).days)", "max(0, (asof - late).days + 1)"),
    "late a day later": ("max(0, (asof - late).days)", "max(0, (asof - late).days - 1)"),
    "early counts": ("max(0, (asof - late).days)", "(asof - late).days"),
    "paid and late": ("if outstanding > 0 and late is not None", "if late is not None"),
    "received is left out": ("gross - (row.received or 0)", "gross"),
    "credited is left out": (" - (row.credited or 0)", ""),
    "settled otherwise is left out": (" - (row.settled_otherwise or 0)\n    held", "\n    held"),
    "held back and outstanding": ("outstanding = rest - retained", "outstanding = rest"),
    "released a day late": ("asof >= release", "asof > release"),
    "never released": ("retained = 0 if released else", "retained ="),
    "held back by contract alone": ("max(part(abs(gross), rate), kept", "max(part(abs(gross), rate), 0 * kept"),  # noqa: E501
    "held back as it was paid alone": ("max(part(abs(gross), rate),", "max(0,"),
    "a credit holds nothing back": ("sign = -1 if gross < 0 else 1", "sign = 1"),
    "more held back than is left": ("min(held, sign * rest)", "held"),
    "an overpayment is held back": ("sign * max(0, min(", "sign * (min("),
    "released, late since the invoice": ("late = max(due_on, row.retention_release_on or due_on)", "pass"),  # noqa: E501
    "released, all of it late since then": ("released and outstanding <= held", "released"),
    "released, one unit short": ("outstanding <= held", "outstanding < held"),
    "void lines are invoiced": ("if not row.void:\n            sums", "if True:\n            sums"),
    "void lines are owed": ("if gross is None or row.void:", "if gross is None:"),
    "every line is the contract's": ('row.origin == "contract"', "True"),
    "planned lines are invoiced": ("if row.invoiced_on is not None else 0", ""),
    "one currency for all": ('row.currency or currencies.get(row.deal_id, "")', 'currencies.get(row.deal_id, "")'),  # noqa: E501
    "day 30 is the second step": ("(days - 1) // 30", "days // 30"),
    "day 91 is the third step": ("days > 90", "days > 91"),
    "day 90 is the last step": ("days > 90", "days > 89"),
    "disputed after late": (
        'return "disputed" if row.disputed else _owed(row, due)',
        "return _owed(row, due)",
    ),
    "a credit is overpaid": ('"invoiced" if (due.gross or 0) < 0 else "overpaid"', '"overpaid"'),
    "retained is paid": ('return "retained" if due.retained else "paid"', 'return "paid"'),
    "credits are no part payment": (
        "(row.received or 0) + (row.credited or 0) + (row.settled_otherwise or 0) != 0",
        "bool(row.received)",
    ),
    "the oldest line, and the others": ("days == late", "True"),
    "a line of no deal is nobody's oldest": (
        "if row.deal_id in currencies else 0",
        "if row.deal_id else days",
    ),
}  # fmt: skip


@pytest.mark.parametrize("fault", MUTANTS)
def test_each_fault_changes_the_table(fault: str) -> None:
    assert not survives("sheetrecord.core.dues", MUTANTS[fault], wrong)


def test_a_module_made_anew_without_a_fault_passes() -> None:
    assert wrong(mutated(dues, ("class Billed", "class Billed"))) == []


@given(
    st.integers(-(10**9), 10**9),
    st.decimals(0, 1, places=4, allow_nan=False),
    st.integers(0, 10**9),
)
def test_a_line_and_its_parts_add_up(net: int, rate: Any, received: int) -> None:
    line = {**FRESH, "net": net, "tax_rate": float(rate), "received": received, **HELD}
    [row], _ = derived(dues, [line])
    assert row.gross == row.outstanding + row.retained + received
    assert dues.part(-net, float(rate)) == -dues.part(net, float(rate))
