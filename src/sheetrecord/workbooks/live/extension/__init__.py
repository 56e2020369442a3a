"""The extension's own files, as LibreOffice reads them; nothing here is imported by us."""
