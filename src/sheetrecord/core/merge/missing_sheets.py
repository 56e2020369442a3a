"""The sheets that a copy lacks: it is a view of the others, or nothing is done with it.

A sheet that is not there says nothing of its rows; they are neither deleted nor blank. But
nobody knows whether a sheet was left out on purpose, so somebody has to say so.
"""

from collections.abc import Collection, Iterator
from typing import Final

from sheetrecord.core.merge.guards import Guard
from sheetrecord.core.merge.side import Side
from sheetrecord.schema.sheets import OPTIONAL, SHEETS

MISSING: Final = "sheet-missing"
"""The guard's name; whoever allows it says that the copy is a view."""

NO_DEALS: Final = "no-deals"
"""The guard's name when it is the deals that are missing, which nobody can allow."""

ALWAYS: Final = tuple(sheet for sheet in SHEETS if sheet not in OPTIONAL)
"""The sheets of every record."""

HOW: Final = "Put back what was deleted, or take an earlier save or a whole copy"
"""How a missing sheet comes back."""


def lacking(side: Side, meant: Collection[str]) -> tuple[str, ...]:
    """Return which of the sheets that a copy is meant to hold it does not show, in their order.

    A sheet of which no row can be told from another, for want of its ids, is none.
    """
    return tuple(sheet for sheet in SHEETS if sheet in meant and not side.shows(sheet))


def named(sheets: Collection[str]) -> str:
    """Return sheets in a sentence.

    >>> named(["Deal"]), named(["Deal", "Project", "Fees"])
    ('the sheet Deal', 'the sheets Deal, Project and Fees')
    """
    *most, last = sheets
    if not most:
        return f"the sheet {last}"
    return f"the sheets {', '.join(most)} and {last}"


def without(sheets: Collection[str]) -> str:
    """Say that sheets are missing and that nothing can be known of them."""
    are = "is" if len(sheets) == 1 else "are"
    return f"{named(sheets)} {are} missing, or {'its' if len(sheets) == 1 else 'their'} ids"


def name_of(sheets: Collection[str]) -> str:
    """Return the guard's name: without deals nobody knows whose the rest is."""
    return NO_DEALS if "Deal" in sheets else MISSING


def missing_sheets(base: Side, ours: Side, theirs: Side) -> Iterator[Guard]:
    """Yield each copy of a merge that lacks sheets which the base, or without one the other, has.

    A copy whose base lacked them too is the view that it was.
    """
    for side, other, whose in ((ours, theirs, "ours"), (theirs, ours, "theirs")):
        start = base if base.layout.sheets else other
        gone = lacking(side, [sheet for sheet in ALWAYS if start.shows(sheet)])
        if gone:
            yield Guard(name_of(gone), whose, ", ".join(gone), f"{without(gone)}. {HOW}")
