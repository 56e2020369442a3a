"""Formulas without results that come again row by row: taken out before the rows are read.

Cells side by side that hold nothing but such formulas are one run of bytes, the same in every row
but for the row's number. What is compared byte by byte need not be read, and a new workbook is
mostly that. Only for those who want patterns of formulas (see `bulk.Patterns`).
"""

import re
from collections.abc import Iterator
from typing import Final, NamedTuple

from sheetrecord.model.value import UNKNOWN, Formula
from sheetrecord.xlsx.read.bulk_convert import Bulk
from sheetrecord.xlsx.read.columns import Build, CellColumn
from sheetrecord.xlsx.read.plain_rows import Plain
from sheetrecord.xlsx.xml.texts import Unusual

_OPENING: Final = b'<row r="'
_END: Final = b"</row"
_RUN: Final = rb'(?:<c r="[A-Z]{1,3}[1-9][0-9]*"(?: s="[0-9]+")?><f>[^<]+</f></c>)+'
_CELL: Final = rb'<c r="([A-Z]+)([0-9]+)"([^>]*)><f>([^<]+)'
_LOOKED_AT: Final = 6
"""Rows among which the one with most such formulas is taken as the model."""


class FormulaRun(NamedTuple):
    """Neighbouring formulas: the bytes between the row's numbers, and each column's pattern."""

    head: bytes
    """What it begins with: an address, with ``%b`` for the row's number."""
    parts: list[bytes]
    formulas: dict[int, Formula]


class Rest(NamedTuple):
    """Rows without the runs, and by run the numbers of the rows in which each was found."""

    piece: bytes
    rows: list[list[int]]


class Repeats:
    """The runs of one sheet, learnt from one of its rows."""

    def __init__(self, plain: Plain, bulk: Bulk) -> None:
        self._plain = plain
        self._bulk = bulk
        self.runs: list[FormulaRun] = []

    def learn(self, piece: bytes, at: int) -> None:
        """Look for runs in some rows from this offset on."""
        model = max(_some(piece, at), key=_formulas, default=b"")
        self.runs = self._of(model) if _formulas(model) else []

    def _of(self, row: bytes) -> list[FormulaRun]:
        number = row[len(_OPENING) : row.find(b'"', len(_OPENING))]
        try:
            found = [self._run(cells, number) for cells in re.findall(_RUN, row)]
        except Unusual:
            return []
        return [run for run in found if run is not None]

    def _run(self, cells: bytes, number: bytes) -> FormulaRun | None:
        parts, formulas = b"", {}
        for letters, own, style, raw in re.findall(_CELL, cells):
            column = self._plain.column(letters)
            if own != number or column in formulas:
                return None
            pattern, text = self._bulk.pattern(raw, number, column)
            formulas[column] = Formula(text, UNKNOWN)
            parts += b'<c r="%b\0"%b><f>%b</f></c>' % (letters, style, pattern)
        split = parts.split(b"\0")
        return FormulaRun(split[0] + b"%b" + split[1][:1], split, formulas)

    def take(self, piece: bytes) -> Rest | None:
        """Return rows without the runs that were found in them; None when there were none."""
        kept: list[bytes] = []
        rows: list[list[int]] = [[] for _ in self.runs]
        runs = [
            (head, parts, found) for (head, parts, _), found in zip(self.runs, rows, strict=True)
        ]
        at = after = opened = 0
        while (at := piece.find(_OPENING, at)) >= 0:
            at += len(_OPENING)
            opened += 1
            number = piece[at : piece.find(b'"', at, at + 8)]
            if not number.isdigit():
                continue
            for head, parts, found in runs:
                start = piece.find(head % number, at, at + _REACH)
                if start < 0:
                    continue
                whole = number.join(parts)
                if piece.startswith(whole, start):
                    kept.append(piece[after:start])
                    at = after = start + len(whole)
                    found.append(int(number))
        kept.append(piece[after:])
        rest = b"".join(kept)
        # A row that was passed over held a formula of an earlier one: addresses cannot be trusted.
        return Rest(rest, rows) if len(kept) > 1 and rest.count(_OPENING) == opened else None

    def add(self, build: Build, rows: list[list[int]]) -> None:
        """Put the formulas that were taken out into the sheet."""
        for run, found in zip(self.runs, rows, strict=True):
            if found:
                build.add({c: CellColumn(found, [f] * len(found)) for c, f in run.formulas.items()})


_REACH: Final = 20_000
"""Bytes of a row, beyond the run before, in which a run is looked for."""


def _some(piece: bytes, at: int) -> Iterator[bytes]:
    """Yield some rows: the first, from the middle, and the last."""
    step = max(1, (len(piece) - at) // (_LOOKED_AT - 1))
    for near in range(at, len(piece), step):
        start = piece.find(_OPENING, near)
        stop = piece.find(_END, start)
        if 0 <= start < stop:
            yield piece[start:stop]
    last = piece.rfind(_OPENING, at)
    if last >= 0:
        yield piece[last:]


def _formulas(row: bytes) -> int:
    return row.count(b"<f>")
