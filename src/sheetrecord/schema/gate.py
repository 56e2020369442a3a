"""The gate as live formulas: what a deal still needs, counted in the sheet itself.

The same items are found by the rules; a test recalculates the formulas in a spreadsheet
program and compares the counts. See `schema.formula` for the notation.
"""

from collections.abc import Iterable, Iterator

from sheetrecord.model.money import EXPONENTS
from sheetrecord.schema.column import Column, Kind
from sheetrecord.schema.lists import DECISION_ROLES, HANDOVER_RANK, STAGE_RANK

NOW = "{gate:now}"
HANDOVER = "{gate:handover}"
"""Stand-ins in the declarations; `schema.formula` puts `count` in their place."""

_FEE_GAP = (
    "(COUNTIFS([Fees.deal_id],[deal_id],[Fees.origin],<origin.contract>)>0)"
    "*(N([fee_gap])<>0)*([fee_model]<><fee_model.time_materials>)"
)
VALID_DATE = "AND(ISNUMBER({0}),{0}>=DATE(1990,1,1),{0}<DATE(2101,1,1))"


def places(cell: str) -> str:
    """Return a formula for the ISO 4217 decimal places of the currency in a cell; 2 by default."""
    listed = {
        exponent: "/".join(code for code, places in EXPONENTS.items() if places == exponent)
        for exponent in (0, 3, 4)
    }
    terms = "".join(
        f'{exponent - 2:+d}*ISNUMBER(SEARCH("/"&{cell}&"/","/{codes}/"))'
        for exponent, codes in listed.items()
    )
    return f"2{terms}"


def missing(column: Column) -> str:
    """Return a formula that is 1 when a cell is blank or not valid for its column, else 0."""
    cell = f"[{column.key}]"
    if column.kind in {Kind.MONEY, Kind.NUMBER, Kind.PERCENT}:
        test = f"NOT(ISNUMBER({cell}))"
    elif column.kind is Kind.DATE:
        test = f"NOT({VALID_DATE.format(cell)})"
    elif column.kind is Kind.ENUM:
        test = f"ISNA(MATCH({cell},<{column.enum}:label>,0))"
    elif column.kind is Kind.CURRENCY:
        test = f"ISNA(MATCH({cell},<currency:code>,0))"
    else:
        test = f'TRIM({cell})=""'
    return f"IFERROR(({test})*1,1)"


def count(columns: Iterable[Column], *, handover: bool) -> str:
    """Return the formula that counts a deal's open gate items.

    ``handover`` counts what closing needs whatever the stage; otherwise what the stage needs now.
    """
    rows = "missing" if handover else "open"
    parts = [term for _, term in fields(columns, handover=handover)]
    parts.append(f"SUMIFS([Context.{rows}],[Context.deal_id],[deal_id])")
    parts.append(unasked(str(HANDOVER_RANK) if handover else "[stage_rank]"))
    late = list(at_handover().values())
    late.insert(2, f"SUMIFS([Commitments.{rows}],[Commitments.deal_id],[deal_id])")
    if handover:
        total = "+".join(parts + late)
        return f'IF(OR([stage_type]="open",[stage_type]="won"),{total},"")'
    total = "+".join(parts)
    return f'IF([stage_rank]="","",{total}+IF([stage_rank]>={HANDOVER_RANK},{"+".join(late)},0))'


def unasked(rank: str) -> str:
    """Return the formula that counts blocking questions, asked up to a rank, that have no row."""
    return (
        f"SUMPRODUCT((<kind:rank>>0)*(<kind:rank><={rank})"
        "*(COUNTIFS([Context.deal_id],[deal_id],[Context.kind],<kind:label>)=0))"
    )


def at_handover() -> dict[str, str]:
    """Return, by name, formulas that are 1 when a handover lacks something of the whole deal."""
    return {
        "nobody": _nobody(DECISION_ROLES),
        "contact": _nobody(["daily_contact"]),
        "no_commitments": (
            '(COUNTIFS([Commitments.deal_id],[deal_id],[Commitments.what],"<>")=0)*1'
        ),
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
    asked = bool(column.from_stage) and column.blocks
    return asked and not column.only_open and column.from_stage != "lost"


def fields(columns: Iterable[Column], *, handover: bool) -> Iterator[tuple[Column, str]]:
    """Yield the deal's own columns with the formula that is 1 when one is needed and missing."""
    for column in columns:
        if handover:
            if asked_at_close(column):
                yield column, missing(column)
            continue
        if not column.from_stage or not column.blocks:
            continue
        rank = STAGE_RANK[column.from_stage]
        if column.from_stage == "lost":
            test = '([stage_type]="lost")*'
        elif column.only_open:
            test = f'([stage_type]="open")*([stage_rank]>={rank})*'
        else:
            test = "" if rank == 1 else f"([stage_rank]>={rank})*"
        yield column, test + missing(column)


def _nobody(roles: Iterable[str]) -> str:
    """Return a formula that is 1 when no person of the deal has one of the roles."""
    known = "+".join(
        f"COUNTIFS([Context.deal_id],[deal_id],[Context.role],<role.{role}>,[Context.ok],1)"
        for role in roles
    )
    return f"({known}=0)*1"
