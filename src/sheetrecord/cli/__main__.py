"""`python -m sheetrecord.cli`."""

from sheetrecord.cli import main

main()
