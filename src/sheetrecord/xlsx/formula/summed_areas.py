"""What SUMIF and AVERAGEIF really add: from the corner of one area, as much as another one has.

``SUMIF(B1:B9,1,A1)`` adds A1 to A9 (Excel's help on SUMIF, sum_range).
"""

from typing import Final

from sheetrecord.xlsx.addresses import MAX_COLUMN, MAX_ROW
from sheetrecord.xlsx.formula.tokens import ParsedFormula, Reference, closing

_SUMMING: Final = frozenset({"sumif", "averageif"})


def summed(formula: ParsedFormula) -> list[tuple[Reference, Reference]]:
    """Return each third area that is smaller than the first, and all that is added for it.

    >>> from sheetrecord.xlsx.formula.tokens import parse
    >>> [(r.last_row, r.last_column) for _, r in summed(parse("SUMIF(B1:C9,1,A1)"))]
    [(9, 2)]
    """
    found = []
    for tested, added in pairs(formula):
        row = min(added.row + tested.last_row - tested.row, MAX_ROW)
        column = min(added.column + tested.last_column - tested.column, MAX_COLUMN)
        if row > added.last_row or column > added.last_column:
            whole = (max(row, added.last_row), max(column, added.last_column))
            found.append((added, added._replace(last_row=whole[0], last_column=whole[1])))
    return found


def pairs(formula: ParsedFormula) -> list[tuple[Reference, Reference]]:
    """Return the first and the third area of each such function that is given both plainly."""
    starts = {reference.start: reference for reference in formula.references}
    calls = [word for word in formula.words if word.kind == "call"]
    found = []
    for word in calls:
        if word.text.lower() in _SUMMING:
            given = [starts.get(at) for at in _arguments(formula.text, word.end + 1)]
            if len(given) == 3 and given[0] is not None and given[2] is not None:
                found.append((given[0], given[2]))
    return found


def _arguments(text: str, at: int) -> list[int]:
    """Return where the arguments of a function begin whose first one may begin here."""
    found, depth = [_behind_blanks(text, at)], 0
    while at < len(text):
        char = text[at]
        if char in "\"'":
            at = _quoted_end(text, at)
            continue
        if char == "[":
            at = closing(text, at) or len(text)
            continue
        if char in "({":
            depth += 1
        elif char in ")}":
            depth -= 1
            if depth < 0:
                break
        elif char == "," and depth == 0:
            found.append(_behind_blanks(text, at + 1))
        at += 1
    return found


def _quoted_end(text: str, at: int) -> int:
    """Return where what stands in quotes ends; a doubled quote begins anew, which is the same."""
    end = text.find(text[at], at + 1)
    return len(text) if end < 0 else end + 1


def _behind_blanks(text: str, at: int) -> int:
    return at + len(text[at:]) - len(text[at:].lstrip())
