"""Rows of one shape, a whole row per match: a pattern learnt from the sheet, read by columns.

The pattern spells out each column's cell (its style, its type, formula or not) and ties every
address to its row, so what it matches it cannot misread. Any other row is matched whole and read
token by token (`batch`); at the first that is not plain it stops, and is read another way.
"""

import re
from functools import cache
from itertools import compress
from operator import lt
from typing import Final, NamedTuple

from sheetrecord.model.value import Cell
from sheetrecord.xlsx.addresses import MAX_ROW
from sheetrecord.xlsx.read.batch_rows import NONE, Batch, ColumnBatch
from sheetrecord.xlsx.read.cell_forms import Form, Forms
from sheetrecord.xlsx.read.columns import Build, CellColumn
from sheetrecord.xlsx.read.convert import DIGITS, TEXTS, Bad
from sheetrecord.xlsx.read.plain_rows import Plain, row_hidden
from sheetrecord.xlsx.xml.texts import Unusual

_MOST_GROUPS: Final = 400
_MOST_SHAPES: Final = 8
_MOST_PATTERNS: Final = 16
_MANY: Final = 4
"""When one row in so many is of another shape, there is more to learn."""
_ENOUGH: Final = 40
_NUMERIC: Final = b"0123456789+-.eE"
_BLANK: Final = b"/>"
_BLANK_OF_OPENPYXL: Final = b'(?: t="n")? ?/>'
"""How the tag of a blank cell ends; openpyxl says of each that it would be a number.

To compile that for each column takes longer than a sheet of some hundred rows to read, so it is
asked for only where a sheet is written so.
"""


class Slot(NamedTuple):
    """Where a form's groups lie in the pattern."""

    column: int
    form: Form
    group: int


class ShapeMatch(NamedTuple):
    """What `Shape.take` did: where it stopped, and rows that are worth to learn from."""

    at: int
    odd: bytes


class Shape:
    """The shape of a sheet's rows, learnt as it is read."""

    def __init__(self, build: Build, plain: Plain, batch: Batch, prefix: bytes) -> None:
        self._build = build
        self._plain = plain
        self._batch = batch
        self._bulk = batch.bulk
        self._prefix = re.escape(prefix)
        self._opening = b"<" + prefix.replace(b"%", b"%%") + b'row r="%b"%b'
        self._forms = Forms(plain)
        self._slots: list[Slot] = []
        self._pattern: re.Pattern[bytes] | None = None
        self._stale = False
        self._patterns = 0
        self._blank = _BLANK

    def learn(self, sample: bytes) -> None:
        """Look at some whole rows."""
        if self._patterns < _MOST_PATTERNS:
            first = self._pattern is None
            # rows without cells have a shape too
            self._stale = self._forms.learn(sample, first=first) or self._stale or first
            if self._blank == _BLANK and (b" />" in sample or b' t="n"' in sample):
                self._blank, self._stale = _BLANK_OF_OPENPYXL, True

    def ready(self) -> bool:
        """Whether there is a pattern to try."""
        if self._stale:
            self._compile()
        return self._pattern is not None

    def _compile(self) -> None:
        self._stale = False
        self._patterns += 1
        self._slots = []
        self._pattern = None
        groups = 2
        cells = []
        for letters in sorted(self._forms.seen, key=lambda letters: (len(letters), letters)):
            forms = self._forms.seen[letters]
            if not 0 < len(forms) <= _MOST_SHAPES:
                continue
            for form in forms:
                if form.parts != "blank":
                    self._slots.append(Slot(self._plain.column(letters), form, groups))
                    groups += 2 if form.parts in {"fv", "sv"} else 1
            cells.append(self._column(letters, forms))
        if groups > _MOST_GROUPS:
            return
        self._pattern = re.compile(
            rb'<%(p)brow r="([1-9][0-9]{0,6})"(?:([^>/]*)(?:/>|>%(cells)b</%(p)brow>)'
            rb"|([^<>]*/>|[\s\S]*?</%(p)brow>))|([\s\S]+)"
            % {b"p": self._prefix, b"cells": b"".join(cells)}
        )

    def _column(self, letters: bytes, forms: dict[Form, list[bytes]]) -> bytes:
        """Return the pattern of a column's cell: of its forms, or blank in any of its styles."""
        heads = list({raw.partition(b' t="')[0]: 0 for raws in forms.values() for raw in raws})
        shared = heads[0] if len(heads) == 1 else b""
        written = [self._blank if shared else _one_of(list(map(_escaped, heads))) + self._blank]
        for form, raws in forms.items():
            if form.parts != "blank":
                styles = [_escaped(raw.removeprefix(shared)) for raw in raws]
                written.append(_one_of(styles) + self._body(form))
        cell = rb'<%bc r="%b\1"%b%b' % (
            self._prefix,
            letters,
            _escaped(shared),
            _one_of(written),
        )
        return b"(?:" + cell + b")?" if letters in self._forms.missing else cell

    def _body(self, form: Form) -> bytes:
        """Return the pattern of what follows a cell's attributes.

        What a number consists of is checked afterwards: to compile a class of characters for each
        column takes longer than that.
        """
        code, parts, formula = form
        value = rb"(\d+)" if code == "s" else rb"([01])" if code == "b" else rb"([^<]+)"
        if parts == "fv" and code == "str":
            value = rb"([^<]*)"
        body = {
            "v": rb"><%(p)bv>%(v)b</%(p)bv></%(p)bc>",
            "is": rb'><%(p)bis><%(p)bt((?: xml:space="preserve")?>[^<]+)</%(p)bt></%(p)bis>'
            rb"</%(p)bc>",
            "fv": rb"><%(p)bf%(a)b>%(f)b</%(p)bf><%(p)bv>%(v)b</%(p)bv></%(p)bc>",
            "f": rb"><%(p)bf%(a)b>%(f)b</%(p)bf>(?:<%(p)bv></%(p)bv>|<%(p)bv ?/>)?"
            rb"</%(p)bc>",
            "sv": rb'><%(p)bf t="shared" si="([0-9]{1,9})" ?/><%(p)bv>%(v)b</%(p)bv></%(p)bc>',
        }[parts]
        attributes = _escaped(formula)
        return body % {b"p": self._prefix, b"v": value, b"f": rb"([^<]+)", b"a": attributes}

    def take(self, piece: bytes, at: int) -> ShapeMatch:
        """Take rows from this offset on, up to the first that is not written plainly.

        Raises `Unusual`, having taken nothing, when a value is not what its type says.
        """
        matches = self._pattern.findall(piece, at) if self._pattern else []
        stop = len(piece) - (len(matches.pop()[-1]) if matches and matches[-1][-1] else 0)
        if not matches:
            return ShapeMatch(stop, b"")
        rows = [int(match[0]) for match in matches]
        ordered = all(map(lt, rows, rows[1:]))
        if not ordered or rows[0] <= self._build.last_row or rows[-1] > MAX_ROW:
            raise Unusual
        strange = [match for match in matches if match[-2]]
        odd = [self._opening % (match[0], match[-2]) for match in strange]
        other = self._read(b"".join(odd)) if odd else NONE
        if other is None:
            stop = piece.find(self._opening % (strange[0][0], b""), at)
            matches = matches[: matches.index(strange[0])]
        elif strange:
            matches = [match for match in matches if not match[-2]]
        self._add(matches, other or NONE)
        return ShapeMatch(stop, b"".join(odd[:_ENOUGH]) if len(odd) * _MANY > len(rows) else b"")

    def _read(self, odd: bytes) -> ColumnBatch | None:
        """Read rows of another shape; None when they are not plain or must wait for their turn."""
        if b"shared" in odd:  # what it means for the rows below depends on what stands above
            return None
        try:
            return self._batch.read(odd)
        except Unusual:
            return None

    def _add(self, matches: list[tuple[bytes, ...]], other: ColumnBatch) -> None:
        found: dict[int, CellColumn] = {}
        hidden, last = list(other.hidden), other.last
        if matches:
            groups = list(zip(*matches, strict=True))
            rows = list(map(int, groups[0]))
            last = max(last, rows[-1])
            for raw in set(groups[1]):
                if row_hidden(raw):
                    hidden += [row for row, own in zip(rows, groups[1], strict=True) if own == raw]
            try:
                for slot in self._slots:
                    self._slot(slot, rows, groups, found)
            except (Bad, LookupError, ValueError):
                raise Unusual from None
        for number, column in other.columns.items():
            _merge(found, number, column)
        if last:
            self._build.add(found)
            self._build.end_rows(last, hidden)

    def _slot(
        self,
        slot: Slot,
        rows: list[int],
        groups: list[tuple[bytes, ...]],
        found: dict[int, CellColumn],
    ) -> None:
        numbers, first = groups[0], groups[slot.group]
        second = groups[slot.group + 1] if slot.form.parts in {"fv", "sv"} else ()
        if b"" in first:
            rows = list(compress(rows, first))
            if not rows:
                return
            numbers, second = tuple(compress(numbers, first)), tuple(compress(second, first))
            first = tuple(filter(None, first))
        values = self._values(slot, rows, (numbers, first, second))
        _merge(found, slot.column, CellColumn(rows, values))

    def _values(
        self, slot: Slot, rows: list[int], written: tuple[tuple[bytes, ...], ...]
    ) -> list[Cell]:
        """Return a form's values from what is ``written``: row numbers, first and second group."""
        numbers, first, second = written
        code, parts, _ = slot.form
        bulk = self._bulk
        if parts == "v":
            return bulk.typed(first) if code in TEXTS else self._plain_values(code, first)
        if parts == "is":
            return bulk.inline(first)
        if parts == "f":
            return bulk.unknown(first, numbers, slot.column)
        if parts == "fv":
            texts = bulk.texts(first, numbers, slot.column)
            return bulk.formulas(texts, self._plain_values(code, second))
        texts = self._build.shared_texts(first, rows, slot.column)
        return bulk.formulas(texts, self._plain_values(code, second))

    def _plain_values(self, code: str, raw: tuple[bytes, ...]) -> list[Cell]:
        if code == "n" and (b"".join(raw).translate(None, _NUMERIC) or max(map(len, raw)) > DIGITS):
            raise Unusual
        return self._bulk.values(code, raw)


@cache
def _escaped(text: bytes) -> bytes:
    """Return attributes as a pattern; a blank needs no escape, and is quicker to compile."""
    return re.escape(text).replace(rb"\ ", b" ")


def _one_of(patterns: list[bytes]) -> bytes:
    return b"(?:" + b"|".join(patterns) + b")" if len(patterns) > 1 else patterns[0]


def _merge(found: dict[int, CellColumn], number: int, column: CellColumn) -> None:
    """Put a column's cells among those that were found of another form."""
    held = found.get(number)
    if held is not None:
        rows, values = held.rows + column.rows, held.values + column.values
        order = sorted(range(len(rows)), key=rows.__getitem__)
        column = CellColumn([rows[at] for at in order], [values[at] for at in order])
    found[number] = column
