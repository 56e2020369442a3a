"""`sheetrecord publish` as people type it: where it goes, what it says, what it refuses."""

import io
import json
import os
import zipfile
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
    assert first.out == "view/index.html: 6 deals, 25 files written, 0 as before.\n"
    assert run("publish", firm).out == "view/index.html: 6 deals, nothing has changed.\n"


def test_a_plan_names_the_files_and_writes_none(
    run: Callable[..., Ran], firm: Path, tmp_path: Path
) -> None:
    told = run("publish", firm, "--plan")
    assert "would write   deals/D-0001.html" in told.out
    assert "25 files to write" in told.out
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
        (["--to", "gsheet:a/b"], "no address of a Google spreadsheet"),
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


def told(run: Callable[..., Ran], firm: Path, to: str) -> tuple[str, dict]:
    """Publish, and return what was said as text in a plan and as JSON in earnest."""
    plan = run("publish", firm, "--to", to, "--plan").out
    return plan, json.loads(run("publish", firm, "--to", to, "--format", "json").out)


PAGES = ("deals/D-0001.html", "index.html", "data/find-0.js", "view.js", "data/asof.js")
HOW = ("emptied", "gone", "a link", "one letter, same time")


@pytest.mark.parametrize(
    ("path", "how"), [*((page, "changed") for page in PAGES), *((PAGES[0], how) for how in HOW)]
)
def test_a_page_that_is_not_as_it_was_published_is_written_again_and_said(
    run: Callable[..., Ran], firm: Path, tmp_path: Path, path: str, how: str
) -> None:
    run("publish", firm, "--to", "view")
    page = tmp_path / "view" / path
    before, times = page.read_bytes(), (page.stat().st_atime_ns, page.stat().st_mtime_ns)
    if how in {"changed", "one letter, same time"}:
        page.write_bytes(before[:-2] + b"x" + before[-1:])
        if how != "changed":
            os.utime(page, ns=times)
    elif how == "emptied":
        page.write_bytes(b"")
    else:
        page.unlink()
        if how == "a link":
            (tmp_path / "other").write_bytes(before)
            page.symlink_to(tmp_path / "other")
    plan, done = told(run, firm, "view")
    assert f"{path}: not as it was published" in plan
    assert (done["altered"], done["written"]) == ([path], [path])
    assert (page.read_bytes(), page.is_symlink()) == (before, False)
    assert "nothing has changed" in run("publish", firm, "--to", "view").out


def test_a_site_of_an_older_version_is_written_anew_and_called_no_mischief(
    run: Callable[..., Ran], firm: Path, tmp_path: Path
) -> None:
    run("publish", firm, "--to", "view")
    path = tmp_path / "view" / "manifest.json"
    listing = json.loads(path.read_text("utf-8"))
    del listing["bytes"]
    path.write_text(json.dumps({**listing, "format": 1}), "utf-8")
    _, done = told(run, firm, "view")
    assert (len(done["written"]), done["altered"]) == (25, [])


def test_a_workbook_that_is_not_as_it_was_published_is_written_again_and_said(
    run: Callable[..., Ran], firm: Path, tmp_path: Path
) -> None:
    run("publish", firm, "--to", "view.xlsx")
    target = tmp_path / "view.xlsx"
    before = target.read_bytes()
    out = io.BytesIO()
    with zipfile.ZipFile(target) as source, zipfile.ZipFile(out, "w") as changed:
        for name in source.namelist():
            changed.writestr(name, source.read(name).replace(b"Training", b"Trainings"))
    target.write_bytes(out.getvalue())
    plan, done = told(run, firm, "view.xlsx")
    assert "view.xlsx: not as it was published" in plan
    assert (done["altered"], target.read_bytes()) == (["view.xlsx"], before)


def test_a_changed_record_is_no_changed_file(
    run: Callable[..., Ran], firm: Path, tmp_path: Path
) -> None:
    for to in ("view", "view.xlsx"):
        run("publish", firm, "--to", to)
    rows = usual()
    rows["Commitments"][0]["what"] = "Training for six"
    firm.write_bytes(workbook(rows))
    for to in ("view", "view.xlsx"):
        _, done = told(run, firm, to)
        assert done["written"]
        assert done["altered"] == []
