"""Commands about one workbook and its set-up: made, checked, explained, migrated."""
