"""The kinds of workbooks that are open in a program, for the laws of the port."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Final
from unittest.mock import patch as patched

from live.office import Office
from sheetrecord.workbooks.opening import open_workbook
from sheetrecord.workbooks.port import Workbook
from workbooks.kinds import Kind

OFFICE: Final[list[Office]] = []
"""The LibreOffice that runs for the tests."""

_WITHIN: Final[list[int]] = []
"""Holds something while LibreOffice's main thread is ours."""


def _opened(folder: Path, data: bytes) -> Workbook:
    [office] = OFFICE
    path = folder / "firm.xlsx"
    path.write_bytes(data)
    office.open(path)
    return open_workbook(f"live:lo:{path}")


def _in_excel(folder: Path, data: bytes) -> Workbook:
    [office] = OFFICE
    path = folder / "firm.xlsx"
    path.write_bytes(data)
    office.open(path)
    return open_workbook(f"live:{path}")


def _typed(workbook: Workbook, sheet: str, place: tuple[int, int], text: str) -> None:
    if _WITHIN:
        raise OSError("nobody can type while LibreOffice's main thread is at work")
    cell(workbook, sheet, place).String = text


def cell(workbook: Workbook, sheet: str, place: tuple[int, int]) -> Any:
    """Return a cell of an open document, as LibreOffice gives it to a script."""
    [document] = [
        one
        for one in OFFICE[0].desktop.Components
        if workbook.address in {f"live:lo:{_path(one)}", f"live:{_path(one)}"}
    ]
    return document.Sheets[sheet].getCellByPosition(place[1] - 1, place[0] - 1)


def _path(document: Any) -> str:
    import uno

    return str(uno.fileUrlToSystemPath(document.URL))


@contextmanager
def _moments(hook: Callable[[str], None]) -> Iterator[None]:
    """Call the hook before a write, at each of its steps within LibreOffice, and after it."""
    from sheetrecord.workbooks.live.office.uno_desk import UnoDesk
    from sheetrecord.workbooks.live.uno_link import PipeDesk

    write = PipeDesk.write

    def watched(self: Any, *words: Any) -> Any:
        hook("before")
        done = write(self, *words)
        hook("after")
        return done

    def within(moment: str) -> None:
        _WITHIN.append(1)
        try:
            hook(moment)
        finally:
            _WITHIN.pop()

    with (
        patched.object(PipeDesk, "write", watched),
        patched.object(UnoDesk, "pause", staticmethod(within)),
    ):
        yield


@contextmanager
def _between(hook: Callable[[str], None]) -> Iterator[None]:
    """Call the hook between the steps of a write into Excel: others may type there."""
    from sheetrecord.workbooks.live.excel_desk import ExcelDesk

    with patched.object(ExcelDesk, "pause", staticmethod(hook)):
        yield


def _again(workbook: Workbook) -> Workbook:
    return open_workbook(workbook.address)


LIBREOFFICE: Final = Kind("libreoffice", _opened, _again, _typed, _moments, _moments)
EXCEL: Final = Kind("excel", _in_excel, _again, _typed, _between, _between)
