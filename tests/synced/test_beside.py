"""Files beside a copy whose names say that they are further saves of it."""

from pathlib import Path

import pytest

from sheetrecord.app.sync.beside import named_beside

SAVES = {
    "kept": "firm (kept 2026-11-22 140501).xlsx",
    "kept twice": "firm (kept 2026-11-22 140501 2).xlsx",
    "onedrive": "firm-PC2.xlsx",
    "onedrive counted": "firm-DESKTOP-8K2LQ1-2.xlsx",
    "dropbox": "firm (Ana's conflicted copy 2026-11-22).xlsx",
    "dropbox counted": "firm (Ana's conflicted copy 2026-11-22 (1)).xlsx",
    "dropbox german": "firm (In Konflikt stehende Kopie von Ana 2026-11-22).xlsx",
    "dropbox french": "firm (Copie en conflit de Ana 2026-11-22).xlsx",
    "dropbox spanish": "firm (Copia en conflicto de Ana 2026-11-22).xlsx",
    "nextcloud": "firm (conflicted copy 2026-11-22 140501).xlsx",
    "owncloud": "firm_conflict-20261122-140501.xlsx",
    "syncthing": "firm.sync-conflict-20261122-140501-7KX2P3Q.xlsx",
    "seafile": "firm (SFConflict ana@firm.example 2026-11-22-14-05-01).xlsx",
    "browser": "firm (1).xlsx",
    "icloud": "firm 2.xlsx",
    "windows": "firm - Copy.xlsx",
    "windows counted": "firm - Copy (2).xlsx",
    "windows german": "firm - Kopie.xlsx",
    "google": "Copy of firm.xlsx",
    "google german": "Kopie von firm.xlsx",
}
OTHERS = {
    "itself": "firm.xlsx",
    "owner file": "~$firm.xlsx",
    "another word": "firmware.xlsx",
    "a plan": "firm plan.xlsx",
    "a year": "firm 2026.xlsx",
    "another kind": "firm (1).docx",
    "our draft": ".~sheetrecord-w-host-1-2-0-0-firm.xlsx.tmp",
}


def test_every_client_s_second_save_is_seen(tmp_path: Path) -> None:
    for name in [*SAVES.values(), *OTHERS.values()]:
        (tmp_path / name).touch()
    found = {beside.path.name for beside in named_beside(tmp_path / "firm.xlsx")}
    assert sorted(found) == sorted(SAVES.values())


@pytest.mark.parametrize("name", SAVES.values(), ids=list(SAVES))
def test_what_it_is_is_said_in_words(tmp_path: Path, name: str) -> None:
    (tmp_path / name).touch()
    [found] = named_beside(tmp_path / "firm.xlsx")
    assert found.what


def test_a_folder_that_is_away_holds_none(tmp_path: Path) -> None:
    assert list(named_beside(tmp_path / "away" / "firm.xlsx")) == []
