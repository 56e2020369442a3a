"""Read and patch .xlsx and .xlsm files, touching only what was asked."""

from importlib import import_module
from typing import Any, Final

from sheetrecord.xlsx.errors import Refused
from sheetrecord.xlsx.limits import Limits
from sheetrecord.xlsx.read.reader import WorkbookReader, open_workbook

_LATER: Final = {
    **dict.fromkeys(
        (
            "AddSheet",
            "AppendRows",
            "ClearCell",
            "DeleteRows",
            "Edit",
            "InsertRows",
            "Look",
            "PatchResult",
            "RemoveNote",
            "RemoveSheet",
            "PatchReport",
            "SetCell",
            "SetChoices",
            "SetColumn",
            "SetName",
            "SetNote",
            "SetProperty",
        ),
        "edits",
    ),
    "EditableBook": "editing",
    "Grid": "read.grid",
    "fingerprint": "read.revision",
    "quick_sheets": "read.revision",
}
"""Names that are imported on first use, and their modules: reading stays fast."""

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


def __getattr__(name: str) -> Any:
    """Import a name on first use; its type is in `__init__.pyi`."""
    if name not in _LATER:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(f"{__name__}.{_LATER[name]}"), name)


def open(source: object) -> Any:  # noqa: A001 - the word that openpyxl's users look for
    """Open a workbook for a script, by path or from its bytes: see `sheetrecord.xlsx.editing`."""
    from sheetrecord.xlsx.editing import open_book  # who only reads does not pay for the patcher

    return open_book(source)


def patch(source: object, edits: object, out: object = None, limits: object = None) -> Any:
    """Return the workbook with the edits applied, every other byte as it was.

    ``source`` is the workbook's bytes or its path. With ``out`` (anything with ``write``) the
    new workbook goes there and ``data`` is empty, which keeps memory low. All edits are checked
    before the first byte is written: `Refused` leaves ``out`` untouched, for what `open_workbook`
    would refuse too and within the same ``limits``. The same edits on the same bytes give the same
    bytes.
    """
    from sheetrecord.xlsx.write.patcher import apply  # only who writes pays for loading the patcher

    return apply(source, edits, out, limits)
