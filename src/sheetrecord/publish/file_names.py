"""File names and anchors of pages, made from ids that may hold any text."""

import re
from collections.abc import Iterable
from hashlib import blake2b
from typing import Final

_PLAIN: Final = re.compile(r"[A-Za-z0-9][A-Za-z0-9_-]{0,39}")
_RESERVED: Final = re.compile(r"con|prn|aux|nul|com\d|lpt\d", re.IGNORECASE)


def page_names(deal_ids: Iterable[str]) -> dict[str, str]:
    """Return page file name by deal id: the id itself where every system allows it.

    No two names differ only in case, and none leaves the folder or is a Windows device name.
    """
    found: dict[str, str] = {}
    taken: set[str] = set()
    for deal_id in sorted(set(deal_ids)):
        name = deal_id
        plain = _PLAIN.fullmatch(name) and not _RESERVED.fullmatch(name)
        if not plain or name.casefold() in taken:
            digest = blake2b(deal_id.encode("utf-8", "surrogatepass"), digest_size=6).hexdigest()
            kept = re.sub(r"[^A-Za-z0-9]+", "-", deal_id)[:24].strip("-")
            name = f"{kept or 'deal'}-{digest}"
        taken.add(name.casefold())
        found[deal_id] = f"deals/{name}.html"
    return found


def anchor(row_id: str) -> str:
    """Return the HTML anchor of a row, "" if its id cannot be one."""
    return f"r-{row_id}" if _PLAIN.fullmatch(row_id) else ""
