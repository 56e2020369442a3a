"""Rows of one shape, a whole row per match: a pattern learnt from the sheet, read by columns.

The pattern spells out each column's cell (its style, its type, formula or not) and ties every
address to its row, so what it matches it cannot misread; at the first byte it does not match it
stops, and the row is read another way.
"""

import re
from collections import Counter
from itertools import compress
from operator import itemgetter, lt
from typing import Final, NamedTuple

from sheetrecord.model.value import UNKNOWN, Cell
from sheetrecord.xlsx.a1 import MAX_ROW
from sheetrecord.xlsx.build import Build, Column
from sheetrecord.xlsx.bulk import Bulk
from sheetrecord.xlsx.convert import TEXTS, Bad
from sheetrecord.xlsx.plain import Plain, Token, row_hidden
from sheetrecord.xlsx.texts import Unusual

_MOST_GROUPS: Final = 400
_MOST_SHAPES: Final = 8
_MOST_PATTERNS: Final = 16
_RARE: Final = 2
_SHARED: Final = re.compile(rb' t="shared" si="[0-9]{1,9}"')
_VALUE: Final = {
    "s": rb"([0-9]{1,9})",
    "b": rb"([01])",
    "str": rb"([^<]+)",
    "e": rb"([^<]+)",
    "d": rb"([^<]+)",
}
_NUMBER: Final = rb"([-+0-9.eE]{1,300})"


class Form(NamedTuple):
    """How a cell is written: its type code, what it consists of, its formula's attributes."""

    code: str
    parts: str
    """``v`` value, ``is`` inline text, ``fv`` formula and value, ``f`` formula alone, ``sv``
    shared formula's dependant and value, ``blank``."""
    formula: bytes


class Slot(NamedTuple):
    """Where a form's groups lie in the pattern."""

    column: int
    form: Form
    group: int


class Shape:
    """The shape of a sheet's rows, learnt as it is read."""

    def __init__(self, build: Build, plain: Plain, bulk: Bulk, prefix: bytes) -> None:
        self._build = build
        self._plain = plain
        self._bulk = bulk
        self._prefix = prefix
        self._seen: dict[bytes, dict[Form, set[bytes]]] = {}
        self._slots: list[Slot] = []
        self._pattern: re.Pattern[bytes] | None = None
        self._stale = False
        self._patterns = 0
        self._missing: set[bytes] = set()  # columns that some rows leave out

    def learn(self, sample: bytes) -> None:
        """Look at some whole rows; what occurs only once among many is left out."""
        tokens: list[Token] = self._plain.tokens(sample)
        if not tokens or tokens[-1][10] or self._patterns >= _MOST_PATTERNS:
            return
        try:
            counts = Counter(
                (token[0], form, token[2])
                for token in tokens
                if token[0] and (form := self._form(token)) is not None
            )
        except Unusual:
            return
        rows = sum(1 for token in tokens if token[8])
        self._miss(rows, Counter(token[0] for token in tokens if token[0]))
        rare = _RARE if rows > 10 else 1
        self._stale = self._stale or self._pattern is None  # rows without cells have a shape too
        for (letters, form, raw), count in counts.items():
            styles = self._seen.setdefault(letters, {}).setdefault(form, set())
            if count >= rare and raw not in styles and len(styles) < 64:
                styles.add(raw)
                self._stale = True

    def _miss(self, rows: int, cells: Counter[bytes]) -> None:
        """Note which columns are not in every row; any new one may be missing above."""
        for letters in {*self._seen, *cells}:
            new = self._pattern is not None and letters not in self._seen
            if (new or cells[letters] < rows) and letters not in self._missing:
                self._missing.add(letters)
                self._stale = True

    def _form(self, token: Token) -> Form | None:
        """Return how a cell is written, None when only `Plain` reads it."""
        _, _, raw, formula_raw, formula, value, empty, inline, _, _, _ = token
        code = self._plain.code(raw)
        if formula_raw and b" t=" in formula_raw:
            simple = value and not formula and _SHARED.fullmatch(formula_raw)
            return Form(code, "sv", b"") if simple else None
        if inline:
            return None if formula else Form(code, "is", b"")
        if formula:
            whole = value or code in TEXTS
            return Form(code, "fv" if whole and (value or empty) else "f", formula_raw)
        if value:
            return Form(code, "v", b"")
        return None if empty else Form("", "blank", b"")

    def ready(self) -> bool:
        """Whether there is a pattern to try."""
        if self._stale:
            self._compile()
        return self._pattern is not None

    def _compile(self) -> None:
        self._stale = False
        self._patterns += 1
        self._slots = []
        groups = 3
        cells = []
        for letters in sorted(self._seen, key=lambda letters: (len(letters), letters)):
            forms = {form: raws for form, raws in self._seen[letters].items() if raws}
            if not 0 < len(forms) <= _MOST_SHAPES:
                continue
            written = []
            for form, raws in forms.items():
                if form.parts != "blank":
                    self._slots.append(Slot(self._plain.column(letters), form, groups - 1))
                    groups += 2 if form.parts in {"fv", "sv"} else 1
                written.append(self._cell(letters, form, raws))
            cell = b"(?:" + b"|".join(written) + b")" if len(written) > 1 else written[0]
            cells.append(b"(?:" + cell + b")?" if letters in self._missing else cell)
        if groups > _MOST_GROUPS:
            self._pattern = None
            return
        self._pattern = re.compile(
            b'<%brow r="([1-9][0-9]{0,6})"([^>/]*)(?:/>|>' % re.escape(self._prefix)
            + b"".join(cells)
            + rb"</%brow>)|([\s\S]+)" % re.escape(self._prefix)
        )

    def _cell(self, letters: bytes, form: Form, raws: set[bytes]) -> bytes:
        p = re.escape(self._prefix)
        styles = b"|".join(map(re.escape, sorted(raws)))
        styles = b"(?:" + styles + b")" if len(raws) > 1 else styles
        value = _VALUE.get(form.code, _NUMBER)
        if form.parts == "fv" and form.code == "str":
            value = rb"([^<]*)"
        body = {
            "blank": rb"/>",
            "v": rb"><%(p)bv>%(value)b</%(p)bv></%(p)bc>",
            "is": rb'><%(p)bis><%(p)bt(?: xml:space="preserve")?>([^<]+)</%(p)bt></%(p)bis>'
            rb"</%(p)bc>",
            "fv": rb"><%(p)bf%(f)b>([^<]+)</%(p)bf><%(p)bv>%(value)b</%(p)bv></%(p)bc>",
            "f": rb"><%(p)bf%(f)b>([^<]+)</%(p)bf>(?:<%(p)bv></%(p)bv>|<%(p)bv/>)?</%(p)bc>",
            "sv": rb'><%(p)bf t="shared" si="([0-9]{1,9})"/><%(p)bv>%(value)b</%(p)bv></%(p)bc>',
        }[form.parts]
        body = body % {b"p": p, b"value": value, b"f": re.escape(form.formula)}
        return rb'<%bc r="%b\1"%b%b' % (p, letters, styles, body)

    def take(self, piece: bytes, at: int) -> int:
        """Take rows from this offset on; return the offset of the first one not taken.

        Raises `Unusual`, having taken nothing, when a value is not what its type says.
        """
        if self._pattern is None:
            return at
        matches = self._pattern.findall(piece, at)
        left = len(matches.pop()[-1]) if matches[-1][-1] else 0
        if matches:
            try:
                self._take(list(zip(*matches, strict=True)))
            except (Bad, LookupError, ValueError):
                raise Unusual from None
        return len(piece) - left

    def _take(self, groups: list[tuple[bytes, ...]]) -> None:
        rows = list(map(int, groups[0]))
        ordered = all(map(lt, rows, rows[1:]))
        if not ordered or rows[0] <= self._build.last_row or rows[-1] > MAX_ROW:
            raise Unusual
        hidden: list[int] = []
        for raw in set(groups[1]):
            if row_hidden(raw):
                hidden += [row for row, own in zip(rows, groups[1], strict=True) if own == raw]
        found: dict[int, Column] = {}
        for slot in self._slots:
            self._slot(slot, rows, groups, found)
        self._build.add(found)
        self._build.end_rows(rows[-1], hidden)

    def _slot(
        self,
        slot: Slot,
        rows: list[int],
        groups: list[tuple[bytes, ...]],
        found: dict[int, Column],
    ) -> None:
        first = groups[slot.group]
        second = groups[slot.group + 1] if slot.form.parts in {"fv", "sv"} else ()
        if b"" in first:
            rows = list(compress(rows, first))
            if not rows:
                return
            second = tuple(compress(second, first))
            first = tuple(filter(None, first))
        values = self._values(slot, rows, first, second)
        held = found.get(slot.column)
        if held is not None:  # the column has cells of more than one form
            pairs = sorted(zip(held.rows + rows, held.values + values, strict=True), key=_ROW)
            rows, values = [pair[0] for pair in pairs], [pair[1] for pair in pairs]
        found[slot.column] = Column(rows, values)

    def _values(
        self, slot: Slot, rows: list[int], first: tuple[bytes, ...], second: tuple[bytes, ...]
    ) -> list[Cell]:
        code, parts, _ = slot.form
        bulk = self._bulk
        if parts == "v":
            return bulk.values(code, first)
        if parts == "is":
            return bulk.values("str", first)
        if parts == "f":
            return bulk.formulas(bulk.texts(first), [UNKNOWN] * len(first))
        if parts == "fv":
            return bulk.formulas(bulk.texts(first), bulk.values(code, second))
        texts = self._build.shared_texts(first, rows, slot.column)
        return bulk.formulas(texts, bulk.values(code, second))


_ROW: Final = itemgetter(0)
