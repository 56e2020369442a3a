"""What a record's rows come to: whether somebody changed them in the database, past the ledger.

The mark is a sum, so that a commit moves it by the rows it changes and reads no other one.
"""

from collections.abc import Iterable
from hashlib import sha256
from typing import Final, TypeAlias

Text: TypeAlias = tuple[str, str, str]
"""A row as the database holds it: sheet, id, cells."""

_RANGE: Final = 1 << 256


def marked_rows(rows: Iterable[Text]) -> str:
    """Return what rows come to, as 64 hex digits; their order does not matter."""
    return _hex(sum(map(_number, rows)))


def moved(mark: str, gone: Iterable[Text], new: Iterable[Text]) -> str:
    """Return a mark after some rows went and others came."""
    return _hex(int(mark or "0", 16) - sum(map(_number, gone)) + sum(map(_number, new)))


def _number(row: Text) -> int:
    return int.from_bytes(sha256("\0".join(row).encode("utf-8", "surrogatepass")).digest())


def _hex(number: int) -> str:
    return f"{number % _RANGE:064x}"
