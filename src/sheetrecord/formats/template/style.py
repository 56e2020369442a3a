"""The look: one calm palette, one font, and the cell formats made from them."""

from typing import Any, Final

from sheetrecord.model.money import exponent
from sheetrecord.schema.column import Column, ColumnOwner, Kind

FONT: Final = "Arial"
SIZE: Final = 10
HEADER_SIZE: Final = 9.5
SMALL: Final = 9
"""Points of what people type, of headers, and of what they only look at."""

INK, MUTED, FAINT, LINE, PAPER = "#2B2F36", "#6B7280", "#868C97", "#E3E6EA", "#FFFFFF"
ACCENT: Final = "#2F5D7C"

OWNERS: Final = {
    ColumnOwner.SALES: ("#3E6C94", "#E4EDF5"),
    ColumnOwner.OPS: ("#4C7F66", "#E3EFE8"),
    ColumnOwner.FINANCE: ("#A07A3A", "#F5EDDD"),
    ColumnOwner.ENGINE: ("#858C96", "#EEF0F2"),
}
"""Of each owner: the colour of the band, and of the headers below it."""

RED: Final = {"bg_color": "#FAE1DE", "font_color": "#94251B"}
AMBER: Final = {"bg_color": "#FCF0D6", "font_color": "#7F5606"}
GREEN: Final = {"bg_color": "#E1F0E6", "font_color": "#2C6141"}
BLUE: Final = {"bg_color": "#E2ECF6", "font_color": "#2C557D"}
GREY: Final = {"font_color": FAINT}
ROW: Final = {"bg_color": "#FDF3F1", "font_color": "#94251B"}
"""Colours that a condition lays over a cell."""

WIDTHS: Final = {
    Kind.ID: 10,
    Kind.REF: 10,
    Kind.TEXT: 22,
    Kind.PROSE: 46,
    Kind.PERSON: 17,
    Kind.LINK: 22,
    Kind.ENUM: 15,
    Kind.CURRENCY: 9.5,
    Kind.DATE: 12.5,
    Kind.MONTH: 10,
    Kind.MONEY: 13,
    Kind.NUMBER: 9.5,
    Kind.PERCENT: 9.5,
    Kind.FLAG: 9.5,
}
"""Characters across."""

_DATES: Final = {"en": "d mmm yyyy", "de": "dd.mm.yyyy", "es": "dd/mm/yyyy", "fr": "dd/mm/yyyy"}
_FIGURES: Final = {Kind.MONEY, Kind.NUMBER, Kind.PERCENT}
_TEXTS: Final = {Kind.PROSE, Kind.TEXT, Kind.LINK, Kind.PERSON, Kind.ENUM}
_CENTRED: Final = {Kind.DATE, Kind.MONTH, Kind.FLAG, Kind.CURRENCY}


class TemplateStyles:
    """The cell formats of one workbook, each made once."""

    def __init__(self, workbook: Any, language: str, currency: str) -> None:
        self.workbook = workbook
        self.date = _DATES[language]
        self.money = "#,##0" + ("." + "0" * exponent(currency) if exponent(currency) else "")
        self._made: dict[tuple[tuple[str, Any], ...], Any] = {}

    def get(self, **properties: Any) -> Any:
        """Return a format with the house's font; the same properties give the same format."""
        wanted = {"font_name": FONT, "font_size": SIZE, "font_color": INK, **properties}
        key = tuple(sorted(wanted.items()))
        if key not in self._made:
            self._made[key] = self.workbook.add_format(wanted)
        return self._made[key]

    def over(self, colours: dict[str, str], **properties: Any) -> Any:
        """Return a conditional format; it sets only the given properties."""
        key = (("over", ""), *sorted({**colours, **properties}.items()))
        if key not in self._made:
            self._made[key] = self.workbook.add_format({**colours, **properties})
        return self._made[key]

    def body(self, column: Column) -> Any:
        """Return the format of a column's data cells."""
        wanted: dict[str, Any] = {"valign": "vcenter", "bottom": 1, "bottom_color": LINE}
        wanted |= _alignment(column)
        wanted["locked"] = column.owner is ColumnOwner.ENGINE
        if column.owner is ColumnOwner.ENGINE:
            wanted["font_color"] = MUTED
        if size_of(column) == SMALL:
            wanted |= {"font_color": FAINT if column.kind is Kind.ID else MUTED, "font_size": SMALL}
        if column.kind in _FIGURES or column.kind is Kind.DATE:
            wanted["num_format"] = self.number(column)
        if is_wrapped(column):
            wanted["text_wrap"] = True
        if column.kind in {Kind.MONTH, Kind.ID, Kind.REF}:
            wanted["num_format"] = "@"
        return self.get(**wanted)

    def number(self, column: Column) -> str:
        """Return a column's number format."""
        if column.kind is Kind.DATE:
            return f'{self.date};;""' if column.key == "deadline" else self.date
        if column.kind is Kind.MONEY:
            return self.money
        return "0.##%" if column.kind is Kind.PERCENT else "General"

    def header(self, owner: ColumnOwner, column: Column | None = None) -> Any:
        """Return the format of a header cell, aligned as the cells below it.

        Above a column it stands at the top: the button of the filter is at the bottom.
        """
        band, tint = OWNERS[owner]
        alignment = _alignment(column) if column else {}
        return self.get(
            bold=True,
            font_size=HEADER_SIZE,
            bg_color=tint,
            font_color=INK,
            text_wrap=True,
            valign="top" if column else "vcenter",
            bottom=2,
            bottom_color=band,
            **alignment,
        )

    def band(self, owner: ColumnOwner) -> Any:
        """Return the format of the strip that tells who fills the columns below."""
        return self.get(
            bg_color=OWNERS[owner][0], font_color=PAPER, bold=True, font_size=9, valign="vcenter"
        )


def is_wrapped(column: Column) -> bool:
    """Return True if a column's texts may wrap."""
    return column.kind in _TEXTS and (not column.derived or column.key == "prompt")


def size_of(column: Column) -> float:
    """Return the font size of a column's data cells, in points."""
    return SMALL if column.kind is Kind.ID or column.key == "prompt" else SIZE


def indent_of(column: Column | None) -> int:
    """Return the indent level of a column's cells."""
    return int(column is not None and column.kind in _FIGURES)


def _alignment(column: Column) -> dict[str, Any]:
    if column.kind in _FIGURES:
        return {"align": "right", "indent": 1}
    return {"align": "center"} if column.kind in _CENTRED else {}
