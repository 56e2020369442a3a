"""What an operation does grows with whatever a file has many of, not with its square.

Steps are counted, not seconds: every call that Python makes while the operation runs.
"""

import sys
from collections.abc import Callable

import pytest

from sheetrecord.xlsx import (
    AppendRows,
    DeleteRows,
    Edit,
    InsertRows,
    SetCell,
    SetNote,
    open_workbook,
    patch,
)
from xlsx.readbook import MAIN, STYLES, parts, rels, worksheet, zipped

FEW, MANY = 100, 400
ROWS = "".join(f'<row r="{n}"><c r="A{n}"><v>{n}</v></c></row>' for n in range(1, 21))


def book(rows: str = ROWS, before: str = "", after: str = "", **more: str | dict) -> bytes:
    extra = more.pop("extra", {})
    return zipped(parts(worksheet(rows, before, after), **more) | extra)


def each(many: int, text: str) -> str:
    """Return a text so many times, N in it counted from 1."""
    return "".join(text.replace("N", str(number)) for number in range(1, many + 1))


def inside(name: str, many: int, text: str) -> str:
    return f'<{name} count="{many}">{each(many, text)}</{name}>'


def tables(many: int) -> bytes:
    made = {
        f"xl/tables/t{n}.xml": f'<table xmlns="{MAIN}" id="{n}" displayName="T{n}" ref='
        f'"A{10 * n}:A{10 * n + 5}"><tableColumns count="1"><tableColumn id="1" name="a"/>'
        "</tableColumns></table>"
        for n in range(3, many + 3)
    }
    listed = [(f"r{n}", "table", f"../tables/t{n}.xml") for n in range(3, many + 3)]
    made["xl/worksheets/_rels/sheet1.xml.rels"] = rels(*listed)
    named = "".join(f'<tablePart r:id="r{n}"/>' for n in range(3, many + 3))
    return book(after=f"<tableParts>{named}</tableParts>", extra=made)


def notes(many: int) -> bytes:
    listed = each(many, '<comment ref="CN" authorId="0"><text><t>x</t></text></comment>')
    made = {
        "xl/comments1.xml": f'<comments xmlns="{MAIN}"><authors><author>A</author></authors>'
        f"<commentList>{listed}</commentList></comments>",
        "xl/worksheets/_rels/sheet1.xml.rels": rels(("rId1", "comments", "../comments1.xml")),
    }
    return book(extra=made)


SHARED = '<row r="1"><c r="B1"><f t="shared" ref="B1:B{}" si="0">A1*2</f><v>1</v></c></row>'
RULE = (
    '<conditionalFormatting sqref="AN:AN"><cfRule type="expression" priority="1">'
    "<formula>AN&gt;2</formula></cfRule></conditionalFormatting>"
)
BOOKS: dict[str, Callable[[int], bytes]] = {
    "formulas": lambda n: book(
        each(n, '<row r="N"><c r="AN"/><c r="BN"><f>SUM(A$1:AN)</f><v>1</v></c></row>')
    ),
    "shared formulas": lambda n: book(
        SHARED.format(n)
        + "".join(
            f'<row r="{r}"><c r="B{r}"><f t="shared" si="0"/><v>1</v></c></row>'
            for r in range(2, n + 1)
        )
    ),
    "arrays": lambda n: book(
        each(n, '<row r="N"><c r="BN"><f t="array" ref="BN:BN">A1</f><v>1</v></c></row>')
    ),
    "empty rows with a format": lambda n: book(each(n, '<row r="N" s="1" customFormat="1"/>')),
    "formats": lambda n: book(
        extra={
            "xl/styles.xml": STYLES.replace("</cellXfs>", '<xf numFmtId="0"/>' * n + "</cellXfs>")
        }
    ),
    "rules": lambda n: book(after=each(n, RULE)),
    "validations": lambda n: book(
        after=inside(
            "dataValidations",
            n,
            '<dataValidation sqref="AN"><formula1>$B$1:$B$9</formula1></dataValidation>',
        )
    ),
    "merged cells": lambda n: book(after=inside("mergeCells", n, '<mergeCell ref="DN:EN"/>')),
    "names": lambda n: book(
        names=inside("definedNames", n, '<definedName name="nN">Deal!$A$N</definedName>')
    ),
    "links": lambda n: book(
        after=inside("hyperlinks", n, '<hyperlink ref="FN" location="Deal!AN"/>')
    ),
    "breaks": lambda n: book(after=inside("rowBreaks", n, '<brk id="N" man="1"/>')),
    "columns": lambda n: book(before=inside("cols", n, '<col min="N" max="N" width="9"/>')),
    "texts": lambda n: book(strings=each(n, "<si><t>tN</t></si>")),
    "tables": tables,
    "notes": notes,
}
OPERATIONS: dict[str, Callable[[int], list[Edit]]] = {
    "one cell": lambda _: [SetCell("Deal", "Z3", 7)],
    "many cells": lambda n: [SetCell("Deal", f"Z{row}", row) for row in range(1, n)],
    "rows in": lambda _: [InsertRows("Deal", 5, 2)],
    "rows out": lambda _: [DeleteRows("Deal", 5, 1)],
    "rows below": lambda _: [AppendRows("Deal", [{"A": 1}], after_row=20)],
    "a note": lambda _: [SetNote("Deal", "B2", "x", "y")],
}


def steps(work: Callable[[], object]) -> int:
    """Return how many calls a piece of work makes."""
    count = 0

    def seen(_frame: object, event: str, _argument: object) -> None:
        nonlocal count
        count += event in {"call", "c_call"}

    work()  # what is compiled or kept the first time is not counted
    sys.setprofile(seen)
    try:
        work()
    finally:
        sys.setprofile(None)
    return count


def read(data: bytes) -> None:
    with open_workbook(data) as workbook:
        grid = workbook.grid("Deal")
        for number in grid.columns:
            grid.column(number)


@pytest.mark.parametrize("kind", BOOKS)
def test_steps_grow_with_what_a_file_has_many_of(kind: str) -> None:
    few, many = BOOKS[kind](FEW), BOOKS[kind](MANY)
    for name, edits in OPERATIONS.items():
        small = steps(lambda edits=edits: patch(few, edits(FEW)))
        large = steps(lambda edits=edits: patch(many, edits(MANY)))
        assert large < 6 * small, f"{name}: {small} steps became {large}"
    assert steps(lambda: read(many)) < 6 * steps(lambda: read(few))
