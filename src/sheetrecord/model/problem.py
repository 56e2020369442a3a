"""A problem: what is wrong with the content, where it is and how to correct it."""

from enum import IntEnum
from typing import NamedTuple

from sheetrecord.model.edit import Edit


class Severity(IntEnum):
    """How bad: an error keeps the gate shut, a warning is said, a note is only counted."""

    NOTE = 1
    WARNING = 2
    ERROR = 3

    @property
    def word(self) -> str:
        """The word printed and accepted in settings."""
        return self.name.lower()


class Where(NamedTuple):
    """A place in a workbook: the sheet's and cell's present address and their identity."""

    sheet: str = ""
    row: int = 0
    column: int = 0
    row_id: str = ""
    key: str = ""

    @property
    def address(self) -> str:
        """Return e.g. ``Context!E14``, ``Context!14:14``, ``Context`` or ``""``.

        >>> Where("Context", 14, 5).address, Where("Context").address
        ('Context!E14', 'Context')
        """
        sheet = self.sheet
        if sheet and not sheet.isidentifier():
            sheet = "'" + sheet.replace("'", "''") + "'"
        if not self.row and self.column:
            letters = column_letters(self.column)
            return f"{sheet}!{letters}:{letters}"
        if not self.row:
            return sheet
        if not self.column:
            return f"{sheet}!{self.row}:{self.row}"
        return f"{sheet}!{column_letters(self.column)}{self.row}"


class Problem(NamedTuple):
    """One thing wrong with the content: collected, sorted by place, never raised.

    ``do`` says how to mend it. ``gate``: it keeps its deal's gate shut at the stage judged;
    ``handover``: it would at closing; ``waived``: somebody let it pass, with name and reason.
    """

    code: str
    name: str
    severity: Severity
    where: Where
    message: str
    do: str = ""
    deal_id: str = ""
    gate: bool = False
    handover: bool = False
    waived: bool = False
    fix: tuple[Edit, ...] = ()


def column_letters(column: int) -> str:
    """Return the letters of a 1-based column.

    >>> column_letters(1), column_letters(27), column_letters(16384)
    ('A', 'AA', 'XFD')
    """
    letters = ""
    while column:
        column, rest = divmod(column - 1, 26)
        letters = chr(65 + rest) + letters
    return letters


def column_number(letters: str) -> int:
    """Return the 1-based number of a column's letters.

    >>> column_number("A"), column_number("XFD")
    (1, 16384)
    """
    number = 0
    for letter in letters.upper():
        number = number * 26 + ord(letter) - 64
    return number
