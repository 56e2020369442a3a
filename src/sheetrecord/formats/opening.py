"""Open whatever a person named: a workbook, a folder of CSV files, or Markdown tables."""

from collections.abc import Callable
from importlib import import_module
from pathlib import Path
from typing import Final

from sheetrecord.model.book import Book
from sheetrecord.model.errors import CannotRead

READERS: Final = {
    ".xlsx": "sheetrecord.formats.xlsx:read",
    ".xlsm": "sheetrecord.formats.xlsx:read",
    ".md": "sheetrecord.formats.markdown:read",
}
"""The reader of each suffix. Packages add theirs in the group ``sheetrecord.formats``."""

_RESULTS: Final = {"sheetrecord.formats.xlsx:read": "sheetrecord.formats.xlsx:read_results"}

_INSTEAD: Final = {
    ".xls": "This is the old Excel format. Save it as .xlsx and check that.",
    ".xlsb": "This is Excel's binary format. Save it as .xlsx and check that.",
    ".ods": "This is an OpenDocument sheet. Save it as .xlsx and check that.",
    ".numbers": "This is a Numbers document. Export it as .xlsx and check that.",
    ".gsheet": "This is a link to a Google Sheet. Download it as .xlsx and check that.",
    ".csv": "Put one CSV file for each sheet into a folder and name the folder.",
}


def read_book(
    path: Path, extra: dict[str, str] | None = None, *, results_only: bool = False
) -> Book:
    """Read a workbook by its suffix; ``extra`` adds readers by suffix.

    ``results_only`` may leave formulas as patterns, a NUL for their own row, which is faster.

    Raises CannotRead when the file is missing, of another kind, or cannot be trusted.
    """
    if path.is_dir():
        return _reader("sheetrecord.formats.csvdir:read")(path)
    suffix = path.suffix.lower()
    named = READERS.get(suffix) or (extra or {}).get(suffix)
    if named is None and not path.exists():
        raise CannotRead(
            path, "there is no such file.", "Check the name and the folder.", "missing"
        )
    if named is None and suffix in {".csv", ".numbers", ".gsheet"}:
        raise CannotRead(path, "it cannot be read.", _INSTEAD[suffix], suffix[1:])
    # A wrong or missing suffix is looked into: the reader says what the file really is.
    named = named or READERS[".xlsx"]
    return _reader(_RESULTS.get(named, named) if results_only else named)(path)


def _reader(named: str) -> Callable[[Path], Book]:
    module, _, function = named.partition(":")
    reader: Callable[[Path], Book] = getattr(import_module(module), function)
    return reader
