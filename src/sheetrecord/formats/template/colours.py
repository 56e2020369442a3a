"""Conditional formats: what is needed now, needed soon, late, or done.

Every condition refers to cells of its own sheet only, because Google Sheets drops the others.
"""

from collections.abc import Iterator
from typing import Any, Final, NamedTuple

from sheetrecord.formats.template.dropdowns import BEYOND
from sheetrecord.formats.template.plan import FIRST_ROW, SheetPlan
from sheetrecord.formats.template.style import AMBER, BLUE, GREEN, GREY, RED, ROW, TemplateStyles
from sheetrecord.schema.column import Column
from sheetrecord.schema.deal import Deal
from sheetrecord.schema.formulas.gate import asked, asked_at_close
from sheetrecord.schema.lists import STAGE_RANK


class Tint(NamedTuple):
    """A condition (see `schema.formulas.notation`) and the cells it colours (none: the row)."""

    keys: tuple[str, ...]
    formula: str
    colours: dict[str, str]


def colour(worksheet: Any, sheet: SheetPlan, styles: TemplateStyles) -> None:
    """Add a sheet's conditional formats to its data cells; the first that holds applies."""
    last = sheet.last_row + BEYOND
    for tint in _TINTS[sheet.key]:
        formula = tint.formula
        for column in sheet.columns:
            formula = formula.replace(f"[{column.key}]", f"${sheet.letters(column.key)}{FIRST_ROW}")
        options = {
            "type": "formula",
            "criteria": f"={formula}",
            "format": styles.over(tint.colours),
            "stop_if_true": True,
        }
        for first, end in _spans(sheet, tint.keys):
            worksheet.conditional_format(FIRST_ROW - 1, first - 1, last - 1, end - 1, options)


def _spans(sheet: SheetPlan, keys: tuple[str, ...]) -> Iterator[tuple[int, int]]:
    if not keys:
        yield 1, sheet.last_column - sheet.hidden
    for key in keys:
        number = sheet.number(key)
        yield number, number


def _deal() -> Iterator[Tint]:
    yield Tint(("stage",), 'AND([stage]<>"",[stage_type]="",[client]&[deal_name]&[stage]<>"")', RED)
    for column in Deal.columns:
        if column.from_stage and column.blocks:
            blank = _blank(column)
            yield Tint((column.key,), f"AND({_now(column)},{blank})", RED)
            if asked_at_close(column):
                yield Tint((column.key,), f'AND([stage_type]="open",{blank})', AMBER)
    yield Tint(("deal_id", "client", "deal_name"), "N([gate_open])>0", ROW)
    yield Tint(("gate_open",), "N([gate_open])>0", RED)
    yield Tint(("gate_open",), "AND(ISNUMBER([to_handover]),[gate_open]=0)", GREEN)
    yield Tint(("to_handover",), "N([to_handover])>0", AMBER)
    yield Tint(("to_handover",), "AND(ISNUMBER([to_handover]),[to_handover]=0)", GREEN)
    yield Tint(("real_deadline", "date_gap_days"), "N([date_gap_days])>0", RED)
    yield Tint(("answered",), "AND(ISNUMBER([to_handover]),[to_handover]=0)", GREEN)
    for stage, colours in (("won", RED), ("open", AMBER)):
        wrong = "N([fee_gap])<>0,N([fee_gap])<>N([value_net])"  # there are lines, and they differ
        yield Tint(("fee_gap",), f'AND([stage_type]="{stage}",{wrong})', colours)
    yield Tint(("oldest_overdue_days",), "N([oldest_overdue_days])>0", RED)
    yield Tint(("unpriced_exposure",), "N([unpriced_exposure])>0", AMBER)
    yield Tint((), 'OR([stage_type]="lost",[stage_type]="hold")', GREY)


def _now(column: Column) -> str:
    """Return the condition that the deal's stage asks for a column now."""
    if column.from_stage == "lost":
        return '[stage_type]="lost"'
    rank = STAGE_RANK[column.from_stage]
    if column.only_open:
        return f'[stage_type]="open",N([stage_rank])>={rank}'
    return f"N([stage_rank])>={rank}" if rank > 1 else '[stage_rank]<>""'


def _blank(column: Column) -> str:
    """Return the condition that a cell is missing, as the gate's own formula found it."""
    at = next(i for i, one in enumerate(asked(Deal.columns), start=1) if one.key == column.key)
    return f'MID([lacks],{at},1)="1"'


_CONTEXT: Final = (
    Tint((), 'AND([deal_id]<>"",[deal_rank]="")', GREY),
    Tint(("ctx_id", "deal_id", "kind", "prompt"), "N([open])=1", ROW),
    Tint(("answer", "state"), "N([open])=1", RED),
    Tint(("answer", "state"), "AND(N([missing])=1,N([deal_rank])>0)", AMBER),
    Tint(("date",), "N([deadline])>0", BLUE),
)

_COMMITMENTS: Final = (
    Tint((), "ISNUMBER([done_on])", GREY),
    *(
        Tint((key,), f'AND(N([{count}])>0,TRIM([{key}])="")', colours)
        for key in ("client_believes", "disposition")
        for count, colours in (("open", RED), ("missing", AMBER))
    ),
    Tint(("com_id", "deal_id", "what"), "N([open])>0", ROW),
    Tint(("what",), "N([missing])>0", AMBER),
    Tint(("effort_hours",), "N([unpriced_hours])>0", AMBER),
)

_LATE: Final = (
    "OR(AND(ISNUMBER([due_on]),[due_on]<TODAY()),AND(ISNUMBER([date_planned]),"
    "[date_planned]<TODAY()))"
)

_PROJECT: Final = (
    Tint((), "ISNUMBER([date_actual])", GREY),
    Tint(("row_id", "deal_id", "title"), _LATE, ROW),
    Tint(("due_on",), "AND(ISNUMBER([due_on]),[due_on]<TODAY())", RED),
    Tint(("date_planned",), "AND(ISNUMBER([date_planned]),[date_planned]<TODAY())", RED),
)

_FEES: Final = (
    Tint((), 'TRIM([void])<>""', GREY),
    Tint(("fee_id", "deal_id", "description"), "N([days_overdue])>0", ROW),
    Tint(("pay_status",), 'AND(N([outstanding])>0,TRIM([disputed])<>"")', AMBER),
    Tint(("pay_status", "ageing", "outstanding", "days_overdue"), "N([days_overdue])>0", RED),
    Tint(("pay_status", "outstanding"), "N([outstanding])<0", AMBER),
    Tint(("pay_status",), "AND(ISNUMBER([outstanding]),[outstanding]=0)", GREEN),
    Tint(("pay_status",), "ISNUMBER([outstanding])", BLUE),
    Tint(("pay_status",), 'AND(TRIM([ready])<>"",[pay_status]<>"")', BLUE),
)

_TINTS: Final[dict[str, tuple[Tint, ...]]] = {
    "Deal": tuple(_deal()),
    "Context": _CONTEXT,
    "Commitments": _COMMITMENTS,
    "Project": _PROJECT,
    "Fees": _FEES,
    "Gaps": (),
}
