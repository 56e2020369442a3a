"""The sheet of problems: a headline, frozen headers, a line for each problem with its cell."""

import datetime as dt
from collections.abc import Sequence
from typing import Final

from sheetrecord.core.annotation import ProblemLine
from sheetrecord.core.check_words import check_words, counted
from sheetrecord.formats.fitted import fitted
from sheetrecord.model.sheet_style import ColumnStyle, Head, Look, SheetStyle
from sheetrecord.model.value import Cell

_HEADERS: Final = ("severity", "rule", "cell", "deal", "wrong", "do")
_LONGEST: Final = 32_767
"""Characters that a cell of a spreadsheet holds."""

_TEXT: Final = Look(wrap=True)
_MILD: Final = Look(colour="595959")
_LOOKS: Final = {
    "error": Look(bold=True, colour="9C0006"),
    "warning": Look(bold=True, colour="7F6000"),
}
_STYLE: Final = SheetStyle(
    "problems",
    (
        ColumnStyle(10, _MILD),
        ColumnStyle(11, _TEXT),
        ColumnStyle(22, Look(underline=True, colour="0B5394"), links=True),
        ColumnStyle(10, _TEXT),
        ColumnStyle(62, _TEXT),
        ColumnStyle(62, _TEXT),
    ),
    (
        Head(Look(bold=True, size=14), 24),
        Head(Look(colour="595959"), 16),
        Head(Look(bold=True, colour="FFFFFF", fill="1F3A4D", wrap=True), 20),
    ),
    lines=0,
    tab="9C0006",
    printed=True,
    filtered=True,
)


def style(language: str) -> SheetStyle:
    """Return how the sheet looks: its words for severities are coloured."""
    told = check_words(language)
    words = tuple((told[code], look) for code, look in _LOOKS.items())
    first, *more = _STYLE.columns
    made = _STYLE._replace(columns=(first._replace(words=words), *more))
    return fitted(made, [told[header] for header in _HEADERS])


def table(
    lines: Sequence[ProblemLine], asof: dt.date, language: str = "en"
) -> list[tuple[str, ...]]:
    """Return the sheet's texts, row by row; the third row is the header."""
    told = check_words(language)
    errors = sum(line.severity == "error" for line in lines)
    warnings = sum(line.severity == "warning" for line in lines)
    head = f"{told['headline']}: {counted(language, errors, warnings, asof)}"
    rows: list[tuple[str, ...]] = [(head,), (told["about"],), tuple(told[h] for h in _HEADERS)]
    rows += [
        (
            told.get(line.severity, ""),
            line.code,
            line.where.address,
            line.deal_id,
            line.message,
            line.do,
        )
        for line in lines
    ]
    return [tuple(text[:_LONGEST] for text in row) for row in rows]


def is_same(cells: dict[tuple[int, int], Cell], rows: Sequence[Sequence[str]]) -> bool:
    """Return True if the sheet holds exactly these texts in the program's columns."""
    ours = {place: cell for place, cell in cells.items() if place[1] <= len(_HEADERS)}
    wanted = {
        (number, column): text
        for number, row in enumerate(rows, start=1)
        for column, text in enumerate(row, start=1)
        if text
    }
    return ours == wanted
