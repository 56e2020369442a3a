"""Read and patch .xlsx and .xlsm files, touching only what was asked."""

from sheetrecord.xlsx.grid import Grid
from sheetrecord.xlsx.limits import Limits
from sheetrecord.xlsx.reader import Workbook, open_workbook
from sheetrecord.xlsx.refuse import Refused

__all__ = ["Grid", "Limits", "Refused", "Workbook", "open_workbook"]
