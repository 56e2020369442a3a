"""Closing a deal publishes the view for ops again, where the firm keeps one."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

Run = Callable[..., Any]


def test_the_view_follows_a_close_where_the_settings_say_where_it_is(
    run: Run, tmp_path: Path
) -> None:
    (tmp_path / "sheetrecord.toml").write_text('[publish.ops]\nto = "view"\n')
    run("new", "firm.xlsx", "--sample", "--asof", "2026-06-30")
    planned = run("promote", "firm.xlsx", "--deal", "D-0045", "--by", "Mara", "--plan")
    assert (planned.code, planned.err) == (0, "")
    assert not (tmp_path / "view").exists()
    before = (tmp_path / "firm.xlsx").read_bytes()
    ran = run("promote", "firm.xlsx", "--deal", "D-0045", "--by", "Mara")
    assert (ran.code, "--trust" in ran.err) == (3, True)
    assert (tmp_path / "firm.xlsx").read_bytes() == before
    ran = run("promote", "firm.xlsx", "--deal", "D-0045", "--by", "Mara", "--trust")
    assert ran.code == 0
    assert "index.html: 52 deals" in ran.err
    page = next((tmp_path / "view" / "deals").glob("D-0045*"))
    assert "Payroll move" in page.read_text("utf-8")


def test_no_view_is_made_where_the_settings_name_none(run: Run, tmp_path: Path) -> None:
    run("new", "firm.xlsx", "--sample", "--asof", "2026-06-30")
    ran = run("promote", "firm.xlsx", "--deal", "D-0045", "--by", "Mara")
    assert ran.code == 0, ran.err
    assert all("the handover note of D-0045" in line for line in ran.err.splitlines()), ran.err
    assert {path.name for path in tmp_path.iterdir()} == {"firm.xlsx", ".state", "handovers"}


def test_a_view_that_cannot_be_published_does_not_make_a_closed_deal_look_refused(
    run: Run, tmp_path: Path
) -> None:
    (tmp_path / "sheetrecord.toml").write_text('[publish.ops]\nto = "view"\n')
    (tmp_path / "view").mkdir()
    (tmp_path / "view" / "notes.txt").write_text("theirs")
    run("new", "firm.xlsx", "--sample", "--asof", "2026-06-30")
    ran = run("promote", "firm.xlsx", "--deal", "D-0045", "--by", "Mara", "--trust")
    assert ran.code == 1
    assert "The deal is closed, but the view for ops is as it was" in ran.err
    assert [path.name for path in (tmp_path / "view").iterdir()] == ["notes.txt"]
    assert "nothing to do" in run("promote", "firm.xlsx", "--deal", "D-0045", "--plan").out
