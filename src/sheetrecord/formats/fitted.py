"""Columns of a sheet of ours made as wide as the words of their header, in whatever language."""

from collections.abc import Sequence
from typing import Final

from sheetrecord.model.sheet_style import SheetStyle

_SIZE: Final = 10
"""Points of a header."""


def fitted(style: SheetStyle, header: Sequence[str]) -> SheetStyle:
    """Return the style with columns in which no word of the header is broken or cut."""
    from sheetrecord.formats.template.measure import needed  # here: a sheet is seldom made

    columns = tuple(
        column._replace(
            width=max(column.width, *(needed(word, _SIZE, bold=True) for word in text.split()))
        )
        for column, text in zip(style.columns, header, strict=True)
    )
    return style._replace(columns=columns)
