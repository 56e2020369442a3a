"""The hidden sheet behind Check: each deal's items, counted and added up in order.

Rows follow the rows of the Deal, Context and Commitments sheets by number, through INDEX and
ROW, so that deleting, inserting or sorting rows there breaks nothing here.
"""

from collections.abc import Iterator, Mapping
from typing import Any, Final, NamedTuple

from sheetrecord.formats.template.dropdowns import BEYOND
from sheetrecord.formats.template.plan import FIRST_ROW, HEADER_ROW, Plan
from sheetrecord.model.problem import column_letters
from sheetrecord.schema import gate
from sheetrecord.schema.formula import translate
from sheetrecord.schema.lists import HANDOVER_RANK
from sheetrecord.schema.places import quoted

TITLE: Final = "sr_check"
_PARTS: Final = ("sheet", "column", "own", "what", "ask")
_TOP: Final = 8
"""The first row of deals here; the rows above say what the columns of the chain are."""

_CHAIN: Final = 8
"""The first column of the chain; before it stand id, items before, own, Context, Commitments."""


class CheckRows(NamedTuple):
    """Ranges of the helper sheet, as formulas name them."""

    ids: str
    before: str
    own: str
    context: str
    chain: str
    heads: Mapping[str, str]
    keys: Mapping[str, tuple[str, int]]
    total: str
    header_row: str

    def next_row(self, sheet: str, deal: str, previous: str) -> str:
        """Return the formula for the next open row of a deal after a row of a sheet."""
        column, last = self.keys[sheet]
        title = quoted(TITLE)
        rest = f"INDEX({title}!{column}:{column},{previous}+1):{title}!{column}${last}"
        return f"MATCH({deal},{rest},0)+{previous}"


class _Item(NamedTuple):
    """One thing a deal may lack: where it stands, what to say, and its formula (1 when open)."""

    sheet: str
    column: str
    own: bool
    what: str
    ask: str
    formula: str


def write_check_rows(workbook: Any, plan: Plan) -> CheckRows:
    """Write the helper sheet and return its ranges."""
    from sheetrecord.formats.template.plainsheet import PlainSheet

    worksheet = workbook.add_worksheet(TITLE, PlainSheet)
    worksheet.hide()
    items = list(_items(plan))
    _heads(worksheet, plan, items)
    deals = plan.sheets["Deal"].last_row - FIRST_ROW + 1
    for i in range(deals):
        _deal(worksheet, plan, items, _TOP + i)
    keys = dict(_keys(worksheet, plan, _CHAIN + len(items) + 1))
    bottom = _TOP + deals - 1
    title = quoted(TITLE)
    first, last = column_letters(_CHAIN), column_letters(_CHAIN + len(items) - 1)

    def down(letters: str) -> str:
        return f"{title}!${letters}${_TOP}:${letters}${bottom}"

    return CheckRows(
        ids=down("A"),
        before=down("B"),
        own=down("C"),
        context=down("D"),
        chain=f"{title}!${first}${_TOP}:${last}${bottom}",
        heads={part: f"{title}!${first}${row}:${last}${row}" for row, part in enumerate(_PARTS, 1)},
        keys=keys,
        total=f"{title}!$B${bottom}+SUM({title}!$C${bottom}:$E${bottom})",
        header_row=f"ROW({plan.title('Deal')}!$A${HEADER_ROW})",
    )


def _items(plan: Plan) -> Iterator[_Item]:
    """Yield what a deal may lack besides its open rows, in the order in which it is listed."""
    words, labels, helps = plan.words.words, plan.words.columns["Deal"], plan.words.help["Deal"]
    for column, term in gate.fields(plan.sheets["Deal"].columns, handover=False):
        yield _Item("Deal", column.key, True, labels[column.key], helps[column.key], term)
    rows = f"({gate.unasked('[stage_rank]')}>0)*1"
    yield _Item("Context", "kind", False, words["check_rows"], words["check_rows_do"], rows)
    places = {
        "nobody": ("Context", "role", False),
        "contact": ("Context", "role", False),
        "no_commitments": ("Commitments", "what", False),
        "fee_gap": ("Deal", "fee_gap", True),
    }
    for name, formula in gate.at_handover().items():
        late = f"([stage_rank]>={HANDOVER_RANK})*{formula}"
        yield _Item(*places[name], words[f"check_{name}"], words[f"check_{name}_do"], late)


def _heads(worksheet: Any, plan: Plan, items: list[_Item]) -> None:
    """Write, above each column of the chain, where its item stands and what to say."""
    for at, item in enumerate(items, start=_CHAIN - 1):
        worksheet.write_string(0, at, plan.titles[item.sheet])
        worksheet.write_formula(1, at, f"=COLUMN({plan.whole(item.sheet, item.column)})", None, "")
        worksheet.write_number(2, at, int(item.own))
        worksheet.write_string(3, at, item.what)
        worksheet.write_string(4, at, item.ask)


def _deal(worksheet: Any, plan: Plan, items: list[_Item], row: int) -> None:
    """Write one deal's id, running total, counts and chain of items."""
    offset = f"ROW()-{_TOP - 1}+ROW({plan.title('Deal')}!$A${HEADER_ROW})"

    def own(key: str) -> str:
        return f"INDEX({plan.whole('Deal', key)},{offset})"

    last = column_letters(_CHAIN + len(items) - 1)
    before = "0" if row == _TOP else f"$B{row - 1}+SUM($C{row - 1}:$E{row - 1})"
    context = (
        f"COUNTIFS({plan.whole('Context', 'deal_id')},$A{row},{plan.whole('Context', 'open')},1)"
    )
    commitments = (
        f"COUNTIFS({plan.whole('Commitments', 'deal_id')},$A{row},"
        f'{plan.whole("Commitments", "open")},">0")'
    )
    used = f'{own("stage_rank")}=""'
    cells = (
        f'IF({used},"",{own("deal_id")}&"")',
        before,
        f'IF($A{row}="",0,${last}{row})',
        f'IF($A{row}="",0,{context})',
        f'IF($A{row}="",0,{commitments})',
    )
    for at, formula in enumerate(cells):
        worksheet.write_formula(row - 1, at, f"={formula}", None, "")
    for at, item in enumerate(items, start=_CHAIN):
        sofar = "0" if at == _CHAIN else f"{column_letters(at - 1)}{row}"
        term = translate(item.formula, plan, own)
        worksheet.write_formula(row - 1, at - 1, f'=IF($A{row}="",0,{sofar}+{term})', None, "")


def _keys(worksheet: Any, plan: Plan, left: int) -> Iterator[tuple[str, tuple[str, int]]]:
    """Write, beside each open row's number, the id of its deal."""
    for at, sheet in enumerate(("Context", "Commitments"), start=left):
        last = plan.sheets[sheet].last_row + BEYOND
        opened, deal = plan.whole(sheet, "open"), plan.whole(sheet, "deal_id")
        formula = f'=IF(N(INDEX({opened},ROW()))>0,INDEX({deal},ROW())&"","")'
        for row in range(FIRST_ROW, last + 1):
            worksheet.write_formula(row - 1, at - 1, formula, None, "")
        yield sheet, (f"${column_letters(at)}", last)
