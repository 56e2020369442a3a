"""The import profile of an account: found once, confirmed by a person, saved and reused."""

import hashlib
from collections.abc import Mapping
from typing import Any, NamedTuple

from sheetrecord.ledgers.dates import ORDERS
from sheetrecord.ledgers.roles import plain
from sheetrecord.model.errors import BadSettings


class Profile(NamedTuple):
    """The dialect of one account's CSV; every field may be left open, to be found in the file.

    ``words_in`` and ``words_out`` say the direction where the bank's own words do.
    ``columns`` maps a role to header texts or 0-based positions. ``sign`` is 1 for money in
    positive, -1 for banks that print it inverted. ``fee_on_top`` when a fee stands beside the
    amount and is not in it. ``headers`` is the hash of the header row
    the profile was made for: another header means that the bank changed its export.
    """

    account: str = ""
    currency: str = ""
    code_page: str = ""
    delimiter: str = ""
    skip: int | None = None
    date_order: str = ""
    decimal: str = ""
    sign: int = 0
    fee_on_top: bool = False
    headers: str = ""
    no_header: bool = False
    columns: Mapping[str, tuple[str | int, ...]] = {}
    words_in: tuple[str, ...] = ()
    words_out: tuple[str, ...] = ()
    label: str = ""
    """What people call the account; never saved in it."""


def header_hash(header: list[str]) -> str:
    """Return the identity of a header row: its words in order, without case and accents."""
    return hashlib.sha256("\x1f".join(map(plain, header)).encode()).hexdigest()[:16]


def to_json(profile: Profile) -> dict[str, object]:
    """Return the profile as plain data, without open fields."""
    default = Profile()
    unlabelled = profile._replace(label="")._asdict()
    filled = {k: v for k, v in unlabelled.items() if v != getattr(default, k)}
    if profile.columns:
        filled["columns"] = {role: list(where) for role, where in profile.columns.items()}
    for words in ("words_in", "words_out"):
        if words in filled:
            filled[words] = list(filled[words])
    return filled


def from_json(data: Mapping[str, Any], where: str = "profile") -> Profile:
    """Return the profile of plain data. Raises BadSettings for an unknown field or value."""
    known = set(Profile._fields) - {"label"}
    for key in data:
        if key not in known:
            raise BadSettings(where, f"no setting is called {key!r}.", f"Use {sorted(known)}.")
    order = data.get("date_order", "")
    if order and order not in ORDERS:
        raise BadSettings(where, f"date_order {order!r} is unknown.", "Use dmy, mdy or ymd.")
    if data.get("decimal", "") not in ("", ".", ","):
        raise BadSettings(where, "decimal must be one character.", 'Use "." or ",".')
    if data.get("sign", 0) not in (0, 1, -1):
        raise BadSettings(where, "sign must be 1 or -1.", "Use -1 when the bank inverts signs.")
    columns = {role: tuple(places) for role, places in dict(data.get("columns", {})).items()}
    words = {key: tuple(data.get(key, ())) for key in ("words_in", "words_out")}
    return Profile(**{**data, **words, "columns": columns})
