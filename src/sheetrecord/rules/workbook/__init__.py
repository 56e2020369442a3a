"""Rules about the workbook itself: sheets, headers, settings, cells, rows, links."""
