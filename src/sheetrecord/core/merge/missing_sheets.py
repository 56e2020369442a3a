"""Sheets of the record that a copy lacks: it is a partial view, or the merge stops.

A missing sheet is no evidence about its rows: they count neither as deleted nor as blank. Whether
it was left out on purpose cannot be told from the file, so somebody has to confirm it.
"""

from collections.abc import Collection, Iterator
from typing import Final

from sheetrecord.core.merge.guards import Guard
from sheetrecord.core.merge.side import Side
from sheetrecord.schema.sheets import OPTIONAL, SHEETS

MISSING: Final = "sheet-missing"
"""The guard's name; allowing it declares the copy a partial view."""

NO_DEALS: Final = "no-deals"
"""The guard's name when the Deal sheet is missing; this one cannot be confirmed."""

ALWAYS: Final = tuple(sheet for sheet in SHEETS if sheet not in OPTIONAL)
"""The sheets that every record has."""

HOW: Final = "Put back what was deleted, or take an earlier save or a whole copy"
"""What to do about a missing sheet, for messages."""


def lacking(side: Side, meant: Collection[str]) -> tuple[str, ...]:
    """Return the sheets of ``meant`` that a copy does not show, in schema order.

    A sheet without its id column counts as missing: its rows cannot be told apart.
    """
    return tuple(sheet for sheet in SHEETS if sheet in meant and not side.shows(sheet))


def named(sheets: Collection[str]) -> str:
    """Return sheet names joined for a sentence. Raises ValueError for none.

    >>> named(["Deal"]), named(["Deal", "Project", "Fees"])
    ('the sheet Deal', 'the sheets Deal, Project and Fees')
    """
    *most, last = sheets
    if not most:
        return f"the sheet {last}"
    return f"the sheets {', '.join(most)} and {last}"


def without(sheets: Collection[str]) -> str:
    """Return the clause that says these sheets, or their id columns, are missing."""
    are = "is" if len(sheets) == 1 else "are"
    return f"{named(sheets)} {are} missing, or {'its' if len(sheets) == 1 else 'their'} ids"


def name_of(sheets: Collection[str]) -> str:
    """Return the guard's name for missing sheets: `NO_DEALS` if Deal is one, else `MISSING`."""
    return NO_DEALS if "Deal" in sheets else MISSING


def missing_sheets(base: Side, ours: Side, theirs: Side) -> Iterator[Guard]:
    """Yield a guard for each copy that lacks sheets of the base; without a base, of the other copy.

    A copy is not reported for sheets that its base lacked too.
    """
    for side, other, whose in ((ours, theirs, "ours"), (theirs, ours, "theirs")):
        start = base if base.layout.sheets else other
        gone = lacking(side, [sheet for sheet in ALWAYS if start.shows(sheet)])
        if gone:
            yield Guard(name_of(gone), whose, ", ".join(gone), f"{without(gone)}. {HOW}")
