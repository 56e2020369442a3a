"""Syncing real workbooks: what is written, what stays, and what a plan leaves untouched."""

import shutil
from pathlib import Path
from typing import Any

from merge.files import put
from sheetrecord.core.merge.conflict_words import FIELDS
from sheetrecord.formats.stamp import Stamp
from synced.office import Office, line


def test_what_one_person_typed_is_in_the_record_and_in_every_copy(office: Office) -> None:
    office.type(office.ana, 4, note="as on the phone", net=1_234)
    report = office.sync()
    assert report.conflicts == ()
    for path in (None, office.office, office.ana):
        row = office.fees(path)[line(0)]
        assert (row.note, row.net) == ("as on the phone", 123_400)
    office.settled()


def test_what_two_people_typed_into_different_cells_is_kept_of_both(office: Office) -> None:
    office.type(office.ana, 4, note="ana's")
    office.type(office.office, 5, note="the office's")
    office.sync()
    for path in (None, office.office, office.ana):
        found = office.fees(path)
        assert [found[line(n)].note for n in (0, 1)] == ["ana's", "the office's"]
    office.settled()


def test_the_same_cell_typed_twice_is_a_conflict_and_each_copy_shows_its_own(
    office: Office,
) -> None:
    office.type(office.ana, 4, net=1_111)
    office.type(office.office, 4, net=2_222)
    report = office.sync()
    assert [(one.row_id, one.key) for one in report.conflicts] == [(line(0), "net")]
    assert office.raw(line(0), "net", office.ana) == 1_111
    assert office.raw(line(0), "net", office.office) == 2_222
    office.settled()


def listed(path: Path) -> list[dict[str, Any]]:
    from openpyxl import load_workbook

    book = load_workbook(path)
    if "Conflicts" not in book.sheetnames:
        return []
    rows = book["Conflicts"].iter_rows(min_row=4, values_only=True)
    return [dict(zip(FIELDS, row, strict=False)) for row in rows if any(row)]


def keep(path: Path, decision: Any, row: int = 4) -> None:
    from openpyxl import load_workbook

    book = load_workbook(path)
    book["Conflicts"].cell(row, FIELDS.index("keep") + 1).value = decision
    book.save(path)


def disputed(office: Office) -> None:
    office.type(office.ana, 4, net=1_111)
    office.type(office.office, 4, net=2_222)
    office.sync()


def test_a_conflict_is_listed_in_both_copies_with_whose_the_other_side_is(office: Office) -> None:
    disputed(office)
    [mine], [other] = listed(office.ana), listed(office.office)
    assert (mine["ours"], mine["theirs"]) == (1_111, 2_222)
    assert (other["ours"], other["theirs"]) == (2_222, 1_111)
    whose = {mine["whose"], other["whose"]}
    assert whose in ({"the record", "firm.xlsx"}, {"the record", "ana.xlsx"})


def test_a_decision_in_one_copy_settles_it_everywhere_and_the_sheet_goes(office: Office) -> None:
    disputed(office)
    keep(office.ana, "theirs")
    report = office.sync()
    assert report.conflicts == ()
    for path in (None, office.office, office.ana):
        assert office.raw(line(0), "net", path) == 2_222
    assert listed(office.ana) == listed(office.office) == []
    office.settled()


def test_a_third_value_can_be_the_decision(office: Office) -> None:
    disputed(office)
    keep(office.office, 3_333)
    office.sync()
    assert {office.raw(line(0), "net", path) for path in (None, office.office, office.ana)} == {
        3_333
    }
    office.settled()


def test_only_the_sheets_with_changes_are_rewritten(office: Office) -> None:
    import zipfile

    def parts(path: Path) -> dict[str, bytes]:
        with zipfile.ZipFile(path) as archive:
            return {name: archive.read(name) for name in archive.namelist()}

    before = parts(office.office)
    office.type(office.ana, 4, note="typed")
    office.sync()
    after = parts(office.office)
    changed = [name for name in before if after[name] != before[name]]
    assert before.keys() == after.keys()
    assert len([name for name in changed if "worksheets" in name]) == 2  # Fees and the stamp
    assert "docProps/custom.xml" in changed


def test_a_second_sync_writes_nothing(office: Office) -> None:
    office.settled()
    office.settled()


def test_a_plan_changes_nothing_at_all_state_included(office: Office) -> None:
    office.type(office.ana, 4, note="typed", net=5)
    office.type(office.office, 4, net=6)

    def everything() -> dict[str, tuple[int, bytes]]:
        return {
            str(path): (path.stat().st_mtime_ns, path.read_bytes() if path.is_file() else b"")
            for path in (office.folder, *office.folder.rglob("*"))
        }

    before = everything()
    report = office.sync(plan=True)
    assert everything() == before
    assert len(report.conflicts) == 1
    assert report.written[str(office.office)]
    done = office.sync()
    assert [c[:4] for c in done.conflicts] == [c[:4] for c in report.conflicts]
    assert done.written.keys() == report.written.keys()


def test_a_plan_of_a_first_sync_makes_no_store(tmp_path: Path) -> None:
    new = Office(tmp_path)
    new.office.write_bytes(firm_bytes())
    shutil.copyfile(new.office, new.ana)
    before = new.bytes()
    new.sync(plan=True)
    assert new.bytes() == before
    assert not new.state.exists()


def firm_bytes() -> bytes:
    from synced.office import firm

    return firm()


def test_every_copy_carries_the_stamp_twice(office: Office) -> None:
    for path in (office.office, office.ana):
        marks = office.marks(path)
        assert marks.told == marks.hidden
        assert marks.told.record == office.known().record
        assert marks.told.generation > 0
    assert office.marks(office.office) != office.marks(office.ana)


def test_a_copy_without_its_properties_is_told_and_still_finds_its_base(office: Office) -> None:
    def lose(book: Any) -> None:
        for name in list(book.custom_doc_props.names):
            del book.custom_doc_props[name]

    office.change(office.ana, lose, put("Fees", 4, note="typed"))
    report = office.sync()
    assert "document properties" in report.remarks[str(office.ana)]
    assert report.conflicts == ()
    assert office.fees()[line(0)].note == "typed"
    assert office.marks(office.ana).doubt == ""


def test_of_two_stamps_that_disagree_the_one_whose_content_fits_counts(office: Office) -> None:
    old = office.marks(office.ana).stamp
    office.type(office.office, 4, note="first")
    office.sync()

    def older(book: Any) -> None:
        book["sr_stamp"]["B2"] = old.generation

    office.change(office.ana, older, put("Fees", 5, note="second"))
    report = office.sync()
    assert "disagree" in report.remarks[str(office.ana)]
    assert report.conflicts == ()
    assert [office.fees()[line(n)].note for n in (0, 1)] == ["first", "second"]


def test_a_copy_under_another_name_finds_its_base_by_its_stamp(office: Office) -> None:
    stamp = office.marks(office.ana).stamp
    mailed = office.folder / "from the mail.xlsx"
    shutil.move(office.ana, mailed)
    office.type(office.office, 4, note="meanwhile")
    office.type(mailed, 5, note="mailed back")
    office.paths = [office.office, mailed]
    assert isinstance(stamp, Stamp)
    report = office.sync()
    assert report.conflicts == ()
    assert [office.fees()[line(n)].note for n in (0, 1)] == ["meanwhile", "mailed back"]
    office.settled()


def test_without_its_store_nothing_is_deleted_and_differences_become_conflicts(
    office: Office,
) -> None:
    office.type(office.ana, 4, net=77)
    office.change(office.office, lambda book: book["Fees"].delete_rows(8))
    shutil.rmtree(office.state)
    report = office.sync()
    assert (line(0), "net") in {(one.row_id, one.key) for one in report.conflicts}
    assert line(4) in office.fees()
    assert len(office.fees()) == 14
    office.settled()
