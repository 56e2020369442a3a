"""A column inserted by a program that leaves the workbook's names where they were."""

from pathlib import Path

import openpyxl

from messy.firm import ASOF, workbook
from sheetrecord.app.validate import read_record


def test_columns_that_moved_together_are_found_by_their_headers(tmp_path: Path) -> None:
    path = tmp_path / "firm.xlsx"
    path.write_bytes(workbook())
    _, before = read_record(str(path), today=ASOF)
    book = openpyxl.load_workbook(path)
    header = before.layout.sheets["Context"].header_row
    book["Context"].insert_cols(3)
    book["Context"].cell(header, 3).value = "My own thoughts"
    book.save(path)
    _, after = read_record(str(path), today=ASOF)
    was, now = (p.layout.sheets["Context"].columns for p in (before, after))
    assert now == {key: number + (number >= 3) for key, number in was.items()}
    typed = ("person", "answer", "learned_by", "share")
    told = [
        [[row.get(key) for key in typed] for row in parsed.record.context]
        for parsed in (before, after)
    ]
    assert told[0] == told[1]
    assert any(any(row) for row in told[0])
    heads = [f for f in after.findings if f.code.startswith("HEAD-")]
    assert [f.code for f in heads] == ["HEAD-015"]  # once, not once for each column
    assert heads[0].words["count"] > 10
