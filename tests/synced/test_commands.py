"""The commands about synced copies, as typed."""

import datetime as dt
import json
import shutil
import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from conftest import confirmed
from merge.files import put
from messy.firm import edited
from sheetrecord.app.sync import run
from synced.office import firm, line

Run = Callable[..., Any]


class Desk:
    """A folder with three copies and their settings, and the commands typed in it."""

    def __init__(self, folder: Path, run: Run) -> None:
        self.folder, self.run = folder, run
        for name in ("firm", "ana", "ben"):
            (folder / f"{name}.xlsx").write_bytes(firm())
        tables = [f'[copies.{n}]\npath = "{n}.xlsx"\n' for n in ("firm", "ana", "ben")]
        self.settings = folder / "sheetrecord.toml"
        self.settings.write_text("\n".join(tables), "utf-8")
        confirmed(self.settings)

    def __call__(self, *words: object, code: int = 0) -> str:
        ran = self.run(*words)
        assert ran.code == code, ran.out + ran.err
        return str(ran.out)

    def type(self, name: str, row: int, **cells: Any) -> None:
        path = self.folder / f"{name}.xlsx"
        path.write_bytes(edited(path.read_bytes(), put("Fees", row, **cells)))

    def note(self, name: str, row: int = 4) -> Any:
        from openpyxl import load_workbook

        from merge.files import column

        book = load_workbook(self.folder / f"{name}.xlsx")
        return book["Fees"].cell(row, column(book, "Fees", "note")).value

    def notes(self, row: int = 4) -> list[Any]:
        return [self.note(name, row) for name in ("firm", "ana", "ben")]


@pytest.fixture
def desk(tmp_path: Path, run: Run, monkeypatch: pytest.MonkeyPatch) -> Desk:
    monkeypatch.setenv("SHEETRECORD_STATE", str(tmp_path / ".state"))
    return Desk(tmp_path, run)


def test_from_the_first_sync_to_taking_one_back(desk: Desk) -> None:
    assert "Never synced" in desk("status", code=1)
    first = desk("sync", "--by", "Mara")
    assert "3 copies" in first
    assert desk("status").count("in step") == 3
    assert "Nothing to do" in desk("sync")

    desk.type("ana", 4, note="as on the phone")
    assert "ana" in desk("status", code=1)
    planned = desk("sync", "--plan")
    assert "note: as on the phone" in planned
    assert desk.notes() == [None, "as on the phone", None]
    done = desk("sync", "--by", "Ana")
    assert "1 edit taken over" in done
    assert desk.notes() == ["as on the phone"] * 3

    told = desk("history", "D-0001", f"{line(0)}.note")
    assert "by Ana" in told
    assert "(blank) -> as on the phone  (from ana.xlsx)" in told

    plan = desk("undo", "--plan")
    assert "1 change would be taken back" in plan
    assert desk.notes() == ["as on the phone"] * 3
    assert "1 change taken back" in desk("undo", "--by", "Mara")
    assert desk.notes() == [None] * 3
    assert "taken back" in desk("history", "D-0001", f"{line(0)}.note")


def test_what_was_changed_since_is_not_taken_back(desk: Desk) -> None:
    desk("sync")
    desk.type("ana", 4, note="first", po_ref="PO 1")
    report = json.loads(desk("sync", "--format", "json"))
    desk.type("ben", 4, note="second")
    desk("sync")
    told = desk("undo", report["run"], code=1)
    assert "stays" in told
    assert "second" in "".join(map(str, desk.notes()))


def test_the_run_that_began_the_record_is_not_taken_back(desk: Desk) -> None:
    desk("sync")
    ran = desk.run("undo")
    assert ran.code == 3
    assert "began the record" in ran.err


def test_a_conflict_is_listed_and_decided_from_the_command_line(desk: Desk) -> None:
    desk("sync")
    desk.type("ana", 4, net=1_111)
    desk.type("ben", 4, net=2_222)
    told = desk("sync", code=1)
    assert "conflict  Fees" in told
    listed = desk("conflicts", code=1)
    assert "ben: 2222" in listed
    assert "the record: 1111" in listed
    found = json.loads(desk("conflicts", "--format", "json", code=1))["conflicts"]
    assert [(one["row_id"], one["column"]) for one in found] == [(line(0), "net")]
    done = desk("conflicts", f"{line(0)}.net", "--keep", "ben")
    assert "1 conflict decided" in done
    assert desk("conflicts") == "0 conflicts.\n"
    assert "1111" in desk("history", "D-0001", "net")
    assert desk("status").count("in step") == 3


@pytest.mark.parametrize(("keep", "wanted"), [("record", 1_111), ("3333", 3_333)])
def test_the_record_or_a_value_can_be_kept(desk: Desk, keep: str, wanted: int) -> None:
    desk("sync")
    desk.type("ana", 4, net=1_111)
    desk.type("ben", 4, net=2_222)
    desk("sync", code=1)
    desk("conflicts", line(0), "--keep", keep)
    report = json.loads(desk("history", "D-0001", f"{line(0)}.net", "--format", "json"))
    values = [change["new"] for change in report["changes"] if change["kind"] == "set"]
    assert values[-1] == wanted


def test_a_conflict_that_is_not_there_is_not_decided(desk: Desk) -> None:
    desk("sync")
    ran = desk.run("conflicts", "F-00000", "--keep", "record")
    assert ran.code == 3
    assert "No conflict stands" in ran.err


@pytest.mark.parametrize("everything", ["ours", "theirs"])
def test_resolve_settles_what_a_sync_has_listed(desk: Desk, everything: str) -> None:
    desk("sync")
    desk.type("ana", 4, note="ana's")
    desk.type("ben", 4, note="ben's")
    desk("sync", code=1)
    told = desk("resolve", "ben.xlsx", "--all", everything)
    assert "1 settled, 0 left" in told
    desk("sync")
    assert desk.notes() == ["ben's" if everything == "ours" else "ana's"] * 3


def test_the_record_of_a_day_is_a_workbook_of_its_own(desk: Desk) -> None:
    import datetime as dt

    today = dt.datetime.now().astimezone().date()
    desk("sync")
    desk.type("ana", 4, note="as on the phone")
    desk("sync")
    early = desk("asof", today - dt.timedelta(1), "-o", "old.xlsx", code=1)
    assert "The store knows nothing" in early
    assert not (desk.folder / "old.xlsx").exists()
    told = desk("asof", today, "-o", "now.xlsx")
    assert f"as known on {today}" in told
    assert desk.note("now") is not None
    desk("asof", today, "-o", "now.md")
    assert "as on the phone" in (desk.folder / "now.md").read_text("utf-8")
    assert desk.run("asof", today, "-o", "now.xlsx").code == 3  # what is there stays


def test_an_accident_waits_for_a_word(desk: Desk) -> None:
    desk("sync")
    path = desk.folder / "ana.xlsx"
    path.write_bytes(edited(path.read_bytes(), lambda book: book["Fees"].delete_rows(5, 8)))
    told = desk("sync", code=1)
    assert "--allow mass-delete" in told
    assert desk("sync", "--allow", "mass-delete")
    assert "Nothing to do" in desk("sync")


def test_a_lost_store_is_said(desk: Desk) -> None:
    desk("sync")
    [records] = (desk.folder / ".state").rglob("records")
    shutil.rmtree(records)
    assert "this store knows nothing" in desk("status", code=1)
    assert not records.exists()
    assert "this store knows nothing of it" in desk("sync")


def test_an_emptied_store_is_put_back_and_nothing_is_asked(desk: Desk) -> None:
    desk("sync")
    desk("sync")
    [store] = (desk.folder / ".state" / "records").glob("*.db")
    store.write_bytes(b"")
    assert "doctor --repair" in desk.run("status").err
    ran = desk.run("sync")
    assert ran.code == 3
    assert "the store is empty (0 bytes), and a backup of it from" in ran.err
    desk("doctor", "--repair")
    assert "Nothing to do" in desk("sync")


def test_a_deleted_store_begins_anew_and_its_backup_is_offered(desk: Desk) -> None:
    desk("sync")
    desk("sync")
    [store] = (desk.folder / ".state" / "records").glob("*.db")
    for path in store.parent.glob(f"{store.name}*"):
        path.unlink()
    assert "A backup of the lost store from" in desk("sync")


def test_a_clock_that_went_back_is_said_and_the_ledger_goes_on(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    class Past(dt.datetime):
        @classmethod
        def now(cls, tz: dt.tzinfo | None = None) -> dt.datetime:
            return dt.datetime(2021, 1, 1, 12, tzinfo=tz)

    desk("sync")
    desk.type("ana", 4, note="typed after the clock went back")
    with monkeypatch.context() as patch:
        patch.setattr(run.dt, "datetime", Past)
        assert "This computer's clock says 2021-01-01" in desk("sync")
    day = dt.datetime.now().astimezone().date()
    desk("asof", day, "-o", "now.md")
    assert "typed after the clock went back" in (desk.folder / "now.md").read_text()
    desk("asof", day - dt.timedelta(days=1), "-o", "before.md", code=1)
    desk("undo")
    assert desk.notes() != ["typed after the clock went back"] * 3


def database(desk: Desk, statement: str) -> None:
    [store] = (desk.folder / ".state" / "records").glob("*.db")
    with closing(sqlite3.connect(store)) as db:
        db.execute(statement)
        db.commit()


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE record_row SET cells = '{\"net\":1}' WHERE row_id = '%s'",
        "DELETE FROM record_row WHERE row_id = '%s'",
        "UPDATE record_row SET row_id = 'F-OTHER' WHERE row_id = '%s'",
    ],
    ids=["changed", "deleted", "renamed"],
)
def test_a_row_changed_in_the_database_stops_there_and_is_named(desk: Desk, statement: str) -> None:
    desk("sync")
    database(desk, statement % line(0))
    assert f"Fees {line(0)}" in desk("status", code=1)
    desk.type("ana", 5, note="typed")
    before = [(desk.folder / f"{n}.xlsx").read_bytes() for n in ("firm", "ana", "ben")]
    ran = desk.run("sync")
    assert ran.code == 3
    assert f"not what the ledger tells: Fees {line(0)}" in ran.err
    assert "doctor --repair" in ran.err
    assert before == [(desk.folder / f"{n}.xlsx").read_bytes() for n in ("firm", "ana", "ben")]
    desk("doctor", "--repair")
    desk("sync")
    assert desk.notes(5) == ["typed"] * 3
    assert "Nothing to do" in desk("sync")


def test_a_won_deal_that_cannot_be_closed_is_told_until_it_can(desk: Desk) -> None:
    desk("sync")
    path = desk.folder / "ana.xlsx"
    won = put("Deal", 5, stage="Won")
    path.write_bytes(edited(path.read_bytes(), won))
    assert "not closed" in desk("sync", code=1)
    for _ in range(2):
        told = desk("sync", code=1)
        assert "still  D-0002 cannot be closed" in told
        assert "to mend  D-0002 cannot be closed" in desk("status", code=1)
    path.write_bytes(edited(path.read_bytes(), put("Deal", 5, stage="Talking")))
    desk("sync")
    assert "cannot be closed" not in desk("status")


def test_letters_composed_in_two_ways_name_one_file(desk: Desk) -> None:
    one, other = "M\u00fcller.xlsx", "Mu\u0308ller.xlsx"
    (desk.folder / "ana.xlsx").rename(desk.folder / one)
    settings = desk.folder / "sheetrecord.toml"
    settings.write_text(settings.read_text("utf-8").replace("ana.xlsx", other), "utf-8")
    desk("sync", "--trust")
    assert desk("status").count("in step") == 3
    (desk.folder / one).rename(desk.folder / other)  # as a sync client may
    assert desk("status").count("in step") == 3
    assert "Nothing to do" in desk("sync", "firm.xlsx", one)
    desk.type("firm", 4, note="typed")
    desk("sync")
    assert desk("status").count("in step") == 3


def test_json_tells_the_same(desk: Desk) -> None:
    desk("sync")
    desk.type("ana", 4, note="typed")
    told = json.loads(desk("sync", "--format", "json"))
    assert told["schema"] == 1
    copies = {copy["label"]: copy for copy in told["copies"]}
    assert copies["ana"]["taken_over"] == 1
    assert [c["column"] for c in copies["ben"]["changes"]] == ["note"]
    status = json.loads(desk("status", "--format", "json"))
    assert [at["state"] for at in status["copies"]] == ["in step"] * 3


def test_without_a_copy_it_says_what_to_name(tmp_path: Path, run: Run) -> None:
    ran = run("sync")
    assert ran.code == 3
    assert "[copies.name]" in ran.err


def test_undo_of_nothing_makes_nothing(desk: Desk) -> None:
    before = {path: path.read_bytes() for path in desk.folder.glob("*.xlsx")}
    assert "There is no sync to take back" in desk("undo", code=1)
    assert {path: path.read_bytes() for path in before} == before
    assert desk.run("conflicts", "F-00000", "--keep", "record").code == 3
    assert not list((desk.folder / ".state").rglob("records"))


def test_status_never_says_in_step_while_a_conflict_stands(desk: Desk) -> None:
    desk("sync")
    assert desk("status").count("in step") == 3
    desk.type("ana", 4, note="ana's")
    desk.type("ben", 4, note="ben's")
    desk("sync", code=1)
    told = desk("status", code=1)
    assert "in step" not in told
    assert told.count("to decide") == 3
    assert "Nothing to do" not in desk("sync", code=1)
    states = json.loads(desk("status", "--format", "json", code=1))["copies"]
    assert {one["state"] for one in states} == {"to decide"}


def test_a_conflict_says_whom_it_is_about(desk: Desk) -> None:
    desk("sync")
    desk.type("ana", 4, note="ana's")
    desk.type("ben", 4, note="ben's")
    told = desk("sync", code=1)
    [found] = json.loads(desk("conflicts", "--format", "json", code=1))["conflicts"]
    assert found["deal_id"] == "D-0001"
    assert found["client"]
    about = f"{found['client']}, D-0001 {found['deal_name']}"
    assert about in told
    assert about in desk("conflicts", code=1)


def test_what_is_decided_at_once_is_done_at_once(tmp_path: Path, run: Run) -> None:
    desk = Desk(tmp_path, run)
    desk("sync")
    for name in ("firm", "ana"):
        desk.type(name, 4, note=name)
        desk.type(name, 5, note=name)
    desk("sync", code=1)
    for name in ("ana", "ben"):  # a row that goes in two copies, while its note is disputed
        path = desk.folder / f"{name}.xlsx"
        path.write_bytes(edited(path.read_bytes(), lambda book: book["Fees"].delete_rows(4)))
    desk("sync", code=1)
    asked = json.loads(desk("conflicts", "--format", "json", code=1))["conflicts"]
    assert {(one["row_id"], one["column"]) for one in asked} == {
        (line(0), ""),
        (line(0), "note"),
        (line(1), "note"),
    }
    desk("resolve", "firm.xlsx", "--all", "theirs")
    assert json.loads(desk("conflicts", "--format", "json"))["conflicts"] == []
    desk("sync")  # it resolves in one copy; the others get it now
    files = {path: path.read_bytes() for path in tmp_path.glob("*.xlsx")}
    assert "Nothing to do" in desk("sync")
    assert {path: path.read_bytes() for path in files} == files


def test_a_deal_that_rows_refer_to_is_not_deleted_and_says_which(tmp_path: Path, run: Run) -> None:
    desk = Desk(tmp_path, run)
    desk("sync")
    path = desk.folder / "ana.xlsx"
    path.write_bytes(edited(path.read_bytes(), lambda book: book["Deal"].delete_rows(4)))
    desk("sync", code=1)
    said = desk("resolve", "firm.xlsx", "D-0001", "--keep", "deleted", code=1)
    assert said.startswith("conflict ")  # nothing was decided
    assert "\nConflicts, Deal D-0001 (whole row): " in said
    assert "refer to it: delete or change those first, or keep it." in said
    assert "D-0001" in desk("conflicts", code=1)
    desk("resolve", "firm.xlsx", "D-0001", "--keep", "kept")
    desk("sync")
    assert "Nothing to do" in desk("sync")
