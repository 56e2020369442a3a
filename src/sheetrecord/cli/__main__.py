"""`python -m sheetrecord.cli`."""

from sheetrecord.cli import alone

alone()
