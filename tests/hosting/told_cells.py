"""A workbook told cell by cell, as a program tells it that has it open: serial days, formats."""

import datetime as dt
from typing import Any

from sheetrecord.model.book import Book, Range, quoted
from sheetrecord.model.problem import column_letters
from sheetrecord.model.value import UNKNOWN, Cell, CellError, Formula
from sheetrecord.schema.names import TEMPLATE

_FIRST = dt.date(1899, 12, 30)


def told(book: Book, name: str = "firm.xlsx") -> dict[str, Any]:
    """Return the ``book`` of a request that holds a workbook's cells."""
    names = {key: _reference(area) for key, area in book.names.items() if area is not None}
    if book.origin:
        names[TEMPLATE] = f"={book.origin}"
    return {
        "name": name,
        "names": names,
        "properties": dict(book.properties),
        "sheets": [
            {
                "name": title,
                "state": sheet.state,
                "merged": [_reference(area).partition("!")[2] for area in sheet.merged],
                "cells": [
                    {"row": row, "column": column, **_cell(value)}
                    for column, cells in sheet.columns.items()
                    for row, value in zip(cells.rows, cells.values, strict=True)
                    if value is not None
                ],
            }
            for title, sheet in book.sheets.items()
        ],
    }


def _reference(area: Range) -> str:
    first = f"${column_letters(area.left)}${area.top}"
    last = f"${column_letters(area.right)}${area.bottom}"
    return f"={quoted(area.sheet)}!{first}:{last}"


def _cell(value: Cell) -> dict[str, Any]:
    if isinstance(value, Formula):
        shown = {} if value.cached is UNKNOWN else _cell(value.cached)  # type: ignore[arg-type]
        found = {"value": f"={value.text}", "shows": shown.get("value", "")}
        return found | ({"form": shown["form"]} if "form" in shown else {})
    if isinstance(value, dt.datetime):
        day = (value.date() - _FIRST).days
        part = (value - dt.datetime.combine(value.date(), dt.time())).total_seconds() / 86400
        return {"value": day + part, "form": "yyyy-mm-dd hh:mm"}
    if isinstance(value, dt.date):
        return {"value": (value - _FIRST).days, "form": "yyyy-mm-dd"}
    if isinstance(value, dt.time):
        seconds = value.hour * 3600 + value.minute * 60 + value.second
        return {"value": seconds / 86400, "form": "hh:mm"}
    return {"value": value.code if isinstance(value, CellError) else value}
