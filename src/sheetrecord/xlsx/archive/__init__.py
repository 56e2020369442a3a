"""The zip package of a workbook: its directory, its members, and rewriting it."""
