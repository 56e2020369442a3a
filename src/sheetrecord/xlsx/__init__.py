"""Read and patch .xlsx and .xlsm files, touching only what was asked."""

from collections.abc import Sequence

from sheetrecord.xlsx.container import Source
from sheetrecord.xlsx.edits import (
    AddSheet,
    AppendRows,
    ClearCell,
    DeleteRows,
    Edit,
    InsertRows,
    Look,
    PatchResult,
    RemoveNote,
    RemoveSheet,
    Report,
    SetCell,
    SetName,
    SetNote,
    SetProperty,
)
from sheetrecord.xlsx.grid import Grid
from sheetrecord.xlsx.limits import Limits
from sheetrecord.xlsx.reader import Workbook, open_workbook
from sheetrecord.xlsx.refuse import Refused
from sheetrecord.xlsx.revision import fingerprint, quick_sheets
from sheetrecord.xlsx.splice import Out

__all__ = [
    "AddSheet",
    "AppendRows",
    "ClearCell",
    "DeleteRows",
    "Edit",
    "Grid",
    "InsertRows",
    "Limits",
    "Look",
    "PatchResult",
    "Refused",
    "RemoveNote",
    "RemoveSheet",
    "Report",
    "SetCell",
    "SetName",
    "SetNote",
    "SetProperty",
    "Workbook",
    "fingerprint",
    "open_workbook",
    "patch",
    "quick_sheets",
]


def patch(source: Source, edits: Sequence[Edit], out: Out | None = None) -> PatchResult:
    """Return the workbook with the edits applied, every other byte as it was.

    ``source`` is the workbook's bytes or its path. With ``out`` (anything with ``write``) the
    new workbook goes there and ``data`` is empty, which keeps memory low. All edits are checked
    before the first byte is written: `Refused` leaves ``out`` untouched. The same edits on the
    same bytes give the same bytes.
    """
    from sheetrecord.xlsx.patcher import apply  # only who writes pays for loading the patcher

    return apply(source, edits, out)
