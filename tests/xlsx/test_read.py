"""What a cell, a sheet and a workbook read as."""

import datetime as dt

import pytest

from sheetrecord.model.value import UNKNOWN, CellError, Formula
from sheetrecord.xlsx import Refused, open_workbook
from xlsx.readbook import MAIN, RELS, book, rels, worksheet


def cell(xml: str, strings: str | None = None, **more):
    with open_workbook(book(f'<row r="1">{xml}</row>', strings, **more)) as workbook:
        return workbook.grid("Deal").cell("A1")


moment = dt.datetime.fromisoformat


def same(found, expected) -> bool:
    return found == expected and type(found) is type(expected)


CELLS = {
    "an integer": ("<c r='A1'><v>5</v></c>", 5),
    "a negative integer": ('<c r="A1"><v>-5</v></c>', -5),
    "an integer written as a fraction": ('<c r="A1"><v>5.0</v></c>', 5.0),
    "an exponent": ('<c r="A1"><v>1E2</v></c>', 100.0),
    "spaces around a number": ('<c r="A1"><v> 7 </v></c>', 7),
    "an explicit number type": ('<c r="A1" t="n"><v>7</v></c>', 7),
    "a date": ('<c r="A1" s="1"><v>44197</v></c>', dt.date(2021, 1, 1)),
    "a built-in date format": ('<c r="A1" s="6"><v>44197</v></c>', dt.date(2021, 1, 1)),
    "a date with a time": ('<c r="A1" s="1"><v>44197.5</v></c>', moment("2021-01-01T12:00")),
    "a time": ('<c r="A1" s="2"><v>0.75</v></c>', dt.time(18)),
    "half a day in a date format": ('<c r="A1" s="1"><v>0.5</v></c>', 0.5),
    "a moment": ('<c r="A1" s="3"><v>44197.25</v></c>', moment("2021-01-01T06:00")),
    "a moment at midnight": ('<c r="A1" s="3"><v>44197</v></c>', dt.date(2021, 1, 1)),
    "elapsed hours": ('<c r="A1" s="4"><v>1.5</v></c>', 1.5),
    "a format with a word": ('<c r="A1" s="5"><v>3</v></c>', 3),
    "the 1st of January 1900": ('<c r="A1" s="1"><v>1</v></c>', dt.date(1900, 1, 1)),
    "the 28th of February 1900": ('<c r="A1" s="1"><v>59</v></c>', dt.date(1900, 2, 28)),
    "the 29th of February 1900": ('<c r="A1" s="1"><v>60</v></c>', 60),
    "the 1st of March 1900": ('<c r="A1" s="1"><v>61</v></c>', dt.date(1900, 3, 1)),
    "the last day": ('<c r="A1" s="1"><v>2958465</v></c>', dt.date(9999, 12, 31)),
    "a day too late": ('<c r="A1" s="1"><v>2958466</v></c>', 2958466),
    "a moment that rounds past the last day": (
        '<c r="A1" s="3"><v>2958465.9999999999</v></c>',
        2958465.9999999999,
    ),
    "a day before the calendar": ('<c r="A1" s="1"><v>-1</v></c>', -1),
    "a style nobody declared": ('<c r="A1" s="99"><v>3</v></c>', 3),
    "inline text": ('<c r="A1" t="inlineStr"><is><t>a&amp;b</t></is></c>', "a&b"),
    "inline rich text": (
        '<c r="A1" t="inlineStr"><is><r><t>a</t></r><r><rPr><b/></rPr><t>b</t></r></is></c>',
        "ab",
    ),
    "empty inline text": ('<c r="A1" t="inlineStr"><is><t></t></is></c>', ""),
    "a text": ('<c r="A1" t="str"><v>a &lt; b</v></c>', "a < b"),
    "blanks around a text": ('<c r="A1" t="str"><v> a b\n</v></c>', "a b"),
    "blanks that a text keeps": ('<c r="A1" t="str"><v xml:space="preserve"> a </v></c>', " a "),
    "blanks that a formula made": (
        '<c r="A1" t="str"><f>B1</f><v> a </v></c>',
        Formula("B1", " a "),
    ),
    "blanks around inline text": ('<c r="A1" t="inlineStr"><is><t>&#9; a </t></is></c>', "a"),
    "blanks that inline text keeps": (
        '<c r="A1" t="inlineStr"><is><t xml:space="preserve"> a </t></is></c>',
        " a ",
    ),
    "a character reference": ('<c r="A1" t="str"><v>&#65;&#x1F600;</v></c>', "A\U0001f600"),
    "an escape": ('<c r="A1" t="str"><v>a_x000D_b</v></c>', "a\rb"),
    "an escaped escape": ('<c r="A1" t="str"><v>_x005F_x000D_</v></c>', "_x000D_"),
    "an escaped pair": ('<c r="A1" t="str"><v>_xD83D__xDE00_</v></c>', "\U0001f600"),
    "half an escaped pair": ('<c r="A1" t="str"><v>_xD83D_</v></c>', "_xD83D_"),
    "a line end": ('<c r="A1" t="str"><v>a\r\nb\rc</v></c>', "a\nb\nc"),
    "CDATA": ('<c r="A1" t="str"><v><![CDATA[a<b]]></v></c>', "a<b"),
    "a comment within a number": ('<c r="A1"><v>1<!-- no -->2</v></c>', 12),
    "true": ('<c r="A1" t="b"><v>1</v></c>', True),
    "false in a word": ('<c r="A1" t="b"><v>false</v></c>', False),
    "an error": ('<c r="A1" t="e"><v>#REF!</v></c>', CellError("#REF!")),
    "an ISO date": ('<c r="A1" t="d"><v>2021-03-04</v></c>', dt.date(2021, 3, 4)),
    "an ISO moment": (
        '<c r="A1" t="d"><v>2021-03-04T05:06:07Z</v></c>',
        moment("2021-03-04T05:06:07"),
    ),
    "an ISO midnight": ('<c r="A1" t="d"><v>2021-03-04T00:00:00</v></c>', dt.date(2021, 3, 4)),
    "an ISO time": ('<c r="A1" t="d"><v>05:06:07</v></c>', dt.time(5, 6, 7)),
    "a formula": ('<c r="A1"><f>B1&amp;"x"</f><v>3</v></c>', Formula('B1&"x"', 3)),
    "a formula of text": ('<c r="A1" t="str"><f>B1</f><v>x</v></c>', Formula("B1", "x")),
    "a formula of no text": ('<c r="A1" t="str"><f>B1</f><v></v></c>', Formula("B1", "")),
    "a formula of a date": (
        '<c r="A1" s="1"><f>TODAY()</f><v>44197</v></c>',
        Formula("TODAY()", dt.date(2021, 1, 1)),
    ),
    "a formula of an error": (
        '<c r="A1" t="e"><f>1/0</f><v>#DIV/0!</v></c>',
        Formula("1/0", CellError("#DIV/0!")),
    ),
    "a formula never calculated": ('<c r="A1"><f>B1</f></c>', Formula("B1", UNKNOWN)),
    "a formula with an empty value": ('<c r="A1"><f>B1</f><v></v></c>', Formula("B1", UNKNOWN)),
    "a formula with a closed value": ('<c r="A1"><f>B1</f><v/></c>', Formula("B1", UNKNOWN)),
    "a volatile formula": ('<c r="A1"><f ca="1">NOW()</f><v>1</v></c>', Formula("NOW()", 1)),
    "an empty formula": ('<c r="A1"><f></f><v>3</v></c>', 3),
    "a data table": (
        '<c r="A1"><f t="dataTable" ref="A1:A3" dt2D="0" r1="C1"/><v>3</v></c>',
        Formula("TABLE(C1,)", 3),
    ),
    "a dependant without a master": (
        '<c r="A1"><f t="shared" si="7"/><v>3</v></c>',
        Formula("", 3),
    ),
    "a styled blank": ('<c r="A1" s="1"/>', None),
    "an empty value": ('<c r="A1"><v></v></c>', None),
    "a foreign element": (
        '<c r="A1"><v>3</v><x:v xmlns:x="urn:other">9</x:v></c>',
        3,
    ),
    "no address": ("<c><v>3</v></c>", 3),
    "attributes in another order": ('<c s="1" t="n" r="A1"><v>1</v></c>', dt.date(1900, 1, 1)),
}


@pytest.mark.parametrize(("xml", "expected"), CELLS.values(), ids=CELLS)
def test_a_cell_reads_as_what_it_shows(xml, expected):
    assert same(cell(xml), expected)


STRINGS = {
    "plain": ("<si><t>a</t></si>", "a"),
    "with spaces": ('<si><t xml:space="preserve"> a </t></si>', " a "),
    "blanks of its own": ("<si><t>\n a b&#10;</t></si>", "a b"),
    "a blank that was escaped": ("<si><t>a_x000A_</t></si>", "a\n"),
    "nothing but blanks": ("<si><t>  </t></si>", ""),
    "a no-break space": ("<si><t>\xa0a\u3000</t></si>", "\xa0a\u3000"),
    "blanks between runs": ("<si><r><t> a </t></r><r><t> </t></r><r><t>b </t></r></si>", "a  b"),
    "blanks that one run keeps": (
        '<si><r><t> </t></r><r><t xml:space="preserve"> a</t></r><r><t> </t></r></si>',
        " a",
    ),
    "rich": ("<si><r><t>a</t></r><r><rPr><b/></rPr><t>b</t></r></si>", "ab"),
    "with a reading aid": (
        '<si><t>東京</t><rPh sb="0" eb="2"><t>トウキョウ</t></rPh><phoneticPr fontId="1"/></si>',
        "東京",
    ),
    "rich with a reading aid": ("<si><r><t>a</t></r><rPh><t>x</t></rPh><r><t>b</t></r></si>", "ab"),
    "empty": ("<si><t/></si>", ""),
    "without a text": ("<si/>", ""),
    "escaped": ("<si><t>a_x000A_b &amp; c</t></si>", "a\nb & c"),
    "literal escape": ("<si><t>_x005F_x000D_</t></si>", "_x000D_"),
    "CDATA": ("<si><t><![CDATA[<&>]]></t></si>", "<&>"),
    "after a comment": ("<!-- <si><t>no</t></si> --><si><t>a</t></si>", "a"),
}


@pytest.mark.parametrize(("xml", "expected"), STRINGS.values(), ids=STRINGS)
def test_a_shared_string_reads_as_its_text(xml, expected):
    assert cell('<c r="A1" t="s"><v>0</v></c>', xml) == expected


def test_dates_of_a_1904_workbook_count_from_1904():
    workbook = '<workbookPr date1904="1"/>'
    assert cell('<c r="A1" s="1"><v>0</v></c>', workbook=workbook) == dt.date(1904, 1, 1)
    assert cell('<c r="A1" s="1"><v>60</v></c>', workbook=workbook) == dt.date(1904, 3, 1)
    assert cell('<c r="A1" s="2"><v>0.5</v></c>', workbook=workbook) == dt.time(12)
    last = cell('<c r="A1" s="1"><v>2957004</v></c>', workbook=workbook)
    assert same(last, 2957004)


def grid(sheet: str, **more):
    with open_workbook(book(sheet, **more)) as workbook:
        return workbook.grid("Deal")


def test_a_shared_formula_moves_with_each_dependant():
    found = grid(
        '<row r="2"><c r="B2"><f t="shared" ref="B2:C3" si="0">A2*$A$1+A$1</f><v>1</v></c>'
        '<c r="C2"><f t="shared" si="0"/><v>2</v></c></row>'
        '<row r="3"><c r="B3"><f t="shared" si="0"/><v>3</v></c></row>'
    )
    assert found.cell("B2") == Formula("A2*$A$1+A$1", 1)
    assert found.cell("C2") == Formula("B2*$A$1+B$1", 2)
    assert found.cell("B3") == Formula("A3*$A$1+A$1", 3)


def test_a_dependant_before_its_master_still_gets_the_formula():
    found = grid(
        '<row r="1"><c r="A1"><f t="shared" si="0"/><v>1</v></c></row>'
        '<row r="2"><c r="A2"><f t="shared" ref="A1:A2" si="0">B2</f><v>2</v></c></row>'
    )
    assert found.cell("A1") == Formula("B1", 1)


def test_every_cell_of_an_array_formula_has_it():
    found = grid(
        '<row r="1"><c r="A1"><f t="array" ref="A1:A2">B1:B2*2</f><v>1</v></c></row>'
        '<row r="2"><c r="A2"><v>4</v></c></row><row r="3"><c r="A3"><v>9</v></c></row>'
    )
    assert found.column(1).values == [Formula("B1:B2*2", 1), Formula("B1:B2*2", 4), 9]


def test_cells_and_rows_without_addresses_follow_one_another():
    found = grid("<row><c><v>1</v></c><c><v>2</v></c></row><row r='5'/><row><c><v>3</v></c></row>")
    assert (found.cell("A1"), found.cell("B1"), found.cell("A6")) == (1, 2, 3)


def test_a_far_cell_costs_nothing_and_a_lying_dimension_is_ignored():
    found = grid(
        worksheet(
            '<row r="1"><c r="A1"><v>1</v></c></row>'
            '<row r="1048576"><c r="XFD1048576"><v>2</v></c></row>',
            before='<dimension ref="A1:B2"/>',
        )
    )
    assert found.columns == (1, 16384)
    assert (found.max_row, found.cell("XFD1048576")) == (1048576, 2)
    assert found.column(2).rows == []


def test_rows_out_of_order_are_put_in_order():
    found = grid('<row r="2"><c r="A2"><v>2</v></c></row><row r="1"><c r="A1"><v>1</v></c></row>')
    assert found.column(1) == ([1, 2], [1, 2])


def test_a_row_gives_only_its_cells_that_hold_something():
    found = grid('<row r="1"><c r="A1"><v>1</v></c><c r="B1" s="1"/><c r="C1"><v>3</v></c></row>')
    assert found.row(1) == {1: 1, 3: 3}
    assert found.row(2) == {}


def test_a_sheet_tells_what_stands_around_its_rows():
    found = grid(
        worksheet(
            '<row r="1"><c r="A1"><v>1</v></c></row><row r="2" hidden="1"><c r="A2"><v>2</v></c>'
            '</row><row r="3" hidden="true"/>',
            before='<cols><col min="2" max="4" hidden="1"/><col min="6" max="6"/></cols>',
            after='<sheetProtection sheet="1"/><mergeCells><mergeCell ref="A1:B2"/></mergeCells>'
            '<dataValidations><dataValidation type="list" sqref="A1:A9"><formula1>"a,b"'
            "</formula1></dataValidation></dataValidations>",
        )
    )
    assert found.hidden_rows == {2, 3}
    assert found.hidden_columns == {2, 3, 4}
    assert found.merged == ("A1:B2",)
    assert found.protected
    assert found.cell("A2") == 2
    (validation,) = found.data_validations
    assert (validation.ref, validation.type, validation.formula1) == ("A1:A9", "list", '"a,b"')


def test_tables_and_notes_are_found_through_the_sheets_relationships():
    data = book(
        worksheet(
            '<row r="1"><c r="A1"><v>1</v></c></row>',
            after='<tableParts><tablePart r:id="rId1"/></tableParts>',
        ),
        extra={
            "xl/worksheets/_rels/sheet1.xml.rels": rels(
                ("rId1", "table", "../tables/table1.xml"), ("rId2", "comments", "../comments1.xml")
            ),
            "xl/tables/table1.xml": f'<table xmlns="{MAIN}" name="t" displayName="Fees"'
            ' ref="A1:B3"><tableColumns><tableColumn name="Id"/><tableColumn name="Due"/>'
            "</tableColumns></table>",
            "xl/comments1.xml": f'<comments xmlns="{MAIN}"><commentList><comment ref="B7">'
            "<text><r><t>see </t></r><r><t>me</t></r></text></comment></commentList></comments>",
        },
    )
    found = open_workbook(data).grid("Deal")
    (table,) = found.tables
    assert (table.name, table.ref, table.header_row) == ("Fees", "A1:B3", 1)
    assert table.columns == ("Id", "Due")
    assert found.notes == {"B7": "see me"}


def test_the_raw_form_of_a_rich_text_is_kept():
    rich = "<si><r><rPr><b/></rPr><t>a</t></r><r><t>b</t></r></si>"
    found = grid(
        '<row r="1"><c r="A1" t="s"><v>1</v></c><c r="B1" t="s"><v>0</v></c>'
        '<c r="C1" t="inlineStr"><is><r><t>c</t></r></is></c></row>',
        strings=f"<si><t>ab</t></si>{rich}",
    )
    assert found.raw("A1") == rich.encode()
    assert found.raw("B1") is None
    assert found.raw("C1") == b"<is><r><t>c</t></r></is>"
    assert found.cell("A1") == "ab"
    assert type(found.cell("A1")) is str


def test_defined_names_tell_their_scope():
    names = (
        '<definedNames><definedName name="rate">Deal!$A$1</definedName>'
        '<definedName name="_xlnm.Print_Area" localSheetId="0" hidden="1">Deal!$A:$B</definedName>'
        "</definedNames>"
    )
    workbook = open_workbook(book(names=names))
    assert workbook.names[0] == ("rate", None, "Deal!$A$1", False)
    assert workbook.names[1] == ("_xlnm.Print_Area", "Deal", "Deal!$A:$B", True)


def test_custom_properties_have_their_types():
    vt = "http://schemas.openxmlformats.org/officeDocument/2006/docPropsVTypes"
    custom = "http://schemas.openxmlformats.org/officeDocument/2006/custom-properties"
    body = (
        f'<Properties xmlns="{custom}" xmlns:vt="{vt}"><property name="id"><vt:lpwstr>D-1'
        '</vt:lpwstr></property><property name="n"><vt:i4>3</vt:i4></property>'
        '<property name="ok"><vt:bool>true</vt:bool></property></Properties>'
    )
    extra = {
        "_rels/.rels": rels(
            ("rId1", "officeDocument", "xl/workbook.xml"),
            ("rId2", "custom-properties", "docProps/custom.xml"),
        ),
        "docProps/custom.xml": body,
    }
    assert open_workbook(book(extra=extra)).properties == {"id": "D-1", "n": 3, "ok": True}


ENCODED = {
    "a byte-order mark": lambda xml: b"\xef\xbb\xbf" + xml.encode(),
    "UTF-16 little-endian": lambda xml: xml.encode("utf-16"),
    "UTF-16 big-endian": lambda xml: b"\xfe\xff" + xml.encode("utf-16-be"),
    "UTF-16 declared": lambda xml: ('<?xml version="1.0" encoding="UTF-16"?>' + xml).encode(
        "utf-16"
    ),
    "Latin-1": lambda xml: ('<?xml version="1.0" encoding="ISO-8859-1"?>' + xml).encode("latin-1"),
    "a declaration": lambda xml: b'<?xml version="1.0" encoding="UTF-8"?>\n' + xml.encode(),
}


@pytest.mark.parametrize("encode", ENCODED.values(), ids=ENCODED)
def test_a_part_reads_the_same_in_any_encoding(encode):
    sheet = worksheet('<row r="1"><c r="A1" t="str"><v>é</v></c></row>')
    assert open_workbook(book(encode(sheet))).grid("Deal").cell("A1") == "é"


STRICT = "http://purl.oclc.org/ooxml/spreadsheetml/main"
WRITTEN = {
    "a prefix": f'<x:worksheet xmlns:x="{MAIN}"><x:sheetData><x:row r="1"><x:c r="A1"><x:v>7</x:v>'
    "</x:c></x:row></x:sheetData></x:worksheet>",
    "strict": f'<worksheet xmlns="{STRICT}"><sheetData><row r="1"><c r="A1"><v>7</v></c></row>'
    "</sheetData></worksheet>",
    "indented": f'<worksheet xmlns="{MAIN}">\n <sheetData>\n  <row r="1">\n   <c r="A1">\n'
    "    <v>7</v>\n   </c>\n  </row>\n </sheetData>\n</worksheet>",
    "a chosen alternative": worksheet(
        '<mc:AlternateContent xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/'
        '2006"><mc:Choice xmlns:z="urn:z" Requires="z"><row r="1"><c r="A1"><v>8</v></c></row>'
        '</mc:Choice><mc:Fallback><row r="1"><c r="A1"><v>7</v></c></row></mc:Fallback>'
        "</mc:AlternateContent>"
    ),
    "comments that hold rows": worksheet(
        '<!-- <row r="1"><c r="A1"><v>8</v></c></row> --><row r="1"><c r="A1"><v>7</v></c></row>'
        "<!-- </sheetData> -->"
    ),
    "a row that changes the namespace": worksheet(
        '<row r="1"><c r="A1"><v>7</v></c></row>'
        '<row xmlns="urn:other" r="1"><c r="A1"><v>8</v></c></row>'
    ),
    "another vocabulary's rows behind the sheet's": f'<worksheet xmlns="{MAIN}"><sheetData>'
    '<row r="1"><c r="A1"><v>7</v></c></row></sheetData><rowBreaks count="1"><brk id="1"/>'
    '</rowBreaks><extLst><ext uri="x"><row xmlns="urn:other" r="1"><c r="A1"><v>8</v></c></row>'
    "</ext></extLst></worksheet>",
    "a comment behind the rows that holds some": f'<worksheet xmlns="{MAIN}"><sheetData>'
    '<row r="1"><c r="A1"><v>7</v></c></row></sheetData>'
    '<!-- <row r="1"><c r="A1"><v>8</v></c></row></sheetData> --></worksheet>',
    "a comment before everything": "<!-- <sheetData> -->"
    + worksheet('<row r="1"><c r="A1"><v>7</v></c></row>'),
    "a comment before the rows": worksheet(
        '<row r="1"><c r="A1"><v>7</v></c></row>', before="<!-- <sheetData><row/> -->"
    ),
    "an instruction": worksheet('<?x <row?><row r="1"><c r="A1"><v>7</v></c></row>'),
    "spaces in tags": worksheet('<row r="1" ><c  r = "A1" ><v >7</v ></c ></row >'),
}


@pytest.mark.parametrize("sheet", WRITTEN.values(), ids=WRITTEN)
def test_a_sheet_reads_the_same_however_it_is_written(sheet):
    assert open_workbook(book(sheet)).grid("Deal").cell("A1") == 7


def test_a_sheet_is_found_whatever_its_case_and_a_missing_one_is_refused():
    workbook = open_workbook(book())
    assert workbook.grid("dEAL").name == "Deal"
    with pytest.raises(Refused, match="its sheets are 'Deal'"):
        workbook.grid("Fees")


def test_hidden_and_chart_sheets_are_listed_and_a_chart_has_no_cells():
    data = book(
        extra={
            "xl/workbook.xml": f'<workbook xmlns="{MAIN}" xmlns:r="{RELS}"><sheets><sheet name='
            '"Deal" sheetId="1" r:id="rId1" state="veryHidden"/><sheet name="Chart" sheetId="2"'
            ' r:id="rId9"/></sheets></workbook>',
            "xl/_rels/workbook.xml.rels": rels(
                ("rId1", "worksheet", "worksheets/sheet1.xml"),
                ("rId9", "chartsheet", "chartsheets/sheet1.xml"),
            ),
            "xl/chartsheets/sheet1.xml": f'<chartsheet xmlns="{MAIN}"/>',
        }
    )
    workbook = open_workbook(data)
    assert [(s.name, s.state, s.kind) for s in workbook.sheets] == [
        ("Deal", "veryHidden", "worksheet"),
        ("Chart", "visible", "chartsheet"),
    ]
    with pytest.raises(Refused, match="has no cells"):
        workbook.grid("Chart")
