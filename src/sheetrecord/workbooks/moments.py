"""One reading for one moment: what the beginning of a command read is not read once more.

A command looks at a workbook in several places before its work begins. Within `one_moment` the
first reading serves them all, and the work itself takes it once; then everything is asked anew.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from sheetrecord.workbooks.port import WorkbookReading

_HELD: "list[dict[str, WorkbookReading]]" = []


@contextmanager
def one_moment() -> Iterator[None]:
    """Let what is looked at within it be of one moment, until the work takes it.

    Within another moment it begins with what was looked at there, which ends with that.
    """
    begun = dict(_HELD[-1]) if _HELD else {}
    if _HELD:
        _HELD[-1].clear()
    _HELD.append(begun)
    try:
        yield
    finally:
        _HELD.pop()


def keep(address: str, reading: "WorkbookReading") -> None:
    """Keep a reading for whoever looks next."""
    if _HELD:
        _HELD[-1][address] = reading


def shown(address: str) -> "WorkbookReading | None":
    """Return the reading of this moment, for a look."""
    return _HELD[-1].get(address) if _HELD else None


def taken(address: str) -> "WorkbookReading | None":
    """Return the reading of this moment, for the work; the next one will be another."""
    return _HELD[-1].pop(address, None) if _HELD else None
