"""What Fees itself tells finance: what to invoice, what came too early, what is agreed."""

import datetime as dt

import pytest

from sheetrecord.core.derive import derive
from sheetrecord.core.reconcile.controls.findings import due_findings
from sheetrecord.core.reconcile.facts import Allocation, AllocationKind
from sheetrecord.core.reconcile.input.fee_sheet import fee_side
from sheetrecord.core.reconcile.ledger.invoice_status import standings
from sheetrecord.schema.deal import Deal
from sheetrecord.schema.fees import Fees
from sheetrecord.schema.project import Project
from sheetrecord.schema.record import Settings, blank, make_record

ASOF = dt.date(2026, 6, 30)
DEAL = {"deal_id": "D-0001", "client": "Acme", "stage": "won", "currency": "EUR"}
FEE = {"deal_id": "D-0001", "fee_id": "F-1", "description": "Pilot", "net": 100_000}
ISSUED = {"invoice_no": "INV-1", "invoiced_on": dt.date(2026, 5, 1), "terms_days": 30}


def side(*rows, **deal):
    sheets = {"Deal": [blank(Deal, 2, **DEAL, **deal)]}
    for row in rows:
        sheets.setdefault(row.sheet, []).append(row)
    return fee_side(derive(make_record(Settings(asof=ASOF), sheets)), frozenset())


def fee(**cells):
    return blank(Fees, 5, **{**FEE, **cells})


def step(**cells):
    return blank(Project, 5, **{"deal_id": "D-0001", "row_id": "P-1", "title": "Go live", **cells})


WAITING = [
    ("ready", {"ready": True}, "F-1 Pilot: 1,000.00 EUR can be invoiced.", 0),
    (
        "ready for a while",
        {"ready": True, "planned_on": dt.date(2026, 6, 20)},
        "F-1 Pilot: 1,000.00 EUR can be invoiced since 2026-06-20.",
        10,
    ),
    (
        "planned and late",
        {"planned_on": dt.date(2026, 6, 29)},
        "F-1 Pilot: 1,000.00 EUR was to be invoiced on 2026-06-29.",
        1,
    ),
]


@pytest.mark.parametrize(
    ("cells", "say", "days"), [w[1:] for w in WAITING], ids=[w[0] for w in WAITING]
)
def test_what_should_be_invoiced_by_now_is_said(cells, say, days):
    (found,) = side(fee(**cells)).findings
    assert (found.kind, found.say, found.days) == ("due-not-invoiced", say, days)


@pytest.mark.parametrize(
    "cells",
    [{}, {"planned_on": ASOF}, {"ready": True, "void": True}, {"ready": True, **ISSUED}],
    ids=["not ready", "planned for today", "void", "invoiced"],
)
def test_what_need_not_be_invoiced_is_not(cells):
    assert side(fee(**cells)).findings == ()


EARLY = [
    ("on_acceptance", {}, "is not accepted yet"),
    ("on_acceptance", {"accepted_on": dt.date(2026, 5, 9)}, "was accepted only on 2026-05-09"),
    ("on_milestone", {"date_actual": dt.date(2026, 6, 1)}, "was reached only on 2026-06-01"),
    ("on_acceptance", {"accepted_on": dt.date(2026, 5, 1)}, ""),
    ("on_milestone", {"date_actual": dt.date(2026, 4, 1)}, ""),
    ("on_signature", {}, ""),
]


@pytest.mark.parametrize(
    ("trigger", "cells", "say"),
    EARLY,
    ids=["never accepted", "accepted after", "reached after", "in time", "reached", "no step"],
)
def test_what_was_invoiced_before_it_was_earned_is_said(trigger, cells, say):
    row = fee(**ISSUED, trigger=trigger, milestone_ref="P-1")
    found = side(row, step(kind="milestone", **cells)).findings
    assert [f.kind for f in found] == (["invoiced-before-trigger"] if say else [])
    assert all(say in f.say for f in found)


def test_approved_changes_count_as_agreed_and_others_do_not():
    rows = [
        step(kind="change", status=status, amount_net=amount)
        for status, amount in (("approved", 3000), ("invoiced", -500), ("sent", 9999))
    ]
    assert side(*rows, value_net=100_000).deals == {"D-0001": (102_500, "EUR")}


@pytest.mark.parametrize(
    ("received", "kinds"),
    [(95_000, ["retention-due"]), (0, ["overdue"]), (100_000, [])],
    ids=["all but what was held back", "nothing", "everything"],
)
def test_only_what_was_held_back_is_called_a_retention_that_is_due(received, kinds):
    row = fee(**ISSUED, retention_pct=0.05, retention_release_on=dt.date(2026, 6, 15))
    found = side(row)
    paid = Allocation("A", "", "INV-1", received, "EUR", AllocationKind.CASH, ASOF, fee_id="F-1")
    now = standings(found.invoices, [paid] if received else [], ASOF, found.lines)
    assert [f.kind for f in due_findings(found.by_key, now, ASOF)] == kinds
