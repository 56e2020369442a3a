"""Copies a repeat client's people from the earlier deal, to be confirmed again."""

from sheetrecord.core.handover.deal_draft import DealDraft
from sheetrecord.core.handover.identity import row_id
from sheetrecord.core.handover.words import say
from sheetrecord.schema.context import Context
from sheetrecord.schema.share import strictest


def bring_people(draft: DealDraft, deal_id: str) -> list[str]:
    """Add the earlier deal's people that this deal does not name; return their names.

    Blank rows for people are filled first. What ops confirmed about the earlier deal is not
    taken over: people change their jobs.
    """
    rows = draft.deal(deal_id)
    prior = rows.deal.prior_deal_id
    if not prior or prior == deal_id:
        return []
    try:
        earlier = draft.deal(prior)
    except KeyError:
        return []
    known = {fold(row.person) for row in rows.context if row.kind == "stakeholder"}
    brought = []
    for person in earlier.context:
        name = fold(person.person)
        if person.kind != "stakeholder" or not name or name in known:
            continue
        known.add(name)
        _bring(draft, deal_id, person)
        brought.append(person.person)
    return brought


def _bring(draft: DealDraft, deal_id: str, person: Context) -> None:
    language, prior = draft.settings.language, person.deal_id
    cells = {
        "person": person.person,
        "role": person.role,
        "stance": person.stance,
        "influence": person.influence,
        "answer": person.answer,
        "source_link": say(language, "from_deal", deal=prior),
        "learned_on": person.learned_on,
        "learned_by": person.learned_by,
        "confidence": "inferred",
        "note": say(language, "reconfirm", deal=prior),
    }
    why = "a person of the earlier deal, to re-confirm"
    free = next((row for row in draft.deal(deal_id).context if _free(row)), None)
    if free is not None:
        for key, value in cells.items():
            draft.fill(free, key, value, why)
        draft.put(free, "share", strictest((free.share, person.share)), why)
        return
    cells["share"] = person.share
    found = row_id("X", draft.known("Context"), deal_id, "person", fold(person.person))
    draft.add("Context", found, {"deal_id": deal_id, "kind": "stakeholder", **cells}, why)


def _free(row: Context) -> bool:
    """True if a row is prepared for a person and still blank."""
    typed = (row.person, row.answer, row.role, row.stance, row.influence, row.note)
    return row.kind == "stakeholder" and not any(typed)


def fold(name: str) -> str:
    """Return a name for comparison: no case, single blanks."""
    return " ".join(name.split()).casefold()
