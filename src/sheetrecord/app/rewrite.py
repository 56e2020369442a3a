"""A workbook being rewritten: read once, changed in memory, checked again, written in one step."""

import datetime as dt
from collections.abc import Sequence
from typing import NamedTuple

from sheetrecord.app.plugins import load_plugins
from sheetrecord.app.validate import Checked, understood
from sheetrecord.core.check import Selection, check
from sheetrecord.model.book import Book
from sheetrecord.model.cell_edits import Edit
from sheetrecord.workbooks.opening import open_workbook
from sheetrecord.workbooks.transaction import Transaction, must_write, on


class CheckScope(NamedTuple):
    """How to check a workbook: today's date, another date if one was given, and which rules."""

    today: dt.date
    asof: dt.date | None = None
    choice: Selection = Selection()


class RewrittenBook(NamedTuple):
    """A workbook as it will be written: the transaction, and what the check of its result found."""

    address: str
    transaction: Transaction
    checked: Checked
    asked: CheckScope

    @property
    def changed(self) -> bool:
        """True if there is anything to write."""
        return self.transaction.changed

    @property
    def remarks(self) -> tuple[str, ...]:
        """Remarks about the result, in sentences."""
        return self.transaction.after.remarks


def take(address: str, asked: CheckScope) -> RewrittenBook:
    """Read and check a workbook that is to be written.

    Raises a SheetRecordError when it cannot be read, is no record, is of a kind that is not
    written to, or is saved by somebody at this moment.
    """
    workbook = open_workbook(address)
    must_write(workbook)
    load_plugins()
    begun = on(workbook)
    return RewrittenBook(address, begun, _checked(address, begun.book, asked), asked)


def edited(draft: RewrittenBook, edits: Sequence[Edit], *, again: bool = True) -> RewrittenBook:
    """Return the draft with edits applied. Raises CannotPatch with the reason why not.

    It is checked ``again``, unless the edits touch nothing that a rule reads.
    """
    if not edits:
        return draft
    after = draft.transaction.with_edits(edits)
    checked = _checked(draft.address, after.book, draft.asked) if again else draft.checked
    return draft._replace(transaction=after, checked=checked)


def _checked(address: str, book: Book, asked: CheckScope) -> Checked:
    parsed = understood(address, book, today=asked.today, asof=asked.asof, judged=True)
    return Checked(address, book, parsed, check(parsed, asked.choice))


def write(draft: RewrittenBook) -> None:
    """Write the draft to its workbook's place, after a backup; without changes do nothing.

    Raises ChangedElsewhere, Locked and CannotWrite; then nothing was written.
    """
    draft.transaction.write()
