"""Changing a workbook: each edit's work on the parts of the package."""
