"""The Fees sheet: one row per planned or actual invoice line."""

import datetime as dt

from sheetrecord.schema import column as col
from sheetrecord.schema.column import ColumnOwner, Row
from sheetrecord.schema.context import deal_row
from sheetrecord.schema.formulas import cell_tests as cells

_SALES, _OPS, _FINANCE, _ENGINE = (
    ColumnOwner.SALES,
    ColumnOwner.OPS,
    ColumnOwner.FINANCE,
    ColumnOwner.ENGINE,
)
_VOID, _READY, _DISPUTED = (f'MID([ticks],{at},1)="1"' for at in (1, 2, 3))
_INVOICED = f"AND(ISNUMBER([gross]),{cells.day('[invoiced_on]')},NOT({_VOID}))"
_INVOICE = ("amount", "void")
"""What an invoice says besides its number, date and days to pay, and whether it still counts."""
_HELD = (
    f"MAX(ROUND(ABS([gross])*{cells.share('[retention_pct]')},[places]),"
    f"SIGN([gross])*{cells.amount('[kept]', '[places]')})"
)
"""What the contract lets the client hold back, or more when it kept more as it paid."""

_RELEASED = f"IF({cells.day('[retention_release_on]')},{{asof}}>=INT([retention_release_on]),FALSE)"
_TERMS = cells.value("[terms_days]")
_DEALS_COIN = 'IFERROR(INDEX([Deal.coin],[deal_row]),"")'
_TYPED = 'IF(ISTEXT([currency]),[currency],"")'
_TAX = (
    f"IF(ISNUMBER([tax]),ROUND([tax],[places]),"
    f"ROUND(ROUND([net],[places])*{cells.share('[tax_rate]')},[places]))"
)


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
        formula=_DEALS_COIN,
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
        formula=f'IF(ISNUMBER([net]),ROUND(ROUND([net],[places])+{_TAX},4),"")',
    )
    retention_pct: float | None = col.percent(
        "Share the client holds back.", _SALES, group="retention"
    )
    retention_release_on: dt.date | None = col.date(
        "When the share held back is due.", _SALES, group="retention"
    )
    wht_pct: float | None = col.percent("Share the client pays to the tax office.", _FINANCE)
    planned_on: dt.date | None = col.date(
        "When we plan to invoice.", _SALES, front=True, group="trigger"
    )
    ready: bool = col.flag("Tick when finance may invoice.", _OPS, front=True)
    void: bool = col.flag("Tick when the line was cancelled.", _FINANCE, group="void")
    invoice_no: str = col.text(
        "The number on the invoice.", _FINANCE, front=True, group="invoice", binds=_INVOICE
    )
    po_ref: str = col.text("The client's order number.", _FINANCE)
    invoiced_on: dt.date | None = col.date(
        "The date on the invoice.", _FINANCE, front=True, group="invoice", binds=_INVOICE
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
        formula=f"IF(AND({cells.day('[invoiced_on]')},ABS({_TERMS})<=36500),"
        f'INT([invoiced_on])+INT({_TERMS}),"")',
    )
    retained: int | None = col.money(
        "Held back by the client and not yet due.",
        _ENGINE,
        formula=f'IF(OR([held]="",{_RELEASED}),0,ROUND(SIGN([gross])*MAX(0,MIN([held],'
        "SIGN([gross])*([gross]-[settled]))),4))",
    )
    outstanding: int | None = col.money(
        "Still to come in; negative when the client paid too much.",
        _ENGINE,
        front=True,
        formula='IF([held]="","",ROUND([gross]-[settled]-[retained],4))',
    )
    days_overdue: float | None = col.number(
        "Days past due; 0 when nothing is late.",
        _ENGINE,
        formula='IF([held]="","",IF(AND([outstanding]>0,[due_on]<>""),MAX(0,{asof}-'
        f"IF(AND({_RELEASED},[outstanding]<=[held]),"
        "MAX([due_on],INT([retention_release_on])),[due_on])),0))",
    )
    pay_status: str = col.choice(
        "Where the money stands.",
        "pay_status",
        _ENGINE,
        front=True,
        formula=f"IF(AND({cells.blank('[deal_id]')},{cells.blank('[description]')},"
        f'NOT(ISNUMBER([net]))),"",IF({_VOID},<pay_status.cancelled>,'
        f'IF([outstanding]="",IF({_READY},<pay_status.ready>,<pay_status.planned>),'
        "IF([outstanding]<0,IF([gross]<0,<pay_status.invoiced>,<pay_status.overpaid>),"
        "IF([outstanding]=0,"
        "IF([cash]<>0,IF([retained]<>0,<pay_status.retained>,<pay_status.paid>),"
        f"IF({cells.amount('[credited]', '[places]')}<>0,<pay_status.credited>,"
        f"IF({cells.amount('[settled_otherwise]', '[places]')}<>0,<pay_status.written_off>,"
        "<pay_status.paid>))),"
        f"IF({_DISPUTED},<pay_status.disputed>,"
        "IF([settled]<>0,"
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
        formula='IF(OR([deal_row]="",N([days_overdue])<=0),0,(COUNTIFS([Fees.deal_row],'
        '[deal_row],[Fees.days_overdue],">"&[days_overdue])=0)*[days_overdue])',
    )
    deal_row: float | None = col.number(
        "The row of its deal.", _ENGINE, helper=True, formula=deal_row()
    )
    coin: str = col.text(
        "The currency of the line, or else the deal's.",
        _ENGINE,
        helper=True,
        formula=f"IF({cells.blank(_TYPED)},{_DEALS_COIN},{cells.clean('[currency]')})",
    )
    places: float | None = col.number(
        "Decimal places of the currency.",
        _ENGINE,
        helper=True,
        formula=cells.places('IF([coin]="",{currency},[coin])'),
    )
    summed: float | None = col.number(
        "The deal's row, when the line is in the deal's currency.",
        _ENGINE,
        helper=True,
        formula='IFERROR(IF(AND([coin]<>"",[coin]=INDEX([Deal.coin],[deal_row])),'
        '[deal_row],""),"")',
    )
    agreed: float | None = col.number(
        "Amount before tax of a line of the contract, 0 when it was cancelled.",
        _ENGINE,
        helper=True,
        formula=f"IF({cells.same('[origin]', '<origin.contract>')},"
        f'IF({_VOID},0,{cells.amount("[net]", "[places]")}),"")',
    )
    cash: float | None = col.number(
        "Received, in whole minor units.",
        _ENGINE,
        helper=True,
        formula=cells.amount("[received]", "[places]"),
    )
    settled: float | None = col.number(
        "Received, credited and settled otherwise.",
        _ENGINE,
        helper=True,
        formula=f"ROUND([cash]+{cells.amount('[credited]', '[places]')}"
        f"+{cells.amount('[settled_otherwise]', '[places]')},4)",
    )
    ticks: str = col.text(
        "1 for each tick: void, ready, disputed.",
        _ENGINE,
        helper=True,
        formula="&".join(
            f"IF({cells.ticked(f'[{key}]')},1,0)" for key in ("void", "ready", "disputed")
        ),
    )
    held: float | None = col.number(
        "How much may come later; blank on a line that is not invoiced.",
        _ENGINE,
        helper=True,
        formula=f'IF({_INVOICED},{_HELD},"")',
    )
