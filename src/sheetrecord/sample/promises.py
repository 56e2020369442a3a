"""The Commitments rows of a sample deal: what was said, and what became of it."""

import datetime as dt
from collections.abc import Iterator

from sheetrecord.sample.sale import Cells, Sale, Terms
from sheetrecord.sample.sentences import FENCES, PLAIN, PROMISES


def commitment_rows(sale: Sale, deal: Cells, terms: Terms) -> Iterator[Cells]:
    """Yield what was said in a deal, then what its price leaves out, asks for and rests on."""
    said = list(_said(sale, deal))
    yield from said
    apart = sale._replace(voice=sale.voice.aside("fences"))
    known = {row["type"] for row in said}
    for kind, sentences in FENCES.items() if sale.stage in {"proposal", "verbal", "won"} else ():
        if kind in known:
            continue
        if sale.stage == "proposal":
            yield {"deal_id": sale.id, "type": kind}
            continue
        words = apart.voice.pick(sentences)
        row = _base(apart, deal) | {"what": words, "type": kind}
        if words != "none":
            row |= {"what": apart.voice.say(words), "form": "proposal", "in_contract": "no"}
        yield row
    yield from _asked(apart, deal, terms)


def _asked(sale: Sale, deal: Cells, terms: Terms) -> Iterator[Cells]:
    """Yield the rows that wait for what was promised, and for what only some trades ask."""
    if sale.stage == "proposal":
        yield {"deal_id": sale.id, "type": "promise"}
    for kind in terms.types if sale.stage in {"proposal", "verbal", "won"} else ():
        if kind not in {"promise", *FENCES}:
            told = _base(sale, deal) | {"what": "none"} if sale.stage == "won" else {}
            yield {"deal_id": sale.id, "type": kind} | told


def _said(sale: Sale, deal: Cells) -> Iterator[Cells]:
    voice = sale.voice
    if sale.stage not in {"won", "verbal"}:
        return
    if voice.chance(0.06):
        yield _base(sale, deal) | {"what": "none", "type": "promise"}
        return
    for kind, words, hours in voice.rng.sample(PROMISES, voice.days(2, 4)):
        yield _loose(sale, deal, kind, words, hours)
    for kind, words in voice.rng.sample(PLAIN, voice.days(3, 5)):
        yield _base(sale, deal) | {
            "what": voice.say(words),
            "type": kind,
            "form": "contract" if sale.stage == "won" else "proposal",
            "client_believes": "no" if kind == "exclusion" else "yes",
            "in_contract": "yes",
            "clause": f"{voice.days(2, 9)}.{voice.days(1, 6)}",
            "disposition": "in_contract",
        }


def _base(sale: Sale, deal: Cells) -> Cells:
    last = deal.get("signed_on") or sale.asof
    said = last - dt.timedelta(days=sale.voice.days(2, 12))
    return {
        "deal_id": sale.id,
        "said_by": sale.seller,
        "said_to": sale.voice.people[0],
        "said_on": max(said, sale.begun),
        "source_link": f"call {max(said, sale.begun):%Y-%m-%d}",
        "share": "ops",
    }


def _loose(sale: Sale, deal: Cells, kind: str, words: str, hours: float | None) -> Cells:
    """Return something said that the contract does not hold, and our decision about it."""
    voice = sale.voice
    decided = voice.pick(("honour_free", "honour_free", "next_phase", "declined"))
    if kind in {"date_promise", "commercial_concession"} or sale.stage != "won":
        decided = "honour_free"
    row = _base(sale, deal) | {
        "what": voice.say(words),
        "type": kind,
        "form": voice.pick(("verbal", "verbal", "email_chat")),
        "client_believes": voice.pick(("yes", "yes", "unsure", "no")),
        "in_contract": "no",
        "disposition": decided,
        "effort_hours": hours,
        "owner": sale.lead if sale.stage == "won" else sale.seller,
    }
    if sale.stage != "won":
        due = sale.asof + dt.timedelta(days=voice.days(40, 90))
        return row | {"due_on": due, "decided_by": sale.seller, "decided_on": row["said_on"]}
    start, end = deal["contract_start"], deal["contract_end"]
    due = start + dt.timedelta(days=voice.days(20, max(21, (end - start).days)))
    row |= {"decided_by": sale.lead, "decided_on": deal["handover_on"]}
    if decided != "honour_free":
        return row | {"told_client_on": deal["handover_on"]}
    due = min(due, end)
    row |= {"due_on": due, "progress": "not_started"}
    if due < sale.asof:
        row |= {"progress": "delivered", "done_on": due, "evidence": f"mail {due:%Y-%m-%d}"}
    return row
