"""A workbook opened for reconciliation: its fees, finance sheets and their locations."""

import datetime as dt
from collections.abc import Callable, Mapping, Sequence
from typing import Any, NamedTuple, TypeVar

from sheetrecord.app.plugins import load_plugins
from sheetrecord.app.validate import understood
from sheetrecord.core.derive import derive
from sheetrecord.core.reconcile.controls.findings import ControlException
from sheetrecord.core.reconcile.facts import Allocation
from sheetrecord.core.reconcile.input.fee_sheet import FeeSide, Payers, fee_side
from sheetrecord.core.reconcile.ledger.months import tampered
from sheetrecord.core.reconcile.plan import chain
from sheetrecord.core.reconcile.session import FinanceSheets
from sheetrecord.formats.finance import codec
from sheetrecord.formats.finance.fee_cells import Places, our_cells, typed
from sheetrecord.formats.finance.locations import Spot, rows, spots
from sheetrecord.model.book import Book
from sheetrecord.model.errors import CannotRead
from sheetrecord.schema.read.layout import RecordLayout
from sheetrecord.schema.record import Record
from sheetrecord.workbooks.opening import open_workbook
from sheetrecord.workbooks.port import Quick
from sheetrecord.workbooks.transaction import Transaction, must_write, on

T = TypeVar("T")


class ReconcileSession(NamedTuple):
    """One workbook as read; ``record`` has every derived column filled."""

    address: str
    transaction: Transaction
    book: Book
    layout: RecordLayout
    """Where the record's columns stand."""
    record: Record
    spots: Mapping[str, Spot]
    ours: Places
    """(row, column key) of the cells of Fees that hold our formulas over the allocations."""
    side: FeeSide
    held: FinanceSheets
    profiles: Mapping[str, str]
    chain: str
    """The last link of the allocations' chain."""
    findings: tuple[ControlException, ...]
    spoilt: tuple[str, ...]
    """Closed months whose rows are no longer those that were closed."""

    @property
    def as_of(self) -> dt.date:
        """The date of the run."""
        return self.record.settings.asof


def open_session(
    address: str,
    *,
    today: dt.date,
    asof: dt.date | None,
    payers: Payers = {},  # noqa: B006 -- never changed
) -> ReconcileSession:
    """Read a workbook. Raises a SheetRecordError when it cannot be read, or is no record."""
    workbook = open_workbook(address)
    must_write(workbook)
    load_plugins()
    begun = on(workbook)
    # What is read for a look is smaller. When somebody saves in between, nothing can be written.
    book = workbook.glance() if isinstance(workbook, Quick) else begun.book
    parsed = understood(address, book, today=today, asof=asof)
    record, layout = derive(parsed.record), parsed.layout
    del parsed  # a large record is not held twice, with its derived columns and without
    found = spots(book)
    held, last, findings = _held(book, found)
    ours = our_cells(book, layout, found.get("allocations"), (record.fees, held.allocations))
    side = fee_side(record, typed(book, layout, ours), payers)
    profiles = dict(_profiles(book, found))
    spoilt = tuple(tampered(held.months, held.allocations))
    return ReconcileSession(
        address,
        begun,
        book,
        layout,
        record,
        found,
        ours,
        side,
        held,
        profiles,
        last,
        findings,
        spoilt,
    )


def _held(
    book: Book, found: Mapping[str, Spot]
) -> tuple[FinanceSheets, str, tuple[ControlException, ...]]:
    rows_ = _each(
        book, found, "allocations",
        lambda row: (int(row["seq"]), str(row.get("chain", "")), codec.allocation_of(row)),
    )  # fmt: skip
    rows_.sort(key=lambda row: row[0])
    said, truth = [row[1] for row in rows_], tuple(row[2] for row in rows_)
    links = links_of(truth)
    findings = []
    wrong = [row for link, text, row in zip(links, said, truth, strict=True) if link != text]
    if wrong:
        say = f"Allocations were changed by hand, from {wrong[0].alloc_id} on."
        first = wrong[0]
        findings.append(
            ControlException(
                "allocations-changed", first.alloc_id, abs(first.amount), first.currency, 0, say
            )
        )
    held = FinanceSheets(
        tuple(_each(book, found, "bank", codec.line_of)),
        truth,
        tuple(_each(book, found, "review", codec.review_of)),
        tuple(_each(book, found, "months", codec.month_of)),
        tuple(_each(book, found, "statements", codec.statement_of)),
        tuple(_each(book, found, "rules", codec.rule_of)),
    )
    return held, links[-1] if links else "", tuple(findings)


def links_of(rows_: Sequence[Allocation]) -> list[str]:
    """Return each row's chained digest over itself and the rows before it, shortened for a cell."""
    return [link[:16] for link in chain(rows_)]


def _each(
    book: Book, found: Mapping[str, Spot], key: str, read: Callable[[Mapping[str, Any]], T]
) -> list[T]:
    """Return a sheet's rows as facts. Raises CannotRead that names a spoilt row."""
    if key not in found:
        return []
    result = []
    for number, row in rows(book, found[key]):
        try:
            result.append(read(row))
        except (ValueError, KeyError, TypeError, ArithmeticError) as err:
            why = f"{found[key].title}, row {number} was changed and cannot be read any more."
            raise CannotRead(book.source, why, "Restore it from a backup.", "row") from err
    return result


def _profiles(book: Book, found: Mapping[str, Spot]) -> list[tuple[str, str]]:
    return _each(book, found, "accounts", lambda row: (str(row["name"]), str(row["profile"])))
