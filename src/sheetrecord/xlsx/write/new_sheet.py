"""A new sheet's XML from its rows and its style, a piece at a time.

Source: ECMA-376 part 1 section 18.3.1 (worksheets): the order of its elements; 18.3.1.33 for data
validations, whose list is a literal of at most 255 characters; 18.3.1.47 for links within the
workbook.
"""

from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache
from itertools import islice
from typing import Final

from sheetrecord.model.book import quoted
from sheetrecord.model.sheet_style import ColumnStyle, Look, SheetStyle
from sheetrecord.xlsx.addresses import column_letters
from sheetrecord.xlsx.edits import AddSheet, Value
from sheetrecord.xlsx.write.cell_xml import SHORT, SPECIAL, content
from sheetrecord.xlsx.write.gate import plain
from sheetrecord.xlsx.xml.scanner import escape_attribute
from sheetrecord.xlsx.xml.sheet_layout import MAIN, STRICT

_LINE: Final = 15
"""Points of a line of text."""
_LAST: Final = 20_000
"""Drop-downs and conditional formats reach down to this row."""
_SOME: Final = 500
"""Rows that are handed on together."""


def looks_of(style: SheetStyle) -> list[Look]:
    """Return every look that a style uses, each once, in a fixed order."""
    found: list[Look | None] = [head.look for head in style.heads]
    for column in style.columns:
        found += [column.look, column.header]
        found += [look for _, look in column.words]
        found += [rule.look for rule in column.rules]
    return [look for look in dict.fromkeys(found) if look is not None]


class NewSheet:
    """Makes one sheet's XML.

    ``numbers`` are the workbook's style numbers of the looks, ``titles`` its other sheets.
    """

    def __init__(
        self,
        edit: AddSheet,
        numbers: Mapping[Look, int],
        titles: Sequence[str],
        *,
        date1904: bool,
        strict: bool,
    ) -> None:
        self.rows, self.style = edit.rows, edit.style or SheetStyle("")
        self.hidden, self.numbers, self.titles = edit.hidden, numbers, set(titles)
        self.date1904, self.strict = date1904, strict
        self.heads = len(self.style.heads)
        self.links: list[tuple[int, int, str]] = []
        self.formulas = False

    def pieces(self) -> Iterator[bytes]:
        """Yield the XML, some rows at a time."""
        style = self.style
        width = column_letters(max(len(style.columns), 1))
        bottom = max(len(self.rows), self.heads + 1)
        yield (
            '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
            f'<worksheet xmlns="{(STRICT if self.strict else MAIN).decode()}">{self._about()}'
            f'<dimension ref="A1:{width}{bottom}"/>{self._view()}{self._height()}'
            f"{self._columns()}<sheetData>"
        ).encode()
        rows = self._rows()
        while some := "".join(islice(rows, _SOME)):
            yield some.encode()
        header = f"A{self.heads}:{width}{bottom}"
        filter_ = f'<autoFilter ref="{header}"/>' if style.filtered and self.heads else ""
        guard = '<sheetProtection sheet="1" objects="1" scenarios="1"/>' if style.guarded else ""
        yield (
            f"</sheetData>{guard}{filter_}{self._rules()}{self._choices()}{self._links()}"
            f"{_PAGE if style.printed else ''}</worksheet>"
        ).encode()

    def _about(self) -> str:
        tab = f'<tabColor rgb="FF{self.style.tab}"/>' if self.style.tab else ""
        page = '<pageSetUpPr fitToPage="1"/>' if self.style.printed else ""
        return f"<sheetPr>{tab}{page}</sheetPr>" if tab or page else ""

    def _view(self) -> str:
        """Return the ``sheetViews`` that freeze the header rows; empty for a hidden sheet."""
        if self.hidden or not self.heads:
            return ""
        grid = ' showGridLines="0"' if self.style.printed else ""
        return (
            f'<sheetViews><sheetView{grid} workbookViewId="0"><pane ySplit="{self.heads}" '
            f'topLeftCell="A{self.heads + 1}" activePane="bottomLeft" state="frozen"/>'
            "</sheetView></sheetViews>"
        )

    def _height(self) -> str:
        """Return the height of rows, written down: some programs do not fit it to wrapped texts."""
        lines = max(self.style.lines, 1)
        fixed = ' customHeight="1"' if lines > 1 else ""
        return f'<sheetFormatPr defaultRowHeight="{_LINE * lines}"{fixed}/>'

    def _columns(self) -> str:
        columns = "".join(
            f'<col min="{i}" max="{i}" width="{column.width}"{self._whole(column)} '
            'customWidth="1"/>'
            for i, column in enumerate(self.style.columns, start=1)
        )
        return f"<cols>{columns}</cols>" if columns else ""

    def _whole(self, column: ColumnStyle) -> str:
        return f' style="{self._number(column.look)}"' if column.whole else ""

    def _number(self, look: Look | None) -> int:
        return 0 if look is None else self.numbers[look]

    def _rows(self) -> Iterator[str]:
        """Yield the rows; texts inline, days as serial numbers."""
        rows = iter(self.rows)
        for number, row in enumerate(islice(rows, self.heads), start=1):
            yield self._head(number, row)
        style, special = self.style, SPECIAL.search
        columns = [self._column(i) for i in range(1, max(len(style.columns), 1) + 1)]
        tall = f' ht="{_LINE * style.lines}" customHeight="1"' if style.lines > 1 else ""
        for number, row in enumerate(rows, start=self.heads + 1):
            while len(row) > len(columns):
                columns.append(self._column(len(columns) + 1))
            height = tall or (self._fitted(row) if not style.lines else "")
            cells = [f'<row r="{number}"{height}>']
            for value, (begin, numbered, words, linked) in zip(row, columns, strict=False):
                if value is None or value == "":
                    continue
                look = words.get(value, numbered) if words and type(value) is str else numbered
                if linked:
                    self.links.append((number, linked, str(plain(value))))
                if type(value) is str and len(value) < SHORT and not special(value):
                    cells.append(f'{begin}{number}{look} t="inlineStr"><is><t>{value}</t></is></c>')
                else:
                    cells.append(f"{begin}{number}{look}{self._rest(value)}")
            cells.append("</row>")
            yield "".join(cells)

    def _column(self, number: int) -> tuple[str, str, dict[str, str], int]:
        """Return how a column's cells begin, their look, that of certain words, and its links."""
        begin = f'<c r="{column_letters(number)}'
        if number > len(self.style.columns):
            return begin, '"', {}, 0
        column = self.style.columns[number - 1]
        words = {text: self._styled(look) for text, look in column.words}
        return begin, self._styled(column.look), words, number if column.links else 0

    def _styled(self, look: Look | None) -> str:
        number = self._number(look)
        return f'" s="{number}"' if number else '"'

    def _rest(self, value: Value) -> str:
        rest = _rest(plain(value), self.date1904)
        self.formulas |= "<f>" in rest and not isinstance(value, str)
        return rest

    def _head(self, number: int, row: Sequence[Value]) -> str:
        head, last = self.style.heads[number - 1], number == self.heads
        cells = []
        for i, value in enumerate(row, start=1):
            if value is None or value == "":
                continue
            own = self.style.columns[i - 1].header if i <= len(self.style.columns) else None
            look = self._styled(own if last and own else head.look)
            cells.append(f'<c r="{column_letters(i)}{number}{look}{self._rest(value)}')
        height = f' ht="{head.height}" customHeight="1"' if head.height else ""
        hidden = ' hidden="1"' if head.hidden else ""
        return f'<row r="{number}"{height}{hidden}>{"".join(cells)}</row>'

    def _fitted(self, row: Sequence[Value]) -> str:
        """Return a row's height: programs do not all fit it to wrapped text themselves."""
        pairs = zip(row, self.style.columns, strict=False)
        lines = max(1, *(-(-len(str(text or "")) // int(column.width)) for text, column in pairs))
        return f' ht="{_LINE * lines}" customHeight="1"'

    def _rules(self) -> str:
        """Return the conditional formats; CT_ConditionalFormatting stands before validations."""
        found = []
        for i, column in enumerate(self.style.columns, start=1):
            rules = "".join(
                f'<cfRule type="cellIs" dxfId="{self._number(rule.look)}" '
                f'priority="{i * 10 + n}" operator="{rule.operator}">'
                f"<formula>{_attribute(rule.value)}</formula></cfRule>"
                for n, rule in enumerate(column.rules)
            )
            if rules:
                where = self._down(i)
                found.append(
                    f'<conditionalFormatting sqref="{where}">{rules}</conditionalFormatting>'
                )
        return "".join(found)

    def _choices(self) -> str:
        lists = [
            '<dataValidation type="list" allowBlank="1" showErrorMessage="1" '
            f'sqref="{self._down(i)}"><formula1>'
            f"{_attribute(chr(34) + ','.join(column.choices) + chr(34))}"
            "</formula1></dataValidation>"
            for i, column in enumerate(self.style.columns, start=1)
            if column.choices
        ]
        if not lists:
            return ""
        return f'<dataValidations count="{len(lists)}">{"".join(lists)}</dataValidations>'

    def _down(self, number: int) -> str:
        letters = column_letters(number)
        return f"{letters}{self.heads + 1}:{letters}{_LAST}"

    def _links(self) -> str:
        """Return the links from cells with an address, to sheets that are there."""
        found = []
        for row, column, text in self.links:
            title, place = target_of(text)
            if title in self.titles:
                found.append(
                    f'<hyperlink ref="{column_letters(column)}{row}" '
                    f'location="{_attribute(place)}" display="{_attribute(text)}"/>'
                )
        return f"<hyperlinks>{''.join(found)}</hyperlinks>" if found else ""


_PAGE: Final = (
    '<pageMargins left="0.4" right="0.4" top="0.6" bottom="0.6" header="0.3" footer="0.3"/>'
    '<pageSetup orientation="landscape" fitToHeight="0"/>'
)


def target_of(address: str) -> tuple[str, str]:
    """Return the sheet that an address names, and the cell to which a link to it leads.

    A whole row or column leads to its first cell, a sheet to its first.

    >>> target_of("Q1!E14"), target_of("'A b'!3:3"), target_of("Deal!C:C"), target_of("'It''s'")
    (('Q1', "'Q1'!E14"), ('A b', "'A b'!A3"), ('Deal', 'Deal!C1'), ("It's", "'It''s'!A1"))
    """
    title, mark, place = ("", "", "") if address.endswith("'") else address.rpartition("!")
    if not mark:
        title, place = address, ""
    if title.startswith("'") and title.endswith("'"):
        title = title[1:-1].replace("''", "'")
    first = place.partition(":")[0]
    letters = first.rstrip("0123456789")
    return title, f"{quoted(title)}!{letters or 'A'}{first[len(letters) :] or 1}"


@lru_cache(maxsize=4096, typed=True)
def _rest(value: Value, date1904: bool) -> str:  # noqa: FBT001 - a cache keeps calls short
    """Return a cell's XML after its style attribute, cached because many cells are alike."""
    kind, inside = content(value, b"", date1904=date1904)
    rest = b' t="%s">%s</c>' % (kind, inside) if kind else b">%s</c>" % inside
    return rest.decode()


def _attribute(text: str) -> str:
    return escape_attribute(text).decode()
