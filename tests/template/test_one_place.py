"""A column is its line and its labels, an audience one declaration: everything else follows.

Both are added to a copy of the source, and looked for in all that is made of them.
"""

import json
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

import sheetrecord
from sheetrecord.formats.template import TEMPLATES, build
from sheetrecord.schema import packs
from sheetrecord.schema.packs import LANGUAGES, MissingWord, pack
from sheetrecord.schema.packs.missing import missing_words

ROOT = Path(__file__).parents[2]
OLD = min((ROOT / "tests" / "old" / "v0").glob("*.xlsx"))

LABELS = {"en": "Root cause", "de": "Ursache", "es": "Causa", "fr": "Cause"}
LINE = '    root_cause: str = col.text("What let it happen.", _OPS)\n'
AUDIENCE = """
BOARD: Final = Audience(
    "board",
    IN_THE_FIRM,
    {"Deal": _these("deal_id client stage"), "Gaps": _these("gap_id deal_id root_cause")},
    about="Who decides.",
    called={"en": "the board", "de": "den Beirat", "es": "el consejo", "fr": "le conseil"},
)
"""

LOOK = """
import datetime as dt, io, json, sys
from pathlib import Path

from click.testing import CliRunner

from sheetrecord.app.settings.models import Publish
from sheetrecord.cli.group import cli
from sheetrecord.core.view.audiences import AUDIENCES
from sheetrecord.formats.template import TEMPLATES, build
from sheetrecord.schema.packs.missing import missing_words
from sheetrecord.workbooks.memory import Memory
from sheetrecord.workbooks.opening import open_workbook
from sheetrecord.schema.read.parse import parse

sys.path.insert(0, "scripts")
import build_docs

day, told = dt.date(2026, 6, 30), {}
told["missing"] = [str(one) for one in missing_words()]
rows = {
    "Deal": [{"deal_id": "D-0001", "client": "Acme", "deal_name": "Rollout", "stage": "talking"}],
    "Gaps": [{"gap_id": "G-0001", "deal_id": "D-0001", "root_cause": "Nobody asked"}],
}
book = Path(sys.argv[1], "firm.xlsx")
book.write_bytes(build(TEMPLATES["consultancy"]._replace(language="fr"), rows))
found = parse(open_workbook(str(book)).read().book, day)
place = found.layout.sheets["Gaps"]
told["header"] = open_workbook(str(book)).read().book.sheets[place.title].row(place.header_row)[
    place.columns["root_cause"]]
told["value"] = found.record.rows("Gaps")[0].root_cause
told["findings"] = [f.code for f in found.findings if f.code.startswith("HEAD")]


def run(*words):
    ran = CliRunner().invoke(cli, [str(word) for word in words], standalone_mode=False)
    return ran.return_value, ran.output, repr(ran.exception)


told["view"] = run("publish", book, "--audience", "board", "--to", Path(sys.argv[1], "v.xlsx"))
view = open_workbook(str(Path(sys.argv[1], "v.xlsx"))).read().book
told["seen"] = [str(cell) for sheet in view.sheets.values() for cells in sheet.columns.values()
                for cell in cells.values]
told["find"] = run("find", book, "Acme", "--audience", "board")[0]
told["settings"] = sorted(Publish.model_fields)
told["migrated"] = run("migrate", Path(sys.argv[1], "old.xlsx"))
after = open_workbook(str(Path(sys.argv[1], "old.xlsx"))).read().book
told["has"] = "root_cause" in parse(after, day).layout.sheets["Gaps"].columns
told["docs"] = [line for line in build_docs.schema() if "root_cause" in line]
told["help"] = [line for line in build_docs.commands() if "board" in line] != []
print(json.dumps(told))
"""


def changed(path: Path, before: str, after: str) -> None:
    text = path.read_text("utf-8")
    assert before in text, path
    path.write_text(text.replace(before, after, 1), "utf-8")


@pytest.fixture(scope="module")
def told(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    """Return what is found of a column and an audience that were added to a copy of the source."""
    folder = tmp_path_factory.mktemp("added")
    source = folder / "src" / "sheetrecord"
    ignored = shutil.ignore_patterns("__pycache__")
    shutil.copytree(Path(sheetrecord.__file__).parent, source, ignore=ignored)
    shutil.copytree(ROOT / "scripts", folder / "scripts", ignore=ignored)
    with (source / "schema" / "gaps.py").open("a", encoding="utf-8") as file:
        file.write(LINE)
    for language, label in LABELS.items():
        for part in ("columns", "help"):
            path = source / "schema" / "packs" / language / f"{part}.py"
            text = path.read_text("utf-8")
            if '"Gaps": {' in text:  # the help of the first language is that of the declaration
                head, _, gaps = text.rpartition('    "Gaps": {\n')
                gaps = gaps.replace("    },\n", f'        "root_cause": "{label}",\n    }},\n', 1)
                path.write_text(f'{head}    "Gaps": {{\n{gaps}', "utf-8")
    step = source / "schema" / "steps" / "v002_plain.py"
    changed(step, "_ADDED: Final = {\n", '_ADDED: Final = {\n    "Gaps": "root_cause",\n')
    seen = source / "core" / "view" / "audiences.py"
    changed(seen, "AUDIENCES: Final = {", f"{AUDIENCE}\nAUDIENCES: Final = {{")
    changed(seen, "(OPS, FINANCE, OWNER, CLIENT)", "(OPS, FINANCE, OWNER, CLIENT, BOARD)")
    (folder / "old.xlsx").write_bytes(OLD.read_bytes())
    ran = subprocess.run(
        [sys.executable, "-c", LOOK, str(folder)],
        cwd=folder,
        env={"PYTHONPATH": str(folder / "src"), "SHEETRECORD_STATE": str(folder / "state")},
        capture_output=True,
        text=True,
        check=False,
    )
    assert ran.returncode == 0, ran.stderr
    found: dict[str, Any] = json.loads(ran.stdout)
    return found


def test_a_new_column_stands_in_the_template_under_its_label(told: dict[str, Any]) -> None:
    assert told["missing"] == []
    assert told["header"] == "Cause"


def test_a_new_column_is_read_and_nothing_of_it_is_wrong(told: dict[str, Any]) -> None:
    assert (told["value"], told["findings"]) == ("Nobody asked", [])


def test_a_new_column_is_documented_and_older_workbooks_get_it(told: dict[str, Any]) -> None:
    assert len(told["docs"]) == 1
    assert told["migrated"][0] == 0, told["migrated"]
    assert told["has"]


def test_a_new_audience_gets_its_view_under_its_name(told: dict[str, Any]) -> None:
    assert told["view"][0] == 0, told["view"]
    assert "le conseil" in told["seen"]
    assert {"Acme", "Nobody asked"} <= set(told["seen"])
    assert "Rollout" not in told["seen"]


def test_a_new_audience_is_known_to_commands_settings_and_docs(told: dict[str, Any]) -> None:
    assert told["find"] == 0
    assert "board" in told["settings"]
    assert told["help"]


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_word_that_nobody_translated_is_named_with_its_place(
    language: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    table = packs.import_module(f"sheetrecord.schema.packs.{language}.columns")
    monkeypatch.delitem(table.COLUMNS["Gaps"], "note")
    packs.pack.cache_clear()
    try:
        said = (
            f"{language}: nobody translated the header of Gaps: note. "
            f"Add it to schema/packs/{language}/columns.py."
        )
        assert [str(one) for one in missing_words()] == [said]
        with pytest.raises(MissingWord, match="the header of Gaps: note"):
            build(TEMPLATES["consultancy"]._replace(language=language))
    finally:
        packs.pack.cache_clear()


def test_an_audience_that_nobody_named_in_a_language_says_so() -> None:
    from sheetrecord.core.view.audiences import OPS

    with pytest.raises(MissingWord, match=r"fr: .* the audience ops is called"):
        OPS._replace(called={"en": "ops"}).called_in("fr")


def test_templates_are_built_all_or_none(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.syspath_prepend(ROOT / "scripts")
    import build_templates

    names = [f"{name}.xlsx" for name in TEMPLATES]
    for name in names[:2]:
        (tmp_path / name).write_bytes(b"old")
    monkeypatch.setattr(build_templates, "FOLDER", tmp_path)
    made = iter(range(len(names)))

    def built(_: object) -> bytes:
        return b"new %d" % next(made)

    monkeypatch.setattr(build_templates, "build", built)
    real = Path.write_bytes

    def full(path: Path, data: bytes) -> int:
        if path.name == names[2] and data != b"old":
            real(path, data[:1])
            raise OSError(28, "No space left on device")
        return real(path, data)

    monkeypatch.setattr(Path, "write_bytes", full)
    with pytest.raises(OSError, match="No space left"):
        build_templates.main([])
    there = {path.name: path.read_bytes() for path in tmp_path.iterdir()}
    assert there == dict.fromkeys(names[:2], b"old")
    monkeypatch.setattr(build_templates, "missing_words", lambda: [MissingWord("fr", "x", "y")])
    assert build_templates.main([]) == 1
    assert "fr: nobody translated x. Add it to y." in capsys.readouterr().err
    assert pack("fr").columns["Gaps"]["note"]
