"""A digest of a record's rows, to detect changes in the database that are not in the ledger.

The digest is a sum over rows, so that a commit updates it from the changed rows alone.
"""

from collections.abc import Iterable
from hashlib import sha256
from typing import Final, TypeAlias

Text: TypeAlias = tuple[str, str, str]
"""A row as the database holds it: sheet, id, cells."""

_RANGE: Final = 1 << 256


def marked_rows(rows: Iterable[Text]) -> str:
    """Return the digest of rows as 64 hex digits; their order does not matter."""
    return _hex(sum(map(_number, rows)))


def moved(mark: str, gone: Iterable[Text], new: Iterable[Text]) -> str:
    """Return a digest updated for removed and added rows."""
    return _hex(int(mark or "0", 16) - sum(map(_number, gone)) + sum(map(_number, new)))


def _number(row: Text) -> int:
    return int.from_bytes(sha256("\0".join(row).encode("utf-8", "surrogatepass")).digest())


def _hex(number: int) -> str:
    return f"{number % _RANGE:064x}"
