"""What is known of a copy under another spelling of its name; see `workbooks.path_spelling`."""

from collections.abc import Iterable

from sheetrecord.core.sync.store_protocol import Stored
from sheetrecord.workbooks.path_spelling import composed


def spelled_as(stored: Stored, names: Iterable[str]) -> Stored:
    """Return a stored record whose copies have the names they are given now."""
    lost = [name for name in names if name not in stored.copies and not name.isascii()]
    if not lost:
        return stored
    known = {composed(name): state for name, state in stored.copies.items()}
    again = {
        name: known[composed(name)]._replace(name=name) for name in lost if composed(name) in known
    }
    return stored._replace(copies={**stored.copies, **again})
