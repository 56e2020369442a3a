"""Deals as Hypothesis draws them: any stage, any gaps, any amounts, half-done handovers."""

import datetime as dt
from typing import Any

from hypothesis import strategies as st

from promote.firm import Rows, ready, together
from sheetrecord.schema import ids

CURRENCIES = {"EUR": 2, "USD": 2, "JPY": 0, "KWD": 3, "CLF": 4}
DATES = st.dates(dt.date(2026, 1, 1), dt.date(2026, 12, 31))
WORDS = st.sampled_from(["", "none", "?", "n/a", "We asked them twice", "=1+1", "<b>", "Ärger"])


FLAWS = ("stage", "field", "answer", "mixed", "undecided", "gap")


@st.composite
def deals(draw: Any, deal_id: str = "D-0001") -> Rows:
    """Return a deal that is ready to close, or nearly: with none, one or two things wrong."""
    rows = ready(deal_id)
    deal = rows["Deal"][0]
    flaws = draw(st.sets(st.sampled_from(FLAWS), max_size=2)) if draw(st.booleans()) else set()
    deal["currency"] = draw(st.sampled_from(list(CURRENCIES)))
    deal["value_net"] = draw(st.integers(0, 10**9))
    deal["fee_model"] = draw(st.sampled_from(["fixed", "retainer", "time_materials"]))
    deal["stage"] = draw(st.sampled_from(["proposal", "verbal", "won"]))
    deal["handover_state"] = draw(st.sampled_from(["", "not_ready", "offered", "returned"]))
    deal["contract_end"] = draw(DATES)
    if "stage" in flaws:
        deal["stage"] = draw(st.sampled_from(["", "lost", "parked", "talking"]))
    if "field" in flaws:
        deal[draw(st.sampled_from(["ops_owner", "won_reason", "signed_on", "client"]))] = None
    if "mixed" in flaws:
        deal["fee_model"] = "mixed"
    if "answer" in flaws:
        draw(st.sampled_from(rows["Context"]))["answer"] = draw(WORDS)
    for row in rows["Commitments"]:
        row["disposition"] = draw(st.sampled_from(["undecided", "in_contract", "declined"]))
        row |= {"owner": "Tom", "due_on": draw(DATES)}
        row["project_ref"] = draw(st.sampled_from(["", "", "P-0001"]))
    if "undecided" in flaws:
        rows["Commitments"][1] |= {"disposition": "", "owner": ""}
    if draw(st.booleans()):
        _fees(draw, rows)
    if "gap" in flaws and rows["Fees"]:
        rows["Fees"][0]["net"] += 1
    return rows


def _fees(draw: Any, rows: Rows) -> None:
    deal = rows["Deal"][0]
    value = deal["value_net"]
    first = draw(st.integers(0, value))
    for i, net in enumerate((first, value - first)):
        rows["Fees"].append(
            {
                "fee_id": ids.make("F", int(deal["deal_id"][2:]) * 50 + i),
                "deal_id": deal["deal_id"],
                "phase": draw(st.sampled_from(["", "Design", "Build"])),
                "origin": "contract",
                "fee_type": "milestone",
                "trigger": draw(st.sampled_from(["on_signature", "on_milestone", "on_acceptance"])),
                "description": f"Line {i}",
                "net": net,
                "planned_on": draw(DATES),
                "ready": draw(st.booleans()),
                "invoice_no": draw(st.sampled_from(["", "R-1"])),
            }
        )


def two_deals() -> st.SearchStrategy[Rows]:
    """Return a firm of two deals, one of the same client before the other."""
    return st.builds(together, deals("D-0001"), deals("D-0002"))
