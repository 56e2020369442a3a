"""How an open document of LibreOffice is reached: from within, by a folder, else by a pipe."""

import builtins
import os
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from types import ModuleType
from typing import Final

from sheetrecord.model.errors import CannotRead
from sheetrecord.workbooks.live.program_book import Desk

FOLDER: Final = "SHEETRECORD_DESK"
"""The environment variable by which LibreOffice's extension names its folder."""

_PLACES: Final = (
    "/usr/lib/python3/dist-packages",
    "/usr/lib/libreoffice/program",
    "/usr/lib64/libreoffice/program",
    "/opt/libreoffice/program",
)
"""Where the bridge of LibreOffice for Python is put by those who package it."""


def desk_at(address: str, name: str) -> Desk:
    """Return the desk of an open document. Raises CannotRead when it cannot be reached."""
    if folder := os.environ.get(FOLDER):
        from sheetrecord.workbooks.live.folder_desk import FolderDesk

        return FolderDesk(address, Path(folder))
    bridge(address)
    from sheetrecord.workbooks.live.uno_link import PipeDesk

    return PipeDesk(address, name)


def bridge(address: str) -> None:
    """Load ``uno``, from where it may be. Raises CannotRead."""
    plain = builtins.__import__
    for place in ("", *_PLACES):
        with _looked_at(place), suppress(ImportError):
            import uno  # noqa: F401 - whether it can be had
            import unohelper  # noqa: F401

            _spare_others(plain)
            return
    why = "this Python has no bridge to LibreOffice (uno)."
    do = (
        "Use the toolbar in LibreOffice, which needs none (sheetrecord addin libreoffice), or "
        "install python3-uno for the Python that runs sheetrecord."
    )
    raise CannotRead(address, why, do, "missing")


def _spare_others(plain: Callable[..., ModuleType]) -> None:
    """Let Python's own import find all that is not LibreOffice's.

    ``uno`` puts its own in place of it, which says of a package that is not installed something
    else than Python does: who tries whether a package is there (uvicorn) fails by it.
    """
    theirs: Callable[..., ModuleType] = builtins.__import__
    if theirs is plain:
        return

    def found(name: str, *rest: object, **named: object) -> ModuleType:
        return (theirs if name.startswith("com.sun.star") else plain)(name, *rest, **named)

    builtins.__import__ = found


@contextmanager
def _looked_at(place: str) -> Iterator[None]:
    """Look for modules in one more place, after all others."""
    if place:
        sys.path.append(place)
    try:
        yield
    finally:
        if place:
            sys.path.remove(place)
