"""English input messages: the declarations hold them."""

from sheetrecord.schema.sheets import SHEETS

HELP = {key: {c.key: c.help for c in sheet.columns} for key, sheet in SHEETS.items()}
