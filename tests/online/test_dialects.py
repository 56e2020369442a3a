"""Another server that speaks the same protocol is understood: what it leaves out, adds, turns."""

import datetime as dt
from collections.abc import Callable
from pathlib import Path

import pytest

from conftest import ASOF, Ran
from online.scenes import SCENES, STAMP, Desk, sorted_in_that_instant, typed_into_the_very_cell
from online.schedule import no_waiting
from promote.firm import ready
from promote.firm import workbook as promotable
from sheetrecord.model.cell_edits import PutCell, PutNote
from sheetrecord.workbooks.google.sheet import GoogleSheet
from sheets_server import DIALECTS, MACHINE, PLAIN, Dialect
from workbooks import online
from workbooks.kinds import xlsx

Run = Callable[..., Ran]
Scene = Callable[[Desk], None]

ODD = xlsx(
    {
        "Deal": {
            (1, 1): "Deal ID", (1, 2): "Value", (1, 3): "Signed", (1, 4): "Twice", (1, 5): "Won",
            (2, 1): "D-0001", (2, 2): 0, (2, 3): dt.date(2026, 3, 1), (2, 4): "=B2*2",
            (2, 5): False,
            (5, 1): "D-0002", (5, 2): 2.5, (5, 3): dt.date(2026, 3, 2), (5, 5): True,
            (7, 2): "007",
        },
        "Empty": {},
        "Own": {(3, 3): "=Deal!B5+1", (4, 1): 1},
    }
)  # fmt: skip


def placed(folder: Path, dialect: Dialect) -> GoogleSheet:
    """Return a spreadsheet with an odd bit of everything, at a server of a dialect."""
    google = online.server().fresh()
    google.dialect = dialect
    book = online.placed(folder, ODD)
    tab = google.book(folder.name).sheets[0].id
    area = {"sheetId": tab, "startRowIndex": 8, "endRowIndex": 10, "startColumnIndex": 0,
            "endColumnIndex": 2}  # fmt: skip
    whole = {"sheetId": tab, "startColumnIndex": 1, "endColumnIndex": 2}
    hide = {"range": {"sheetId": tab, "dimension": "ROWS", "startIndex": 4, "endIndex": 5},
            "properties": {"hiddenByUser": True}, "fields": "hiddenByUser"}  # fmt: skip
    specs = [{"columnIndex": 0, "filterCriteria": {"hiddenValues": ["D-0001"]}}]
    every = {"sheetId": tab, "startRowIndex": 0, "endRowIndex": 7, "startColumnIndex": 0,
             "endColumnIndex": 5}  # fmt: skip
    google.act(
        folder.name,
        [
            {"mergeCells": {"range": area, "mergeType": "MERGE_ALL"}},
            {"addNamedRange": {"namedRange": {"name": "values", "range": whole}}},
            {"updateDimensionProperties": hide},
            {"setBasicFilter": {"filter": {"range": every, "filterSpecs": specs}}},
        ],
    )
    return book


@pytest.mark.parametrize("dialect", DIALECTS, ids=lambda one: one.name)
def test_a_spreadsheet_says_the_same_in_every_dialect(dialect: Dialect, tmp_path: Path) -> None:
    with no_waiting():
        found = placed(tmp_path / "other", dialect).read()
        wanted = placed(tmp_path / "plain", PLAIN).read()
    assert {t: s.columns for t, s in found.book.sheets.items()} == {
        t: s.columns for t, s in wanted.book.sheets.items()
    }
    for title, sheet in wanted.book.sheets.items():
        here = found.book.sheets[title]
        assert (here.merged, here.hidden_rows, here.state) == (
            sheet.merged, sheet.hidden_rows, sheet.state,
        )  # fmt: skip
    assert found.book.names == wanted.book.names
    assert found.revision.digest == wanted.revision.digest


@pytest.mark.parametrize("dialect", DIALECTS, ids=lambda one: one.name)
def test_what_is_written_reads_back_in_every_dialect(dialect: Dialect, tmp_path: Path) -> None:
    book = placed(tmp_path / "b", dialect)
    edits = [
        PutCell("Deal", 5, 2, 0), PutCell("Deal", 5, 3, dt.date(2026, 4, 1)),
        PutCell("Deal", 5, 5, False), PutCell("Own", 4, 1, None), PutNote("Own", 3, 3, "why"),
    ]  # fmt: skip
    with no_waiting():
        before = book.read()
        book.write(before, edits, STAMP)
        after = online.anew(book).read()
        twice = online.anew(book)
        twice.write(after, [PutCell("Deal", 2, 2, 3)])
    page = after.book.sheets["Deal"]
    assert (page.row(5)[2], page.row(5)[3], page.row(5)[5]) == (0, dt.date(2026, 4, 1), False)
    assert (page.merged, page.hidden_rows) == (
        before.book.sheets["Deal"].merged, before.book.sheets["Deal"].hidden_rows,
    )  # fmt: skip
    assert 1 not in after.book.sheets["Own"].row(4)
    assert online.anew(book).notes(after).texts["Own", 3, 3] == "why"
    google = online.server().google
    assert google.violations == []
    assert google.book("b").sheets[0].filter is not None, "a filter is where it was"


ALL = DIALECTS[-1]
PLAYED = [(dialect, scene) for dialect in DIALECTS[:-1]
          for scene in (typed_into_the_very_cell, sorted_in_that_instant)]  # fmt: skip


@pytest.mark.parametrize(
    ("dialect", "scene"),
    [*PLAYED, *((ALL, scene) for scene in SCENES)],
    ids=lambda one: one.name if isinstance(one, Dialect) else one.__name__,
)
def test_a_scene_holds_in_every_dialect(dialect: Dialect, scene: Scene, tmp_path: Path) -> None:
    scene(Desk(tmp_path, dialect))


def test_the_commands_do_their_work_with_a_stranger(
    tmp_path: Path, run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    google = online.server().fresh()
    google.dialect = ALL
    data = promotable(ready())
    google.add_file(data, key="firm")
    google.share("firm", MACHINE)
    day = ("--asof", ASOF.isoformat())
    file = tmp_path / "firm.xlsx"
    file.write_bytes(data)
    with no_waiting():
        told = run("validate", "gsheet:firm", *day)
        assert told.out.replace("gsheet:firm", str(file)) == run("validate", str(file), *day).out
        ran = run("promote", "gsheet:firm", "D-0001", "--by", "Mara", *day)
        assert ran.code == 0, ran.out + ran.err
        for _ in range(2):
            ran = run("sync", "gsheet:firm", str(file), "--by", "Mara")
            assert ran.code in (0, 1), ran.out + ran.err
        assert file.read_bytes() != data, "what was closed in one copy is closed in the other"
        assert run("doctor", "gsheet:firm").code == 0
        person = online.server().person_key(tmp_path / "person.json")
        monkeypatch.setenv("SHEETRECORD_GOOGLE_CREDENTIALS", str(person))
        probe = run("doctor", "gsheet:firm", "--probe")
    assert (probe.code, probe.out.count("not hold")) == (0, 0), probe.out
    assert google.violations == []
