"""Open the workbook of a request: bytes as a workbook in memory, cells as one that is only read."""

from typing import TYPE_CHECKING, NamedTuple

from sheetrecord.core.which_deal import meant_deal
from sheetrecord.model.book import Book
from sheetrecord.model.errors import CannotRead
from sheetrecord.schema.record import Record
from sheetrecord.verbs.reader import NotUnderstood
from sheetrecord.verbs.shapes import GivenFile, GivenSheets, Request
from sheetrecord.workbooks.cell_sheets import CellSheets, ToldBook, ToldCell, ToldSheet
from sheetrecord.workbooks.memory import Memory
from sheetrecord.workbooks.port import Quick, Workbook

if TYPE_CHECKING:
    from sheetrecord.app.handover import Opened

LARGEST = 64 << 20
"""Bytes of the largest workbook that is taken."""


class OpenBook(NamedTuple):
    """A request's workbook, and the name by which messages call it."""

    name: str
    workbook: Workbook


def open_book(request: Request) -> OpenBook:
    """Return the workbook of a request; nothing of it is read yet.

    Raises NotUnderstood when there is none, CannotRead when it is too large.
    """
    given = request.book
    if isinstance(given, GivenFile):
        return OpenBook(given.name, in_memory(given))
    if isinstance(given, GivenSheets):
        return OpenBook(given.name, CellSheets(_told(given), given.name))
    why = "it is missing." if given is None else "nobody here knows workbooks by name."
    raise NotUnderstood("book", why)


def glanced(workbook: Workbook) -> Book:
    """Return what a workbook says, for a check: formulas may be patterns. Raises CannotRead."""
    return workbook.glance() if isinstance(workbook, Quick) else workbook.read().book


def in_memory(given: GivenFile) -> Memory:
    """Return a file's bytes as a workbook. Raises CannotRead when it is too large."""
    if len(given.data) > LARGEST:
        why = f"it has more than {LARGEST >> 20} MB."
        raise CannotRead(given.name, why, "Use the command line for it.", "large")
    return Memory(given.data, given.name, address=given.name)


def open_step(request: Request) -> "Opened":
    """Read a request's workbook for a step of the handover; errors as `open_in`."""
    from sheetrecord.app.handover import open_in  # a check does without all that steps need

    return open_in(open_book(request).workbook, today=request.today, asof=request.asof)


def one_deal(word: str, record: Record, where: str = "args.deal") -> str:
    """Return the id of the deal that a word means. Raises NotUnderstood."""
    deal_id = meant_deal(word, record.by_deal)
    if deal_id not in record.by_deal:
        some = ", ".join(list(record.by_deal)[:12]) or "none"
        raise NotUnderstood(where, f'no deal, or more than one, is "{word}". There are: {some}.')
    return deal_id


def _told(given: GivenSheets) -> ToldBook:
    sheets = [
        ToldSheet(one.name, [ToldCell(*cell) for cell in one.cells], one.state, one.merged)
        for one in given.sheets
    ]
    return ToldBook(sheets, given.names, given.properties, given.date1904)
