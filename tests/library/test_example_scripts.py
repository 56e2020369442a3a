"""Every script in `examples/` runs in a folder with the sample firm, and prints what it says."""

import contextlib
import datetime as dt
import io
import re
import runpy
from pathlib import Path

import pytest

from sheetrecord.app.create import NewWorkbookRequest, workbook

FOLDER = Path(__file__).resolve().parents[2] / "examples"
SCRIPTS = sorted(FOLDER.glob("*.py"))


@pytest.fixture(scope="module")
def sample() -> bytes:
    day = dt.date(2026, 6, 30)
    return workbook(NewWorkbookRequest(sample=True), today=day, asof=day)


def said(script: Path) -> re.Pattern[str]:
    """Return what a script says that it prints: ``...`` stands for any text."""
    lines = script.read_text("utf-8").partition("\n# Prints:\n")[2].splitlines()
    pattern = "\n".join(line.removeprefix("# ") for line in lines)
    return re.compile(".*".join(map(re.escape, pattern.split("..."))), re.DOTALL)


def test_there_are_enough_and_the_page_names_each() -> None:
    page = (FOLDER / "README.md").read_text("utf-8")
    assert len(SCRIPTS) >= 15
    assert all(f"({script.name})" in page for script in SCRIPTS)


@pytest.mark.parametrize("script", SCRIPTS, ids=lambda script: script.stem)
def test_a_script_prints_what_it_says(
    script: Path, sample: bytes, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("SHEETRECORD_STATE", str(tmp_path / ".state"))
    (tmp_path / "firm.xlsx").write_bytes(sample)
    told = io.StringIO()
    with contextlib.redirect_stdout(told):
        runpy.run_path(str(script), run_name="__main__")
    expected = said(script)
    assert expected.pattern, "say at the end what it prints"
    assert expected.fullmatch(told.getvalue().rstrip("\n")), told.getvalue()
