"""The values of a cell: blank, a plain value, a formula, or an error."""

import datetime as dt
from typing import Final, NamedTuple, TypeAlias


class Unknown:
    """The result of a formula that no program has calculated yet."""

    __slots__ = ()

    def __repr__(self) -> str:
        """Say the name of the one instance."""
        return "UNKNOWN"

    def __bool__(self) -> bool:
        """Never count as an answer."""
        return False


UNKNOWN: Final = Unknown()
"""The only `Unknown`: compare with `is`."""


class CellError(NamedTuple):
    """An error value such as ``#REF!``, typed or computed."""

    code: str


Plain: TypeAlias = str | bool | int | float | dt.date | dt.datetime | dt.time
"""A value a person can type. A date-formatted number is a date (datetime when it has a time)."""

Result: TypeAlias = Plain | CellError | Unknown | None
"""What a formula shows: a plain value, an error, nothing, or `UNKNOWN` (no cached value)."""


class Formula(NamedTuple):
    """A formula: its text without the leading ``=`` and the value last calculated."""

    text: str
    cached: Result = UNKNOWN


Cell: TypeAlias = Plain | Formula | CellError | None
"""A cell as read: blank is ``None``; an error typed as a constant is a `CellError`."""


def shown(cell: Cell) -> Result:
    """Return what a person sees: a formula's cached value, or the value itself.

    >>> shown(Formula("1+1", 2)), shown("x"), shown(Formula("1+1"))
    (2, 'x', UNKNOWN)
    """
    return cell.cached if isinstance(cell, Formula) else cell
