"""Put formulas back where a value or nothing stands, without losing what a person typed there."""

import datetime as dt
from collections.abc import Container, Iterator, Mapping
from typing import Any, Final, NamedTuple

from sheetrecord.model.book import Book
from sheetrecord.model.value import Cell, CellError, Formula
from sheetrecord.schema.column import Column
from sheetrecord.schema.formulas.foreign import strange
from sheetrecord.schema.formulas.notation import pattern
from sheetrecord.schema.read.encode import encode
from sheetrecord.schema.read.layout import RecordLayout
from sheetrecord.schema.read.places import BookPlaces
from sheetrecord.schema.record import Record

MOST_KEPT: Final = 1_000
"""More values than this in one column that differ from their formulas are left to a person."""

CENT: Final = 0.005

Spot = tuple[str, int, int]
"""A cell by its sheet's title, row and column."""


class Restored(NamedTuple):
    """A formula to put back; ``keep``: what stood there says something that it does not.

    The formula of somebody's own that stood there is kept in the log, with the others of its kind.
    """

    row: int
    old: Cell
    formula: Formula
    keep: bool


class Restorer:
    """Finds the cells of one workbook whose formula is missing or replaced."""

    def __init__(
        self, book: Book, layout: RecordLayout, record: Record, noted: Container[Spot]
    ) -> None:
        self.book, self.layout, self.record, self.noted = book, layout, record, noted
        self._places = BookPlaces(book, layout)

    def column(self, column: Column) -> list[Restored]:
        """Return what is to be put back in a column.

        A typed value that differs from what its formula will show is to be kept in a note; where
        a note stands already, and where there are too many of them, the value stays as it is.
        """
        try:
            text = pattern(column, self._places)
        except KeyError:  # the formula refers to a column or list that is gone
            return []
        found = list(self._found(column, text))
        if sum(one.keep for one in found) > MOST_KEPT:
            return [one for one in found if not one.keep]
        title, number = self._place(column)
        return [one for one in found if not one.keep or (title, one.row, number) not in self.noted]

    def _place(self, column: Column) -> tuple[str, int]:
        place = self.layout.sheets[column.sheet]
        return place.title, place.columns[column.key]

    def _found(self, column: Column, text: str) -> Iterator[Restored]:
        title, number = self._place(column)
        cells = self.book.sheets[title].column(number)
        held: Mapping[int, Cell] = dict(zip(cells.rows, cells.values, strict=False))
        rows = self.record.rows(column.sheet)
        foreign = {one.row for one in strange(cells, rows, column, self._places) if not one.old}
        for row in rows:
            old = held.get(row.row)
            if row.row in foreign:
                yield Restored(row.row, old, Formula(text.replace("\0", str(row.row))), keep=False)
                continue
            if isinstance(old, Formula | CellError) or (old is not None and column.override):
                continue
            keep = old is not None and not self._same(old, column, row)
            yield Restored(row.row, old, Formula(text.replace("\0", str(row.row))), keep)

    def _same(self, old: Cell, column: Column, row: Any) -> bool:
        """True if a value equals what the engine computes for its cell."""
        computed = encode(column, row.get(column.key), self.record.settings, self._currency(row))
        if isinstance(old, dt.datetime) and isinstance(computed, dt.date):
            return old.date() == computed
        if isinstance(old, int | float) and isinstance(computed, int | float):
            return abs(old - computed) < CENT
        return old == computed or (old in ("", 0) and computed is None)

    def _currency(self, row: object) -> str:
        return currency_of(row, self.record)


def currency_of(row: Any, record: Record) -> str:
    """Return the ISO 4217 code of a row's amounts: its own, else its deal's, else the firm's."""
    own = row.get("currency") if "currency" in row.by_key else ""
    deal = record.by_deal.get(row.get("deal_id"))
    return own or (deal.currency if deal else "") or record.settings.currency
