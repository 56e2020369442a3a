"""What the adapters refuse and what they read again: a case for each guard of theirs."""

import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from sheetrecord.files import fingerprint
from sheetrecord.model.cell_edits import PutCell
from sheetrecord.model.errors import CannotRead, CannotWrite, ChangedElsewhere
from sheetrecord.workbooks import csv_folder, xlsx_file
from sheetrecord.workbooks.addresses import is_blank, same_place, saved_at, whole
from sheetrecord.workbooks.kinds import is_as_known, kind_of, state_of
from sheetrecord.workbooks.markdown_file import MarkdownFile
from sheetrecord.workbooks.memory import Memory
from sheetrecord.workbooks.neighbours import folder_gone
from sheetrecord.workbooks.port import Revision, Stamp, WorkbookReading
from sheetrecord.workbooks.read_only import ReadOnly
from sheetrecord.workbooks.siblings import meaning, siblings_of
from sheetrecord.workbooks.transaction import must_write, on
from sheetrecord.workbooks.xlsx_file import XlsxFile
from workbooks.kinds import KINDS, Kind
from workbooks.laws import DATA, EDITS, STAMP, cells, said

XLSX, CSV = KINDS[:2]
BOTH = (PutCell("Deal", 2, 2, "Acme & Sons"), PutCell("Own notes", 1, 1, "changed"))


@pytest.fixture(autouse=True)
def _state(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SHEETRECORD_STATE", str(tmp_path_factory.mktemp("state")))
    monkeypatch.setattr("os.fsync", lambda _: None)


def once(act: Callable[[], object], then: Callable[..., Any]) -> Callable[..., Any]:
    """Return a function that lets something happen before its first result is given back."""
    left = [act]

    def function(*args: Any, **options: Any) -> Any:
        found = then(*args, **options)
        if left:
            left.pop()()
        return found

    return function


@pytest.mark.parametrize("changed", ["Deal.csv", "Own notes.csv"])
def test_no_file_of_a_folder_is_written_when_one_of_them_was_saved_meanwhile(
    changed: str, tmp_path: Path
) -> None:
    workbook = CSV.make(tmp_path, DATA)
    folder = Path(workbook.address)
    reading = workbook.read()
    theirs = (folder / changed).read_bytes() + b"by another\r\n"
    (folder / changed).write_bytes(theirs)
    before = {path.name: path.read_bytes() for path in folder.iterdir()}
    with pytest.raises(ChangedElsewhere):
        workbook.write(reading, BOTH)
    assert {path.name: path.read_bytes() for path in folder.iterdir()} == before


def test_a_file_that_is_saved_while_others_of_its_folder_are_written_is_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    workbook = CSV.make(tmp_path, DATA)
    notes = Path(workbook.address) / "Own notes.csv"
    reading = workbook.read()
    replace = once(lambda: notes.write_bytes(b"by another\r\n"), csv_folder.replace_together)
    monkeypatch.setattr(csv_folder, "replace_together", replace)
    before = said(workbook)
    with pytest.raises(ChangedElsewhere):
        workbook.write(reading, BOTH[:1], STAMP)
    assert notes.read_bytes() == b"by another\r\n"
    after = said(workbook)
    assert {k: v for k, v in after.items() if k[0] != "Own notes"} == {
        k: v for k, v in before.items() if k[0] != "Own notes"
    }


@pytest.mark.parametrize(
    ("kind", "module", "name"), [(XLSX, xlsx_file, "of_file"), (CSV, csv_folder, "of_files")]
)
def test_what_is_saved_between_a_print_and_its_read_is_read_again(
    kind: Kind, module: Any, name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    workbook = kind.make(tmp_path, DATA)
    save = once(lambda: kind.other(workbook, "Deal", (2, 2), "by another"), getattr(module, name))
    monkeypatch.setattr(module, name, save)
    reading = workbook.read()
    assert cells(reading.book)["Deal", 2, 2] == "by another"
    monkeypatch.undo()
    assert workbook.unchanged(reading.revision) is not None


@pytest.mark.parametrize("name", ["firm.xlsb", "firm", "firm.xltx"])
def test_a_file_of_another_ending_is_looked_into_and_never_written(
    name: str, tmp_path: Path
) -> None:
    path = tmp_path / name
    path.write_bytes(DATA)
    workbook = XlsxFile(str(path))
    with pytest.raises(CannotWrite):
        workbook.write(workbook.read(), EDITS)
    with pytest.raises(CannotWrite):
        must_write(workbook)
    assert path.read_bytes() == DATA


def test_a_preview_is_of_its_own_edits_and_of_its_own_reading() -> None:
    workbook = Memory(DATA)
    one = workbook.read()
    first, second = (workbook.preview(one, [edit]) for edit in BOTH)
    assert cells(first.book)["Deal", 2, 2] == "Acme & Sons"
    assert cells(second.book)["Deal", 2, 2] == "Acme Works"
    assert cells(second.book)["Own notes", 1, 1] == "changed"
    workbook.data = workbook.image(first)
    after = workbook.preview(workbook.read(), [BOTH[1]])
    assert cells(after.book)["Deal", 2, 2] == "Acme & Sons"


@pytest.mark.parametrize(("edits", "stamp"), [(EDITS, None), ((), Stamp("r1", 7, "abc"))])
def test_a_kind_that_is_only_read_refuses_edits_and_stamps(edits: Any, stamp: Any) -> None:
    workbook = ReadOnly("firm.only")
    with pytest.raises(CannotWrite):
        workbook.preview(Memory(DATA).read(), edits, stamp)


def test_a_transaction_of_nothing_writes_nothing_and_asks_who_may_write(tmp_path: Path) -> None:
    class Counting(Memory):
        writes = 0

        def write(self, *args: Any, **options: Any) -> Any:
            self.writes += 1
            return super().write(*args, **options)

    workbook = Counting(DATA)
    unchanged = on(workbook).with_edits([PutCell("Deal", 2, 2, "x")])
    back = unchanged._replace(after=unchanged.start)
    assert back.write() is back.start
    assert workbook.writes == 0
    unchanged.write()
    assert workbook.writes == 1
    path = tmp_path / "firm.md"
    path.write_text("# Deal\n\n| Deal ID | Client |\n|---|---|\n| D-0001 | Acme |\n")
    only = on(MarkdownFile(str(path)))
    with pytest.raises(CannotWrite):
        only.write()
    with pytest.raises(CannotWrite):
        only.image()


def test_what_stands_beside_a_workbook_is_neither_it_nor_somebodys_lock(tmp_path: Path) -> None:
    for name in ("firm.xlsx", "~$firm.xlsx", ".~lock.firm.xlsx#", "firm (1).xlsx", "notes.txt"):
        (tmp_path / name).write_bytes(b"x")
    beside = [Path(one.address).name for one in siblings_of(tmp_path / "firm.xlsx")]
    assert beside == ["firm (1).xlsx", "notes.txt"]
    named = [Path(one.address).name for one in siblings_of(tmp_path / "firm.xlsx", named=True)]
    assert named == ["firm (1).xlsx"]


@pytest.mark.parametrize(
    ("name", "told"),
    [
        ("Copy of firm.xlsx", "a copy somebody made"),
        ("firm (1).xlsx", "a second download"),
        ("firm-whatif.xlsx", ""),
        ("other (1).xlsx", ""),
        ("acme (1).xlsx", ""),  # a name that is as long
        ("Copy of other.xlsx", ""),
    ],
)
def test_a_name_is_understood_only_of_the_workbook_that_it_names(name: str, told: str) -> None:
    assert meaning(name, "firm.xlsx") == (told, False)


def test_a_workbook_is_as_known_only_with_its_content_size_and_time(tmp_path: Path) -> None:
    path = Path(XLSX.make(tmp_path, DATA).address)
    known = state_of(str(path))
    assert is_as_known(str(path), *known)
    later = fingerprint(path).mtime_ns + 10**9
    os.utime(path, ns=(later, later))
    assert not is_as_known(str(path), *known)
    assert is_as_known(str(path), *known._replace(version=later))
    assert not is_as_known(str(path), *known._replace(version=later, size=known.size + 1))
    assert not is_as_known(str(path), *known._replace(version=later, digest="0" * 64))


def test_of_another_kind_nothing_is_as_known_of_which_no_version_is_known(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    class Unversioned(Memory):
        def unchanged(self, known: Revision) -> Revision | None:
            found = super().unchanged(known)
            return found and found._replace(version=0)

    for kind, as_known in ((Memory, True), (Unversioned, False)):
        book = kind(DATA)
        monkeypatch.setattr("sheetrecord.workbooks.opening.open_workbook", lambda _, it=book: it)
        digest, version, size = book.read().revision
        assert is_as_known("gsheet:1AbC", digest, size, version) is as_known
        assert not is_as_known("gsheet:1AbC", digest, size, 0)


def test_where_looking_is_dear_the_workbook_itself_says_whether_it_is_as_known(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    class Dear(Memory):
        def look(self) -> WorkbookReading:
            return self.read()

        def still(self, known: Revision) -> bool:
            return known.version == 7

    book = Dear(DATA)
    monkeypatch.setattr("sheetrecord.workbooks.opening.open_workbook", lambda _: book)
    assert is_as_known("gsheet:1AbC", "another", 0, 7)
    assert not is_as_known("gsheet:1AbC", book.read().revision.digest, 0, 1)


def test_a_link_from_a_browser_is_the_spreadsheet_that_it_shows() -> None:
    link = "https://docs.google.com/spreadsheets/d/1AbC_d-9/edit?gid=0#gid=0"
    assert kind_of(link) == "gsheet"
    assert {whole(link), whole(f"gsheet:{link}"), whole("gsheet:1AbC_d-9")} == {"gsheet:1AbC_d-9"}


def test_what_is_open_in_a_program_is_known_by_where_it_is_saved() -> None:
    found = {saved_at(f"{scheme}/a/firm.xlsx") for scheme in ("live:lo:", "live:", "")}
    assert found == {"/a/firm.xlsx"}


@pytest.mark.parametrize(
    ("name", "made", "reason"),
    [("firm.odx", False, "missing"), ("firm.numbers", True, "numbers"), ("firm.csv", True, "csv")],
)
def test_what_nobody_reads_is_refused_with_what_to_do(
    name: str, made: bool, reason: str, tmp_path: Path
) -> None:
    path = tmp_path / name
    if made:
        path.write_bytes(b"x")
    with pytest.raises(CannotRead) as caught:
        kind_of(str(path))
    assert caught.value.reason == reason
    assert caught.value.do


def test_an_address_that_is_no_path_is_never_taken_for_one(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr("sheetrecord.workbooks.addresses.is_path", lambda one: ":" not in one)
    monkeypatch.setattr("sheetrecord.workbooks.neighbours.is_path", lambda one: ":" not in one)
    (tmp_path / "mem:firm").touch()
    assert whole("mem:firm") == "mem:firm"
    assert not is_blank("mem:firm")
    assert not same_place("mem:firm", str(tmp_path / "firm"))
    assert not same_place("mem:a", "./mem:a")
    assert folder_gone("mem:gone/firm") == ""
