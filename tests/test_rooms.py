"""Folders stay small enough to be looked through; what outgrows one gets rooms."""

import ast
from collections import defaultdict
from pathlib import Path

import pytest

SOURCE = Path(__file__).parents[1] / "src" / "sheetrecord"
MOST = 30
FOLDERS = [SOURCE, *(p for p in sorted(SOURCE.rglob("*")) if p.is_dir())]
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


def test_the_name_of_a_class_has_one_meaning() -> None:
    found: dict[str, list[str]] = defaultdict(list)
    for path in sorted(SOURCE.rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.ClassDef):
                found[node.name].append(path.relative_to(SOURCE).as_posix())
    assert {name: places for name, places in found.items() if len(places) > 1} == {}
