"""References in formulas: how they follow what moves, and what a copied formula refers to."""

import re
from collections.abc import Callable
from typing import Final, NamedTuple

from sheets_server.areas import column_of, letters, quoted

SHEET: Final = r"(?:'(?P<quoted>(?:[^']|'')*)'|(?P<plain>[A-Za-z_À-ɏ][\w.À-ɏ]*))!"
CORNER: Final = r"(?P<{0}cd>\$?)(?P<{0}c>[A-Za-z]{{1,3}})(?P<{0}rd>\$?)(?P<{0}r>[1-9]\d{{0,6}})"
TOKEN: Final = re.compile(
    r'(?P<text>"(?:[^"]|"")*")'
    r"|(?:" + SHEET + r")?(?<![\w.$])(?:"
    + CORNER.format("a") + r"(?::" + CORNER.format("b") + r")?"
    + r"|(?P<lcd>\$?)(?P<lc>[A-Za-z]{1,3}):(?P<rcd>\$?)(?P<rc>[A-Za-z]{1,3})"
    + r"|(?P<frd>\$?)(?P<fr>[1-9]\d{0,6}):(?P<grd>\$?)(?P<gr>[1-9]\d{0,6})"
    + r")(?![\w(!.])"
)  # fmt: skip


class Reference(NamedTuple):
    """One reference: the sheet it names (None: its own), its ends, and which ends are fixed."""

    sheet: str | None
    rows: tuple[int, int] | None
    columns: tuple[int, int] | None
    fixed: tuple[bool, bool, bool, bool]
    lone: bool

    def text(self) -> str:
        """Return it as it stands in a formula."""
        prefix = "" if self.sheet is None else f"{quoted(self.sheet)}!"
        top, bottom, left, right = ("$" if one else "" for one in self.fixed)
        first = last = ""
        if self.columns:
            first += left + letters(self.columns[0])
            last += right + letters(self.columns[1])
        if self.rows:
            first += f"{top}{self.rows[0] + 1}"
            last += f"{bottom}{self.rows[1] + 1}"
        return prefix + (first if self.lone else f"{first}:{last}")


def reference_of(match: re.Match[str]) -> Reference:
    """Return the reference that a `TOKEN` is."""
    found = match.groupdict()
    sheet = found["plain"]
    if found["quoted"] is not None:
        sheet = found["quoted"].replace("''", "'")
    if found["ac"]:
        lone = found["bc"] is None
        end = "a" if lone else "b"
        rows = (int(found["ar"]) - 1, int(found[f"{end}r"]) - 1)
        columns = (column_of(found["ac"]), column_of(found[f"{end}c"]))
        marks = (found["ard"], found[f"{end}rd"], found["acd"], found[f"{end}cd"])
        return Reference(sheet, rows, columns, tuple(map(bool, marks)), lone)  # type: ignore[arg-type]
    if found["lc"]:
        columns = (column_of(found["lc"]), column_of(found["rc"]))
        fixed = (False, False, bool(found["lcd"]), bool(found["rcd"]))
        return Reference(sheet, None, columns, fixed, lone=False)
    rows = (int(found["fr"]) - 1, int(found["gr"]) - 1)
    fixed = (bool(found["frd"]), bool(found["grd"]), False, False)
    return Reference(sheet, rows, None, fixed, lone=False)


def changed(formula: str, change: Callable[[Reference], Reference | None]) -> str:
    """Return a formula with each reference changed; None makes it ``#REF!``."""

    def one(match: re.Match[str]) -> str:
        if match["text"] is not None:
            return match[0]
        before = reference_of(match)
        after = change(before)
        if after is before:
            return match[0]
        if after is not None:
            return after.text()
        return "#REF!" if before.sheet is None else f"{quoted(before.sheet)}!#REF!"

    return TOKEN.sub(one, formula)


def references(formula: str) -> list[Reference]:
    """Return the references of a formula."""
    found = TOKEN.finditer(formula)
    return [reference_of(match) for match in found if match["text"] is None]


def copied(formula: str, rows: int, columns: int) -> str:
    """Return a formula as it is when copied so many rows down and columns to the right."""
    if not rows and not columns:
        return formula

    def change(one: Reference) -> Reference | None:
        top, bottom, left, right = one.fixed
        several = _shifted(one.rows, (top, bottom), rows)
        across = _shifted(one.columns, (left, right), columns)
        if any(end < 0 for ends in (several, across) if ends for end in ends):
            return None
        return one._replace(rows=several, columns=across)

    return changed(formula, change)


def _shifted(
    ends: tuple[int, int] | None, fixed: tuple[bool, bool], by: int
) -> tuple[int, int] | None:
    if ends is None:
        return None
    first, last = (end if kept else end + by for end, kept in zip(ends, fixed, strict=True))
    return first, last


def renamed(formula: str, before: str, after: str) -> str:
    """Return a formula that names a sheet by its new title."""
    return changed(
        formula,
        lambda one: (
            one._replace(sheet=after)
            if one.sheet is not None and one.sheet.lower() == before.lower()
            else one
        ),
    )
