"""The ledger's chain: each entry's hash covers its columns and the hash before it.

A change of any entry breaks every later hash; entries cut off at the end are missed when the last
hash (the head) is known from elsewhere: a published page, a mail, another machine.
"""

import json
from collections.abc import Iterable
from hashlib import sha256
from typing import Final, NamedTuple

_MARK: Final = 16
"""Hex digits of a mark: 64 bits, so that two histories never meet in one by chance."""

_json: Final = json.JSONEncoder(separators=(",", ":")).encode


def link(record_id: str, previous: str, columns: tuple[object, ...]) -> str:
    """Return the hash of an entry: SHA-256 (hex) over the previous hash and its columns.

    ``columns`` are as the database holds them (see `columns.entry_columns`); the first entry
    follows an empty hash. The record's id is covered: an entry cannot move to another record.
    """
    return sha256(_json([record_id, previous, *columns]).encode("ascii")).hexdigest()


def marked(head: str) -> str:
    """Return the mark of a ledger hash, as stamps carry it: its first 16 hex digits."""
    return head[:_MARK]


class Walked(NamedTuple):
    """The result of checking a chain: length, last hash, and first entry that does not fit."""

    length: int
    head: str
    broken: int = 0
    anchors: frozenset[str] = frozenset()


def walk(
    record_id: str, rows: Iterable[tuple[object, ...]], anchors: frozenset[str] = frozenset()
) -> Walked:
    """Check the chain over rows of columns and hash, in order; stops at the first broken entry.

    ``anchors`` are hashes known from elsewhere; those that occur are returned.
    """
    head, seq = "", 0
    met: set[str] = set()
    for row in rows:
        seq += 1
        try:
            found = link(record_id, head, row[:-1])
        except TypeError:  # a text that became bytes
            found = ""
        if found != row[-1] or row[0] != seq or not found:
            return Walked(seq - 1, head, seq, frozenset(met))
        head = found
        if head in anchors:
            met.add(head)
    return Walked(seq, head, 0, frozenset(met))
