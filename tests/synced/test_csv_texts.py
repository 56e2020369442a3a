"""A text is what somebody typed, in a folder of CSV files too: its column says so, not its look."""

import csv
import io
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from effort import examples
from merge.world import ASOF
from sheetrecord.core.merge.planner import merge
from sheetrecord.core.merge.side import Side
from sheetrecord.formats.csv_folder import read_files
from sheetrecord.formats.csv_write import changed_files
from sheetrecord.formats.edit_locations import place
from sheetrecord.model.edit import At, SetValue
from sheetrecord.schema.column import Kind
from sheetrecord.schema.packs import LANGUAGES, pack
from sheetrecord.schema.plaintext import NUMERIC
from sheetrecord.schema.read.parse import parse
from sheetrecord.schema.sheets import SHEETS
from synced.office import Office, line

FREE = frozenset({Kind.TEXT, Kind.PROSE, Kind.PERSON, Kind.LINK})
TEXTS = [
    (sheet, column.key)
    for sheet, declared in SHEETS.items()
    for column in declared.columns
    if column.kind in FREE and not column.derived
]
TRAPS = (
    *("4.10", "007", "1e5", "1E5", "2024-01-02", "3-4", "TRUE", "1/2", "0", "-5", "+49 40 12"),
    *("12345678901234567890", "1.0", "00", ".5", "5.", "1,50", "12:30", "=1+1", "'4", "n/a"),
)
LOOKS = st.one_of(
    st.sampled_from(TRAPS),
    st.from_regex(r"\A-?[0-9]{1,18}(\.[0-9]{1,4})?\Z"),
    st.from_regex(r"\A[0-9]{1,2}[eE][0-9]{1,2}\Z"),
    st.dates().map(lambda day: day.isoformat()),
    st.text(st.characters(codec="utf-8", categories=("L", "N", "P", "S")), min_size=1),
)


def folder(language: str, cells: dict[tuple[str, str], str]) -> dict[str, bytes]:
    """Return a folder with one row a sheet, written by hand."""
    words = pack(language)
    files = {}
    for sheet, declared in SHEETS.items():
        keys = [column.key for column in declared.columns if not column.derived]
        row = {keys[0]: "D-0001" if sheet == "Deal" else f"{declared.prefix}-7K3Q4"}
        row |= {} if sheet == "Deal" else {"deal_id": "D-0001"}
        row |= {key: text for (where, key), text in cells.items() if where == sheet}
        out = io.StringIO(newline="")
        writer = csv.writer(out)
        writer.writerow([words.columns[sheet][key] for key in keys])
        writer.writerow([row.get(key, "") for key in keys])
        files[f"{words.sheets[sheet]}.csv"] = out.getvalue().encode()
    return files


def side(files: dict[str, bytes]) -> Side:
    book = read_files(Path("folder"), files)
    return Side(book, parse(book, ASOF))


def shown(side: Side, sheet: str, key: str) -> Any:
    return side.raw(sheet, side.parsed.record.rows(sheet)[0][0], key)


@pytest.mark.parametrize("shift", range(len(TRAPS)))
def test_every_column_of_texts_reads_what_was_typed(shift: int) -> None:
    wanted = {at: TRAPS[(i + shift) % len(TRAPS)] for i, at in enumerate(TEXTS)}
    found = side(folder(LANGUAGES[shift % len(LANGUAGES)], wanted))
    assert {at: shown(found, *at) for at in TEXTS} == wanted
    assert not [f for f in found.parsed.findings if f.code in {"TYPE-017", "TYPE-018"}]


def test_a_column_of_numbers_reads_numbers() -> None:
    cells = {("Fees", "net"): "4.10", ("Fees", "tax_rate"): "0.190", ("Fees", "terms_days"): "014"}
    found = side(folder("en", cells))
    assert shown(found, "Fees", "net") == 4.1
    assert shown(found, "Fees", "tax_rate") == 0.19
    assert shown(found, "Fees", "terms_days") == "014", "nobody knows what that is"
    numeric = {c.kind for declared in SHEETS.values() for c in declared.columns} & NUMERIC
    assert numeric == NUMERIC


@examples(80)
@given(at=st.sampled_from(TEXTS), new=LOOKS, language=st.sampled_from(LANGUAGES))
def test_a_text_comes_through_a_folder_as_it_was_typed(
    at: tuple[str, str], new: str, language: str
) -> None:
    """Written by a sync, read, and merged with what a person typed by hand: never another text."""
    sheet, key = at
    files = folder(language, {at: "before"})
    start = side(files)
    row = start.parsed.record.rows(sheet)[0][0]
    plan = (SetValue(At(sheet, start.parsed.record.rows(sheet)[0][1], key, row), new),)
    after = side({**files, **changed_files(files, place(plan, start.book, start.layout))})
    assert shown(after, sheet, key) == new
    merged = merge(start, start, after)
    told = [edit.value for edit in merged.plan if isinstance(edit, SetValue) and edit.at.key == key]
    expected = [] if new.strip() == "before" else [new]
    assert [str(value).strip() for value in told] == expected
    assert not merged.conflicts


def test_a_folder_of_csv_files_and_a_workbook_sync_texts_that_look_like_numbers(
    office: Office,
) -> None:
    cells = {"invoice_no": "4.10", "po_ref": "007", "phase": "1e5", "note": "2024-01-02"}
    office.type(office.office, 4, **cells)
    office.sync()
    texts = office.folder / "texts"
    texts.mkdir()
    for title in ("Deal", "Context", "Commitments", "Project", "Fees"):
        found = office.side(office.office)
        keys = [c.key for c in SHEETS[title].columns if not c.derived]
        out = io.StringIO(newline="")
        writer = csv.writer(out)
        writer.writerow([pack("en").columns[title][key] for key in keys])
        for row in found.parsed.record.rows(title):
            writer.writerow([_as_csv(found.raw(title, row[0], key)) for key in keys])
        (texts / f"{title}.csv").write_text(out.getvalue(), newline="")
    office.paths = [*office.paths, texts]
    assert office.sync().conflicts == ()
    for key, text in cells.items():
        assert office.raw(line(0), key) == text
        assert office.raw(line(0), key, office.ana) == text
    office.settled()


def _as_csv(value: Any) -> str:
    return "" if value is None else str(getattr(value, "value", value) or "")
