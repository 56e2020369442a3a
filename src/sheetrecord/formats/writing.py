"""Write a plan into a workbook file: the named cells, nothing else, all of it or nothing."""

from collections.abc import Iterable
from pathlib import Path

from sheetrecord.files import Fingerprint, fingerprint, replace
from sheetrecord.formats.hidden import as_strict, is_strict
from sheetrecord.formats.placing import place
from sheetrecord.model.book import Book
from sheetrecord.model.edit import Plan
from sheetrecord.model.errors import CannotPatch, CannotWrite, ChangedElsewhere
from sheetrecord.schema.layout import Layout
from sheetrecord.xlsx import Refused, edits, patch


def write_plan(
    path: Path,
    plan: Plan,
    book: Book,
    layout: Layout,
    expecting: Fingerprint,
    extra: tuple[edits.Edit, ...] = (),
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
    if any(isinstance(edit, edits.AddSheet) for edit in extra) and is_strict(data):
        extra = tuple(as_strict(edit) for edit in extra)
    todo = in_order([*place(plan, book, layout), *extra])
    if not todo:
        return expecting
    try:
        result = patch(data, todo)
    except Refused as refused:
        raise CannotPatch(path, str(refused)) from refused
    return replace(path, result.data, expecting)


def in_order(todo: Iterable[edits.Edit]) -> list[edits.Edit]:
    """Return edits with new sheets first, then cells, then what moves rows.

    Every address is one of the workbook as it was read, so nothing may move before it is used;
    and cells written in one go are settled in one go.
    """

    def rank(edit: edits.Edit) -> int:
        if isinstance(edit, edits.AddSheet):
            return 0
        return 1 if isinstance(edit, edits.SetCell | edits.ClearCell) else 2

    return sorted(todo, key=rank)
