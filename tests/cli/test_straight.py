"""`validate BOOK...` is read without the parser of words, and says exactly what that would."""

import importlib.util
import os
import subprocess
import sys
from pathlib import Path

import pytest

from built import build
from messy import firm
from sheetrecord.formats.template import TEMPLATES

PARSED = {"SHELL_COMPLETE": "1"}
"""Anything that could ask for a shell's completion has the words parsed."""


def ran(folder: Path, words: list[str], **more: str) -> tuple[int, str, str]:
    command = [sys.executable, "-m", "sheetrecord", *words]
    done = subprocess.run(
        command, cwd=folder, capture_output=True, text=True, check=False, env=os.environ | more
    )
    return done.returncode, done.stdout, done.stderr


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("straight")
    spec = TEMPLATES["consultancy"]._replace(asof=firm.ASOF)
    (path / "good.xlsx").write_bytes(build(spec, firm.ROWS))
    bare = [{**deal, "signed_on": None, "currency": ""} for deal in firm.ROWS["Deal"]]
    (path / "bad.xlsx").write_bytes(build(spec, {**firm.ROWS, "Deal": bare}))
    (path / "text.xlsx").write_text("not a workbook")
    (path / "sheetrecord.toml").write_text('[books]\nours = "bad.xlsx"\n')
    return path


WORDS = {
    "nothing wrong": (["validate", "good.xlsx"], 0),
    "something wrong": (["validate", "bad.xlsx"], 1),
    "many books": (["validate", "good.xlsx", "bad.xlsx"], 1),
    "an alias": (["validate", "ours"], 1),
    "no workbook": (["validate", "text.xlsx"], 3),
    "no file": (["validate", "gone.xlsx"], 3),
    "not a file": (["validate", "gsheet:abc"], 3),
    "an empty name": (["validate", ""], 3),
    "no book": (["validate"], 2),
    "an option": (["validate", "bad.xlsx", "--notes"], 1),
    "an unknown option": (["validate", "bad.xlsx", "--note-s"], 2),
    "a dash before a name": (["validate", "--", "bad.xlsx"], 1),
}


@pytest.mark.parametrize(("words", "code"), WORDS.values(), ids=WORDS)
def test_the_short_way_says_what_the_parser_says(folder: Path, words: list[str], code: int) -> None:
    found = ran(folder, words)
    assert found == ran(folder, words, **PARSED)
    assert found[0] == code


def test_an_odd_encoding_of_the_output_is_left_to_the_parser(folder: Path) -> None:
    odd = {"PYTHONIOENCODING": "ascii:replace"}
    found = ran(folder, ["validate", "bad.xlsx"], **odd)
    assert found == ran(folder, ["validate", "bad.xlsx"], **odd, **PARSED)


def test_nobody_reading_on_is_no_bug(folder: Path) -> None:
    if sys.platform == "win32":
        pytest.skip("a pipe that nobody reads is told differently there")
    words = f"{sys.executable} -m sheetrecord validate bad.xlsx"
    for more in ({}, PARSED):
        done = subprocess.run(
            ["bash", "-c", f"{words} | (exec <&-; sleep 2); echo ${{PIPESTATUS[0]}}"],
            cwd=folder,
            capture_output=True,
            text=True,
            check=True,
            env=os.environ | more,
        )
        assert (done.stdout, done.stderr) == ("1\n", "")


@pytest.mark.skipif(sys.platform == "win32", reason="a shell of another kind")
def test_a_process_without_an_output_ends_as_ever(folder: Path) -> None:
    words = f"{sys.executable} -m sheetrecord validate bad.xlsx >&- 2>&-"
    for more in ({}, PARSED):
        done = subprocess.run(["bash", "-c", words], cwd=folder, check=False, env=os.environ | more)
        assert done.returncode == 1


HEAVY = {
    *("click", "inspect", "dataclasses", "pydantic", "jinja2", "xlsxwriter", "sqlite3", "hashlib"),
    *("json", "tomllib", "difflib", "tempfile", "zipfile", "subprocess", "logging"),
    *(
        "importlib.metadata",
        "xml.dom",
        "email",
        "xml.etree",
        "asyncio",
        "socket",
        "traceback",
        "pathlib",
    ),
}
"""What takes long to load and no ordinary book needs."""

RARE = {
    "app.settings.checked",
    "app.settings.models",
    "app.settings.trust",
    "core.handover.integrity",
    "core.migrate.outdated",
    "files.state_folder",
    "model.address",
    "rules.workbook.missing_ids",
    "schema.packs.de",
    "schema.packs.es",
    "schema.packs.fr",
    "schema.steps",
    "xlsx.write.patcher",
}
"""Our own modules that only something rare needs: a settings file, an older or a broken book."""


@pytest.mark.skipif(sys.platform == "win32", reason="there the parser finds what *.xlsx means")
@pytest.mark.parametrize(("book", "code"), {"good.xlsx": 0, "bad.xlsx": 1}.items())
def test_the_short_way_loads_no_more_than_it_needs(
    tmp_path: Path, folder: Path, book: str, code: int
) -> None:
    (tmp_path / book).write_bytes((folder / book).read_bytes())  # where no settings file holds
    unwanted = HEAVY | {f"sheetrecord.{name}" for name in RARE}
    told = (
        "import sys\nbefore = set(sys.modules)\nfrom sheetrecord.cli import main\n"
        "try:\n    main()\nfinally:\n"
        f"    found = {unwanted!r} & set(sys.modules) - before\n"
        "    print(*sorted(found), file=sys.stderr)"
    )
    command = [sys.executable, "-c", told, "validate", book]
    done = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr) == (code, "\n")
    assert all(importlib.util.find_spec(name) for name in unwanted), "a name that no module has"
