"""One thing that `doctor` looked at."""

from typing import NamedTuple


class Sign(NamedTuple):
    """One result: whether it is well (None: information only), and what to do if not."""

    what: str
    well: bool | None
    do: str = ""
