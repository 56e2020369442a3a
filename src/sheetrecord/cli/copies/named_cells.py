"""A cell named as people see it: its sheet and column by their titles, or by their keys."""

from sheetrecord.schema.read.headers import meaning, sheet_meaning
from sheetrecord.schema.sheets import SHEETS


def keyed(cell: str, language: str = "en") -> str:
    """Return a cell with the keys of its sheet and column, where those are named as they stand.

    >>> keyed("Next step"), keyed("Honorare.Nettobetrag", "de"), keyed("F-7K3Q4.net")
    ('next_step', 'Fees.net', 'F-7K3Q4.net')
    """
    first, dot, last = cell.strip().rpartition(".")
    first = first if first in SHEETS else sheet_meaning(first, language) or first
    sheets = [first] if first in SHEETS else list(SHEETS)
    keys = [key for sheet in sheets if (key := meaning(sheet, last, language)[0])]
    known = any(last in SHEETS[sheet].by_key for sheet in sheets)
    return f"{first}{dot}{keys[0]}" if keys and not known else f"{first}{dot}{last}"
