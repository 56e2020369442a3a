"""Writes the sheet Start: the record explained in one minute, with links and the colours."""

from typing import Any, Final

from sheetrecord.formats.template.plan import Plan
from sheetrecord.formats.template.style import (
    ACCENT,
    AMBER,
    GREY,
    MUTED,
    OWNERS,
    PAPER,
    RED,
    Styles,
)
from sheetrecord.model.book import quoted
from sheetrecord.schema.column import Owner

_LINKS: Final = (
    *("Deal", "Context", "Commitments", "Project", "Fees", "Gaps"),
    *("Check", "Lists", "Settings"),
)
_OWNER_OF: Final = {
    "Deal": Owner.SALES,
    "Context": Owner.SALES,
    "Commitments": Owner.SALES,
    "Project": Owner.OPS,
    "Fees": Owner.FINANCE,
    "Gaps": Owner.OPS,
}


class _Page:
    """Writes down the page, one line after another."""

    def __init__(self, worksheet: Any, plan: Plan, styles: Styles) -> None:
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

    def line(self, left: str, text: str, mark: Any, *, height: float = 18) -> None:
        """Write a short cell and a sentence beside it."""
        self.worksheet.set_row(self.row, height)
        self.worksheet.write_string(self.row, 1, left, mark)
        style = self.styles.get(text_wrap=True, valign="vcenter", indent=1)
        self.worksheet.write_string(self.row, 2, text, style)
        self.row += 1


def write_start(worksheet: Any, plan: Plan, styles: Styles) -> None:
    """Write the whole sheet."""
    words = plan.words.words
    worksheet.hide_gridlines(2)
    worksheet.set_column(0, 0, 3)
    worksheet.set_column(1, 1, 20)
    worksheet.set_column(2, 2, 96)
    page = _Page(worksheet, plan, styles)
    worksheet.set_row(1, 34)
    title = styles.get(bold=True, font_size=17, font_color=ACCENT, valign="vcenter")
    worksheet.write_string(1, 1, words["about_Start"], title)
    worksheet.set_row(2, 22)
    worksheet.write_string(2, 1, words["start_why"], styles.get(font_color=MUTED, valign="top"))
    page.row = 3
    _steps(page)
    _sheets(page)
    _colours(page)
    worksheet.set_landscape()
    worksheet.set_paper(9)
    worksheet.fit_to_pages(1, 1)


def _steps(page: _Page) -> None:
    page.heading(page.words["start_steps"])
    mark = page.styles.get(bold=True, font_color=ACCENT, valign="vcenter", indent=1)
    for step in (1, 2, 3):
        name = f"{page.words['start_step']} {step}"
        page.line(name, page.words[f"start_step{step}"], mark, height=30)


def _sheets(page: _Page) -> None:
    page.heading(page.words["start_sheets"])
    for key in _LINKS:
        title = page.plan.titles[key]
        band, tint = OWNERS[_OWNER_OF.get(key, Owner.ENGINE)]
        link = page.styles.get(
            bold=True, font_color=band, bg_color=tint, valign="vcenter", indent=1, underline=0
        )
        row = page.row
        page.line("", page.words[f"start_{key}"], link, height=20)
        page.worksheet.write_url(row, 1, f"internal:{quoted(title)}!A1", link, title)


def _colours(page: _Page) -> None:
    page.heading(page.words["start_colours"])
    for owner in (Owner.SALES, Owner.OPS, Owner.FINANCE, Owner.ENGINE):
        style = page.styles.get(
            bold=True, bg_color=OWNERS[owner][0], font_color=PAPER, valign="vcenter", indent=1
        )
        name, text = page.words[f"band_{owner.value}"], page.words[f"owner_{owner.value}"]
        page.line(name, text, style, height=20)
    page.row += 1
    for name, colours in (("red", RED), ("amber", AMBER), ("grey", GREY)):
        style = page.styles.get(valign="vcenter", indent=1, **colours)
        example = page.words[f"legend_{name}_example"]
        page.line(example, page.words[f"legend_{name}"], style, height=20)
    page.row += 1
    page.worksheet.write_string(
        page.row, 1, page.words["start_tip"], page.styles.get(font_color=MUTED)
    )
