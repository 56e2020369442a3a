"""What is near a workbook that is a file: the folder it was in, the other workbooks there."""

from collections.abc import Iterator
from pathlib import Path

from sheetrecord.workbooks.finding import workbooks_in
from sheetrecord.workbooks.kinds import is_path


def folder_gone(address: str) -> str:
    """Return the folder of a workbook if that is not there; empty when it is, or there is none."""
    if not is_path(address):
        return ""
    folder = Path(address).parent
    return "" if folder.is_dir() else str(folder)


def workbooks_beside(address: str) -> Iterator[str]:
    """Yield the addresses of the workbooks in a workbook's folder, in the order of their names."""
    if is_path(address):
        folder = Path(address).parent
        yield from (str(folder / one.below) for one in workbooks_in(folder))
