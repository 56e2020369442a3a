"""Publish a view into a spreadsheet of its own: values only, never over a record."""

from sheetrecord.formats.stamp import read_marks
from sheetrecord.model.book import Book
from sheetrecord.model.cell_edits import PutProperty, in_order
from sheetrecord.model.errors import CannotWrite
from sheetrecord.publish.workbook import PROPERTY
from sheetrecord.schema.read.headers import sheet_meaning
from sheetrecord.workbooks.addresses import known_as
from sheetrecord.workbooks.opening import open_workbook
from sheetrecord.workbooks.port import SharedOutside, Workbook
from sheetrecord.workbooks.values_only import edits_to_show


def put_view(
    target: str, source: str, data: bytes, identity: str, *, force: bool, plan: bool
) -> tuple[list[str], int]:
    """Let a spreadsheet show a view's file; return the sheets that change, and how many do not.

    Raises CannotWrite for the record itself, for another record, for somebody else's view, for what
    publish did not make, and for a spreadsheet that others may open than those it is shared with by
    name, or of which nobody can tell that.
    """
    if known_as(target) == known_as(source):
        raise CannotWrite(target, "this is the record itself.", "Name another spreadsheet.")
    workbook = open_workbook(target)
    reading = workbook.read()
    _refuse_other(target, reading.book, identity, force=force)
    _refuse_open(target, workbook, force=force)
    edits = edits_to_show(data, reading.book)
    marked = PutProperty(PROPERTY, identity)
    if not plan and (edits or reading.book.properties.get(PROPERTY) != identity):
        workbook.write(reading, in_order([*(e for one in edits.values() for e in one), marked]))
    if not plan and isinstance(workbook, SharedOutside):
        workbook.tidy()  # what was shown before may be withheld now
    return list(edits), len(reading.book.sheets.keys() - edits.keys())


def _refuse_other(target: str, book: Book, identity: str, *, force: bool) -> None:
    whose = book.properties.get(PROPERTY, "")
    if whose and whose != identity:
        why = "this is the view for somebody else."
        raise CannotWrite(target, why, "Give each audience its own spreadsheet.")
    if whose:
        return
    if read_marks(book).candidates or any(sheet_meaning(t, "en") == "Deal" for t in book.sheets):
        why = "a record stands there, and a view would take its place."
        raise CannotWrite(target, why, "Make an empty spreadsheet, and name that.")
    if not force and any(sheet.columns for sheet in book.sheets.values()):
        why = "publish did not make what stands there."
        do = "Make an empty spreadsheet and name that, or add --force to write over this one."
        raise CannotWrite(target, why, do)


def _refuse_open(target: str, workbook: Workbook, *, force: bool) -> None:
    """Refuse a place that anybody may look at: who may is never guessed."""
    if force or not isinstance(workbook, SharedOutside):
        return
    who = workbook.open_to()
    if who is None:
        why = "nobody can tell who may open it: its sharing is not shown to this account."
        do = "Make the account an Editor that may share, or look yourself and add --force."
        raise CannotWrite(target, why, do)
    if who:
        why = f"it is open to {who}."
        do = "Click Share and set General access to Restricted; or add --force if that is meant."
        raise CannotWrite(target, why, do)
