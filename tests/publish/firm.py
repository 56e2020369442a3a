"""Small firms as workbooks: one like any other, and one that means harm."""

import datetime as dt
from typing import Any

from built import build
from sheetrecord.formats.template import TEMPLATES

ASOF = dt.date(2026, 6, 30)
D = dt.date
_LEARNED = {"learned_on": D(2026, 2, 20), "learned_by": "Anna Keller", "source_type": "call"}

Rows = dict[str, list[dict[str, Any]]]


def workbook(rows: Rows, **spec: Any) -> bytes:
    """Return a workbook that is judged on a fixed day."""
    small = {"rows": dict.fromkeys(rows, 1), "seeded_deals": 0, "asof": ASOF}
    return build(TEMPLATES["consultancy"]._replace(**small, **spec), rows)


def usual() -> Rows:
    """Return a firm with a deal in each part of the index."""
    stages = ("won", "won", "verbal", "lost", "parked", "proposal")
    deals = [
        {"deal_id": f"D-000{n}", "client": client, "deal_name": f"Project {n}", "stage": stage,
         "deal_owner": "Anna Keller", "value_net": 100_000_00, "currency": "EUR",
         "signed_on": D(2026, 3, 12) if stage == "won" else None,
         "contract_start": D(2026, 4, 1), "contract_end": D(2026, 9, 30), "ops_owner": "Milan"}
        for n, (client, stage) in enumerate(zip("ABCDEF", stages, strict=True), start=1)
    ]  # fmt: skip
    deals[0] |= {"client": "Nordlicht", "handover_state": "returned", "handover_on": D(2026, 6, 20),
                 "return_code": "deadline_unclear", "return_note": "Which board?"}  # fmt: skip
    one = {"deal_id": "D-0001"}
    deals[3] |= {"lost_reason": "price", "lost_to": "a freelancer", "note": "Ask again in May"}
    context = [
        {**one, "kind": "real_deadline", "answer": "Board", "date": D(2026, 9, 10),
         "driver": "Board meeting", "hardness": "hard", **_LEARNED},
        {**one, "kind": "why_us", "answer": "The prototype", "person": "Petra Vogt", **_LEARNED},
        {**one, "kind": "pressure", "answer": "The regulator", **_LEARNED},
        {**one, "kind": "pushback", "answer": "Hosting", "person": "Jens", "stance": "against"},
        {**one, "kind": "risk", "answer": "?", "chase_on": D(2026, 6, 1), "chase_by": "Anna"},
        {**one, "kind": "landmine", "answer": "The CEO's brother", "share": "internal"},
        {**one, "kind": "stakeholder", "person": "Petra Vogt", "role": "sponsor", "stance": "for",
         "influence": "high"},
    ]  # fmt: skip
    commitments = [
        {**one, "what": "Training for five users", "type": "promise", "form": "verbal",
         "said_by": "Anna Keller", "said_to": "Petra Vogt", "said_on": D(2026, 3, 3),
         "source_link": "call 3 March", "client_believes": "yes", "in_contract": "no",
         "disposition": "undecided", "effort_hours": 16.0},
        {**one, "what": "No old documents", "type": "exclusion", "said_by": "Anna Keller"},
    ]  # fmt: skip
    project = [
        {**one, "kind": "summary", "title": "Portal", "status": "at_risk", "status_reason": "Slow"},
        {**one, "kind": "milestone", "title": "Beta", "date_planned": D(2026, 6, 26),
         "date_baseline": D(2026, 6, 12), "status": "on_track"},
        {**one, "kind": "issue", "title": "No review date", "severity": "high", "status": "open"},
        {**one, "kind": "change", "title": "Second language", "status": "approved",
         "amount_net": 3_800_00, "days_impact": 4.0, "approved_on": D(2026, 5, 20)},
        {"deal_id": "D-0002", "kind": "summary", "title": "Done", "status": "done"},
    ]  # fmt: skip
    fees = [
        {**one, "description": "Deposit", "origin": "contract", "fee_type": "deposit",
         "net": 40_000_00, "currency": "EUR", "invoiced_on": D(2026, 3, 16), "terms_days": 30.0,
         "invoice_no": "2026-1", "received": 20_000_00},
        {**one, "description": "Rest", "origin": "contract", "fee_type": "milestone",
         "net": 60_000_00, "currency": "EUR", "planned_on": D(2026, 9, 30)},
    ]  # fmt: skip
    gaps = [
        {"deal_id": "D-0002", "what_was_missing": "Audit date", "prompt_or_field": "Real deadline",
         "where_it_was": "call", "why_not_transferred": "not_asked", "hours_lost": 12.0}
    ]  # fmt: skip
    return {"Deal": deals, "Context": context, "Commitments": commitments, "Project": project,
            "Fees": fees, "Gaps": gaps}  # fmt: skip


HOSTILE = {
    "script": "</script><script>document.title='pwned'</script>",
    "image": "<img src=x onerror=\"document.title='pwned'\">",
    "svg": "<svg onload=\"document.title='pwned'\"><style>*{display:none}</style>",
    "quote": "\" onmouseover=\"document.title='pwned'\" x='",
    "template": "{{ 7 * 7 }} {% raw %} ${document.title='pwned'} `",
    "formula": '=HYPERLINK("http://evil.example","click")',
    "command": "@SUM(1+1)*cmd|' /C calc'!A0",
    "minus": "-2+3+cmd|' /C calc'!A0",
    "javascript": "javascript:document.title='pwned'",
    "spaced javascript": " java\tscript:alert(1)",
    "data": "data:text/html,<script>document.title='pwned'</script>",
    "tricky address": "https://bank.example@evil.example/",
    "right to left": "invoice\u202egnp.exe\u2066 \u200f",
    "invisible": "pay\u200bpal\ufeff\u00ad\u2060",
    "emoji": "👩‍👩‍👧‍👦 🏳️‍🌈 𝕏 ﷽",
    "comment": "<!-- --> --!> ]]> <?xml?>",
    "line separators": "a\u2028b\u2029c",
    "long": "x" * 32_000 + " word" * 1_500,
}
"""What a cell can hold that means harm, or only looks odd."""


def hostile() -> Rows:
    """Return a firm in which every text cell means harm, each deal in another way."""
    from sheetrecord.schema.column import Kind
    from sheetrecord.schema.sheets import SHEETS

    texts = {Kind.TEXT, Kind.PROSE, Kind.PERSON, Kind.LINK}
    chosen: dict[str, dict[str, Any]] = {
        "Deal": {"stage": "won", "currency": "EUR", "value_net": 100, "handover_state": "returned",
                 "signed_on": D(2026, 5, 1), "contract_end": D(2026, 9, 1)},
        "Context": {"kind": "real_deadline", "date": D(2026, 7, 1), "hardness": "hard"},
        "Commitments": {"type": "promise", "due_on": D(2026, 7, 1)},
        "Project": {"kind": "issue", "status": "open", "date_planned": D(2026, 7, 1)},
        "Fees": {"net": 100, "currency": "EUR", "invoiced_on": D(2026, 5, 1)},
        "Gaps": {"where_it_was": "head"},
    }  # fmt: skip
    rows: Rows = {sheet: [] for sheet in SHEETS}
    for number, text in enumerate(HOSTILE.values(), start=1):
        for sheet, cells in chosen.items():
            row: dict[str, Any] = {"deal_id": f"D-{number:04}", **cells}
            for column in SHEETS[sheet].columns:
                if column.kind in texts and not column.formula and column.key not in row:
                    row[column.key] = text[:32_700]
            rows[sheet].append(row)
    for kind in ("stakeholder", "risk", "comms_preference"):
        row = {**rows["Context"][0], "kind": kind, "date": None}
        rows["Context"].append(row)
    return rows
