"""Rows in the shape nearly every program writes, a whole piece at a time and column by column.

The tokens are those of `plain`, and so is the meaning: what a column's cells have in common is
settled once, and any cell that is not common is read by `Plain.cell`, in the order of the file.
"""

from collections import defaultdict
from itertools import compress
from operator import ge, itemgetter, lt
from typing import Any, Final, NamedTuple

from sheetrecord.model.value import Cell
from sheetrecord.xlsx.addresses import MAX_ROW
from sheetrecord.xlsx.read.bulk_convert import Bulk
from sheetrecord.xlsx.read.columns import Build, CellColumn
from sheetrecord.xlsx.read.convert import TEXTS, Bad
from sheetrecord.xlsx.read.plain_rows import Plain, Token
from sheetrecord.xlsx.xml.texts import Unusual

_NUMERIC: Final = b"0123456789+-.eE"
_LONGEST: Final = 300

Found = dict[int, list[tuple[int, Cell]]]
"""Column number -> pairs of a token's place and its value."""


class ColumnBatch(NamedTuple):
    """What some rows hold: their cells by column, which of them are hidden, the lowest one."""

    columns: dict[int, CellColumn]
    hidden: list[int]
    last: int


NONE: Final = ColumnBatch({}, [], 0)


class Batch:
    """Reads pieces of whole rows into a `Build`."""

    def __init__(self, build: Build, plain: Plain, bulk: Bulk) -> None:
        self._build = build
        self._plain = plain
        self.bulk = bulk

    def piece(self, piece: bytes) -> None:
        """Take all the rows of a piece, or raise `Unusual` having taken none."""
        columns, hidden, last = self.read(piece)
        self._build.add(columns)
        self._build.end_rows(last, hidden)

    def read(self, piece: bytes) -> ColumnBatch:
        """Return what the rows of a piece hold, or raise `Unusual`."""
        tokens: list[Token] = self._plain.tokens(piece)
        if not tokens or tokens[-1][10]:
            raise Unusual
        fields = list(zip(*tokens, strict=True))
        hidden, last = self._rows(fields)
        try:
            found = self._cells(tokens, fields)
        except Bad:
            raise Unusual from None
        numbers = fields[1]
        columns = {}
        for column, pairs in found.items():
            pairs.sort(key=_PLACE)
            rows = [int(numbers[place]) for place, _ in pairs]
            columns[column] = CellColumn(rows, [value for _, value in pairs])
        return ColumnBatch(columns, hidden, last)

    def _rows(self, fields: list[tuple[bytes, ...]]) -> tuple[list[int], int]:
        """Check that rows ascend, that each cell is in its row, and that its columns ascend."""
        letters, numbers, next_rows, row_raws = fields[0], fields[1], fields[8], fields[9]
        known = {each: self._plain.column(each) for each in set(letters) if each}
        columns = [known[each] if each else 0 for each in letters]
        # Row tags count as column 0: a step that does not ascend may only lead to one of them.
        if columns[0] or sum(map(ge, columns, columns[1:])) != columns.count(0) - 1:
            raise Unusual
        starts = list(compress(range(len(letters)), next_rows))
        rows = [int(next_rows[start]) for start in starts]
        if not rows or starts[0] or rows[0] <= self._build.last_row or rows[-1] > MAX_ROW:
            raise Unusual
        if not all(map(lt, rows, rows[1:])):
            raise Unusual
        hidden = []
        for start, end, row in zip(starts, [*starts[1:], len(letters)], rows, strict=True):
            raw = row_raws[start]
            if raw[-1:] == b"/":
                if end != start + 1:
                    raise Unusual
            elif (
                numbers[start + 1 : end - 1].count(next_rows[start]) != end - start - 2
                or letters[end - 1]
                or end == start + 1
            ):
                raise Unusual
            if raw and self._plain.is_hidden(raw):
                hidden.append(row)
        return hidden, rows[-1]

    def _cells(self, tokens: list[Token], fields: list[tuple[bytes, ...]]) -> Found:
        letters, _, raws, formula_raws, formulas, values, empties, inlines = fields[:8]
        groups: dict[tuple[bytes, bytes], list[int]] = defaultdict(list)
        places = range(len(tokens))
        strange = {
            *compress(places, empties),
            *compress(places, inlines),
            *compress(places, formula_raws),
        }
        odd = list(strange)
        # Most tokens are blank cells: what holds something is picked out before it is looked at.
        holding = {*compress(places, values), *compress(places, formulas)} - strange
        for place in holding:
            groups[letters[place], raws[place]].append(place)
        found: Found = defaultdict(list)
        for (letter, raw), group in groups.items():
            code, column = self._plain.code(raw), self._plain.column(letter)
            pairs = self._group(code, column, group, fields)
            if pairs is None:
                odd += group
            else:
                found[column] += pairs
        for place in sorted(odd):
            self._one(tokens[place], place, found)
        return found

    def _one(self, token: Token, place: int, found: Found) -> None:
        column = self._plain.column(token[0])
        value = self._plain.cell(token, self._plain.code(token[2]), int(token[1]), column)
        if value is not None:
            found[column].append((place, value))

    def _group(
        self, code: str, column: int, places: list[int], fields: list[tuple[bytes, ...]]
    ) -> list[tuple[int, Cell]] | None:
        """Return the values of one column's cells of one kind; None when they are not common."""
        numbers, formulas, values = fields[1], fields[4], fields[5]
        pairs: list[tuple[int, Cell]] = []
        for with_value in (True, False):
            part = [place for place in places if bool(values[place]) is with_value]
            if not part:
                continue
            results: Any = None
            written = [formulas[place] for place in part]
            if with_value:
                raw = [values[place] for place in part]
                results = self._values(code, raw, typed=not any(written))
                if results is None:
                    return None
            if all(written):
                rows = [numbers[place] for place in part]
                results = (
                    self.bulk.formulas(self.bulk.texts(written, rows, column), results)
                    if with_value
                    else self.bulk.unknown(written, rows, column)
                )
            elif any(written):
                return None
            pairs += zip(part, results, strict=True)
        return pairs

    def _values(self, code: str, raw: list[bytes], *, typed: bool) -> list[object] | None:
        """Return the values, None when one is not written in the common way."""
        if code in TEXTS and typed:
            return self.bulk.typed(raw)
        joined = b"".join(raw)
        if code == "s":
            common = joined.isdigit() and max(map(len, raw)) < 10
        elif code in TEXTS or code in {"b", "e"}:
            common = True
        else:
            common = not joined.translate(None, _NUMERIC) and max(map(len, raw)) <= _LONGEST
        if not common:
            return None
        try:
            return self.bulk.values(code, raw)
        except (Bad, LookupError, ValueError):
            return None


_PLACE: Final = itemgetter(0)
