"""Folders stay small enough to be looked through; what outgrows one gets rooms."""

import ast
from collections import defaultdict
from pathlib import Path

import pytest

SOURCE = Path(__file__).parents[1] / "src" / "sheetrecord"
MOST = 30
FOLDERS = [SOURCE, *(p for p in sorted(SOURCE.rglob("*")) if p.is_dir())]
OURS_PY = sorted(SOURCE.rglob("*.py"))
OURS = [p for p in FOLDERS if p.name != "__pycache__"]


@pytest.mark.parametrize("folder", OURS, ids=lambda p: p.relative_to(SOURCE.parent).as_posix())
def test_a_folder_has_few_files_beside_its_rooms(folder: Path) -> None:
    files = sorted(path.name for path in folder.iterdir() if path.is_file())
    assert len(files) <= MOST, f"{len(files)} files: give {folder.name} rooms (ARCHITECTURE.md)"


@pytest.mark.parametrize("folder", OURS, ids=lambda p: p.relative_to(SOURCE.parent).as_posix())
def test_a_folder_of_modules_says_what_it_holds(folder: Path) -> None:
    if any(folder.glob("*.py")):
        first = (folder / "__init__.py").read_text("utf-8").splitlines()[0]
        assert first.startswith('"""'), f"{folder.name}/__init__.py: the first line says what it is"


def imports() -> dict[str, set[str]]:
    """Which of our modules each imports, those included that are loaded late."""
    paths = {".".join(p.relative_to(SOURCE.parent).with_suffix("").parts): p for p in OURS_PY}
    names = {name.removesuffix(".__init__"): path for name, path in paths.items()}
    found: dict[str, set[str]] = {}
    for name, path in names.items():
        nodes = ast.walk(ast.parse(path.read_text("utf-8")))
        taken = [n for n in nodes if isinstance(n, ast.ImportFrom) and n.module]
        each = [(n.module or "", alias.name) for n in taken for alias in n.names]
        called = {f"{m}.{what}" if f"{m}.{what}" in names else m for m, what in each}
        found[name] = called & set(names) - {name}
    return found


def test_no_modules_of_the_lower_floors_import_each_other_in_a_circle() -> None:
    floors = ("model", "schema", "rules", "core", "files", "xlsx")
    lower = tuple(f"sheetrecord.{floor}" for floor in floors)
    left = {name: taken for name, taken in imports().items() if name.startswith(lower)}
    while free := {name for name, taken in left.items() if not taken & set(left)}:
        left = {name: taken for name, taken in left.items() if name not in free}
    assert left == {}, "these wait for each other"


def test_the_name_of_a_class_has_one_meaning() -> None:
    found: dict[str, list[str]] = defaultdict(list)
    for path in sorted(SOURCE.rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.ClassDef):
                found[node.name].append(path.relative_to(SOURCE).as_posix())
    assert {name: places for name, places in found.items() if len(places) > 1} == {}
