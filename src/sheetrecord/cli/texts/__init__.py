"""Every sentence that commands print about a workbook, each in all languages side by side."""
