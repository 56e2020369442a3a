"""Check the installation, the settings file, and whether workbooks can be used."""

import datetime as dt
import os
import shutil
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path

from sheetrecord.app.doctor.check import Sign
from sheetrecord.app.settings.config import Config
from sheetrecord.app.settings.nearest import FILE
from sheetrecord.app.settings.trust import confirmed, doubt
from sheetrecord.app.validate import read_record
from sheetrecord.files import versions
from sheetrecord.files.state_folder import state_place
from sheetrecord.model.errors import SheetRecordError
from sheetrecord.model.suggest import completed
from sheetrecord.model.value import Formula, Unknown
from sheetrecord.workbooks.addresses import folder_of
from sheetrecord.workbooks.kinds import FOLDER, kind_of
from sheetrecord.workbooks.opening import open_workbook

_PROGRAMS = {
    "soffice": "LibreOffice, to recalculate and print workbooks",
    "chromium": "a browser, to print pages",
}


def examine(config: Config, books: Sequence[str], today: dt.date) -> Iterator[Sign]:
    """Yield the results, for the machine first, then for each workbook."""
    version = ".".join(str(part) for part in sys.version_info[:3])
    yield Sign(f"Python {version}", sys.version_info >= (3, 11), "Install Python 3.11 or newer.")
    for program, use in _PROGRAMS.items():
        found = shutil.which(program)
        yield Sign(f"{program}: {use}: {'found' if found else 'not installed'}", None)
    yield from _settings(config)
    yield _state()
    for address in books:
        yield from _book(address, today)


def _state() -> Sign:
    """Look whether locks, backups and records can be kept."""
    try:
        return Sign(f"folder for locks and backups: {state_place()}", well=True)
    except SheetRecordError as error:
        return Sign(error.message.removesuffix(" Nothing was changed."), well=False, do=error.do)


def _settings(config: Config) -> Iterator[Sign]:
    """Yield which settings hold, and a file beside them that is called almost the same."""
    if config.path is None:
        yield Sign("settings file: none here; the defaults hold", None)
    else:
        known = confirmed(config.path, config.digest)
        state = "confirmed" if known else f"not confirmed, {doubt(config.path)}"
        yield Sign(f"settings file: {config.path}, {state}", None)
    folder = config.path.parent if config.path else Path.cwd()
    for entry in sorted(folder.iterdir()):
        if entry.name != FILE and entry.name.casefold().removesuffix(".txt") == FILE:
            do = f"Name it {FILE} if it is meant to count."
            yield Sign(f"{entry}: is not read", well=False, do=do)


def _book(address: str, today: dt.date) -> Iterator[Sign]:
    try:
        book, parsed = read_record(address, today=today, judged=True)
    except SheetRecordError as error:
        yield Sign(f"{error.message}", well=False, do=error.do)
        return
    settings = parsed.record.settings
    deals = len(parsed.record.by_deal)
    yield Sign(
        f"{address}: a record of {deals} deals, version {settings.schema_version}", well=True
    )
    lost = sorted({f.words["column"] for f in parsed.findings if f.code == "HEAD-002"})
    yield Sign(
        f"{address}: every column is found"
        if not lost
        else f"{address}: columns not found: {lost}",
        not lost,
        completed("Run `sheetrecord validate BOOK` to see where they may be.", address),
    )
    uncalculated = _uncalculated(book.sheets[parsed.layout.sheets["Deal"].title].columns)
    if book.live and uncalculated:
        yield Sign(
            f"{address}: {uncalculated} formulas of the Deal sheet were never calculated",
            None,
            "Open it in a spreadsheet program and save it, to see live values there.",
        )
    yield from _writable(address)


def _uncalculated(columns: object) -> int:
    cells = columns.values() if hasattr(columns, "values") else ()
    return sum(
        isinstance(value, Formula) and isinstance(value.cached, Unknown)
        for column in cells
        for value in column.values
    )


def _writable(address: str) -> Iterator[Sign]:
    if kind_of(address) == FOLDER:
        return
    owner = open_workbook(address).owner()
    yield Sign(
        f"{address}: open by {owner}"
        if owner
        else f"{address}: no program is seen to have it open",
        not owner,
        "Close it there before a command that writes.",
    )
    folder = folder_of(address)
    if folder is None:
        return
    yield Sign(
        f"{folder}: can be written to",
        os.access(folder, os.W_OK),
        "Ask for write access to the folder: a file is replaced, not overwritten.",
    )
    try:
        kept = len(versions(address))
    except SheetRecordError:  # `_state` says why
        return
    yield Sign(f"{address}: {kept} earlier versions are kept", None)
