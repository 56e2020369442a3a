"""A workbook without a stamp where a copy is known: the record's, or another firm's."""

from pathlib import Path

import pytest

from messy.firm import ASOF, ROWS, workbook
from sheetrecord.app.settings.places import StoreAt
from sheetrecord.app.sync.open_store import KnownRecord, find_record
from sheetrecord.app.sync.run import SyncRequest, run
from sheetrecord.cli.ansi import printed
from sheetrecord.cli.copies.sync import text
from sheetrecord.formats.stamp import GENERATION, RECORD, SHEET
from sheetrecord.schema.column import Kind
from sheetrecord.schema.sheets import SHEETS
from synced.office import FEES, Office, firm, line

WORDS = {Kind.TEXT, Kind.PROSE, Kind.LINK}


def another_firm() -> bytes:
    """Return a workbook in which every text is another one; the deals have the same numbers."""
    rows = {
        sheet: [
            {k: f"{v} elsewhere" if _free(sheet, k, v) else v for k, v in row.items()}
            for row in held
        ]
        for sheet, held in ROWS.items()
    }
    return workbook(rows)


def _free(sheet: str, key: str, value: object) -> bool:
    return isinstance(value, str) and SHEETS[sheet].by_key[key].kind in WORDS


def unstamped(office: Office, path: Path) -> None:
    """Let a program lose both stamps of a copy."""
    from openpyxl import load_workbook

    book = load_workbook(path)
    del book[SHEET]
    kept = [p for p in book.custom_doc_props.props if p.name not in {RECORD, GENERATION}]
    book.custom_doc_props.props = kept
    book.save(path)
    assert not office.marks(path).candidates


def found(office: Office) -> KnownRecord:
    return find_record(map(str, office.paths), StoreAt())


@pytest.mark.parametrize("kind", ["another firm", "empty"])
def test_another_workbook_where_a_copy_stood_begins_a_record_of_its_own(
    office: Office, kind: str
) -> None:
    before, rows = office.record, office.known().record
    data = another_firm() if kind == "another firm" else workbook({})
    for path in office.paths:
        path.write_bytes(data)
    known = found(office)
    assert known.new
    assert known.record not in {before, rows}
    assert known.before == dict.fromkeys(map(str, office.paths), rows)
    targets = office.targets()._replace(known=known)
    report = run(targets, SyncRequest("Mara", ASOF))
    said = [printed(one, colours=False) for one in text(report)]
    assert "a copy of another record; this one is none" in said[0]
    assert report.conflicts == ()
    assert len(office.fees()) == FEES  # the old record is as it was


def test_a_copy_that_lost_its_stamps_is_known_by_its_place_and_what_it_says(
    office: Office,
) -> None:
    rows = office.known().record
    for path in office.paths:
        unstamped(office, path)
    office.type(office.ana, 4, note="typed since")
    known = found(office)
    assert (known.record, known.new) == (rows, False)
    report = office.sync()
    assert "carries no stamp" in report.remarks[str(office.ana)]
    assert "typed since" in {office.raw(line(0), "note")} | {
        side.value for one in report.conflicts for side in one.sides
    }
    assert len(office.fees()) == FEES
    office.settled()


def test_another_firm_s_workbook_is_not_mixed_with_a_record(office: Office) -> None:
    office.known()
    office.ana.write_bytes(another_firm())
    before = office.bytes()
    report = office.sync()
    assert "another firm's workbook" in report.away[str(office.ana)]
    assert "--allow stranger" in report.away[str(office.ana)]
    assert office.bytes() == before
    assert len(office.fees()) == FEES
    joined = office.sync(allow=["stranger"])
    assert not joined.away
    assert {row.client for row in office.rows("Deal").values()} >= {"Birch"}
    assert "elsewhere" in repr(office.stored())
    office.settled()


def test_a_second_copy_of_the_same_firm_joins_without_a_word_being_needed(office: Office) -> None:
    third = office.folder / "third.xlsx"
    third.write_bytes(firm())
    report = office.sync(office.office, office.ana, third)
    assert not report.away
    assert "so it counts as a copy of it" in report.remarks[str(third)]
