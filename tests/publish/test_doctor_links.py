"""`doctor --links`: files that the record names and that are gone; nobody else is asked."""

import json
import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from conftest import Ran
from publish.firm import usual, workbook
from sheetrecord.core.view.linked_files import FILE, SHARE, WEB, WORDS, link_kind

Run = Callable[..., Ran]

KINDS = {
    "https://firm.example/contract.pdf": WEB,
    "mailto:petra@firm.example": WEB,
    "contract.pdf": FILE,
    "2026/03 Nordlicht SOW.docx": FILE,
    "./contract": FILE,
    "../deals/contract": FILE,
    "/srv/deals/contract": FILE,
    "~/contract": FILE,
    r"P:\deals\contract.pdf": FILE,
    "c:/deals/contract.pdf": FILE,
    "file:///srv/deals/contract.pdf": FILE,
    r"\\nas\deals\contract.pdf": SHARE,
    "//nas/deals/contract.pdf": SHARE,
    "file://nas/deals/contract.pdf": SHARE,
    "email acceptance": WORDS,
    "call 3 March": WORDS,
    "javascript:alert(1)": WORDS,
    "https://bank.example@evil.example/": WORDS,
    "signed 3/4/2026": WORDS,
    "": WORDS,
}


@pytest.mark.parametrize(("text", "kind"), KINDS.items())
def test_a_text_is_a_page_a_file_a_share_or_only_words(text: str, kind: str) -> None:
    assert link_kind(text) == kind


def signs(run: Run, folder: Path, *links: str) -> list[dict[str, Any]]:
    rows = usual()
    for deal, link in zip(rows["Deal"], links, strict=False):
        deal["contract_link"] = link
    path = folder / "firm.xlsx"
    path.write_bytes(workbook(rows))
    ran = run("doctor", path, "--links", "--format", "json")
    found: list[dict[str, Any]] = json.loads(ran.out)
    return [one for one in found if "named files" in one["what"] or "is not there" in one["what"]]


def test_a_file_that_is_gone_is_named_with_its_cell(run: Run, tmp_path: Path) -> None:
    (tmp_path / "there.pdf").write_bytes(b"x")
    gone, told = signs(
        run, tmp_path, "there.pdf", "gone.pdf", "email acceptance", "https://a.example/"
    )
    assert gone["what"].startswith("Deal!")
    assert "gone.pdf is not there" in gone["what"]
    assert gone["well"] is False
    assert "2 named files looked for, 1 gone" in told["what"]
    assert told["well"] is False


def test_nothing_is_said_against_what_is_there(run: Run, tmp_path: Path) -> None:
    (tmp_path / "a").mkdir()
    (tmp_path / "a" / "there.pdf").write_bytes(b"x")
    [told] = signs(run, tmp_path, "a/there.pdf", str(tmp_path / "a/there.pdf"))
    assert told["well"] is True
    assert "2 named files looked for, 0 gone" in told["what"]


def test_another_machine_is_not_asked(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[str] = []
    stat = os.stat

    def noting(path: Any, *words: Any, **more: Any) -> os.stat_result:
        asked.append(str(path))
        return stat(path, *words, **more)

    monkeypatch.setattr(os, "stat", noting)
    [told] = signs(run, tmp_path, r"\\nas\a.pdf", "//nas/a.pdf", "file://nas/a.pdf")
    assert "3 on other machines not looked at" in told["what"]
    assert told["well"] is None
    assert not [path for path in asked if "nas" in path]


@pytest.mark.skipif(os.name == "nt", reason="a drive is looked at there")
def test_a_drive_that_only_windows_has_is_not_called_gone(run: Run, tmp_path: Path) -> None:
    [told] = signs(run, tmp_path, r"P:\deals\a.pdf")
    assert "1 that cannot be looked for from here" in told["what"]
    assert told["well"] is None
