r"""Whether two formulas are the same one, however a program spells it when it saves.

Excel marks newer functions (``_xlfn.``), LibreOffice writes whole columns by their last row and
upper case, others drop dollars, quote names or put blanks. What a formula computes does not depend
on any of this.
"""

import re
from functools import cache
from typing import Final

_TEXT: Final = r'("(?:[^"]|"")*")'
_SHEET: Final = r"'((?:[^']|'')+)'(?=[!.])"
_PREFIX: Final = r"_XLFN\.|_XLWS\.|_XLUDF\.|COM\.SUN\.STAR\.SHEET\.ADDIN\.ANALYSIS\.GET"
_ROW_OF: Final = r"(?<![A-Za-z0-9_.$])(\$?[A-Za-z]{1,3})([0-9]+)(?![0-9A-Za-z_.(!])"
LAST_ROW: Final = 1_048_576

ROW: Final = "\0"
"""Stands in a pattern for the number of the formula's own row."""


def at(pattern: str, row: int) -> str:
    """Return a formula's text in a row from its pattern; a whole text stays as it is."""
    return pattern.replace(ROW, str(row))


def pattern_of(text: str, row: int) -> str:
    r"""Return a formula with `ROW` for its own row, so that a column's formulas are alike.

    >>> pattern_of("$B7*Lists!$A$7+C8", 7) == "$B\0*Lists!$A$7+C8"
    True
    """
    if ROW in text:
        return text
    own = str(row)  # compared here: an expression for each row would have to be compiled anew
    return re.sub(_ROW_OF, lambda found: found[1] + ROW if found[2] == own else found[0], text)


@cache
def canonical(pattern: str) -> str:
    r"""Return a formula in the one spelling in which equal ones are equal.

    >>> one = "IF('Deal'!$B:$B<>\"a b\", TRUE(), 1.0)"
    >>> canonical(one) == canonical("=if(Deal!B1:B1048576<>\"a b\";true;1)")
    True
    >>> canonical('"a b"') == canonical('"ab"')
    False
    """
    body = pattern.strip().removeprefix("of:").removeprefix("oooc:").lstrip("=")
    parts = re.split(_TEXT, body)
    parts[::2] = [_plain(part) for part in parts[::2]]
    return "".join(parts)


def _plain(code: str) -> str:
    """Normalise formula text outside string literals, so that equal formulas are spelled alike."""
    code = re.sub(_SHEET, lambda match: match[1].replace("''", "'").replace(" ", "\1"), code)
    code = re.sub(r"[\s$]", "", code).upper()
    code = re.sub(_PREFIX, "", code).replace(";", ",").replace("TRUE()", "TRUE")
    code = code.replace("FALSE()", "FALSE")
    code = re.sub(rf"\b([A-Z]{{1,3}})1:([A-Z]{{1,3}}){LAST_ROW}\b", r"\1:\2", code)
    code = re.sub(r"\b([A-Z]{1,3}[0-9]+):\1\b", r"\1", code)
    code = re.sub(r"(?<![\w.])(\d+)\.0+(?![\d.])", r"\1", code)
    return re.sub(r"(?<![\w.])(\d+)E\+?(\d{1,2})(?![\w.])", _digits, code)


def _digits(number: re.Match[str]) -> str:
    """Return a whole number with all its digits, as programs save ``1E4``."""
    return number[1] + "0" * int(number[2])


def same(one: str, other: str) -> bool:
    """Tell whether two patterns are one formula."""
    return one == other or canonical(one) == canonical(other)
