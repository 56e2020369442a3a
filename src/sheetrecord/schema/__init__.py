"""Declarations: every sheet, column, list and prompt of the record, and how to read them."""
