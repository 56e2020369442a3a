"""The kinds of workbooks, told by their addresses, and quick answers about those of ours.

Kinds of workbooks are entry points in the group ``sheetrecord.workbooks``. Ours stand in a table
too, which says the same: looking through installed packages costs more than checking a workbook.
"""

import os
import re
from collections.abc import Callable, Iterator
from importlib import import_module
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from sheetrecord.model.book import Book
from sheetrecord.model.errors import CannotRead
from sheetrecord.model.trace import tell

if TYPE_CHECKING:
    from pathlib import Path

    from sheetrecord.workbooks.siblings import Sibling

GROUP: Final = "sheetrecord.workbooks"
GIT_NAME: Final = ".merge_file_"
"""How git names the files that it gives to a merge driver; it keeps their versions itself."""

FOLDER: Final = "folder"
"""The entry point for a folder; the others are endings (``.xlsx``) or schemes (``gsheet``)."""

OURS: Final = {
    ".md": "sheetrecord.workbooks.markdown_file:MarkdownFile",
    ".xlsm": "sheetrecord.workbooks.xlsx_file:XlsxFile",
    ".xlsx": "sheetrecord.workbooks.xlsx_file:XlsxFile",
    FOLDER: "sheetrecord.workbooks.csv_folder:CsvFolder",
    "gsheet": "sheetrecord.workbooks.google.sheet:GoogleSheet",
    "live": "sheetrecord.workbooks.live.opening:open_live",
}
"""Our own kinds, as the package's entry points name them."""


class _Quick(NamedTuple):
    """Functions of a path that answer for an adapter of ours before its module is loaded.

    Those that read a book take the address as it is.
    """

    book: str
    glance: str
    records: str
    revision: str
    siblings: str


_FILE: Final = _Quick(
    "sheetrecord.formats.xlsx:read",
    "sheetrecord.formats.xlsx:read_results",
    "sheetrecord.formats.stamp_peek:records_of",
    "sheetrecord.workbooks.prints:of_file",
    "sheetrecord.workbooks.siblings:siblings_of",
)
_QUICK: Final = {
    ".md": _Quick(
        "sheetrecord.formats.markdown:read",
        "sheetrecord.formats.markdown:read",
        "sheetrecord.formats.stamp_peek:records_of",
        "sheetrecord.workbooks.prints:of_file",
        "sheetrecord.workbooks.siblings:siblings_of",
    ),
    ".xlsm": _FILE,
    ".xlsx": _FILE,
    FOLDER: _Quick(
        "sheetrecord.formats.csv_folder:read",
        "sheetrecord.formats.csv_folder:read",
        "",
        "sheetrecord.workbooks.prints:of_folder",
        "",
    ),
}

_INSTEAD: Final = {
    ".numbers": "This is a Numbers document. Export it as .xlsx and check that.",
    ".gsheet": "This is a link to a Google Sheet. Download it as .xlsx and check that.",
    ".csv": "Put one CSV file for each sheet into a folder and name the folder.",
}
_SCHEME: Final = re.compile(r"[a-z][a-z0-9+.-]+:", re.ASCII)
"""How an address begins that is no path; one letter is a drive of Windows."""
_LINK: Final = "https://docs.google.com/"
"""How the link to a Google spreadsheet begins, as a browser shows it."""


def book_at(address: str, *, formulas: bool = True) -> Book:
    """Return a workbook's book, for somebody who only reads it.

    Without ``formulas`` these may be patterns, a NUL for their own row, which is faster. Raises
    CannotRead when it is missing, of another kind, or cannot be trusted.
    """
    kind = kind_of(address)
    if kind in _QUICK:
        tell("read", address)
        quick = _QUICK[kind].book if formulas else _QUICK[kind].glance
        book: Book = load(quick)(address)
        return book
    from sheetrecord.workbooks.opening import open_workbook
    from sheetrecord.workbooks.port import Quick, Still

    workbook = open_workbook(address)
    if isinstance(workbook, Still):
        return workbook.look().book
    if not formulas and isinstance(workbook, Quick):
        return workbook.glance()
    return workbook.read().book


def records_of(address: str) -> tuple[str, ...]:
    """Return the ids of the records that a workbook's stamps name; none when it has no stamp."""
    from sheetrecord.model.errors import SheetRecordError

    try:
        kind = kind_of(address)
        if kind in _QUICK and (quick := _QUICK[kind].records):
            found: tuple[str, ...] = load(quick)(_path(address))
            return found
        from sheetrecord.formats.stamp import read_marks
        from sheetrecord.workbooks.opening import open_workbook
        from sheetrecord.workbooks.port import Quick

        workbook = open_workbook(address)
        if isinstance(workbook, Quick):
            return workbook.records()
        return tuple(one.record for one in read_marks(workbook.read().book).candidates)
    except (SheetRecordError, OSError):
        return ()


def is_path(address: str) -> bool:
    """Tell whether an address is a path, not a scheme that an installed package reads."""
    return not _scheme(address)


def plain_address(address: str) -> str:
    """Return an address as a store knows it: a browser's link to a spreadsheet becomes its key."""
    if not address.startswith((_LINK, f"gsheet:{_LINK}")):
        return address
    from sheetrecord.workbooks.google.links import plain_address as plain

    return plain(address)


def stands(address: str) -> bool:
    """Tell whether anything is at an address; of what is no path nobody knows that cheaply."""
    return not is_path(address) or os.path.exists(address)


def recovered(address: str) -> None:
    """Settle what a run that died has left at a workbook. Raises as `port.Workbook.recover`."""
    kind = kind_of(address)
    if kind in _QUICK and kind != FOLDER:
        load("sheetrecord.files:sweep")(address)
        return
    from sheetrecord.workbooks.opening import open_workbook

    open_workbook(address).recover()


def siblings_at(address: str, *, named: bool = False) -> Iterator["Sibling"]:
    """Yield what stands beside a workbook and may be a further save, as `port.Workbook.siblings`.

    Nothing where nobody reads what is there.
    """
    from sheetrecord.model.errors import SheetRecordError

    try:
        kind = kind_of(address)
        if kind in _QUICK and (quick := _QUICK[kind].siblings):
            yield from load(quick)(_path(address), named=named)
            return
        from sheetrecord.workbooks.opening import open_workbook

        yield from open_workbook(address).siblings(named=named)
    except (SheetRecordError, OSError):
        return


class QuickRevision(NamedTuple):
    """What a workbook holds: the digest of it, its size in bytes, and its version."""

    digest: str
    size: int
    version: int


def state_of(address: str) -> QuickRevision:
    """Return what a workbook holds now. Raises CannotRead and Locked."""
    kind = kind_of(address)
    if kind in _QUICK and (quick := _QUICK[kind].revision):
        found = load(quick)(_path(address))
        return QuickRevision(found.digest, found.size, found.mtime_ns)
    from sheetrecord.workbooks.opening import open_workbook

    revision = open_workbook(address).read().revision
    return QuickRevision(revision.digest, revision.size, revision.version)


def is_as_known(address: str, digest: str, size: int, version: int) -> bool:
    """Tell whether a workbook is, to the time of its last change, what is known of it.

    Raises CannotRead and Locked.
    """
    kind = kind_of(address)
    if kind in _QUICK and (quick := _QUICK[kind].revision):
        found = load(quick)(_path(address))
        return (found.digest, found.size, found.mtime_ns) == (digest, size, version)
    from sheetrecord.workbooks.opening import open_workbook
    from sheetrecord.workbooks.port import Revision, Still

    if not version:  # nothing was read after it was last written
        return False
    known, workbook = Revision(digest, version, size), open_workbook(address)
    if isinstance(workbook, Still):
        return workbook.still(known)
    return workbook.unchanged(known) == known


def kind_of(address: str) -> str:
    """Return the kind of the workbook at an address: `FOLDER`, an ending or a scheme.

    Raises CannotRead when nobody reads it or nothing is there.
    """
    if scheme := _scheme(address):
        return scheme
    if os.path.isdir(address):
        return FOLDER
    suffix = os.path.splitext(address)[1].lower()
    if suffix in OURS or (suffix and suffix in added()):
        return suffix
    if not os.path.exists(address):
        why = "there is no such file."
        raise CannotRead(address, why, "Check the name and the folder.", "missing")
    if suffix in _INSTEAD:
        raise CannotRead(address, "it cannot be read.", _INSTEAD[suffix], suffix[1:])
    # A wrong or missing suffix is looked into: the reader says what the file really is.
    return ".xlsx"


def _scheme(address: str) -> str:
    """Return the scheme of an address that somebody reads by it; empty for a path."""
    if address.startswith(_LINK):
        return "gsheet"
    match = _SCHEME.match(address)
    scheme = match[0][:-1] if match else ""
    return scheme if scheme and (scheme in OURS or scheme in added()) else ""


def added() -> dict[str, str]:
    """Return the adapters that installed packages add, by ending or scheme."""
    from sheetrecord.workbooks.installed import points

    return {point.name: point.value for point in points(GROUP) if point.name not in OURS}


def _path(address: str) -> "Path":
    from pathlib import Path  # takes long to load, and a check does without it

    return Path(address)


def load(named: str) -> Callable[..., Any]:
    """Return what stands under a name (``module:thing``)."""
    module, _, name = named.partition(":")
    found: Callable[..., Any] = getattr(import_module(module), name)
    return found
