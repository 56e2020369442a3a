"""A small firm without a single problem: what the messy cases start from."""

import datetime as dt
import io
import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from built import build
from sheetrecord.app.validate import Checked, validate
from sheetrecord.formats.template import TEMPLATES
from sheetrecord.schema.names import PREFIX

ASOF = dt.date(2026, 6, 30)
CLIENT, NAME = "Acme Works", "Rollout"


def day(month: int, number: int) -> dt.date:
    return dt.date(2026, month, number)


def fact(kind: str, answer: str, **more: Any) -> dict[str, Any]:
    learned = {"learned_on": day(4, 2), "learned_by": "Ana Ruiz", "confidence": "said"}
    confirmed = {"confirmed_on": day(5, 8), "confirmed_by": "Ben Okafor"}
    return {"deal_id": "D-0001", "kind": kind, "answer": answer, **learned, **confirmed, **more}


ROWS: dict[str, list[dict[str, Any]]] = {
    "Deal": [
        {
            "deal_id": "D-0001",
            "client": CLIENT,
            "deal_name": NAME,
            "stage": "won",
            "deal_owner": "Ana Ruiz",
            "value_net": 2_800_000,
            "currency": "EUR",
            "fee_model": "fixed",
            "hours_sold": 260,
            "expected_close": day(5, 4),
            "next_step": "Kickoff with the board",
            "next_step_on": day(7, 6),
            "proposal_link": "https://files.example/proposal.pdf",
            "contract_link": "https://files.example/contract.pdf",
            "signed_on": day(5, 4),
            "contract_start": day(5, 11),
            "contract_end": day(10, 30),
            "won_reason": "They trust our people to finish before the audit.",
            "ops_owner": "Ben Okafor",
            "handover_state": "accepted",
            "handover_on": day(5, 5),
        }
    ],
    "Context": [
        fact("why_now", "The old system loses its support in December."),
        fact("success_formal", "All four sites book their orders in the new system."),
        fact(
            "real_deadline",
            "The board wants to see the first site working.",
            date=day(10, 30),
            driver="Board meeting",
            hardness="hard",
        ),
        fact("alternative", "They nearly stayed with the old vendor's upgrade."),
        fact("why_us", "Our team ran the same rollout for their neighbour.", person="Carla Diaz"),
        fact("pressure", "The head of IT promised the date to the owners.", person="Carla Diaz"),
        fact("success_personal", "Carla wants to lead the next programme.", person="Carla Diaz"),
        fact("pushback", "The warehouse lead dislikes new screens.", person="Dan Weber"),
        fact("decision_process", "Carla decides and the owners sign above 50,000."),
        fact("budget_sensitivity", "They were nervous about travel costs."),
        fact("landmine", "Do not mention the failed project of 2023."),
        fact("constraints", "No changes during the stock count in July."),
        fact("risk", "Their master data may need more cleaning than planned."),
        fact("comms_preference", "Short calls on Monday, everything else by mail."),
        fact(
            "stakeholder",
            "",
            person="Carla Diaz",
            role="decision_maker",
            stance="for",
            influence="high",
        ),
        fact(
            "stakeholder",
            "",
            person="Eva Lind",
            role="daily_contact",
            stance="for",
            influence="medium",
        ),
        fact("our_people", "They expect Ben on two days a week."),
        fact("invoicing", "Bill Acme Holding, order 4711; the owners pay."),
    ],
    "Commitments": [
        {
            "deal_id": "D-0001",
            "what": "Two training days for the warehouse team",
            "type": "promise",
            "form": "verbal",
            "said_by": "Ana Ruiz",
            "said_to": "Carla Diaz",
            "said_on": day(4, 20),
            "source_link": "call 20 April",
            "client_believes": "yes",
            "in_contract": "yes",
            "clause": "4.2",
            "disposition": "in_contract",
            "owner": "Ben Okafor",
            "due_on": day(9, 15),
        }
    ],
    "Project": [
        {
            "deal_id": "D-0001",
            "phase": "1",
            "kind": "summary",
            "title": "Acme rollout",
            "owner": "Ben Okafor",
            "status": "on_track",
            "date_planned": day(10, 30),
            "date_baseline": day(10, 30),
        },
        {
            "deal_id": "D-0001",
            "phase": "1",
            "kind": "update",
            "title": "The first site books its orders",
            "owner": "Ben Okafor",
            "status": "on_track",
            "date_actual": day(6, 24),
        },
    ],
    "Fees": [
        {
            "deal_id": "D-0001",
            "origin": "contract",
            "fee_type": kind,
            "trigger": trigger,
            "description": text,
            "net": net,
            "tax_rate": 0.19,
            "planned_on": planned,
        }
        for kind, trigger, text, net, planned in (
            ("deposit", "on_date", "Deposit", 840_000, day(8, 3)),
            ("fixed_date", "on_date", "Second half", 1_960_000, day(10, 30)),
        )
    ],
}


READY = {"Deal": 3, "Context": 4, "Commitments": 4, "Project": 4, "Fees": 4, "Gaps": 2}
"""Few ready-made rows, so that a test takes no longer than it must."""


def workbook(rows: dict[str, list[dict[str, Any]]] | None = None) -> bytes:
    """Return the firm's workbook, or one of other rows."""
    spec = TEMPLATES["consultancy"]._replace(asof=ASOF, rows=READY, seeded_deals=1)
    return build(spec, ROWS if rows is None else rows)


def check(path: Path) -> Checked:
    return validate(str(path), today=ASOF)


def found(checked: Checked, *, notes: bool = True) -> list[tuple[str, str]]:
    """Return (address, code) of every problem."""
    least = 1 if notes else 2
    return [(p.where.address, p.code) for p in checked.report.problems if p.severity >= least]


def edited(data: bytes, change: Callable[[Any], None]) -> bytes:
    """Open a workbook as another program would, change it, and save it."""
    from openpyxl import load_workbook

    book = load_workbook(io.BytesIO(data))
    change(book)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def shift_names(book: Any, sheet: str, moved: dict[int, int]) -> None:
    """Let defined names and formulas follow their columns, as every spreadsheet program does."""
    from openpyxl.utils import column_index_from_string, get_column_letter

    def follow(match: re.Match[str]) -> str:
        number = column_index_from_string(match[1])
        return f"${get_column_letter(moved.get(number, number))}"

    for name, defined in book.defined_names.items():
        if name.startswith(f"{PREFIX}{sheet}_"):
            defined.attr_text = re.sub(r"\$([A-Z]+)(?=\$)", follow, defined.attr_text)
    for each in book:
        own = r"(?<![A-Za-z!:$])\$([A-Z]+)(?=\d)" if each.title == sheet else None
        for cell in formulas(each):
            text = cell.value
            if own:
                text = re.sub(own, follow, text)
            cell.value = re.sub(
                rf"{sheet}!\$([A-Z]+):\$[A-Z]+", lambda m: _both(follow, sheet, m), text
            )


def _both(follow: Callable[[Any], str], sheet: str, match: re.Match[str]) -> str:
    return f"{sheet}!{follow(match)}:{follow(match)}"


def formulas(sheet: Any) -> Iterator[Any]:
    """Yield the cells of a sheet that hold a formula."""
    for row in sheet.iter_rows():
        for cell in row:
            if isinstance(cell.value, str) and cell.value.startswith("="):
                yield cell


def filled_down(value: Any, row: int, to: int) -> Any:
    """Return what a cell becomes when a program copies it to another row."""
    if isinstance(value, str) and value.startswith("="):
        return re.sub(rf"(?<![A-Za-z!:])(\$[A-Z]+){row}(?!\d)", rf"\g<1>{to}", value)
    return value
