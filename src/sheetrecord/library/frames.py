"""A record as pandas frames, and frames as a new record."""

import datetime as dt
import math
from collections.abc import Mapping, Sequence
from decimal import Decimal
from pathlib import Path
from typing import Any, Final

from sheetrecord.app.create import NewWorkbookRequest, created
from sheetrecord.model.errors import BadSettings, MissingExtra
from sheetrecord.model.money import exponent, to_minor
from sheetrecord.schema.column import Column, Kind
from sheetrecord.schema.lists import ENUMS
from sheetrecord.schema.packs import LANGUAGES, pack
from sheetrecord.schema.read.headers import meaning
from sheetrecord.schema.record import Record
from sheetrecord.schema.sheets import SHEETS

_DTYPES: Final = {
    Kind.DATE: "datetime64[s]",
    Kind.MONEY: "Float64",
    Kind.NUMBER: "Float64",
    Kind.PERCENT: "Float64",
    Kind.FLAG: "boolean",
    Kind.ENUM: "category",
    Kind.CURRENCY: "category",
}
"""The dtype of each kind of column; all others are ``string``."""


def frames(record: Record) -> dict[str, Any]:
    """Return a frame for each sheet of a record. Raises MissingExtra without pandas."""
    return {sheet: frame(record, sheet) for sheet in SHEETS}


def frame(record: Record, sheet: str) -> Any:
    """Return a sheet's rows as a frame whose columns are the keys of docs/schema.md.

    Days are ``datetime64``, amounts ``Float64`` in major units beside their currency, ticks
    ``boolean``, choices categories of codes, all else ``string``; a blank cell is missing.
    """
    pandas = _pandas()
    rows, columns = record.rows(sheet), SHEETS[sheet].columns
    money = {one.id: one.currency for one in record.by_deal.values()}
    found = {}
    for column in columns:
        values = [_value(row, column, money) for row in rows]
        dtype = _DTYPES.get(column.kind, "string")
        if column.kind is Kind.ENUM:
            dtype = pandas.CategoricalDtype(list(ENUMS.get(column.enum, ())) or None)
        found[column.key] = pandas.Series(values, dtype=dtype, name=column.key)
    return pandas.DataFrame(found, columns=[column.key for column in columns])


def _value(row: Any, column: Column, currency_of: Mapping[str, str]) -> Any:
    value = row.get(column.key)
    if value is None or value == "":
        return None
    if column.kind is Kind.MONEY:
        known = row.by_key
        own = row.get("currency") if "currency" in known else ""
        deal = str(row.get("deal_id")) if "deal_id" in known else ""
        return value / 10 ** exponent(own or currency_of.get(deal, "") or "EUR")
    if column.kind in {Kind.NUMBER, Kind.PERCENT}:
        return float(value)
    if column.kind in {Kind.FLAG, Kind.DATE, Kind.ENUM, Kind.CURRENCY}:
        return value
    return value.isoformat() if isinstance(value, dt.date) else str(value)


def from_frames(
    tables: Mapping[str, object],
    path: str | Path,
    *,
    template: str = "consultancy",
    language: str = "en",
    currency: str = "EUR",
) -> Path:
    """Make a new workbook at ``path`` of rows that another program knows; return the path.

    ``tables`` holds, by sheet (key or title in any language that ships), a pandas frame or a
    sequence of mappings. Columns are keys or headers in any of these languages. Days are dates,
    amounts numbers in major units, choices codes or labels; missing values are blank. Raises
    BadSettings for a sheet, column or value that is not the record's, each with its place, and
    CannotWrite when the file exists.
    """
    rows = {}
    for title, table in tables.items():
        sheet = _sheet(title)
        rows[sheet] = [
            _cells(sheet, title, number, row, currency)
            for number, row in enumerate(_dicts(table), start=1)
        ]
    to = Path(path)
    created(to, NewWorkbookRequest(template, language, currency), rows)
    return to


def _dicts(table: Any) -> Sequence[Mapping[str, Any]]:
    if hasattr(table, "to_dict"):
        found: Sequence[Mapping[str, Any]] = table.to_dict("records")
        return found
    return list(table)


def _sheet(title: str) -> str:
    for sheet in SHEETS:
        if title == sheet or any(pack(lang).sheets[sheet] == title for lang in LANGUAGES):
            return sheet
    known = ", ".join(SHEETS)
    raise BadSettings(f'"{title}"', "no sheet of the record is called this.", f"Use {known}.")


def _cells(
    sheet: str, title: str, number: int, row: Mapping[str, object], currency: str
) -> dict[str, Any]:
    found: dict[str, Any] = {}
    own = next((str(row[key]) for key in row if meaning(sheet, key, "en")[0] == "currency"), "")
    for header, value in row.items():
        key, _ = meaning(sheet, str(header), "en")
        place = f"{title}, row {number}, {header}"
        if not key:
            raise BadSettings(
                place, "no column of this sheet is called this.", "See docs/schema.md."
            )
        column = SHEETS[sheet].by_key[key]
        if not _blank(value) and not column.derived:
            found[key] = _typed(column, value, own or currency, place)
    return found


def _blank(value: object) -> bool:
    """Tell whether a value is missing: None, an empty text, NaN, or pandas' NA and NaT."""
    if value is None or value == "" or type(value).__name__ in {"NAType", "NaTType"}:
        return True
    return isinstance(value, float) and math.isnan(value)


def _typed(column: Column, value: Any, currency: str, place: str) -> Any:
    """Return a value as the record holds it. Raises BadSettings for one that does not fit."""
    try:
        if column.kind is Kind.MONEY:
            return _minor(value, currency)
        if column.kind is Kind.DATE:
            day = value.date() if isinstance(value, dt.datetime) else value
            return day if isinstance(day, dt.date) else dt.date.fromisoformat(str(day))
        if column.kind in {Kind.NUMBER, Kind.PERCENT}:
            return float(value)
        if column.kind is Kind.FLAG:
            return bool(value)
        return _code(column, str(value)) if column.enum else str(value)
    except (ValueError, ArithmeticError) as error:
        raise BadSettings(place, f"{error}.", "Mend it there and run this again.") from error


def _minor(value: object, currency: str) -> int:
    minor, whole = to_minor(Decimal(str(value)), currency)
    if not whole:
        raise ValueError(f"{value} has parts of the smallest unit of {currency}")
    return minor


def _code(column: Column, text: str) -> str:
    codes = ENUMS[column.enum]
    if text in codes:
        return text
    for language in LANGUAGES:
        for code, label in pack(language).enums[column.enum].items():
            if label.casefold() == text.strip().casefold():
                return code
    raise ValueError(f'"{text}" is none of {", ".join(codes)}')


def _pandas() -> Any:
    try:
        import pandas as pd
    except ImportError as error:
        raise MissingExtra("pandas", "pandas") from error
    return pd
