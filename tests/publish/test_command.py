"""`sheetrecord publish` as people type it: where it goes, what it says, what it refuses."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from conftest import Ran
from publish.firm import usual, workbook


@pytest.fixture
def firm(tmp_path: Path) -> Path:
    path = tmp_path / "firm.xlsx"
    path.write_bytes(workbook(usual()))
    return path


def test_it_says_how_many_files_it_wrote_and_then_that_nothing_changed(
    run: Callable[..., Ran], firm: Path
) -> None:
    first = run("publish", firm)
    assert (first.code, first.err) == (0, "")
    assert first.out == "view/index.html: 6 deals, 13 files written, 0 as before.\n"
    assert run("publish", firm).out == "view/index.html: 6 deals, nothing has changed.\n"


def test_a_plan_names_the_files_and_writes_none(
    run: Callable[..., Ran], firm: Path, tmp_path: Path
) -> None:
    told = run("publish", firm, "--plan")
    assert "would write   deals/D-0001.html" in told.out
    assert "13 files to write" in told.out
    assert not (tmp_path / "view").exists()
    planned = json.loads(run("publish", firm, "--plan", "--format", "json").out)
    done = json.loads(run("publish", firm, "--format", "json").out)
    assert done["written"] == planned["written"]
    assert (planned["plan"], done["plan"], done["deals"]) == (True, False, 6)


def test_the_settings_file_says_where_and_what_not(
    run: Callable[..., Ran], firm: Path, tmp_path: Path
) -> None:
    (tmp_path / "sheetrecord.toml").write_text(
        'book = "firm.xlsx"\n[publish.ops]\nto = "out"\nhide = ["Fees"]\n', "utf-8"
    )
    assert run("publish", "--trust").out.startswith(f"{tmp_path / 'out' / 'index.html'}: 6 deals")
    assert "Deposit" not in (tmp_path / "out" / "deals" / "D-0001.html").read_text("utf-8")
    assert run("publish", "--audience", "finance").out.startswith("view-finance/index.html")
    (tmp_path / "sheetrecord.toml").write_text("publish = 3\n", "utf-8")
    refused = run("publish", firm)
    assert refused.code == 2
    assert "sheetrecord.toml:1: publish: 3 is not a table" in refused.err


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["--to", "gsheet:abc"], "folders and workbooks only"),
        (["--audience", "client"], "--client NAME or --deal ID"),
        (["--audience", "client", "--client", "Nobody"], "no deal has this client"),
        (["--deal", "D-9999"], "there is no such deal"),
        (["--to", "firm.xlsx"], "publish did not make"),
    ],
    ids=["google", "whose", "unknown client", "unknown deal", "over the record"],
)
def test_what_cannot_be_is_refused_with_the_way_out(
    run: Callable[..., Ran], firm: Path, tmp_path: Path, words: list[str], said: str
) -> None:
    before = firm.read_bytes()
    refused = run("publish", firm, *words)
    assert refused.code == 3
    assert said in refused.err
    assert refused.err.count("\n") == 1
    assert firm.read_bytes() == before
    assert [p.name for p in tmp_path.iterdir() if not p.name.startswith(".")] == ["firm.xlsx"]


def test_one_deal_can_be_published_alone(
    run: Callable[..., Ran], firm: Path, tmp_path: Path
) -> None:
    run("publish", firm, "--deal", "D-0003", "--to", "one")
    assert [p.name for p in (tmp_path / "one" / "deals").iterdir()] == ["D-0003.html"]


def test_checking_a_workbook_loads_nothing_of_publishing(firm: Path) -> None:
    import subprocess
    import sys

    script = (
        "import sys; from sheetrecord.cli import main\n"
        "try: main()\n"
        "except SystemExit: pass\n"
        "bad = [m for m in sys.modules if m.startswith(('jinja2', 'markupsafe', "
        "'sheetrecord.publish', 'sheetrecord.core.view'))]\n"
        "sys.exit(','.join(bad) or 0)"
    )
    done = subprocess.run(
        [sys.executable, "-c", script, "validate", str(firm)],
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
