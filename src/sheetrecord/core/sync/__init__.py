"""Sync: merge several workbook copies into one record and back, without losing an edit."""
