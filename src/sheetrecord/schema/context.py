"""The Context sheet: one row per prompt or person, with who said it and how sure we are."""

import datetime as dt
from collections.abc import Mapping

from sheetrecord.schema import column as col
from sheetrecord.schema.column import Owner, Row
from sheetrecord.schema.gate import VALID_DATE

_SALES, _OPS, _ENGINE = Owner.SALES, Owner.OPS, Owner.ENGINE
_WORDS = "LOWER(TRIM([answer]))"
LONGEST_TOKEN = 40
"""A longer text is an answer, whatever it says."""


class Context(Row, sheet="Context", prefix="X"):
    """One fact per row. The prompts are there from the start; an empty one was not asked."""

    ctx_id: str = col.identity("Stays with the row for ever.")
    deal_id: str = col.ref("Which deal this is about.", "Deal", front=True)
    kind: str = col.choice("What kind of fact this is.", "kind", _SALES, front=True)
    prompt: str = col.text(
        "The question to ask.",
        _ENGINE,
        front=True,
        formula='IF([kind]="","",IFERROR(INDEX(<kind:prompt>,MATCH([kind],<kind:label>,0))&"",""))',
    )
    answer: str = col.prose(
        "One sentence, in the client's words. If there is nothing: none, ?, n/a or won't say.",
        _SALES,
        front=True,
    )
    person: str = col.person(
        "Whose fact this is, or who said there is none.", _SALES, front=True, group="person"
    )
    role: str = col.choice(
        "What part this person plays.", "role", _SALES, front=True, group="person"
    )
    stance: str = col.choice("For us, neutral or against?", "stance", _SALES, group="person")
    influence: str = col.choice("How much does this person's word count?", "influence", _SALES)
    date: dt.date | None = col.date(
        "The date that matters, if the fact has one.", _SALES, front=True, group="deadline"
    )
    driver: str = col.text("What happens on that date.", _SALES, front=True, group="deadline")
    hardness: str = col.choice("Can that date move?", "hardness", _SALES, group="deadline")
    source_type: str = col.choice("Where you learned it.", "source_type", _SALES)
    source_link: str = col.link("Where it is written down.", _SALES)
    state: str = col.choice(
        "Filled by itself from the answer; pick another only if it is wrong.",
        "state",
        _SALES,
        override=True,
        front=True,
        formula='IF([deal_rank]="","",IF([kind]=<kind.stakeholder>,'
        'IF(TRIM([person])="",<state.not_asked>,<state.answered>),'
        f'IF(TRIM([answer])="",IF({VALID_DATE.format("[date]")},<state.answered>,<state.not_asked>),'
        'IF(TRIM([answer])="?",<state.unknown>,'
        f"IF(LEN(TRIM([answer]))>{LONGEST_TOKEN},<state.answered>,"
        f"IF(SUMPRODUCT((<token:text>={_WORDS})*1)=0,<state.answered>,"
        f"INDEX(<state:label>,SUMPRODUCT((<token:text>={_WORDS})*<token:state>))))))))",
    )
    required: bool = col.flag(
        "Whether the deal's stage needs this answer now.",
        _ENGINE,
        formula='IF(AND(N([block_rank])>0,[deal_rank]<>"",N([block_rank])<=N([deal_rank])),'
        '<yes.yes>,"")',
    )
    chase_on: dt.date | None = col.date(
        "When to ask again, if nobody knows yet.", _SALES, group="chase"
    )
    chase_by: str = col.person("Who asks again.", _SALES, group="chase")
    learned_on: dt.date | None = col.date("When you learned it.", _SALES, group="learned")
    learned_by: str = col.person("Who of us learned it.", _SALES, group="learned")
    confidence: str = col.choice("Said to us, inferred, or a guess?", "confidence", _SALES)
    share: str = col.choice("Who may see this: internal, ops or the client.", "share", _SALES)
    confirmed_on: dt.date | None = col.date(
        "When ops confirmed it with the client.", _OPS, group="confirmed"
    )
    confirmed_by: str = col.person("Who of ops confirmed it.", _OPS, group="confirmed")
    note: str = col.prose("Anything else, or why a question does not apply.", _SALES)
    deal_rank: float | None = col.number(
        "How far the deal has come.",
        _ENGINE,
        formula='IF([deal_id]="","",'
        'IFERROR(INDEX([Deal.stage_rank],MATCH([deal_id],[Deal.deal_id],0)),""))',
    )
    block_rank: float | None = col.number(
        "From which stage this question keeps the gate shut; 0 if it never does.",
        _ENGINE,
        formula="IFERROR(N(INDEX(<kind:rank>,MATCH([kind],<kind:label>,0))),0)",
    )
    ok: float | None = col.number(
        "1 when the answer is complete.",
        _ENGINE,
        formula='IF([state]="","",IF([state]=<state.answered>,'
        f"IF([kind]=<kind.real_deadline>,AND({VALID_DATE.format('[date]')},"
        'TRIM([driver])<>"",NOT(ISNA(MATCH([hardness],<hardness:label>,0))))*1,'
        'IF([kind]=<kind.pushback>,(TRIM([person])<>"")*1,'
        "IF([kind]=<kind.stakeholder>,(NOT(ISNA(MATCH([role],<role:label>,0))))*1,1))),"
        f'IF([state]=<state.none>,AND(TRIM([person])<>"",{VALID_DATE.format("[learned_on]")})*1,'
        f"IF([state]=<state.unknown>,AND({VALID_DATE.format('[chase_on]')},"
        'TRIM([chase_by])<>"")*1,'
        'IF([state]=<state.declined>,1,IF([state]=<state.n_a>,(TRIM([note])<>"")*1,0))))))',
    )
    missing: float | None = col.number(
        "1 when the handover needs this and no row of its kind has it.",
        _ENGINE,
        formula='IF(OR([deal_rank]="",N([block_rank])=0,[ok]=1),0,'
        "(COUNTIFS([Context.deal_id],[deal_id],[Context.kind],[kind],[Context.ok],1)=0)*1)",
    )
    open: float | None = col.number(
        "1 when the deal's stage needs this now.",
        _ENGINE,
        formula="IF([required]=<yes.yes>,[missing],0)",
    )
    deadline: dt.date | None = col.date(
        "The date, on the row with the deal's earliest real deadline.",
        _ENGINE,
        formula="IF([kind]<><kind.real_deadline>,0,IF([state]<><state.answered>,0,"
        f"IF(NOT({VALID_DATE.format('[date]')}),0,"
        "IF(COUNTIFS([Context.deal_id],[deal_id],[Context.kind],[kind],"
        '[Context.state],[state],[Context.date],"<"&[date],'
        '[Context.date],">="&DATE(1990,1,1))=0,[date],0))))',
    )


def trim(text: str) -> str:
    """Return a text as a spreadsheet's TRIM does: single blanks within, none around."""
    return " ".join(filter(None, text.split(" "))) if " " in text else text


def state_of(text: str, tokens: Mapping[str, str]) -> str:
    """Return the state that an answer's text stands for; blank is ``not_asked``.

    >>> state_of("Nobody ", {"nobody": "none"}), state_of("?", {}), state_of("Board meets", {})
    ('none', 'unknown', 'answered')
    """
    words = text.strip(" ")
    if len(words) > LONGEST_TOKEN and "  " not in words:
        return "answered"  # as nearly every answer: spared the trimming
    words = trim(words)
    if not words:
        return "not_asked"
    if words == "?":
        return "unknown"
    if len(words) > LONGEST_TOKEN:
        return "answered"
    return tokens.get(words.lower(), "answered")
