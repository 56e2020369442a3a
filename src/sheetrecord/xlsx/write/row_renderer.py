"""New rows rendered fast: a column's style and a value's form are worked out once, then reused."""

import datetime as dt
import re
from collections.abc import Mapping

from sheetrecord.model.value import Formula
from sheetrecord.xlsx.addresses import MAX_ROW, column_letters
from sheetrecord.xlsx.edits import Value
from sheetrecord.xlsx.formula.tokens import parse, translate
from sheetrecord.xlsx.write.cell_xml import SHORT, SPECIAL, content
from sheetrecord.xlsx.write.model_row import Model
from sheetrecord.xlsx.write.session import PatchSession
from sheetrecord.xlsx.write.set_cells import default_format
from sheetrecord.xlsx.xml.scanner import escape

_MANY = 10**15
"""Whole numbers below are written as they are."""


class Filler:
    """A formula filled down: cut at its relative row numbers once, put together for each row."""

    def __init__(self, text: str, row: int) -> None:
        self._text = text
        self._row = row
        self._pieces: list[bytes] = []
        self._rows: list[int] = []
        at = 0
        for start, end in _relative_rows(text):
            self._pieces.append(escape(text[at:start]))
            self._rows.append(int(text[start:end]))
            at = end
        self._last = escape(text[at:])
        self._limit = MAX_ROW - max(self._rows, default=0)

    def at(self, row: int) -> bytes:
        """Return the formula in this row, escaped."""
        down = row - self._row
        if down > self._limit or not self._rows:
            return escape(translate(self._text, down, 0))
        filled = [b"%d" % (number + down) for number in self._rows]
        return b"".join([p for pair in zip(self._pieces, filled, strict=True) for p in pair]) + (
            self._last
        )


def _relative_rows(text: str) -> list[tuple[int, int]]:
    """Return the positions of the relative row numbers (without ``$``) in a formula."""
    spans = []
    for reference in parse(text).references:
        if reference.kind == "columns":
            continue
        at = reference.start + len(reference.prefix)
        found = re.finditer(r"(?<![$0-9])[0-9]+", text[at : reference.end])
        spans += [(at + match.start(), at + match.end()) for match in found]
    return spans


class RowWriter:
    """Renders new rows that look like a model row."""

    def __init__(self, session: PatchSession, prefix: bytes, model: Model) -> None:
        self._styles = session.styles
        self._prefix = prefix
        self._model = model
        self._date1904 = session.draft.package.date1904
        self._heads: dict[tuple[int, type], tuple[bytes, bytes]] = {}
        self._fillers = {c: Filler(text, model.row) for c, text in model.formulas.items()}
        self._orders: dict[tuple[int, ...], list[int]] = {}
        self._text_end = b"</%st></%sis></%sc>" % (prefix, prefix, prefix)
        self._value = b"<%sv>" % prefix
        self._value_end = b"</%sv></%sc>" % (prefix, prefix)
        self.formulas = bool(self._fillers)

    def row(self, number: int, values: Mapping[int, Value]) -> bytes:
        """Return one new row as XML."""
        key = tuple(values)
        order = self._orders.get(key)
        if order is None:
            order = self._orders[key] = sorted(self._model.columns.union(values))
        digits = b"%d" % number
        pieces = [
            self._cell(column, digits, values[column])
            if column in values
            else self._filled(column, digits, number)
            for column in order
        ]
        name = self._prefix
        head = b'<%srow r="%s"%s>' % (name, digits, self._model.attributes)
        return head + b"".join(pieces) + b"</%srow>" % name

    def _filled(self, column: int, digits: bytes, number: int) -> bytes:
        filler = self._fillers.get(column)
        if filler is None:
            return self._cell(column, digits, None)
        start, style = self._head(column, Formula, None)
        name = self._prefix
        body = filler.at(number)
        return b"%s%s%s><%sf>%s</%sf></%sc>" % (start, digits, style, name, body, name, name)

    def _cell(self, column: int, digits: bytes, value: Value) -> bytes:
        kind = type(value)
        start, style = self._head(column, kind, value)
        if kind is str and len(value) < SHORT and not SPECIAL.search(value):  # type: ignore[arg-type]  # kind says so
            return b"%s%s%s%s%s" % (start, digits, style, value.encode(), self._text_end)  # type: ignore[union-attr]  # as above
        if kind is int and -_MANY < value < _MANY:  # type: ignore[operator]  # kind says so
            number = str(value).encode()
            return b"%s%s%s>%s%s%s" % (start, digits, style, self._value, number, self._value_end)
        if value is None:
            return b"%s%s%s/>" % (start, digits, style) if style else b""
        return self._any(column, digits, value)

    def _any(self, column: int, digits: bytes, value: Value) -> bytes:
        """Return the XML of a cell of any type, by the slow path."""
        self.formulas |= isinstance(value, Formula)
        body = content(value, self._prefix, date1904=self._date1904)
        start, _ = self._head(column, type(value), value)
        mark = b' t="%s"' % body.kind if body.kind else b""
        style = self._style(column, value)
        return b"%s%s%s%s>%s</%sc>" % (start, digits, style, mark, body.children, self._prefix)

    def _head(self, column: int, kind: type, value: Value) -> tuple[bytes, bytes]:
        """Return what comes before and after the row number for this column and kind of value."""
        head = self._heads.get((column, kind))
        if head is None:
            start = b'<%sc r="%s' % (self._prefix, column_letters(column).encode())
            style = self._style(column, value)
            if kind is str:
                style += b' t="inlineStr"><%sis><%st>' % (self._prefix, self._prefix)
            elif value is None and kind is not Formula:
                style = style if len(style) > 1 else b""
            head = self._heads[column, kind] = start, style
        return head

    def _style(self, column: int, value: Value) -> bytes:
        style = self._model.style(column)
        shown = value.cached if isinstance(value, Formula) else value
        dated = isinstance(shown, (dt.date, dt.time))
        if not self._styles.suits(style, shown) and (dated or not isinstance(value, Formula)):
            style = self._styles.with_format(style, default_format(shown))
        return b'" s="%d"' % style if style else b'"'
