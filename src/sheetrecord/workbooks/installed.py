"""The entry points that installed packages declare for us.

Looking through every installed package costs more than checking a small workbook, so the
packages' own lists are scanned as plain text first.
"""

import os
import sys
from contextlib import suppress
from functools import cache
from typing import Any


def points(group: str) -> list[Any]:
    """Return the entry points of a group, by name."""
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
