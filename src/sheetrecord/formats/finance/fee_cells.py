"""The money columns of Fees: formulas over Allocations, written with their results."""

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping
from typing import NamedTuple

from sheetrecord.core.reconcile.facts import Allocation
from sheetrecord.core.reconcile.input.fee_lines import COUNTS_AS
from sheetrecord.formats.finance.codec import major
from sheetrecord.formats.finance.locations import Spot
from sheetrecord.formats.finance.tables import ALLOCATIONS
from sheetrecord.model.book import Book, Sheet, quoted
from sheetrecord.model.cell_edits import Edit, PutCell
from sheetrecord.model.problem import column_letters
from sheetrecord.model.value import Cell, Formula, Plain, Unknown, shown
from sheetrecord.schema.fees import Fees
from sheetrecord.schema.read.layout import RecordLayout
from sheetrecord.schema.record import Settings

MONEY = ("received", "credited", "settled_otherwise", "kept")
LAST = "last_receipt_on"
Places = frozenset[tuple[int, str]]
"""(row, column key) of cells of Fees."""
_DATE = "yyyy-mm-dd"
_ROW = "\x00"
"""Stands for the row in the text of a formula that is the same for every line but for it."""


class FeeFacts(NamedTuple):
    """The computed cells of one fee line; "" for a blank cell, None to leave it as it is."""

    tier: str = ""
    ledger: str | None = None
    month: str = ""


def our_cells(
    book: Book,
    layout: RecordLayout,
    spot: Spot | None,
    known: tuple[Iterable[Fees], Iterable[Allocation]],
) -> Places:
    """Return the cells of Fees that hold this program's formulas over Allocations.

    Formulas of ``book`` may be patterns. In a workbook without any formula they are the cells whose
    value is the result for the ``known`` allocations.
    """
    place = layout.sheets.get("Fees")
    if place is None:
        return frozenset()
    keys = {place.columns[key]: key for key in (*MONEY, LAST) if key in place.columns}
    sheet = book.sheets[place.title]
    if not book.live:
        return frozenset(_as_allocated(sheet, keys, *known))
    title = spot.title if spot else ALLOCATIONS.title
    return frozenset(
        (row, key)
        for number, key in keys.items()
        for row, cell in zip(*sheet.column(number), strict=False)
        if isinstance(cell, Formula) and "SUMIFS(" in cell.text.upper() and title in cell.text
    )


def _as_allocated(
    sheet: Sheet, keys: Mapping[int, str], fees: Iterable[Fees], rows: Iterable[Allocation]
) -> Iterator[tuple[int, str]]:
    """Yield the cells that show what the allocations of their lines come to."""
    sums, days = _sums(rows)
    columns = {key: dict(zip(*sheet.column(n), strict=False)) for n, key in keys.items()}
    for fee in fees:
        for key, cells in columns.items():
            minor = sums.get((fee.fee_id, key), 0)
            value = days.get(fee.fee_id) if key == LAST else minor and major(minor, fee.currency)
            if value and fee.row in cells and _same(shown(cells[fee.row]), value):
                yield fee.row, key


def typed(book: Book, layout: RecordLayout, ours: Places) -> Places:
    """Return the money cells that hold anything but this program's formulas."""
    place = layout.sheets.get("Fees")
    if place is None:
        return frozenset()
    sheet = book.sheets[place.title]
    return frozenset(
        (row, key)
        for key in MONEY
        for row in sheet.column(place.columns.get(key, 0)).rows
        if (row, key) not in ours
    )


class FeeWriter:
    """Yields the edits of the Fees sheet."""

    def __init__(
        self, book: Book, layout: RecordLayout, spot: Spot, settings: Settings, ours: Places
    ) -> None:
        self.place = layout.sheets["Fees"]
        self.sheet = book.sheets[self.place.title]
        self.spot, self.settings, self.ours = spot, settings, ours
        self.old: dict[str, dict[int, Cell]] = {}

    def edits(
        self, fees: Iterable[Fees], rows: Iterable[Allocation], facts: Mapping[str, FeeFacts],
        waiting: frozenset[str],
    ) -> Iterator[Edit]:  # fmt: skip
        """Yield the edits after which each invoiced line shows its allocations.

        A column without any allocation stays blank.
        """
        sums, days = _sums(rows)
        totals = {key: self.total(key) for key in MONEY}
        last = self.last()
        for fee in fees:
            if fee.fee_id not in facts:
                continue
            if fee.fee_id not in waiting:
                for key, total in totals.items():
                    minor = sums.get((fee.fee_id, key), 0)
                    amount = major(minor, fee.currency) if minor else 0
                    yield from self.formula(fee, key, total, amount)
                yield from self.formula(fee, LAST, last, days.get(fee.fee_id, ""))
            yield from self.plain(fee, facts[fee.fee_id])

    def column(self, key: str) -> str:
        """Return the reference to a whole column of Allocations."""
        letters = column_letters(self.spot.columns[key])
        return f"{quoted(self.spot.title)}!${letters}:${letters}"

    def sums_of(self, what: str, more: str = "") -> str:
        """Return the formula that sums a fee line's allocations; `_ROW` stands for its row."""
        own = f"${column_letters(self.place.columns['fee_id'])}{_ROW}"
        return f"SUMIFS({self.column(what)},{self.column('fee_id')},{own}{more})"

    def total(self, key: str) -> str:
        """Return the formula of a money column."""
        counted = f',{self.column("counts_as")},"{key}"'
        return f"ROUND({self.sums_of('amount', counted)},4)"

    def last(self) -> str:
        """Return the formula of the last receipt's date: the sum of its steps in days."""
        total = self.sums_of("step")
        return f'IF({total}=0,"",{total})'

    def formula(self, fee: Fees, key: str, text: str, value: Plain) -> Iterator[Edit]:
        """Yield the edit of a formula cell, unless it holds that formula and result already."""
        if key not in self.place.columns:
            return
        old = self.before(key, fee.row)
        if not value and old is None:
            return
        if (fee.row, key) in self.ours and _same(shown(old), value):
            return
        form = _DATE if key == LAST else None
        formula = Formula(text.replace(_ROW, str(fee.row)), value)
        yield PutCell(self.place.title, fee.row, self.place.columns[key], formula, form=form)

    def plain(self, fee: Fees, facts: FeeFacts) -> Iterator[Edit]:
        """Yield the edits of the columns that hold computed values."""
        words = {"match_tier": self.settings.label("match_tier", facts.tier) if facts.tier else ""}
        if facts.ledger is not None:
            words["ledger_check"] = self.settings.label("ledger_check", facts.ledger)
        words["closed_month"] = facts.month
        for key, word in words.items():
            if key not in self.place.columns:
                continue
            old = shown(self.before(key, fee.row))
            if (word and old != word) or (not word and old not in (None, "")):
                yield PutCell(self.place.title, fee.row, self.place.columns[key], word or None)

    def before(self, key: str, row: int) -> Cell:
        """Return the present content of a cell."""
        if key not in self.old:
            cells = self.sheet.column(self.place.columns[key])
            self.old[key] = dict(zip(cells.rows, cells.values, strict=False))
        return self.old[key].get(row)


def _same(old: object, new: object) -> bool:
    if isinstance(old, Unknown):
        return False
    if isinstance(old, dt.datetime):
        old = old.date()
    return (old or "") == (new or "") or old == new


def _sums(rows: Iterable[Allocation]) -> tuple[dict[tuple[str, str], int], dict[str, dt.date]]:
    """Return Σ by fee line and column, and the day of each line's last standing receipt."""
    sums: dict[tuple[str, str], int] = {}
    live: dict[str, dict[str, dt.date]] = {}
    for row in rows:
        key = (row.fee_id, COUNTS_AS[row.kind])
        sums[key] = sums.get(key, 0) + row.amount
        if row.reverses:
            live.get(row.fee_id, {}).pop(row.reverses, None)
        elif row.kind.value == "cash" and row.rule != "opening-undated":
            live.setdefault(row.fee_id, {})[row.alloc_id] = row.on
    return sums, {fee: max(days.values()) for fee, days in live.items() if days}
