"""The gate as live formulas: what a deal still needs, counted in the sheet itself.

The same items are found by the rules; a test recalculates the formulas in two spreadsheet
programs and compares the counts. See `schema.formulas.notation` for the notation.

What a deal's own cells lack is one text of 0 and 1 (`lacks`), a character for each cell that the
gate may ask for, so that a stage looks at some of its characters and nothing is tested twice.
"""

from collections.abc import Iterable, Iterator
from itertools import groupby

from sheetrecord.schema.column import Column, Kind
from sheetrecord.schema.formulas import cell_tests as cells
from sheetrecord.schema.lists import (
    ANSWERS,
    FENCED_MODELS,
    FENCES,
    HANDED_OVER,
    HANDOVER_RANK,
    PROMISED,
    STAGE_RANK,
)

NOW = "{gate:now}"
HANDOVER = "{gate:handover}"
LACKS = "{gate:lacks}"
ANSWERED = "{gate:answered}"
"""Stand-ins in the declarations; `schema.formulas.notation` puts `formulas` in their place."""

_PEOPLE = {
    "nobody": "ISNA(MATCH([deal_row]*10+1,[Context.part],0))*1",
    "contact": "ISNA(MATCH([deal_row]*10+2,[Context.part],0))*1",
}
_RANK = "IF([deal_row]=0,[stage_rank],INDEX([Deal.stage_rank],[deal_row]))"
_ROWS = "[Context.tally],[Context.deal_row],[deal_row]"
_WIDE = f'"{"0" * 16}"'
TALLIED = (
    f"IF(N([stage_rank])<=0,{_WIDE},"
    f"TEXT(SUMIFS({_ROWS})+{len(_PEOPLE)}-{'-'.join(_PEOPLE.values())},{_WIDE})"
    f'&IF(N({_RANK})>={HANDOVER_RANK},"",'
    f'TEXT(SUMIFS({_ROWS},[Context.block_rank],"<="&N({_RANK})),{_WIDE})))'
)
"""Four counts of four digits in one text, so that a single cell of a deal looks at Context: a cell
typed there has a program tell all that look. A row adds to the first count when its question has
no answer, to the second when it is the first row of its question, to the third when it asks again,
and to the last when it is a question's first answer. No stage is in them, so that a cell typed in
Deal changes no row of Context that is summed. They stand once more behind for the questions that
the stage asks, unless it asks all. The rank is that of the first deal with this id, as in Context,
so that both count the same rows."""

OPEN_ROWS = "LEFT(RIGHT([tallied],16),4)*1"
"""How many of the deal's rows in Context its stage needs now."""

UNASKED = f'(COUNTIFS(<kind:rank>,">0",<kind:rank>,"<="&N({_RANK}))-MID(RIGHT([tallied],16),5,4))'
"""How many questions its stage asks that no row of the deal has."""

_AGAIN, _MET = "MID([tallied],9,4)", "MID([tallied],13,4)*1"
_ASKED = f'(COUNTIFS(<kind:rank>,">0")+{len(_PEOPLE)}+{_AGAIN})'
"""All that a handover asks, and how much of that is there; people are included."""


def _unanswered(question: int) -> str:
    """Return a formula that is 1 when no commitment of the deal answers a question."""
    return f"ISNA(MATCH([deal_row]*10+{question},[Commitments.answers],0))*1"


_FENCED = cells.same("[fee_model]", *(f"<fee_model.{code}>" for code in FENCED_MODELS))
_HANDED_OVER = cells.same("[handover_state]", *(f"<handover_state.{code}>" for code in HANDED_OVER))


def _unfenced(question: int) -> str:
    """Return a formula that is 1 when a limit of a price set before the work is not known."""
    return f"IF(AND({_FENCED},NOT({_HANDED_OVER})),{_unanswered(question)},0)"


ANY_AMOUNT = '">-1000000000000000"'
"""A criterion that every amount meets, and no text."""

_FEE_GAP = (
    "IF(N([fee_gap])=0,0,IF(ISNA(MATCH([deal_row],[Fees.deal_row],0)),0,"
    f"AND(COUNTIFS([Fees.deal_row],[deal_row],[Fees.agreed],{ANY_AMOUNT})>0,"
    f"NOT({cells.same('[fee_model]', '<fee_model.time_materials>')}))*1))"
)


def missing(column: Column) -> str:
    """Return a formula that is true when a cell is blank or not valid for its column."""
    cell = f"[{column.key}]"
    if column.kind in {Kind.MONEY, Kind.NUMBER, Kind.PERCENT}:
        return f"NOT(ISNUMBER({cell}))"
    if column.kind is Kind.DATE:
        return f"NOT({cells.day(cell)})"
    if column.kind is Kind.ENUM:
        return f"NOT({cells.known(cell, f'<{column.enum}:label>')})"
    if column.kind is Kind.CURRENCY:
        return '[coin]=""'
    return cells.blank(cell)


def asked(columns: Iterable[Column]) -> list[Column]:
    """Return the columns that the gate may ask for, in the order of the characters of `lacks`."""
    return [column for column in columns if column.from_stage and column.blocks]


def formulas(columns: Iterable[Column]) -> dict[str, str]:
    """Return the formulas of the gate by placeholder."""
    asks = asked(columns)
    return {
        LACKS: "&".join(f"IF({missing(column)},1,0)" for column in asks),
        NOW: _now(asks),
        HANDOVER: _handover(asks),
        ANSWERED: _answered(),
    }


def _now(asks: list[Column]) -> str:
    """Return the formula that counts what the deal's present stage needs.

    A stage that wins the deal needs all that a handover needs, others nothing of Commitments.
    """
    return (
        'IF([stage_rank]="","",IF([stage_type]="won",[to_handover],'
        f"{_ones(lacking_now(asks))}+{OPEN_ROWS}+{UNASKED}))"
    )


def _handover(asks: list[Column]) -> str:
    """Return the formula that counts what closing needs, whatever the stage."""
    late = "+".join(one for name, one in at_handover().items() if name not in _PEOPLE)
    return (
        'IF(OR([stage_type]="open",[stage_type]="won"),'
        f"{_ones(_at_close(asks))}+{_ASKED}-{_MET}+{late}"
        '+[unsettled],"")'
    )


def _answered() -> str:
    """Return the formula for how many questions have an answer, of all that a handover asks."""
    return f'IF([to_handover]="","",{_MET}&"/"&{_ASKED})'


def _ones(text: str) -> str:
    return f'LEN(SUBSTITUTE({text},"0",""))'


def at_handover() -> dict[str, str]:
    """Return, by name, formulas that are 1 when a handover lacks something of the whole deal."""
    return {
        **_PEOPLE,
        "no_promises": _unanswered(PROMISED),
        **{f"no_{type_}": _unfenced(ANSWERS[type_]) for type_ in FENCES},
        "fee_gap": _FEE_GAP,
    }


def asked_now(column: Column, stage_type: str, rank: int) -> bool:
    """Tell whether the gate asks for one of the deal's own cells at this stage."""
    if not column.from_stage or not column.blocks:
        return False
    if column.from_stage == "lost":
        return stage_type == "lost"
    from_rank = STAGE_RANK[column.from_stage]
    if column.only_open:
        return stage_type == "open" and rank >= from_rank
    return from_rank == 1 or rank >= from_rank


def asked_at_close(column: Column) -> bool:
    """Tell whether the handover asks for one of the deal's own cells."""
    demanded = bool(column.from_stage) and column.blocks
    return demanded and not column.only_open and column.from_stage != "lost"


def lacking_now(asks: list[Column]) -> str:
    """Return the formula for `lacks` with 0 in place of what the stage does not need."""
    return "&".join(_runs(asks))


def _runs(asks: list[Column]) -> Iterator[str]:
    at = 1
    for test, run in groupby(asks, _when):
        count = len(list(run))
        held = f"MID([lacks],{at},{count})"
        yield f'IF({test},{held},"{"0" * count}")' if test else held
        at += count


def _when(column: Column) -> str:
    """Return the condition on the stage under which a column is asked for; none for always."""
    if column.from_stage == "lost":
        return '[stage_type]="lost"'
    rank = STAGE_RANK[column.from_stage]
    if column.only_open:
        return f'AND([stage_type]="open",[stage_rank]>={rank})'
    return "" if rank == 1 else f"[stage_rank]>={rank}"


def _at_close(asks: list[Column]) -> str:
    """Return the formula for those characters of `lacks` that a handover needs."""
    parts, at = [], 1
    for wanted, run in groupby(asks, asked_at_close):
        count = len(list(run))
        if wanted:
            parts.append(f"MID([lacks],{at},{count})")
        at += count
    return "&".join(parts)
