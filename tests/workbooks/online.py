"""A workbook in a made-up Google: opened from a file's content, and typed into by a person."""

import atexit
import os
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from typing import Any
from unittest.mock import patch as patched

from sheetrecord.workbooks.google.http import GoogleClient
from sheetrecord.workbooks.google.sheet import GoogleSheet
from sheetrecord.workbooks.port import Workbook
from sheets_server import MACHINE, SheetsServer


@cache
def server() -> SheetsServer:
    """Return the one server of this process; the environment leads to it from now on."""
    folder = Path(tempfile.mkdtemp(prefix="made-up-google"))
    found = SheetsServer()
    found.__enter__()
    atexit.register(found.__exit__, None, None, None)
    key = found.service_key(folder / "key.json")
    os.environ.update({**found.environment(), "SHEETRECORD_GOOGLE_CREDENTIALS": str(key)})
    return found


def placed(folder: Path, data: bytes) -> GoogleSheet:
    """Return a spreadsheet that a person made of a file and shared, by the folder's name."""
    google = server().google
    key = google.add_file(data, key=folder.name)
    google.share(key, MACHINE)
    return GoogleSheet(f"gsheet:{key}", {})


def anew(workbook: Workbook) -> GoogleSheet:
    """Open the same spreadsheet anew."""
    return GoogleSheet(workbook.address, {})


def typed(workbook: Workbook, sheet: str, place: tuple[int, int], value: str | float) -> None:
    """Let somebody type a text or a number into a cell in the browser."""
    key = workbook.address.removeprefix("gsheet:")
    sheets = server().google.book(key).sheets
    sheet_id = next(one.id for one in sheets if one.title == sheet)
    start = {"sheetId": sheet_id, "rowIndex": place[0] - 1, "columnIndex": place[1] - 1}
    kind = "stringValue" if isinstance(value, str) else "numberValue"
    rows = [{"values": [{"userEnteredValue": {kind: value}}]}]
    update = {"start": start, "rows": rows, "fields": "userEnteredValue"}
    server().google.act(key, [{"updateCells": update}])


def image(workbook: Workbook) -> Any:
    """Return all that a spreadsheet is now."""
    return server().google.book(workbook.address.removeprefix("gsheet:"))


def put_back(workbook: Workbook, kept: Any) -> None:
    """Let a spreadsheet be what it was."""
    server().google.keep(workbook.address.removeprefix("gsheet:"), kept)


@contextmanager
def between(hook: Callable[[str], None]) -> Iterator[None]:
    """Call a hook before and after each request."""
    real = GoogleClient.request

    def request(self: Any, method: str, endpoint: str, *args: Any, **words: Any) -> Any:
        name = f"{method} {endpoint.rpartition('/')[2]}"
        hook(f"before {name}")
        answer = real(self, method, endpoint, *args, **words)
        hook(f"after {name}")
        return answer

    with patched.object(GoogleClient, "request", request):
        yield
