"""A Google spreadsheet as a workbook: read in one request, written in one that can be taken back."""
