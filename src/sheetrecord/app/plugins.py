"""What installed packages add: rules, formats and readers of banks' files, by entry point.

Looking through every installed package costs more than checking a small workbook, so the
packages' own lists are scanned as plain text first.
"""

import os
import sys
from contextlib import suppress
from functools import cache
from typing import Any

from sheetrecord.rules import load_rules

RULES, FORMATS = "sheetrecord.rules", "sheetrecord.formats"
BANKS, LEDGERS = "sheetrecord.banks", "sheetrecord.ledgers"


def load_plugins() -> None:
    """Let installed packages declare their rules. A package that fails to load says so itself."""
    load_rules()
    for point in _points(RULES):
        point.load()


def formats() -> dict[str, str]:
    """Return the readers that installed packages add, ``module:function`` by suffix."""
    return {point.name: point.value for point in _points(FORMATS)}


def first_reading(group: str, data: bytes, name: str) -> Any:
    """Return what the first reader of a group makes of a file's bytes, None when it is of none.

    A reader is a function of the bytes and the file's name that returns None for another kind of
    file: a `reading.Reading` in `BANKS`, a `reading.LedgerReading` in `LEDGERS`.
    """
    found = (point.load()(data, name) for point in _points(group))
    return next((reading for reading in found if reading is not None), None)


def _points(group: str) -> list[Any]:
    if not any(group in text for text in _declared()):
        return []
    from importlib.metadata import entry_points

    return sorted(entry_points(group=group), key=lambda point: point.name)


@cache
def _declared() -> tuple[str, ...]:
    """Return the text of each installed package's list of entry points that names us."""
    found = []
    for folder in sys.path:
        with suppress(OSError), os.scandir(folder or ".") as entries:
            found += [
                _text(f"{entry.path}{os.sep}entry_points.txt")
                for entry in entries
                if entry.name.endswith((".dist-info", ".egg-info"))
            ]
    return tuple(text for text in found if "sheetrecord." in text)


def _text(path: str) -> str:
    try:
        with open(path, encoding="utf-8") as file:  # noqa: PTH123 - a path costs more than the file
            return file.read()
    except OSError:
        return ""
