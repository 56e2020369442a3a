"""`python -m sheetrecord`."""

from sheetrecord.cli import alone

alone()
