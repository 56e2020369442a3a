"""Rows moved by the patcher and by LibreOffice give the same workbook.

Both are saved by LibreOffice, so that what is compared is written in one way: every formula and
its result, and all that names cells around them.
"""

import datetime as dt
import random
import re
import zipfile
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest
import xlsxwriter

from effort import EFFORT
from sheetrecord.xlsx import DeleteRows, InsertRows, Refused, patch
from xlsx.office_rows import Job, bridge, saved

BOOKS = {"fast": 1, "normal": 4, "long": 60}[EFFORT]
MOVES = 8
ROWS = 24
"""Rows of data, below a heading."""

FORMULAS = (
    "A{r}*2",
    "$A{r}+A$4",
    "$A$6+B{r}",
    "SUM(A2:A{r})",
    "SUM($A$2:$A$20)",
    "SUM(A:A)",
    "SUM(4:4)-SUM(3:3)",
    "COUNTIF($B$2:$B$20,B{r})",
    "Other!A3+A{r}",
    "SUM(Other!A2:B9)",
    "SUMPRODUCT((A2:A20>3)*(B2:B20<9))",
    "INDEX(A2:B20,3,2)",
    "IF(A{r}>B{r},A8,B9)",
    "amounts",
    "SUM(amounts)+one_cell",
    'VLOOKUP(A{r},A2:B20,2,0)&""',
    "A{r}%+-A5^2",
    "SUM((A2:A4,A8:A12))",
    "MAX(A2:INDEX(A2:A20,5))",
)


def made(path: Path, choice: random.Random) -> None:
    """Write a workbook that names cells in every way that LibreOffice reads and writes."""
    with xlsxwriter.Workbook(path) as book:
        look = book.add_format({"num_format": "0.00", "bg_color": "#DDEEFF"})
        data, other = book.add_worksheet("Data"), book.add_worksheet("Other")
        data.write_row(0, 0, ["A", "B", "C", "D", "E"])
        for row in range(1, ROWS + 1):
            data.write_row(row, 0, [choice.randint(0, 9), choice.randint(0, 9)])
            for column in (2, 3, 4):
                text = choice.choice(FORMULAS).format(r=choice.randint(2, ROWS))
                data.write_formula(row, column, "=" + text, look if column == 3 else None)
        for row in range(12):
            other.write_row(row, 0, [row, row * 2])
            text = choice.choice(
                ["Data!A{r}", "SUM(Data!A2:A{r})", "SUM(Data!$B$3:$B$9)", "amounts"]
            )
            other.write_formula(row, 2, "=" + text.format(r=choice.randint(2, ROWS)))
        _around(book, data, choice)


def _span(choice: random.Random, column: str) -> str:
    first = choice.randint(2, ROWS - 4)
    return f"{column}{first}:{column}{choice.randint(first + 1, ROWS)}"


def _around(book: xlsxwriter.Workbook, data, choice: random.Random) -> None:
    """What stands around the cells: names, rules, validations, merged cells, links, breaks."""
    red = book.add_format({"font_color": "#AA0000"})
    book.define_name("amounts", f"=Data!$A${choice.randint(2, 9)}:$A${choice.randint(10, ROWS)}")
    book.define_name("one_cell", f"=Data!$B${choice.randint(2, ROWS)}")
    data.conditional_format(
        _span(choice, "A"), {"type": "cell", "criteria": ">", "value": "=$B$5", "format": red}
    )
    # a rule whose first row is deleted stays the rule it was, as in Excel; LibreOffice loses it
    rule = {"type": "formula", "criteria": "=$A2>$B2", "format": red}
    data.conditional_format(f"B2:B{choice.randint(5, ROWS)}", rule)
    data.data_validation(_span(choice, "A"), {"validate": "list", "source": "=$B$4:$B$12"})
    data.data_validation(
        _span(choice, "B"),
        {"validate": "decimal", "criteria": "<", "value": "=Other!$A$4+$A$7"},
    )
    at = choice.randint(4, ROWS - 3)
    data.merge_range(f"G{at}:H{at + 2}", "merged")
    data.write_url(choice.randint(2, 9), 8, f"internal:Data!A{choice.randint(3, ROWS)}", None, "x")
    data.set_row(choice.randint(2, ROWS), 33)
    data.set_row(ROWS, None, None, {"hidden": True})  # none is inserted right below
    data.print_area(f"A1:E{choice.randint(9, ROWS)}")
    data.repeat_rows(0, 1)
    data.autofilter(0, 0, choice.randint(9, ROWS), 4)
    data.write_array_formula(ROWS + 2, 10, ROWS + 4, 10, "{=A2:A4*B2:B4}")
    chart = book.add_chart({"type": "line"})
    chart.add_series({"values": f"=Data!{_span(choice, '$A$')}"})
    data.insert_chart("M2", chart)
    rows = [[number, number] for number in range(4)]
    columns = [{"header": "Id"}, {"header": "Sum"}]
    data.add_table(ROWS + 6, 0, ROWS + 10, 1, {"name": "T", "columns": columns, "data": rows})
    data.write_formula(ROWS + 12, 0, "=SUM(T[Sum])")
    data.write_comment(choice.randint(2, ROWS), 1, "a note", {"author": "Ana"})
    data.write_datetime(choice.randint(2, ROWS), 9, dt.datetime(2026, 5, 4), red)  # noqa: DTZ001


def moves(choice: random.Random) -> Iterator[tuple[str, int, int]]:
    for _ in range(MOVES):
        verb = choice.choice(["insert", "delete"])
        yield verb, choice.randint(3, ROWS - 2), choice.randint(1, 3)


_PARTS = r"xl/(workbook|worksheets/sheet\d+|comments\d+|charts/chart\d+|tables/table\d+)\.xml"


def content(path: Path) -> dict[str, list[object]]:
    """Return what a workbook that LibreOffice saved says, by kind."""
    found: dict[str, list[object]] = defaultdict(list)
    with zipfile.ZipFile(path) as package:
        for name in sorted(package.namelist()):
            if re.fullmatch(_PARTS, name):
                _part(ET.fromstring(package.read(name)), name, found)
    return found


def _part(root: ET.Element, name: str, found: dict[str, list[object]]) -> None:
    for element in root.iter():
        kind, said = element.tag.rpartition("}")[2], dict(element.attrib)
        if kind == "c":
            _cell(element, name, found)
        elif kind == "row" and "true" in (said.get("customHeight"), said.get("hidden")):
            found["row"].append((name, said["r"], said.get("ht"), said.get("hidden")))
        elif kind == "definedName":
            found["name"].append((said["name"], said.get("localSheetId"), element.text))
        elif kind == "f" and name.startswith("xl/charts"):
            found["chart"].append((element.text,))
        elif kind in {"mergeCell", "comment", "autoFilter", "table", "hyperlink"}:
            # where a link leads is not compared: LibreOffice lets it lead to where the cell was
            found[kind].append((name, said["ref"]))
        elif kind in {"dataValidation", "conditionalFormatting"}:
            texts = [(e.text or "").upper() for e in element.iter() if "formula" in e.tag]
            areas = tuple(sorted(said["sqref"].split()))
            # LibreOffice lets the cells that a validation reads lie where they were; Excel does not
            found[kind].append((name, areas, texts if kind == "conditionalFormatting" else ()))


def _cell(cell: ET.Element, name: str, found: dict[str, list[object]]) -> None:
    inside = {child.tag.rpartition("}")[2]: child.text for child in cell}
    if "f" in inside:
        # which error a lost reference gives depends on how it came to be lost
        result = "error" if cell.get("t") == "e" else inside.get("v")
        found["formula"].append((name, cell.get("r"), inside["f"], result))
    elif inside:
        found["value"].append((name, cell.get("r"), inside.get("v")))


@pytest.mark.libreoffice
@pytest.mark.skipif(bridge() is None, reason="LibreOffice's bridge to Python is not installed")
def test_moved_rows_give_what_libreoffice_gives(tmp_path: Path) -> None:
    jobs, cases, refused = [], [], 0
    for seed in range(BOOKS):
        choice = random.Random(seed)
        book = tmp_path / f"{seed}.xlsx"
        made(book, choice)
        for number, (verb, row, rows) in enumerate(moves(choice)):
            edit = (InsertRows if verb == "insert" else DeleteRows)("Data", row, rows)
            ours, theirs = (tmp_path / f"{seed}-{number}-{who}.xlsx" for who in ("ours", "theirs"))
            patched = tmp_path / f"{seed}-{number}.xlsx"
            try:
                patched.write_bytes(patch(book.read_bytes(), [edit]).data)
            except Refused:
                refused += 1
                continue
            jobs.append(Job(str(patched), str(ours)))
            jobs.append(Job(str(book), str(theirs), "Data", verb, row, rows))
            cases.append((edit, ours, theirs))
    saved(jobs, tmp_path)
    assert refused == 0
    kinds = {"autoFilter", "chart", "comment", "conditionalFormatting", "dataValidation"}
    kinds |= {"formula", "hyperlink", "mergeCell", "name", "row", "table", "value"}
    assert kinds == set.union(*(set(content(ours)) for _, ours, _ in cases))
    apart = [f"{edit} {found}" for edit, *both in cases for found in differences(*both)]
    assert not apart, f"{len(apart)} apart\n" + "\n".join(apart[:20])


def differences(ours: Path, theirs: Path) -> Iterator[str]:
    mine, their = content(ours), content(theirs)
    for kind in sorted({*mine, *their}):
        if len(mine[kind]) != len(their[kind]):
            yield f"{ours.name} {kind}: {len(mine[kind])} for {len(their[kind])}"
        for pair in zip(mine[kind], their[kind], strict=False):
            if pair[0] != pair[1]:
                yield f"{ours.name} {kind}: {pair[0]} for {pair[1]}"
