"""A Google spreadsheet as a workbook: one request reads it, one writes it and can be undone."""
