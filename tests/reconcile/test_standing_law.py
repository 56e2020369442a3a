"""What the engine says of an invoice is what the formulas of Fees come to, in every state."""

import datetime as dt

from hypothesis import given
from hypothesis import strategies as st

from effort import examples
from sheetrecord.core.dues import derive_fees
from sheetrecord.core.reconcile.controls.measures import ageing
from sheetrecord.core.reconcile.facts import Allocation, AllocationKind, FeeLine, Invoice
from sheetrecord.core.reconcile.ledger.invoice_status import standings
from sheetrecord.schema.fees import Fees
from sheetrecord.schema.record import blank

ISSUED = dt.date(2026, 1, 1)
TERMS = 30
AMOUNTS = st.sampled_from([0, 1, 2500, 5000, 9500, 10000, 10001])
OTHERWISE = (
    AllocationKind.BANK_FEE,
    AllocationKind.WHT,
    AllocationKind.DISCOUNT,
    AllocationKind.WRITE_OFF,
    AllocationKind.FX_DIFFERENCE,
)


@st.composite
def states(draw):
    """An invoice or credit note, what settled it, what may be kept, and the day it is judged."""
    sign = draw(st.sampled_from([1, -1]))
    gross = sign * 10000
    moves = {
        draw(st.sampled_from([AllocationKind.CASH, AllocationKind.OVERPAYMENT_HELD])): draw(
            AMOUNTS
        ),
        AllocationKind.CREDIT: draw(AMOUNTS),
        draw(st.sampled_from(OTHERWISE)): draw(AMOUNTS),
        AllocationKind.RETENTION: draw(st.sampled_from([0, 500])),
    }
    rate = draw(st.sampled_from([0.0, 0.05]))
    release = draw(st.none() | st.sampled_from([dt.date(2026, 2, 15), dt.date(2027, 1, 1)]))
    day = ISSUED + dt.timedelta(days=draw(st.sampled_from([0, 30, 31, 45, 46, 60, 200, 400])))
    flags = draw(st.sampled_from([(False, False), (True, False), (False, True)]))
    return gross, {k: sign * v for k, v in moves.items()}, (rate, release), day, flags


@examples(300)
@given(states())
def test_the_engine_and_the_formulas_of_fees_agree(state):
    gross, moves, (rate, release), day, (void, disputed) = state
    due = ISSUED + dt.timedelta(days=TERMS)
    invoice = Invoice("I", "C", ISSUED, due, gross, "EUR", disputed=disputed, void=void)
    held = round(abs(gross) * rate)
    line = FeeLine(
        "F", "I", gross, "EUR", disputed=disputed, void=void, retention=held,
        retention_release=release,
    )  # fmt: skip
    rows = [
        Allocation(kind.value, "B", "I", amount, "EUR", kind, ISSUED, amount, fee_id="F")
        for kind, amount in moves.items()
        if amount
    ]
    now = standings([invoice], rows, day, {"I": [line]})["I"]
    sums = [sum(a.amount for a in rows if a.kind in kinds) for kinds in (
        (AllocationKind.CASH, AllocationKind.OVERPAYMENT_HELD), (AllocationKind.CREDIT,),
        OTHERWISE, (AllocationKind.RETENTION,),
    )]  # fmt: skip
    received, credited, otherwise, kept = sums
    fee = blank(
        Fees, 5,
        fee_id="F", deal_id="D", description="x", net=gross, tax=0, invoice_no="I",
        invoiced_on=ISSUED, terms_days=TERMS, void=void, disputed=disputed, received=received,
        credited=credited, settled_otherwise=otherwise, kept=kept, retention_pct=rate,
        retention_release_on=release,
    )  # fmt: skip
    (said,), _ = derive_fees([fee], {"D": "EUR"}, day)
    assert now.pay_status == said.pay_status
    assert (now.retained, now.days_overdue) == (said.retained, said.days_overdue or 0)
    # What came for an invoice that is void now is owed back; its row shows nothing outstanding.
    owed = -received - credited - otherwise if void else said.outstanding
    assert now.outstanding == owed
    table = ageing([now], {"I": "C"}, {})
    assert sum(table.get(("C", "EUR"), {}).values()) == now.outstanding + now.retained
