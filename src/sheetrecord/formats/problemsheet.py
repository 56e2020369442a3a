"""The sheet of problems as a worksheet part: a headline, frozen headers, links to the cells.

Source: ECMA-376 part 1 section 18.3.1 (worksheets): the order of its elements, 18.3.1.47
(hyperlinks within the workbook).
"""

from collections.abc import Sequence
from typing import Final

from sheetrecord.core.annotation import Line
from sheetrecord.model.problem import Where, column_letters
from sheetrecord.model.value import Cell
from sheetrecord.schema.places import quoted
from sheetrecord.xlsx import Look
from sheetrecord.xlsx.cellxml import MAX_TEXT, escape_text
from sheetrecord.xlsx.markup import escape_attribute

TITLE: Final = "Problems"
HEADERS: Final = ("Severity", "Rule", "Cell", "Deal", "What is wrong", "What to do")
HEADER_ROW: Final = 3
_WIDTHS: Final = (10, 11, 22, 10, 62, 62)
_LINE: Final = 15
_LINK: Final = 3

LOOKS: Final = (
    Look(bold=True, size=14),
    Look(colour="595959"),
    Look(bold=True, colour="FFFFFF", fill="1F3A4D", wrap=True),
    Look(wrap=True),
    Look(underline=True, colour="0B5394"),
    Look(bold=True, colour="9C0006"),
    Look(bold=True, colour="7F6000"),
    Look(colour="595959"),
)
_HEADLINE, _SMALL, _HEADER, _TEXT, _LINKED, _ERROR, _WARNING, _MILD = range(1, 9)
_SEVERITY: Final = {"error": _ERROR, "warning": _WARNING}
_MAIN: Final = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"


def table(lines: Sequence[Line], asof: str) -> list[tuple[str, ...]]:
    """Return the sheet's texts, row by row; the third row is the header."""
    errors = sum(line.severity == "error" for line in lines)
    warnings = sum(line.severity == "warning" for line in lines)
    counted = f"{errors} error{_s(errors)}, {warnings} warning{_s(warnings)} as of {asof}"
    about = (
        "Written by sheetrecord validate --annotate, which replaces this sheet each time and "
        "removes it when nothing is left. Mend the cells; do not type here."
    )
    rows: list[tuple[str, ...]] = [(f"What needs mending: {counted}",), (about,), HEADERS]
    rows += [
        (line.severity, line.code, line.where.address, line.deal_id, line.message, line.do)
        for line in lines
    ]
    return [tuple(text[:MAX_TEXT] for text in row) for row in rows]


def part(lines: Sequence[Line], asof: str, titles: Sequence[str]) -> bytes:
    """Return the worksheet's XML; its style numbers count `LOOKS`.

    ``titles`` are the workbook's sheets: only to a cell of one of them there is a link.
    """
    rows = table(lines, asof)
    bottom = max(len(rows), HEADER_ROW + 1)
    width = column_letters(len(HEADERS))
    head = (
        '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
        f'<worksheet xmlns="{_MAIN}"><sheetPr><tabColor rgb="FF9C0006"/>'
        '<pageSetUpPr fitToPage="1"/></sheetPr>'
        f'<dimension ref="A1:{width}{bottom}"/><sheetViews><sheetView showGridLines="0" '
        f'workbookViewId="0"><pane ySplit="{HEADER_ROW}" topLeftCell="A{HEADER_ROW + 1}" '
        'activePane="bottomLeft" state="frozen"/></sheetView></sheetViews>'
        f'<sheetFormatPr defaultRowHeight="{_LINE}"/><cols>'
    )
    columns = "".join(
        f'<col min="{i}" max="{i}" width="{size}" customWidth="1"/>'
        for i, size in enumerate(_WIDTHS, start=1)
    )
    body = b"".join(_row(number, row) for number, row in enumerate(rows, start=1))
    tail = (
        f'</sheetData><autoFilter ref="A{HEADER_ROW}:{width}{bottom}"/>'
        f"{_links(lines, set(titles))}"
        '<pageMargins left="0.4" right="0.4" top="0.6" bottom="0.6" header="0.3" footer="0.3"/>'
        '<pageSetup orientation="landscape" fitToHeight="0"/></worksheet>'
    )
    return f"{head}{columns}</cols><sheetData>".encode() + body + tail.encode()


def _row(number: int, texts: Sequence[str]) -> bytes:
    cells = b"".join(
        b'<c r="%s%d" s="%d" t="inlineStr"><is><t xml:space="preserve">%s</t></is></c>'
        % (column_letters(i).encode(), number, _look(number, i, texts), escape_text(text))
        for i, text in enumerate(texts, start=1)
        if text
    )
    return b'<row r="%d" ht="%d" customHeight="1">%s</row>' % (
        number,
        _height(number, texts),
        cells,
    )


def _height(number: int, texts: Sequence[str]) -> int:
    """Return a row's height in points: programs do not all fit it to wrapped text themselves."""
    if number <= HEADER_ROW:
        return (24, 16, 20)[number - 1]
    return _LINE * max(
        1, *(-(-len(text) // size) for text, size in zip(texts, _WIDTHS, strict=True))
    )


def _look(number: int, column: int, texts: Sequence[str]) -> int:
    if number <= HEADER_ROW:
        return (_HEADLINE, _SMALL, _HEADER)[number - 1]
    if column == 1:
        return _SEVERITY.get(texts[0], _MILD)
    return _LINKED if column == _LINK else _TEXT


def _links(lines: Sequence[Line], titles: set[str]) -> str:
    """Return the links from each line to its cell, or nothing when no line has a cell."""
    column = column_letters(_LINK)
    links = "".join(
        f'<hyperlink ref="{column}{number}" location="{_attribute(location(line.where))}" '
        f'display="{_attribute(line.where.address)}"/>'
        for number, line in enumerate(lines, start=HEADER_ROW + 1)
        if line.where.sheet in titles
    )
    return f"<hyperlinks>{links}</hyperlinks>" if links else ""


def location(where: Where) -> str:
    """Return the cell to which a problem's link leads; a row's or column's first cell.

    >>> location(Where("Q1", 14, 5)), location(Where("Deal", 0, 3)), location(Where("Deal"))
    ("'Q1'!E14", 'Deal!C1', 'Deal!A1')
    """
    return f"{quoted(where.sheet)}!{column_letters(where.column or 1)}{where.row or 1}"


def _attribute(text: str) -> str:
    return escape_attribute(text).decode()


def is_same(cells: dict[tuple[int, int], Cell], rows: Sequence[Sequence[str]]) -> bool:
    """Tell whether a sheet's cells in our columns are these texts."""
    ours = {place: cell for place, cell in cells.items() if place[1] <= len(HEADERS)}
    wanted = {
        (number, column): text
        for number, row in enumerate(rows, start=1)
        for column, text in enumerate(row, start=1)
        if text
    }
    return ours == wanted


def _s(count: int) -> str:
    return "" if count == 1 else "s"
