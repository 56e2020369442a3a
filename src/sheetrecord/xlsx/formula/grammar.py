"""Whether a text is a formula a sheet can hold, and how a file stores it.

Grammar: ECMA-376 part 1 section 18.17.2. Functions that came after Excel 2007 are stored with a
prefix (MS-XLSX 2.2.2.1); without it Excel shows ``#NAME?`` until the cell is typed again.
"""

import re
from functools import lru_cache
from typing import Final

from sheetrecord.xlsx.formula.later_functions import PREFIXES
from sheetrecord.xlsx.formula.tokens import TOKEN, closing, parse

_DIGITS: Final = re.compile("(?<!#DIV/)[0-9]+")
_ARRAY: Final = re.compile(r'\{(?:"(?:[^"]|"")*+"|[^{}"])++\}')
_CONTROL: Final = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_OWN_NAMES: Final = frozenset({"LET", "LAMBDA"})


def complaint(text: str) -> str:
    """Return what is wrong with a formula (without its ``=``), in a few words; "" for nothing.

    >>> complaint("SUM(A1"), complaint('A1&"x'), complaint("A1*2")
    ('a ( is not closed', 'a text in " is not closed', '')
    """
    if _CONTROL.search(text):
        return "it holds a character that no formula can"
    return _of_shape(_DIGITS.sub("1", text))


@lru_cache(maxsize=4096)  # formulas of a column differ in their digits, which say nothing here
def _of_shape(text: str) -> str:
    return _Grammar(text).complaint()


def stored(text: str) -> str:
    """Return a sound formula as a file stores it: functions after Excel 2007 with their prefix.

    >>> stored("XLOOKUP(A1,B:B,C:C)&FILTER(A:A,B:B)&_xlfn.IFNA(A1,0)")
    '_xlfn.XLOOKUP(A1,B:B,C:C)&_xlfn._xlws.FILTER(A:A,B:B)&_xlfn.IFNA(A1,0)'
    """
    if not _is_new(_DIGITS.sub("1", text)):
        return text
    pieces, at = [], 0
    for word in parse(text).words:
        name = word.text.upper()
        if word.kind == "call" and not word.prefix and name in PREFIXES:
            pieces += [text[at : word.start], PREFIXES[name]]
            at = word.start
    return "".join(pieces) + text[at:]


@lru_cache(maxsize=4096)
def _is_new(text: str) -> bool:
    return any(
        word.kind == "call" and not word.prefix and word.text.upper() in PREFIXES
        for word in parse(text).words
    )


class _Grammar:
    """One walk over a formula: an operand is due, or an operator; which brackets are open."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._due = True  # an operand is
        self._blank = False  # right before this token
        self._last = ""
        self._open: list[str] = []

    def complaint(self) -> str:
        at = 0
        while at < len(self._text):
            match = TOKEN.match(self._text, at)
            if match is None:
                return "a sheet's name is followed by nothing of that sheet"
            if match["other"] is not None:
                wrong, at = self._sign(match["other"], at, match.end())
            else:
                wrong, at = self._operand(match, at)
            if wrong:
                return wrong
        if self._open:
            return f"a {self._open[-1][-1]} is not closed"
        return "it ends too early" if self._due else ""

    def _operand(self, match: re.Match[str], at: int) -> tuple[str, int]:
        if not self._due and not self._blank:
            return f"an operator is missing before {match[0][:20]}", at
        self._due = self._blank = False
        self._last = "operand"
        end = match.end()
        for group in ("table", "bracket"):
            if match[group] is not None:
                stop = closing(self._text, match.start(group))
                if stop is None:
                    return "a [ is not closed", at
                end = stop
        if match["call"] is not None:
            if not match["prefix"] and match["name"].upper() in _OWN_NAMES:
                return f"{match['name'].upper()} can only be entered in Excel", at
            self._open.append("call(")
            self._due, self._last = True, "("
        return "", end

    def _sign(self, sign: str, at: int, end: int) -> tuple[str, int]:
        if sign.isspace():
            self._blank = True
            return "", end
        if sign == "{":
            array = _ARRAY.match(self._text, at)
            if array is None or not (self._due or self._blank):
                return "a list in { } is not closed", at
            self._due, self._last, end = False, "operand", array.end()
            wrong = ""
        elif sign in "()":
            wrong = self._opened() if sign == "(" else self._closed()
        else:
            wrong = self._operator(sign)
            end += self._text[at : end + 1] in {"<=", ">=", "<>"}
        self._blank = False
        return wrong, end

    def _operator(self, sign: str) -> str:
        if sign in "%#":
            return self._missing(sign) if self._due else ""
        if sign == ",":
            skipped = self._open[-1:] == ["call("] and self._last in {"(", ","}
            wrong = self._missing(sign) if self._due and not skipped else ""
        elif sign in "+-":
            wrong = ""
        elif sign == "@":
            wrong = "" if self._due else "an operator is missing before @"
        elif sign in "*/^&=<>:":
            wrong = self._missing(sign) if self._due else ""
        else:
            wrong = self._strange(sign)
        self._due, self._last = True, sign
        return wrong

    def _missing(self, sign: str) -> str:
        if sign == "=" and not self._last and not self._open:
            return "its text is given without the ="
        return f"something is missing before {sign}"

    def _strange(self, sign: str) -> str:
        if sign == '"':
            return 'a text in " is not closed'
        if sign == "'":
            return "a sheet's name in ' is not closed, or nothing of that sheet follows"
        return f"{sign} cannot stand there" + (": arguments are parted by ," if sign == ";" else "")

    def _opened(self) -> str:
        if self._due or self._blank:
            self._open.append("(")
        elif self._last == ")":  # what a function returned is called
            self._open.append("call(")
        else:
            return "an operator is missing before ("
        self._due, self._last = True, "("
        return ""

    def _closed(self) -> str:
        if not self._open:
            return "a ) has no ("
        kind = self._open.pop()
        if self._due and not (kind == "call(" and self._last in {"(", ","}):
            return "something is missing before )"
        self._due, self._last = False, ")"
        return ""
