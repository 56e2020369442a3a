"""What `doctor` says of a spreadsheet: which of the usual five things is wrong, and what to click.

In their order: nobody is signed in, the sign-in has ended, an API is switched off, the spreadsheet
is not shared, or shared only to be looked at. What depends on an earlier one is not asked.
"""

from collections.abc import Iterator
from typing import Any, Final, NamedTuple
from urllib.parse import quote

from sheetrecord.model.errors import CannotRead, SheetRecordError
from sheetrecord.workbooks.google.access import DRIVE, GoogleAccess, access
from sheetrecord.workbooks.google.model import Spreadsheet
from sheetrecord.workbooks.google.reading import SHAPE, spreadsheet_of
from sheetrecord.workbooks.google.service import GoogleService
from sheetrecord.workbooks.google.writing import judged, unsettled

_FILE: Final = "capabilities(canEdit),ownedByMe,trashed"


class Symptom(NamedTuple):
    """One thing that was looked at: whether it is well (None: information), and what to do."""

    what: str
    well: bool | None
    do: str = ""


def examined(address: str, key: str) -> Iterator[Symptom]:
    """Yield what is found, up to the first thing that keeps everything else from working."""
    try:
        who = access(address)
    except SheetRecordError as error:
        yield Symptom(error.message, well=False, do=error.do)
        return
    yield Symptom(f"{address}: asks Google as {who.who}", well=True)
    for name, url in (("Sheets", who.at.sheets), ("Drive", who.at.drive)):
        if not url.endswith("googleapis.com"):
            yield Symptom(f"{address}: {name} is asked at {url}", None)
    try:
        yield from _asked(GoogleService(address, key), who, key)
    except SheetRecordError as error:
        yield Symptom(error.message, well=False, do=error.do)


def _asked(service: GoogleService, who: GoogleAccess, key: str) -> Iterator[Symptom]:
    """Yield what Sheets and Drive say; Sheets decides, Drive spares reads."""
    address = service.address
    told = service.ask(SHAPE)
    sheet = spreadsheet_of(told, address)
    yield Symptom(f'{address}: can be read, its title is "{sheet.title}"', well=True)
    file = _file(service, key)
    if isinstance(file, CannotRead):
        what = f"{address}: Drive does not tell its version, so every look reads it whole"
        yield Symptom(what, well=False, do=file.do)
    else:
        yield from _rights(address, who, file)
    if sheet.time_zone:
        what = f"{address}: its time zone is {sheet.time_zone}, its language {sheet.locale}"
        yield Symptom(what, None, "TODAY() goes by that: File, Settings.")
    yield from _left(service.read())


def _file(service: GoogleService, key: str) -> dict[str, Any] | CannotRead:
    params = {"fields": _FILE, "supportsAllDrives": "true"}
    try:
        return service.get(f"{DRIVE}/drive/v3/files/{quote(key)}", params)
    except CannotRead as error:
        return error


def _rights(address: str, who: GoogleAccess, file: dict[str, Any]) -> Iterator[Symptom]:
    may = (file.get("capabilities") or {}).get("canEdit")
    if may is not None:
        do = f"In the spreadsheet click Share, and make {who.who} an Editor, not a Viewer."
        yield Symptom(f"{address}: {'may' if may else 'may not'} be written to", bool(may), do)
    if file.get("trashed"):
        do = "In Drive open Bin, and click Restore."
        yield Symptom(f"{address}: is in the bin", well=False, do=do)


def _left(sheet: Spreadsheet) -> Iterator[Symptom]:
    """Yield what writes have left that is not settled."""
    waiting = unsettled(sheet)
    wrong = sum(judged(note, sheet).moved for note in waiting)
    what = f"{sheet.address}: {len(waiting)} writes displaced something or have to be taken back"
    if waiting:
        yield Symptom(what, well=False, do="Run `sheetrecord sync`: it takes in what they keep.")
    elif not wrong:
        yield Symptom(f"{sheet.address}: nothing is left of an earlier run", well=True)
