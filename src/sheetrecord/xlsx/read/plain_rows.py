"""Rows in the shape nearly every program writes, token by token with one regular expression.

Whatever it does not know, down to a single byte, raises `Unusual`: nothing has been taken then.
"""

import re
from collections.abc import Callable
from typing import Final, TypeAlias

from sheetrecord.model.value import UNKNOWN, Cell, Formula, Result, Unknown
from sheetrecord.xlsx.addresses import MAX_COLUMN, MAX_ROW, column_number
from sheetrecord.xlsx.read.columns import Build, CellColumn
from sheetrecord.xlsx.read.convert import TEXTS, TYPES, Bad, Converter, xstring
from sheetrecord.xlsx.xml.texts import Unusual, marked, text, value_texts

Token: TypeAlias = tuple[bytes, ...]
"""Column, row, attributes | f's attributes, formula | value, empty value, inline text |
row's number, row's attributes | anything else."""

_PATTERN: Final = (
    rb'<%(p)bc r="([A-Z]{1,3})([1-9][0-9]{0,6})"((?: [a-z]+="[A-Za-z0-9]*")*)(?: ?/>|>'
    rb'(?:<%(p)bf((?: [a-zA-Z][a-z0-9A-Z]*="[ !#-%%\'-;=?-~]*")*)(?: ?/>|>([^<]*)</%(p)bf>))?'
    rb"(?:<%(p)bv>([^<]+)</%(p)bv>|(<%(p)bv ?/>|<%(p)bv></%(p)bv>)"
    rb'|<%(p)bis><%(p)bt((?: xml:space="preserve")?>[^<]+)</%(p)bt></%(p)bis>)?</%(p)bc>)'
    rb'|<%(p)brow r="([1-9][0-9]{0,6})"([^<>]*)>'
    rb"|</%(p)brow>|([\s\S]+)"
)
_MOST_KEPT: Final = 1000
_ATTRIBUTE: Final = re.compile(rb' ([A-Za-z0-9:]+)="([^"]*)"')

Read: TypeAlias = Callable[[bytes], Result]


def attributes(raw: bytes) -> dict[bytes, bytes]:
    """Return a tag's attributes; `Unusual` when one comes twice."""
    pairs = _ATTRIBUTE.findall(raw)
    found = dict(pairs)
    if len(found) != len(pairs):
        raise Unusual
    return found


_NAME: Final = rb"[A-Za-z][A-Za-z0-9]*"
_ROW_ATTRIBUTES: Final = re.compile(
    rb'(?: (?!xmlns)%b(?::%b)?="[ !#-%%\'-;=?-~]*")*' % (_NAME, _NAME)
)


def row_hidden(raw: bytes) -> bool:
    """Return whether a row's attributes hide it; `Unusual` when they are not plain."""
    raw = raw.removesuffix(b" ")  # before the end of the tag
    if not _ROW_ATTRIBUTES.fullmatch(raw):
        raise Unusual
    found = attributes(raw)
    if b"r" in found:
        raise Unusual
    return found.get(b"hidden", b"0") in {b"1", b"true", b"on"}


class Plain:
    """Reads pieces of whole rows into a `Build`."""

    def __init__(self, build: Build, convert: Converter, prefix: bytes) -> None:
        self.tokens = re.compile(_PATTERN % {b"p": re.escape(prefix)}).findall
        self._build = build
        self._convert = convert
        self._codes: dict[bytes, str] = {}
        self._reads: dict[str, Read] = {}
        self._columns: dict[bytes, int] = {}
        self._hidden: dict[bytes, bool] = {}
        self._formulas: dict[bytes, dict[str, str]] = {}

    def code(self, raw: bytes) -> str:
        """Return the type code that a cell's attributes mean (see `Converter.code`)."""
        if raw not in self._codes:
            found = attributes(raw)
            kind, style = found.get(b"t", b"n").decode(), found.get(b"s", b"0")
            if kind not in TYPES or not style.isdigit() or len(style) > 9 or b"r" in found:
                raise Unusual
            self._codes[raw] = self._convert.code(kind, int(style))
        return self._codes[raw]

    def _read(self, code: str) -> Read:
        if code not in self._reads:
            convert = self._convert
            if code in TEXTS:
                self._reads[code] = lambda raw: xstring(text(raw))
            else:
                self._reads[code] = lambda raw: convert.cached(code, raw)
        return self._reads[code]

    def column(self, letters: bytes) -> int:
        """Return a column's number."""
        number = self._columns.get(letters)
        if number is None:
            number = column_number(letters.decode())
            if number > MAX_COLUMN:
                raise Unusual
            self._columns[letters] = number
        return number

    def piece(self, piece: bytes) -> None:
        """Take all the rows of a piece, or raise `Unusual` having taken none."""
        tokens: list[Token] = self.tokens(piece)
        if tokens and tokens[-1][10]:
            raise Unusual
        try:
            found, hidden, last = self._rows(tokens)
        except Bad:
            raise Unusual from None
        self._build.add(found)
        self._build.end_rows(last, hidden)

    def _rows(  # noqa: C901 - one loop over the tokens, its branches inline for speed
        self, tokens: list[Token]
    ) -> tuple[dict[int, CellColumn], list[int], int]:
        found: dict[int, CellColumn] = {}
        hidden: list[int] = []
        codes, columns = self._codes, self._columns
        row, row_text, before = self._build.last_row, b"", 0
        for token in tokens:
            letters, number, raw, _, _, _, _, _, next_row, row_raw, _ = token
            if letters:
                column = columns.get(letters) or self.column(letters)
                if number != row_text or column <= before:
                    raise Unusual
                before = column
                code = codes.get(raw) or self.code(raw)
                value = self.cell(token, code, row, column)
                if value is not None:
                    if column not in found:
                        found[column] = CellColumn([], [])
                    rows, values = found[column]
                    rows.append(row)
                    values.append(value)
            elif next_row:
                if row_text or not row < int(next_row) <= MAX_ROW:
                    raise Unusual
                row, before = int(next_row), 0
                row_text = b"" if row_raw[-1:] == b"/" else next_row
                if row_raw and self.is_hidden(row_raw):
                    hidden.append(row)
            elif row_text:
                row_text = b""
            else:
                raise Unusual
        if row_text:
            raise Unusual
        return found, hidden, row

    def is_hidden(self, raw: bytes) -> bool:
        """Return whether a row's attributes hide it, judged once for each text."""
        if raw not in self._hidden:
            if len(self._hidden) > _MOST_KEPT:
                self._hidden.clear()
            self._hidden[raw] = row_hidden(raw.removesuffix(b"/"))
        return self._hidden[raw]

    def cell(self, token: Token, code: str, row: int, column: int) -> Cell:
        """Return the value of one cell; None when it is blank."""
        formula_raw, formula = token[3], token[4]
        result = self._result(token, code)
        if formula or formula_raw:
            written = text(formula) if formula else ""
            if formula_raw:
                found = self._formula(row, column, formula_raw, written)
                if found is None:
                    return None if isinstance(result, Unknown) else result
                written = found
            return Formula(written, result)
        return None if isinstance(result, Unknown) else result

    def _result(self, token: Token, code: str) -> Result:
        """Return what a cell shows; `UNKNOWN` for nothing."""
        _, _, _, formula_raw, formula, raw, empty, inline, _, _, _ = token
        if raw and code in TEXTS and not (formula or formula_raw):
            return value_texts([raw])[0]
        if raw:
            return (self._reads.get(code) or self._read(code))(raw)
        if inline:
            return marked([inline])[0]
        return "" if empty and code in TEXTS else UNKNOWN

    def _formula(self, row: int, column: int, raw: bytes, written: str) -> str | None:
        found = self._formulas.get(raw)
        if found is None:
            found = {key.decode(): value.decode() for key, value in attributes(raw).items()}
            if len(self._formulas) < _MOST_KEPT:
                self._formulas[raw] = found
        return self._build.formula(row, column, found, written)
