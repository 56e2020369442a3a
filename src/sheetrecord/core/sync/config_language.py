"""The language of a record, from the settings kept with it, without reading them as a workbook."""

from collections.abc import Mapping
from typing import Final

from sheetrecord.model.value import Cell
from sheetrecord.schema.names import setting_name
from sheetrecord.schema.packs import LANGUAGES

NAMES: Final = ""
"""The title under which the defined names stand (`core.sync.store_protocol.Snapshot`)."""


def language_kept(config: Mapping[str, tuple[tuple[Cell, ...], ...]]) -> str:
    """Return the language that a record's settings name, English where they name none."""
    for name, title, top, left, *_ in config.get(NAMES, ()):
        if name != setting_name("language"):
            continue
        rows = config.get(str(title), ())
        row = rows[int(str(top)) - 1] if int(str(top)) <= len(rows) else ()
        found = row[int(str(left)) - 1] if int(str(left)) <= len(row) else ""
        return str(found) if found in LANGUAGES else "en"
    return "en"
