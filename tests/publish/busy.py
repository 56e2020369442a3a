"""A busy firm as a record in memory: live projects of five leads, and finished ones behind them."""

import datetime as dt
import random
from typing import Any

from sheetrecord.schema.packs import pack
from sheetrecord.schema.record import Record, Settings, blank, make_record
from sheetrecord.schema.sheets import SHEETS

D = dt.date
ASOF = D(2026, 6, 30)
LEADS = ("Jon Aas", "Ines Duarte", "Tom Reyes", "Lea Brandt", "Sam Okoro")
CLIENTS = ("Vesper Textiles", "Northgate Cycles", "Umber Ceramics", "Hollow Pharma", "Orchard Rail")
NAMES = ("Field app", "Salary bands", "Energy audit", "Claims portal", "Office move")
WHY = ("Audit visit", "Lease ends", "Trade fair", "Old system is switched off", "Board meets")


def _labels() -> dict[tuple[str, str], str]:
    """Return the English words of every list."""
    return {
        (enum, code): text
        for enum, words in pack("en").enums.items()
        for code, text in words.items()
    }


def busy(live: int, finished: int = 0, *, asof: dt.date = ASOF, changed: int = -1) -> Record:
    """Return a firm; the deal ``changed`` has another answer."""
    chance = random.Random(4)
    rows: dict[str, list[Any]] = {sheet: [] for sheet in SHEETS}

    def add(sheet: str, deal_id: str, **cells: Any) -> None:
        key = SHEETS[sheet].columns[0].key
        at = len(rows[sheet])
        told = {key: f"{SHEETS[sheet].prefix}-{at:07}", "deal_id": deal_id, **cells}
        rows[sheet].append(blank(SHEETS[sheet], at + 5, **told))

    for n in range(live + finished):
        deal_id, is_live = f"D-{n:04}", n < live
        signed = ASOF - dt.timedelta(
            days=chance.randint(20, 200) + (0 if is_live else 400 + n % 900)
        )
        end = ASOF + dt.timedelta(days=chance.randint(10, 160)) if is_live else signed
        add("Deal", deal_id, client=chance.choice(CLIENTS), stage="won",
            deal_name=chance.choice(NAMES), deal_owner="Mara", value_net=20_000_00, currency="EUR",
            signed_on=signed, contract_end=end, ops_owner=chance.choice(LEADS),
            handover_state="accepted", handover_on=signed)  # fmt: skip
        said = "Changed" if n == changed else "They need it then"
        add("Context", deal_id, kind="real_deadline", answer=said, driver=chance.choice(WHY),
            date=end - dt.timedelta(days=chance.randint(0, 30)), hardness="hard",
            state="answered")  # fmt: skip
        add("Commitments", deal_id, what="Training for five users", type="promise",
            said_by="Mara", client_believes="yes", in_contract="no", amount_net=900_00,
            due_on=ASOF + dt.timedelta(days=chance.randint(-5, 60)))  # fmt: skip
        status = chance.choice(("on_track", "at_risk", "off_track")) if is_live else "done"
        add("Project", deal_id, kind="summary", title="Work", status=status)
        add("Project", deal_id, kind="issue", title="Ask M. Tanaka who signs off the test",
            status="open" if is_live else "resolved", severity="medium",
            due_on=ASOF + dt.timedelta(days=chance.randint(-9, 40)))  # fmt: skip
        paid = 0 if is_live else 10_000_00
        add("Fees", deal_id, description="First half", net=10_000_00, currency="EUR",
            invoiced_on=signed, terms_days=30.0,
            received=paid or chance.choice((0, 10_000_00)))  # fmt: skip
        later = {"planned_on": end} if is_live else {"invoiced_on": signed, "received": 10_000_00}
        add("Fees", deal_id, description="Second half", net=10_000_00, currency="EUR", **later)
    return make_record(
        Settings(asof=asof, currency="EUR", hourly_rate=100.0, labels=_labels()), rows
    )
