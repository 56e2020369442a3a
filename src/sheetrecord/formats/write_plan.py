"""Write a plan into a workbook file: the named cells, nothing else, all of it or nothing."""

from pathlib import Path

from sheetrecord.files import Fingerprint, fingerprint, replace
from sheetrecord.formats.edit_locations import place
from sheetrecord.formats.patching import patched
from sheetrecord.model.book import Book
from sheetrecord.model.cell_edits import Edit, in_order
from sheetrecord.model.edit import Plan
from sheetrecord.model.errors import CannotPatch, CannotWrite, ChangedElsewhere
from sheetrecord.schema.read.layout import Layout
from sheetrecord.xlsx import Refused


def write_plan(
    path: Path,
    plan: Plan,
    book: Book,
    layout: Layout,
    expecting: Fingerprint,
    extra: tuple[Edit, ...] = (),
) -> Fingerprint:
    """Apply a plan to the workbook that was read as ``book``, in one atomic step.

    ``extra`` are edits outside the record's sheets, such as notes. Raises ChangedElsewhere when
    the file is no longer what was read, CannotPatch when it holds what cannot be changed safely,
    Locked and CannotWrite as `files.replace`. Nothing is written unless all of it is.
    """
    if path.suffix.lower() not in {".xlsx", ".xlsm"}:
        raise CannotWrite(
            path, "only .xlsx and .xlsm files are written to.", "Save the record as .xlsx."
        )
    data = path.read_bytes()
    if fingerprint(path) != expecting:
        raise ChangedElsewhere(path)
    todo = in_order([*place(plan, book, layout), *extra])
    if not todo:
        return expecting
    try:
        result = patched(data, todo)
    except Refused as refused:
        raise CannotPatch(path, str(refused)) from refused
    return replace(path, result.data, expecting)
