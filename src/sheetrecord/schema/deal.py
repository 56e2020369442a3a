"""The Deal sheet: one row per deal, from the first conversation to the last invoice."""

import datetime as dt

from sheetrecord.schema import column as col
from sheetrecord.schema.column import ColumnOwner, Row
from sheetrecord.schema.formulas import cell_tests as cells
from sheetrecord.schema.formulas import gate

_SALES, _OPS, _ENGINE = ColumnOwner.SALES, ColumnOwner.OPS, ColumnOwner.ENGINE
_STAGE = cells.placed("[stage]", "<stage:label>")
_NAMED = ",".join(cells.filled(f"[{key}]") for key in ("client", "deal_name", "deal_owner"))
_COIN = f"IF({cells.blank('[currency]')},{{currency}},[currency])"
_PLACES = cells.places('IF([coin]="",{currency},[coin])')
_LATE = '[Fees.deal_row],[deal_row],[Fees.oldest],">0"'


def _summed(sheet: str, by: str, sums: str) -> str:
    """Return a formula for a sum over the deal's rows, 0 where it has none: MATCH is cheap."""
    return f"IF(ISNA(MATCH([deal_row],[{sheet}.{by}],0)),0,ROUND({sums},4))"


def _fees(sums: str) -> str:
    """Return a formula for the sum of a column of the deal's fee lines, in its currency."""
    return f'IF([stage_rank]="","",{_summed("Fees", "summed", sums)})'


_AGREED = _summed("Fees", "summed", "SUMIFS([Fees.agreed],[Fees.summed],[deal_row])")
_WORTH = _summed(
    "Commitments",
    "deal_row",
    "SUMIFS([Commitments.unpriced_amount],[Commitments.deal_row],[deal_row])",
)
_HOURS = _summed(
    "Commitments",
    "deal_row",
    "SUMIFS([Commitments.unpriced_hours],[Commitments.deal_row],[deal_row])",
)


class Deal(Row, sheet="Deal", prefix="D"):
    """One deal. The rep types about nine cells; the rest is derived or comes later."""

    deal_id: str = col.identity("Stays with the deal for ever. Never type over it.")
    client: str = col.text(
        "The client's name, spelled as on the contract.", _SALES, from_stage="talking", front=True
    )
    deal_name: str = col.text(
        "A short name that people would say aloud.", _SALES, from_stage="talking", front=True
    )
    stage: str = col.choice(
        "Where the sale stands today.", "stage", _SALES, from_stage="talking", front=True
    )
    deal_owner: str = col.person("Who sells this deal.", _SALES, from_stage="talking", front=True)
    value_net: int | None = col.money(
        "The one agreed amount, before tax.",
        _SALES,
        from_stage="proposal",
        front=True,
        group="value",
    )
    currency: str = col.currency(
        "Three letters, such as EUR; the firm's of Settings where it is blank.",
        _SALES,
        from_stage="proposal",
        front=True,
        group="value",
    )
    fee_model: str = col.choice(
        "How the client pays for the work.",
        "fee_model",
        _SALES,
        from_stage="proposal",
        front=True,
    )
    hours_sold: float | None = col.number(
        "How many hours of ours the price is made of.", _SALES, front=True
    )
    expected_close: dt.date | None = col.date(
        "When you expect the signature.",
        _SALES,
        from_stage="proposal",
        only_open=True,
        front=True,
    )
    next_step: str = col.text(
        "What happens next, and who does it.",
        _SALES,
        from_stage="proposal",
        only_open=True,
        front=True,
        group="next_step",
    )
    next_step_on: dt.date | None = col.date(
        "When that next step is due.",
        _SALES,
        from_stage="proposal",
        only_open=True,
        front=True,
        group="next_step",
    )
    proposal_link: str = col.link(
        "Where the proposal is kept.", _SALES, from_stage="proposal", blocks=False
    )
    contract_link: str = col.link(
        'Where the signed contract is kept, or "email acceptance".',
        _SALES,
        from_stage="won",
        front=True,
    )
    paper: str = col.choice(
        "What there is in writing on the day the work begins.",
        "paper",
        _SALES,
        from_stage="won",
        blocks=False,
        front=True,
        group="paper",
    )
    notice_by: dt.date | None = col.date(
        "The last day to cancel, renew or replace the paper.",
        _SALES,
        front=True,
        group="paper",
    )
    signed_on: dt.date | None = col.date(
        "The day the client signed or accepted.",
        _SALES,
        from_stage="won",
        front=True,
    )
    contract_start: dt.date | None = col.date(
        "The start date in the contract.",
        _SALES,
        from_stage="won",
        front=True,
        group="contract_dates",
    )
    contract_end: dt.date | None = col.date(
        "The end date in the contract. The date that really matters goes into Context.",
        _SALES,
        from_stage="won",
        front=True,
        group="contract_dates",
    )
    won_reason: str = col.prose(
        "Why the client chose us, in one sentence.",
        _SALES,
        from_stage="won",
        front=True,
    )
    ops_owner: str = col.person(
        "Who receives the project. A handover without a name gets lost.",
        _SALES,
        from_stage="won",
        front=True,
    )
    lost_reason: str = col.choice(
        "Why the deal was lost.",
        "lost_reason",
        _SALES,
        from_stage="lost",
        front=True,
        group="lost",
    )
    lost_to: str = col.text("Who won it instead, or what they did.", _SALES, group="lost")
    ready_to_close: bool = col.flag(
        "Tick when it is signed: the next run closes the deal if the gate is clean.", _SALES
    )
    handover_state: str = col.choice(
        "How far the handover has come.", "handover_state", _OPS, group="handover"
    )
    handover_on: dt.date | None = col.date("When the handover last moved.", _OPS, group="handover")
    return_code: str = col.choice("Why ops returned it.", "return_code", _OPS, group="handover")
    return_note: str = col.prose("What is missing, in words.", _OPS, group="handover")
    prior_deal_id: str = col.ref(
        "An earlier deal of the same client; its people come along.", "Deal"
    )
    crm_ref: str = col.text("The deal's number in the CRM, such as hubspot:123.", _SALES)
    source: str = col.choice("Where the deal came from.", "source", _SALES)
    waived: str = col.text(
        "Codes of gate items that somebody lets pass, such as CTX-002.",
        _SALES,
        group="waiver",
    )
    waived_by: str = col.person("Who lets it pass.", _SALES, group="waiver")
    waived_why: str = col.prose("Why it may pass.", _SALES, group="waiver")
    waived_until: dt.date | None = col.date("Until when it may pass.", _SALES, group="waiver")
    note: str = col.prose("Anything else.", _SALES)
    stage_type: str = col.text(
        "Open, won, lost or on hold, whatever the stage is called.",
        _ENGINE,
        formula=f'IF([stage_rank]="","",IFERROR(INDEX(<stage:type>,{_STAGE})&"",""))',
    )
    stage_rank: float | None = col.number(
        "How far the sale has come, as a number.",
        _ENGINE,
        formula=f"IFERROR(INDEX(<stage:rank>,{_STAGE}),"
        f'IF(OR({_NAMED},ISNUMBER([value_net])),0,""))',
    )
    gate_open: float | None = col.number(
        "How many things the present stage still needs.",
        _ENGINE,
        formula=gate.NOW,
        front=True,
    )
    to_handover: float | None = col.number(
        "How many things are still open before the handover.",
        _ENGINE,
        formula=gate.HANDOVER,
        front=True,
    )
    answered: str = col.text(
        "How many of the questions that the handover asks are answered, people included.",
        _ENGINE,
        formula=gate.ANSWERED,
        front=True,
    )
    real_deadline: dt.date | None = col.date(
        "The earliest date that really matters, from Context.",
        _ENGINE,
        front=True,
        formula='IF([deal_row]=0,"",IFERROR(INT(INDEX([Context.date],'
        'MATCH([deal_row],[Context.limit],0))),IF(MIN([Context.limit])>=0,"",'
        'IF(COUNTIFS([Context.limit],"<"&-[deal_row]*1E6,[Context.limit],'
        '">"&-([deal_row]+1)*1E6)=0,"",'
        '-LARGE([Context.limit],COUNTIF([Context.limit],">"&-[deal_row]*1E6)+1)'
        "-[deal_row]*1E6))))",
    )
    date_gap_days: float | None = col.number(
        "Days by which the client needs it before the contract's end.",
        _ENGINE,
        formula=f"IF(AND({cells.day('[contract_end]')},ISNUMBER([real_deadline])),"
        'INT([contract_end]-[real_deadline]),"")',
    )
    fee_gap: int | None = col.money(
        "Agreed amount less the fee lines of the contract. Must be 0.",
        _ENGINE,
        front=True,
        formula=f'IF(ISNUMBER([value_net]),ROUND(ROUND([value_net],{_PLACES})-{_AGREED},4),"")',
    )
    invoiced: int | None = col.money(
        "Invoiced so far, with tax.",
        _ENGINE,
        formula=_fees(
            f"SUMIFS([Fees.gross],[Fees.summed],[deal_row],[Fees.outstanding],{gate.ANY_AMOUNT})"
        ),
    )
    collected: int | None = col.money(
        "Received so far, with tax.",
        _ENGINE,
        formula=_fees("SUMIFS([Fees.cash],[Fees.summed],[deal_row])"),
    )
    outstanding: int | None = col.money(
        "Invoiced and not yet settled; negative when the client paid too much.",
        _ENGINE,
        formula=_fees("SUMIFS([Fees.outstanding],[Fees.summed],[deal_row])"),
    )
    oldest_overdue_days: float | None = col.number(
        "Days the oldest unpaid invoice is late.",
        _ENGINE,
        formula="IFERROR(IF(MATCH([deal_row],[Fees.deal_row],0)>0,"
        f'SUMIFS([Fees.oldest],[Fees.deal_row],[deal_row])/COUNTIFS({_LATE})),"")',
    )
    unpriced_exposure: int | None = col.money(
        "What the client believes is included and the contract does not hold: hours times rate, "
        "and amounts.",
        _ENGINE,
        formula=f'IF([stage_rank]="","",ROUND({_HOURS}*{{hourly_rate}}+{_WORTH},{_PLACES}))',
    )
    deal_key: str = col.text(
        "The deal's id as other sheets look for it.",
        _ENGINE,
        helper=True,
        formula=f'IFERROR(IF({cells.clean("[deal_id]")}="","","/"&{cells.clean("[deal_id]")}),"")',
    )
    deal_row: float | None = col.number(
        "The row of the first deal with this id.",
        _ENGINE,
        helper=True,
        formula=f'IF([deal_key]="",0,{cells.placed("[deal_key]", "[Deal.deal_key]")})',
    )
    tallied: str = col.text(
        "Questions and people of the deal, counted: rows without an answer, questions with a row, "
        "rows that ask again, and what is there; then the same as far as the stage asks.",
        _ENGINE,
        helper=True,
        formula=gate.TALLIED,
    )
    unsettled: float | None = col.number(
        "How many things the handover still needs on the deal's rows in Commitments.",
        _ENGINE,
        helper=True,
        formula="IF(ISNA(MATCH([deal_row],[Commitments.said],0)),0,"
        "SUMIFS([Commitments.missing],[Commitments.deal_row],[deal_row]))",
    )
    coin: str = col.text(
        "The currency, or else the firm's, when the list has it.",
        _ENGINE,
        helper=True,
        formula=f'IFERROR(INDEX(<currency:code>,{cells.placed(_COIN, "<currency:code>")}),"")',
    )
    lacks: str = col.text(
        "A character for each cell the gate may ask for: 1 when it is missing.",
        _ENGINE,
        helper=True,
        formula=gate.LACKS,
    )
