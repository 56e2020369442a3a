"""The hidden sheet behind Check: each deal's open items, counted and added up in order.

Rows follow the rows of the Deal sheet by number, through INDEX and ROW, so that deleting,
inserting or sorting rows there breaks nothing here. What the deal itself lacks is one text of 0
and 1 for each deal, a character for each item; the heads above say what each stands for.
"""

from collections.abc import Iterator, Mapping
from typing import Any, Final, NamedTuple

from sheetrecord.formats.template.dropdowns import BEYOND
from sheetrecord.formats.template.plan import FIRST_ROW, HEADER_ROW, TemplatePlan
from sheetrecord.model.book import quoted
from sheetrecord.model.problem import column_letters
from sheetrecord.schema.formulas import gate
from sheetrecord.schema.formulas.notation import translate
from sheetrecord.schema.lists import FENCES

TITLE: Final = "sr_check"
_PARTS: Final = ("sheet", "column", "own", "what", "ask")
_TOP: Final = 8
"""The first row of deals here; the rows above say what the characters stand for."""

_AT, _ID, _BEFORE, _OWN, _CONTEXT, _COMMITMENTS, _ITEMS = "ABCDEFG"
"""Of each deal: its row, id, the items before, how many of each sort, and the text of its own."""

_HEADS: Final = 9
"""The first column of the heads."""

SHEETS_AT: Final = ("Deal", "Context", "Commitments")
"""The sheets that lines lead to; a row of this sheet for each, from the first one on."""

_ADDRESS, _NAMED, _OPENED, _CORE, _LABEL = "BCDEF"
"""Of each of these sheets: the address of a cell, then its present name, step by step: as it stands
between quotes, and as people read it."""


class CheckRows(NamedTuple):
    """Ranges of the helper sheet, as used in formulas."""

    at: str
    ids: str
    before: str
    own: str
    context: str
    commitments: str
    items: str
    heads: Mapping[str, str]
    cores: str
    labels: str
    total: str


class _Item(NamedTuple):
    """One thing a deal may lack: where it stands and what to say."""

    sheet: str
    column: str
    own: bool
    what: str
    ask: str


def write_check_rows(workbook: Any, plan: TemplatePlan) -> CheckRows:
    """Write the helper sheet and return its ranges."""
    from sheetrecord.formats.template.plain_sheet import PlainSheet

    worksheet = workbook.add_worksheet(TITLE, PlainSheet)
    worksheet.hide()
    items = list(_items(plan))
    _heads(worksheet, plan, items)
    for row, key in enumerate(SHEETS_AT, start=1):
        _name(worksheet, plan, row, key)
    deals = plan.sheets["Deal"].last_row - FIRST_ROW + 1
    for i in range(deals):
        _deal(worksheet, plan, _TOP + i)
    bottom = _TOP + deals - 1
    title = quoted(TITLE)
    first, last = column_letters(_HEADS), column_letters(_HEADS + len(items) - 1)

    def down(letters: str) -> str:
        return f"{title}!${letters}${_TOP}:${letters}${bottom}"

    return CheckRows(
        at=down(_AT),
        ids=down(_ID),
        before=down(_BEFORE),
        own=down(_OWN),
        context=down(_CONTEXT),
        commitments=down(_COMMITMENTS),
        items=down(_ITEMS),
        heads={part: f"{title}!${first}${row}:${last}${row}" for row, part in enumerate(_PARTS, 1)},
        cores=f"{title}!${_CORE}$1:${_CORE}${len(SHEETS_AT)}",
        labels=f"{title}!${_LABEL}$1:${_LABEL}${len(SHEETS_AT)}",
        total=f"SUM({title}!${_OWN}${_TOP}:${_COMMITMENTS}${bottom})",
    )


def nth_open(plan: TemplatePlan, sheet: str, deal_row: str, from_last: str) -> str:
    """Return the formula for the row number of a deal's n-th open item, counted from the last."""
    last = plan.sheets[sheet].last_row + BEYOND

    def data(key: str) -> str:
        letters = plan.cell(sheet, key)
        return f"{plan.title(sheet)}!${letters}${FIRST_ROW}:${letters}${last}"

    wanted = f"({data('deal_row')}={deal_row})*({data('open')}>0)*ROW({data('deal_row')})"
    return f"SUMPRODUCT(LARGE({wanted},{from_last}))"


def _items(plan: TemplatePlan) -> Iterator[_Item]:
    """Yield what a deal may lack besides its open rows, in the order of the text's characters."""
    words, labels, helps = plan.words.words, plan.words.columns["Deal"], plan.words.help["Deal"]
    for column in gate.asked(plan.sheets["Deal"].declared):
        yield _Item("Deal", column.key, True, labels[column.key], helps[column.key])
    places = {
        "nobody": ("Context", "role", False),
        "contact": ("Context", "role", False),
        "no_promises": ("Commitments", "what", False),
        **{f"no_{type_}": ("Commitments", "what", False) for type_ in FENCES},
        "fee_gap": ("Deal", "fee_gap", True),
    }
    for name in gate.at_handover():
        yield _Item(*places[name], words[f"check_{name}"], words[f"check_{name}_do"])
    yield _Item("Context", "kind", False, words["check_rows"], words["check_rows_do"])


def _name(worksheet: Any, plan: TemplatePlan, row: int, sheet: str) -> None:
    """Write the present name of a sheet, which the address of one of its cells tells.

    Excel puts the workbook before it, in brackets; a program that leaves the sheet out has the
    name of when this was written.
    """
    literal = plan.titles[sheet].replace("'", "''").replace('"', '""')
    address, named, opened = (f"${letters}${row}" for letters in (_ADDRESS, _NAMED, _OPENED))
    core = f"${_CORE}${row}"
    cells = {
        _ADDRESS: f'CELL("address",{plan.title(sheet)}!$A$1)',
        _NAMED: f'IF(ISNUMBER(FIND("!",{address})),MID(LEFT({address},LEN({address})-5),'
        f'IFERROR(FIND("]",{address}),0)+1,99),"{literal}")',
        _OPENED: f"""IF(LEFT({named},1)="'",MID({named},2,99),{named})""",
        _CORE: f"""IF(RIGHT({opened},1)="'",LEFT({opened},LEN({opened})-1),{opened})""",
        _LABEL: f"""SUBSTITUTE({core},"''","'")""",
    }
    for letters, formula in cells.items():
        worksheet.write_formula(row - 1, "ABCDEF".index(letters), f"={formula}", None, "")


def _heads(worksheet: Any, plan: TemplatePlan, items: list[_Item]) -> None:
    """Write, above each other, where an item stands and what to say."""
    for at, item in enumerate(items, start=_HEADS - 1):
        worksheet.write_number(0, at, SHEETS_AT.index(item.sheet) + 1)
        worksheet.write_formula(1, at, f"=COLUMN({plan.whole(item.sheet, item.column)})", None, "")
        worksheet.write_number(2, at, int(item.own))
        worksheet.write_string(3, at, item.what)
        worksheet.write_string(4, at, item.ask)


def _deal(worksheet: Any, plan: TemplatePlan, row: int) -> None:
    """Write one deal's row, id, running total, counts and text of items."""

    def own(key: str) -> str:
        return f"INDEX({plan.whole('Deal', key)},${_AT}{row})"

    def of_deal(notation: str) -> str:
        return translate(notation, plan, own)

    above = row - 1
    nothing = f'${_ITEMS}{row}=""'
    before = f"${_BEFORE}{above}+SUM(${_OWN}{above}:${_COMMITMENTS}{above})"
    cells = (
        f"ROW()-{_TOP - 1}+ROW({plan.title('Deal')}!$A${HEADER_ROW})",
        of_deal('IF([stage_rank]="","",IFERROR([deal_id]&"",""))'),
        "0" if row == _TOP else before,
        f'IF({nothing},0,LEN(SUBSTITUTE(${_ITEMS}{row},"0","")))',
        of_deal(f"IF({nothing},0,{gate.OPEN_ROWS})"),
        of_deal(
            f'IF({nothing},0,IF([stage_type]="won",'
            'COUNTIFS([Commitments.deal_row],[deal_row],[Commitments.open],">0"),0))'
        ),
        of_deal(f'IF(N([gate_open])=0,"",{_lacking(plan)})'),
    )
    for at, formula in enumerate(cells):
        worksheet.write_formula(row - 1, at, f"={formula}", None, "")


def _lacking(plan: TemplatePlan) -> str:
    """Return the notation for the text of what a deal lacks now, the missing questions last."""
    late = list(gate.at_handover().values())
    return "&".join(
        (
            gate.lacking_now(gate.asked(plan.sheets["Deal"].declared)),
            f'IF([stage_type]="won",{"&".join(late)},"{"0" * len(late)}")',
            f"IF({gate.UNASKED}>0,1,0)",
        )
    )
