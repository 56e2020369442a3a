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
_TEXT: Final = r'"(?:[^"]|"")*+"'
_ARRAY: Final = re.compile(rf'\{{(?:{_TEXT}|[^{{}}"])++\}}')
_CONSTANT: Final = (
    rf"\s*+(?:{_TEXT}|[+-]?\s*+(?:[0-9]++(?:\.[0-9]*+)?|\.[0-9]++)(?:[eE][+-]?[0-9]++)?"
    r"|(?i:TRUE|FALSE)|\#[A-Z/0]++[A-Z_0!?]*+(?:/A)?)\s*+"
)
_LIST_ROW: Final = re.compile(rf"{_CONSTANT}(?:,{_CONSTANT})*+")
_CURLY: Final = re.compile("[\u201c-\u201f\xab\xbb]")
_COMMA: Final = "a , parts arguments of a function: a number has a . in its place"
_MOST_LETTERS: Final = 255
"""of a text in a formula, as Excel counts them."""
_MOST_ARGUMENTS: Final = 255
_MOST_CALLS: Final = 65
"""one inside another: 64 levels below the first."""
_CONTROL: Final = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_OWN_NAMES: Final = frozenset({"LET", "LAMBDA"})


def complaint(text: str) -> str:
    """Return what is wrong with a formula (without its ``=``), in a few words; "" for nothing.

    >>> complaint("SUM(A1"), complaint('A1&"x'), complaint("A1*2")
    ('a ( is not closed', 'a text in " is not closed', '')
    """
    if _CONTROL.search(text):
        return "it holds a character that no formula can"
    if len(text) > _MOST_LETTERS and any(map(_is_long, re.findall(_TEXT, text))):
        return 'a text in " has more than 255 characters: join two with &'
    return _of_shape(_DIGITS.sub("1", text))


def _is_long(literal: str) -> bool:
    letters = literal[1:-1].replace('""', '"')
    return len(letters) + sum(letter > "\uffff" for letter in letters) > _MOST_LETTERS


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
        self._commas: list[int] = []
        self._constant = False  # the last operand was a number or a text

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
        wrong = self._unknown(match)
        if wrong:
            return wrong, at
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
            wrong = self._called()
        return wrong, end

    def _unknown(self, match: re.Match[str]) -> str:
        """Return what is wrong with an operand by itself or behind a comma of no function."""
        before = self._constant and self._last == "," and not self._open
        self._constant = match["number"] is not None or match["text"] is not None
        if match["number"] is not None and match["number"].count(".") > 1:
            return "a number in it has two points"
        if match["name"] is not None and _CURLY.search(match["name"]):
            return 'a text stands between straight quotes, "'
        return _COMMA if before and self._constant else ""

    def _called(self) -> str:
        self._open.append("call(")
        self._commas.append(0)
        self._due, self._last = True, "("
        return "too many functions stand inside one another" * (len(self._commas) > _MOST_CALLS)

    def _sign(self, sign: str, at: int, end: int) -> tuple[str, int]:
        if sign.isspace():
            self._blank = True
            return "a blank in it is none: type it anew" * bool(sign.strip(" \t\r\n")), end
        if sign == "{":
            array = _ARRAY.match(self._text, at)
            if array is None or not (self._due or self._blank):
                return "a list in { } is not closed", at
            self._due, self._last, end = False, "operand", array.end()
            wrong = _of_list(array[0])
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
            wrong = self._missing(sign) if self._due and not skipped else self._parted()
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

    def _parted(self) -> str:
        if self._open[-1:] == ["call("]:
            self._commas[-1] += 1
            return "a function has too many arguments" * (self._commas[-1] >= _MOST_ARGUMENTS)
        return ""

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
            return self._called()
        else:
            return "an operator is missing before ("
        self._due, self._last = True, "("
        return ""

    def _closed(self) -> str:
        if not self._open:
            return "a ) has no ("
        kind = self._open.pop()
        if kind == "call(":
            self._commas.pop()
        if self._due and not (kind == "call(" and self._last in {"(", ","}):
            return "something is missing before )"
        self._due, self._last = False, ")"
        return ""


def _of_list(written: str) -> str:
    """Return what is wrong with a list in ``{ }``: constants alone, as many in every row."""
    widths = set()
    at, stop = 1, len(written) - 1
    while at <= stop:
        row = _LIST_ROW.match(written, at, stop)
        if row is None or written[row.end()] not in ";}":
            return "a list in { } holds numbers, texts, TRUE, FALSE and error values alone"
        widths.add(len(re.findall(rf"{_TEXT}|(,)", row[0])) - len(re.findall(_TEXT, row[0])))
        at = row.end() + 1
    return "" if len(widths) == 1 else "a list in { } has rows of different lengths"
