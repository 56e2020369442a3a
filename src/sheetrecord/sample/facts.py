"""The Context rows of a sample deal: answers and people, as far as the sale has come."""

import datetime as dt
from collections.abc import Iterator
from typing import Final

from sheetrecord.sample.sale import Cells, Sale, Terms
from sheetrecord.sample.sentences import ANSWERS

_TOLD: Final = (
    *("real_deadline", "alternative", "why_us", "pressure", "success_personal", "success_formal"),
    *("pushback", "why_now", "constraints", "risk", "decision_process", "budget_sensitivity"),
    *("landmine", "comms_preference"),
)
"""What people of this firm write down of every deal, in the order in which they hear it."""

_ASKED: Final = {"talking": 0.1, "proposal": 0.45, "verbal": 1.0, "won": 1.0, "lost": 0.1}
_WITH_PERSON: Final = {"pushback", "why_us", "pressure", "success_personal"}
_MAY_LACK: Final = {"decision_process", "budget_sensitivity", "landmine", "comms_preference"}
_WAITS: Final = {"talking", "proposal", "verbal"}
_PRIVATE: Final = {"landmine"}
_ROLES: Final = ("decision_maker", "daily_contact", "technical", "procurement")


def context_rows(sale: Sale, deal: Cells, terms: Terms) -> Iterator[Cells]:
    """Yield the questions of a deal with their answers, then its people."""
    if sale.stage == "parked" or (sale.stage == "lost" and sale.voice.chance(0.85)):
        return
    talkative = sale.voice.chance(0.8)
    for kind in _TOLD:
        if sale.voice.chance(_ASKED.get(sale.stage, 0.0)) and (talkative or kind not in _MAY_LACK):
            yield _answer(sale, deal, kind)
        elif sale.stage in _WAITS:
            yield {"deal_id": sale.id, "kind": kind}
    apart = sale._replace(voice=sale.voice.aside("facts"))
    for kind in (prompt.kind for prompt in terms.prompts if prompt.kind not in _TOLD):
        if apart.voice.chance(_ASKED.get(sale.stage, 0.0)):
            yield _answer(apart, deal, kind)
        elif sale.stage in _WAITS:
            yield {"deal_id": sale.id, "kind": kind}
    yield from _people(sale, deal)


def _learned(sale: Sale, deal: Cells) -> dt.date:
    """Return a day between the first talk and the signature."""
    last = deal.get("signed_on") or sale.asof
    return sale.begun + dt.timedelta(days=sale.voice.days(0, max(0, (last - sale.begun).days - 3)))


def _answer(sale: Sale, deal: Cells, kind: str) -> Cells:
    voice = sale.voice
    row = {
        "deal_id": sale.id,
        "kind": kind,
        "answer": voice.say(voice.pick(ANSWERS[kind])),
        "source_type": voice.pick(("call", "meeting", "email")),
        "learned_on": _learned(sale, deal),
        "learned_by": sale.seller,
        "confidence": voice.pick(("said", "said", "said", "inferred")),
        "share": "internal" if kind in _PRIVATE else "ops",
    }
    row["source_link"] = f"{row['source_type']} {row['learned_on']:%Y-%m-%d}"
    if kind in _WITH_PERSON:
        row["person"] = voice.people[0]
    if kind == "real_deadline":
        row |= _deadline(sale, deal)
    if deal.get("handover_state") == "confirmed":
        row["confirmed_on"] = deal["handover_on"] + dt.timedelta(days=5)
        row["confirmed_by"] = sale.lead
    return row


def _deadline(sale: Sale, deal: Cells) -> Cells:
    voice = sale.voice
    end = deal.get("contract_end") or sale.asof + dt.timedelta(days=120)
    day = end - dt.timedelta(days=sale.early)
    hardness = voice.pick(("hard", "soft", "soft"))
    driver = voice.event[0].upper() + voice.event[1:]
    return {"date": day, "driver": driver, "hardness": hardness, "person": voice.people[0]}


def _people(sale: Sale, deal: Cells) -> Iterator[Cells]:
    voice = sale.voice
    count = {"won": 4, "verbal": 3, "proposal": 1}.get(sale.stage, 0)
    for person, role in zip(voice.people[:count], _ROLES, strict=False):
        yield {
            "deal_id": sale.id,
            "kind": "stakeholder",
            "person": person,
            "role": role,
            "stance": voice.pick(("for", "for", "neutral", "against")),
            "influence": voice.pick(("high", "medium", "low")),
            "source_type": "meeting",
            "learned_on": _learned(sale, deal),
            "learned_by": sale.seller,
            "share": "ops",
        }
