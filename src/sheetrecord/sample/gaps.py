"""What is missing in the sample firm, and what waits to be closed; and the lessons."""

import datetime as dt
import random
from collections.abc import Iterator
from typing import Final

from sheetrecord.sample.sale import Cells
from sheetrecord.sample.sentences import GAPS
from sheetrecord.sample.voice import Voice

_DEADLINE_CELLS: Final = ("answer", "date", "driver", "hardness", "person", "learned_on")

Rows = dict[str, list[Cells]]


def plant(rows: Rows, asof: dt.date) -> None:
    """Leave out a handful of things in the newest deals; let one wait for its close."""
    won = [row["deal_id"] for row in rows["Deal"] if row["stage"] == "won"][::-1]
    verbal = [row["deal_id"] for row in rows["Deal"] if row["stage"] == "verbal"][::-1]
    _never_asked(rows, verbal[0])
    _undecided(rows, won[0])
    _sum_off(rows, won[1])
    _no_invoice_number(rows, won)
    _declined_in_silence(rows, won)
    _placeholder(rows, won[2])
    _just_signed(rows, verbal[1], asof)


def _of(rows: Rows, sheet: str, deal: str, **cells: object) -> Iterator[Cells]:
    """Yield the rows of a deal that hold some values."""
    for row in rows[sheet]:
        if row["deal_id"] == deal and all(row.get(k) == v for k, v in cells.items()):
            yield row


def _never_asked(rows: Rows, deal: str) -> None:
    """Nobody asked for the date that really matters, in a deal that is as good as won."""
    for row in _of(rows, "Context", deal, kind="real_deadline"):
        for key in (*_DEADLINE_CELLS, "source_type", "source_link", "learned_by", "confidence"):
            row.pop(key, None)


def _undecided(rows: Rows, deal: str) -> None:
    """Nobody decided about a promise that the client counts on."""
    for row in _of(rows, "Commitments", deal, in_contract="no"):
        row |= {"disposition": "undecided", "client_believes": "yes", "form": "verbal"}
        for key in ("owner", "due_on", "decided_by", "decided_on", "told_client_on"):
            row.pop(key, None)
        for key in ("progress", "done_on", "evidence"):
            row.pop(key, None)
        return


def _sum_off(rows: Rows, deal: str) -> None:
    """The agreed amount was raised, the fee lines were not."""
    for row in _of(rows, "Deal", deal):
        row["value_net"] += 50_000


def _no_invoice_number(rows: Rows, deals: list[str]) -> None:
    """An invoice went out, and its number was never written down."""
    for deal in deals[2:]:
        for row in _of(rows, "Fees", deal):
            if row.get("invoice_no") and not row.get("received"):
                del row["invoice_no"]
                return


def _declined_in_silence(rows: Rows, deals: list[str]) -> None:
    """We decided against something and told nobody."""
    for deal in deals[1:]:
        for row in _of(rows, "Commitments", deal, disposition="declined"):
            row["client_believes"] = "yes"
            row.pop("told_client_on", None)
            return


def _placeholder(rows: Rows, deal: str) -> None:
    """Somebody filled a cell to get past the question."""
    for row in _of(rows, "Context", deal, kind="why_us"):
        row["answer"] = "tbd"


def _just_signed(rows: Rows, deal: str, asof: dt.date) -> None:
    """The contract came back today and everything is known: the deal is ready to close."""
    dates = [row["date"] for row in _of(rows, "Context", deal, kind="real_deadline")]
    for row in _of(rows, "Deal", deal):
        row |= {
            "contract_link": f"contracts/{deal}.pdf",
            "signed_on": asof,
            "contract_start": asof + dt.timedelta(days=6),
            "contract_end": max([*dates, asof + dt.timedelta(days=90)]),
            "won_reason": "They trust us with it, and said so in the last call.",
            "ready_to_close": True,
        }


def lessons(rng: random.Random, rows: Rows) -> Iterator[Cells]:
    """Yield what the firm wrote down after projects that began badly."""
    won = [row for row in rows["Deal"] if row["stage"] == "won"]
    for deal, (text, field, where, why) in zip(won, GAPS, strict=False):
        voice = Voice(rng, deal["client"], deal["deal_name"].lower())
        yield {
            "deal_id": deal["deal_id"],
            "what_was_missing": voice.say(text),
            "prompt_or_field": field,
            "where_it_was": where,
            "why_not_transferred": why,
            "found_on": deal["contract_start"] + dt.timedelta(days=voice.days(10, 30)),
            "found_how": voice.pick(("The client asked for it.", "In the weekly meeting.")),
            "hours_lost": float(voice.days(2, 30)),
        }
