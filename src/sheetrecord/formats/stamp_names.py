"""Where a stamp stands in a workbook: the names of its document properties and of its sheet."""

from typing import Final

RECORD: Final = "sheetrecord_record"
GENERATION: Final = "sheetrecord_generation"
MARK: Final = "sheetrecord_history"

SHEET: Final = "sr_stamp"
"""The hidden sheet; its first column names what stands in the second."""
