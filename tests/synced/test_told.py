"""What a sync says: where, what, and what to do, in few lines."""

import datetime as dt
import json
from pathlib import Path
from typing import Any

import pytest

from merge.files import put
from sheetrecord.cli.ansi import printed
from sheetrecord.cli.copies.sync import exit_code, text, to_json
from sheetrecord.cli.copies.sync_notes import lines
from sheetrecord.core.merge.notices import Notice
from sheetrecord.model.errors import CannotWrite
from sheetrecord.workbooks import xlsx_file
from synced.office import Change, Office, line


def told(office: Office, *changes: Change, **options: Any) -> list[str]:
    """Return what a sync prints after Ana's changes."""
    office.change(office.ana, *changes)
    return [printed(one, colours=False) for one in text(office.sync(**options))]


def test_cells_of_one_column_that_were_not_calculated_are_one_line(office: Office) -> None:
    changes = [put("Fees", row, net="=1+1") for row in range(4, 12)]
    [first, last] = told(office, *changes)
    assert first.startswith(
        f"ana.xlsx: not synced: Fees Net (8 cells: {line(0)}, {line(1)}, {line(2)} and 5 more): "
        "the cell was not calculated in this copy, so the record keeps its value."
    )
    assert "save" in first
    assert "nothing new" in last


def test_many_things_that_are_not_synced_are_counted() -> None:
    many = [Notice("own-sheet", f"Sheet {n}", "", "it was not merged") for n in range(30)]
    found = list(lines(many))
    assert len(found) == 13
    assert "18 more" in found[-1]
    assert len(list(lines(many, whole=True))) == 30


def test_json_tells_every_cell(office: Office) -> None:
    office.change(office.ana, *[put("Fees", row, net="=1+1") for row in range(4, 12)])
    assert len(json.loads(to_json(office.sync()))["not_synced"]) == 8


@pytest.mark.parametrize(
    ("edit", "words"),
    [
        (put("Fees", 4, gross=99), f"Fees Gross ({line(0)}): typed over its formula"),
        (put("Fees", 19, description="Total", net=5), "row 19 is a total, not a row of the record"),
        (lambda book: book.create_sheet("Mine").append(["a"]), "Mine: a sheet of this copy's own"),
    ],
    ids=["computed cell", "total", "own sheet"],
)
def test_what_is_no_part_of_the_record_is_said(office: Office, edit: Change, words: str) -> None:
    said = told(office, edit)
    assert words in said[0]
    assert "their" not in said[0]
    assert "nothing new" in said[-1]


def test_a_text_in_an_amount_is_synced_and_said(office: Office) -> None:
    said = told(office, put("Fees", 4, net="tbc"), put("Fees", 5, planned_on="next week"))
    unfit = [one for one in said if one.startswith("does not fit")]
    assert [one.split()[3:7] for one in unfit] == [
        ["Fees", line(0), "Net", "TYPE-001"],
        ["Fees", line(1), "Planned", "on"],
    ]
    assert office.raw(line(0), "net", office.office) == "tbc"
    assert not any("does not fit" in one for one in told(office, put("Fees", 6, note="on")))


def test_a_problem_that_two_copies_make_together_is_named_after_the_sync(office: Office) -> None:
    days = dt.date(2026, 6, 1), dt.date(2026, 6, 2)
    office.change(office.ana, put("Fees", 4, invoice_no="2026-7", invoiced_on=days[0]))
    office.change(office.office, put("Fees", 5, invoice_no="2026-7", invoiced_on=days[1]))
    report = office.sync()
    assert report.conflicts == ()
    [one] = {problem.code: problem for problem in report.doubts.together}.values()
    assert "2026-7" in one.message
    said = [printed(each, colours=False) for each in text(report)]
    assert any(each.startswith("only together  Fees F-") for each in said)
    assert exit_code(report) == 1
    assert [p["code"] for p in json.loads(to_json(report))["only_together"]][:1] == [one.code]
    again = office.sync()
    assert again.doubts.together == ()
    assert exit_code(again) == 1  # until somebody has mended it
    office.change(office.office, put("Fees", 5, invoice_no="2026-8"))
    assert exit_code(office.sync()) == 0


def test_a_problem_that_one_copy_has_alone_is_not_named(office: Office) -> None:
    office.change(office.ana, *[put("Fees", row, invoice_no="2026-7") for row in (4, 5)])
    office.type(office.office, 6, note="elsewhere")
    assert office.sync().doubts.together == ()


def test_a_deal_that_gets_another_number_brings_no_problem_of_its_own(office: Office) -> None:
    for path, client in ((office.ana, "Neu GmbH"), (office.office, "Other AG")):
        office.change(
            path, put("Deal", 6, client=client, deal_name=f"For {client}", stage="Talking")
        )
    report = office.sync()
    assert {"Neu GmbH", "Other AG"} <= {row.client for row in office.rows("Deal").values()}
    assert report.doubts.together == ()


def test_ids_that_rows_get_are_told_from_top_to_bottom(office: Office) -> None:
    changes = [put("Fees", row, deal_id="D-0001", description=f"n{row}") for row in range(230, 242)]
    rows = [one.split()[2] for one in told(office, *changes) if " row " in one]
    assert rows == sorted(rows, key=int)
    assert len(rows) == 12


def test_a_copy_that_cannot_be_written_is_named_once(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(path: Path, *_: object, **__: object) -> None:
        raise CannotWrite(path, "the disk is full.", "Free some space there.")

    monkeypatch.setattr(xlsx_file, "replace", full)
    said = told(
        office, put("Fees", 230, deal_id="D-0001", description="new"), put("Fees", 4, net=1)
    )
    assert "ana.xlsx  the disk is full. Nothing was changed. Free some space there." in said
    assert not any(str(office.folder) in one for one in said)
