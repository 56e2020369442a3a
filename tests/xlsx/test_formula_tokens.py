"""Formula tokens side by side: every pair and triple of kinds, read as they were put together.

A formula is built from pieces whose references and words are known, so what must be found is known
without reading it: the pieces' own, each shifted by where it stands.
"""

from itertools import product

import pytest

from sheetrecord.model.value import UNKNOWN
from sheetrecord.xlsx import SetCell, open_workbook, patch
from sheetrecord.xlsx.formula.row_moves import Delete, Insert
from sheetrecord.xlsx.formula.shift import Follower
from sheetrecord.xlsx.formula.tokens import parse
from xlsx.makebooks import edited, simple

REFERENCES = [
    "A5", "$B$6", "c7", "XFD1048576", "A5:B9", "$A$5:$B$9", "A5:$B9", "B:C", "$B:$C", "5:9",
    "$5:$9", "Sheet1!A5", "Sheet1!A5:B9", "Sheet1!B:C", "Sheet1!5:9", "'My ''s'!A5", "'a b'!B:C",
    "One:Two!A5", "'One 1:Two 2'!A5:B6", "[1]Data!A5", "[1]Data!$A$5:$A$9", "'[1]My data'!A5",
    "'C:\\a\\[b.xlsx]S'!A5", "[Book 1.xlsx]Data!A5", "[1]One:Two!A5", "Blatt_1.x!A5", "é!A5",
    "'[1]a'!5:9", "[1]Data!B:C", "'2024'!A5", "'A1'!A5", "'#REF'!A5", "R1.C1!A5",
]  # fmt: skip
WORDS = {
    "rate": "name", "tax_1": "name", "_x": "name", "\\a": "name", "R2C": "name", "FY26": "",
    "AB12.x": "name", "A1B2": "name", "TRUE": "name", "Sheet1!rate": "name", "[1]!rate": "name",
    "'[1]My data'!rate": "name", "[1]Data!rate": "name", "[0]!rate": "name",
    "XFE1": "name", "A1048577": "name",
    "ABCD5": "name", "T[A5]": "table", "T[[#This Row],[A5]]": "table", "T[#All]": "table",
    "T[[A5]:[B6]]": "table", "[A5]": "table", "[@A5]": "table", "[@[A5 b]]": "table",
    "T['[A5'']": "table", "T[it''s]": "table", "Tab.1[A5]": "table", "[1]!T[A5]": "table",
    "[Book.xlsx]!T[A5]": "table",
}  # fmt: skip
PLAIN = [
    "1", "1.5", ".5", "1E3", "1.5E-7", '""', '"A5"', '"a ""A5"" b"', "#N/A", "#DIV/0!", "#REF!",
    "Sheet1!#REF!", "{1,2;3,4}", '{"A5",#N/A,TRUE}', "{-1.5}",
]  # fmt: skip
LEFT = [
    "", "(", "SUM(", "_xlfn.SINGLE(", "LOG10(", "a.b(", "1+", "2*", "-", "3/", "4^", '"x"&', "5=",
    "6<", "7>", "8<=", "9<>", "SUM(1,", "SUM(,", "@", "+", "SUM(\n", " ", "SUM( ", "50%+", "A1#+",
    '"A5"&', "T[a]*", "[1]x!Z9*", "#N/A+", "{1,2}+", "Z9:Z10,", "Z9 ", "rate-", "IF(Z9,",
]  # fmt: skip
RIGHT = [
    "", ")", "+1", "*Z9", "%", "#", ",1)", '&"A5"', "=Z9", "<Z9", " Z9", ",Z9", "^2", " ", "\n+1",
    ")*Z9", "%*[1]x!Z9", "+T[a]", "+{1;2}", "-rate", "/SUM(Z9)", "<>#N/A",
]  # fmt: skip


def found(text: str) -> list[tuple[str, int, int]]:
    """Return what a formula is made of, as kind and place."""
    parsed = parse(text)
    words = [(word.kind, word.start, word.end) for word in parsed.words]
    return sorted(
        [*words, *(("ref", r.start, r.end) for r in parsed.references)], key=lambda f: f[1:]
    )


def piece(text: str) -> list[tuple[str, int, int]]:
    """Return what a piece is by its kind; beside others it has to be the same."""
    if WORDS.get(text):
        return [(WORDS[text], 0, len(text))]
    return [("ref", 0, len(text))] if text in REFERENCES or text == "FY26" else []


@pytest.mark.parametrize("operand", [*REFERENCES, *WORDS, *PLAIN])
def test_a_token_alone_is_what_it_is(operand):
    if operand.startswith("{"):
        assert not parse(operand).references
        return
    assert found(operand) == piece(operand)


@pytest.mark.parametrize("operand", [*REFERENCES, *WORDS, *PLAIN])
def test_a_token_between_others_is_what_it_is_alone(operand):
    own, wrong = found(operand), []
    for left, right in product(LEFT, RIGHT):
        text = left + operand + right
        at = len(left)
        expected = [(kind, at + start, at + end) for kind, start, end in own]
        inside = [f for f in found(text) if f[2] > at and f[1] < at + len(operand)]
        if inside != expected:
            wrong.append((text, inside, expected))
        around = [f for f in found(text) if f not in inside]
        alone = [f for f in found(left + "1" + right) if f[1] < at]
        after = [
            (kind, start + len(operand) - 1, end + len(operand) - 1)
            for kind, start, end in found(left + "1" + right)
            if start > at
        ]
        if around != [*alone, *after]:
            wrong.append((text, around, [*alone, *after]))
    assert not wrong, wrong[:3]


@pytest.mark.parametrize("move", [Insert(5, 3), Delete(5, 2)], ids=["insert", "delete"])
@pytest.mark.parametrize("operand", [*REFERENCES, *WORDS, *PLAIN])
def test_a_token_between_others_moves_as_it_does_alone(operand, move):
    follower = Follower(move, 0, ["Sheet1", "a b", "One"])
    alone, wrong = follower.text(operand, 0), []
    for left, right in product(LEFT, RIGHT):
        expected = follower.text(f'{left}"?"{right}', 0).replace('"?"', alone)
        if follower.text(left + operand + right, 0) != expected:
            wrong.append((left + operand + right, follower.text(left + operand + right, 0)))
    assert not wrong, wrong[:3]


@pytest.mark.parametrize("text", ["[1]Sheet1!$A$1:$A$9", "'[1]Sheet1'!A5", "[1]!rate", "T[A5]"])
def test_what_is_in_another_workbook_or_a_tables_name_does_not_move(text):
    follower = Follower(Insert(5, 3), 0, ["Sheet1"])
    assert follower.text(f"SUM({text})*A5", 0) == f"SUM({text})*A8"


def test_a_range_may_name_its_sheet_at_both_ends():
    text = "SUM(Sheet1!A1:Sheet1!A5)+'a b'!$B$2:'a b'!$B$9"
    references = parse(text).references
    assert [(r.row, r.last_row) for r in references] == [(1, 5), (2, 9)]
    assert not parse(text).joined
    moved = Follower(Delete(5, 1), 0, ["Sheet1", "a b"]).text(text, 0)
    assert moved == "SUM(Sheet1!A1:A4)+'a b'!$B$2:'a b'!$B$9"
    assert parse("Sheet1!A1:Other!A5").joined


ENDS = {
    **{text: text for text in ("XFE1", "rate", "Data!A5", "'a, b'!A5:B9", "T[A5]", "{1}", "C:D")},
    "INDEX(A5:A9,2)": "INDEX(A8:A12,2)",
    "(A5)": "(A8)",
    "Sheet1!A5": "Sheet1!A8",
    "Sheet1!A5:B9": "Sheet1!A8:B12",
    "Sheet1!$B$6": "Sheet1!$B$9",
    "'Sheet1'!5:9": "'Sheet1'!8:12",
    "a1048577": "a1048577",
}


@pytest.mark.parametrize("first", ["A5", "$A$5", "c7", "A$7", "XFD5"])
@pytest.mark.parametrize("last", ENDS)
def test_a_colon_joins_a_cell_with_anything_that_moves_on_its_own(first, last):
    follower = Follower(Insert(5, 3), 0, ["Sheet1", "Data"])
    text = f"SUM({first}:{last})*2"
    assert follower.text(text, 0) == f"SUM({follower.text(first, 0)}:{ENDS[last]})*2"
    assert parse(text).joined
    if "!" not in last and last != "rate":
        assert follower.text(f"{last}:{first}", 0) == f"{ENDS[last]}:{follower.text(first, 0)}"


def test_two_sheets_that_are_named_like_cells_are_two_sheets():
    assert [r.prefix for r in parse("SUM(Q1:Q4!A5)").references] == ["Q1:Q4!"]


@pytest.mark.parametrize(
    "formula",
    ["SUM(Fees1!A1:Fees1!A3)", "SUM(Fees1!A2:Fees1!A3)*2", "IF(Fees1!A3,[1]x!A1)", "XFE1*2"],
)
def test_a_result_that_depends_on_a_changed_cell_is_dropped(formula):
    cells = {"A1": 1, "A2": 2, "A3": 3, "B1": (f"={formula}", 9), "B2": ("=SUM([1]x!A3)", 9)}
    data = simple(cells, sheets=("Fees1",))
    name = b'<definedNames><definedName name="XFE1">Fees1!$A$3</definedName></definedNames>'
    data = edited(data, "xl/workbook.xml", b"</sheets>", b"</sheets>" + name)
    grid = open_workbook(patch(data, [SetCell("Fees1", "A3", 4)]).data).grid("Fees1")
    assert grid.cell("B1").cached is UNKNOWN
    assert grid.cell("B2").cached == 9
