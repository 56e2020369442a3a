"""`python -m sheetrecord`."""

from sheetrecord.cli import main

main()
