"""Simple formulas calculated: arithmetic, comparison, texts, and the functions people use most."""

import datetime as dt
import math
import re
from collections.abc import Callable, Iterator
from functools import lru_cache
from typing import Any, Final

from sheets_server.display import TYPES, plain, serial
from sheets_server.references import TOKEN as REFERENCE
from sheets_server.references import reference_of

Value = float | str | bool | None
Look = Callable[[str | None, int, int], dict[str, Any]]
TOKEN: Final = re.compile(
    r'\s*(?:(?P<number>\d+\.?\d*(?:[eE][-+]?\d+)?|\.\d+)|(?P<text>"(?:[^"]|"")*")'
    r"|(?P<error>(?:(?:'(?:[^']|'')*'|\w+)!)?#[A-Z/0]+[!?]|#N/A)|(?P<name>[A-Za-z_][\w.]*)|(?P<mark><>|<=|>=|[-+*/^&=<>(),;%]))"
)
BINARY: Final = {"=": 1, "<>": 1, "<": 1, ">": 1, "<=": 1, ">=": 1, "&": 2, "+": 3, "-": 3,
                 "*": 4, "/": 4, "^": 6}  # fmt: skip
LAZY: Final = frozenset({"IF", "IFERROR"})
"""Functions that may not need each of their arguments."""

LONGEST: Final = 500
MOST_CELLS: Final = 20_000


class Unable(Exception):
    """A formula is more than is calculated here."""


class Wrong(Exception):
    """A formula comes to an error; its message is the type."""


@lru_cache(maxsize=100_000)
def possible(formula: str) -> bool:
    """Tell whether all that a formula calls is known here."""
    calls = re.findall(r"([A-Za-z_][\w.]*)\(", re.sub(r'"(?:[^"]|"")*"', "", formula))
    return len(formula) <= LONGEST and all(name.upper() in FUNCTIONS for name in calls)


def evaluated(formula: str, look: Look) -> dict[str, Any]:
    """Return what a formula comes to as an ExtendedValue; raises `Unable`.

    With ``format`` there is a number format that the result brings along.
    """
    if not possible(formula):
        raise Unable(formula)
    parser = _Formula(formula[1:], look)
    try:
        value = parser.whole()
    except Wrong as error:
        return {"errorValue": {"type": str(error), "message": str(error)}}
    except (OverflowError, ValueError) as error:
        raise Unable(formula) from error
    result = _extended(value)
    if parser.day and "numberValue" in result:
        result["format"] = {"type": "DATE"}
    return result


def _extended(value: Value) -> dict[str, Any]:
    if isinstance(value, bool):
        return {"boolValue": value}
    if isinstance(value, str):
        return {"stringValue": value}
    number = float(value or 0)
    if not math.isfinite(number):
        return {"errorValue": {"type": "NUM", "message": "NUM"}}
    return {"numberValue": int(number) if number.is_integer() else number}


class _Formula:
    """A formula that is read and calculated in one go."""

    def __init__(self, text: str, look: Look) -> None:
        self.text, self.at, self.look, self.day = text, 0, look, False

    def whole(self) -> Value:
        value = self._one(self._expression(0))
        if self.text[self.at :].strip():
            raise Unable(self.text)
        return value

    def _peek(self) -> re.Match[str] | None:
        return TOKEN.match(self.text, self.at)

    def _mark(self, *marks: str) -> str:
        match = self._peek()
        if match and match["mark"] in marks:
            self.at = match.end()
            return match["mark"]
        return ""

    def _expression(self, level: int) -> Any:
        left = self._prefix()
        while match := self._peek():
            mark = match["mark"] or ""
            if mark == "%":
                self.at = match.end()
                left = _number(self._one(left)) / 100
                continue
            rank = BINARY.get(mark, 0)
            if not rank or rank <= level:
                break
            self.at = match.end()
            right = self._expression(rank)
            left = _combined(mark, self._one(left), self._one(right))
        return left

    def _prefix(self) -> Any:
        sign = self._mark("-", "+")
        if sign:
            value = self._one(self._expression(6))
            return -_number(value) if sign == "-" else value
        if self._mark("("):
            value = self._expression(0)
            self._close()
            return value
        spaces = len(self.text) - len(self.text[self.at :].lstrip())
        reference = REFERENCE.match(self.text, spaces)
        if reference and reference["text"] is None:
            self.at = reference.end()
            return self._area(reference)
        return self._word()

    def _close(self) -> None:
        if not self._mark(")"):
            raise Unable(self.text)

    def _word(self) -> Any:
        match = self._peek()
        if not match or match["mark"]:
            raise Unable(self.text)
        self.at = match.end()
        if match["number"]:
            return float(match["number"])
        if match["text"]:
            return match["text"][1:-1].replace('""', '"')
        if match["error"]:
            raise Wrong(TYPES.get("#" + match["error"].rpartition("#")[2], "ERROR"))
        name = match["name"].upper()
        if not self._mark("("):
            if name in ("TRUE", "FALSE"):
                return name == "TRUE"
            raise Unable(name)
        return self._call(name)

    def _call(self, name: str) -> Any:
        if name not in FUNCTIONS:
            raise Unable(name)
        several: list[Any] = []
        if not self._mark(")"):
            while True:
                several.append(self._argument(name))
                if self._mark(",", ";"):
                    continue
                self._close()
                break
        self.day = self.day or name in ("TODAY", "DATE")
        return FUNCTIONS[name](several if name in LAZY else [_given(one) for one in several])

    def _argument(self, name: str) -> Any:
        start = self.at
        try:
            return self._expression(0)
        except Wrong as error:
            if name not in LAZY:
                raise
            self.at = start
            self._skip()
            return error

    def _skip(self) -> None:
        """Go on behind an argument that is an error."""
        depth = 0
        while match := self._peek() or REFERENCE.match(self.text, self.at):
            mark = match.groupdict().get("mark") or ""
            if depth == 0 and mark in (",", ";", ")"):
                return
            depth += (mark == "(") - (mark == ")")
            self.at = match.end()

    def _area(self, match: re.Match[str]) -> list[Value]:
        one = reference_of(match)
        if one.rows is None or one.columns is None:
            raise Unable(match[0])
        (top, bottom), (left, right) = sorted(one.rows), sorted(one.columns)
        if (bottom - top + 1) * (right - left + 1) > MOST_CELLS:
            raise Unable(match[0])
        return _Cells(
            _value(self.look(one.sheet, row, column))
            for row in range(top, bottom + 1)
            for column in range(left, right + 1)
        )

    def _one(self, value: Any) -> Value:
        if isinstance(value, _Cells):
            if len(value) != 1:
                raise Wrong("VALUE")
            value = value[0]
        if isinstance(value, Wrong):
            raise value
        return value  # type: ignore[no-any-return]


class _Cells(list[Any]):
    """The values of an area."""


def _value(found: dict[str, Any]) -> Any:
    if "errorValue" in found:
        kind = found["errorValue"]["type"]
        if kind == "LOADING":
            raise Unable(kind)
        return Wrong(kind)
    return next(iter(found.values()), None)


def _given(one: Any) -> Any:
    if isinstance(one, _Cells) and len(one) == 1 and isinstance(one[0], Wrong):
        raise one[0]
    return one


def _number(value: Value) -> float:
    if value is None:
        return 0.0
    if isinstance(value, str):
        try:
            return float(value)
        except ValueError:
            raise Wrong("VALUE") from None
    return float(value)


def _text(value: Value) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    return value if isinstance(value, str) else plain(value)


def _combined(mark: str, left: Value, right: Value) -> Value:
    if mark == "&":
        return _text(left) + _text(right)
    if BINARY[mark] == 1:
        return _compared(mark, left, right)
    a, b = _number(left), _number(right)
    if mark == "/" and b == 0:
        raise Wrong("DIVIDE_BY_ZERO")
    if mark == "^":
        return float(a**b)
    return {"+": a + b, "-": a - b, "*": a * b, "/": a / b if b else 0.0}[mark]


def _compared(mark: str, left: Value, right: Value) -> bool:
    a, b = _ordered(left, right), _ordered(right, left)
    return {"=": a == b, "<>": a != b, "<": a < b, ">": a > b, "<=": a <= b, ">=": a >= b}[mark]


def _ordered(value: Value, other: Value) -> tuple[int, Any]:
    if value is None:
        value = "" if isinstance(other, str) else False if isinstance(other, bool) else 0.0
    if isinstance(value, bool):
        return 2, value
    return (1, value.lower()) if isinstance(value, str) else (0, float(value))


def _flat(several: list[Any]) -> Iterator[tuple[Value, bool]]:
    """Yield values, and whether each stands in a cell."""
    for one in several:
        for value in one if isinstance(one, _Cells) else [one]:
            if isinstance(value, Wrong):
                raise value
            yield value, isinstance(one, _Cells)


def _numbers(several: list[Any]) -> list[float]:
    return [
        _number(value)
        for value, is_cell in _flat(several)
        if not is_cell or (isinstance(value, int | float) and not isinstance(value, bool))
    ]


def _single(several: list[Any], at: int = 0) -> Value:
    if at >= len(several):
        raise Unable("an argument is missing")
    one = several[at]
    if isinstance(one, _Cells):
        if len(one) != 1:
            raise Unable("an area")
        one = one[0]
    if isinstance(one, Wrong):
        raise one
    return one  # type: ignore[no-any-return]


def _truth(value: Value) -> bool:
    if isinstance(value, str):
        if value.upper() not in ("TRUE", "FALSE"):
            raise Wrong("VALUE")
        return value.upper() == "TRUE"
    return bool(value)


def _if(several: list[Any]) -> Value:
    if _truth(_single(several)):
        return _single(several, 1)
    return _single(several, 2) if len(several) > 2 else False


def _iferror(several: list[Any]) -> Value:
    try:
        return _single(several)
    except Wrong:
        return _single(several, 1) if len(several) > 1 else ""


def _round(several: list[Any]) -> float:
    digits = int(_number(_single(several, 1))) if len(several) > 1 else 0
    number, scale = _number(_single(several)), 10.0**digits
    return math.copysign(math.floor(abs(number) * scale + 0.5), number) / scale


def _date(several: list[Any]) -> float:
    year, month, day = (int(_number(_single(several, n))) for n in range(3))
    first = dt.date(year + (month - 1) // 12, (month - 1) % 12 + 1, 1)
    return serial(first) + day - 1


FUNCTIONS: Final[dict[str, Callable[[list[Any]], Value]]] = {
    "SUM": lambda several: math.fsum(_numbers(several)),
    "MIN": lambda several: min(_numbers(several), default=0.0),
    "MAX": lambda several: max(_numbers(several), default=0.0),
    "COUNT": lambda several: float(len(_numbers(several))),
    "COUNTA": lambda several: float(sum(value is not None for value, _ in _flat(several))),
    "COUNTBLANK": lambda several: float(sum(v in (None, "") for v, _ in _flat(several))),
    "ABS": lambda several: abs(_number(_single(several))),
    "INT": lambda several: float(math.floor(_number(_single(several)))),
    "ROUND": _round,
    "IF": _if,
    "IFERROR": _iferror,
    "AND": lambda several: all(_truth(v) for v, _ in _flat(several) if v is not None),
    "OR": lambda several: any(_truth(v) for v, _ in _flat(several) if v is not None),
    "NOT": lambda several: not _truth(_single(several)),
    "ISBLANK": lambda several: _single(several) is None,
    "LEN": lambda several: float(len(_text(_single(several)))),
    "UPPER": lambda several: _text(_single(several)).upper(),
    "LOWER": lambda several: _text(_single(several)).lower(),
    "TRIM": lambda several: " ".join(_text(_single(several)).split()),
    "CONCATENATE": lambda several: "".join(_text(value) for value, _ in _flat(several)),
    "HYPERLINK": lambda several: _text(_single(several, len(several) - 1)),
    "TODAY": lambda _: serial(dt.datetime.now(dt.UTC).date()),
    "DATE": _date,
}
