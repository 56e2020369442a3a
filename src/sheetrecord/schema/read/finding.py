"""What the reader of a record notices: a code, a place and words; the rules give it a message."""

from collections.abc import Mapping
from typing import Any, NamedTuple

from sheetrecord.model.edit import Edit
from sheetrecord.model.problem import Where


class Finding(NamedTuple):
    """One problem found while locating and reading cells."""

    code: str
    where: Where
    words: Mapping[str, Any] = {}
    fix: tuple[Edit, ...] = ()
