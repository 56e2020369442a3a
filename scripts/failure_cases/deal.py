"""A deal as a careful rep leaves it on the day of the signature: every question has its answer."""

import datetime as dt
from collections.abc import Iterable, Iterator
from functools import cache
from typing import Final

from failure_cases.cases import Fact
from failure_cases.template import DEAL, LISTS, SALE, Template, Typed, template

REP, OPS, SPONSOR, DECIDER, DAILY = "Ines Roth", "Tom Falk", "Ute Brandt", "Paul Anker", "Jan Weiss"
HEARD: Final = dt.date(2026, 2, 10)
END: Final = dt.date(2026, 9, 30)

_PEOPLE: Final = ((SPONSOR, "sponsor"), (DECIDER, "decision_maker"), (DAILY, "daily_contact"))
_ANSWERS: Final = {
    "real_deadline": "The new season opens and everybody has been told",
    "alternative": "Initech, or doing it themselves",
    "why_us": "We had done the same for a neighbour",
    "pressure": "Ute promised the board that it happens this year",
    "success_personal": "Ute wants to hand over the department in order",
    "success_formal": "All three sites work with it for two weeks",
    "pushback": "Kurt would rather keep what there is",
    "why_now": "The old lease ends this winter",
    "constraints": "Nobody is there in the first half of August",
    "risk": "Two people who know the old way retire in June",
    "decision_process": "Paul signs after Ute has said yes",
    "budget_sensitivity": "Travel is looked at closely",
    "landmine": "Nobody speaks of the last attempt",
    "comms_preference": "Ute is called, she does not read mail",
}
_SPOKEN: Final = ("promise", "discussed", "date_promise", "scope_item", "commercial_concession")


def complete(form: Template) -> tuple[bytes, Typed]:
    """Return a workbook whose first deal has every answer, and what was typed for it."""
    return _complete(form.trade)


@cache
def _complete(trade: str) -> tuple[bytes, Typed]:
    form = template(trade)
    cells = _deal(form) | _as_sold(form)
    people = iter(_PEOPLE)
    for place, rows in form.ready.items():
        sheet, _, code = place.partition(".")
        for row in rows:
            if code == "stakeholder":
                cells |= _person(form, row, *next(people, ("", "")))
            elif sheet == "Context":
                cells |= _answer(form, row, code)
            elif sheet == "Commitments":
                cells["Commitments", row, "what"] = "none"
    return form.typed(cells), cells


def without(form: Template, places: Iterable[str]) -> Typed:
    """Return what to empty so that these places wait for an answer, as in a new workbook."""
    _, cells = complete(form)
    rows = {(place.partition(".")[0], row) for one in places for place, row in _rows(form, one)}
    return {at: None for at in cells if at[:2] in rows or ".".join(at[::2]) in places}


def _rows(form: Template, place: str) -> Iterator[tuple[str, int]]:
    """Yield the ready rows of a place; of people only the one with the role that is named."""
    sheet, _, code = place.partition(".")
    kind, _, role = code.partition(".")
    for at, row in enumerate(form.ready.get(f"{sheet}.{kind}", ())):
        if kind != "stakeholder" or (at < len(_PEOPLE) and _PEOPLE[at][1] == role):
            yield place, row
    if place == "Commitments.*":
        yield place, form.free["Commitments"] + 1
        yield from (
            (place, row) for key in form.ready if key[:12] == place[:12] for row in form.ready[key]
        )


def typed(form: Template, place: str, fact: Fact) -> tuple[Typed, int]:
    """Return a fact's cells in a place, and the row on which they stand."""
    sheet, _, code = place.partition(".")
    code, _, role = code.partition(".")
    if sheet == "Deal":
        beside = {("Deal", 4, "notice_by"): fact.date} if code == "paper" and fact.date else {}
        return {("Deal", 4, code): _column_value(form, code, fact)} | beside, 4
    waiting = [row for _, row in _rows(form, place)]
    row = waiting[0] if waiting else form.free[sheet]
    fill = {"Context": _context, "Commitments": _commitment, "Fees": _fee}[sheet]
    given: dict[str, object] = {"deal_id": DEAL, LISTS[sheet]: form.label(LISTS[sheet], code)}
    given |= fill(form, code, fact)
    given |= {key: form.label(key, value) for key, value in fact.more.items()}
    if role:
        given["role"] = form.label("role", role)
    cells = {(sheet, row, key): value for key, value in given.items() if value is not None}
    if sheet == "Fees":
        cells["Deal", 4, "value_net"] = fact.amount
        own = ("fee_model", "success") in form.settings.labels
        cells["Deal", 4, "fee_model"] = form.label("fee_model", "success" if own else "mixed")
    return cells, row


def _column_value(form: Template, key: str, fact: Fact) -> object:
    if fact.code:
        return form.label(key, fact.code)
    if key in {"note", "contract_link"}:
        return fact.words
    return fact.date or fact.hours or fact.amount or fact.words


def _context(form: Template, code: str, fact: Fact) -> dict[str, object]:
    given: dict[str, object] = {"answer": fact.words, "person": fact.person or SPONSOR}
    if fact.date:
        given |= {
            "date": fact.date,
            "driver": fact.words,
            "hardness": form.label("hardness", "hard"),
        }
    if code == "stakeholder":
        given["stance"] = form.label("stance", "unknown")
    return given | {"learned_on": HEARD, "learned_by": REP}


def _commitment(form: Template, code: str, fact: Fact) -> dict[str, object]:
    given: dict[str, object] = {
        "what": fact.words,
        "form": form.label("form", "verbal"),
        "said_by": fact.person or REP,
        "said_to": SPONSOR,
        "said_on": HEARD,
        "in_contract": form.label("in_contract", "no"),
        "due_on": fact.date,
        "effort_hours": fact.hours,
        "amount_net": fact.amount,
        "owner": OPS,
    }
    if code in _SPOKEN:
        given["client_believes"] = form.label("client_believes", "yes")
        given["disposition"] = form.label("disposition", "honour_free")
    return given


def _fee(form: Template, code: str, fact: Fact) -> dict[str, object]:
    return {
        "origin": form.label("origin", "contract"),
        "trigger": form.label("trigger", "on_milestone"),
        "description": fact.words if code else "",
        "net": fact.amount,
        "planned_on": fact.date,
    }


def _deal(form: Template) -> Typed:
    given = {
        "client": "Acme",
        "deal_name": "Rollout",
        "stage": form.label("stage", "verbal"),
        "deal_owner": REP,
        "value_net": 42_000,
        "currency": form.settings.currency,
        "fee_model": form.label("fee_model", "fixed"),
        "expected_close": SALE + dt.timedelta(days=5),
        "next_step": "Sign",
        "next_step_on": SALE + dt.timedelta(days=5),
        "proposal_link": "proposal.pdf",
        "contract_link": "contract.pdf",
        "signed_on": SALE,
        "contract_start": SALE + dt.timedelta(days=7),
        "contract_end": END,
        "won_reason": "We had done the same for a neighbour",
        "ops_owner": OPS,
        "paper": form.label("paper", "contract"),
        "hours_sold": 400,
    }
    return {("Deal", 4, key): value for key, value in given.items()}


def _answer(form: Template, row: int, code: str) -> Typed:
    label = form.label("kind", code)
    given: dict[str, object] = {
        "answer": _ANSWERS.get(code, f"{label}: Ute was asked, it is as in the proposal"),
        "person": SPONSOR,
        "learned_on": HEARD,
        "learned_by": REP,
    }
    needs = {one for prompt in form.settings.prompts if prompt.kind == code for one in prompt.needs}
    if "date" in needs:
        given["date"] = dt.date(2026, 9, 15)
    if "driver" in needs:
        given |= {"driver": "season opens", "hardness": form.label("hardness", "hard")}
    return {("Context", row, key): value for key, value in given.items()}


def _person(form: Template, row: int, name: str, role: str) -> Typed:
    given = {
        "person": name,
        "role": form.label("role", role),
        "stance": form.label("stance", "for"),
        "answer": "We have met twice" if name else None,
        "learned_on": HEARD,
    }
    return {("Context", row, key): value for key, value in given.items() if name}


def _as_sold(form: Template) -> Typed:
    """Return the one commitment that everybody writes down: what the proposal says is done."""
    row = form.free["Commitments"] + 1
    given = {
        "deal_id": DEAL,
        "what": "The work of chapter 2 of the proposal",
        "type": form.label("type", "scope_item"),
        "form": form.label("form", "contract"),
        "said_by": REP,
        "said_on": HEARD,
        "client_believes": form.label("client_believes", "yes"),
        "in_contract": form.label("in_contract", "yes"),
        "clause": "2",
        "disposition": form.label("disposition", "in_contract"),
    }
    return {("Commitments", row, key): value for key, value in given.items()}
