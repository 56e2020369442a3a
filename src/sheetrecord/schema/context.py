"""The Context sheet: one row per prompt or person, with who said it and how sure we are."""

import datetime as dt
from collections.abc import Mapping

from sheetrecord.schema import column as col
from sheetrecord.schema.column import ColumnOwner, Row
from sheetrecord.schema.formulas import cell_tests as cells
from sheetrecord.schema.lists import DECISION_ROLES, ENUMS

_SALES, _OPS, _ENGINE = ColumnOwner.SALES, ColumnOwner.OPS, ColumnOwner.ENGINE
LONGEST_TOKEN = 40
"""A longer text is an answer, whatever it says."""

_KIND = cells.placed("[kind]", "<kind:label>")
_PERSON = cells.same("[kind]", "<kind.stakeholder>")
_DATED = cells.day("[date]")
_DEADLINE = cells.same("[kind]", "<kind.real_deadline>")
_QUESTION = "MATCH([question],[Context.question],0)"
_IS_FIRST = f"IF([alone]=1,1,({_QUESTION}=ROW())*1)"
_SETTLED = "MATCH(-[question],[Context.question],0)"
_PARTS = {**dict.fromkeys(DECISION_ROLES, "1"), "daily_contact": "2"}
_PART = (
    f"CHOOSE({cells.placed('[role]', '<role:label>')},"
    f"{','.join(_PARTS.get(role, 'NA()') for role in ENUMS['role'])})"
)
"""What a role is to the handover; the list of roles stands in the order of codes."""

_ANSWERED = (
    f"IF({_DEADLINE},AND({_DATED},{cells.filled('[driver]')},"
    f"{cells.known('[hardness]', '<hardness:label>')})*1,"
    f"IF({cells.same('[kind]', '<kind.pushback>')},{cells.filled('[person]')}*1,"
    f"IF({_PERSON},{cells.known('[role]', '<role:label>')}*1,1)))"
)
_NONE = f"{cells.day('[learned_on]')}*{cells.filled('[person]')}"
_UNKNOWN = f"{cells.day('[chase_on]')}*{cells.filled('[chase_by]')}"
_STATE = cells.placed("[state]", "<state:label>")
_OK = f"CHOOSE({_STATE},0,{_ANSWERED},{_NONE},{_UNKNOWN},1,{cells.filled('[note]')}*1)"
"""Whether an answer is complete, by its state: the list of states stands in the order of codes."""


def token(cell: str) -> str:
    """Return a formula for the number of the state that a short answer stands for, or an error."""
    words = f"LEFT({cells.clean(cell)},{LONGEST_TOKEN + 1})"
    return f"INDEX(<token:state>,{cells.placed(words, '<token:text>')})"


def deal_row() -> str:
    """Return the formula for the row of a row's deal; blank when there is none."""
    sought = f'"/"&{cells.sought(cells.clean("[deal_id]"))}'
    return f'IFERROR(MATCH({sought},[Deal.deal_key],0),"")'


DEAL_RANK = 'IFERROR(INDEX([Deal.stage_rank],[deal_row]),"")'


class Context(Row, sheet="Context", prefix="X"):
    """One fact per row. The prompts are there from the start; an empty one was not asked."""

    ctx_id: str = col.identity("Stays with the row for ever.")
    deal_id: str = col.ref("Which deal this is about.", "Deal", front=True)
    kind: str = col.choice("What kind of fact this is.", "kind", _SALES, front=True)
    prompt: str = col.text(
        "The question to ask.",
        _ENGINE,
        front=True,
        formula=f'IFERROR(INDEX(<kind:prompt>,{_KIND})&"","")',
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
    hardness: str = col.choice(
        "Can that date move?", "hardness", _SALES, front=True, group="deadline"
    )
    source_type: str = col.choice("Where you learned it.", "source_type", _SALES)
    source_link: str = col.link("Where it is written down.", _SALES)
    state: str = col.choice(
        "Filled by itself from the answer; pick another only if it is wrong.",
        "state",
        _SALES,
        override=True,
        front=True,
        formula=f'IF({cells.blank("[deal_id]")},"",IF({_PERSON},'
        f"IF({cells.blank('[person]')},<state.not_asked>,<state.answered>),"
        f"IF({cells.blank('[answer]')},IF({_DATED},<state.answered>,<state.not_asked>),"
        f"IFERROR(INDEX(<state:label>,{token('[answer]')}),<state.answered>))))",
    )
    required: bool = col.flag(
        "Whether the deal's stage needs this answer now.",
        _ENGINE,
        formula='IF(AND([block_rank]>0,[block_rank]<=N([deal_rank])),<yes.yes>,"")',
    )
    chase_on: dt.date | None = col.date(
        "When to ask again, if nobody knows yet.", _SALES, front=True, group="chase"
    )
    chase_by: str = col.person("Who asks again.", _SALES, front=True, group="chase")
    learned_on: dt.date | None = col.date(
        "When you learned it.", _SALES, front=True, group="learned"
    )
    learned_by: str = col.person("Who of us learned it.", _SALES, group="learned")
    confidence: str = col.choice("Said to us, inferred, or a guess?", "confidence", _SALES)
    share: str = col.choice("Who may see this: internal, ops or the client.", "share", _SALES)
    confirmed_on: dt.date | None = col.date(
        "When ops confirmed it with the client.", _OPS, group="confirmed"
    )
    confirmed_by: str = col.person("Who of ops confirmed it.", _OPS, group="confirmed")
    note: str = col.prose("Anything else, or why a question does not apply.", _SALES, front=True)
    deal_rank: float | None = col.number("How far the deal has come.", _ENGINE, formula=DEAL_RANK)
    block_rank: float | None = col.number(
        "From which stage this question keeps the gate shut; 0 if it never does.",
        _ENGINE,
        formula=f"IFERROR(N(INDEX(<kind:rank>,{_KIND})),0)",
    )
    ok: float | None = col.number(
        "1 when the answer is complete.",
        _ENGINE,
        formula=f'IFERROR(IF([state]="","",{_OK}),0)',
    )
    missing: float | None = col.number(
        "1 when the handover needs this and no row of its kind has it.",
        _ENGINE,
        formula='IF([deal_rank]="",0,([tally]>=1E12)*1)',
    )
    open: float | None = col.number(
        "1 when the deal's stage needs this now.",
        _ENGINE,
        formula="IF([required]=<yes.yes>,[missing],0)",
    )
    deadline: dt.date | None = col.date(
        "The date, on the row with the deal's earliest real deadline.",
        _ENGINE,
        formula='IF(OR([limit]=0,[deal_rank]=""),0,INT([date])*IF([limit]>0,1,'
        '(COUNTIFS([Context.limit],">"&[limit],[Context.limit],"<="&INT([limit]/1E6+1)*1E6)=0)))',
    )
    deal_row: float | None = col.number(
        "The row of its deal.", _ENGINE, helper=True, formula=deal_row()
    )
    asked: float | None = col.number(
        "The deal's row and the kind's place in its list, where the gate asks for this kind.",
        _ENGINE,
        helper=True,
        formula=f"IF([block_rank]=0,0,IFERROR([deal_row]*1000+{_KIND},0))",
    )
    alone: float | None = col.number(
        "1 when the deal has no other row of this kind.",
        _ENGINE,
        helper=True,
        formula="IF([asked]=0,0,(COUNTIF([Context.asked],[asked])=1)*1)",
    )
    question: float | None = col.number(
        "The same; negative when it is answered.",
        _ENGINE,
        helper=True,
        formula="[asked]*IF(N([ok])=1,-1,1)",
    )
    tally: float | None = col.number(
        "What the row adds to the counts of its deal: see the deal's own column.",
        _ENGINE,
        helper=True,
        formula=f"IF([question]=0,0,IF([question]<0,{_IS_FIRST}*100000001,"
        f"IF([alone]=1,1,ISNA({_SETTLED})*1)*(1000000010000+{_IS_FIRST}*99990000)))",
    )
    part: float | None = col.number(
        "The deal's row and what the person's role is to the handover: 1 decides, 2 daily contact.",
        _ENGINE,
        helper=True,
        formula=f"IF(N([ok])=1,IFERROR([deal_row]*10+{_PART},0),0)",
    )
    limit: float | None = col.number(
        "The deal's row, where its only real deadline stands; minus that and the day, where one of "
        "several does.",
        _ENGINE,
        helper=True,
        formula=f"IF(AND({_DEADLINE},{cells.same('[state]', '<state.answered>')},{_DATED}),"
        "IF([alone]=1,[deal_row],-N([deal_row])*1E6-(N([deal_row])>0)*INT([date])),0)",
    )


def trim(text: str) -> str:
    """Return a text as a spreadsheet's TRIM does: single blanks within, none around."""
    return " ".join(filter(None, text.split(" "))) if " " in text else text


def state_of(text: str, tokens: Mapping[str, str]) -> str:
    """Return the state that an answer's text means; blank is ``not_asked``.

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
