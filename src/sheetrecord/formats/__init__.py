"""Formats: each reads a workbook into a `Book` and knows one kind of file."""
