"""How the cells of a sheet are written, column by column, learnt from some of its rows."""

import re
from collections import Counter
from typing import Final, NamedTuple

from sheetrecord.xlsx.read.convert import TEXTS
from sheetrecord.xlsx.read.plain_rows import Plain, Token
from sheetrecord.xlsx.xml.texts import Unusual

_MANY_ROWS: Final = 40
_MOST_STYLES: Final = 64
_SHARED: Final = re.compile(rb' t="shared" si="[0-9]{1,9}"')

_Kind = tuple[bytes, bytes, bytes, bool, bool, bool, bool]
"""What two cells have in common that are written alike: column, attributes, f's attributes, and
whether there is a formula, a value, an empty value, an inline text."""


class Form(NamedTuple):
    """How a cell is written: its type code, what it consists of, its formula's attributes."""

    code: str
    parts: str
    """``v`` value, ``is`` inline text, ``fv`` formula and value, ``f`` formula alone, ``sv``
    shared formula's dependant and value, ``blank``."""
    formula: bytes


class Forms:
    """The forms of each column's cells and the attributes that they come with."""

    def __init__(self, plain: Plain) -> None:
        self._plain = plain
        self.seen: dict[bytes, dict[Form, list[bytes]]] = {}
        """Column's letters -> form -> attributes, the commonest first where they were met."""
        self.missing: set[bytes] = set()
        """Columns that some rows leave out."""

    def learn(self, sample: bytes, *, first: bool) -> bool:
        """Learn from some whole rows; return whether a new form was found.

        What occurs only once among many is left out. ``first``: nothing was read by these forms.
        """
        tokens: list[Token] = self._plain.tokens(sample)
        if not tokens or tokens[-1][10]:
            return False
        kinds = Counter(
            [
                (letters, raw, formula_raw, not formula, not value, not empty, not inline)
                for letters, _, raw, formula_raw, formula, value, empty, inline, _, _, _ in tokens
            ]
        )
        try:
            counts = [(kind, self._form(kind), count) for kind, count in kinds.most_common()]
        except Unusual:
            return False
        rows = sum([1 for token in tokens if token[8]])
        new = self._miss(rows, counts, first=first)
        rare = 2 if rows > _MANY_ROWS else 1
        for kind, form, count in counts:
            if form is None or count < rare:
                continue
            styles = self.seen.setdefault(kind[0], {}).setdefault(form, [])
            if kind[1] not in styles and len(styles) < _MOST_STYLES:
                styles.append(kind[1])
                new = True
        return new

    def _miss(
        self, rows: int, counts: list[tuple[_Kind, Form | None, int]], *, first: bool
    ) -> bool:
        """Note which columns are not in every row; any new one may be missing above."""
        cells: Counter[bytes] = Counter()
        for kind, _, count in counts:
            if kind[0]:
                cells[kind[0]] += count
        before = len(self.missing)
        for letters in {*self.seen, *cells}:
            if cells[letters] < rows or not (first or letters in self.seen):
                self.missing.add(letters)
        return len(self.missing) > before

    def _form(self, kind: _Kind) -> Form | None:
        """Return how a cell is written, None when only `Plain` reads it and for a row's tags."""
        letters, raw, formula_raw, no_formula, no_value, not_empty, no_inline = kind
        if not letters:
            return None
        code = self._plain.code(raw)
        if formula_raw and b" t=" in formula_raw:
            simple = no_formula and not no_value and _SHARED.fullmatch(formula_raw)
            return Form(code, "sv", b"") if simple else None
        if not no_inline:
            return Form(code, "is", b"") if no_formula else None
        if not no_formula:
            valued = not no_value or (not not_empty and code in TEXTS)
            return Form(code, "fv" if valued else "f", formula_raw)
        if not no_value:
            return Form(code, "v", b"")
        return Form("", "blank", b"") if not_empty else None
