"""The entry points that installed packages declare for us.

Looking through every installed package costs more than checking a small workbook, so the
packages' own lists are scanned as plain text first.
"""

import os
import sys
from collections.abc import Iterator
from contextlib import suppress
from functools import cache
from importlib import import_module
from typing import Any, NamedTuple


class Point(NamedTuple):
    """One entry point: its name, and what stands there (``module:thing``)."""

    name: str
    value: str

    def load(self) -> Any:
        """Return what stands there. A package that fails to load says so itself."""
        module, _, thing = self.value.partition(":")
        found = import_module(module)
        return getattr(found, thing) if thing else found


def points(group: str) -> list[Point]:
    """Return the entry points of a group, by name."""
    found = {point for text in _declared() for point in _of_group(text, group)}
    return sorted(found)


def _of_group(text: str, group: str) -> Iterator[Point]:
    """Yield the entry points of a group that a package's list names (the format is INI)."""
    inside = False
    for line in text.splitlines():
        if line.startswith("["):
            inside = line.strip() == f"[{group}]"
        elif inside and "=" in line and not line.startswith(("#", ";")):
            name, _, value = line.partition("=")
            yield Point(name.strip(), value.partition("[")[0].strip())


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
    return tuple(filter(None, found))


def _text(path: str) -> str:
    """Return a list that names us, else nothing; most packages have none, or one of other names."""
    try:
        with open(path, "rb", buffering=0) as file:  # noqa: PTH123 - a path costs more than the file
            data = file.read()
    except OSError:
        return ""
    return data.decode() if b"sheetrecord." in data else ""
