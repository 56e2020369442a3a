"""What installed packages add to commands, by entry point: rules, readers of banks and of talks."""

from typing import Any

from sheetrecord.rules import load_rules
from sheetrecord.workbooks.installed import points

RULES = "sheetrecord.rules"
SOURCES = "sheetrecord.sources"
BANKS, LEDGERS = "sheetrecord.banks", "sheetrecord.ledgers"


def load_plugins() -> None:
    """Let installed packages declare their rules. A package that fails to load says so itself."""
    load_rules()
    for point in points(RULES):
        point.load()


def first_reading(group: str, data: bytes, name: str) -> Any:
    """Return the result of the first plug-in reader that accepts a file; None if none does.

    A reader is a function of the bytes and the file's name that returns None for another kind of
    file: a `reading.Reading` in `BANKS`, a `reading.LedgerReading` in `LEDGERS`.
    """
    found = (point.load()(data, name) for point in points(group))
    return next((reading for reading in found if reading is not None), None)


def source_readers() -> list[tuple[str, Any]]:
    """Return the readers of mails, talks and notes that installed packages add, each by its name.

    A reader is a function of the bytes and the file's name that returns `model.message.Message`s,
    or None for another kind of file.
    """
    return [(point.name, point.load()) for point in points(SOURCES)]
