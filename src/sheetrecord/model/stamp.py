"""The generation stamp of a copy: of which record, and of which state of it."""

from typing import NamedTuple


class Stamp(NamedTuple):
    """A record's id and the generation of the copy; empty and 0 for a copy never stamped.

    A number is no identity: after a restore it is given out again. ``mark`` is what the record's
    ledger came to when the generation was made; empty in the books of older versions.
    """

    record: str = ""
    generation: int = 0
    mark: str = ""
