"""Change named things in a workbook and nothing else: the entry to the patcher."""

from collections.abc import Iterable, Sequence
from functools import lru_cache
from io import BytesIO
from itertools import groupby

from sheetrecord.xlsx.addresses import parse_cell
from sheetrecord.xlsx.archive.members import Container, Source
from sheetrecord.xlsx.edits import (
    AddSheet,
    AppendRows,
    ClearCell,
    DeleteRows,
    Edit,
    InsertRows,
    PatchReport,
    PatchResult,
    RemoveNote,
    RemoveSheet,
    SetCell,
    SetChoices,
    SetColumn,
    SetName,
    SetNote,
    SetProperty,
)
from sheetrecord.xlsx.errors import Refused
from sheetrecord.xlsx.formula.sorted_formulas import Keeper
from sheetrecord.xlsx.limits import Limits
from sheetrecord.xlsx.write.admission import UNREADABLE, Admission
from sheetrecord.xlsx.write.draft import PackageDraft
from sheetrecord.xlsx.write.gate import passed
from sheetrecord.xlsx.write.session import PatchSession
from sheetrecord.xlsx.write.set_cells import Write
from sheetrecord.xlsx.xml.splice import Out


def apply(
    source: Source,
    edits: Iterable[Edit],
    out: Out | None = None,
    limits: Limits | None = None,
    kept: Keeper | None = None,
) -> PatchResult:
    """Apply the edits; see `sheetrecord.xlsx.patch`. ``kept``: formulas that were sorted before."""
    draft = PackageDraft(Container.open(source, limits))
    try:
        return _applied(draft, list(edits), out, kept)
    finally:
        draft.close()


def _applied(
    draft: PackageDraft, edits: Sequence[Edit], out: Out | None, kept: Keeper | None
) -> PatchResult:
    admission = Admission(draft, (name for edit in edits if (name := getattr(edit, "sheet", ""))))
    try:
        admission.check()
        session = PatchSession(draft, kept)
        _run(session, passed(edits))
    except Refused as refused:
        if refused.reason in UNREADABLE:
            admission.check(whole=True)  # the reader's words, if it refuses all of the sheet too
        raise
    except (ValueError, LookupError, OverflowError) as error:
        # what the format forbids was met deep in a part: nothing has been written yet
        admission.check(whole=True)
        raise Refused(
            "malformed",
            f"A part of the workbook holds something the format forbids ({error}): "
            "open the file in Excel, save it again, and retry.",
        ) from error
    report = PatchReport(tuple(draft.touched()), session.stale, session.notes)
    if out is not None:
        draft.write(out)
        return PatchResult(b"", report)
    buffer = BytesIO()
    draft.write(buffer)
    return PatchResult(buffer.getvalue(), report)


def _kind(edit: Edit) -> str:
    """Tell which edits are done together: neighbours of the same kind but for ``single``."""
    if isinstance(edit, (SetCell, ClearCell)):
        return "cells"
    if isinstance(edit, SetName):
        return "names"
    return "notes" if isinstance(edit, (SetNote, RemoveNote)) else "single"


def _write_notes(session: PatchSession, edits: Sequence[Edit]) -> None:
    from sheetrecord.xlsx.write.notes import write_notes

    write_notes(session, [e for e in edits if isinstance(e, (SetNote, RemoveNote))])


def _set_names(session: PatchSession, edits: Sequence[Edit]) -> None:
    from sheetrecord.xlsx.write.defined_names import set_names

    set_names(session, [edit for edit in edits if isinstance(edit, SetName)])


def _run(session: PatchSession, edits: Iterable[Edit]) -> None:
    _refuse_signed(session.draft)
    sheets = [sheet.part for sheet in session.draft.package.sheets]
    for kind, group in groupby(edits, key=_kind):
        _run_group(session, kind, list(group))
    session.write_later()
    if [sheet.part for sheet in session.draft.package.sheets] != sheets:
        from sheetrecord.xlsx.write.sheet_counts import drop_sheet_counts

        drop_sheet_counts(session)
    _note_macros(session)


def _run_group(session: PatchSession, kind: str, edits: Sequence[Edit]) -> None:
    """Carry out edits of one kind; cells of new sheets wait until something else needs them."""
    if kind == "cells":
        _set_cells(session, edits)
    elif kind == "single":
        for edit in edits:
            if not isinstance(edit, AddSheet | SetProperty):
                session.write_later()
            _apply(session, edit)
    else:
        session.write_later()
        (_write_notes if kind == "notes" else _set_names)(session, edits)


def _set_cells(session: PatchSession, edits: Sequence[Edit]) -> None:
    writes: dict[int, dict[tuple[int, int], Write]] = {}
    index = lru_cache(maxsize=None)(session.index)
    for edit in edits:
        if isinstance(edit, SetCell):
            write = Write(edit.value, edit.style_from, edit.number_format)
        elif isinstance(edit, ClearCell):
            write = Write(None)
        else:
            raise TypeError(edit)
        ref = edit.ref
        place = parse_cell(ref) if isinstance(ref, str) else ref
        writes.setdefault(index(edit.sheet), {})[place] = write
    session.write_cells(writes)


def _apply(session: PatchSession, edit: Edit) -> None:
    """Apply an edit that is not one cell's value; the code for each loads when it is needed."""
    match edit:
        case AppendRows():
            from sheetrecord.xlsx.write.append import append_rows

            append_rows(session, edit)
        case InsertRows():
            from sheetrecord.xlsx.write.rows import insert_rows

            insert_rows(session, edit)
        case DeleteRows():
            from sheetrecord.xlsx.write.rows import delete_rows

            delete_rows(session, edit)
        case AddSheet() | RemoveSheet():
            from sheetrecord.xlsx.write import sheets

            if isinstance(edit, AddSheet):
                sheets.add_sheet(session, edit)
            else:
                sheets.remove_sheet(session, edit)
        case SetColumn():
            from sheetrecord.xlsx.write.columns import set_column

            set_column(session, edit)
        case SetChoices():
            from sheetrecord.xlsx.write.choices import set_choices

            set_choices(session, edit)
        case SetProperty():
            from sheetrecord.xlsx.write.properties import set_property

            set_property(session, edit)
        case _:
            raise TypeError(f"not an edit of a single thing: {edit!r}")


def _refuse_signed(draft: PackageDraft) -> None:
    if any(name.lower().startswith("_xmlsignatures/") for name in draft.names()):
        raise Refused(
            "signed",
            "The workbook is digitally signed, and any change would break the signature: "
            "save a copy without it, and retry.",
        )


def _note_macros(session: PatchSession) -> None:
    names = {name.lower().rsplit("/", 1)[-1] for name in session.draft.names()}
    if any(name.startswith("vbaprojectsignature") for name in names):
        session.note("The macros are untouched, and their signature is still valid.")
    elif "vbaproject.bin" in names:
        session.note("The macros are untouched.")
