"""Read a workbook for a reader who may not see all of it: what is disputed is not yet decided."""

import datetime as dt

from sheetrecord.app.validate import read_record, understood
from sheetrecord.core.disputed_share import undecided
from sheetrecord.model.book import Book
from sheetrecord.schema.read.parse import Parsed


def read_to_show(
    address: str, *, today: dt.date, asof: dt.date | None = None
) -> tuple[Book, Parsed]:
    """Read a workbook as a record in which a Share that two people dispute is the stricter one.

    Raises CannotRead and NotARecord.
    """
    book, parsed = read_record(address, today=today, asof=asof)
    return book, undecided(book, parsed)


def to_show(address: str, book: Book, *, today: dt.date, asof: dt.date | None = None) -> Parsed:
    """Return what a workbook that was read says as a record, as `read_to_show` does."""
    return undecided(book, understood(address, book, today=today, asof=asof))
