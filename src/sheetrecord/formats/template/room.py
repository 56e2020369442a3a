"""How wide the columns of a data sheet are and how high its rows, so that every text is whole."""

import math
from collections.abc import Sequence
from typing import Final

from sheetrecord.formats.template import measure
from sheetrecord.formats.template.plan import SheetPlan
from sheetrecord.formats.template.rows import Cells
from sheetrecord.formats.template.style import (
    HEADER_SIZE,
    SIZE,
    WIDTHS,
    indent_of,
    is_wrapped,
    size_of,
)
from sheetrecord.formats.template.values import content
from sheetrecord.schema.column import Column, Kind
from sheetrecord.schema.packs import Pack

_WIDE: Final = {
    ("Deal", "client"): 24,
    ("Deal", "deal_name"): 26,
    ("Deal", "next_step"): 30,
    ("Deal", "won_reason"): 40,
    ("Deal", "answered"): 11,
    ("Context", "prompt"): 60,
    ("Commitments", "prompt"): 60,
    ("Context", "answer"): 52,
    ("Context", "driver"): 28,
    ("Context", "note"): 30,
    ("Project", "title"): 36,
    ("Project", "status_reason"): 32,
    ("Commitments", "what"): 52,
    ("Fees", "description"): 32,
    ("Gaps", "found_how"): 28,
}
_WIDEST_LABEL: Final = 26
"""A longer label of a list is wrapped."""

_MOST_LINES: Final = 2
"""Lines of a header."""

_BUTTON: Final = 16
"""Points below a header's text that the button of the filter needs; it stands there alone."""

PLAIN_HEIGHT: Final = 15
"""Points of a row with one line of text: the default of the workbook."""


class Room:
    """The widths and heights of one data sheet."""

    def __init__(self, sheet: SheetPlan, words: Pack) -> None:
        self.sheet, self.words = sheet, words
        self.widths = tuple(self._width(column) for column in sheet.columns)
        shown = list(zip(sheet.columns, self.widths, strict=True))[: -sheet.hidden or None]
        lines = max(self._header_lines(column, width) for column, width in shown)
        self.header_height = measure.height(lines, HEADER_SIZE)
        self.header_height += _BUTTON

    def _header(self, column: Column) -> str:
        return self.words.columns[self.sheet.key][column.key]

    def _width(self, column: Column) -> float:
        """Return the width that shows every word of the header and every label of the list."""
        width: float = _WIDE.get((self.sheet.key, column.key), WIDTHS[column.kind])
        indent = indent_of(column)
        for word in self._header(column).split(" "):
            width = max(width, measure.needed(word, HEADER_SIZE, bold=True, indent=indent))
        if column.kind is Kind.ENUM:
            labels = self.words.enums[column.enum].values()
            longest = max(measure.needed(label, SIZE) for label in labels)
            width = max(width, min(longest, _WIDEST_LABEL))
        while self._header_lines(column, width) > _MOST_LINES:
            width += 0.5
        return width

    def _header_lines(self, column: Column, width: float) -> int:
        pixels = measure.room(width, indent_of(column))
        return measure.lines(self._header(column), pixels, HEADER_SIZE, bold=True)

    def row_height(self, row: Cells) -> float:
        """Return the height of a row in points: all of its texts in sight are whole.

        A row that is ready to be filled is high enough for every question it may come to show.
        """
        tallest = 0.0
        for at, column in enumerate(self.sheet.columns[: self.sheet.front]):
            if is_wrapped(column):
                pixels, size = measure.room(self.widths[at]), size_of(column)
                texts = self._texts(column, row)
                count = max((measure.lines(text, pixels, size) for text in texts), default=1)
                if count > 1:
                    tallest = max(tallest, measure.height(count, size))
        return max(math.ceil(tallest), PLAIN_HEIGHT)

    def _texts(self, column: Column, row: Cells) -> Sequence[str]:
        if column.key == "prompt":
            kind = str(row.get("kind") or "")
            prompts = self.words.prompts
            return (prompts[kind],) if kind in prompts else tuple(prompts.values())
        value = content(column, row, self.words, "EUR")
        return (value,) if isinstance(value, str) else ()
