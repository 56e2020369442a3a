"""A content is checked once: the next command neither parses it nor loads what checks it."""

import hashlib
import json
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from conftest import Ran
from sheetrecord.app.settings.checked import REVISION, tables_of
from sheetrecord.app.settings.models import json_schema
from synced.office import firm

Run = Callable[..., Ran]

TEXT = 'book = "firm.xlsx"\n[severity]\nCTX-009 = "note"\n'

SCHEMAS = {
    1: "3a7e5644fdc94c2e",
    2: "60bc586df43b14ce",
    3: "5d727959b2a5e964",
    4: "a919b6f743dad26d",
    5: "1870875c934cc580",
    6: "84f776e450ef71dd",
}
"""The digest of the JSON Schema at each revision of the check, without the names it offers."""


def without_names(told: Any) -> Any:
    """Return a schema without the sheets, columns and rules there are: these only become more."""
    if isinstance(told, dict):
        kept = {k: without_names(v) for k, v in told.items() if k != "propertyNames"}
        return {k: v for k, v in kept.items() if k != "enum" or len(v) < 10}
    return [without_names(one) for one in told] if isinstance(told, list) else told


def test_the_revision_rises_with_what_a_file_may_say() -> None:
    told = json.dumps(without_names(json_schema()), sort_keys=True)
    assert SCHEMAS[REVISION] == hashlib.sha256(told.encode()).hexdigest()[:16], (
        "raise REVISION in settings/checked.py and add the digest here"
    )


def loaded(folder: Path, *modules: str) -> list[str]:
    """Return which modules a cold `sheetrecord validate` loads."""
    code = (
        "import sys; sys.argv = ['sheetrecord', 'validate', 'firm.xlsx']\n"
        "from sheetrecord.cli import main\n"
        "try: main()\n"
        f"finally: print('LOADED', *[m for m in {modules} if m in sys.modules])"
    )
    env = {**os.environ, "SHEETRECORD_STATE": str(folder / ".state")}
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=folder, env=env, capture_output=True, text=True,
        timeout=60, check=False,
    )  # fmt: skip
    return done.stdout.rpartition("LOADED")[2].split()


def test_only_the_first_command_loads_what_checks_a_file(tmp_path: Path) -> None:
    heavy = ("pydantic", "pydantic_core", "tomllib", "click", "sheetrecord.files.replacing")
    (tmp_path / "firm.xlsx").write_bytes(firm())
    assert loaded(tmp_path, *heavy) == [], "no settings"
    (tmp_path / "sheetrecord.toml").write_text(TEXT)
    assert {"pydantic", "tomllib"} <= set(loaded(tmp_path, *heavy))
    assert loaded(tmp_path, *heavy) == []
    (tmp_path / "sheetrecord.toml").write_text(f"{TEXT}#")
    assert "pydantic" in loaded(tmp_path, *heavy)


BAD = {
    "cut off": lambda path: path.write_text(path.read_text()[:40]),
    "of another content": lambda path: path.write_text(
        json.dumps({**json.loads(path.read_text()), "checked": "x"})
    ),
    "no tables": lambda path: path.write_text(
        json.dumps({**json.loads(path.read_text()), "tables": []})
    ),
    "a list": lambda path: path.write_text("[]"),
    "not text": lambda path: path.write_bytes(b"\xff\xfe"),
    "empty": lambda path: path.write_bytes(b""),
    "nested": lambda path: path.write_text("[" * 100_000),
    "written by others": lambda path: (
        path.write_text(json.dumps({**json.loads(path.read_text()), "tables": {}})),
        path.chmod(0o666),
    ),
}


@pytest.mark.parametrize("spoil", BAD.values(), ids=list(BAD))
def test_what_was_kept_is_not_believed_blindly(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, spoil: Callable[[Path], object]
) -> None:
    if sys.platform == "win32" and spoil is BAD["written by others"]:
        pytest.skip("modes of POSIX")
    monkeypatch.setenv("SHEETRECORD_STATE", str(tmp_path))
    told = tables_of("x", TEXT.encode(), "abc")
    [kept] = (tmp_path / "settings").iterdir()
    spoil(kept)
    assert tables_of("x", TEXT.encode(), "abc") == told
    kept.chmod(0o600)
    assert tables_of("x", TEXT.encode(), "abc") == told


def test_only_the_newest_are_kept(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SHEETRECORD_STATE", str(tmp_path))
    for n in range(70):
        tables_of("x", TEXT.encode(), f"{n:03}")
    names = sorted(path.name[:3] for path in (tmp_path / "settings").iterdir())
    assert len(names) == 64
    assert names[-1] == "069"
