"""One thing that `doctor` looked at."""

from typing import NamedTuple


class Sign(NamedTuple):
    """One thing looked at: whether it is well (None: only good to know), and what to do if not."""

    what: str
    well: bool | None
    do: str = ""
