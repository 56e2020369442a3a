"""The record as JSON Schema, for programs that read or write it."""

from collections.abc import Iterable
from typing import Final

from sheetrecord.schema.column import Column, Kind, Row
from sheetrecord.schema.lists import ENUMS
from sheetrecord.schema.sheets import SCHEMA_VERSION

_TYPES: Final[dict[Kind, dict[str, object]]] = {
    Kind.ID: {"type": "string"},
    Kind.REF: {"type": "string"},
    Kind.TEXT: {"type": "string"},
    Kind.PROSE: {"type": "string"},
    Kind.PERSON: {"type": "string"},
    Kind.LINK: {"type": "string"},
    Kind.CURRENCY: {"type": "string", "pattern": "^([A-Z]{3})?$"},
    Kind.DATE: {"type": ["string", "null"], "format": "date"},
    Kind.MONTH: {"type": "string", "pattern": "^([0-9]{4}-[0-9]{2})?$"},
    Kind.MONEY: {"type": ["integer", "null"]},
    Kind.NUMBER: {"type": ["number", "null"]},
    Kind.PERCENT: {"type": ["number", "null"]},
    Kind.FLAG: {"type": "boolean"},
}


def json_schema(sheets: Iterable[type[Row]]) -> dict[str, object]:
    """Return the schema of a record: an array of rows for each sheet.

    Money is in minor units of the row's or its deal's currency; a percentage of 19 % is 0.19.
    """
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "sheetrecord",
        "version": SCHEMA_VERSION,
        "type": "object",
        "properties": {sheet.sheet: {"type": "array", "items": _row(sheet)} for sheet in sheets},
    }


def _row(sheet: type[Row]) -> dict[str, object]:
    return {
        "type": "object",
        "required": [sheet.columns[0].key],
        "additionalProperties": False,
        "properties": {column.key: _column(column) for column in sheet.columns},
    }


def _column(column: Column) -> dict[str, object]:
    told: dict[str, object] = {"description": column.help, "x-owner": column.owner.value}
    if column.kind is Kind.ENUM:
        told |= {"enum": ["", *ENUMS[column.enum]]}
    else:
        told |= _TYPES[column.kind]
    if column.kind is Kind.MONEY:
        told["x-unit"] = "minor units"
    if column.to_sheet:
        told["x-refers-to"] = column.to_sheet
    if column.from_stage:
        told["x-needed-from"] = column.from_stage
        told["x-blocks"] = column.blocks
    if column.formula:
        told["readOnly"] = column.derived
    return told
