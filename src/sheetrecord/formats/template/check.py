"""Writes the sheet Check: what is still open, deal by deal, listed live by formulas alone.

Line n asks the hidden helper sheet (see `checkrows`) to which deal it belongs, which of the
deal's items it is and where that item stands.
"""

from typing import Any, Final

from sheetrecord.formats.template.check_rows import (
    SHEETS_AT,
    CheckRows,
    nth_open,
    write_check_rows,
)
from sheetrecord.formats.template.plan import HEADER_ROW, TemplatePlan
from sheetrecord.formats.template.style import ACCENT, LINE, MUTED, OWNERS, SMALL, TemplateStyles
from sheetrecord.model.book import quoted
from sheetrecord.schema.column import ColumnOwner

LINES: Final = 150
FIRST_LINE: Final = 5
_WIDTHS: Final = (11, 28, 20, 46, 84)
_LINE_HEIGHT: Final = 28
"""Two lines of text: a result that changes makes no row higher by itself in Excel."""

_LONGEST: Final = 80
"""Characters shown of what was said: they take two lines at the most."""

_HEADINGS: Final = ("deal", "client", "where", "what", "ask")
LAST_SHOWN: Final = "E"
_CELL, _N, _DEAL, _ITEM, _SORT, _AT = "$F", "$G", "$H", "$I", "$J", "$K"
"""Hidden columns of a line: the address it leads to, its number, the deal's place, the item's, its
sort (that of a row of Context or Commitments is the number of the sheet) and its row."""


def write_check(workbook: Any, worksheet: Any, plan: TemplatePlan, styles: TemplateStyles) -> None:
    """Write the list of open items and the helper sheet behind it."""
    rows = write_check_rows(workbook, plan)
    words = plan.words.words
    worksheet.hide_gridlines(2)
    for at, width in enumerate(_WIDTHS):
        worksheet.set_column(at, at, width)
    worksheet.set_column(5, 10, 8, None, {"hidden": True})
    worksheet.set_row(0, 26)
    about = styles.get(font_size=11, font_color=ACCENT, bold=True, valign="vcenter")
    worksheet.write_string(0, 0, words["about_Check"], about)
    _count(worksheet, plan, rows, styles)
    _ways(worksheet, plan, styles)
    worksheet.set_row(FIRST_LINE - 2, 22)
    for at, name in enumerate(_HEADINGS):
        heading = styles.header(ColumnOwner.ENGINE)
        worksheet.write_string(FIRST_LINE - 2, at, words[f"check_{name}"], heading)
    for number in range(1, LINES + 1):
        _line(worksheet, plan, rows, number, styles)
    filled = {"type": "formula", "criteria": f'=$A{FIRST_LINE}<>""'}
    ruled = styles.over({}, bottom=1, bottom_color=LINE)
    area = (FIRST_LINE - 1, 0, FIRST_LINE + LINES - 2, len(_WIDTHS) - 1)
    worksheet.conditional_format(*area, {**filled, "format": ruled})
    worksheet.freeze_panes(FIRST_LINE - 1, 0)
    worksheet.set_landscape()
    worksheet.set_paper(9)
    worksheet.fit_to_pages(1, 0)
    worksheet.repeat_rows(FIRST_LINE - 2)


def _count(worksheet: Any, plan: TemplatePlan, rows: CheckRows, styles: TemplateStyles) -> None:
    """Write how much is open, above the list."""
    words = {name: text.replace('"', '""') for name, text in plan.words.words.items()}
    opened = f"SUM({plan.data('Deal', 'gate_open')})"
    shown = f'{opened}&" {words["check_count"]}"'
    big = styles.get(bold=True, font_size=15, valign="vcenter")
    worksheet.set_row(1, 26)
    worksheet.write_formula(1, 0, f'=IF({opened}=0,"{words["check_none"]}",{shown})', big, "")
    worksheet.write_formula(1, 6, f"={rows.total}", None, "")
    more = f'=IF($G$2>{LINES},"{words["check_more"]}","")'
    note = styles.get(font_color=MUTED, font_size=SMALL, valign="vcenter")
    worksheet.write_formula(2, 0, more, note, "")


def _ways(worksheet: Any, plan: TemplatePlan, styles: TemplateStyles) -> None:
    """Write links to the sheets that lines lead to.

    Google Sheets turns a cell's own link into one of its own when it opens the workbook, and no
    formula can make one.
    """
    style = styles.get(valign="vcenter", font_color=OWNERS[ColumnOwner.SALES][0], font_size=SMALL)
    for at, key in enumerate(SHEETS_AT, start=2):
        title = plan.titles[key]
        worksheet.write_url(1, at, f"internal:{quoted(title)}!A1", style, title)


def _line(
    worksheet: Any, plan: TemplatePlan, rows: CheckRows, number: int, styles: TemplateStyles
) -> None:
    row = FIRST_LINE + number - 1
    worksheet.set_row(row - 1, _LINE_HEIGHT)
    for at, formula in enumerate(_machinery(plan, rows, row, number), start=5):
        worksheet.write_formula(row - 1, at, f"={formula}", None, "")
    plainly = styles.get(valign="vcenter")
    wrapped = styles.get(valign="vcenter", text_wrap=True)
    linked = styles.get(valign="vcenter", font_color=OWNERS[ColumnOwner.SALES][0])
    formats = (plainly, wrapped, linked, wrapped, wrapped)
    for at, (formula, cell) in enumerate(zip(_shown(plan, rows, row), formats, strict=True)):
        whole = f'=IF({_DEAL}{row}="","",{formula})'
        worksheet.write_formula(row - 1, at, whole, cell, "")


def _machinery(plan: TemplatePlan, rows: CheckRows, row: int, number: int) -> tuple[str, ...]:
    """Return the formulas of a line's hidden cells, F to K."""
    deal, item, sort = (f"{letters}{row}" for letters in (_DEAL, _ITEM, _SORT))
    own, context = f"INDEX({rows.own},{deal})", f"INDEX({rows.context},{deal})"
    commitments = f"INDEX({rows.commitments},{deal})"
    sorts = f"IF({item}<={own},1,IF({item}<={own}+{context},2,3))"
    among = f'FIND("2",SUBSTITUTE(INDEX({rows.items},{deal}),"1","2",{item}))'
    deal_row = f"INDEX({plan.whole('Deal', 'deal_row')},INDEX({rows.at},{deal}))"
    left = f"{own}+{context}-{item}+1"
    asked = nth_open(plan, "Context", deal_row, left)
    said = nth_open(plan, "Commitments", deal_row, f"{left}+{commitments}")
    return (
        f'IF({deal}="","",{_address(plan, rows, row)})',
        str(number),
        f'IF({_N}{row}>$G$2,"",MATCH({_N}{row}-1,{rows.before},1))',
        f'IF({deal}="","",{_N}{row}-INDEX({rows.before},{deal}))',
        f'IF({deal}="","",{sorts})',
        f'IF({deal}="","",IF({sort}=1,{among},IF({sort}=2,{asked},{said})))',
    )


def _address(plan: TemplatePlan, rows: CheckRows, row: int) -> str:
    """Return the formula for the address of the cell that a line speaks of."""
    deal, sort, at = (f"{letters}{row}" for letters in (_DEAL, _SORT, _AT))
    header_row = f"ROW({plan.title('Deal')}!$A${HEADER_ROW})"
    deals_row = f"IF(INDEX({rows.heads['own']},{at})=1,INDEX({rows.at},{deal}),{header_row})"
    context, commitments = (f"COLUMN({plan.whole(*one)})" for one in TARGET.items())
    column = f"INDEX({rows.heads['column']},{at})"
    return (
        f"IF({sort}=1,ADDRESS({deals_row},{column},4),"
        f"ADDRESS({at},IF({sort}=2,{context},{commitments}),4))"
    )


def _shown(plan: TemplatePlan, rows: CheckRows, row: int) -> tuple[str, ...]:
    """Return the formulas of what a person sees on a line, A to E."""
    asks = plan.words.words["check_commitment_do"].replace('"', '""')
    deal, sort, at, cell = (f"{letters}{row}" for letters in (_DEAL, _SORT, _AT, _CELL))
    head = {part: f"INDEX({rows.heads[part]},{at})" for part in rows.heads}
    kind = f"INDEX({plan.whole('Context', 'kind')},{at})"
    question = f"INDEX({plan.whole('Context', 'prompt')},{at})"
    said = f"INDEX({plan.whole('Commitments', 'what')},{at})"
    what = f'LEFT({said},{_LONGEST})&IF(LEN({said})>{_LONGEST},"...","")'
    sheet = f"IF({sort}=1,{head['sheet']},{sort})"
    core, label = (f"INDEX({names},{sheet})" for names in (rows.cores, rows.labels))
    place = f'{label}&" "&{cell}'
    return (
        f"INDEX({rows.ids},{deal})",
        f'IFERROR(INDEX({plan.whole("Deal", "client")},INDEX({rows.at},{deal}))&"","")',
        place if plan.spec.google else f'HYPERLINK("#\'"&{core}&"\'!"&{cell},{place})',
        f"IF({sort}=1,{head['what']},IF({sort}=2,{kind},{what}))",
        f'IF({sort}=1,{head["ask"]},IF({sort}=2,{question},"{asks}"))',
    )


TARGET: Final = {"Context": "answer", "Commitments": "client_believes"}
"""Where the eye should land on each sheet; a column in sight."""
