"""A workbook file of what a program tells of its cells: to be read and previewed as any file."""

import datetime as dt
import io
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, Final, NamedTuple, TypeAlias

if TYPE_CHECKING:
    from xlsxwriter.worksheet import Worksheet

Grid: TypeAlias = list[list[str]]
"""What was typed into each cell, row by row from the first; formulas begin with ``=``."""

_DAY: Final = "yyyy-mm-dd"
_MOMENT: Final = "yyyy-mm-dd hh:mm:ss"
_TIME: Final = "hh:mm:ss"


class SheetSaid(NamedTuple):
    """A sheet: what was typed into its cells, and what they show."""

    name: str
    visible: bool
    formulas: Grid
    values: Sequence[Sequence[Any]]


def package_of(sheets: Sequence[SheetSaid], names: dict[str, str]) -> bytes:
    """Return a workbook file with these cells, results of formulas included, and these names."""
    from xlsxwriter import Workbook

    out = io.BytesIO()
    options = {"in_memory": True, "use_future_functions": True, "strings_to_numbers": False}
    book = Workbook(out, options)
    forms = {form: book.add_format({"num_format": form}) for form in (_DAY, _MOMENT, _TIME)}
    for said in sheets:
        sheet = book.add_worksheet(said.name)
        _fill(sheet, said, forms)
        if not said.visible:
            sheet.hide()
    for name, refers_to in names.items():
        book.define_name(name, refers_to)
    book.close()
    return out.getvalue()


def _fill(sheet: "Worksheet", said: SheetSaid, forms: dict[str, Any]) -> None:
    for row, (formulas, values) in enumerate(zip(said.formulas, said.values, strict=False)):
        for column, (formula, value) in enumerate(zip(formulas, values, strict=False)):
            if formula != "":
                _put(sheet, (row, column), formula, value, forms)


def _put(
    sheet: "Worksheet", place: tuple[int, int], formula: str, value: Any, forms: dict[str, Any]
) -> None:
    form, plain = _plain(value)
    if formula.startswith("=") and formula != value:
        result = "" if plain is None else plain
        sheet.write_formula(*place, formula, forms.get(form), result)
    elif isinstance(value, bool):
        sheet.write_boolean(*place, value)
    elif isinstance(plain, float | int):
        sheet.write_number(*place, plain, forms.get(form))
    else:
        sheet.write_string(*place, formula if value is None else str(value))


def _plain(value: Any) -> tuple[str, Any]:
    """Return a value as a file holds it, with the format of a day; xlwings gives days as such."""
    if isinstance(value, dt.datetime):
        days = (value.replace(tzinfo=None) - dt.datetime(1899, 12, 30)) / dt.timedelta(days=1)  # noqa: DTZ001
        if 0 <= days < 1:
            return _TIME, days
        return (_DAY if days == int(days) else _MOMENT), days
    return "", value
