"""Merging real workbooks: what is written, what stays, the sheet of conflicts and its decisions."""

import json
import shutil
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook

from merge.files import ASOF, Copies, all_of, put, typed
from sheetrecord.app.merge import resolve_file
from sheetrecord.core.merge.conflict_list import ConflictLine
from sheetrecord.core.merge.conflict_words import FIELDS
from sheetrecord.files import fingerprint
from sheetrecord.formats.conflict_sheet import removed
from sheetrecord.model.cell_edits import DropRows
from sheetrecord.schema.read.parse import parse

KEEP = FIELDS.index("keep") + 1


def parts(path: Path) -> dict[str, bytes]:
    with zipfile.ZipFile(path) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def disputed(copies: Copies) -> None:
    """Let both change the agreed amount, and them alone the stage."""
    copies.change(copies.ours, put("Deal", 4, value_net=31_000))
    copies.change(copies.theirs, put("Deal", 4, value_net=30_000, next_step="Call Carla"))
    copies.merge()


def keep(path: Path, *decisions: Any) -> None:
    book = load_workbook(path)
    for row, decision in enumerate(decisions, start=4):
        book["Conflicts"].cell(row, KEEP).value = decision
    book.save(path)


def test_only_the_sheet_with_their_changes_is_rewritten(copies: Copies) -> None:
    copies.change(copies.theirs, put("Fees", 4, note="as on the phone"))
    assert copies.merge().written
    before, after = parts(copies.ours), parts(copies.out)
    changed = [name for name in before if after.get(name) != before[name]]
    assert before.keys() == after.keys()
    assert len([name for name in changed if "worksheets" in name]) == 1
    assert typed(copies.result(), "Fees")["F-KSAA9"].note == "as on the phone"


def test_without_changes_of_theirs_the_result_is_our_file(copies: Copies) -> None:
    copies.change(copies.ours, put("Fees", 4, note="ours"))
    copies.merge()
    assert copies.out.read_bytes() == copies.ours.read_bytes()


def test_a_second_merge_into_the_same_file_writes_nothing(copies: Copies) -> None:
    disputed(copies)
    first = copies.out.read_bytes()
    copies.ours = copies.out
    done = copies.merge()
    assert not done.written
    assert copies.out.read_bytes() == first
    assert done.open_lines == 1


def test_the_sheet_of_conflicts_shows_all_three_values_as_they_are(copies: Copies) -> None:
    disputed(copies)
    sheet = load_workbook(copies.out)["Conflicts"]
    line = [cell.value for cell in sheet[4]]
    told = dict(zip(FIELDS, line, strict=False))
    assert [told[f] for f in ("sheet", "row_id", "column", "base", "ours", "theirs")] == [
        *("Deal", "D-0001", "Value, net"),
        *(28_000, 31_000, 30_000),
    ]
    assert typed(copies.result(), "Deal")["D-0001"].value_net == 3_100_000


@pytest.mark.parametrize(
    ("decision", "amount"),
    [("ours", 3_100_000), ("theirs", 3_000_000), ("Theirs ", 3_000_000), (30_500, 3_050_000)],
)
def test_resolve_obeys_the_decision_and_takes_the_sheet_away(
    copies: Copies, decision: Any, amount: int
) -> None:
    disputed(copies)
    keep(copies.out, decision)
    done = resolve_file(str(copies.out), today=ASOF)
    assert not done.left
    assert typed(copies.result(), "Deal")["D-0001"].value_net == amount
    book = load_workbook(copies.out)
    assert "Conflicts" not in book.sheetnames
    assert "sr_conflicts" not in book.defined_names


@pytest.mark.parametrize("decision", [None, "their s", "thiers", "a lot"])
def test_what_is_no_decision_stays_and_is_asked_about(copies: Copies, decision: Any) -> None:
    disputed(copies)
    keep(copies.out, decision)
    before = fingerprint(copies.out)
    done = resolve_file(str(copies.out), today=ASOF)
    assert len(done.left) == 1
    assert done.left[0][1]
    assert fingerprint(copies.out) == before


def test_lines_that_are_decided_go_and_the_others_stay(copies: Copies) -> None:
    copies.change(copies.ours, put("Fees", 4, note="ours", planned_on="2026-08-04"))
    copies.change(copies.theirs, put("Fees", 4, note="theirs", planned_on="2026-08-05"))
    copies.merge()
    keep(copies.out, None, "theirs")
    done = resolve_file(str(copies.out), today=ASOF)
    assert [line.key for line in done.settled] == ["note"]
    assert typed(copies.result(), "Fees")["F-KSAA9"].note == "theirs"
    again = resolve_file(str(copies.out), today=ASOF)
    assert [line.key for line, _ in again.left] == ["planned_on"]


def test_a_deleted_row_that_we_changed_is_decided_as_a_whole(copies: Copies) -> None:
    copies.change(copies.ours, put("Fees", 5, net=20_000))
    copies.change(copies.theirs, lambda book: book["Fees"].delete_rows(5))
    done = copies.merge()
    assert [c.at.key for c in done.merged.conflicts] == [""]
    keep(copies.out, "theirs")
    resolve_file(str(copies.out), today=ASOF)
    assert list(typed(copies.result(), "Fees")) == ["F-KSAA9"]


def test_a_conflict_of_an_earlier_merge_stays_listed_beside_a_new_one(copies: Copies) -> None:
    disputed(copies)
    copies.change(copies.out, put("Fees", 4, note="ours"))
    copies.change(copies.theirs, put("Fees", 4, note="theirs"))
    copies.ours = copies.out
    copies.merge()
    sheet = load_workbook(copies.out)["Conflicts"]
    assert [sheet.cell(row, FIELDS.index("column") + 1).value for row in (4, 5)] == [
        "Value, net",
        "Note",
    ]


def test_new_rows_fill_the_ready_rows_with_their_ids_then_go_below(copies: Copies) -> None:
    new = {"deal_id": "D-0001", "origin": "Contract", "net": 1}
    ready = range(6, 10)
    lines = [put("Fees", row, description=f"line {row}", **new) for row in ready]
    lines += [
        put("Fees", row, fee_id=None, description=f"line {row}", **new) for row in range(10, 13)
    ]
    copies.change(copies.theirs, all_of(*lines))
    copies.merge()
    found = typed(copies.result(), "Fees")
    assert [row.description for row in found.values()][2:] == [f"line {n}" for n in range(6, 13)]
    assert [row.row for row in found.values()] == list(range(4, 13))
    wanted = [load_workbook(copies.theirs)["Fees"].cell(row, 1).value for row in ready]
    assert list(found)[2:6] == wanted
    assert len(found) == 9


def test_two_people_fill_the_same_ready_row_of_real_files(copies: Copies) -> None:
    copies.change(copies.ours, put("Fees", 6, deal_id="D-0001", description="Travel", net=300))
    copies.change(copies.theirs, put("Fees", 6, deal_id="D-0001", description="Licence", net=50))
    copies.merge()
    found = typed(copies.result(), "Fees")
    assert [row.description for row in found.values()][2:] == ["Travel", "Licence"]
    assert len(found) == 4


def test_the_result_is_what_reading_our_copy_with_the_plan_applied_gives(copies: Copies) -> None:
    copies.change(
        copies.theirs,
        all_of(put("Fees", 4, net=8_500, note="n"), put("Deal", 4, stage="Lost", next_step=None)),
    )
    copies.merge()
    mine, theirs = copies.result(), parse_of(copies.theirs)
    for sheet in ("Deal", "Fees"):
        assert typed(mine, sheet) == {row.id: row for row in theirs.record.rows(sheet)}


def parse_of(path: Path) -> Any:
    from sheetrecord.workbooks.kinds import book_at

    return parse(book_at(str(path)), ASOF)


def test_what_only_the_merge_makes_wrong_is_told(copies: Copies) -> None:
    def less(book: Any) -> None:
        put("Deal", 4, value_net=20_000)(book)
        put("Fees", 5, net=11_600)(book)

    def split(book: Any) -> None:
        put("Fees", 4, description="First part", net=4_200)(book)
        new = {"deal_id": "D-0001", "origin": "Contract", "fee_type": "Fixed date"}
        put("Fees", 6, description="Second part", net=4_200, **new)(book)

    copies.change(copies.ours, less)
    copies.change(copies.theirs, split)
    assert not copies.merge().made
    copies.out.unlink()
    copies.change(copies.theirs, put("Fees", 6, net=4_300))
    copies.change(copies.theirs, put("Fees", 4, net=4_100))
    assert not copies.merge().made
    copies.out.unlink()
    copies.change(copies.ours, put("Fees", 5, net=19_600))
    copies.change(copies.ours, put("Deal", 4, value_net=28_000))
    copies.change(copies.ours, put("Fees", 4, net=8_400, void="Yes"))
    copies.change(copies.ours, put("Deal", 4, value_net=19_600))
    made = copies.merge().made
    assert [problem.code[:3] for problem in made]


@pytest.mark.parametrize("name", ["out.csv", "out.xlsm"])
def test_a_name_that_does_not_fit_is_refused(copies: Copies, run: Any, name: str) -> None:
    words = (copies.base, copies.ours, copies.theirs)
    assert run("merge", *words, "-o", copies.out.with_name(name)).code == 3


def test_a_file_that_is_there_is_not_written_over(copies: Copies, run: Any) -> None:
    copies.out.write_bytes(b"somebody's")
    ran = run("merge", copies.base, copies.ours, copies.theirs, "-o", copies.out)
    assert ran.code == 3
    assert "exists already" in ran.err
    assert copies.out.read_bytes() == b"somebody's"


def test_the_plan_writes_nothing(copies: Copies, run: Any) -> None:
    copies.change(copies.theirs, put("Fees", 4, note="as on the phone"))
    ran = run("merge", copies.base, copies.ours, copies.theirs, "-o", copies.out, "--plan")
    assert ran.code == 0
    assert "Fees F-KSAA9 Note: as on the phone" in ran.out
    assert not copies.out.exists()


def test_exit_codes_and_json(copies: Copies, run: Any) -> None:
    words = ("merge", copies.base, copies.ours, copies.theirs, "-o", copies.out, "--format", "json")
    clean = run(*words)
    assert clean.code == 0
    copies.out.unlink()
    copies.change(copies.ours, put("Deal", 4, value_net=31_000))
    copies.change(copies.theirs, put("Deal", 4, value_net=30_000))
    ran = run(*words)
    told = json.loads(ran.out)
    assert ran.code == 1
    assert told["conflicts"] == [
        {
            "sheet": "Deal",
            "row_id": "D-0001",
            "column": "value_net",
            "kind": "edit",
            "group": "value",
            "base": 28000,
            "ours": 31000,
            "theirs": 30000,
        }
    ]
    left = run("resolve", copies.out)
    assert left.code == 1
    settled = run("resolve", copies.out, "--all", "theirs", "--format", "json")
    assert settled.code == 0
    assert json.loads(settled.out)["settled"][0]["theirs"] == 30000


def test_a_copy_that_looks_like_an_accident_is_refused_with_what_to_do(
    copies: Copies, run: Any
) -> None:
    copies.change(copies.theirs, lambda book: book["Fees"].delete_rows(4, 2))
    ran = run("merge", copies.base, copies.ours, copies.theirs, "-o", copies.out)
    assert ran.code == 3
    assert "--allow emptied" in ran.out
    assert not copies.out.exists()


def test_a_csv_folder_and_markdown_can_be_merged_into_a_workbook(
    copies: Copies, tmp_path: Path, run: Callable[..., Any]
) -> None:
    sent = tmp_path / "sent.md"
    sent.write_text(run("textconv", copies.base).out, encoding="utf-8")
    back = tmp_path / "back"
    back.mkdir()
    for table in sent.read_text(encoding="utf-8").split("\n\n"):
        lines = [line[2:-2].split(" | ") for line in table.strip().splitlines()]
        name, *_ = lines[0]
        rows = [line[1:] for line in (lines[0], *lines[2:])]
        text = "\n".join(",".join(f'"{cell.strip()}"' for cell in row) for row in rows)
        text = text.replace("Second half", "Second half, later")
        (back / f"{name}.csv").write_text(text, encoding="utf-8")
    ran = run("merge", sent, copies.ours, back, "-o", copies.out)
    assert ran.code == 0, ran.out + ran.err
    assert "1 change taken over" in ran.out
    assert typed(copies.result(), "Fees")["F-7J61Z"].description == "Second half, later"


def test_textconv_does_not_depend_on_order_and_reads_back(copies: Copies, run: Any) -> None:
    from sheetrecord.formats.markdown import parse_tables

    first = run("textconv", copies.base).out
    assert run("textconv", shutil.copy(copies.base, copies.base.with_name(".merge_file_x"))).out
    again = parse(parse_tables(first), ASOF)
    for sheet in ("Deal", "Context", "Commitments", "Project", "Fees"):
        mine, real = said(again, sheet), said(parse_of(copies.base), sheet)
        assert mine == real


def said(parsed: Any, sheet: str) -> dict[str, list[Any]]:
    """Return a sheet's cells by id, without the currency that a formula takes from the deal."""
    return {
        row.id: [row.get(c.key) for c in row.columns if c.key != "currency" or sheet == "Deal"]
        for row in parsed.record.rows(sheet)
    }


def test_lines_of_the_list_that_stand_together_go_in_one_step() -> None:
    line = ConflictLine(0, "Fees", "F-7J61Z", "note", None, "a", "b", None, "", "", None)
    settled = [line._replace(row=row) for row in (4, 5, 6, 9, 12, 11)]
    assert list(removed(settled, "Conflicts", rest=True)) == [
        DropRows("Conflicts", 11, 2),
        DropRows("Conflicts", 9),
        DropRows("Conflicts", 4, 3),
    ]


def test_one_word_about_an_invoice_counts_for_its_number_and_its_amounts(copies: Copies) -> None:
    copies.change(copies.ours, put("Fees", 4, invoice_no="R-1", invoiced_on="2026-06-01"))
    copies.change(copies.theirs, put("Fees", 4, net=77_000))
    done = copies.merge()
    told = [c.at.key for c in done.merged.conflicts]
    assert told == ["net", "invoice_no", "invoiced_on"]
    keep(copies.out, None, "ours")
    assert not resolve_file(str(copies.out), today=ASOF).left
    row = typed(copies.result(), "Fees")["F-KSAA9"]
    assert (row.invoice_no, row.net) != ("R-1", 7_700_000)
