"""What is near a workbook that is a file: the folder it was in, the other workbooks there."""

from collections.abc import Iterator
from pathlib import Path
from typing import Final

from sheetrecord.workbooks.kinds import is_path

_FILES: Final = frozenset({".xlsx", ".xlsm"})
"""Endings of what is looked into for a copy that was renamed."""


def folder_gone(address: str) -> str:
    """Return the folder of a workbook if that is not there; empty when it is, or there is none."""
    if not is_path(address):
        return ""
    folder = Path(address).parent
    return "" if folder.is_dir() else str(folder)


def workbooks_beside(address: str) -> Iterator[str]:
    """Yield the addresses of the workbooks in a workbook's folder, in the order of their names."""
    if is_path(address):
        found = (one for one in Path(address).parent.iterdir() if one.suffix.lower() in _FILES)
        yield from map(str, sorted(found))
