"""Areas of a grid: A1 notation and Google's grid ranges, both as rows and columns from 0."""

import re
from collections.abc import Mapping
from typing import Any, Final, NamedTuple

FAR: Final = 1 << 40
"""The end of a span that has none."""

A1: Final = re.compile(r"\$?([A-Za-z]{1,3})?\$?([1-9]\d*)?(?::\$?([A-Za-z]{1,3})?\$?([1-9]\d*)?)?")


class Area(NamedTuple):
    """Rows and columns of a sheet, each from a first one up to, not including, an end."""

    sheet: int
    top: int = 0
    bottom: int = FAR
    left: int = 0
    right: int = FAR

    def within(self, rows: int, columns: int) -> "Area":
        """Return what of it lies in a grid of this size."""
        return self._replace(bottom=min(self.bottom, rows), right=min(self.right, columns))

    def meets(self, other: "Area") -> bool:
        """Tell whether two areas have a cell in common."""
        return (
            self.sheet == other.sheet
            and self.top < other.bottom
            and other.top < self.bottom
            and self.left < other.right
            and other.left < self.right
        )

    def holds(self, row: int, column: int) -> bool:
        """Tell whether a cell lies in it."""
        return self.top <= row < self.bottom and self.left <= column < self.right

    def covers(self, other: "Area") -> bool:
        """Tell whether all of another area lies in it."""
        return (
            self.sheet == other.sheet
            and self.top <= other.top
            and other.bottom <= self.bottom
            and self.left <= other.left
            and other.right <= self.right
        )


def of(grid_range: Mapping[str, Any]) -> Area:
    """Return the area that a GridRange means."""
    return Area(
        grid_range.get("sheetId") or 0,
        grid_range.get("startRowIndex") or 0,
        grid_range["endRowIndex"] if grid_range.get("endRowIndex") is not None else FAR,
        grid_range.get("startColumnIndex") or 0,
        grid_range["endColumnIndex"] if grid_range.get("endColumnIndex") is not None else FAR,
    )


def grid_range(area: Area) -> dict[str, Any]:
    """Return an area as a GridRange; what is unbounded is left out."""
    found: dict[str, Any] = {"sheetId": area.sheet}
    if area.top or area.bottom < FAR:
        found["startRowIndex"] = area.top
    if area.bottom < FAR:
        found["endRowIndex"] = area.bottom
    if area.left or area.right < FAR:
        found["startColumnIndex"] = area.left
    if area.right < FAR:
        found["endColumnIndex"] = area.right
    return found


def letters(column: int) -> str:
    """Return the letters of a column that is counted from 0."""
    name = ""
    column += 1
    while column:
        column, rest = divmod(column - 1, 26)
        name = chr(65 + rest) + name
    return name


def column_of(name: str) -> int:
    """Return the column, counted from 0, of these letters."""
    number = 0
    for letter in name.upper():
        number = number * 26 + ord(letter) - 64
    return number - 1


def quoted(title: str) -> str:
    """Return a sheet's title as it stands in A1 notation."""
    return title if re.fullmatch(r"[A-Za-z_]\w*", title) else "'" + title.replace("'", "''") + "'"


def split(text: str) -> tuple[str | None, str]:
    """Return the title of the sheet that A1 notation names, None for none, and the rest."""
    match = re.fullmatch(r"'((?:[^']|'')*)'(?:!(.*))?", text)
    if match:
        return match[1].replace("''", "'"), match[2] or ""
    title, mark, rest = text.rpartition("!")
    return (title, rest) if mark else (None, text)


def cells(text: str) -> tuple[int, int, int, int] | None:
    """Return top, bottom, left and right of A1 notation without a sheet; None for no area."""
    match = A1.fullmatch(text)
    if not match or not text:
        return None
    first, top, last, bottom = match.groups()
    if ":" not in text:
        if not first or not top:
            return None
        last, bottom = first, top
    elif not (last or bottom) or not (first or top):
        return None
    left = column_of(first) if first else 0
    right = column_of(last) + 1 if last else FAR
    start = int(top) - 1 if top else 0
    end = int(bottom) if bottom else FAR
    return min(start, end - 1), max(start + 1, end), min(left, right - 1), max(left + 1, right)


def a1(title: str, area: Area) -> str:
    """Return an area in A1 notation with its sheet."""
    first = f"{letters(area.left)}{area.top + 1}"
    last = f"{letters(area.right - 1)}{area.bottom}"
    return f"{quoted(title)}!{first}" if first == last else f"{quoted(title)}!{first}:{last}"
