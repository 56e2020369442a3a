"""Every place of a package that names cells, by the schema: it follows, refuses, or does not move.

Sources: ECMA-376 part 1, annex A (ST_Ref, ST_Sqref, ST_CellRef, ST_Formula), MS-XLSX 2.6 (x14), and
what drawings, controls and charts hold. One line for each attribute and element.
"""

# ruff: noqa: E501 - a table is read by its lines

import pytest

from sheetrecord.xlsx import DeleteRows, InsertRows, Refused, patch
from xlsx.makebooks import members
from xlsx.readbook import MAIN, RELS, parts, rels, worksheet, zipped

X14 = 'xmlns:x14="urn:x14" xmlns:xm="http://schemas.microsoft.com/office/excel/2006/main"'
SHEET = "xl/worksheets/sheet1.xml"
ROWS = "".join(f'<row r="{n}"><c r="A{n}"><v>{n}</v></c></row>' for n in range(1, 12))
INSERT = InsertRows("Deal", 3, 2)
DELETE = DeleteRows("Deal", 3, 1)
GONE = None
"""The element is gone with its cells."""


def sheet(before: str = "", after: str = "", rows: str = ROWS) -> bytes:
    return zipped(parts(worksheet(rows, before, after)))


def part(name: str, kind: str, body: str, after: str = "") -> bytes:
    extra = {
        "xl/worksheets/_rels/sheet1.xml.rels": rels(("rId1", kind, f"../{name}")),
        f"xl/{name}": body,
    }
    return zipped(parts(worksheet(ROWS, after=after)) | extra)


def chart(body: str) -> bytes:
    """A book whose sheet has a drawing with a chart."""
    extra = {
        "xl/worksheets/_rels/sheet1.xml.rels": rels(("rId1", "drawing", "../drawings/d.xml")),
        "xl/drawings/d.xml": "<wsDr/>",
        "xl/drawings/_rels/d.xml.rels": rels(("rId1", "chart", "../charts/c.xml")),
        "xl/charts/c.xml": f"<chartSpace>{body}</chartSpace>",
    }
    return zipped(parts(worksheet(ROWS)) | extra)


def of_book(name: str, kind: str, body: str) -> bytes:
    found = parts(worksheet(ROWS))
    listed = str(found["xl/_rels/workbook.xml.rels"])
    one = f'<Relationship Id="rId9" Type="{RELS}/{kind}" Target="{name}"/></Relationships>'
    found["xl/_rels/workbook.xml.rels"] = listed.replace("</Relationships>", one)
    return zipped(found | {f"xl/{name}": body})


def name(text: str) -> bytes:
    names = f'<definedNames><definedName name="n">{text}</definedName></definedNames>'
    return zipped(parts(worksheet(ROWS), names=names))


def table(ref: str, inside: str) -> bytes:
    body = (
        f'<table xmlns="{MAIN}" id="1" displayName="T" ref="{ref}"><tableColumns count="1">'
        f'<tableColumn id="1" name="a">{inside}</tableColumn></tableColumns></table>'
    )
    parts_ = '<tableParts count="1"><tablePart r:id="rId1"/></tableParts>'
    return part("tables/t.xml", "table", body, parts_)


def ext(inside: str) -> str:
    return f'<extLst><ext uri="x" {X14}>{inside}</ext></extLst>'


def x14_rule(formula: str, sqref: str) -> str:
    return ext(
        "<x14:conditionalFormattings><x14:conditionalFormatting><x14:cfRule type='expression'>"
        f"<xm:f>{formula}</xm:f></x14:cfRule><xm:sqref>{sqref}</xm:sqref>"
        "</x14:conditionalFormatting></x14:conditionalFormattings>"
    )


def x14_list(formula: str, sqref: str) -> str:
    return ext(
        "<x14:dataValidations count='1'><x14:dataValidation type='custom'><x14:formula1>"
        f"<xm:f>{formula}</xm:f></x14:formula1><xm:sqref>{sqref}</xm:sqref>"
        "</x14:dataValidation></x14:dataValidations>"
    )


def rule(formula: str, sqref: str) -> str:
    return (
        f'<conditionalFormatting sqref="{sqref}"><cfRule type="expression" priority="1">'
        f"<formula>{formula}</formula></cfRule></conditionalFormatting>"
    )


def sparkline(formula: str, at: str) -> str:
    return ext(
        "<x14:sparklineGroups><x14:sparklineGroup><x14:sparklines><x14:sparkline>"
        f"<xm:f>{formula}</xm:f><xm:sqref>{at}</xm:sqref></x14:sparkline></x14:sparklines>"
        "</x14:sparklineGroup></x14:sparklineGroups>"
    )


def consolidated(ref: str, more: str = "") -> str:
    return f'<dataConsolidate><dataRefs count="1"><dataRef ref="{ref}"{more}/></dataRefs></dataConsolidate>'


def anchored(row: str) -> str:
    return f"<wsDr><twoCellAnchor><from><row>{row}</row></from><to><row>8</row></to></twoCellAnchor></wsDr>"


def scenario(cell: str) -> str:
    return (
        f'<scenarios><scenario name="s" count="1"><inputCells r="{cell}" val="1"/></scenario>'
        "</scenarios>"
    )


def cell(inside: str, row: int = 20) -> str:
    return f'<row r="{row}"><c r="C{row}">{inside}<v>1</v></c></row>'


# what holds it, the builder, before, after two rows come before row 3, after row 3 is gone
FOLLOWS = {
    "a cell's formula": (lambda v: sheet(rows=ROWS + cell(f"<f>{v}</f>")), "SUM(A2:A5)", "SUM(A2:A7)", "SUM(A2:A4)"),
    "an array's cells": (
        lambda v: sheet(rows=ROWS + cell(f'<f t="array" ref="{v}">1</f>')), "C20", "C22", "C19"),
    "dimension": (lambda v: sheet(f'<dimension ref="{v}"/>'), "A1:A11", "A1:A13", "A1:A10"),
    "mergeCell": (lambda v: sheet(after=f'<mergeCells count="1"><mergeCell ref="{v}"/></mergeCells>'), "C2:D5", "C2:D7", "C2:D4"),
    "autoFilter": (lambda v: sheet(after=f'<autoFilter ref="{v}"/>'), "A1:B9", "A1:B11", "A1:B8"),
    "sortState": (lambda v: sheet(after=f'<sortState ref="{v}"/>'), "A2:B9", "A2:B11", "A2:B8"),
    "sortCondition": (
        lambda v: sheet(after=f'<sortState ref="A2:B9"><sortCondition ref="{v}"/></sortState>'),
        "B2:B9", "B2:B11", "B2:B8"),
    "protectedRange": (lambda v: sheet(after=f'<protectedRanges><protectedRange sqref="{v}" name="p"/></protectedRanges>'), "A3:A4 C9", "A5:A6 C11", "A3 C8"),
    "scenario's cells": (lambda v: sheet(after=scenario(v)), "B5", "B7", "B4"),
    "scenario's cell that goes": (lambda v: sheet(after=scenario(v)), "B3", "B5", GONE),
    "cellWatch": (lambda v: sheet(after=f'<cellWatches><cellWatch r="{v}"/></cellWatches>'), "B5", "B7", "B4"),
    "ignoredError": (lambda v: sheet(after=f'<ignoredErrors><ignoredError sqref="{v}"/></ignoredErrors>'), "B2:B5", "B2:B7", "B2:B4"),
    "cellSmartTags": (lambda v: sheet(after=f'<smartTags><cellSmartTags r="{v}"/></smartTags>'), "B5", "B7", "B4"),
    "webPublishItem": (lambda v: sheet(after=f'<webPublishItems count="1"><webPublishItem id="1" sourceRef="{v}"/></webPublishItems>'), "A1:B9", "A1:B11", "A1:B8"),
    "dataRef of its own sheet": (lambda v: sheet(after=consolidated(v)), "A1:B9", "A1:B11", "A1:B8"),
    "dataRef that names its sheet": (lambda v: sheet(after=consolidated(v, ' sheet="Deal"')), "A1:B9", "A1:B11", "A1:B8"),
    "dataRef of another sheet": (lambda v: sheet(after=consolidated(v, ' sheet="Other"')), "A1:B9", "A1:B9", "A1:B9"),
    "hyperlink's cell": (lambda v: sheet(after=f'<hyperlinks><hyperlink ref="{v}" location="x"/></hyperlinks>'), "B5", "B7", "B4"),
    "hyperlink's target": (lambda v: sheet(after=f'<hyperlinks><hyperlink ref="A1" location="{v}"/></hyperlinks>'), "Deal!B5", "Deal!B7", "Deal!B4"),
    "rowBreaks": (lambda v: sheet(after=f'<rowBreaks count="1"><brk id="{v}" man="1"/></rowBreaks>'), "6", "8", "5"),
    "a rule's cells": (lambda v: sheet(after=rule("$A$1>1", v)), "B2:B9", "B2:B11", "B2:B8"),
    "a rule's formula": (lambda v: sheet(after=rule(v, "B2:B9")), "A2>$A$5", "A2>$A$7", "A2>$A$4"),
    "a rule's formula that names its sheet": (lambda v: sheet(after=rule(v, "B4:B9")), "Deal!A4>Deal!$A$5", "Deal!A6>Deal!$A$7", "Deal!A3>Deal!$A$4"),
    "cfvo": (
        lambda v: sheet(after='<conditionalFormatting sqref="B2:B9"><cfRule type="colorScale" priority="1"><colorScale>'
                        f'<cfvo type="formula" val="{v}"/></colorScale></cfRule></conditionalFormatting>'),
        "$A$5", "$A$7", "$A$4"),
    "an x14 rule's cells": (lambda v: sheet(after=x14_rule("$A$1>1", v)), "B2:B9", "B2:B11", "B2:B8"),
    "an x14 rule's formula": (lambda v: sheet(after=x14_rule(v, "B3:B9")), "A3>$A$5", "A5>$A$7", "A3>$A$4"),
    "an x14 rule's formula above": (lambda v: sheet(after=x14_rule(v, "B3:B9")), "A2>1", "A4>1", "A2>1"),
    "an x14 validation's cells": (lambda v: sheet(after=x14_list("$A$1>1", v)), "B2:B9", "B2:B11", "B2:B8"),
    "an x14 validation's formula": (lambda v: sheet(after=x14_list(v, "B3:B9")), "A3>Deal!$A$5", "A5>Deal!$A$7", "A3>Deal!$A$4"),
    "a validation's formula": (
        lambda v: sheet(after=f'<dataValidations count="1"><dataValidation type="custom" sqref="B3:B9"><formula1>{v}</formula1></dataValidation></dataValidations>'),
        "A3>$A$5", "A5>$A$7", "A3>$A$4"),
    "a sparkline's data": (lambda v: sheet(after=sparkline(v, "D9")), "Deal!A2:A5", "Deal!A2:A7", "Deal!A2:A4"),
    "a sparkline's cell": (lambda v: sheet(after=sparkline("Deal!A1:A2", v)), "D9", "D11", "D8"),
    "table": (lambda v: table(v, ""), "A1:A9", "A1:A11", "A1:A8"),
    "calculatedColumnFormula": (
        lambda v: table("A2:A9", f"<calculatedColumnFormula>{v}</calculatedColumnFormula>"),
        "B3*Deal!C3*$D$5", "B3*Deal!C3*$D$7", "B3*Deal!C3*$D$4"),
    "calculatedColumnFormula below": (
        lambda v: table("A5:A9", f"<calculatedColumnFormula>{v}</calculatedColumnFormula>"),
        "B6*$D$5", "B8*$D$7", "B5*$D$4"),
    "totalsRowFormula": (
        lambda v: table("A1:A9", f"<totalsRowFormula>{v}</totalsRowFormula>"),
        "SUM(A2:A8)", "SUM(A2:A10)", "SUM(A2:A7)"),
    "a note": (
        lambda v: part("comments1.xml", "comments", f'<comments xmlns="{MAIN}"><commentList><comment ref="{v}"/></commentList></comments>'),
        "B5", "B7", "B4"),
    "a note that goes": (
        lambda v: part("comments1.xml", "comments", f'<comments xmlns="{MAIN}"><commentList><comment ref="{v}"/></commentList></comments>'),
        "B3", "B5", GONE),
    "a conversation": (lambda v: part("t.xml", "threadedComment", f'<ThreadedComments><threadedComment ref="{v}"/></ThreadedComments>'), "B5", "B7", "B4"),
    "singleXmlCell": (lambda v: part("s.xml", "tableSingleCells", f'<singleXmlCells><singleXmlCell id="1" r="{v}"/></singleXmlCells>'), "B5", "B7", "B4"),
    "a pivot table's place": (lambda v: part("p.xml", "pivotTable", f'<pivotTableDefinition><location ref="{v}"/></pivotTableDefinition>'), "C5:D9", "C7:D11", "C4:D8"),
    "a drawing's corner": (lambda v: part("d.xml", "drawing", anchored(v)), "5", "7", "4"),
    "a shape's text": (lambda v: part("d.xml", "drawing", f'<wsDr><sp textlink="{v}"/></wsDr>'), "Deal!$A$5", "Deal!$A$7", "Deal!$A$4"),
    "a control's link": (lambda v: part("c.xml", "ctrlProp", f'<formControlPr fmlaLink="{v}"/>'), "$A$5", "$A$7", "$A$4"),
    "a control's list": (lambda v: part("c.xml", "ctrlProp", f'<formControlPr fmlaRange="{v}"/>'), "$A$2:$A$5", "$A$2:$A$7", "$A$2:$A$4"),
    "an ActiveX control's cell": (lambda v: sheet(after=f'<controls><control shapeId="1"><controlPr linkedCell="{v}"/></control></controls>'), "A5", "A7", "A4"),
    "an ActiveX control's list": (lambda v: sheet(after=f'<controls><control shapeId="1"><controlPr listFillRange="{v}"/></control></controls>'), "Deal!B2:B5", "Deal!B2:B7", "Deal!B2:B4"),
    "a new chart's name of a dimension": (lambda v: chart(f"<strDim><nf>{v}</nf></strDim>"), "Deal!$A$5", "Deal!$A$7", "Deal!$A$4"),
    "a data table's input cell": (lambda v: sheet(rows=ROWS + cell(f'<f t="dataTable" ref="C20" dt2D="0" dtr="0" r1="{v}"/>')), "B5", "B7", "B4"),
    "a data table's other input cell": (lambda v: sheet(rows=ROWS + cell(f'<f t="dataTable" ref="C20" dt2D="1" dtr="1" r1="A1" r2="{v}"/>')), "B5", "B7", "B4"),
    "an x14 ignored error": (lambda v: sheet(after=ext(f"<x14:ignoredErrors><x14:ignoredError><xm:sqref>{v}</xm:sqref></x14:ignoredError></x14:ignoredErrors>")), "B2:B5", "B2:B7", "B2:B4"),
    "a sparkline's dates": (lambda v: sheet(after=ext(f"<x14:sparklineGroups><x14:sparklineGroup dateAxis='1'><xm:f>{v}</xm:f><x14:sparklines><x14:sparkline><xm:f>Deal!A1:A2</xm:f><xm:sqref>D9</xm:sqref></x14:sparkline></x14:sparklines></x14:sparklineGroup></x14:sparklineGroups>")), "Deal!A2:A5", "Deal!A2:A7", "Deal!A2:A4"),
    "a VML control's link": (lambda v: part("v.vml", "vmlDrawing", f"<xml><v:shape ><x:FmlaLink>{v}</x:FmlaLink></v:shape></xml>"), "$A$5", "$A$7", "$A$4"),
    "a VML note's row": (lambda v: part("v.vml", "vmlDrawing", f'<xml><v:shape ><x:ClientData ObjectType="Note"><x:Row>{v}</x:Row></x:ClientData></v:shape></xml>'), "5", "7", "4"),
    "a chart's series": (lambda v: chart(f"<f>{v}</f>"), "Deal!$A$2:$A$5", "Deal!$A$2:$A$7", "Deal!$A$2:$A$4"),
    "a chart's filtered series": (lambda v: chart(f"<ext><formulaRef><sqref>{v}</sqref></formulaRef></ext>"), "Deal!$A$2:$A$5", "Deal!$A$2:$A$7", "Deal!$A$2:$A$4"),
    "a defined name": (name, "Deal!$A$2:$A$5", "Deal!$A$2:$A$7", "Deal!$A$2:$A$4"),
    "a pivot's source": (
        lambda v: of_book("pc.xml", "pivotCacheDefinition", f'<pivotCacheDefinition><cacheSource><worksheetSource ref="{v}" sheet="Deal"/></cacheSource></pivotCacheDefinition>'),
        "A1:B9", "A1:B11", "A1:B8"),
    "a pivot's range among several": (
        lambda v: of_book("pc.xml", "pivotCacheDefinition", f'<pivotCacheDefinition><rangeSets><rangeSet ref="{v}" sheet="Deal"/></rangeSets></pivotCacheDefinition>'),
        "A1:B9", "A1:B11", "A1:B8"),
    "a query's parameter": (
        lambda v: of_book("connections.xml", "connections", f'<connections><connection id="1"><parameters><parameter cell="{v}"/></parameters></connection></connections>'),
        "Deal!$A$5", "Deal!$A$7", "Deal!$A$4"),
    "real-time data": (
        lambda v: of_book("v.xml", "volatileDependencies", f'<volTypes><volType><main><tp><tr r="{v}" s="1"/></tp></main></volType></volTypes>'),
        "B5", "B7", "B4"),
    "real-time data of another sheet": (
        lambda v: of_book("v.xml", "volatileDependencies", f'<volTypes><volType><main><tp><tr r="{v}" s="2"/></tp></main></volType></volTypes>'),
        "B5", "B5", "B5"),
}  # fmt: skip
STAYS = {
    "sheetView and pane: where one looks": (
        lambda v: sheet(f'<sheetViews><sheetView topLeftCell="{v}" workbookViewId="0"><pane ySplit="1" topLeftCell="{v}"/></sheetView></sheetViews>'), "A5"),
    "selection: where one is": (
        lambda v: sheet(f'<sheetViews><sheetView workbookViewId="0"><selection activeCell="{v}" sqref="{v}"/></sheetView></sheetViews>'), "B5"),
    "syncRef: where one looks": (lambda v: sheet(f'<sheetPr syncRef="{v}"/>'), "B5"),
    "a column's breaks: for all rows": (
        lambda v: sheet(after=f'<colBreaks count="1"><brk id="{v}" max="1048575" man="1"/></colBreaks>'), "5"),
    "another workbook's cells": (lambda v: sheet(rows=ROWS + cell(f"<f>{v}</f>")), "SUM([1]Deal!A1:A9)"),
    "another workbook's consolidation": (lambda v: sheet(after=consolidated(v, ' r:id="rId1"')), "A1:B9"),
    "a table's column": (lambda v: sheet(rows=ROWS + cell(f"<f>{v}</f>")), "SUM(T[A5])"),
}  # fmt: skip
REFUSES = {
    "an array that is cut": (
        sheet(rows=cell('<f t="array" ref="C2:C9">1</f>', 2)), INSERT, "array"),
    "a table's heading that goes": (table("A3:A9", ""), DELETE, "table"),
    "a pivot table that is cut": (
        part("p.xml", "pivotTable", '<pivotTableDefinition><location ref="C2:D9"/></pivotTableDefinition>'), INSERT, "pivot"),
    "a pivot's source that goes": (
        of_book("pc.xml", "pivotCacheDefinition", '<p><worksheetSource ref="A3:B3" sheet="Deal"/></p>'), DELETE, "pivot"),
    "a mapped cell that goes": (
        part("s.xml", "tableSingleCells", '<s><singleXmlCell id="1" r="B3"/></s>'), DELETE, "part"),
    "a cell of real-time data that goes": (
        of_book("v.xml", "volatileDependencies", '<volTypes><tr r="B3" s="1"/></volTypes>'), DELETE, "part"),
    "the history of a shared workbook": (
        of_book("r.xml", "revisionHeaders", "<headers/>"), INSERT, "shared-workbook"),
}  # fmt: skip


def whole(data: bytes) -> str:
    return "".join(body.decode() for _, body in sorted(members(data).items()))


def escaped(text: str) -> str:
    return text.replace(">", "&gt;")


@pytest.mark.parametrize("place", FOLLOWS)
@pytest.mark.parametrize("edit", [INSERT, DELETE], ids=["insert", "delete"])
def test_a_reference_follows_the_rows_wherever_it_stands(place, edit):
    build, before, inserted, deleted = FOLLOWS[place]
    expected = inserted if edit is INSERT else deleted
    after = whole(patch(build(escaped(before)), [edit]).data)
    if expected is GONE:
        assert before not in after
        return
    pieces = whole(build("\x7f")).split("\x7f")  # what stood around it stands around it now
    around = [pieces[0][-3:] + escaped(expected), escaped(expected) + pieces[1][:3]]
    assert all(each in after for each in around), after


@pytest.mark.parametrize("place", STAYS)
@pytest.mark.parametrize("edit", [INSERT, DELETE], ids=["insert", "delete"])
def test_what_does_not_name_cells_that_moved_stays(place, edit):
    build, text = STAYS[place]
    before = whole(build("\x7f")).split("\x7f")[0][-3:]
    assert before + text in whole(patch(build(text), [edit]).data)


@pytest.mark.parametrize("place", REFUSES)
def test_what_cannot_follow_is_refused_and_says_what_to_change(place):
    data, edit, reason = REFUSES[place]
    with pytest.raises(Refused) as refused:
        patch(data, [edit])
    assert refused.value.reason == reason
    assert ": " in str(refused.value)
