"""Every option that names an output, against what can stand in its way: nothing is ever lost."""

import errno
import os
import resource
import stat
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

from outputs.places import PLACES, Place, held, unwritable
from sheetrecord.files import versions

Run = Callable[..., Any]
EACH = pytest.mark.parametrize("place", PLACES, ids=str)
FILES = pytest.mark.parametrize("place", [p for p in PLACES if not p.is_folder], ids=str)
FORCED = pytest.mark.parametrize(
    "place", [p for p in PLACES if p.force and not p.is_folder], ids=str
)
SAID = b"somebody's"
DONE = (0, 1)
"""The exit codes of a run that did what it was asked; 1 says that something needs a person."""


def refused(run: Run, office: Path, *words: object, says: str = "", code: int = 3) -> str:
    """Run words that must be refused in one sentence, with nothing changed."""
    before = held(office)
    ran = run(*words)
    assert ran.code == code, ran.out + ran.err
    assert ran.err.count("\n") == 1, ran.err
    assert says in ran.err, ran.err
    assert held(office) == before
    return str(ran.err)


def _made(office: Path, before: dict[str, Any]) -> set[str]:
    """Return what is new in the folder, but for the lock that a store keeps beside itself."""
    return {name for name in held(office).keys() - before.keys() if not name.endswith(".lock")}


@EACH
def test_it_is_made_whole_under_a_name_that_fits(run: Run, office: Path, place: Place) -> None:
    if place.command == "demo":
        pytest.skip("it has a test of its own")
    before = held(office)
    ran = run(*place.words(Path(place.fits)))
    assert ran.code in DONE, ran.err
    made = _made(office, before)
    wanted = {f"{place.fits}/{name}" for name in place.makes} or {place.fits}
    assert wanted <= made
    assert all(name.startswith(place.fits) for name in made)
    assert {name: held(office)[name] for name in before} == before


@EACH
def test_a_name_that_promises_another_kind_is_refused_with_those_that_fit(
    run: Run, office: Path, place: Place
) -> None:
    for wrong in place.wrong:
        said = refused(run, office, *place.words(Path(wrong)), says=f"{wrong}: ")
        fits = Path(place.fits).suffix.lower()
        assert (fits if fits and not place.is_folder else "is a folder") in said


@EACH
def test_a_file_of_somebody_elses_is_not_written_over(run: Run, office: Path, place: Place) -> None:
    there = office / place.fits
    if place.command == "demo":
        there.mkdir()
        (there / "firm.xlsx").write_bytes(SAID)
        assert run(*place.words(Path(place.fits))).code in DONE
        assert (office / "demo-2" / "firm.xlsx").is_file()
        assert {path.name for path in there.iterdir()} == {"firm.xlsx"}
    for name in place.makes if place.is_folder else ("",):
        (there / name).parent.mkdir(parents=True, exist_ok=True)
        (there / name).write_bytes(SAID)
        if place.command != "demo":
            said = refused(run, office, *place.words(Path(place.fits)))
            assert ("--force" in said) == (place.force and name != "manifest.json"), said
        (there / name).unlink()


def test_a_page_never_takes_the_place_of_somebodys_file(run: Run, office: Path) -> None:
    for forced in ((), ("--force",)):
        page = office / "view" / "deals" / "D-0001.html"
        page.parent.mkdir(parents=True, exist_ok=True)
        page.write_bytes(SAID)
        refused(run, office, "publish", "firm.xlsx", "--to", "view", *forced)
        page.unlink()
    page.parent.rmdir()
    assert run("publish", "firm.xlsx", "--to", "view").code == 0
    (office / "view" / "deals" / "D-0002.html").write_bytes(SAID)
    from merge.files import put
    from messy.firm import edited

    more = put("Deal", 5, deal_id="D-0002", client="Birch", stage="won")
    (office / "firm.xlsx").write_bytes(edited((office / "firm.xlsx").read_bytes(), more))
    says = "D-0002.html: it is a file that publish did not make"
    refused(run, office, "publish", "firm.xlsx", "--to", "view", "--force", says=says)


@FORCED
def test_force_writes_over_it_and_keeps_it_in_the_backups(
    run: Run, office: Path, place: Place
) -> None:
    there = office / place.fits
    there.write_bytes(SAID)
    ran = run(*place.words(Path(place.fits)), "--force")
    assert ran.code in DONE, ran.err
    assert there.read_bytes() != SAID
    assert [Path(one.path).read_bytes() for one in versions(there)] == [SAID]


@FILES
@pytest.mark.parametrize("way", ["by a link", "by a hard link", "by its name", "in other letters"])
def test_an_input_is_not_written_over_by_whatever_name(
    run: Run, office: Path, place: Place, way: str
) -> None:
    source = office / ("store.db" if place.command == "copy-store" else "firm.xlsx")
    out = office / place.fits
    if place.command in {"new", "addin excel", "addin libreoffice"}:
        pytest.skip("it reads nothing but the settings")
    if way == "by a link":
        out.symlink_to(source)
    elif way == "by a hard link":
        out.hardlink_to(source)
    elif way == "in other letters":
        out = office / source.name.upper()
    else:
        out = office / "base" / ".." / source.name
        (office / "base").mkdir()
    if (place.command, way) == ("merge", "by its name"):
        pytest.skip("our copy may be named: then it is changed in place")
    refused(run, office, *place.words(out))
    if place.force:
        refused(run, office, *place.words(out), "--force")


@pytest.mark.parametrize("copy", ["base.xlsx", "theirs.xlsx"])
def test_a_merge_goes_into_our_copy_and_into_no_other(run: Run, office: Path, copy: str) -> None:
    words = ("merge", "base.xlsx", "firm.xlsx", "theirs.xlsx", "--force", "-o")
    refused(run, office, *words, copy)
    assert run(*words[:4], "-o", "firm.xlsx").code in DONE


def test_the_settings_and_the_banks_file_are_inputs_too(run: Run, office: Path) -> None:
    (office / "sheetrecord.toml").write_text('book = "firm.xlsx"\n', "utf-8")
    (office / "bank.csv").write_text("Date,Text,Amount\n2026-05-04,ACME,10.00\n", "utf-8")
    (office / "out.json").hardlink_to(office / "bank.csv")
    bank = ("reconcile", "--bank", "bank.csv", "--currency", "EUR", "--date-order", "ymd")
    refused(run, office, *bank, "--save-plan", "out.json", "--force", says="reads it")
    (office / "rep").mkdir()
    (office / "rep" / "exceptions.csv").symlink_to(office / "bank.csv")
    refused(run, office, *bank, "--report", "rep", "--force", says="reads it")
    (office / "brief.md").symlink_to(office / "sheetrecord.toml")
    refused(run, office, "brief", "D-0001", "--to", "brief.md", "--force", says="reads it")


def test_a_folder_that_is_read_is_not_written_into(run: Run, office: Path) -> None:
    from sheetrecord.app.validate import validate
    from sheetrecord.formats.csv_folder import read

    book = validate(str(office / "firm.xlsx"), today=_day()).book
    folder = office / "record"
    folder.mkdir()
    for sheet in book.sheets.values():
        rows = ["\t".join(str(c) for c in sheet.row(n).values()) for n in range(1, 6)]
        (folder / f"{sheet.name}.csv").write_text("\n".join(rows), "utf-8")
    assert read(folder).sheets
    (folder / "Deal.html").hardlink_to(folder / "Deal.csv")
    refused(run, office, "brief", "record", "D-0001", "--to", "record/Deal.html", says="reads it")


def _day() -> Any:
    import datetime as dt

    return dt.date(2026, 6, 30)


@EACH
def test_a_second_run_writes_over_what_the_first_one_wrote_and_nobody_touched(
    run: Run, office: Path, place: Place
) -> None:
    words = place.words(Path(place.fits))
    if place.command == "demo":
        pytest.skip("it looks for another folder: see above")
    assert run(*words).code in DONE
    if place.kept:
        refused(run, office, *words, says="it exists already")
        return
    before = held(office)
    assert run(*words).code in DONE
    assert held(office) == before
    if place.command in {"brief", "say-back", "reconcile run"}:
        changed = office / place.fits / (place.makes[1] if place.is_folder else "")
        changed.write_bytes(changed.read_bytes()[:-3])
        refused(run, office, *words, says="changed since")


@pytest.mark.parametrize("name", ["out.html", "out.md"])
def test_what_bears_our_mark_is_known_without_the_state_folder(
    run: Run, office: Path, name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    words = ("brief", "firm.xlsx", "D-0001", "--to", name)
    assert run(*words).code == 0
    monkeypatch.setenv("SHEETRECORD_STATE", str(office / ".state2"))
    assert run(*words).code == 0
    refused(run, office, "say-back", "firm.xlsx", "D-0001", "--to", name, says="say-back did not")


@EACH
def test_a_folder_that_may_not_be_written_stays_as_it_is(
    run: Run, office: Path, place: Place
) -> None:
    folder = office / "closed"
    folder.mkdir()
    with unwritable(folder) as works:
        if not works:
            pytest.skip("this system lets this user write anywhere")
        before = held(office)
        ran = run(*place.words(folder / place.fits))
    assert ran.code == 3, ran.out + ran.err
    assert ran.err.count("\n") == 1, ran.err
    assert "may not write" in ran.err or "may write" in ran.err or "permission" in ran.err
    assert held(office).keys() == before.keys()


@EACH
def test_a_folder_that_is_not_there_or_is_a_file_is_said(
    run: Run, office: Path, place: Place
) -> None:
    refused(run, office, *place.words(Path("firm.xlsx") / place.fits))
    if not place.is_folder and place.command != "publish":
        refused(run, office, *place.words(Path("nowhere") / place.fits), says="folder is not there")


@contextmanager
def _full_disk(patch: pytest.MonkeyPatch) -> Iterator[None]:
    """No byte more reaches the medium: as a full disk says when a file is synced, or written."""

    def full(_: int) -> None:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    with patch.context() as inside:
        inside.setattr(os, "fsync", full)
        yield


@EACH
@pytest.mark.parametrize("before", ["nothing", "an older one"])
def test_a_full_disk_leaves_the_old_one_or_nothing(
    run: Run, office: Path, place: Place, before: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    if place.command == "copy-store":
        pytest.skip("SQLite writes by itself: see below")
    words = place.words(Path(place.fits))
    if before == "an older one":
        if place.kept or place.command == "demo":
            pytest.skip("it is never written over")
        if place.command == "web":
            pytest.skip("it says the same whatever stands in a workbook")
        assert run(*words).code in DONE
        from merge.files import put
        from messy.firm import edited

        changed = edited((office / "firm.xlsx").read_bytes(), put("Deal", 4, client="Birch"))
        (office / "firm.xlsx").write_bytes(changed)
    with _full_disk(monkeypatch):
        refused(
            run, office, *words, says="No space left" if place.fits in {"view", "page"} else "full"
        )


def test_a_full_disk_leaves_no_store(run: Run, office: Path) -> None:
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (40_000, hard))
    try:
        refused(
            run, office, "copy-store", "sqlite:store.db", "sqlite:out.db", says=f"{office}/out.db: "
        )
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))


@EACH
def test_who_stops_it_finds_the_old_one_or_nothing(
    run: Run, office: Path, place: Place, monkeypatch: pytest.MonkeyPatch
) -> None:
    if place.command == "copy-store":
        pytest.skip("SQLite writes by itself")

    def stopped(_: int) -> None:
        raise KeyboardInterrupt

    before = held(office)
    with monkeypatch.context() as inside:
        inside.setattr(os, "fsync", stopped)
        assert run(*place.words(Path(place.fits))).code == 130
    assert held(office) == before


COPIES = [p for p in PLACES if p.command in {"merge", "asof", "reconcile run", "copy-store"}]


@pytest.mark.parametrize("place", [*COPIES, PLACES[0], PLACES[3]], ids=str)
def test_a_copy_of_the_record_is_no_more_readable_than_the_record(
    run: Run, office: Path, place: Place
) -> None:
    for name in ("firm.xlsx", "base.xlsx", "theirs.xlsx", "store.db"):
        (office / name).chmod(0o600)
    before = held(office)
    assert run(*place.words(Path(place.fits))).code in DONE
    made = [held(office)[name] for name in _made(office, before)]
    assert made
    assert all(mode & 0o077 == 0 for mode, what in made if what != "a folder"), made


@pytest.mark.parametrize("place", [p for p in PLACES if p.command == "publish"], ids=str)
def test_what_is_published_is_as_readable_as_the_umask_says(
    run: Run, office: Path, place: Place
) -> None:
    (office / "firm.xlsx").chmod(0o600)
    old = os.umask(0o027)
    try:
        assert run(*place.words(Path(place.fits))).code in DONE
    finally:
        os.umask(old)
    out = office / place.fits
    assert stat.S_IMODE(out.stat().st_mode) == (0o750 if place.is_folder else 0o640)
    for page in out.rglob("*.html") if place.is_folder else ():
        assert stat.S_IMODE(page.stat().st_mode) == 0o640


@FILES
def test_a_link_to_nothing_and_what_is_no_file_are_refused(
    run: Run, office: Path, place: Place
) -> None:
    out = office / place.fits
    out.symlink_to(office / "gone")
    if place.command != "copy-store":  # SQLite follows it, as it follows any link
        refused(run, office, *place.words(out))
    out.unlink()
    os.mkfifo(out)
    refused(run, office, *place.words(out))


def test_a_brief_in_a_published_site_is_published_with_it(run: Run, office: Path) -> None:
    (office / "firm.xlsx").chmod(0o600)
    run("publish", "firm.xlsx", "--to", "view")
    (office / "view" / "briefs").mkdir()
    assert run("brief", "firm.xlsx", "D-0001", "--to", "view/briefs/D-0001.html").code == 0
    page = office / "view" / "briefs" / "D-0001.html"
    assert stat.S_IMODE(page.stat().st_mode) == 0o666 & ~_umask()


def _umask() -> int:
    mask = os.umask(0)
    os.umask(mask)
    return mask


def test_publishing_beside_somebodys_files_keeps_them(run: Run, office: Path) -> None:
    share = office / "share"
    share.mkdir()
    (office / "firm.xlsx").rename(share / "firm.xlsx")
    (share / "notes").mkdir()
    (share / "notes" / "mine.txt").write_bytes(SAID)
    words = ("publish", "share/firm.xlsx", "--to", "share")
    before = held(share)
    refused(run, office, *words, says="--force")
    assert run(*words, "--force").code == 0
    assert run(*words).code == 0
    after = held(share)
    assert {name: after[name] for name in before} == before
    assert "index.html" in after


def test_a_save_made_while_a_site_is_replaced_is_not_lost(
    run: Run, office: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from sheetrecord.publish import folder as site

    assert run("publish", "firm.xlsx", "--to", "view").code == 0
    notes = office / "view" / "notes.txt"
    notes.write_bytes(b"old")
    (office / "firm.xlsx").write_bytes((office / "theirs.xlsx").read_bytes())
    swap = site._swap

    def saved_first(made: Path, target: Path) -> Path | None:
        draft = target / "notes.tmp"
        draft.write_bytes(SAID)
        draft.replace(notes)
        return swap(made, target)

    monkeypatch.setattr(site, "_swap", saved_first)
    assert run("publish", "firm.xlsx", "--to", "view").code == 0
    assert notes.read_bytes() == SAID


@pytest.mark.parametrize("words", [("--plan", "plan.json"), ("--plan=plan.json",)])
def test_a_plan_is_still_saved_by_the_old_words_and_said(
    run: Run, office: Path, words: tuple[str, ...]
) -> None:
    ran = run("reconcile", "firm.xlsx", *words)
    assert ran.code in DONE
    assert "--save-plan FILE" in ran.err
    assert (office / "plan.json").is_file()


@pytest.mark.parametrize("words", [("firm.xlsx", "--plan"), ("--plan", "firm.xlsx")])
def test_a_dry_run_of_reconcile_writes_nothing_wherever_the_workbook_stands(
    run: Run, office: Path, words: tuple[str, ...]
) -> None:
    before = held(office, state=True)
    assert run("reconcile", *words).code in DONE
    assert held(office, state=True) == before
    for more in (("--apply",), ("--save-plan", "p.json"), ("--report", "rep")):
        assert run("reconcile", *words, *more).code == 2
    assert held(office, state=True) == before


def test_a_report_that_cannot_be_written_keeps_the_workbook_from_being_posted_to(
    run: Run, office: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (office / "rep").write_bytes(SAID)
    refused(run, office, "reconcile", "firm.xlsx", "--apply", "--report", "rep", says="is a file")
    with _full_disk(monkeypatch):
        refused(run, office, "reconcile", "firm.xlsx", "--apply", "--report", "may", says="full")
