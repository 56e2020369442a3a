"""Laws of the reader: the fast ways agree with the exact way, and with an independent program."""

import datetime as dt
import io
from contextlib import contextmanager

import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from effort import examples
from sheetrecord.model.value import Formula
from sheetrecord.schema.formulas.equality import at as written_out
from sheetrecord.xlsx import Limits, Refused, open_workbook
from sheetrecord.xlsx.addresses import column_letters
from sheetrecord.xlsx.formula.shared_text import SharedFormula
from sheetrecord.xlsx.formula.tokens import translate
from sheetrecord.xlsx.read import scan
from sheetrecord.xlsx.read.columns import Build
from sheetrecord.xlsx.read.convert import Converter
from sheetrecord.xlsx.read.row_shape import Shape
from sheetrecord.xlsx.xml.texts import shared_strings
from xlsx.readbook import MAIN

few = examples(100)
STRINGS = ["zero", "one", "", "tree"]
KINDS = [0, 1, 2, 3]

text = st.sampled_from(
    [
        *("a", "a &amp; b", "&lt;", "_x000D_", "_x005F_x000D_", "é", "&#10;", "  ", "a\r\nb"),
        *("]]&gt;", "&#95;x0041_", "_&#120;0041_", "\u00a0a \u00a0", " a\u2003", "\ta\n"),
    ]
)
wild_text = st.one_of(text, st.sampled_from(["<![CDATA[<row>]]>", "a<!-- x -->b", "\x01", "&no;"]))
number = st.sampled_from(
    ["0", "7", "-7", "007", "1.5", "-1.5", "1.0", "1E3", "1e-3", "44197", "44197.25", "0.5", "60"]
)
wild_number = st.one_of(
    number,
    st.sampled_from(["1e999", "NaN", "1_000", "1,5", " 7 ", "+5", ".5", "5.", "--1", "", "٣"]),
)


def value_cell(kind: str, style: str, value: str) -> str:
    types = {"n": "", "text": ' t="str"', "s": ' t="s"', "b": ' t="b"', "e": ' t="e"'}
    return f"{style}{types[kind]}><v>{value}</v></c>"


def cells(numbers, texts):
    """Cells after their address: attributes, content and the closing tag."""
    style = st.sampled_from(["", ' s="0"', ' s="1"', ' s="2"', ' s="3"', ' s="9"'])
    formula = st.sampled_from(["A1+1", "B$2&amp;A1", "SUM(A1:B2)"])
    shared = st.sampled_from(
        ['<f t="shared" si="0"/>', '<f t="shared" si="0" ref="A1:A9">A1*2</f>', '<f ca="1">A1</f>']
    )
    return st.one_of(
        st.builds(value_cell, st.just("n"), style, numbers),
        st.builds(value_cell, st.just("text"), style, texts),
        st.builds(value_cell, st.just("s"), style, st.sampled_from(["0", "1", "2", "3"])),
        st.builds(value_cell, st.just("b"), style, st.sampled_from(["0", "1"])),
        st.builds(value_cell, st.just("e"), style, st.sampled_from(["#REF!", "#N/A"])),
        st.builds(lambda s, t: f'{s} t="inlineStr"><is><t>{t}</t></is></c>', style, texts),
        st.builds(
            lambda s, t: f'{s} t="inlineStr"><is><t xml:space="preserve">{t}</t></is></c>',
            style,
            texts,
        ),
        st.builds(lambda s, f, n: f"{s}><f>{f}</f><v>{n}</v></c>", style, formula, numbers),
        st.builds(lambda f, t: f' t="str"><f>{f}</f><v>{t}</v></c>', formula, texts),
        st.builds(lambda s, f: f"{s}><f>{f}</f><v/></c>", style, formula),
        st.builds(lambda s, f, n: f"{s}>{f}<v>{n}</v></c>", style, shared, numbers),
        st.builds(lambda s, t: f"{s}{t}/>", style, st.sampled_from(["", ' t="n"', ' t="s"'])),
    )


@st.composite
def sheets(draw, numbers, texts, wild):
    """The rows of a sheet: blocks of rows of one shape, with odd rows between them."""
    prefix = draw(st.sampled_from(["", "", "x:"]))
    shape = draw(st.lists(st.lists(cells(numbers, texts), min_size=1, max_size=2), max_size=4))
    rows, row = [], 0
    for _ in range(draw(st.integers(0, 12))):
        row += draw(st.sampled_from([1, 1, 1, 2]))
        attributes = draw(st.sampled_from(["", "", ' spans="1:4"', ' hidden="1"', ' ht="12"']))
        body = ""
        for at, forms in enumerate(shape):
            body += f'<c r="{column_letters(at + 1)}{row}"' + draw(st.sampled_from([*forms, "/>"]))
        rows.append(f'<row r="{row}"{attributes}>{body}</row>')
        if wild:
            rows.append(draw(st.sampled_from(["", "", "", *WILD])).replace("ROW", str(row + 1)))
    xml = "".join(rows)
    if prefix:
        for name in ("row", "c", "v", "f", "is", "t"):
            for end in (">", " ", "/"):
                xml = xml.replace(f"<{name}{end}", f"<x:{name}{end}")
            xml = xml.replace(f"</{name}>", f"</x:{name}>")
    space = f"xmlns:x='{MAIN}'" if draw(st.booleans()) and prefix else f'xmlns="{MAIN}"'
    if prefix:
        space = space if ":x=" in space else f'xmlns:x="{MAIN}"'
    if draw(st.booleans()):  # as Python's own XML writer ends elements, and openpyxl with it
        xml = xml.replace("/>", " />")
    return (
        f"<{prefix}worksheet {space}><{prefix}sheetData>{xml}</{prefix}sheetData>"
        f"</{prefix}worksheet>"
    ).encode()


@st.composite
def repeating(draw, wild):
    """The rows of a sheet in which neighbouring formulas without results come again and again."""
    styles = st.sampled_from(["", ' s="1"'])
    texts = ["$AROW+1", "$A$ROW*B1&amp;C10", "SUM(B:B)", "IF(AROW=&quot;AROW&quot;,LEFT($BROW,1))"]
    made = [(draw(styles), draw(st.sampled_from(texts))) for _ in range(draw(st.integers(1, 5)))]
    odd = ["<v>1</v>", "<f>1</f>", "<f>AROW</f><v>2</v>", '<f t="shared" si="0"/>', "<f/>", ""]
    rows, row = [], 0
    for _ in range(draw(st.integers(0, 14))):
        row += draw(st.sampled_from([1, 1, 1, 9]))
        body = ""
        for number, (style, text) in enumerate(made, start=1):
            inside = f"<f>{text}</f>" if draw(st.integers(0, 9)) else draw(st.sampled_from(odd))
            body += f'<c r="{column_letters(number)}ROW"{style}>{inside}</c>'
            body += draw(st.sampled_from([""] * 9 + WILD_BETWEEN)) if wild else ""
        rows.append(f'<row r="ROW">{body}</row>'.replace("ROW", str(row)))
        if wild:
            rows.append(draw(st.sampled_from([""] * 9 + WILD)).replace("ROW", str(row + 1)))
    xml = "".join(rows)
    return f'<worksheet xmlns="{MAIN}"><sheetData>{xml}</sheetData></worksheet>'.encode()


WILD_BETWEEN = [
    "<!--",
    "-->",
    '<c r="AROW"><f>$AROW+1</f></c>',
    '<x:c xmlns:x="urn:other">',
    "</x:c>",
    '</row><row r="ROW">',
    '</row><row r="99">',
]


WILD = [
    "\n",
    "<!-- <row r='9'/> -->",
    "<row/>",
    "<row><c><v>1</v></c></row>",
    '<row r="ROW"><c r="A1"><v>1</v></c></row>',
    '<row r="1"><c r="A1"><v>1</v></c></row>',
    '<row r="ROW"><c r="B1"><v>1</v></c></row>',
    "<row r='ROW'/>",
    '<row r="9999999"/>',
    '<row r="ROW"><c r="ZZZ1"/></row>',
    '<row r="ROW" xmlns="urn:other"/>',
    '<row r="ROW"><c r="AROW"><v>1</v></c><c r="AROW"><v>2</v></c></row>',
    '<row r="ROW"><c r="BROW"><v>1</v></c><c r="AROW"><v>2</v></c></row>',
    '<row r="ROW" r="ROW"/>',
    '<row r="ROW"><c r="AROW" t="s"><v>4</v></c></row>',
    '<row r="ROW"><c r="AROW" t="s"><v>-1</v></c></row>',
    '<row r="ROW"><c r="AROW" t="zz"><v>1</v></c></row>',
    '<row r="ROW"><c r="AROW" t="b"><v>2</v></c></row>',
    "<row",
    "</row>",
    "<c r='A1'/>",
]


def read(xml: bytes, *, fast: bool, size: int = 1 << 18, texts: bool = True):
    """Return all that a scan finds, or the reason it refuses.

    Without ``texts`` formulas are read as patterns, and written out here.
    """
    build = Build("sheet1.xml", Limits())
    chunks = iter([xml[at : at + size] for at in range(0, len(xml), size)])
    convert = Converter(STRINGS, KINDS, date1904=False, formula_texts=texts)
    try:
        scan.scan(chunks, build, convert, Limits(), fast=fast)
    except Refused as refused:
        return refused.reason
    found = {n: (c.rows, typed(map(whole, c.rows, c.values))) for n, c in build.columns.items()}
    return found, build.hidden_rows


def whole(row, value):
    return (
        value._replace(text=written_out(value.text, row)) if isinstance(value, Formula) else value
    )


def typed(values):
    return [
        (Formula, value.text, type(value.cached), repr(value.cached))
        if isinstance(value, Formula)
        else (type(value), repr(value))
        for value in values
    ]


@contextmanager
def learning_at_once():
    """Learn the rows' shape from the first rows on, however small the sheet."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(scan, "_WORTH_LEARNING", 1)
        patch.setattr(scan, "_WINDOW", 50)
        yield


SIZES = st.sampled_from([7, 64, 300, 1 << 18])


@few
@given(xml=sheets(number, text, wild=False), size=SIZES)
def test_the_fast_way_reads_what_the_exact_way_reads(xml, size):
    with learning_at_once():
        assert read(xml, fast=True, size=size) == read(xml, fast=False)


@few
@given(xml=sheets(wild_number, wild_text, wild=True), size=SIZES)
def test_the_fast_way_refuses_what_the_exact_way_refuses(xml, size):
    with learning_at_once():
        assert read(xml, fast=True, size=size) == read(xml, fast=False)


@few
@given(data=st.data(), xml=sheets(number, text, wild=False))
def test_a_damaged_sheet_is_never_read_another_way_by_the_fast_way(data, xml):
    at = data.draw(st.integers(0, len(xml) - 1))
    new = data.draw(st.sampled_from([b"", b"<", b">", b'"', b"/", b"0", b"A", b"&", b"'", b"\x00"]))
    xml = xml[:at] + new + xml[at + 1 :]
    with learning_at_once():
        assert read(xml, fast=True) == read(xml, fast=False)


ENTRIES = [
    "<si><t>{}</t></si>",
    '<si><t xml:space="preserve">{}</t></si>',
    "<si><r><t>{}</t></r><r><rPr><sz val='1'/></rPr><t>b</t></r></si>",
    "<si><t>{}</t><rPh sb='0' eb='1'><t>no</t></rPh></si>",
    "<si><t>{}</t></si>\n",
    "<!-- <si> --><si><t>{}</t></si>",
    "<si/>",
    "<si><t/></si>",
]


@few
@given(entries=st.lists(st.tuples(st.sampled_from(ENTRIES), wild_text), max_size=12), size=SIZES)
def test_the_string_table_reads_the_same_fast_and_exact(entries, size):
    body = "".join(entry.format(each) for entry, each in entries)
    xml = f'<sst xmlns="{MAIN}">{body}</sst>'.encode()
    slow = b"<!-- -->" + xml

    def found(data):
        try:
            chunks = iter([data[at : at + size] for at in range(0, len(data), size)])
            return shared_strings(chunks, "sharedStrings.xml", Limits())
        except Refused as refused:
            return refused.reason

    assert found(xml) == found(slow)


FORMULA_WORDS = [
    *["A1", "$A$1", "B$2", "$C3", "SUM(", ")", "+", '"A1"', "'A1'!B2", "Sheet1!A2", "A:B"],
    *["1:2", "LOG10(", "rate", "x.A1", "1E5", ",", "%", "#REF!", "T[A1]"],
]


@few
@given(
    text=st.lists(
        st.sampled_from(
            FORMULA_WORDS,
        ),
        max_size=6,
    ).map("+".join),
    down=st.integers(0, 50),
    right=st.integers(0, 20),
)
def test_a_shared_formula_moves_as_the_patchers_formulas_move(text, down, right):
    assert SharedFormula(text, 5, 5).at(5 + down, 5 + right) == translate(text, down, right)


plain = st.one_of(
    st.integers(-(10**12), 10**12),
    st.floats(-1e12, 1e12).map(lambda value: float(f"{value:.15g}")).filter(lambda v: v % 1),
    st.booleans(),
    st.text(st.characters(min_codepoint=32, exclude_categories=["Cs", "Cc"]), min_size=1).filter(
        lambda value: value[0] not in "=#" and "_x" not in value and max(value) < "\ufffe"
    ),
    st.dates(dt.date(1900, 3, 1)),
)


@examples(60)
@given(st.lists(st.lists(st.none() | plain, max_size=5), max_size=8))
def test_a_book_written_by_openpyxl_reads_as_written(rows):
    made = openpyxl.Workbook()
    for row in rows:
        made.active.append(row)
    out = io.BytesIO()
    made.save(out)
    grid = open_workbook(out.getvalue()).grid("Sheet")
    for at, row in enumerate(rows, start=1):
        assert grid.row(at) == {n: v for n, v in enumerate(row, start=1) if v is not None}


@pytest.mark.parametrize("end", ["/>", " />"])
@pytest.mark.parametrize("blank", ["", ' t="n"'])
@pytest.mark.parametrize("empty", ["", "<v/>", "<v></v>"])
def test_rows_as_other_programs_write_them_are_read_by_their_shape(end, blank, empty, monkeypatch):
    rows = [
        f'<row r="{n}"><c r="A{n}" s="1" t="inlineStr"><is><t>a{n}</t></is></c><c r="B{n}"{blank}/>'
        + (f'<c r="C{n}" t="n"><v>{n}</v></c>' if n % 3 else f'<c r="C{n}"{blank}/>')
        + f'<c r="D{n}" s="2"><f>A{n}+1</f>{empty}</c></row>'
        for n in range(1, 200)
    ]
    xml = plainly([row.replace("/>", end) for row in rows])
    exact = read(xml, fast=False)

    def other(*_):
        raise AssertionError("a row was not read by its shape")

    monkeypatch.setattr(scan._Pieces, "_other", other)
    monkeypatch.setattr(Shape, "_read", other)
    monkeypatch.setattr(scan, "_HEADINGS", 0)
    with learning_at_once():
        assert read(xml, fast=True) == exact


def test_a_row_without_a_number_follows_the_row_before_it_in_every_way_of_reading():
    rows = '<row r="5"/><row r="2"/><row><c><v>1</v></c></row>'
    xml = f'<worksheet xmlns="{MAIN}"><sheetData>{rows}</sheetData></worksheet>'.encode()
    found = ({1: ([3], [(int, "1")])}, set())
    assert read(xml, fast=False) == read(xml, fast=True, size=7) == found


def plainly(rows: list[str]) -> bytes:
    return f'<worksheet xmlns="{MAIN}"><sheetData>{"".join(rows)}</sheetData></worksheet>'.encode()


@pytest.mark.parametrize(
    "odd", ["1_000", " 7 ", "NaN", "inf", "1e999", "٣", "1" * 400, "0x7", "1.5.2", "-", "1e"]
)
@pytest.mark.parametrize("formula", ["", "<f>A1+1</f>"], ids=["typed", "computed"])
def test_what_only_looks_like_a_number_is_read_alike_among_many_that_are(odd, formula):
    cell = '<row r="{0}"><c r="A{0}" s="0">{1}<v>{2}</v></c></row>'
    rows = [cell.format(row, formula, odd if row == 37 else row) for row in range(1, 60)]
    with learning_at_once():
        assert read(plainly(rows), fast=True) == read(plainly(rows), fast=False)


def test_rows_between_two_formulas_of_one_number_follow_the_one_above_them():
    def row(number, formula):
        return f'<row r="{number}"><c r="A{number}">{formula}<v>{number}</v></c></row>'

    rows = [row(number, '<f t="shared" si="0"/>') for number in range(1, 120)]
    for number in (1, 50, 90):
        rows[number - 1] = row(number, f'<f t="shared" si="0" ref="A1:A200">A{number}+{number}</f>')
    with learning_at_once():
        found = read(plainly(rows), fast=True)
    assert found == read(plainly(rows), fast=False)
    texts = [text for _, text, *_ in found[0][1][1]]
    assert (texts[48], texts[49], texts[50], texts[118]) == (
        *("A49+1", "A50+50"),
        *("A51+50", "A119+90"),
    )


@few
@given(sheets(number, text, wild=False), st.sampled_from([50, 300, 1 << 18]))
def test_patterns_of_formulas_stand_for_their_texts(xml, size):
    assert read(xml, fast=True, size=size, texts=False) == read(xml, fast=False)


@examples(300)
@given(repeating(wild=False), st.sampled_from([50, 300, 1 << 18]))
def test_formulas_that_come_again_are_read_as_they_stand(xml, size):
    exact = read(xml, fast=False)
    assert read(xml, fast=True, size=size, texts=False) == exact


@examples(300)
@given(repeating(wild=True), st.sampled_from([50, 300, 1 << 18]))
def test_formulas_that_come_again_in_strange_xml_are_read_as_they_stand_or_refused(xml, size):
    assert read(xml, fast=True, size=size, texts=False) == read(xml, fast=False)


def test_a_formula_in_a_comment_or_in_another_row_is_none():
    cell = '<c r="A{0}"><f>$B{0}+1</f></c>'
    rows = [f'<row r="{n}">{cell.format(n)}</row>' for n in range(1, 9)]
    for odd in (
        f'<row r="9"><!-- {cell.format(9)} --></row>',
        f'<!-- <row r="9">{cell.format(9)}</row> -->',
        f'<row r="9"><x:c xmlns:x="urn:other">{cell.format(9)}</x:c></row>',
        f'<row r="9"/><row r="10">{cell.format(9)}</row>',
        f'<row r="9">{cell.format(9)}{cell.format(9)}</row>',
        f'<row r="09">{cell.format("09")}</row>',
    ):
        xml = f'<worksheet xmlns="{MAIN}"><sheetData>{"".join(rows)}{odd}</sheetData></worksheet>'
        exact = read(xml.encode(), fast=False)
        assert read(xml.encode(), fast=True, texts=False) == exact, odd
