"""A new finance sheet's XML: title, about, hidden keys, headers, widths, drop-downs, frozen head.

Source: ECMA-376 part 1 section 18.3.1 (worksheets): the order of its elements; 18.3.1.33 for
data validations, whose list is a literal of at most 255 characters.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import lru_cache
from itertools import chain, islice
from typing import Final

from sheetrecord.formats.finance.tables import FIRST_ROW, HEADER_ROW, KEY_ROW, Field, Table
from sheetrecord.model.problem import column_letters
from sheetrecord.model.value import Cell
from sheetrecord.xlsx import Look
from sheetrecord.xlsx.cellxml import SHORT, SPECIAL, content, escape_text
from sheetrecord.xlsx.markup import escape_attribute

LOOKS: Final = (
    Look(bold=True, size=14),
    Look(colour="595959"),
    Look(bold=True, colour="FFFFFF", fill="1F3A4D", wrap=True),
    Look(bold=True, colour="FFFFFF", fill="7F6000", wrap=True),
    Look(wrap=True),
    Look(number=14),
    Look(number=4),
    Look(),
    Look(bold=True, colour="FFFFFF", fill="1F3A4D", wrap=True, right=True),
    Look(bold=True, colour="C00000", rule=True),
    Look(bold=True, colour="9C5700", rule=True),
    Look(bold=True, colour="2E7D32", rule=True),
)
_TITLE, _SMALL, _HEADER, _YOURS, _WRAPPED, _DAY, _MONEY, _PLAIN, _AMOUNTS = range(1, 10)
_COLOURS: Final = {"red": 10, "amber": 11, "green": 12}
_MAIN: Final = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_WIDE: Final = 24
_LAST: Final = 20_000
"""Drop-downs reach down to this row."""
_SOME: Final = 500
"""Rows that are handed on together."""


def part(
    table: Table,
    blocks: Sequence[Sequence[Mapping[str, Cell]]],
    numbers: Sequence[int],
    *,
    date1904: bool,
) -> Iterator[bytes]:
    """Yield the worksheet's XML with its first rows, block by block, some rows at a time.

    ``numbers`` are the workbook's style numbers of the plain format and of `LOOKS`.
    """
    from sheetrecord.xlsx.looks import dressed

    width = column_letters(len(table.fields))
    bottom = HEADER_ROW + sum(map(len, blocks))
    view = "" if table.hidden else _view()
    columns = "".join(
        f'<col min="{i}" max="{i}" width="{field.width}" style="{_style(field, table)}" '
        'customWidth="1"/>'
        for i, field in enumerate(table.fields, start=1)
    )
    head = (
        '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
        f'<worksheet xmlns="{_MAIN}"><sheetPr><pageSetUpPr fitToPage="1"/></sheetPr>'
        f'<dimension ref="A1:{width}{bottom}"/>{view}{_height(table)}'
        f"<cols>{columns}</cols><sheetData>"
    )
    filter_ = f'<autoFilter ref="A{HEADER_ROW}:{width}{max(bottom, FIRST_ROW)}"/>'
    guard = '<sheetProtection sheet="1" objects="1" scenarios="1"/>'
    tail = (
        f"</sheetData>{guard if table.hidden else filter_}{_colours(table)}{_choices(table)}"
        '<pageMargins left="0.4" right="0.4" top="0.6" bottom="0.6" header="0.3" footer="0.3"/>'
        '<pageSetup orientation="landscape" fitToHeight="0"/></worksheet>'
    )
    rows = chain.from_iterable(blocks)
    data = _data(table, rows, numbers, date1904=date1904)
    yield dressed(head.encode() + _head_rows(table), numbers)
    while some := "".join(islice(data, _SOME)):
        yield some.encode()
    yield dressed(tail.encode(), numbers)


def _head_rows(table: Table) -> bytes:
    keys = [(field.key, _PLAIN) for field in table.fields]
    headers = [(field.header, _header(field)) for field in table.fields]
    return b"".join(
        (
            _row(1, [(table.title, _TITLE)], _tall(21)),
            _row(2, [(table.about, _SMALL)], _tall(15)),
            _row(KEY_ROW, keys, b' hidden="1"'),
            _row(HEADER_ROW, headers, _tall(30)),
        )
    )


def _header(field: Field) -> int:
    if not field.ours:
        return _YOURS
    return _AMOUNTS if field.kind in ("money", "number") else _HEADER


def _tall(points: int) -> bytes:
    return b' ht="%d" customHeight="1"' % points


def _height(table: Table) -> str:
    """Return the height of rows, written down: some programs do not fit it to wrapped texts."""
    fixed = ' customHeight="1"' if table.lines > 1 else ""
    return f'<sheetFormatPr defaultRowHeight="{15 * table.lines}"{fixed}/>'


def _data(
    table: Table, rows: Iterable[Mapping[str, Cell]], numbers: Sequence[int], *, date1904: bool
) -> Iterator[str]:
    """Yield the rows below the headers; texts inline, days as serial numbers."""
    columns = [
        (field.key, f'<c r="{column_letters(i)}', f'" s="{numbers[_style(field, table)]}"')
        for i, field in enumerate(table.fields, start=1)
    ]
    tall = _tall(15 * table.lines).decode() if table.lines > 1 else ""
    special = SPECIAL.search
    for number, row in enumerate(rows, start=FIRST_ROW):
        cells = [f'<row r="{number}"{tall}>']
        for key, begin, style in columns:
            value = row.get(key)
            if value is None or value == "":
                continue
            if type(value) is str and len(value) < SHORT and not special(value):
                cells.append(f'{begin}{number}{style} t="inlineStr"><is><t>{value}</t></is></c>')
            else:
                cells.append(f"{begin}{number}{style}{_rest(value, date1904)}")
        cells.append("</row>")
        yield "".join(cells)


@lru_cache(maxsize=4096, typed=True)
def _rest(value: Cell, date1904: bool) -> str:  # noqa: FBT001 -- a cache keeps calls short
    """Return what stands in a cell behind its style; much of it comes again and again."""
    kind, inside = content(value, b"", date1904=date1904)
    rest = b' t="%s">%s</c>' % (kind, inside) if kind else b">%s</c>" % inside
    return rest.decode()


def _style(field: Field, table: Table) -> int:
    if field.kind == "text":
        return _WRAPPED if table.lines > 1 and field.width >= _WIDE else _PLAIN
    return {"date": _DAY, "money": _MONEY}.get(field.kind, _PLAIN)


def _view() -> str:
    return (
        '<sheetViews><sheetView showGridLines="0" workbookViewId="0">'
        f'<pane ySplit="{HEADER_ROW}" topLeftCell="A{FIRST_ROW}" activePane="bottomLeft" '
        'state="frozen"/></sheetView></sheetViews>'
    )


def _row(number: int, cells: list[tuple[str, int]], more: bytes = b"") -> bytes:
    inside = b"".join(
        b'<c r="%s%d" s="%d" t="inlineStr"><is><t>%s</t></is></c>'
        % (column_letters(i).encode(), number, look, escape_text(text))
        for i, (text, look) in enumerate(cells, start=1)
    )
    return b'<row r="%d"%s>%s</row>' % (number, more, inside)


def _colours(table: Table) -> str:
    """Return the conditional formats; CT_ConditionalFormatting stands before data validations."""
    found = []
    for i, field in enumerate(table.fields, start=1):
        where = f"{column_letters(i)}{FIRST_ROW}:{column_letters(i)}{_LAST}"
        rules = "".join(
            f'<cfRule type="cellIs" dxfId="{_COLOURS[colour]}" priority="{i * 10 + n}" '
            f'operator="{operator}"><formula>{escape_attribute(value).decode()}</formula></cfRule>'
            for n, (operator, value, colour) in enumerate(field.colours)
        )
        if rules:
            found.append(f'<conditionalFormatting sqref="{where}">{rules}</conditionalFormatting>')
    return "".join(found)


def _choices(table: Table) -> str:
    lists = [
        f'<dataValidation type="list" allowBlank="1" showErrorMessage="1" '
        f'sqref="{column_letters(i)}{FIRST_ROW}:{column_letters(i)}{_LAST}"><formula1>'
        f"{escape_attribute(chr(34) + ','.join(field.choices) + chr(34)).decode()}"
        "</formula1></dataValidation>"
        for i, field in enumerate(table.fields, start=1)
        if field.choices
    ]
    return (
        f'<dataValidations count="{len(lists)}">{"".join(lists)}</dataValidations>' if lists else ""
    )
