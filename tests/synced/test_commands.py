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

from by_hand import typed_into
from conftest import confirmed
from merge.files import put
from messy.firm import edited
from sheetrecord.app.sync import run
from synced.office import firm, line
from workbooks import online as google

Run = Callable[..., Any]


NAMES = ("firm", "ana", "ben")
KEY = "team-ben"


class Team:
    """A folder with three copies and their settings, and the commands typed in it.

    With ``online`` ben's copy is a spreadsheet in a made-up Google, the other two are files.
    """

    def __init__(self, folder: Path, began: Path, run: Run, *, online: bool = False) -> None:
        self.folder, self.run, self._began = folder, run, began
        self.ben = google.placed(Path(KEY), firm()) if online else None
        for name in NAMES[: 2 if online else 3]:
            (folder / f"{name}.xlsx").write_bytes(firm())
        tables = [f'[copies.{name}]\npath = "{self.address(name)}"\n' for name in NAMES]
        self.settings = folder / "sheetrecord.toml"
        self.settings.write_text("\n".join(tables), "utf-8")
        confirmed(self.settings)

    def address(self, name: str) -> str:
        """Return what a copy is called on the command line."""
        return self.ben.address if name == "ben" and self.ben else f"{name}.xlsx"

    def begin(self) -> None:
        """Let the three have been synced: done once, and put back for each test."""
        if self._began.exists():
            shutil.copytree(self._began, self.folder, dirs_exist_ok=True)
            if self.ben:
                google.put_back(self.ben, ONLINE[self._began])
        else:
            self("sync")
            shutil.copytree(self.folder, self._began)
            if self.ben:
                ONLINE[self._began] = google.image(self.ben)

    def __call__(self, *words: object, code: int = 0) -> str:
        ran = self.run(*words)
        assert ran.code == code, ran.out + ran.err
        return str(ran.out)

    def type(self, name: str, row: int, **cells: Any) -> None:
        if name == "ben" and self.ben:
            for key, value in cells.items():
                google.typed(self.ben, "Fees", (row, self._column(key)), value)
            return
        path = self.folder / f"{name}.xlsx"
        path.write_bytes(typed_into(path.read_bytes(), "Fees", row, **cells))

    def _column(self, key: str) -> int:
        from openpyxl import load_workbook

        from merge.files import column

        found: int = column(load_workbook(self.folder / "firm.xlsx"), "Fees", key)
        return found

    def note(self, name: str, row: int = 4) -> Any:
        from openpyxl import load_workbook

        if name == "ben" and self.ben:
            tab = google.image(self.ben).titled("Fees")
            cell = tab.rows[row - 1].cells.get(self._column("note") - 1, {})
            return cell.get("userEnteredValue", {}).get("stringValue")
        book = load_workbook(self.folder / f"{name}.xlsx")
        return book["Fees"].cell(row, self._column("note")).value

    def notes(self, row: int = 4) -> list[Any]:
        return [self.note(name, row) for name in NAMES]


ONLINE: dict[Path, Any] = {}
"""What the spreadsheet was when a team had begun."""

with_one_online = pytest.mark.parametrize("team", ["files", "google"], indirect=True)


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return where the team always is: a record knows where its copies are."""
    return tmp_path_factory.mktemp("team")


@pytest.fixture
def team(
    place: Path, run: Run, monkeypatch: pytest.MonkeyPatch, request: pytest.FixtureRequest
) -> Team:
    where = getattr(request, "param", "files")
    folder = place / "now"
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir()
    monkeypatch.chdir(folder)
    monkeypatch.setenv("SHEETRECORD_STATE", str(folder / ".state"))
    return Team(folder, place / f"began with {where}", run, online=where == "google")


@with_one_online
def test_from_the_first_sync_to_taking_one_back(team: Team) -> None:
    assert "Never synced" in team("status", code=1)
    first = team("sync", "--by", "Mara")
    assert "3 copies" in first
    assert team("status").count("in step") == 3
    assert "Nothing to do" in team("sync")

    team.type("ana", 4, note="as on the phone")
    assert "ana" in team("status", code=1)
    planned = team("sync", "--plan")
    assert "Note: as on the phone" in planned
    assert team.notes() == [None, "as on the phone", None]
    done = team("sync", "--by", "Ana")
    assert "1 cell changed" in done
    assert team.notes() == ["as on the phone"] * 3

    told = team("history", "D-0001", f"{line(0)}.note")
    assert "by Ana" in told
    assert "(blank) -> as on the phone  (from ana.xlsx)" in told

    plan = team("undo", "--plan")
    assert "1 change would be taken back" in plan
    assert team.notes() == ["as on the phone"] * 3
    assert "1 change taken back" in team("undo", "--by", "Mara")
    assert team.notes() == [None] * 3
    assert "taken back" in team("history", "D-0001", f"{line(0)}.note")


def test_what_was_changed_since_is_not_taken_back(team: Team) -> None:
    team.begin()
    team.type("ana", 4, note="first", po_ref="PO 1")
    report = json.loads(team("sync", "--format", "json"))
    team.type("ben", 4, note="second")
    team("sync")
    told = team("undo", report["run"], code=1)
    assert "stays" in told
    assert "second" in "".join(map(str, team.notes()))


def test_the_run_that_began_the_record_is_not_taken_back(team: Team) -> None:
    team.begin()
    ran = team.run("undo")
    assert ran.code == 3
    assert "began the record" in ran.err


@with_one_online
def test_a_conflict_is_listed_and_decided_from_the_command_line(team: Team) -> None:
    team.begin()
    team.type("ana", 4, net=1_111)
    team.type("ben", 4, net=2_222)
    told = team("sync", code=1)
    assert "conflict  Fees" in told
    listed = team("conflicts", code=1)
    assert "ben: 2222" in listed
    assert "the record: 1111" in listed
    found = json.loads(team("conflicts", "--format", "json", code=1))["conflicts"]
    assert [(one["row_id"], one["column"]) for one in found] == [(line(0), "net")]
    done = team("conflicts", f"{line(0)}.net", "--keep", "ben")
    assert "1 conflict decided" in done
    assert team("conflicts") == "0 conflicts.\n"
    assert "1111" in team("history", "D-0001", "net")
    assert team("status").count("in step") == 3


@pytest.mark.parametrize(("keep", "wanted"), [("record", 1_111), ("3333", 3_333)])
def test_the_record_or_a_value_can_be_kept(team: Team, keep: str, wanted: int) -> None:
    team.begin()
    team.type("ana", 4, net=1_111)
    team.type("ben", 4, net=2_222)
    team("sync", code=1)
    team("conflicts", line(0), "--keep", keep)
    report = json.loads(team("history", "D-0001", f"{line(0)}.net", "--format", "json"))
    values = [change["new"] for change in report["changes"] if change["kind"] == "set"]
    assert values[-1] == wanted


def test_a_conflict_that_is_not_there_is_not_decided(team: Team) -> None:
    team.begin()
    ran = team.run("conflicts", "F-00000", "--keep", "record")
    assert ran.code == 3
    assert "No conflict stands" in ran.err


@pytest.mark.parametrize(
    ("team", "everything"),
    [("files", "ours"), ("files", "theirs"), ("google", "ours")],
    indirect=["team"],
)
def test_resolve_settles_what_a_sync_has_listed(team: Team, everything: str) -> None:
    team.begin()
    team.type("ana", 4, note="ana's")
    team.type("ben", 4, note="ben's")
    team("sync", code=1)
    told = team("resolve", team.address("ben"), "--all", everything)
    assert "1 settled, 0 left" in told
    team("sync")
    assert team.notes() == ["ben's" if everything == "ours" else "ana's"] * 3


def test_the_record_of_a_day_is_a_workbook_of_its_own(team: Team) -> None:
    import datetime as dt

    today = dt.datetime.now().astimezone().date()
    team.begin()
    team.type("ana", 4, note="as on the phone")
    team("sync")
    early = team("asof", today - dt.timedelta(1), "-o", "old.xlsx", code=1)
    assert "The store knows nothing" in early
    assert not (team.folder / "old.xlsx").exists()
    told = team("asof", today, "-o", "now.xlsx")
    assert f"as known on {today}" in told
    assert team.note("now") is not None
    team("asof", today, "-o", "now.md")
    assert "as on the phone" in (team.folder / "now.md").read_text("utf-8")
    assert team.run("asof", today, "-o", "now.xlsx").code == 3  # what is there stays


def test_an_accident_waits_for_a_word(team: Team) -> None:
    team.begin()
    path = team.folder / "ana.xlsx"
    path.write_bytes(edited(path.read_bytes(), lambda book: book["Fees"].delete_rows(5, 8)))
    told = team("sync", code=1)
    assert "--allow mass-delete" in told
    assert team("sync", "--allow", "mass-delete")
    assert "Nothing to do" in team("sync")


def test_a_lost_store_is_said(team: Team) -> None:
    team.begin()
    [records] = (team.folder / ".state").rglob("records")
    shutil.rmtree(records)
    assert "this store knows nothing" in team("status", code=1)
    assert not records.exists()
    assert "this store knows nothing of it" in team("sync")


def test_an_emptied_store_is_put_back_and_nothing_is_asked(team: Team) -> None:
    team.begin()
    team("sync")
    [store] = (team.folder / ".state" / "records").glob("*.db")
    store.write_bytes(b"")
    assert "doctor --repair" in team.run("status").err
    ran = team.run("sync")
    assert ran.code == 3
    assert "the store is empty (0 bytes), and a backup of it from" in ran.err
    team("doctor", "--repair")
    assert "Nothing to do" in team("sync")


def test_a_deleted_store_begins_anew_and_its_backup_is_offered(team: Team) -> None:
    team.begin()
    team("sync")
    [store] = (team.folder / ".state" / "records").glob("*.db")
    for path in store.parent.glob(f"{store.name}*"):
        path.unlink()
    assert "A backup of the lost store from" in team("sync")


def test_a_clock_that_went_back_is_said_and_the_ledger_goes_on(
    team: Team, monkeypatch: pytest.MonkeyPatch
) -> None:
    class Past(dt.datetime):
        @classmethod
        def now(cls, tz: dt.tzinfo | None = None) -> dt.datetime:
            return dt.datetime(2021, 1, 1, 12, tzinfo=tz)

    team.begin()
    team.type("ana", 4, note="typed after the clock went back")
    with monkeypatch.context() as patch:
        patch.setattr(run.dt, "datetime", Past)
        assert "This computer's clock says 2021-01-01" in team("sync")
    day = dt.datetime.now().astimezone().date()
    team("asof", day, "-o", "now.md")
    assert "typed after the clock went back" in (team.folder / "now.md").read_text()
    team("asof", day - dt.timedelta(days=1), "-o", "before.md", code=1)
    team("undo")
    assert team.notes() != ["typed after the clock went back"] * 3


def database(team: Team, statement: str) -> None:
    [store] = (team.folder / ".state" / "records").glob("*.db")
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
def test_a_row_changed_in_the_database_stops_there_and_is_named(team: Team, statement: str) -> None:
    team.begin()
    database(team, statement % line(0))
    assert f"Fees {line(0)}" in team("status", code=1)
    team.type("ana", 5, note="typed")
    before = [(team.folder / f"{n}.xlsx").read_bytes() for n in ("firm", "ana", "ben")]
    ran = team.run("sync")
    assert ran.code == 3
    assert f"not what the ledger tells: Fees {line(0)}" in ran.err
    assert "doctor --repair" in ran.err
    assert before == [(team.folder / f"{n}.xlsx").read_bytes() for n in ("firm", "ana", "ben")]
    team("doctor", "--repair")
    team("sync")
    assert team.notes(5) == ["typed"] * 3
    assert "Nothing to do" in team("sync")


def test_a_won_deal_that_cannot_be_closed_is_told_until_it_can(team: Team) -> None:
    team.begin()
    path = team.folder / "ana.xlsx"
    won = put("Deal", 5, stage="Won")
    path.write_bytes(edited(path.read_bytes(), won))
    assert "not closed" in team("sync", code=1)
    for _ in range(2):
        told = team("sync", code=1)
        assert "still  D-0002 cannot be closed" in told
        assert "to mend  D-0002 cannot be closed" in team("status", code=1)
    path.write_bytes(edited(path.read_bytes(), put("Deal", 5, stage="Talking")))
    team("sync")
    assert "cannot be closed" not in team("status")


def test_letters_composed_in_two_ways_name_one_file(team: Team) -> None:
    one, other = "M\u00fcller.xlsx", "Mu\u0308ller.xlsx"
    (team.folder / "ana.xlsx").rename(team.folder / one)
    settings = team.folder / "sheetrecord.toml"
    settings.write_text(settings.read_text("utf-8").replace("ana.xlsx", other), "utf-8")
    team("sync", "--trust")
    assert team("status").count("in step") == 3
    (team.folder / one).rename(team.folder / other)  # as a sync client may
    assert team("status").count("in step") == 3
    assert "Nothing to do" in team("sync", "firm.xlsx", one)
    team.type("firm", 4, note="typed")
    team("sync")
    assert team("status").count("in step") == 3


def test_json_tells_the_same(team: Team) -> None:
    team.begin()
    team.type("ana", 4, note="typed")
    told = json.loads(team("sync", "--format", "json"))
    assert told["schema"] == 1
    copies = {copy["label"]: copy for copy in told["copies"]}
    assert copies["ana"]["taken_over"] == 1
    assert [c["column"] for c in copies["ben"]["changes"]] == ["note"]
    status = json.loads(team("status", "--format", "json"))
    assert [at["state"] for at in status["copies"]] == ["in step"] * 3


def test_without_a_copy_it_says_what_to_name(tmp_path: Path, run: Run) -> None:
    ran = run("sync")
    assert ran.code == 3
    assert "[copies.name]" in ran.err


def test_undo_of_nothing_makes_nothing(team: Team) -> None:
    before = {path: path.read_bytes() for path in team.folder.glob("*.xlsx")}
    assert "There is no sync to take back" in team("undo", code=1)
    assert {path: path.read_bytes() for path in before} == before
    assert team.run("conflicts", "F-00000", "--keep", "record").code == 3
    assert not list((team.folder / ".state").rglob("records"))


def test_status_never_says_in_step_while_a_conflict_stands(team: Team) -> None:
    team.begin()
    assert team("status").count("in step") == 3
    team.type("ana", 4, note="ana's")
    team.type("ben", 4, note="ben's")
    team("sync", code=1)
    told = team("status", code=1)
    assert "in step" not in told
    assert told.count("to decide") == 3
    assert "Nothing to do" not in team("sync", code=1)
    states = json.loads(team("status", "--format", "json", code=1))["copies"]
    assert {one["state"] for one in states} == {"to decide"}


def test_a_conflict_says_whom_it_is_about(team: Team) -> None:
    team.begin()
    team.type("ana", 4, note="ana's")
    team.type("ben", 4, note="ben's")
    told = team("sync", code=1)
    [found] = json.loads(team("conflicts", "--format", "json", code=1))["conflicts"]
    assert found["deal_id"] == "D-0001"
    assert found["client"]
    about = f"{found['client']}, D-0001 {found['deal_name']}"
    assert about in told
    assert about in team("conflicts", code=1)


def test_what_is_decided_at_once_is_done_at_once(team: Team) -> None:
    team.begin()
    for name in ("firm", "ana"):
        team.type(name, 4, note=name)
        team.type(name, 5, note=name)
    team("sync", code=1)
    for name in ("ana", "ben"):  # a row that goes in two copies, while its note is disputed
        path = team.folder / f"{name}.xlsx"
        path.write_bytes(edited(path.read_bytes(), lambda book: book["Fees"].delete_rows(4)))
    team("sync", code=1)
    asked = json.loads(team("conflicts", "--format", "json", code=1))["conflicts"]
    assert {(one["row_id"], one["column"]) for one in asked} == {
        (line(0), ""),
        (line(0), "note"),
        (line(1), "note"),
    }
    team("resolve", "firm.xlsx", "--all", "theirs")
    assert json.loads(team("conflicts", "--format", "json"))["conflicts"] == []
    team("sync")  # it resolves in one copy; the others get it now
    files = {path: path.read_bytes() for path in team.folder.glob("*.xlsx")}
    assert "Nothing to do" in team("sync")
    assert {path: path.read_bytes() for path in files} == files


def test_a_deal_that_rows_refer_to_is_not_deleted_and_says_which(team: Team) -> None:
    team.begin()
    path = team.folder / "ana.xlsx"
    path.write_bytes(edited(path.read_bytes(), lambda book: book["Deal"].delete_rows(4)))
    team("sync", code=1)
    said = team("resolve", "firm.xlsx", "D-0001", "--keep", "deleted", code=1)
    assert said.startswith("conflict ")  # nothing was decided
    assert "\nConflicts, Deal D-0001 (whole row): " in said
    assert "refer to it: delete or change those first, or keep it." in said
    assert "D-0001" in team("conflicts", code=1)
    team("resolve", "firm.xlsx", "D-0001", "--keep", "kept")
    team("sync")
    assert "Nothing to do" in team("sync")
