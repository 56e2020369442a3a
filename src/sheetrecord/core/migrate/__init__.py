"""Bring a workbook to the present version of the schema: what changes, planned and not written."""
