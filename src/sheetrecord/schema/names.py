"""Defined names: how a sheet, a column, a list or a setting is found wherever it was moved.

Each is workbook-scoped and built of letters, digits and underscores only, which Excel,
Google Sheets and LibreOffice all keep.
"""

from typing import Final

PREFIX: Final = "sr_"

OWN: Final = "sheetrecord_"
"""How the names begin of sheets that commands make for people to read."""

TEMPLATE: Final = "sr_template"
"""The name that says what the workbook was made from, as a text: ``consultancy/1/en``."""


def column_name(sheet: str, key: str) -> str:
    """Return the name of a column's header cell, e.g. ``sr_Context_answer``."""
    return f"{PREFIX}{sheet}_{key}"


def list_name(enum: str, part: str) -> str:
    """Return the name of one column of a list, e.g. ``sr_list_stage_label``."""
    return f"{PREFIX}list_{enum}_{part}"


def setting_name(setting: str) -> str:
    """Return the name of a setting's cell or table, e.g. ``sr_set_asof``."""
    return f"{PREFIX}set_{setting}"
