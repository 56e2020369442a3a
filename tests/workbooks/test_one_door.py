"""No workbook is reached by its path above the adapters: commands take addresses."""

import ast
from pathlib import Path

import pytest

SOURCE = Path(__file__).parents[2] / "src" / "sheetrecord"
BY_PATH = {"fingerprint", "unchanged", "sweep", "owner_of", "exclusive", "restore"}
"""What `sheetrecord.files` does with a workbook: only adapters ask for it."""

FILES = sorted(path for room in ("app", "cli") for path in (SOURCE / room).rglob("*.py"))


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.relative_to(SOURCE).as_posix())
def test_a_command_asks_no_file_of_a_workbook(path: Path) -> None:
    tree = ast.parse(path.read_text(encoding="utf-8"))
    asked = {
        alias.name
        for node in ast.walk(tree)
        if isinstance(node, ast.ImportFrom) and node.module == "sheetrecord.files"
        for alias in node.names
    }
    assert asked.isdisjoint(BY_PATH)
