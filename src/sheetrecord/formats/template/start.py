"""Writes the sheet Start: the first deal step by step, then the sheets and the colours."""

from collections.abc import Mapping
from typing import Any, Final

from sheetrecord.formats.template import measure
from sheetrecord.formats.template.check import FIRST_LINE
from sheetrecord.formats.template.plan import FIRST_ROW, TemplatePlan
from sheetrecord.formats.template.style import (
    ACCENT,
    AMBER,
    GREY,
    MUTED,
    OWNERS,
    PAPER,
    RED,
    SIZE,
    TemplateStyles,
)
from sheetrecord.model.book import quoted
from sheetrecord.schema.column import ColumnOwner

_LINKS: Final = (
    *("Deal", "Context", "Commitments", "Project", "Fees", "Gaps"),
    *("Check", "Lists", "Settings"),
)
_OWNER_OF: Final = {
    "Deal": ColumnOwner.SALES,
    "Context": ColumnOwner.SALES,
    "Commitments": ColumnOwner.SALES,
    "Project": ColumnOwner.OPS,
    "Fees": ColumnOwner.FINANCE,
    "Gaps": ColumnOwner.OPS,
}

_STEPS: Final = (
    ("Deal", "client"),
    ("Context", "answer"),
    ("Commitments", "what"),
    ("Deal", "value_net"),
    ("Deal", "contract_link"),
    ("Check", ""),
)
"""Where each step of the first deal leads to: a sheet and the column to begin with."""

_LEFT, _RIGHT = 26, 100
"""Widths of what a line is about and of what it says."""


class _Page:
    """Writes down the page, one line after another."""

    def __init__(self, worksheet: Any, plan: TemplatePlan, styles: TemplateStyles) -> None:
        self.worksheet, self.plan, self.styles = worksheet, plan, styles
        self.words = plan.words.words
        self.row = 1

    def heading(self, text: str) -> None:
        """Write a heading with room above."""
        self.row += 1
        style = self.styles.get(bold=True, font_size=12, font_color=ACCENT, valign="vcenter")
        self.worksheet.set_row(self.row, 26)
        self.worksheet.write_string(self.row, 1, text, style)
        self.row += 1

    def line(self, left: str, text: str, mark: Any) -> None:
        """Write a short cell and a sentence beside it, as high as the sentence."""
        count = measure.lines(text, measure.room(_RIGHT, 1), SIZE)
        self.worksheet.set_row(self.row, measure.height(count, SIZE) + 6)
        self.worksheet.write_string(self.row, 1, left, mark)
        style = self.styles.get(text_wrap=True, valign="vcenter", indent=1)
        self.worksheet.write_string(self.row, 2, text, style)
        self.row += 1


def write_start(
    worksheet: Any, plan: TemplatePlan, styles: TemplateStyles, filled: Mapping[str, int]
) -> None:
    """Write the sheet; ``filled`` is the number of used rows by sheet."""
    words = plan.words.words
    worksheet.hide_gridlines(2)
    worksheet.set_column(0, 0, 3)
    worksheet.set_column(1, 1, _LEFT)
    worksheet.set_column(2, 2, _RIGHT)
    page = _Page(worksheet, plan, styles)
    worksheet.set_row(1, 34)
    title = styles.get(bold=True, font_size=17, font_color=ACCENT, valign="vcenter")
    worksheet.write_string(1, 1, words["about_Start"], title)
    worksheet.set_row(2, 22)
    worksheet.write_string(2, 1, words["start_why"], styles.get(font_color=MUTED, valign="top"))
    page.row = 3
    _steps(page, filled)
    _sheets(page)
    _colours(page)
    worksheet.set_landscape()
    worksheet.set_paper(9)
    worksheet.fit_to_pages(1, 1)


def _steps(page: _Page, filled: Mapping[str, int]) -> None:
    """Say what to type first, what next and where; each step leads to its cell."""
    page.heading(page.words["start_steps"])
    won = page.plan.words.enums["stage"]["won"]
    for number, (key, column) in enumerate(_STEPS, start=1):
        title = page.plan.titles[key]
        band, tint = OWNERS[_OWNER_OF.get(key, ColumnOwner.ENGINE)]
        link = page.styles.get(
            bold=True, font_color=band, bg_color=tint, valign="vcenter", indent=1
        )
        at = _first_free(page.plan, key, column, filled)
        labels = page.plan.words.columns.get(key, {})
        text = page.words[f"start_step{number}"].format(row=_row(at), won=won, **labels)
        row = page.row
        page.line("", text, link)
        target = f"internal:{quoted(title)}!{at}"
        page.worksheet.write_url(row, 1, target, link, f"{number}. {title}")


def _first_free(plan: TemplatePlan, key: str, column: str, filled: Mapping[str, int]) -> str:
    """Return the cell where somebody begins with a sheet: in its first row that is free."""
    if not column:
        return f"A{FIRST_LINE}"
    return f"{plan.cell(key, column)}{FIRST_ROW + filled[key]}"


def _row(at: str) -> str:
    return at.lstrip("ABCDEFGHIJKLMNOPQRSTUVWXYZ")


def _sheets(page: _Page) -> None:
    page.heading(page.words["start_sheets"])
    for key in _LINKS:
        title = page.plan.titles[key]
        band, tint = OWNERS[_OWNER_OF.get(key, ColumnOwner.ENGINE)]
        link = page.styles.get(
            bold=True, font_color=band, bg_color=tint, valign="vcenter", indent=1, underline=0
        )
        row = page.row
        page.line("", page.words[f"start_{key}"], link)
        page.worksheet.write_url(row, 1, f"internal:{quoted(title)}!A1", link, title)


def _colours(page: _Page) -> None:
    page.heading(page.words["start_colours"])
    for owner in (ColumnOwner.SALES, ColumnOwner.OPS, ColumnOwner.FINANCE, ColumnOwner.ENGINE):
        style = page.styles.get(
            bold=True, bg_color=OWNERS[owner][0], font_color=PAPER, valign="vcenter", indent=1
        )
        name, text = page.words[f"band_{owner.value}"], page.words[f"owner_{owner.value}"]
        page.line(name, text, style)
    page.row += 1
    for name, colours in (("red", RED), ("amber", AMBER), ("grey", GREY)):
        style = page.styles.get(valign="vcenter", indent=1, **colours)
        example = page.words[f"legend_{name}_example"]
        page.line(example, page.words[f"legend_{name}"], style)
    page.row += 1
    page.worksheet.write_string(
        page.row, 1, page.words["start_tip"], page.styles.get(font_color=MUTED)
    )
