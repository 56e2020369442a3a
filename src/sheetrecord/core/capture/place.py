"""Where a finding goes: the sheet and the cells of the row that a record holds it in."""

import re
from collections.abc import Mapping
from typing import Final, NamedTuple

from sheetrecord.core.capture.find import CaptureFinding
from sheetrecord.core.capture.folding import folded
from sheetrecord.core.capture.sides import CLIENT, UNKNOWN
from sheetrecord.model.message import CHAT, MAIL, NOTE, TURN

CONTEXT: Final = {
    "real_deadline": "real_deadline",
    "why_us": "why_us",
    "alternative": "alternative",
    "pressure": "pressure",
    "success_personal": "success_personal",
    "stakeholder_pushback": "pushback",
    "decision_process": "decision_process",
    "budget": "budget_sensitivity",
    "constraint": "constraints",
    "person_role": "stakeholder",
}
"""Kinds that are facts of the Context sheet, and what these are called there."""
MONEY: Final = "money"
RULES: Final = "rules"
"""The provider that is always there: cues and what words weigh."""
_SOURCE_TYPE: Final = {MAIL: "email", CHAT: "chat", TURN: "call", NOTE: "document"}
_FORM: Final = {MAIL: "email_chat", CHAT: "email_chat"}
_PRIVATE: Final = re.compile(
    r"\b(?:between (?:us|you and me|ourselves)|don't (?:tell|mention|forward|share)|off the record|confidential\w*"
    r"|in confidence|keep (?:it|this) (?:quiet|to yourself)|unter uns|vertraulich|nicht weitersagen|behalt\w* .*fur (?:dich|sich|euch)"
    r"|entre nosotros|confidencial|que quede entre|no lo comentes|entre nous|confidentiel\w*|ne le repet\w+|garde\w* .*pour (?:vous|toi)"
    r"|afraid|scared|fired|angst|miedo|peur|probation|probezeit|periodo de prueba|periode d'essai|divorce|illness|krank|enferm\w+|malad\w+)\b"
)
_PRIVATE_KINDS: Final = frozenset(("success_personal", "pressure", "stakeholder_pushback"))
_HARD: Final = re.compile(
    r"\b(?:penalt\w*|fine[sd]?\b|law\b|legal|inspection|audit\w*|expir\w+|runs out|vertragsstrafe|gesetz\w*|prufung|frist"
    r"|lauft .*aus|penalizacion|ley\b|inspeccion|vence|caduca|penalite\w*|loi\b|controle|expire|opening|eroffnung|inaugura\w+"
    r"|vernissage|fair\b|messe\w*|feria|salon)\b"
)


class Placed(NamedTuple):
    """A row that is proposed: its sheet, its cells by column, why its Share is what it is."""

    sheet: str
    cells: Mapping[str, object]
    share_why: str = ""


def placed(found: CaptureFinding, kind: str, source: str) -> Placed:
    """Return the row of a finding, taken as a ``kind``; ``source`` says where it can be read."""
    if kind == MONEY:
        return Placed("Deal", {"note": f"{found.quote} ({source})"})
    cells = (_context if kind in CONTEXT else _commitment)(found, kind, source)
    why = private(found.quote, kind)
    if why:
        cells["share"] = "internal"
    sheet = "Context" if kind in CONTEXT else "Commitments"
    return Placed(sheet, {key: value for key, value in cells.items() if value}, why)


def private(quote: str, kind: str) -> str:
    """Return what in a quote smells private, for kinds that are about persons."""
    if kind not in _PRIVATE_KINDS:
        return ""
    found = _PRIVATE.search(folded(quote))
    return quote[found.start() : found.end()] if found else ""


def confidence(found: CaptureFinding) -> str:
    """Return how sure it is: the speaker's own words are said, our notes tell what we inferred."""
    return "inferred" if found.side == UNKNOWN or found.provider != RULES else "said"


def _context(found: CaptureFinding, kind: str, source: str) -> dict[str, object]:
    values = found.values
    cells: dict[str, object] = {
        "kind": CONTEXT[kind],
        "answer": found.quote,
        "person": _whose(found, kind),
        "learned_on": found.said_on,
        "source_type": _SOURCE_TYPE.get(found.message.form, "other"),
        "source_link": source,
        "confidence": confidence(found),
    }
    if kind == "real_deadline":
        cells |= {
            "date": values.date,
            "driver": driver(found.quote, values.date_text),
            "hardness": "hard" if _HARD.search(folded(found.quote)) else "",
        }
    elif kind == "stakeholder_pushback":
        cells |= {"person": values.person, "stance": "against"}
    elif kind == "person_role":
        cells |= {"person": values.person, "role": values.role or "other"}
    return cells


def _whose(found: CaptureFinding, kind: str) -> str:
    """Return whose fact it is: whom the words name, else who says so."""
    named = "" if kind in {"alternative", "real_deadline", "budget"} else found.values.person
    return named or (found.said_by if found.side == CLIENT else "")


def _commitment(found: CaptureFinding, kind: str, source: str) -> dict[str, object]:
    values = found.values
    cells: dict[str, object] = {
        "what": found.quote,
        "type": commitment_type(found, kind),
        "form": _FORM.get(found.message.form, "verbal"),
        "said_by": found.said_by,
        "said_on": found.said_on,
        "source_link": source,
        "due_on": values.date,
    }
    if cells["type"] == "exclusion":
        told = {"client_believes": "no", "disposition": "declined", "told_client_on": found.said_on}
        cells |= told | {"due_on": None}
    elif cells["type"] != "client_duty":
        cells |= {"client_believes": "yes", "disposition": "undecided"}
        if values.amount is not None and cells["type"] == "commercial_concession":
            cells["amount_net"] = -abs(values.amount)
    return cells


def commitment_type(found: CaptureFinding, kind: str) -> str:
    """Return what a commitment is: a promise, with a day or about money, a duty, an exclusion."""
    if kind == "scope_assumed":
        return "discussed"
    if found.negated:
        return "exclusion"
    if found.side == CLIENT:
        return "client_duty"
    if found.values.date:
        return "date_promise"
    return "promise" if found.values.amount is None else "commercial_concession"


_DAY: Final = "\x1f"
"""Stands for the day while a quote is cut into clauses: "14. April" holds a full stop."""


def driver(quote: str, date_text: str) -> str:
    """Return what happens on a day: the clause that names it, without the day.

    >>> driver("Our shareholders meet on 22 June and want to see it.", "22 June")
    'Our shareholders meet'
    """
    marked = quote.replace(date_text, _DAY) if date_text else quote
    clauses = re.split(r"[,;:.!?]\s|[.!?]$|\s(?:and|und|y|et|so|aber|but|pero|mais)\s", marked)
    clause = next((one for one in clauses if _DAY in one), marked)
    words = re.sub(rf"(?:\b(?:am|on|el|le|im)\s)?\(?{_DAY}\)?", " ", clause, flags=re.IGNORECASE)
    plain = " ".join(words.split()).strip(" ,.;:-")
    small = r"(?:\s(?:on|by|at|in|the|am|bis|zum|im|den|el|a|le|au|en|of|of the|until|before|dem|der))+$"
    short = re.sub(small, "", plain, flags=re.IGNORECASE)
    verb = r"\s(?:is|ist|es|est|sera|será|wird)$"
    short = re.sub(verb, "", short, flags=re.IGNORECASE)
    return short or plain


def source_of(found: CaptureFinding, path: str) -> str:
    """Return where a quote can be read: the file, the message in it, its day and time."""
    message = found.message
    when = message.at or (f"{message.sent:%Y-%m-%d %H:%M}" if message.sent else "")
    name = message.id if message.id.startswith("<") else ""
    told = (path, name, when, f'"{message.subject}"' if message.subject else "")
    return " ".join(one for one in told if one)
