"""A folder of workbooks kept in step: what changed is synced, the rest is not opened."""

import json
import os
import shutil
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from fleet.effects import by_name, done
from merge.files import put, rows_of
from messy.firm import edited, workbook
from sheetrecord.app.fleet.plan import FleetPlan, WorkbookResult, open_fleet
from sheetrecord.app.fleet.run import keep_in_step
from sheetrecord.app.fleet.scan import scan
from sheetrecord.app.fleet.sync_one import Job, sync_one
from sheetrecord.formats.stamp import read_marks
from sheetrecord.formats.xlsx import read
from sheetrecord.model.errors import CannotRead
from sheetrecord.stores.fleet import SeenWorkbook
from synced import office

Run = Callable[..., Any]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "clients" / "north").mkdir(parents=True)
    return tmp_path / "clients"


def fill(folder: Path, *names: str) -> None:
    """Make files that the effects of the tests can be done on; old ones, whose times count."""
    for name in names:
        (folder / name).write_bytes(name.encode())
        os.utime(folder / name, (1_700_000_000, 1_700_000_000))


def step(folder: Path, effect: Any = done, jobs: int = 1) -> tuple[list[str], Any, dict[str, int]]:
    """Run the fleet; return which workbooks were worked on, the look, and the counts."""
    told: list[WorkbookResult] = []
    look, counts = keep_in_step(FleetPlan(folder, "Ana", jobs=jobs), told.append, effect)
    return sorted(one.path for one in told), look, counts


def fees(book: Any) -> int:
    return next(iter(rows_of(book, "Fees")))


def type_net(path: Path, net: int) -> None:
    path.write_bytes(edited(path.read_bytes(), lambda book: put("Fees", fees(book), net=net)(book)))


def net(path: Path) -> object:
    found: list[object] = []
    edited(path.read_bytes(), lambda book: found.append(_net(book)))
    return found[0]


def _net(book: Any) -> object:
    from merge.files import column

    return book["Fees"].cell(fees(book), column(book, "Fees", "net")).value


def test_workbooks_of_all_folders_are_found_and_nothing_else(folder: Path) -> None:
    fill(folder, "a.xlsx", "north/b.XLSM", "~$a.xlsx", ".hidden.xlsx", "letter.docx")
    (folder / ".git").mkdir()
    fill(folder, ".git/c.xlsx")
    assert step(folder)[0] == ["a.xlsx", "north/b.XLSM"]


def test_what_did_not_change_is_not_opened(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    fill(folder, "a.xlsx", "b.xlsx")
    step(folder)
    assert step(folder)[0] == []
    fill(folder, "c.xlsx")
    monkeypatch.setattr("sheetrecord.app.fleet.scan.state_of", _only("c.xlsx"))
    worked, look, counts = step(folder)
    assert worked == ["c.xlsx"]
    assert (look.found, look.unchanged, counts) == (3, 2, {"done": 3})


def _only(name: str) -> Any:
    from sheetrecord.workbooks.kinds import state_of

    def call(address: str) -> Any:
        assert Path(address).name == name
        return state_of(address)

    return call


def test_a_new_time_with_the_same_content_is_no_change(folder: Path) -> None:
    fill(folder, "a.xlsx")
    step(folder)
    os.utime(folder / "a.xlsx", (1_700_009_000, 1_700_009_000))
    assert step(folder)[0] == []
    with closing((fleet := open_fleet(FleetPlan(folder, "Ana"))).database):
        assert fleet.known()["a.xlsx"].mtime_ns == 1_700_009_000 * 10**9


def test_a_change_that_keeps_size_and_time_is_seen_when_the_time_was_fresh(folder: Path) -> None:
    (folder / "a.xlsx").write_bytes(b"one")
    step(folder)
    step(folder)  # a look at what nobody changed: now the list could know its time
    stat = (folder / "a.xlsx").stat()
    (folder / "a.xlsx").write_bytes(b"two")
    os.utime(folder / "a.xlsx", ns=(stat.st_atime_ns, stat.st_mtime_ns))
    assert step(folder)[0] == ["a.xlsx"]


def test_a_workbook_that_is_gone_is_said_and_one_that_is_back_is_worked_on(folder: Path) -> None:
    fill(folder, "a.xlsx")
    step(folder)
    (folder / "a.xlsx").rename(folder / "a.away")
    assert step(folder)[1:] == ((0, 0, 0, 1), {"gone": 1})
    (folder / "a.away").rename(folder / "a.xlsx")
    assert step(folder)[0] == ["a.xlsx"]


def test_a_folder_that_is_not_there_forgets_nothing(folder: Path) -> None:
    fill(folder, "a.xlsx")
    step(folder)
    shutil.move(folder, folder.with_name("away"))
    with pytest.raises(CannotRead, match="cannot be listed"):
        step(folder)
    shutil.move(folder.with_name("away"), folder)
    assert step(folder)[0] == []


def test_one_that_cannot_be_read_yet_is_tried_at_each_look(folder: Path) -> None:
    (folder / "a.xlsx").symlink_to(folder / "north")
    fill(folder, "b.xlsx")
    with closing((fleet := open_fleet(FleetPlan(folder, "Ana"))).database):
        assert scan(fleet, folder).found == 1


@pytest.mark.parametrize("jobs", [1, 2])
def test_one_bad_workbook_does_not_stop_the_others(folder: Path, jobs: int) -> None:
    fill(folder, "a.xlsx", "bug.xlsx", "open.xlsx", "z.xlsx")
    worked, _, counts = step(folder, effect=by_name, jobs=jobs)
    assert worked == ["a.xlsx", "bug.xlsx", "open.xlsx", "z.xlsx"]
    assert counts == {"done": 2, "failed": 2}
    with closing((fleet := open_fleet(FleetPlan(folder, "Ana"))).database):
        told = {one.path: one.why for one in fleet.troubles()}
    assert "waiting for Ana" in told["open.xlsx"]
    assert told["bug.xlsx"] == "this is a bug in sheetrecord: RuntimeError: never thought of that"
    assert step(folder, effect=by_name, jobs=jobs)[0] == ["bug.xlsx", "open.xlsx"]


@pytest.mark.skipif(os.name == "nt", reason="Windows has no SIGKILL")
def test_a_workbook_that_kills_its_process_is_found_out_and_the_others_are_done(
    folder: Path,
) -> None:
    fill(folder, *(f"{letter}.xlsx" for letter in "abcd"), "dies.xlsx")
    _, _, counts = step(folder, effect=by_name, jobs=2)
    assert counts == {"done": 4, "stuck": 1}
    assert step(folder, effect=by_name, jobs=2)[0] == []
    (folder / "dies.xlsx").write_bytes(b"mended")
    assert step(folder, effect=done, jobs=2)[0] == ["dies.xlsx"]


def test_what_was_stopped_is_begun_again(folder: Path) -> None:
    fill(folder, "a.xlsx", "b.xlsx")
    with pytest.raises(KeyboardInterrupt):
        step(folder, effect=_stopped)
    assert step(folder)[0] == ["a.xlsx", "b.xlsx"]


def _stopped(_: Job) -> Any:
    raise KeyboardInterrupt


def test_real_workbooks_are_synced_and_a_second_run_changes_nothing(run: Run, folder: Path) -> None:
    for name in ("one.xlsx", "north/two.xlsx"):
        (folder / name).write_bytes(workbook())
    (folder / "broken.xlsx").write_bytes(b"PK not really")
    ran = run("fleet", folder, "--jobs", 1, "--by", "Ana")
    assert ran.code == 1
    assert "3 workbooks, 0 unchanged." in ran.out
    assert "2 done, 1 failed." in ran.out or "2 done, 1 waits." in ran.out
    records = {
        read_marks(read(folder / name)).stamp.record for name in ("one.xlsx", "north/two.xlsx")
    }
    assert len(records) == 2
    assert "" not in records
    (folder / "broken.xlsx").unlink()
    before = {path: path.read_bytes() for path in folder.rglob("*.xlsx")}
    ran = run("fleet", folder, "--jobs", 1)
    assert (ran.code, "2 workbooks, 2 unchanged, 1 gone." in ran.out) == (0, True)
    assert {path: path.read_bytes() for path in folder.rglob("*.xlsx")} == before
    asked = json.loads(run("fleet", "status", folder, "--format", "json").out)
    nothing: dict[str, Any] = {"working": [], "waiting": [], "troubles": []}
    assert asked == {"states": {"done": 2, "gone": 1}, **nothing}
    assert json.loads(run("fleet", folder, "--list", "--format", "json").out) == asked


def test_an_edit_of_one_copy_reaches_the_other_in_the_same_run(run: Run, folder: Path) -> None:
    one, two = folder / "one.xlsx", folder / "two.xlsx"
    one.write_bytes(workbook())
    run("fleet", folder, "--jobs", 1)
    shutil.copyfile(one, two)
    assert run("fleet", folder, "--jobs", 1).code == 0
    type_net(two, 4242)
    ran = run("fleet", folder, "--jobs", 1)
    assert ran.code == 0
    assert (net(one), net(two)) == (4242, 4242)
    assert "0 unchanged" not in run("fleet", folder, "--jobs", 1).out


def told(run: Run, folder: Path, code: int) -> list[dict[str, Any]]:
    """Run the fleet; return what needs somebody."""
    ran = run("fleet", folder, "--jobs", 1, "--by", "Ana", "--format", "json")
    assert ran.code == code, ran.out
    found: list[dict[str, Any]] = json.loads(ran.out)["troubles"]
    assert run("fleet", "status", folder).code == code
    return found


def test_a_won_deal_that_cannot_be_closed_needs_somebody_until_it_can(
    run: Run, folder: Path
) -> None:
    path = folder / "one.xlsx"
    path.write_bytes(office.firm())
    assert told(run, folder, code=0) == []
    path.write_bytes(edited(path.read_bytes(), put("Deal", 5, stage="Won")))
    for _ in range(2):  # it stays said, though nobody touches the workbook
        [trouble] = told(run, folder, code=1)
        assert (trouble["path"], trouble["state"]) == ("one.xlsx", "waits")
        assert "to mend: D-0002 cannot be closed" in trouble["why"]
    path.write_bytes(edited(path.read_bytes(), put("Deal", 5, stage="Talking")))
    assert told(run, folder, code=0) == []


def test_a_conflict_between_two_copies_needs_somebody_until_it_is_decided(
    run: Run, folder: Path
) -> None:
    one, two = folder / "one.xlsx", folder / "two.xlsx"
    one.write_bytes(office.firm())
    told(run, folder, code=0)
    shutil.copyfile(one, two)
    told(run, folder, code=0)
    type_net(one, 4242)
    type_net(two, 1717)
    for _ in range(2):
        assert any("1 conflicts stand" in one["why"] for one in told(run, folder, code=1))
    assert run("resolve", one, "--all", "ours", "--by", "Ana").code == 0
    assert told(run, folder, code=0) == []
    assert net(one) == net(two)


def test_a_workbook_can_be_synced_by_a_call(folder: Path) -> None:
    path = folder / "one.xlsx"
    path.write_bytes(workbook())
    first = sync_one(Job(str(path), "Ana"))
    before = path.read_bytes()
    again = sync_one(Job(str(path), "Ana"))
    assert (again.record_id, again.result, again.moved) == (first.record_id, "in step", False)
    assert path.read_bytes() == before
    type_net(path, 7)
    assert sync_one(Job(str(path), "Ana")).moved
    with closing((fleet := open_fleet(FleetPlan(folder, "Ana"))).database):
        scan(fleet, folder)
        seen = SeenWorkbook(path.stat().st_size, 0, again_digest(path), "due", first.record_id)
        assert fleet.known()["one.xlsx"] == seen


def again_digest(path: Path) -> str:
    from sheetrecord.files import fingerprint

    return fingerprint(path).digest
