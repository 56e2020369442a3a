"""Whether the files that a workbook names are still there; nothing outside this machine is asked.

A file on a share of another machine is not looked at: the look itself would tell that
machine who asks.
"""

import datetime as dt
import os
from collections.abc import Iterator, Sequence
from pathlib import Path, PureWindowsPath
from urllib.parse import unquote, urlsplit

from sheetrecord.app.doctor.check import Sign
from sheetrecord.app.validate import read_record
from sheetrecord.core.view.linked_files import FILE, SHARE, link_kind
from sheetrecord.core.view.sanitise import clean, flat
from sheetrecord.model.errors import SheetRecordError
from sheetrecord.schema.column import Kind
from sheetrecord.schema.read.parse import Parsed
from sheetrecord.schema.sheets import SHEETS
from sheetrecord.workbooks.addresses import folder_of

_LONGEST = 160
"""Characters of a path that is said."""


def examine_links(books: Sequence[str], today: dt.date) -> Iterator[Sign]:
    """Yield each file that a workbook names and that is gone, then how many were looked for."""
    for address in books:
        try:
            _, parsed = read_record(address, today=today, judged=True)
        except SheetRecordError:  # the examination of the workbook says why
            continue
        yield from _of_book(address, parsed)


def _of_book(address: str, parsed: Parsed) -> Iterator[Sign]:
    folder = folder_of(address)
    found = shares = elsewhere = gone = 0
    for where, text in _named(parsed):
        kind = link_kind(text)
        if kind == SHARE:
            shares += 1
        elif kind == FILE:
            there = _is_there(_place(text, folder))
            if there is None:
                elsewhere += 1
            elif there:
                found += 1
            else:
                gone += 1
                shown = flat(text)[:_LONGEST]
                do = "Write where it is now, or put it back."
                yield Sign(f"{where}: {shown} is not there", well=False, do=do)
    told = [f"{found + gone} named files looked for, {gone} gone"]
    told += [f"{shares} on other machines not looked at"] if shares else []
    told += [f"{elsewhere} that cannot be looked for from here"] if elsewhere else []
    yield Sign(f"{address}: {', '.join(told)}", None if shares or elsewhere else not gone)


def _named(parsed: Parsed) -> Iterator[tuple[str, str]]:
    """Yield the cell and text of each filled cell of a column of links, sheet by sheet."""
    for sheet, declared in SHEETS.items():
        keys = [column.key for column in declared.columns if column.kind is Kind.LINK]
        for row in parsed.record.rows(sheet) if keys else ():
            for key in keys:
                if text := str(row.get(key)).strip():
                    yield parsed.layout.where(sheet, row.row, key, row.id).address, text


def _is_there(place: str) -> bool | None:
    """Tell whether a file is there, None where that cannot be found out here."""
    if not place:
        return None
    try:
        Path(place).stat()
    except (FileNotFoundError, NotADirectoryError):
        return False
    except (OSError, ValueError):
        return None
    return True


def _place(text: str, folder: Path | None) -> str:
    """Return where a named file would be; empty where this system cannot tell."""
    text = clean(text)
    if text.casefold().startswith("file:"):
        text = unquote(urlsplit(text).path)
        text = text.lstrip("/") if os.name == "nt" else text
    if os.name != "nt":
        if PureWindowsPath(text).drive:
            return ""
        text = text.replace("\\", "/")
    home = text.startswith(("~/", "~\\"))
    place = Path.home() / text[2:] if home else Path(text)
    if place.is_absolute():
        return str(place)
    return "" if folder is None else str(folder / place)
