"""How much a workbook may ask of the reader before it is refused."""

from typing import NamedTuple

from sheetrecord.xlsx.errors import Refused


class Limits(NamedTuple):
    """Upper bounds, checked while inflating and scanning, before memory is spent.

    The defaults admit a genuine book of 1,048,576 rows x 20 columns (about 1 GB of XML, 21
    million cells): that is large, not hostile. Raise one with ``Limits(cells=10**8)``.
    """

    inflated: int = 2 << 30
    """Bytes of XML over all the parts that are read. 21 million cells take about 1 GB."""
    ratio: int = 250
    """Inflated bytes per packed byte, once a part is above `floor`. Dense sheets of equal cells
    reach about 60; deflate itself ends at 1,032."""
    floor: int = 16 << 20
    """Bytes a part may inflate to before its ratio is looked at."""
    file: int = 250 << 20
    """Bytes of the file itself, which is read whole. A genuine book of that size takes 200 MB."""
    cells: int = 32_000_000
    """Cells of one sheet that hold something."""
    strings: int = 16_000_000
    """Entries of the shared string table."""
    names: int = 500_000
    """Defined names. Old models have carried some 60,000."""
    depth: int = 64
    """Nesting of XML elements. Worksheets stay below 12."""
    item: int = 32 << 20
    """Bytes of XML in one row, in one shared string, or before the first of them."""
    tags: int = 200_000
    """Tags in one list of parts. A sheet with 65,000 hyperlinks has 65,000."""
    formulas: int = 64 << 20
    """Characters that a sheet's shared formulas spell out, beyond four times its own XML."""


def too_many_cells(most: int) -> Refused:
    """Return the error for a sheet with more cells than the limit."""
    return exceeded("cells", f"a sheet has more than {most:,} cells")


def exceeded(limit: str, what: str) -> Refused:
    """Return the error that names the limit and what to do about it.

    >>> str(exceeded("names", "it has more than 500,000 defined names"))
    'The workbook is too much to read safely: it has more than 500,000 defined names \
(limit "names"). If it is genuine, split it or raise the limit.'
    """
    return Refused(
        "bomb" if limit in {"inflated", "ratio", "formulas"} else f"limit-{limit}",
        f'The workbook is too much to read safely: {what} (limit "{limit}"). '
        "If it is genuine, split it or raise the limit.",
    )
