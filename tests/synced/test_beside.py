"""Copies beside a copy: found by their stamps, not by their names, and asked about in doubt."""

import shutil
from pathlib import Path

import pytest

from sheetrecord.app.sync.run import SyncReport, SyncRequest, run
from sheetrecord.app.sync.sibling_saves import LEFT, SAME
from sheetrecord.formats.patching import patched
from sheetrecord.formats.stamp import read_marks, stamp_edits
from sheetrecord.formats.stamp_peek import records_of
from sheetrecord.formats.xlsx import read
from sheetrecord.model.cell_edits import in_order
from sheetrecord.workbooks.kinds import siblings_at
from sheetrecord.workbooks.siblings import meaning
from synced.office import ASOF, Office, firm, line

SURE = {
    "kept": "ana (kept 2026-11-22 140501).xlsx",
    "kept twice": "ana (kept 2026-11-22 140501 2).xlsx",
    "onedrive": "ana-DESKTOP-8K2LQ1X.xlsx",
    "onedrive counted": "ana-LAPTOP-8K2LQ1-2.xlsx",
    "dropbox": "ana (Ana's conflicted copy 2026-11-22).xlsx",
    "dropbox counted": "ana (Ana's conflicted copy 2026-11-22 (1)).xlsx",
    "dropbox german": "ana (In Konflikt stehende Kopie von Ana 2026-11-22).xlsx",
    "dropbox french": "ana (Copie en conflit de Ana 2026-11-22).xlsx",
    "dropbox spanish": "ana (Copia en conflicto de Ana 2026-11-22).xlsx",
    "nextcloud": "ana (conflicted copy 2026-11-22 140501).xlsx",
    "owncloud": "ana_conflict-20261122-140501.xlsx",
    "syncthing": "ana.sync-conflict-20261122-140501-7KX2P3Q.xlsx",
    "seafile": "ana (SFConflict ana@firm.example 2026-11-22-14-05-01).xlsx",
}
"""What a program names a save that it kept apart from another one."""

ASKED = {
    "onedrive or anybody": "ana-PC2.xlsx",
    "browser": "ana (1).xlsx",
    "icloud": "ana 2.xlsx",
    "windows": "ana - Copy.xlsx",
    "windows counted": "ana - Copy (2).xlsx",
    "windows german": "ana - Kopie.xlsx",
    "mac": "ana copy.xlsx",
    "google": "Copy of ana.xlsx",
    "google german": "Kopie von ana.xlsx",
    "excel recovered": "ana [Recovered].xlsx",
    "excel repaired": "ana (Repaired).xlsx",
    "excel auto": "ana (AutoRecovered).xlsx",
    "excel autosaved": "ana (Autosaved-309812345).xlsx",
    "excel version": "ana (version 1).xlsx",
    "excel german": "ana (Wiederhergestellt).xlsx",
    "excel backup": "Backup of ana.xlk",
    "libreoffice backup": "ana.bak",
    "libreoffice recovered": "ana_0.xlsx",
    "editor": "ana.xlsx~",
    "bak": "ana.xlsx.bak",
    "old": "ana.xlsx.old",
    "temporary": "~ana.tmp",
    "excel temporary": "8A3F2B10",
    "sharepoint": "ana_v2.0.xlsx",
    "box": "ana (Ana Berg's version).xlsx",
    "what if": "ana-whatif.xlsx",
    "what if in words": "what if we lose Acme.xlsx",
    "plan": "ana plan 2027.xlsx",
    "year": "ana 2025.xlsx",
    "macro": "ana.xlsm",
    "final": "RE final final.xlsx",
}
"""What a person may have meant by it, or a program that recovered something."""


def test_names_are_enough() -> None:
    assert len(SURE) + len(ASKED) >= 40


@pytest.mark.parametrize("name", SURE.values(), ids=list(SURE))
def test_a_save_that_a_program_kept_apart_is_sure(name: str) -> None:
    what, sure = meaning(name, "ana.xlsx")
    assert what
    assert sure


@pytest.mark.parametrize("name", ASKED.values(), ids=list(ASKED))
def test_any_other_name_is_not(name: str) -> None:
    assert not meaning(name, "ana.xlsx")[1]


def answered(
    office: Office, take: list[Path] | None = None, leave: tuple[Path, ...] = ()
) -> SyncReport:
    request = SyncRequest("Mara", ASOF, take=frozenset(map(str, take or ())))
    request = request._replace(leave=frozenset(map(str, leave)))
    return run(office.targets(), request)


def test_every_copy_in_the_folder_is_named_and_asked_about_whatever_it_is_called(
    office: Office,
) -> None:
    changed = office.folder / "changed.xlsx"
    shutil.copyfile(office.ana, changed)
    office.type(changed, 4, note="what if")
    data = changed.read_bytes()
    changed.unlink()
    for name in [*ASKED.values(), "~$ana.xlsx", ".~lock.ana.xlsx#"]:
        (office.folder / name).write_bytes(data if name[:2] not in {"~$", ".~"} else b"Ana")
    (office.folder / "another firm.xlsx").write_bytes(firm())
    (office.folder / "notes.txt").write_text("not a workbook")
    (office.folder / "broken.xlsx").write_bytes(b"PK\x03\x04 and then nothing")
    report = office.sync()
    assert {one.name for one in report.besides.asked} == set(ASKED.values())
    assert report.besides.taken == ()
    assert office.raw(line(0), "note") is None


def test_an_answer_counts_until_the_file_is_saved_again(office: Office) -> None:
    other = office.folder / "what if.xlsx"
    shutil.copyfile(office.ana, other)
    office.type(other, 4, note="what if")
    assert [one.address for one in office.sync().besides.asked] == [str(other)]
    assert [one.why for one in answered(office, leave=(other,)).besides.known] == [LEFT]
    report = office.sync()
    assert (report.besides.asked, [one.why for one in report.besides.known]) == ((), [LEFT])
    office.settled()
    office.type(other, 5, note="what then")
    assert [one.address for one in office.sync().besides.asked] == [str(other)]
    before = other.read_bytes()
    assert [one.address for one in answered(office, take=[other]).besides.taken] == [str(other)]
    assert (office.raw(line(0), "note"), office.raw(line(1), "note")) == ("what if", "what then")
    assert other.read_bytes() == before
    assert office.sync().besides.asked == ()
    office.settled()


def test_what_was_left_may_be_taken_later(office: Office) -> None:
    other = office.folder / "what if.xlsx"
    shutil.copyfile(office.ana, other)
    office.type(other, 4, note="what if")
    answered(office, leave=(other,))
    answered(office, take=[other])
    assert office.raw(line(0), "note") == "what if"


def test_a_copy_with_nothing_new_in_it_is_named_and_not_asked_about(office: Office) -> None:
    backup = office.folder / "ana backup.xlsx"
    shutil.copyfile(office.ana, backup)
    assert [one.why for one in office.sync().besides.known] == [SAME]
    office.type(office.ana, 4, note="since")
    office.sync()
    report = office.sync()
    assert (report.besides.asked, [one.why for one in report.besides.known]) == ((), [SAME])
    office.settled()


def test_a_copy_of_another_history_is_asked_about_though_it_says_the_same(office: Office) -> None:
    backup = office.folder / "ana backup.xlsx"
    data = office.ana.read_bytes()
    book = read(office.ana)
    stamp = read_marks(book).stamp._replace(mark="0123456789abcdef")
    backup.write_bytes(patched(data, in_order(list(stamp_edits(stamp, book)))).data)
    besides = office.sync().besides
    assert [one.address for one in besides.asked] == [str(backup)]
    assert besides.known == ()


def test_a_copy_that_is_synced_by_itself_is_none_beside_another(office: Office) -> None:
    office.type(office.office, 4, note="typed")
    assert office.sync(office.ana).besides.asked == ()


def test_only_a_stamp_makes_a_copy(office: Office, tmp_path: Path) -> None:
    office.sync()
    assert records_of(office.ana) == (office.record,)
    (tmp_path / "firm.xlsx").write_bytes(firm())
    assert records_of(tmp_path / "firm.xlsx") == ()
    assert records_of(tmp_path / "missing.xlsx") == ()


def test_a_folder_that_is_away_holds_none(tmp_path: Path) -> None:
    assert list(siblings_at(str(tmp_path / "away" / "ana.xlsx"))) == []
