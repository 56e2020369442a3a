"""`sheetrecord demo`: every step of the main job comes to something on a sample firm."""

import csv
from pathlib import Path

import openpyxl

from conftest import Ran


def test_the_demo_walks_through_the_main_job(run, tmp_path: Path) -> None:
    done: Ran = run("demo", "firm")
    assert done.code == 0, done.err
    assert all("the handover note of D-" in line for line in done.err.splitlines()), done.err
    steps = [line for line in done.out.splitlines() if line[:2] in {f"{n}." for n in range(1, 9)}]
    assert len(steps) == 7
    for said in (
        "errors,",
        "promoted.",
        "accepted.",
        "the brief of",
        "2 copies, 1 cell changed.",
        "52 deals,",
        "5 new bank lines, 0 known,",
    ):
        assert said in done.out, said
    assert "conflict" not in done.out
    folder = tmp_path / "firm"
    mine = openpyxl.load_workbook(folder / "firm.xlsx")
    assert {"Bank", "Review", "Recon"} <= set(mine.sheetnames)
    typed = "Kickoff with the whole team"
    assert any(typed in row for row in mine["Deal"].iter_rows(values_only=True))
    lines = list(csv.DictReader((folder / "bank.csv").read_text("utf-8").splitlines()))
    assert [line["Currency"] for line in lines] == ["EUR"] * 5
    assert (folder / "view" / "index.html").exists()


def test_a_second_demo_leaves_the_first_alone(run, tmp_path: Path) -> None:
    (tmp_path / "firm").mkdir()
    (tmp_path / "firm" / "firm.xlsx").write_bytes(b"mine")
    assert run("demo", "firm").code == 0
    assert (tmp_path / "firm" / "firm.xlsx").read_bytes() == b"mine"
    assert (tmp_path / "firm-2" / "firm.xlsx").exists()
