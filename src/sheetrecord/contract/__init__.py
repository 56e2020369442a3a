"""What every `--format json` prints, declared once as plain types.

The published schemas in `docs/json/` are derived from these types, and the tests hold what the
commands print against them. Nothing here is needed to print: a program that only reads a
workbook loads none of it.

A field is added within ``schema`` 1; one that changes its meaning or goes away raises the number.
"""
