"""The Commitments sheet: one row per thing said, in the client's words."""

import datetime as dt
from collections.abc import Mapping

from sheetrecord.schema import column as col
from sheetrecord.schema.column import ColumnOwner, Row
from sheetrecord.schema.context import DEAL_RANK, LONGEST_TOKEN, deal_row, token, trim
from sheetrecord.schema.formulas import cell_tests as cells
from sheetrecord.schema.lists import (
    ANSWERS,
    ENUMS,
    HANDOVER_RANK,
    NEEDS_DISPOSITION,
    PROMISED,
    SIDE_PROMISES,
)

_SALES, _OPS, _ENGINE = ColumnOwner.SALES, ColumnOwner.OPS, ColumnOwner.ENGINE
SETTLED = ("withdrawn", "superseded")
"""Decisions after which nobody counts on it any more."""
PRICED = (*SETTLED, "declined", "change_order")
"""Decisions after which its hours are not our cost."""
_IS_NONE = f"IFERROR({token('[what]')}={{state_number:none}},FALSE)"
_NO_TYPE = f"NOT({cells.known('[type]', '<type:label>')})"
_TYPE = cells.placed("[type]", "<type:label>")
_ANSWER = f"CHOOSE({_TYPE},{','.join(str(ANSWERS.get(code, 0)) for code in ENUMS['type'])})"
"""Which question a row answers: the list of types stands in the order of codes."""
_NO_BELIEF = f"NOT({cells.known('[client_believes]', '<client_believes:label>')})"
_COIN = 'IFERROR(INDEX([Deal.coin],[deal_row]),"")'
_PLACES = cells.places(f'IF({_COIN}="",{{currency}},{_COIN})')
_NO_DECISION = f"NOT({cells.known('[disposition]', '<disposition:label>')})"


def _any(key: str, *codes: str) -> str:
    """Return a formula that is true when a choice is one of some codes."""
    return cells.same(f"[{key}]", *(f"<{key}.{code}>" for code in codes))


_BELIEF = (
    f"AND(OR({_NO_TYPE},{_any('type', *SIDE_PROMISES)}),"
    f"OR({_NO_BELIEF},{_any('client_believes', 'not_asked')}),"
    f"NOT({_any('disposition', *SETTLED)}))*1"
)
_DECISION = (
    f"AND(OR({_any('disposition', 'undecided')},"
    f"AND({_NO_DECISION},OR({_NO_TYPE},{_any('type', *NEEDS_DISPOSITION)}))),"
    f"NOT(AND({cells.filled('[owner]')},{cells.day('[due_on]')})))*1"
)


class Commitments(Row, sheet="Commitments", prefix="C"):
    """What was promised, discussed, assumed or excluded, and what became of it."""

    com_id: str = col.identity("Stays with the row for ever.")
    deal_id: str = col.ref("Which deal this belongs to.", "Deal", front=True)
    type: str = col.choice("Promise, assumption, exclusion...", "type", _SALES, front=True)
    prompt: str = col.text(
        "The question to ask.",
        _ENGINE,
        front=True,
        formula=f'IFERROR(INDEX(<type:prompt>,{_TYPE})&"","")',
    )
    what: str = col.prose(
        'What was said, in the client\'s words. If there is nothing of the kind: "none".',
        _SALES,
        front=True,
    )
    form: str = col.choice("Spoken, written, or in the contract?", "form", _SALES)
    said_by: str = col.person("Who said it.", _SALES, front=True, group="said")
    said_to: str = col.person("To whom.", _SALES, group="said")
    said_on: dt.date | None = col.date("When.", _SALES, front=True, group="said")
    source_link: str = col.link("Where it can be found, such as: call 3 March.", _SALES)
    client_believes: str = col.choice(
        "Does the client think it is included?", "client_believes", _SALES, front=True
    )
    in_contract: str = col.choice("Is it in the contract?", "in_contract", _SALES, front=True)
    clause: str = col.text("Which clause.", _SALES)
    due_on: dt.date | None = col.date("By when.", _SALES, front=True, group="owner")
    disposition: str = col.choice(
        "What we decided to do about it.", "disposition", _SALES, front=True, group="decided"
    )
    effort_hours: float | None = col.number("Hours it would take us.", _OPS)
    amount_net: int | None = col.money(
        "What it adds, takes off or caps, before tax, a penalty too; minus for a concession.",
        _SALES,
        front=True,
    )
    owner: str = col.person("Who of us looks after it.", _SALES, front=True, group="owner")
    decided_by: str = col.person("Who decided.", _OPS, group="decided")
    decided_on: dt.date | None = col.date("When it was decided.", _OPS, group="decided")
    told_client_on: dt.date | None = col.date("When the client was told.", _OPS)
    progress: str = col.choice("How far the work on it is.", "progress", _OPS, group="done")
    done_on: dt.date | None = col.date("When it was done.", _OPS, group="done")
    evidence: str = col.link("What shows that it was done.", _OPS, group="done")
    fee_ref: str = col.ref("The fee line that pays for it.", "Fees", ColumnOwner.FINANCE)
    project_ref: str = col.ref("The project row that delivers it.", "Project", _OPS)
    share: str = col.choice("Who may see this: internal, ops or the client.", "share", _SALES)
    note: str = col.prose("Anything else.", _SALES)
    deal_rank: float | None = col.number("How far the deal has come.", _ENGINE, formula=DEAL_RANK)
    missing: float | None = col.number(
        "How many things the handover still needs on this row.",
        _ENGINE,
        formula=f'IF(OR([said]="",[deal_rank]=""),0,IF({_IS_NONE},'
        f"IF({_NO_TYPE},1-AND({cells.filled('[said_by]')},{cells.day('[said_on]')})*1,0),"
        f"{_BELIEF}+{_DECISION}))",
    )
    open: float | None = col.number(
        "How many things the deal's stage needs on this row now.",
        _ENGINE,
        formula=f"IF(N([deal_rank])>={HANDOVER_RANK},[missing],0)",
    )
    unpriced_hours: float | None = col.number(
        "Hours of something the client counts on and the contract does not hold.",
        _ENGINE,
        formula=f"IF(AND({_any('client_believes', 'yes')},NOT({_any('in_contract', 'yes')}),"
        f"{cells.number('[effort_hours]')},NOT({_any('disposition', *PRICED)})),"
        "[effort_hours],0)",
    )
    unpriced_amount: int | None = col.money(
        "What it is worth, where the client counts on it and the contract does not hold it.",
        _ENGINE,
        formula=f"IF(AND({_any('client_believes', 'yes')},NOT({_any('in_contract', 'yes')}),"
        f"{cells.number('[amount_net]')},NOT({_any('disposition', *PRICED)})),"
        f"ROUND(ABS([amount_net]),{_PLACES}),0)",
    )
    deal_row: float | None = col.number(
        "The row of its deal.", _ENGINE, helper=True, formula=deal_row()
    )
    said: float | None = col.number(
        "The deal's row, where something was said.",
        _ENGINE,
        helper=True,
        formula=f'IF([deal_row]="","",IF({cells.blank("[what]")},"",[deal_row]))',
    )
    answers: float | None = col.number(
        "The deal's row and which question the row answers.",
        _ENGINE,
        helper=True,
        formula=f'IF([said]="","",[said]*10+IFERROR({_ANSWER},{PROMISED}))',
    )


_ASK_BELIEF = frozenset(("", *SIDE_PROMISES))
_ASK_DISPOSITION = frozenset(("", *NEEDS_DISPOSITION))


def says_none(what: str, tokens: Mapping[str, str]) -> bool:
    """Return whether the words mean that nothing was promised."""
    words = what.strip(" ")
    if len(words) > LONGEST_TOKEN and "  " not in words:
        return False  # as nearly every row: spared the trimming
    words = trim(words)
    return len(words) <= LONGEST_TOKEN and tokens.get(words.lower()) == "none"


def answers(row: Commitments) -> int:
    """Return the number of the question that a row answers, 0 for one that answers none.

    A row without a type speaks of promises, as most rows do.
    """
    return ANSWERS.get(row.type, 0) if row.type else PROMISED


def belief_open(row: Commitments) -> bool:
    """Tell whether somebody must still ask if the client thinks it is included."""
    return (
        row.client_believes in {"", "not_asked"}
        and row.type in _ASK_BELIEF
        and row.disposition not in SETTLED
    )


def decision_open(row: Commitments) -> bool:
    """Tell whether it is undecided and not handed over as a question with owner and date."""
    undecided = row.disposition == "undecided" or (
        not row.disposition and row.type in _ASK_DISPOSITION
    )
    return undecided and not (row.owner and row.due_on is not None)
