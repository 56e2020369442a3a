"""One gate for what is written: what no cell can hold is refused first, the rest reads back."""

import datetime as dt
import enum
import math
from decimal import Decimal
from fractions import Fraction
from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sheetrecord.model.value import UNKNOWN, CellError, Formula
from sheetrecord.xlsx import (
    AddSheet,
    AppendRows,
    Refused,
    SetCell,
    SetName,
    SetNote,
    SetProperty,
    open_workbook,
    patch,
)
from sheetrecord.xlsx.formula.grammar import complaint, stored
from xlsx.makebooks import simple
from xlsx.test_formula_tokens import LEFT, PLAIN, REFERENCES, RIGHT, WORDS

BOOK = simple({"A1": 1, "B1": "x"})
WAYS = {
    "a cell": lambda value: SetCell("Fees", "A1", value),
    "a new cell": lambda value: SetCell("Fees", "D9", value),
    "a row": lambda value: AppendRows("Fees", [{"A": 1, "B": value}]),
    "a sheet": lambda value: AddSheet("New", [[1, value]]),
}


class Text(str):
    __slots__ = ()


class Level(enum.IntEnum):
    HIGH = 3


class Odd(float):
    def __repr__(self) -> str:
        return f"Odd({float(self)})"


class NotATime(dt.datetime):
    def __eq__(self, other: object) -> bool:
        return False

    __hash__ = dt.datetime.__hash__


LAST = dt.datetime.max  # noqa: DTZ901 - as sheets


class bool_:  # noqa: N801 - as a library of numbers calls its own
    __slots__ = ()

    def __bool__(self) -> bool:
        return True


class Missing:
    """As some libraries write that a value is not known: it is not even unlike itself."""

    __slots__ = ()
    __hash__ = None

    def __eq__(self, other: object) -> "Missing":
        return self

    def __bool__(self) -> bool:
        raise TypeError


HELD = {
    "a Decimal": (Decimal("12.50"), 12.5),
    "a whole Decimal": (Decimal(7), 7),
    "a fraction": (Fraction(1, 4), 0.25),
    "a kind of text": (Text("a"), "a"),
    "an enumerated number": (Level.HIGH, 3),
    "a float that says more": (Odd(1.5), 1.5),
    "a large number": (10**300, 1e300),
    "a large whole number": (-(10**16), -(10**16)),
    "a number of every digit": (0.1 + 0.2, 0.1 + 0.2),
    "the smallest": (5e-324, 5e-324),
    "a control character": ("a\x01\x0b\x00b", "a\x01\x0b\x00b"),
    "what looks like an escape": ("_x0041_ _x005F_", "_x0041_ _x005F_"),
    "line ends": ("a\r\nb\rc\n", "a\r\nb\rc\n"),
    "blanks": ("  a\t ", "  a\t "),
    "an error": (CellError("#N/A"), CellError("#N/A")),
    "nothing": (None, None),
    "a formula": (Formula("A1*2"), Formula("A1*2")),
    "a formula with lines": (Formula("A1 +\n\tB1"), Formula("A1 +\n\tB1")),
    "a library's truth value": (bool_(), True),
    "the last moment of a day": (dt.time(23, 59, 59, 999_999), dt.time(23, 59, 59, 999_000)),
    "the last moment": (LAST, LAST.replace(microsecond=999_000)),
    "the first day": (dt.date(1900, 1, 1), dt.date(1900, 1, 1)),
    "a formula's Decimal": (Formula("A1*2", Decimal("1.5")), Formula("A1*2", 1.5)),
    "a formula with a list": (Formula('{1,-2.5;"a,b",#N/A}'), Formula('{1,-2.5;"a,b",#N/A}')),
    "a formula's longest text": (Formula(f'"{"a" * 255}"&A1'), Formula(f'"{"a" * 255}"&A1')),
    "a new function": (Formula("XLOOKUP(1,A:A,B:B)"), Formula("_xlfn.XLOOKUP(1,A:A,B:B)")),
}  # fmt: skip
REFUSED = {
    "a length of time": dt.timedelta(1),
    "bytes": b"x",
    "a list": [1],
    "a complex number": 1j,
    "no number": math.nan,
    "no end": math.inf,
    "a Decimal that is none": Decimal("NaN"),
    "a Decimal that says so": Decimal("sNaN"),
    "a Decimal without end": Decimal("-Infinity"),
    "a Decimal too large": Decimal("1E400"),
    "a number too large": 10**400,
    "a fraction too large": Fraction(10**400),
    "half a character": "a\ud800b",
    "half a character as a result": Formula("A1", "a\udfffb"),
    "a text too long": "x" * 32_768,
    "a time zone": dt.datetime(2026, 1, 1, tzinfo=dt.UTC),
    "a clock's time zone": dt.time(1, tzinfo=dt.UTC),
    "no moment": NotATime(2026, 1, 1),
    "a day too early": dt.date(1850, 1, 1),
    "an error there is not": CellError("#OOPS!"),
    "an empty formula": Formula(" "),
    "a formula with a control character": Formula('A1&"\x01"'),
    "a formula with half a character": Formula('"\ud800"'),
    "an open bracket": Formula("SUM(A1"),
    "an open text": Formula('"abc'),
    "an equals sign": Formula("=A1"),
    "a formula too long": Formula("+".join(["A1"] * 4_000)),
    "a formula too long for its prefix": Formula("XOR(1)&" + '"' + "a" * 8_180 + '"'),
    "a formula's result that is none": Formula("A1", [1]),
    "a formula's result without end": Formula("A1", math.inf),
    "a formula's text too long": Formula("A1", "x" * 32_768),
    "a formula's result that is a formula": Formula("A1", Formula("B1")),
    "a value that is missing": Missing(),
    "a day that no sheet has": dt.date(1899, 12, 31),
    "a moment of that day": dt.datetime(1899, 12, 31, 10),  # noqa: DTZ001 - as sheets
    "a text in a formula too long": Formula(f'"{"a" * 256}"&A1'),
    "too many arguments": Formula(f"SUM({','.join(['1'] * 256)})"),
    "too many levels": Formula("ABS(" * 66 + "1" + ")" * 66),
    "a list with a cell": Formula("{A1,2}"),
    "a list that is an array formula": Formula("{=A1}"),
    "a list of unequal rows": Formula("{1,2;3}"),
    "a number with two points": Formula("1..2"),
    "a comma as a point": Formula("A1*1,5"),
    "quotes that are curly": Formula("\u201cabc\u201d"),
    "a blank that is none": Formula("A1\u00a0+1"),
    "LET": Formula("LET(x,1,x)"),
}


@pytest.mark.parametrize("way", WAYS)
@pytest.mark.parametrize("name", HELD)
def test_what_a_cell_can_hold_reads_back(name, way):
    value, expected = HELD[name]
    workbook = open_workbook(patch(BOOK, [WAYS[way](value)]).data)
    grid = workbook.grid("New" if way == "a sheet" else "Fees")
    places = {"a cell": (1, 1), "a new cell": (9, 4), "a row": (2, 2), "a sheet": (1, 2)}
    found = grid.at(*places[way])
    assert found == expected
    assert type(found) is type(expected) or {type(found), type(expected)} == {int, float}


@pytest.mark.parametrize("way", WAYS)
@pytest.mark.parametrize("name", REFUSED)
def test_what_no_cell_can_hold_is_refused_and_nothing_is_written(name, way):
    class Nowhere:
        def write(self, data: bytes | memoryview) -> None:
            raise AssertionError("something was written")

    with pytest.raises(Refused) as refused:
        patch(BOOK, [SetCell("Fees", "B1", "first"), WAYS[way](REFUSED[name])], Nowhere())
    assert refused.value.reason not in {"malformed", "corrupt"}
    assert str(refused.value).endswith(".")


OTHERS = {
    "a name's formula": SetName("here", "SUM(Fees!A1"),
    "a name's empty formula": SetName("here", ""),
    "a property's list": SetProperty("a", [1]),
    "a property's character": SetProperty("a", "\x01"),
    "a property's name": SetProperty("a\x02", "b"),
    "a property's end": SetProperty("a", math.inf),
    "a property's number": SetProperty("a", 10**400),
    "a property that is no number": SetProperty("a", Decimal("NaN")),
    "a property's day": SetProperty("a", dt.date(2026, 1, 1)),
    "a name that is a value": SetName("True", "Fees!$A$1"),
    "a name that Excel gives": SetName("_xlnm.Print_Area", "Fees!$A$1"),
    "half a character in a note": SetNote("Fees", "A1", "a\ud800b"),
    "half a character in a sheet's name": AddSheet("a\ud800b"),
    "no colour in a format": SetCell("Fees", "A1", 1.5, None, "[Reds]0"),
    "no condition in a format": SetCell("Fees", "A1", 1.5, None, "[>=x]0"),
    "a colour there is not": SetCell("Fees", "A1", 1.5, None, "[Color57]0"),
    "an author": SetNote("Fees", "A1", "text", "A\x01nn"),
    "a sheet's name": AddSheet("a\x01b"),
    "an open format": SetCell("Fees", "A1", 1.5, None, '0.0 "days'),
    "an open bracket of a format": SetCell("Fees", "A1", 1.5, None, "[h:mm"),
    "five sections": SetCell("Fees", "A1", 1.5, None, "0;0;0;0;0"),
    "no format": SetCell("Fees", "A1", 1.5, None, ""),
    "a format too long": SetCell("Fees", "A1", 1.5, None, "0" * 256),
    "a format's character": SetCell("Fees", "A1", 1.5, None, "0\x01"),
    "a format's last backslash": SetCell("Fees", "A1", 1.5, None, "0\\"),
}


@pytest.mark.parametrize("name", OTHERS)
def test_names_properties_notes_and_formats_pass_the_gate_too(name):
    with pytest.raises(Refused) as refused:
        patch(BOOK, [OTHERS[name]])
    assert refused.value.reason not in {"malformed", "corrupt"}


@pytest.mark.parametrize(
    "code", ["0.00", 'yyyy-mm-dd "at" hh:mm', "[Red]-0;;@", "[$€-407] #,##0.00_);\\(0\\)",
             "0;0;0;@", '"a;b;c;d;e"0', "* 0", "General",
             "[h]:mm", "[>=1000]0;[<-.5]0", "[Color 12]0", "[DBNum1][$-804]0", "[$-F800]dddd"]
)  # fmt: skip
def test_a_number_format_that_excel_takes_is_taken(code):
    assert patch(BOOK, [SetCell("Fees", "A1", 1.5, None, code)]).data


@pytest.mark.parametrize("operand", [*REFERENCES, *WORDS, *PLAIN])
def test_what_the_grammar_allows_is_taken(operand):
    for left, right in product(LEFT, RIGHT):
        text = left + operand + right
        opened, closed = (left + right).count("("), (left + right).count(")")
        if opened == closed and left != "" and not right.endswith("\n"):
            assert complaint(text) == "", text


@pytest.mark.parametrize("operand", ["A5", "SUM(A1)", '"x"', "T[a]", "1", "{1}"])
@pytest.mark.parametrize(
    "frame",
    ["{}{}", "({}", "{})", "SUM({}", "{}+", "*{}", "{}**{}", "({},,{})", "{}!", "'a{}", "{};{}",
     "SUM({};{})", '"{}', "[{}", "{{}", "{}<<{}", "{}=<{}", "={}", "{}~{}", "{}(1)", "%{}", "#{}",
     "{}@{}", "T[{}", "SUM({}]", "{}|{}"],
)  # fmt: skip
def test_what_the_grammar_does_not_allow_is_refused_with_why(frame, operand):
    text = frame.replace("{}", operand)
    valid = {"SUM(A1)(1)", "A5(1)", "A5A5", "A5SUM(A1)", '"x""x"', "A51", "11"}
    assert bool(complaint(text)) == (text not in valid), text


def test_a_function_that_has_its_prefix_keeps_it():
    for text in ("_xlfn.XLOOKUP(A1,B:B,C:C)", "_xlfn._xlws.SORT(A1:A9)", "SUM(A1)", '"XLOOKUP("'):
        assert stored(text) == text


@given(st.text("AB1$:!'\"[](){}+-,;<=>&%#@ .", max_size=14))
def test_a_formula_that_is_taken_reads_back_and_moves_without_harm(text):
    if text.strip() and not complaint(text):
        grid = open_workbook(patch(BOOK, [SetCell("Fees", "C3", Formula(text))]).data).grid("Fees")
        assert grid.at(3, 3) == Formula(stored(text), UNKNOWN)


@pytest.mark.parametrize("name", ["a?", "\\a", "é.1", "_a", "Rate\\b"])
def test_a_name_that_excel_takes_is_taken(name):
    book = open_workbook(patch(BOOK, [SetName(name, "Fees!$A$1")]).data)
    assert name in {each.name for each in book.names}


def test_a_property_takes_any_number():
    edits = [
        SetProperty("a", Decimal("1.5")),
        SetProperty("b", Fraction(3)),
        SetProperty("c", Level.HIGH),
    ]
    assert open_workbook(patch(BOOK, edits).data).properties == {"a": 1.5, "b": 3, "c": 3}
