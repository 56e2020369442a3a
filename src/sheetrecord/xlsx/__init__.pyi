# The types of what `__init__.py` loads when it is asked for.

from collections.abc import Iterable
from pathlib import Path

from sheetrecord.xlsx.archive.members import Source
from sheetrecord.xlsx.editing import (
    EditableBook as EditableBook,
)
from sheetrecord.xlsx.edits import (
    AddSheet as AddSheet,
)
from sheetrecord.xlsx.edits import (
    AppendRows as AppendRows,
)
from sheetrecord.xlsx.edits import (
    ClearCell as ClearCell,
)
from sheetrecord.xlsx.edits import (
    DeleteRows as DeleteRows,
)
from sheetrecord.xlsx.edits import (
    Edit as Edit,
)
from sheetrecord.xlsx.edits import (
    InsertRows as InsertRows,
)
from sheetrecord.xlsx.edits import (
    Look as Look,
)
from sheetrecord.xlsx.edits import (
    PatchReport as PatchReport,
)
from sheetrecord.xlsx.edits import (
    PatchResult as PatchResult,
)
from sheetrecord.xlsx.edits import (
    RemoveNote as RemoveNote,
)
from sheetrecord.xlsx.edits import (
    RemoveSheet as RemoveSheet,
)
from sheetrecord.xlsx.edits import (
    SetCell as SetCell,
)
from sheetrecord.xlsx.edits import (
    SetChoices as SetChoices,
)
from sheetrecord.xlsx.edits import (
    SetColumn as SetColumn,
)
from sheetrecord.xlsx.edits import (
    SetName as SetName,
)
from sheetrecord.xlsx.edits import (
    SetNote as SetNote,
)
from sheetrecord.xlsx.edits import (
    SetProperty as SetProperty,
)
from sheetrecord.xlsx.errors import Refused as Refused
from sheetrecord.xlsx.limits import Limits as Limits
from sheetrecord.xlsx.read.grid import Grid as Grid
from sheetrecord.xlsx.read.reader import WorkbookReader as WorkbookReader
from sheetrecord.xlsx.read.reader import open_workbook as open_workbook
from sheetrecord.xlsx.read.revision import fingerprint as fingerprint
from sheetrecord.xlsx.read.revision import quick_sheets as quick_sheets
from sheetrecord.xlsx.xml.splice import Out

__all__ = [
    "AddSheet",
    "AppendRows",
    "ClearCell",
    "DeleteRows",
    "Edit",
    "EditableBook",
    "Grid",
    "InsertRows",
    "Limits",
    "Look",
    "PatchReport",
    "PatchResult",
    "Refused",
    "RemoveNote",
    "RemoveSheet",
    "SetCell",
    "SetChoices",
    "SetColumn",
    "SetName",
    "SetNote",
    "SetProperty",
    "WorkbookReader",
    "fingerprint",
    "open",
    "open_workbook",
    "patch",
    "quick_sheets",
]

def patch(
    source: Source, edits: Iterable[Edit], out: Out | None = None, limits: Limits | None = None
) -> PatchResult: ...
def open(source: str | Path | bytes) -> EditableBook: ...  # noqa: A001 - as openpyxl's users look for it
