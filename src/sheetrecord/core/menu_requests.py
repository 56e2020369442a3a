"""What somebody asks for from a menu in the workbook: rows of a sheet, answered in place.

A menu without a program of its own (Google Sheets) writes a row; whoever syncs the workbook carries
it out and writes the answer into the same row, found again by its id.
"""

from collections.abc import Iterator
from typing import Final, NamedTuple

from sheetrecord.model.book import NO_CELLS, Book, Cells
from sheetrecord.model.cell_edits import PutCell
from sheetrecord.model.value import Cell, shown

SHEET: Final = "sr_requests"
LIST: Final = "sheetrecord"
"""The sheet into which a program's own menu lists what is missing; no part of the record."""

HEAD: Final = ("Id", "When", "What", "Deal", "By", "State", "Answer")
"""The sheet's columns, in this order; its first row."""

VERBS: Final = ("check", "close", "accept", "sync")
WAITING: Final = "waiting"

_STATE, _ANSWER = HEAD.index("State") + 1, HEAD.index("Answer") + 1
_LONGEST: Final = 32_000
"""Characters of an answer; a cell holds 32,767."""


class MenuRequest(NamedTuple):
    """One row that waits: its id, what is to be done, with which deal, and who asks."""

    id: str
    verb: str
    deal_id: str
    by: str


def waiting(book: Book) -> Iterator[MenuRequest]:
    """Yield the requests that nobody has answered, from top to bottom."""
    for row in _rows(book):
        cells = [str(shown(cell) or "").strip() for cell in map(row.get, range(1, len(HEAD) + 1))]
        asked, _, verb, deal_id, by, state, _ = cells
        if asked and state.casefold() == WAITING:
            yield MenuRequest(asked, verb.casefold(), deal_id, by)


def answered(book: Book, request: MenuRequest, state: str, text: str) -> Iterator[PutCell]:
    """Yield the edits that answer a request, in the row in which it stands by now."""
    for number, cell in zip(*_ids(book), strict=True):
        if str(shown(cell) or "").strip() == request.id:
            yield PutCell(SHEET, number, _STATE, state)
            yield PutCell(SHEET, number, _ANSWER, text[:_LONGEST])
            return


def _rows(book: Book) -> Iterator[dict[int, Cell]]:
    for number in _ids(book).rows:
        if number > 1:
            yield book.sheets[SHEET].row(number)


def _ids(book: Book) -> Cells:
    return book.sheets[SHEET].column(1) if SHEET in book.sheets else NO_CELLS
