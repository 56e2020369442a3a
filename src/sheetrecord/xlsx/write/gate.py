"""What edits ask to be written, held against what a workbook can hold, before anything is done.

Types are settled here, once an edit; how long, how large and how well formed a cell's value may be
says `cell_xml.check`, where every cell passes.
"""

import datetime as dt
import numbers
import re
from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal
from typing import Final, cast

from sheetrecord.model.value import UNKNOWN, CellError, Formula, Unknown
from sheetrecord.xlsx.edits import (
    AddSheet,
    AppendRows,
    Edit,
    SetCell,
    SetName,
    SetNote,
    SetProperty,
    Value,
)
from sheetrecord.xlsx.errors import Refused
from sheetrecord.xlsx.write.cell_xml import not_a_value, number_text, sound_formula

_PLAIN: Final = frozenset(
    (str, bool, int, float, type(None), dt.date, dt.datetime, dt.time, CellError)
)
_TRUTHS: Final = frozenset(("bool_", "bool"))
"""What libraries of numbers call their own truth values, which are no kind of Python's."""
_CONTROL: Final = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_HALF: Final = re.compile("[\ud800-\udfff]")
_IN_BRACKETS: Final = re.compile(
    r"(?i:black|blue|cyan|green|magenta|red|white|yellow|color ?(?:[1-9]|[1-4][0-9]|5[0-6]))"
    r"|(?:[<>]=?|<>|=)\s*-?[0-9]*\.?[0-9]+(?:[eE][+-]?[0-9]+)?|(?i:h+|m+|s+)"
    r"|\$.*|(?i:DBNum[0-9]+|NatNum[0-9]+.*|ENG)",
    re.DOTALL,
)
"""A colour, a condition, a length of time, a currency or place, or how digits are written."""
_FORMAT: Final = re.compile(r'(?:"[^"]*"|\[[^\[\]"]*\]|[\\_*].|[^"\[\]\\_*])+', re.DOTALL)
_MOST_SECTIONS: Final = 4
_QUOTED: Final = re.compile(r'"[^"]*"|\[[^\[\]]*\]|[\\_*].', re.DOTALL)


def passed(edits: Iterable[Edit]) -> Iterator[Edit]:
    """Yield the edits with values of plain types; `Refused` for what cannot be written."""
    for edit in edits:
        if isinstance(edit, SetCell):
            yield _cell(edit)
        elif isinstance(edit, AppendRows):
            yield _appended(edit)
        elif isinstance(edit, AddSheet):
            yield _sheet(edit)
        elif isinstance(edit, SetName):
            yield edit if edit.text is None else edit._replace(text=sound_formula(edit.text))
        else:
            if isinstance(edit, SetNote):
                _check_note(edit)
            yield _property(edit) if isinstance(edit, SetProperty) else edit


def plain(value: object) -> Value:
    """Return a value as one of the types a cell knows: a Decimal is a number.

    Raises `Refused` for a value that is none of them, such as a length of time.
    """
    if type(value) in _PLAIN:
        return cast("Value", value)
    if isinstance(value, Formula):
        return _formula(value)
    if isinstance(value, str):
        return str.__str__(value)
    if isinstance(value, (numbers.Real, Decimal)):
        return int(value) if isinstance(value, numbers.Integral) else _number(value)
    if isinstance(value, (dt.date, dt.time, CellError)):
        if value == value:  # noqa: PLR0124 - what is not itself is no date (NaT)
            return value
    elif type(value).__name__ in _TRUTHS:
        return bool(value)
    raise not_a_value(value)


def _formula(value: Formula) -> Formula:
    """Return a formula with a plain result; the same one when it has, as nearly always."""
    cached: object = value.cached
    if type(cached) in _PLAIN or cached is UNKNOWN:
        return value
    result = plain(cached)
    if isinstance(result, Formula):
        raise not_a_value(result)
    return value._replace(cached=result)


def _number(value: numbers.Real | Decimal) -> float:
    try:
        return float(value)
    except (OverflowError, ValueError):  # too large, or a Decimal that is made to fail
        raise Refused(
            "number", f"A cell cannot hold {str(value)[:60]}: enter a number or leave it empty."
        ) from None


def _cell(edit: SetCell) -> SetCell:
    if edit.number_format is not None:
        _check_format(edit.number_format)
    value = plain(edit.value)
    return edit if value is edit.value else edit._replace(value=value)


def _appended(edit: AppendRows) -> AppendRows:
    """Return the edit with plain values; the same edit when they are, as nearly always."""
    if _all_plain([row.values() for row in edit.rows]):
        return edit
    rows = [{column: plain(value) for column, value in row.items()} for row in edit.rows]
    return edit._replace(rows=rows)


def _sheet(edit: AddSheet) -> AddSheet:
    if edit.style:
        return edit  # its rows may be made as they are looked at: `NewSheet` asks of each value
    if _all_plain(edit.rows):
        return edit
    return edit._replace(rows=[[plain(value) for value in row] for row in edit.rows])


def _all_plain(rows: Sequence[Iterable[object]]) -> bool:
    """Whether all values, and all results of formulas, are of plain types."""
    kinds: set[type] = set()
    for row in rows:
        kinds.update(map(type, row))
    if Formula in kinds:
        kinds -= {Formula}
        for row in rows:
            kinds.update(type(value.cached) for value in row if type(value) is Formula)
        kinds -= {Unknown}
    return kinds <= _PLAIN


def _check_format(code: str) -> None:
    sections = _QUOTED.sub("", code).count(";") + 1
    inside = [found[1:-1] for found in _QUOTED.findall(code) if found[0] == "["]
    known = all(map(_IN_BRACKETS.fullmatch, inside))
    sound = known and _FORMAT.fullmatch(code) and not _CONTROL.search(code)
    if not sound or len(code) > 255 or sections > _MOST_SECTIONS:
        raise Refused(
            "number-format",
            f"{code[:60]!r} is no number format: it has up to 255 characters and four sections, "
            'every " and [ is closed, and in [ ] stands a colour, a condition or a currency.',
        )


def _property(edit: SetProperty) -> SetProperty:
    """Return the edit with a value of a plain type."""
    value: object = edit.value
    if not isinstance(value, (dt.date, dt.time, Formula, CellError, type(None))):
        try:
            value = plain(value)
        except Refused as refused:
            if refused.reason != "value":
                raise
    if not isinstance(value, (str, bool, int, float, type(None))):
        raise Refused(
            "property",
            f"Property {edit.name!r} cannot hold a {type(value).__name__}: give it a text, a "
            "number or yes or no.",
        )
    if isinstance(value, (int, float)):
        number_text(value)
    for text in (edit.name, value):
        if isinstance(text, str) and _CONTROL.search(text):
            raise Refused(
                "property", f"Property {edit.name!r} holds a character that XML has not: remove it."
            )
    return edit._replace(value=value)


def _check_note(edit: SetNote) -> None:
    if _CONTROL.search(edit.author):
        raise Refused("note", "The author of a note has a character that XML has not: remove it.")
    if _HALF.search(edit.text):
        raise Refused("note", "The text of a note has half a character: copy it again.")
