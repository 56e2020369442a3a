"""Live formulas: from the notation of the declarations to what a spreadsheet program reads.

| notation         | becomes                                                      |
|------------------|--------------------------------------------------------------|
| ``[key]``        | the cell of that column in the same row: ``$C7``             |
| ``[Sheet.key]``  | that whole column: ``Context!$B:$B``                         |
| ``<enum.code>``  | the cell in `Lists` with the firm's label: ``Lists!$B$7``    |
| ``<enum:part>``  | a column of a list: ``Lists!$B$5:$B$24``                     |
| ``{setting}``    | the cell of a setting: ``Settings!$B$3``                     |
| ``{gate:now}``   | the gate's own formula, see `schema.formulas.gate`                    |

Only functions that Excel 2016, Google Sheets, LibreOffice and Gnumeric share are used.
"""

import re
from collections.abc import Callable
from contextlib import suppress
from functools import cache
from typing import Protocol

from sheetrecord.schema.column import Column
from sheetrecord.schema.formulas import gate
from sheetrecord.schema.lists import ENUMS
from sheetrecord.schema.sheets import SHEETS

_MARK = (
    r"\[(?:(?P<sheet>[A-Z]\w*)\.)?(?P<key>\w+)\]"
    r"|<(?P<enum>[a-z]\w*)(?P<how>[.:])(?P<what>\w+)>"
    r"|\{(?P<setting>\w+)(?::(?P<option>\w+))?\}"
)


class Places(Protocol):
    """Addresses of columns, lists and settings in one workbook; absolute, and quoted as needed."""

    def cell(self, sheet: str, key: str) -> str:
        """Return the column letters of a column of the record."""

    def title(self, sheet: str) -> str:
        """Return the sheet's present name, quoted for a formula when it needs to be."""

    def label(self, enum: str, code: str) -> str:
        """Return the address of a code's label."""

    def list(self, enum: str, part: str) -> str:
        """Return the range of a column of a list."""

    def setting(self, name: str) -> str:
        """Return the address of a setting."""


def expand(column: Column) -> str:
    """Return a column's formula with the gate's own formulas put in, still in notation."""
    return _gate().get(column.formula, column.formula)


@cache
def _gate() -> dict[str, str]:
    return gate.formulas(SHEETS["Deal"].columns)


def render(column: Column, row: int, places: Places) -> str:
    """Return a column's formula for one row, without the leading ``=``.

    Raises KeyError when the workbook lacks a column or list that the formula needs.
    """
    return fitting(column, places).replace("\0", str(row))


def fitting(column: Column, places: Places) -> str:
    """Return the pattern of the newest formula of a column that a workbook can hold.

    A workbook of an older version lacks columns that the present formula reads. Raises KeyError
    when it can hold none.
    """
    try:
        return pattern(column, places)
    except KeyError:
        from sheetrecord.schema.steps import formulas_before  # few workbooks need it

        for _, older in formulas_before(column.sheet, column.key):
            with suppress(KeyError):
                return pattern(column._replace(formula=older), places)
        raise


def pattern(column: Column, places: Places) -> str:
    """Return a column's formula with a NUL where the row number goes: one for many rows."""
    return translate(expand(column), places, lambda key: f"${places.cell(column.sheet, key)}\0")


def translate(notation: str, places: Places, own: Callable[[str], str]) -> str:
    """Translate a formula from the notation to spreadsheet syntax; ``own`` locates ``[key]``."""

    def put(match: re.Match[str]) -> str:
        sheet, key, enum, how, what, setting, option = match.groups()
        if key and sheet:
            letters = places.cell(sheet, key)
            return f"{places.title(sheet)}!${letters}:${letters}"
        if key:
            return own(key)
        if enum:
            return places.label(enum, what) if how == "." else places.list(enum, what)
        if setting == "state_number":
            return str(ENUMS["state"].index(option) + 1)
        return places.setting(setting)

    return re.sub(_MARK, put, notation)
