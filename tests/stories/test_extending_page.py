"""The page about adding things of one's own: its code is installed as a package, and runs."""

import json
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from conftest import Ran
from stories.story import play

PAGE = Path(__file__).resolve().parents[2] / "docs" / "extending.md"
CODE = re.compile(r"^```python\n# (\w+\.py)\n(.*?)^```", re.MULTILINE | re.DOTALL)
POINT = re.compile(r'^\[project\.entry-points\."([\w.]+)"\]\n(.*?)^```', re.MULTILINE | re.DOTALL)

DEALS = [
    ["Deal ID", "Client", "Deal", "Stage", "Owner", "Value, net", "Currency"],
    ["D-0001", "Acme Works", "Rollout", "Proposal sent", "Ana", 150_000, "EUR"],
    ["D-0002", "Bolt", "Audit", "Proposal sent", "Ana", 9_000, "EUR"],
]
TALK = """ACME-TALK
2026-05-04T09:12|Rita Ode|Our shareholders meet on 22 June and it has to be ready by then.
2026-05-04T09:15|Tom|We will bring the projector at no extra charge.
"""
BANK = """ACME-BANK
77|0|149000
2026-05-06|149000|Acme Works|INV-1
"""


@pytest.fixture
def package(tmp_path: Path) -> Path:
    """Return a folder with the page's modules as an installed package, and files to try it on."""
    page = PAGE.read_text("utf-8")
    about = tmp_path / "site" / "acme-1.dist-info"
    about.mkdir(parents=True)
    for name, code in CODE.findall(page):
        (about.parent / name).write_text(code, "utf-8")
    (about / "METADATA").write_text("Name: acme\nVersion: 1\n")
    points = "".join(f"[{group}]\n{lines}" for group, lines in POINT.findall(page))
    (about / "entry_points.txt").write_text(points.replace('"', ""))
    sheets = {"Deal": DEALS, "Context": [["Context ID", "Deal ID", "Kind", "Answer"]]}
    (tmp_path / "deals.json").write_text(json.dumps(sheets), "utf-8")
    (tmp_path / "may.acme").write_text(BANK)
    return tmp_path


def ran(package: Path, *words: str) -> Ran:
    """Run the command line where the package is installed: its rules stay out of this process."""
    found = {**os.environ, "PYTHONPATH": str(package / "site"), "PYTHONUTF8": "1"}
    found["SHEETRECORD_STATE"] = str(package / ".state")
    command = [sys.executable, "-m", "sheetrecord", *words]
    done = subprocess.run(
        command, cwd=package, env=found, capture_output=True, text=True, check=False
    )
    return Ran(done.returncode, done.stdout, done.stderr)


def test_the_page_shows_four_modules_and_where_they_enter() -> None:
    page = PAGE.read_text("utf-8")
    names = [name for name, _ in CODE.findall(page)]
    assert names == ["acme_rules.py", "acme_bank.py", "acme_talks.py", "acme_json.py"]
    groups = [group for group, _ in POINT.findall(page)]
    assert groups == [
        "sheetrecord.rules",
        "sheetrecord.banks",
        "sheetrecord.sources",
        "sheetrecord.workbooks",
    ]


def test_its_commands_print_what_the_page_says(package: Path) -> None:
    play(PAGE, lambda *words: ran(package, *words))


def test_a_kind_that_is_only_read_refuses_whoever_writes(package: Path) -> None:
    before = (package / "deals.json").read_bytes()
    done = ran(package, "validate", "deals.json", "--fix")
    assert done.code == 3, done.out
    assert "only read, never written to. Nothing was changed." in done.err
    assert (package / "deals.json").read_bytes() == before


def test_the_bank_of_the_page_is_read(package: Path) -> None:
    assert ran(package, "new", "firm.xlsx").code == 0
    done = ran(package, "reconcile", "firm.xlsx", "--bank", "may.acme")
    assert done.code in {0, 1}, done.err
    assert "1 new bank line" in done.out


def test_the_talk_of_the_page_is_captured(package: Path) -> None:
    (package / "call.acme").write_text(TALK)
    words = ("capture", "deals.json", "D-0001", "call.acme", "--us", "Tom", "--plan")
    done = ran(package, *words, "--format", "json")
    assert done.code == 0, done.out
    told = json.loads(done.out)
    assert told["sources"][0]["type"] == "acme"
    assert {one["kind"] for one in told["proposals"]} == {"real_deadline", "promise"}
