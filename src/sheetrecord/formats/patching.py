"""Apply cell-level edits to a workbook's bytes."""

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from sheetrecord.model.book import Range, quoted
from sheetrecord.model.cell_edits import (
    AddSheet,
    DropRows,
    DropSheet,
    Edit,
    PutCell,
    PutChoices,
    PutColumn,
    PutName,
    PutNote,
    PutProperty,
    PutRows,
)
from sheetrecord.model.problem import column_letters
from sheetrecord.xlsx import PatchResult, edits, patch

if TYPE_CHECKING:
    from sheetrecord.xlsx.formula.kept_formulas import KeptFormulas


def patched(
    data: bytes, todo: Iterable[Edit], formulas: "KeptFormulas | None" = None
) -> PatchResult:
    """Return a workbook's bytes with edits applied. Raises `Refused` with the reason.

    ``formulas`` are those that were sorted before, to be looked among and added to.
    """
    if formulas is None:
        return patch(data, translated(todo))
    from sheetrecord.xlsx.write.patcher import apply  # only who writes pays for loading it

    return apply(data, translated(todo), kept=formulas)


def translated(todo: Iterable[Edit]) -> Iterator[edits.Edit]:
    """Yield the edits as the patcher's own type."""
    for edit in todo:
        if isinstance(edit, PutCell):
            yield _cell(edit)
        elif isinstance(edit, AddSheet):
            yield edit
        else:
            yield _other(edit)


def _cell(edit: PutCell) -> edits.Edit:
    place = (edit.row, edit.column)
    if edit.value is None and edit.like is None:
        return edits.ClearCell(edit.sheet, place)
    like = f"{column_letters(edit.like[1])}{edit.like[0]}" if edit.like else None
    return edits.SetCell(edit.sheet, place, edit.value, like, edit.form)


def _other(  # noqa: PLR0911 - one for each kind of edit
    edit: PutRows | DropRows | DropSheet | PutNote | PutColumn | PutChoices | PutProperty | PutName,
) -> edits.Edit:
    match edit:
        case PutRows():
            return edits.AppendRows(edit.sheet, edit.rows, after_row=edit.after_row)
        case DropRows():
            return edits.DeleteRows(*edit)
        case DropSheet():
            return edits.RemoveSheet(edit.name)
        case PutNote():
            ref = f"{column_letters(edit.column)}{edit.row}"
            if not edit.text:
                return edits.RemoveNote(edit.sheet, ref)
            return edits.SetNote(edit.sheet, ref, edit.text, edit.author)
        case PutColumn():
            like = column_letters(edit.like)
            return edits.SetColumn(edit.sheet, column_letters(edit.column), like, edit.hidden)
        case PutChoices():
            return edits.SetChoices(_area(edit.was), _area(edit.now))
        case PutProperty():
            return edits.SetProperty(*edit)
        case PutName():
            return edits.SetName(edit.name, _named(edit.target))


def _named(target: Range | str | None) -> str | None:
    """Return what a name stands for, as a formula."""
    if target is None:
        return None
    if isinstance(target, str):
        return '"' + target.replace('"', '""') + '"'
    return _area(target)


def _area(target: Range) -> str:
    first = f"${column_letters(target.left)}${target.top}"
    last = f"${column_letters(target.right)}${target.bottom}"
    return f"{quoted(target.sheet)}!{first}" + (f":{last}" if last != first else "")
