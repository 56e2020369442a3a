"""Writes the sheet Lists: each list's words, codes and what else the formulas read."""

from typing import Any, Final

from sheetrecord.formats.template.list_blocks import ListBlock
from sheetrecord.formats.template.plan import TemplatePlan
from sheetrecord.formats.template.style import ACCENT, LINE, MUTED, TemplateStyles
from sheetrecord.model.problem import column_letters

_TITLES: Final = {"state": "list_state_list", "type": "list_type_list"}
_EDITABLE: Final = {"label", "prompt", "text", "from", "level", "state"}
_WIDTHS: Final = (39, 22, 12, 10, 8, 70)


def write_lists(worksheet: Any, plan: TemplatePlan, styles: TemplateStyles) -> None:
    """Write every list, open the firm's words to typing and lock the codes."""
    words = plan.words.words
    worksheet.hide_gridlines(2)
    worksheet.set_row(0, 26)
    about = styles.get(font_size=11, font_color=ACCENT, bold=True, valign="vcenter")
    worksheet.write_string(0, 0, words["about_Lists"], about)
    for at, width in enumerate(_WIDTHS):
        worksheet.set_column(at, at, width)
    for block in plan.blocks.values():
        _block(worksheet, plan, block, styles)
    worksheet.freeze_panes(1, 0)
    worksheet.protect("", _ALLOWED)
    worksheet.set_portrait()
    worksheet.set_paper(9)
    worksheet.fit_to_pages(1, 0)


_ALLOWED: Final = {
    "format_cells": True,
    "format_columns": True,
    "format_rows": True,
    "insert_rows": True,
    "insert_hyperlinks": True,
}


def _block(worksheet: Any, plan: TemplatePlan, block: ListBlock, styles: TemplateStyles) -> None:
    words = plan.words.words
    title = words[_TITLES.get(block.name, f"list_{block.name}")]
    worksheet.write_string(block.top - 3, 0, title, styles.get(bold=True, font_size=11))
    if block.spare:
        note = styles.get(font_color=MUTED, font_size=9, italic=True)
        worksheet.write_string(block.top - 3, 1, words["list_spare"], note)
    heading = styles.get(font_size=9, font_color=MUTED, bottom=1, bottom_color=MUTED)
    for part in block.parts:
        worksheet.write_string(
            block.top - 2, block.column(part) - 1, words[f"list_{part}"], heading
        )
    for row in range(block.top, block.bottom + 1):
        spare = row >= block.top + len(block.rows)
        cells = (None,) * len(block.parts) if spare else block.rows[row - block.top]
        for part, value in zip(block.parts, cells, strict=True):
            at = block.column(part) - 1
            live = _formula(plan, block, part, row, spare=spare)
            cell = _style(styles, part, open_=spare or part in _EDITABLE, live=bool(live))
            if live:
                worksheet.write_formula(row - 1, at, live, cell, "")
            else:
                worksheet.write(row - 1, at, value, cell)
    _choices(worksheet, plan, block)


def _style(styles: TemplateStyles, part: str, *, open_: bool, live: bool) -> Any:
    wanted: dict[str, Any] = {"bottom": 1, "bottom_color": LINE, "valign": "top"}
    wanted["locked"] = live or not open_
    if live or not open_:
        wanted["font_color"] = MUTED
    if part == "prompt":
        wanted["text_wrap"] = True
    if part == "rank":
        wanted |= {"align": "center", "num_format": "0;;" if live else "0"}
    if part in {"label", "text", "code"}:
        wanted["num_format"] = "@"
    return styles.get(**wanted)


def _formula(plan: TemplatePlan, block: ListBlock, part: str, row: int, *, spare: bool) -> str:
    """Return the formula of a cell that follows from others, or nothing."""
    stage = plan.blocks["stage"]
    fixed = stage.top + len(stage.rows) - 1
    own = {name: column_letters(block.column(name)) for name in block.parts}
    if block.name == "kind" and part == "rank":
        by_code, by_word = (
            f"INDEX($D${stage.top}:$D${last},MATCH({own['from']}{row},${at}${stage.top}:${at}${last},0))"
            for at, last in (("B", fixed), ("A", stage.bottom))
        )
        return f'=IF({own["level"]}{row}="error",IFERROR({by_code},IFERROR({by_word},0)),0)'
    if block.name == "stage" and spare and part in {"type", "rank"}:
        letters = own[part]
        empty = '""' if part == "type" else "0"
        return (
            f'=IF({own["code"]}{row}="",{empty},IFERROR(INDEX(${letters}${stage.top}:${letters}'
            f"${fixed},MATCH({own['code']}{row},$B${stage.top}:$B${fixed},0)),{empty}))"
        )
    return ""


def _choices(worksheet: Any, plan: TemplatePlan, block: ListBlock) -> None:
    """Offer the codes that a spare row or a stage cell may hold."""
    stage = plan.blocks["stage"]
    codes = {"validate": "list", "source": list(stage.codes), "error_type": "warning"}
    if block.name == "stage":
        first = block.top + len(block.rows)
        worksheet.data_validation(first - 1, 1, block.bottom - 1, 1, codes)
    if block.name == "kind":
        at = block.column("from") - 1
        worksheet.data_validation(block.top - 1, at, block.bottom - 1, at, codes)
        level = {"validate": "list", "source": ["error", "warning", "off"]}
        options = {**level, "error_type": "warning"}
        worksheet.data_validation(block.top - 1, at + 1, block.bottom - 1, at + 1, options)
