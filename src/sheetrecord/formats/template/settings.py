"""Writes the sheet Settings: what the firm decides once."""

import datetime as dt
from typing import Any, Final

from sheetrecord.formats.template.plan import TemplatePlan
from sheetrecord.formats.template.setting_rows import SettingsTable, Single
from sheetrecord.formats.template.style import ACCENT, LINE, MUTED, TemplateStyles
from sheetrecord.schema.column import Kind

_WIDTHS: Final = (30, 22, 20, 20, 14, 14, 15, 40)


def write_settings(worksheet: Any, plan: TemplatePlan, styles: TemplateStyles) -> None:
    """Write single settings, then the tables with room for the firm's own rows."""
    words = plan.words.words
    worksheet.hide_gridlines(2)
    worksheet.set_row(0, 26)
    about = styles.get(font_size=11, font_color=ACCENT, bold=True, valign="vcenter")
    worksheet.write_string(0, 0, words["about_Settings"], about)
    for at, width in enumerate(_WIDTHS):
        worksheet.set_column(at, at, width)
    for single in plan.settings.singles:
        _single(worksheet, plan, single, styles)
    for table in plan.settings.tables:
        _table(worksheet, plan, table, styles)
    worksheet.freeze_panes(1, 0)
    worksheet.set_landscape()
    worksheet.set_paper(9)
    worksheet.fit_to_pages(1, 0)


def _single(worksheet: Any, plan: TemplatePlan, single: Single, styles: TemplateStyles) -> None:
    words = plan.words.words
    row = single.row - 1
    worksheet.write_string(row, 0, words[f"set_{single.name}"], styles.get())
    numbers = {"date": styles.date, "money": styles.money, "percent": "0.##%"}
    wanted: dict[str, Any] = {"bottom": 1, "bottom_color": LINE, "align": "left"}
    wanted["num_format"] = numbers.get(single.kind, "General")
    wanted["font_color"] = MUTED if single.fixed else ACCENT
    cell = styles.get(**wanted)
    if isinstance(single.value, dt.date):
        worksheet.write_datetime(row, 1, single.value, cell)
    elif single.value == "=TODAY()":
        worksheet.write_formula(row, 1, single.value, cell, "")
    else:
        worksheet.write(row, 1, single.value, cell)
    note = words.get(f"set_{single.name}_note", "")
    if note:
        worksheet.write_string(row, 2, note, styles.get(font_color=MUTED, font_size=9))
    if single.name == "currency":
        source = f"={plan.list('currency', 'code')}"
        worksheet.data_validation(
            row, 1, row, 1, {"validate": "list", "source": source, "error_type": "warning"}
        )


def _table(
    worksheet: Any, plan: TemplatePlan, table: SettingsTable, styles: TemplateStyles
) -> None:
    words = plan.words.words
    title = styles.get(bold=True, font_size=11)
    worksheet.write_string(table.top - 3, 0, words[f"set_{table.name}"], title)
    note = styles.get(font_color=MUTED, font_size=9, italic=True)
    worksheet.write_string(table.top - 3, 1, words[f"set_{table.name}_note"], note)
    heading = styles.get(font_size=9, font_color=MUTED, bottom=1, bottom_color=MUTED)
    for at, name in enumerate(table.headings):
        worksheet.write_string(table.top - 2, at, words[f"col_{name}"], heading)
        _choices(worksheet, plan, table, at)
        percent = {"num_format": "0.0#%"} if name == "percent" else {}
        cell = styles.get(bottom=1, bottom_color=LINE, **percent)
        for row in range(table.top, table.bottom + 1):
            i = row - table.top
            value = table.rows[i][at] if i < len(table.rows) else None
            worksheet.write(row - 1, at, value, cell)


def _choices(worksheet: Any, plan: TemplatePlan, table: SettingsTable, at: int) -> None:
    """Offer what a column of a table may hold."""
    name = table.headings[at]
    source: str | list[str] = ""
    if name == "sheet":
        source = [plan.titles[key] for key in plan.sheets]
    elif name == "from":
        source = f"={plan.list('stage', 'label')}"
    elif name in {"fee_type", "trigger"}:
        source = f"={plan.list(name, 'label')}"
    elif name == "blocks":
        source = f"={plan.list('yes', 'label')}"
    elif name == "severity":
        source = ["error", "warning", "note"]
    elif name == "kind":
        source = [kind.value for kind in Kind if kind not in {Kind.ID, Kind.REF}]
    if source:
        options = {"validate": "list", "source": source, "error_type": "warning"}
        worksheet.data_validation(table.top - 1, at, table.bottom - 1, at, options)
