"""The Fees sheet: one row per planned or actual invoice line."""

import datetime as dt

from sheetrecord.schema import column as col
from sheetrecord.schema.column import Owner, Row
from sheetrecord.schema.gate import VALID_DATE, places

_SALES, _OPS, _FINANCE, _ENGINE = Owner.SALES, Owner.OPS, Owner.FINANCE, Owner.ENGINE
_INVOICED = f"AND(ISNUMBER([gross]),{VALID_DATE.format('[invoiced_on]')},[void]<><yes.yes>)"
_PLACES = places("[currency]")
_RELEASED = (
    f"IF({VALID_DATE.format('[retention_release_on]')},{{asof}}>=[retention_release_on],FALSE)"
)
_SETTLED = "N([received])+N([credited])+N([settled_otherwise])"
_HELD = f"MAX(ROUND(ABS([gross])*N([retention_pct]),{_PLACES}),SIGN([gross])*N([kept]))"
"""What the contract lets the client hold back, or more when it kept more as it paid."""


class Fees(Row, sheet="Fees", prefix="F"):
    """What the client pays, when, and how much of it has come in."""

    fee_id: str = col.identity("Stays with the row for ever.")
    deal_id: str = col.ref("Which deal this belongs to.", "Deal", front=True)
    phase: str = col.text("Which part of the project.", _SALES)
    commitment_ref: str = col.ref("The commitment it pays for.", "Commitments", _OPS)
    milestone_ref: str = col.ref("The milestone that makes it due.", "Project", _OPS)
    origin: str = col.choice(
        "Contract, change order or expenses. Only contract lines add up to the agreed amount.",
        "origin",
        _SALES,
        front=True,
    )
    fee_type: str = col.choice("What kind of fee.", "fee_type", _SALES, front=True)
    trigger: str = col.choice("What makes it due.", "trigger", _SALES, group="trigger")
    period: str = col.month("Which month, for retainers and time.", _SALES, group="trigger")
    description: str = col.text("As it will stand on the invoice.", _SALES, front=True)
    currency: str = col.currency(
        "Filled from the deal.",
        _SALES,
        override=True,
        group="amount",
        formula='IF([deal_id]="","",IFERROR(INDEX(<currency:code>,MATCH(INDEX([Deal.currency],'
        'MATCH([deal_id],[Deal.deal_id],0)),<currency:code>,0)),""))',
    )
    net: int | None = col.money("Amount before tax.", _SALES, front=True, group="amount")
    tax_rate: float | None = col.percent("Tax rate.", _FINANCE, group="amount")
    tax: int | None = col.money(
        "Tax as printed on the invoice; leave blank to use the rate.", _FINANCE, group="amount"
    )
    gross: int | None = col.money(
        "Amount with tax.",
        _ENGINE,
        front=True,
        formula="IF(ISNUMBER([net]),[net]+IF(ISNUMBER([tax]),[tax],"
        f'ROUND([net]*N([tax_rate]),{_PLACES})),"")',
    )
    retention_pct: float | None = col.percent(
        "Share the client holds back.", _SALES, group="retention"
    )
    retention_release_on: dt.date | None = col.date(
        "When the share held back is due.", _SALES, group="retention"
    )
    wht_pct: float | None = col.percent("Share the client pays to the tax office.", _FINANCE)
    planned_on: dt.date | None = col.date("When we plan to invoice.", _SALES, front=True)
    ready: bool = col.flag("Tick when finance may invoice.", _OPS, front=True)
    void: bool = col.flag("Tick when the line was cancelled.", _FINANCE)
    invoice_no: str = col.text("The number on the invoice.", _FINANCE, front=True, group="invoice")
    po_ref: str = col.text("The client's order number.", _FINANCE)
    invoiced_on: dt.date | None = col.date(
        "The date on the invoice.", _FINANCE, front=True, group="invoice"
    )
    terms_days: float | None = col.number("Days the client has to pay.", _FINANCE, group="invoice")
    disputed: bool = col.flag("Tick while the client disputes it.", _FINANCE)
    applies_to: str = col.ref("The line this deposit or credit is set against.", "Fees", _FINANCE)
    credited: int | None = col.money("Credited so far.", _FINANCE, group="settled")
    received: int | None = col.money("Received so far.", _FINANCE, front=True, group="settled")
    settled_otherwise: int | None = col.money(
        "Settled without cash: bank charge, withheld tax, discount, write-off.",
        _FINANCE,
        group="settled",
    )
    kept: int | None = col.money(
        "Kept back when it was paid, to come later: as finance decided.", _FINANCE, group="settled"
    )
    last_receipt_on: dt.date | None = col.date(
        "When money last came in.", _FINANCE, group="settled"
    )
    match_tier: str = col.choice("How the receipt was matched.", "match_tier", _ENGINE)
    ledger_check: str = col.choice("Whether the ledger agrees.", "ledger_check", _ENGINE)
    closed_month: str = col.month("The closed month this belongs to.", _ENGINE)
    note: str = col.prose("Anything else.", _FINANCE)
    due_on: dt.date | None = col.date(
        "Invoice date plus days to pay.",
        _ENGINE,
        formula=f'IF({VALID_DATE.format("[invoiced_on]")},[invoiced_on]+INT(N([terms_days])),"")',
    )
    retained: int | None = col.money(
        "Held back by the client and not yet due.",
        _ENGINE,
        formula=f"IF({_INVOICED},IF(OR(N([retention_pct])+N([kept])=0,{_RELEASED}),0,"
        f"ROUND(SIGN([gross])*MAX(0,MIN({_HELD},SIGN([gross])*([gross]-({_SETTLED})))),4)),0)",
    )
    outstanding: int | None = col.money(
        "Still to come in; negative when the client paid too much.",
        _ENGINE,
        front=True,
        formula=f'IF({_INVOICED},ROUND([gross]-({_SETTLED})-[retained],4),"")',
    )
    days_overdue: float | None = col.number(
        "Days past due; 0 when nothing is late.",
        _ENGINE,
        formula='IF([outstanding]="","",IF(AND([outstanding]>0,[due_on]<>""),MAX(0,{asof}-'
        f"IF(IF({_RELEASED},[outstanding]<={_HELD},FALSE),"
        "MAX([due_on],[retention_release_on]),[due_on])),0))",
    )
    pay_status: str = col.choice(
        "Where the money stands.",
        "pay_status",
        _ENGINE,
        front=True,
        formula='IF([deal_id]&[description]&[net]="","",IF([void]=<yes.yes>,<pay_status.cancelled>,'
        'IF([outstanding]="",IF([ready]=<yes.yes>,<pay_status.ready>,<pay_status.planned>),'
        "IF([outstanding]<0,IF([gross]<0,<pay_status.invoiced>,<pay_status.overpaid>),"
        "IF([outstanding]=0,"
        "IF(N([received])<>0,IF([retained]<>0,<pay_status.retained>,<pay_status.paid>),"
        "IF(N([credited])<>0,<pay_status.credited>,"
        "IF(N([settled_otherwise])<>0,<pay_status.written_off>,<pay_status.paid>))),"
        "IF([disputed]=<yes.yes>,<pay_status.disputed>,"
        f"IF({_SETTLED}<>0,"
        "IF([days_overdue]>0,<pay_status.part_paid_overdue>,<pay_status.part_paid>),"
        "IF([days_overdue]>0,<pay_status.overdue>,<pay_status.invoiced>))))))))",
    )
    ageing: str = col.choice(
        "How late, in steps of 30 days past due.",
        "ageing",
        _ENGINE,
        formula='IF([outstanding]="","",IF([outstanding]<=0,"",IF([days_overdue]<=0,'
        "<ageing.not_due>,IF([days_overdue]<=30,<ageing.d1_30>,IF([days_overdue]<=60,"
        "<ageing.d31_60>,IF([days_overdue]<=90,<ageing.d61_90>,<ageing.d90_plus>))))))",
    )
    oldest: float | None = col.number(
        "Days overdue, on the deal's oldest unpaid line.",
        _ENGINE,
        formula="IF(N([days_overdue])<=0,0,(COUNTIFS([Fees.deal_id],[deal_id],"
        '[Fees.days_overdue],">"&[days_overdue])=0)*[days_overdue])',
    )
