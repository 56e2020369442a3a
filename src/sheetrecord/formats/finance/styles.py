"""The style of a new finance sheet: widths, headers, drop-downs, colours, frozen panes."""

from typing import Final

from sheetrecord.formats.finance.tables import Field, FinanceTable
from sheetrecord.model.sheet_style import ColumnStyle, ConditionalFormat, Head, Look, SheetStyle

_TITLE: Final = Look(bold=True, size=14)
_SMALL: Final = Look(colour="595959")
_HEADER: Final = Look(bold=True, colour="FFFFFF", fill="1F3A4D", wrap=True)
_YOURS: Final = _HEADER._replace(fill="7F6000")
_AMOUNTS: Final = _HEADER._replace(right=True)
_WRAPPED: Final = Look(wrap=True)
_KINDS: Final = {"date": Look(kind="date"), "money": Look(kind="money")}
_COLOURS: Final = {
    "red": Look(bold=True, colour="C00000", rule=True),
    "amber": Look(bold=True, colour="9C5700", rule=True),
    "green": Look(bold=True, colour="2E7D32", rule=True),
}
_WIDE: Final = 24
"""Characters from which a column's texts are wrapped."""


def style_of(table: FinanceTable) -> SheetStyle:
    """Return the style of a table's sheet."""
    return SheetStyle(
        table.key,
        tuple(_column(field, table) for field in table.fields),
        (Head(_TITLE, 21), Head(_SMALL, 15), Head(Look(), hidden=True), Head(_HEADER, 30)),
        lines=table.lines,
        printed=True,
        filtered=not table.hidden,
        guarded=table.hidden,
    )


def _column(field: Field, table: FinanceTable) -> ColumnStyle:
    return ColumnStyle(
        field.width,
        _look(field, table),
        whole=True,
        header=_header(field),
        choices=field.choices,
        rules=tuple(
            ConditionalFormat(how, value, _COLOURS[colour]) for how, value, colour in field.colours
        ),
    )


def _look(field: Field, table: FinanceTable) -> Look:
    if field.kind == "text":
        return _WRAPPED if table.lines > 1 and field.width >= _WIDE else Look()
    return _KINDS.get(field.kind, Look())


def _header(field: Field) -> Look:
    if not field.ours:
        return _YOURS
    return _AMOUNTS if field.kind in {"money", "number"} else _HEADER
