"""Workbooks that are no files, by their addresses: in memory, open in openpyxl, and only read."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any, Final

from sheetrecord.model.errors import CannotRead
from sheetrecord.workbooks.memory import Memory
from sheetrecord.workbooks.openpyxl_book import OpenpyxlBook
from sheetrecord.workbooks.port import Workbook, WorkbookReading
from sheetrecord.workbooks.read_only import ReadOnly

HELD: Final[dict[str, Any]] = {}
"""What stands at each address."""

ENTRY_POINTS: Final = """[sheetrecord.workbooks]
.json = workbooks.json_book:JsonBook
mem = workbooks.held:held
opx = workbooks.held:held
look = workbooks.held:OnlyRead
"""
"""What the package of a stranger declares."""


def held(address: str, settings: Mapping[str, Any] | None = None) -> Any:
    """Return the one workbook that stands at an address."""
    if address not in HELD:
        raise CannotRead(address, "nothing is open there.", "Open it.", "missing")
    return HELD[address]


def put(workbook: Memory | OpenpyxlBook, folder: Path) -> Workbook:
    """Let a workbook stand at an address that is named by its folder."""
    scheme = "mem" if isinstance(workbook, Memory) else "opx"
    workbook.address, workbook.label = f"{scheme}:{folder.name}", folder.name
    HELD[workbook.address] = workbook
    return workbook


class OnlyRead(ReadOnly):
    """A kind that says only how it is read: ``look:`` and the address of another workbook."""

    def read(self) -> WorkbookReading:
        return held(self.address.removeprefix("look:")).read()
