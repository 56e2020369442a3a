"""The read-only view, written as a folder of pages or as a protected workbook."""
