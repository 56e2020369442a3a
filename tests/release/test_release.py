"""What a release is made of: the same bytes whoever builds it; nothing reads its own sources."""

import ast
import importlib.util
import os
import re
import subprocess
import sys
import tarfile
import tomllib
import zipfile
from pathlib import Path
from typing import Any

import pytest

from sheetrecord.cli import COMMANDS
from sheetrecord.publish.design import digest_of

ROOT = Path(__file__).resolve().parents[2]
SOURCE = ROOT / "src" / "sheetrecord"
HAND_ON = {
    "app/addins/libreoffice.py",  # packs modules into LibreOffice's extension
    "files/content_cache.py",  # a checkout's times; a built program looks at its own file
    "hosting/archives.py",  # packs modules for a browser's Python
    "hosting/folder.py",  # the page's own files
    "publish/design.py",  # a checkout alone: a wheel brings the digest
    "stores/migrate.py",  # numbered SQL files
    "stores/queue/tables.py",  # the SQL files of procrastinate
}
"""Modules that may list folders of the package: what they read is data, or handed on as it is."""


def build(out: Path, zone: str) -> dict[str, bytes]:
    """Build wheel and sdist as `packaging/build_dists.py` does, in a time zone."""
    given = {**os.environ, "TZ": zone, "SOURCE_DATE_EPOCH": "1767225600"}
    words = [sys.executable, "-m", "hatchling", "build", "-d", str(out)]
    done = subprocess.run(
        words, cwd=ROOT, env=given, capture_output=True, text=True, check=False, timeout=240
    )
    assert done.returncode == 0, done.stderr
    return {
        path.name: path.read_bytes() for path in out.iterdir() if path.suffix in {".whl", ".gz"}
    }


@pytest.fixture(scope="module")
def dists(tmp_path_factory: pytest.TempPathFactory) -> dict[str, bytes]:
    """Return wheel and sdist by their names."""
    return build(tmp_path_factory.mktemp("dist"), "UTC")


def test_two_builds_are_the_same_bytes(dists: dict[str, bytes], tmp_path: Path) -> None:
    assert len(dists) == 2
    again = build(tmp_path / "again", "Asia/Tokyo")
    assert {name for name in dists if again.get(name) != dists[name]} == set()


def test_the_wheel_brings_the_digest_of_its_pages(dists: dict[str, bytes], tmp_path: Path) -> None:
    [wheel] = [name for name in dists if name.endswith(".whl")]
    (tmp_path / wheel).write_bytes(dists[wheel])
    with zipfile.ZipFile(tmp_path / wheel) as archive:
        names = set(archive.namelist())
        told = archive.read("sheetrecord/publish/design.txt").decode()
        about = archive.read("sheetrecord-0.1.0.dist-info/METADATA").decode()
    assert told == digest_of(SOURCE)
    assert {"sheetrecord/py.typed", "sheetrecord-0.1.0.dist-info/licenses/LICENSE"} <= names
    ours = {f"sheetrecord/{p.relative_to(SOURCE).as_posix()}" for p in SOURCE.rglob("*.py")}
    assert ours <= names
    urls = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]["urls"]
    assert all(f"Project-URL: {name}, {url}" in about for name, url in urls.items())
    assert not (SOURCE / "publish" / "design.txt").exists()


def test_the_sdist_builds_alone(dists: dict[str, bytes], tmp_path: Path) -> None:
    [sdist] = [name for name in dists if name.endswith(".gz")]
    (tmp_path / sdist).write_bytes(dists[sdist])
    with tarfile.open(tmp_path / sdist) as archive:
        names = {name.partition("/")[2] for name in archive.getnames()}
    assert {"pyproject.toml", "scripts/hatch_build.py", "README.md", "LICENSE"} <= names
    assert not {name for name in names if name.startswith((".venv", "build/", "dist/"))}


def test_nothing_lists_its_own_sources() -> None:
    found = set()
    for path in SOURCE.rglob("*.py"):
        name = path.relative_to(SOURCE).as_posix()
        if name.startswith("workbooks/live/"):
            continue  # runs inside LibreOffice, from its own folder
        text = path.read_text("utf-8")
        own = "__file__" in text or bool(re.search(r"\bresources\.files\(|\bfiles\(", text))
        tree = ast.walk(ast.parse(text))
        lists = any(isinstance(n, ast.Attribute) and n.attr in {"iterdir", "walk"} for n in tree)
        if own and lists:
            found.add(name)
    assert found - HAND_ON == set()


def script(name: str) -> Any:
    """Return a script of `packaging/` as a module."""
    spec = importlib.util.spec_from_file_location(name, ROOT / "packaging" / f"{name}.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_every_command_of_the_program_is_tried() -> None:
    tried = {words[0] for words in script("try_program").TRIED}
    assert set(COMMANDS) - tried == set()


def test_the_versions_of_the_program_are_those_of_the_lock() -> None:
    found = script("build_program").pinned((ROOT / "requirements.lock").read_text("utf-8"))
    assert re.search(r"^click==\d", found, re.MULTILINE)
    assert "--hash" not in found


def test_actions_are_pinned_by_commit() -> None:
    for path in (ROOT / ".github" / "workflows").glob("*.yml"):
        for used in re.findall(r"uses: (\S+)", path.read_text("utf-8")):
            assert re.fullmatch(r"[\w/-]+@[0-9a-f]{40}", used), f"{path.name}: {used}"


def test_recipes_say_that_they_never_ran_here() -> None:
    folder = ROOT / "packaging"
    recipes = [
        p for p in folder.rglob("*") if p.suffix in {".iss", ".sh", ".in"} and p.parent != folder
    ]
    assert len(recipes) >= 4
    for path in recipes:
        assert "hosted CI only" in path.read_text("utf-8"), path.name
